//! How a key press is read: on any keyboard, with whatever is held, wherever the keyboard is.
//!
//! Owns what keys are called; which action has which keys, and where they are heard, is the table's.
//! Matches `KeyboardEvent.key`, and `code` only where a keyboard would leave nothing to match.

use crate::actions::{ACTIONS, Action, Hearing};
use crate::boundary::{Focus, Modifiers};

/// Letters with marks and signs, as Latin layouts print them in places of their own.
const MARKED: std::ops::RangeInclusive<char> = '\u{A0}'..='\u{24F}';

/// The keyboard, as far as its keys have told what it prints.
#[derive(Debug, Default)]
pub(crate) struct Keyboard {
    /// Whether the last letter was none of the Latin ones.
    foreign: bool,
    /// Whether what comes now comes from a key that repeats because it is held.
    repeats: bool,
    /// Whether what comes now comes from a key at all, and not from a button.
    speaks: bool,
}

impl Keyboard {
    /// Reads a key press; `None` when it is left to the browser, or to the field that has the keyboard.
    pub(crate) fn read(
        &mut self,
        key: &str,
        code: &str,
        modifiers: Modifiers,
        focus: Focus,
    ) -> Option<(&'static Action, Hearing)> {
        let held = held(modifiers);
        let printed = self.printed(key, code).to_ascii_lowercase();
        let heard = |key: &str| {
            let named = format!("{held}{key}");
            let rows = ACTIONS.iter().filter(|action| action.has(&named));
            let mut heard = rows
                .filter_map(|action| Some((action, action.heard.at(focus, modifiers.command)?)));
            heard.next()
        };
        heard(&printed).or_else(|| heard(&in_place(code, modifiers)?))
    }

    /// Whether what comes now comes from such a key.
    pub(crate) fn repeats(&self) -> bool {
        self.repeats
    }

    /// Whether what comes now comes from a key.
    pub(crate) fn speaks(&self) -> bool {
        self.speaks
    }

    /// Notes that what comes now comes from a key, and whether that repeats because it is held.
    pub(crate) fn held(&mut self, repeats: bool) {
        (self.speaks, self.repeats) = (true, repeats);
    }

    /// Notes that what comes now comes from no key.
    pub(crate) fn rests(&mut self) {
        (self.speaks, self.repeats) = (false, false);
    }

    /// What a key prints, or stands for in a layout without Latin letters: what the commonest keyboard
    /// prints in its place. Digits too, which some layouts have only with Shift.
    fn printed<'a>(&mut self, key: &'a str, code: &'a str) -> &'a str {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return key;
        };
        let latin = letter.is_ascii() || MARKED.contains(&letter);
        let sign = letter.is_ascii() && !letter.is_ascii_alphabetic();
        if !sign {
            self.foreign = !latin;
        }
        let place = code.strip_prefix("Key");
        match (place, code) {
            // Arabic prints signs in the places of some letters, but so does Dvorak.
            (Some(place), _) if !latin || (self.foreign && sign) => place,
            (None, "Minus") if !latin => "-",
            (None, "Equal") if !latin => "=",
            (None, "BracketLeft") if !latin => "[",
            (None, "BracketRight") if !latin => "]",
            (None, code) if !letter.is_ascii() => code.strip_prefix("Digit").unwrap_or(key),
            _ => key,
        }
    }
}

/// What is held, as keys are spelled in the table.
fn held(modifiers: Modifiers) -> String {
    let names = [
        (modifiers.command, "mod+"),
        (modifiers.alt, "alt+"),
        (modifiers.shift, "shift+"),
    ];
    let held = names.into_iter().filter(|(is_held, _)| *is_held);
    held.map(|(_, name)| name).collect()
}

