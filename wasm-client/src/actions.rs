//! Everything that a person can ask for: one table, one row each.
//!
//! Owns ids, groups, icons, keys and where they are heard, when a row applies and which function
//! carries it out. The key map and the page's bars, menus and help read these rows and list none of
//! their own; the page asks by id. Knows neither how a key is read nor how an action works.

mod rows;

pub(crate) use rows::ACTIONS;

use crate::boundary::Focus;
use crate::editor::Editor;

/// One row.
#[derive(Debug)]
pub struct Action {
    /// Its name for the page.
    pub id: &'static str,
    /// The key of its words; what goes by the same words is one thing for people. Like group and icon
    /// no part of the engine that is loaded: the page has them.
    #[cfg(not(target_arch = "wasm32"))]
    pub words: &'static str,
    /// Where the help and the bars list it.
    #[cfg(not(target_arch = "wasm32"))]
    pub group: Group,
    /// The icon's name in the page's set; empty for none.
    #[cfg(not(target_arch = "wasm32"))]
    pub icon: &'static str,
    /// Its keys as people are told: `mod` is Ctrl or Cmd.
    pub keys: &'static [&'static str],
    /// What other keyboards print for the same, and what nobody needs to be told.
    pub also: &'static [&'static str],
    pub(crate) heard: Heard,
    pub(crate) nature: Nature,
    pub(crate) when: fn(&Editor) -> bool,
    pub(crate) does: fn(&mut Editor),
}

/// What belongs together on the page.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Tools, in the order of the bar.
    Tools,
    /// Tools that are one press away from it.
    More,
    /// Changes of what is there.
    Edit,
    /// The selection's place in the paint order, and what else one does with it.
    Arrange,
    /// What holds the selection together, and in its place.
    Hold,
    /// What is done with a picture.
    Picture,
    /// The selection in line, at equal gaps, the other way round.
    Align,
    /// Where one looks, and how it looks.
    View,
    /// The text that is being typed.
    Text,
    /// What is no part of the board.
    Page,
}

/// Where the keys of an action are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// On the board; every field has a use of its own for them.
    Board,
    /// On the board and in the text that is being typed there.
    Writing,
    /// In the text that is being typed.
    Text,
    /// With Ctrl wherever the board can be seen; behind a dialog nobody hears them.
    View,
    /// On the board; with Ctrl nobody wants the browser's part of them either, such as a bookmark.
    Taken,
    /// Wherever the keyboard is, but not behind a dialog.
    Everywhere,
    /// Nowhere: the browser makes an event of them.
    Browser,
}

/// What a key comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// The action is carried out.
    Acts,
    /// Nothing: what the browser would do with it is not wanted, and the board is not meant.
    Rests,
}

impl Heard {
    /// What a key comes to where the keyboard is; `None` when it is left to the browser or the field.
    pub(crate) fn at(self, focus: Focus, with_command: bool) -> Option<Hearing> {
        match (self, focus) {
            (Self::Browser, _) | (Self::Everywhere, Focus::Dialog) => None,
            (Self::Everywhere, _) => Some(Hearing::Acts),
            (Self::Text | Self::Writing, Focus::Text) => Some(Hearing::Acts),
            (Self::Text, _) => None,
            (_, Focus::Board) => Some(Hearing::Acts),
            (Self::Board | Self::Writing, _) => None,
            (Self::View | Self::Taken, _) if !with_command => None,
            (Self::View, Focus::Text | Focus::Field) => Some(Hearing::Acts),
            (Self::View | Self::Taken, _) => Some(Hearing::Rests),
        }
    }
}

/// What the board has to do with an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Nothing of the board changes.
    Looks,
    /// Takes a tool: not in the middle of a gesture, and not again while a key is held.
    Takes,
    /// Changes the board: what is typed ends first, and a gesture goes before.
    Edits,
    /// The same, in the text that is being typed if there is one.
    Steps,
    /// Belongs to the text that is being typed.
    Types,
    /// The page carries it out.
    Asks,
}

impl Action {
    /// The row of that id.
    pub fn named(id: &str) -> Option<&'static Self> {
        ACTIONS.iter().find(|action| action.id == id)
    }

    /// Everything that a person can ask for, in the order in which it is listed.
    pub fn all() -> &'static [Self] {
        ACTIONS
    }

    /// Whether the page carries it out.
    pub fn is_pages(&self) -> bool {
        self.nature == Nature::Asks
    }

    /// Whether one of its keys has that name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.contains(&key) || self.also.contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for focus in [Focus::Board, Focus::Text, Focus::Field, Focus::Dialog] {
            let mut meant = BTreeSet::new();
            for action in ACTIONS {
                for key in action.keys.iter().chain(action.also) {
                    let heard = action.heard.at(focus, key.starts_with("mod+"));
                    if heard.is_some() {
                        assert!(
                            meant.insert(*key),
                            "{key} is {} and another in {focus:?}",
                            action.id
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn ids_are_of_one_row_each_and_keys_are_spelled_in_one_way() {
        let ids: BTreeSet<_> = ACTIONS.iter().map(|action| action.id).collect();
        assert_eq!(ids.len(), ACTIONS.len());
        for key in ACTIONS.iter().flat_map(|a| a.keys.iter().chain(a.also)) {
            let rest = key.strip_prefix("mod+").unwrap_or(key);
            let rest = rest.strip_prefix("alt+").unwrap_or(rest);
            let rest = rest.strip_prefix("shift+").unwrap_or(rest);
            assert!(rest == "+" || !rest.contains('+'), "{key}");
            assert_eq!(*key, key.to_ascii_lowercase());
        }
    }
}
