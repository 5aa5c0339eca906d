//! What stands for the board where it is not open: its title and its first words.
//!
//! Owns a session of naming the board, and when its words are read anew. Knows neither the field
//! nor the list in which boards are shown; pictures are `picture.rs`.

use board::document::Write;
use board::element::Kind;
use board::step::Step;

use super::Editor;
use super::picture::Sketch;
use crate::boundary::UiEvent;
use scene::Selection;

/// After a pause this long in typing the title is written, ms.
const PAUSE_MS: f64 = 500.0;
/// The words are read at most this often, ms: it takes a look at every element.
const WORDS_PACE_MS: f64 = 500.0;
/// So many characters are more than the page has room for.
const MAX_WORDS: usize = 120;
/// Texts that begin within so many board units stand in a row.
const ROW: f64 = 40.0;

/// What is known of the cover.
#[derive(Debug, Default)]
pub(super) struct Cover {
    naming: Option<Naming>,
    words: String,
    /// When the words are to be read again.
    stale: Option<f64>,
    /// Counts changes of the scene.
    pub(super) revision: u32,
    /// A picture in the making.
    pub(super) sketch: Option<Sketch>,
}

/// A title being typed: however often it is written meanwhile, it is one step of undo.
#[derive(Debug, Default)]
struct Naming {
    /// What is not written yet, and when it will be.
    typed: Option<(String, f64)>,
    /// What was written.
    step: Step,
}

impl Cover {
    /// The scene looks different since `now`.
    pub(super) fn scene_changed(&mut self, now: f64) {
        let pace = if self.revision == 0 {
            0.0
        } else {
            WORDS_PACE_MS
        };
        self.revision = self.revision.wrapping_add(1);
        self.stale.get_or_insert(now + pace);
    }

    /// A text is typed no more since `now`.
    pub(super) fn text_rests(&mut self, now: f64) {
        self.stale = Some(now);
    }

    /// When something is to be done, ms.
    pub(super) fn due(&self) -> Option<f64> {
        let typed = self
            .naming
            .as_ref()
            .and_then(|naming| naming.typed.as_ref());
        let typed = typed.map(|(_, due)| *due);
        [typed, self.stale].into_iter().flatten().reduce(f64::min)
    }
}

impl Editor {
    /// Takes what the title's field holds, or `None` when it is to be as it was before one typed;
    /// `done` ends that, and all of it is one step of undo.
    pub fn title(&mut self, text: Option<String>, done: bool) {
        if self.read_only {
            self.tell_read_only();
            return;
        }
        let due = self.now + PAUSE_MS;
        let naming = self.cover.naming.get_or_insert_default();
        naming.typed = text.map(|text| (text, due));
        if naming.typed.is_none() {
            self.document.revert(&std::mem::take(&mut naming.step));
            self.follow();
        }
        if done {
            self.end_naming();
        }
    }

    /// Ends the session of naming: what was typed is written.
    pub(super) fn end_naming(&mut self) {
        self.write_title();
        if let Some(Naming { mut step, .. }) = self.cover.naming.take() {
            step.changes.retain(|change| change.before != change.after);
            self.steps.history.push(step);
        }
    }

    /// Does what is due.
    pub(super) fn keep_cover(&mut self) {
        if self.cover.due().is_none_or(|due| due > self.now) {
            return;
        }
        let typed = self
            .cover
            .naming
            .as_ref()
            .and_then(|naming| naming.typed.as_ref());
        if typed.is_some_and(|(_, due)| *due <= self.now) {
            self.write_title();
        }
        if self.cover.stale.is_some_and(|due| due <= self.now) {
            let typed = self.typed_in();
            // The others say nothing when they end.
            self.cover.stale = (!typed.is_empty()).then_some(self.now + WORDS_PACE_MS);
            self.cover.words = self.first_words(&typed);
        }
    }

    /// What the board is called, and what it says first.
    pub(super) fn title_event(&self) -> UiEvent {
        UiEvent::Title {
            title: self.document.title(),
            words: self.cover.words.clone(),
        }
    }

    fn write_title(&mut self) {
        if let Some(naming) = &mut self.cover.naming
            && let Some((text, _)) = naming.typed.take()
        {
            let step = self.document.commit(vec![Write::title(&text)]);
            naming.step.extend(step);
            self.follow();
        }
    }

    /// The beginning of the text that one reads first, in the topmost row, on the left. A label says
    /// what one thing is, an address where something else is, and what somebody types nothing yet.
    fn first_words(&self, typed: &Selection) -> String {
        let texts = self.scene.iter().filter_map(|node| {
            let element = node.element();
            let says = matches!(element.kind, Kind::Text(_) | Kind::Note(_) | Kind::Frame(_));
            let says = says && !typed.contains(&element.id);
            let text = element.text().filter(|_| says)?.trim_start();
            let at = node.bounds().origin();
            let empty = text.is_empty() || is_address(text);
            (!empty).then(|| ((at.y / ROW).floor(), at.x, text))
        });
        let first = texts.reduce(|a, b| if (b.0, b.1) < (a.0, a.1) { b } else { a });
        first.map_or_else(String::new, |(.., text)| {
            text.chars().take(MAX_WORDS).collect()
        })
    }
}

/// Whether a text begins with an address.
fn is_address(text: &str) -> bool {
    let schemes = ["http://", "https://", "www.", "mailto:"];
    schemes.iter().any(|scheme| text.starts_with(scheme))
}