/// What a key is by its place, where what it prints with these modifiers says nothing: Shift changes
/// digits, Alt changes letters, and brackets are printed only with AltGr in many layouts.
fn in_place(code: &str, modifiers: Modifiers) -> Option<String> {
    let letter = code.strip_prefix("Key").filter(|_| modifiers.alt);
    let digit = code.strip_prefix("Digit").filter(|_| modifiers.shift);
    match code {
        "BracketLeft" if modifiers.command => Some("[".into()),
        "BracketRight" if modifiers.command => Some("]".into()),
        _ => Some(letter.or(digit)?.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Modifiers = Modifiers {
        shift: false,
        alt: false,
        command: false,
    };
    const COMMAND: Modifiers = Modifiers {
        command: true,
        ..PLAIN
    };
    const COMMAND_SHIFT: Modifiers = Modifiers {
        shift: true,
        ..COMMAND
    };
    const EVERYWHERE: [Focus; 4] = [Focus::Board, Focus::Text, Focus::Field, Focus::Dialog];

    /// What is said for a key that does nothing.
    const NOTHING: Option<&str> = Some("nothing");

    fn asked(
        keyboard: &mut Keyboard,
        key: &str,
        code: &str,
        modifiers: Modifiers,
        focus: Focus,
    ) -> Option<&'static str> {
        match keyboard.read(key, code, modifiers, focus)? {
            (action, Hearing::Acts) => Some(action.id),
            (_, Hearing::Rests) => NOTHING,
        }
    }

    /// A key on a keyboard of which nothing is known yet.
    fn read(key: &str, code: &str, modifiers: Modifiers, focus: Focus) -> Option<&'static str> {
        asked(&mut Keyboard::default(), key, code, modifiers, focus)
    }

    /// What a key prints, what it prints with Shift, and its place.
    type Printed = (&'static str, &'static str, &'static str);

    /// What Z, Y and A print on keyboards, with Ctrl and with Ctrl and Shift.
    const LAYOUTS: [(&str, [Printed; 3]); 9] = [
        (
            "English",
            [("z", "Z", "KeyZ"), ("y", "Y", "KeyY"), ("a", "A", "KeyA")],
        ),
        (
            "German",
            [("z", "Z", "KeyY"), ("y", "Y", "KeyZ"), ("a", "A", "KeyA")],
        ),
        (
            "French",
            [("z", "Z", "KeyW"), ("y", "Y", "KeyY"), ("a", "A", "KeyQ")],
        ),
        (
            "Dvorak",
            [("z", "Z", "Slash"), ("y", "Y", "KeyT"), ("a", "A", "KeyA")],
        ),
        (
            "Russian",
            [("я", "Я", "KeyZ"), ("н", "Н", "KeyY"), ("ф", "Ф", "KeyA")],
        ),
        (
            "Greek",
            [("ζ", "Ζ", "KeyZ"), ("υ", "Υ", "KeyY"), ("α", "Α", "KeyA")],
        ),
        (
            "Hebrew",
            [("ז", "Z", "KeyZ"), ("ט", "Y", "KeyY"), ("ש", "A", "KeyA")],
        ),
        (
            "Arabic",
            [("ئ", "~", "KeyZ"), ("غ", "إ", "KeyY"), ("ش", "ِ", "KeyA")],
        ),
        (
            "Korean",
            [
                ("ㅋ", "ㅋ", "KeyZ"),
                ("ㅛ", "ㅛ", "KeyY"),
                ("ㅁ", "ㅁ", "KeyA"),
            ],
        ),
    ];

    #[test]
    fn undo_and_redo_are_the_same_keys_on_the_board_and_in_a_text_on_every_keyboard() {
        for (name, [(z, big_z, at_z), (y, _, at_y), (a, _, at_a)]) in LAYOUTS {
            for focus in [Focus::Board, Focus::Text] {
                let mut keyboard = Keyboard::default();
                let mut asked =
                    |key, code, modifiers| asked(&mut keyboard, key, code, modifiers, focus);
                let what = format!("{name}, {focus:?}");
                assert_eq!(asked(z, at_z, COMMAND), Some("undo"), "{what}");
                assert_eq!(asked(y, at_y, COMMAND), Some("redo"), "{what}");
                assert_eq!(asked(big_z, at_z, COMMAND_SHIFT), Some("redo"), "{what}");
            }
            let all = |focus| read(a, at_a, COMMAND, focus);
            assert_eq!(all(Focus::Board), Some("selectAll"), "{name}");
            assert_eq!(all(Focus::Text), None, "a text selects its own letters");
        }
    }

    #[test]
    fn zooming_is_the_boards_wherever_the_keyboard_is_and_whatever_it_prints() {
        let keys = [
            ("=", "Equal", COMMAND, "zoomIn"),
            ("+", "Equal", COMMAND_SHIFT, "zoomIn"),
            ("+", "NumpadAdd", COMMAND, "zoomIn"),
            ("+", "BracketRight", COMMAND, "zoomIn"),
            ("-", "Minus", COMMAND, "zoomOut"),
            ("-", "Slash", COMMAND, "zoomOut"),
            ("-", "Digit6", COMMAND, "zoomOut"),
            ("0", "Digit0", COMMAND, "zoomReset"),
            ("à", "Digit0", COMMAND, "zoomReset"),
            ("é", "Digit0", COMMAND, "zoomReset"),
            ("٠", "Digit0", COMMAND, "zoomReset"),
            ("0", "Numpad0", COMMAND, "zoomReset"),
        ];
        for (key, code, modifiers, wanted) in keys {
            for focus in [Focus::Board, Focus::Text, Focus::Field] {
                let asked = read(key, code, modifiers, focus);
                assert_eq!(asked, Some(wanted), "{key} at {code}, {focus:?}");
            }
            let in_dialog = read(key, code, modifiers, Focus::Dialog);
            assert_eq!(in_dialog, NOTHING, "{key} at {code}");
        }
    }

    #[test]
    fn what_the_board_has_taken_from_the_browser_is_taken_everywhere() {
        let keys = [
            ("d", "KeyD", COMMAND),
            ("в", "KeyD", COMMAND),
            ("[", "BracketLeft", COMMAND),
            ("х", "BracketLeft", COMMAND),
            ("ü", "BracketLeft", COMMAND),
            ("[", "Minus", COMMAND),
            ("}", "BracketRight", COMMAND_SHIFT),
        ];
        for (key, code, modifiers) in keys {
            assert!(read(key, code, modifiers, Focus::Board).is_some());
            for focus in [Focus::Text, Focus::Field, Focus::Dialog] {
                let asked = read(key, code, modifiers, focus);
                assert_eq!(asked, NOTHING, "{key} at {code}, {focus:?}");
            }
        }
    }

    #[test]
    fn tab_is_the_texts_and_the_boards_and_nobody_elses() {
        let shift = Modifiers {
            shift: true,
            ..PLAIN
        };
        for (modifiers, id, on_board) in
            [(PLAIN, "indent", "walkOn"), (shift, "outdent", "walkBack")]
        {
            let asked = |focus| read("Tab", "Tab", modifiers, focus);
            assert_eq!(asked(Focus::Text), Some(id));
            assert_eq!(asked(Focus::Board), Some(on_board));
            for focus in [Focus::Field, Focus::Dialog] {
                assert_eq!(asked(focus), None, "{focus:?}");
            }
        }
    }

    #[test]
    fn a_field_keeps_its_own_keys() {
        let typed = [
            ("r", "KeyR"),
            ("к", "KeyR"),
            ("1", "Digit1"),
            (" ", "Space"),
            ("-", "Minus"),
            ("Delete", "Delete"),
            ("Backspace", "Backspace"),
            ("ArrowLeft", "ArrowLeft"),
            ("Enter", "Enter"),
        ];
        let shift = Modifiers {
            shift: true,
            ..PLAIN
        };
        for focus in [Focus::Text, Focus::Field, Focus::Dialog] {
            for (key, code) in typed {
                for modifiers in [PLAIN, shift] {
                    assert_eq!(read(key, code, modifiers, focus), None, "{key}, {focus:?}");
                }
            }
        }
        for focus in [Focus::Field, Focus::Dialog] {
            for key in ["z", "y", "a"] {
                assert_eq!(read(key, "", COMMAND, focus), None, "{key}, {focus:?}");
            }
            assert_eq!(read("Escape", "Escape", PLAIN, focus), None);
        }
    }

    #[test]
    fn a_text_is_finished_by_escape_and_by_enter_with_ctrl() {
        assert_eq!(read("Escape", "Escape", PLAIN, Focus::Text), Some("escape"));
        for modifiers in [COMMAND, COMMAND_SHIFT] {
            let asked = read("Enter", "Enter", modifiers, Focus::Text);
            assert_eq!(asked, Some("endText"));
        }
        let on_board = read("Enter", "Enter", COMMAND, Focus::Board);
        assert_eq!(on_board, Some("enterOther"));
    }

    #[test]
    fn letters_work_without_latin_letters_on_the_keyboard() {
        let on_board = |key| read(key, "KeyR", PLAIN, Focus::Board);
        let rectangle = Some("rectangle");
        for key in ["r", "R", "к", "ρ", "ר", "ق", "ㄱ"] {
            assert_eq!(on_board(key), rectangle, "{key}");
        }
    }

    #[test]
    fn another_latin_layout_means_what_it_prints() {
        let asked = |key, code, modifiers| read(key, code, modifiers, Focus::Board);
        // AZERTY prints `a` where QWERTY has `q`, Bépo `è` where it has `t` and `à` where it has `a`.
        assert_eq!(asked("a", "KeyQ", COMMAND), Some("selectAll"));
        assert_eq!(asked("è", "KeyT", PLAIN), None);
        assert_eq!(asked("à", "KeyA", COMMAND), None);
        assert_eq!(asked(";", "KeyZ", COMMAND), None, "Dvorak");
        assert_eq!(asked("ü", "BracketLeft", PLAIN), None, "German");
    }

    #[test]
    fn browser_shortcuts_are_left_alone() {
        for focus in EVERYWHERE {
            for key in ["r", "t", "l", "c", "v", "x", "f", "p", "s", "w", "F5"] {
                assert_eq!(read(key, "", COMMAND, focus), None, "{key}");
            }
        }
    }
}
