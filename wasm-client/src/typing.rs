//! A session of typing in one text, together with whoever else types there.
//!
//! Owns the map between the text field of the page and the shared text: one's input becomes a
//! splice, others' splices move one's caret. Knows neither the field nor the network.

#[cfg(test)]
mod tests;

use board::document::{Document, TextSplice, Write};
use board::element::Element;
use board::history::{History, TextUndo};
use board::id::ElementId;
use board::step::Step;
use board::text_layout::{is_cut, offset_in, offset_shown, plain, shown};

use crate::boundary::TextInput;

/// What Tab moves a line by: a tab's width differs from font to font.
const INDENT: &str = "    ";

/// The text being typed and what the page's field holds of it.
#[derive(Debug)]
pub(crate) struct Typing {
    id: ElementId,
    /// A text of which nothing has been typed yet, so that it is not in the document.
    unborn: Option<Element>,
    /// The step in which this session put the element into the document.
    birth: Option<Step>,
    /// Of an element that was put there to be typed in: whether it goes if nothing is written.
    fleeting: Option<bool>,
    undo: TextUndo,
    /// The shared text, as far as the field shows it.
    text: String,
    /// The same as a field can hold it, with newlines for whatever ends a line in the text.
    field: String,
    /// Start and end in the text.
    selection: (u32, u32),
    /// Whether all is selected because the text was opened, and nobody has asked for it since.
    opened: bool,
    /// What the field holds while an input method is composing; not in the document yet.
    composing: Option<TextInput>,
    /// Others' changes that the field does not show yet, because an input method is composing.
    unseen: Vec<TextSplice>,
}

impl Typing {
    /// Types in an existing text, all of it selected.
    pub(crate) fn in_text(document: &mut Document, id: &ElementId) -> Self {
        let mut typing = Self::new(document, id, None);
        typing.show(document);
        typing.selection = (0, utf16_len(&typing.text));
        typing.opened = true;
        typing
    }

    /// Types in an existing text together with others, whose words stay: the caret at an offset of the
    /// shared text, or at its end.
    pub(crate) fn beside_others(document: &mut Document, id: &ElementId, at: Option<u32>) -> Self {
        let mut typing = Self::in_text(document, id);
        let (_, end) = typing.selection;
        typing.put_caret(at.map_or(end, |at| at.min(end)));
        typing
    }

    fn put_caret(&mut self, at: u32) {
        self.selection = (at, at);
        self.opened = false;
    }

    /// Begins a new text; it is in the document from the first character on.
    pub(crate) fn in_new_text(document: &mut Document, element: Element) -> Self {
        let id = element.id.clone();
        Self::new(document, &id, Some(element))
    }

    /// Types in an element that was put into the document to be typed in: one step with what is typed.
    /// `fleeting`: it goes if nothing is.
    pub(crate) fn in_newborn(
        document: &mut Document,
        id: &ElementId,
        birth: Step,
        fleeting: bool,
    ) -> Self {
        Self {
            birth: Some(birth),
            fleeting: Some(fleeting),
            ..Self::new(document, id, None)
        }
    }

    /// Whether nothing is left to take back but that the element was put there.
    pub(crate) fn is_newborn(&self) -> bool {
        self.fleeting.is_some() && !self.undo.can_undo()
    }

    /// What was put there stays, whether or not anything is written.
    pub(crate) fn keep(&mut self) {
        self.fleeting = self.fleeting.and(Some(false));
    }

    fn new(document: &mut Document, id: &ElementId, unborn: Option<Element>) -> Self {
        document.watch_text(Some(id));
        Self {
            id: id.clone(),
            unborn,
            birth: None,
            fleeting: None,
            undo: TextUndo::new(document, id),
            text: String::new(),
            field: String::new(),
            selection: (0, 0),
            opened: false,
            composing: None,
            unseen: Vec::new(),
        }
    }

    pub(crate) fn element(&self) -> &ElementId {
        &self.id
    }

    /// The element while it is not in the document yet.
    pub(crate) fn unborn(&self) -> Option<&Element> {
        self.unborn.as_ref()
    }

    /// The same, to be restyled.
    pub(crate) fn unborn_mut(&mut self) -> Option<&mut Element> {
        self.unborn.as_mut()
    }

    /// What the field shows, with what is being composed: it needs room for that.
    pub(crate) fn shown(&self) -> &str {
        self.composing
            .as_ref()
            .map_or(&self.field, |input| &input.value)
    }

    /// What the field should hold.
    pub(crate) fn value(&self) -> &str {
        &self.field
    }

    /// Where the selection was begun and where its caret is in the shared text, UTF-16 units.
    pub(crate) fn selection(&self) -> (u32, u32) {
        self.selection
    }

    /// The same in the field.
    pub(crate) fn field_selection(&self) -> (u32, u32) {
        let (anchor, head) = self.selection;
        (
            offset_shown(&self.text, anchor),
            offset_shown(&self.text, head),
        )
    }

    /// Where the caret is in what the field shows, UTF-16 units.
    pub(crate) fn caret(&self) -> u32 {
        let composing = self.composing.as_ref();
        composing.map_or(self.field_selection().1, |input| input.selection_head)
    }

    /// Moves the lines of the selection in by [`INDENT`], or out by as many spaces as there are. One
    /// change of those spaces alone: others have their carets in the lines. O(lines · text).
    pub(crate) fn indent(&mut self, document: &mut Document, out: bool, now: f64) {
        if self.composing.is_some() {
            return;
        }
        let (mut anchor, mut head) = self.field_selection();
        let (from, to) = (anchor.min(head), anchor.max(head));
        let mut splices = Vec::new();
        // From the last line up, so that the places of those above stay.
        for (line, spaces) in lines_within(&self.field, from, to).into_iter().rev() {
            let (deleted, inserted) = if out { (spaces, "") } else { (0, INDENT) };
            if out && spaces == 0 {
                continue;
            }
            let mut splice = TextSplice {
                at: offset_in(&self.text, line),
                deleted,
                inserted: inserted.into(),
            };
            self.part_newlines(&mut splice);
            splices.push(splice);
            for at in [&mut anchor, &mut head] {
                if let Some(behind) = at.checked_sub(line) {
                    *at = line + utf16_len(inserted) + behind.saturating_sub(deleted);
                }
            }
        }
        self.write(document, &splices, now);
        self.selection = (offset_in(&self.text, anchor), offset_in(&self.text, head));
    }

    /// Whether it is longer than what is painted.
    pub(crate) fn is_cut(&self) -> bool {
        is_cut(&self.text)
    }

    /// Takes in what the field holds after an input event.
    pub(crate) fn input(&mut self, document: &mut Document, input: &TextInput, now: f64) {
        self.composing = input.composing.then(|| input.clone());
        if input.composing {
            return;
        }
        let before = self.selection;
        self.selection = (
            offset_in(&self.text, input.selection_anchor),
            offset_in(&self.text, input.selection_head),
        );
        self.opened &= self.selection == before;
        if input.value == self.field && self.unseen.is_empty() {
            return;
        }
        let mut splice = self.splice(input);
        for theirs in self.unseen.drain(..) {
            let end = moved(splice.at + splice.deleted, &theirs);
            splice.at = moved(splice.at, &theirs);
            splice.deleted = end.saturating_sub(splice.at);
            self.selection = (
                moved(self.selection.0, &theirs),
                moved(self.selection.1, &theirs),
            );
        }
        let changes = splice.deleted > 0 || !splice.inserted.is_empty();
        self.write(document, changes.then_some(splice).as_slice(), now);
    }

    /// Writes changes of the text, each in terms of the text before it; all bring something, or none.
    fn write(&mut self, document: &mut Document, splices: &[TextSplice], now: f64) {
        if let Some(first) = splices.first() {
            if let Some(element) = self.unborn.take_if(|_| !first.inserted.is_empty()) {
                self.birth = Some(document.commit(vec![Write::birth(&element)]));
            }
            self.undo.set_time(now);
            document.splice_text(&self.id, splices);
        }
        self.show(document);
    }

    /// What the person changed, as a change of the shared text; the selection becomes one of the text
    /// after it. What is pasted into a field comes this way too.
    fn splice(&mut self, input: &TextInput) -> TextSplice {
        let change = difference(&self.field, &input.value, input.selection_head);
        let at = offset_in(&self.text, change.at);
        let end = offset_in(&self.text, change.at + change.deleted);
        let inserted = plain(&change.inserted);
        let [came, left] = [utf16_len(&change.inserted), utf16_len(&inserted)];
        let behind = |offset: u32| {
            let within = offset.saturating_sub(change.at);
            if offset <= change.at {
                offset_in(&self.text, offset)
            } else if within >= came {
                let old = offset_in(&self.text, change.at + change.deleted + within - came);
                old - (end - at) + left
            } else {
                at + within.min(left)
            }
        };
        self.selection = (behind(input.selection_anchor), behind(input.selection_head));
        let mut splice = TextSplice {
            at,
            deleted: end - at,
            inserted,
        };
        self.part_newlines(&mut splice);
        splice
    }

    /// A newline right behind a CR would be one with it, and a line less than the field shows: the CR
    /// becomes a newline too.
    fn part_newlines(&self, splice: &mut TextSplice) {
        let unit = |at: u32| self.text.encode_utf16().nth(at as usize);
        let next = splice.inserted.encode_utf16().next();
        let next = next.or_else(|| unit(splice.at + splice.deleted));
        let Some(before) = splice.at.checked_sub(1) else {
            return;
        };
        if next == Some(u16::from(b'\n')) && unit(before) == Some(u16::from(b'\r')) {
            splice.at = before;
            splice.deleted += 1;
            splice.inserted.insert(0, '\n');
        }
    }

    /// Shows the text as it is in the document now.
    fn show(&mut self, document: &Document) {
        self.text = document.text(&self.id);
        self.field = shown(&self.text);
    }

    /// Takes in what others typed meanwhile.
    pub(crate) fn follow(&mut self, document: &mut Document) {
        let splices = document.take_splices();
        if self.composing.is_some() {
            self.unseen.extend(splices);
            return;
        }
        if !splices.is_empty() {
            for theirs in &splices {
                self.selection = (
                    moved(self.selection.0, theirs),
                    moved(self.selection.1, theirs),
                );
            }
            // What others write now was not there to be replaced.
            if self.opened {
                self.put_caret(self.selection.1);
            }
            self.show(document);
        }
    }

    /// Takes back one's own latest typing in this session.
    pub(crate) fn undo(&mut self, document: &Document) -> bool {
        let done = self.undo.undo();
        self.reread(document);
        done
    }

    /// Puts it back.
    pub(crate) fn redo(&mut self, document: &Document) -> bool {
        let done = self.undo.redo();
        self.reread(document);
        done
    }

    /// Whether there is typing of this session to take back.
    pub(crate) fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    /// Whether there is some to put back.
    pub(crate) fn can_redo(&self) -> bool {
        self.undo.can_redo()
    }

    /// Ends the session: an empty text goes by what `gone` writes, and what was typed becomes one step
    /// of the history. What is still being composed counts as typed: the field closes and would lose it.
    pub(crate) fn end(
        mut self,
        document: &mut Document,
        history: &mut History,
        gone: &dyn Fn() -> Vec<Write>,
        now: f64,
    ) {
        if let Some(mut input) = self.composing.take() {
            input.composing = false;
            self.input(document, &input, now);
        }
        document.watch_text(None);
        if self.unborn.is_some() {
            return;
        }
        let mut end = Step::default();
        let element = document.element(&self.id);
        let is_text = element.is_some_and(|element| element.kind.has_own_size());
        if (is_text || self.fleeting == Some(true)) && document.text(&self.id).trim().is_empty() {
            end = document.commit(gone());
        }
        match self.birth {
            // Somebody deleted the element: taking the letters back would show nothing.
            _ if document.element(&self.id).is_none() && end.changes.is_empty() => {}
            Some(birth) if end.changes.is_empty() => history.push(birth),
            Some(_) => {}
            None => history.push_text(self.undo, end),
        }
    }

    fn reread(&mut self, document: &Document) {
        let before = std::mem::take(&mut self.text);
        self.show(document);
        let change = difference(&before, &self.text, u32::MAX);
        let caret = change.at + utf16_len(&change.inserted);
        self.selection = (caret, caret);
    }
}

/// Where the lines begin that a range of a text touches, UTF-16 units, and how many spaces of an indent
/// each begins with. A line before which the range ends is none of them.
fn lines_within(text: &str, from: u32, to: u32) -> Vec<(u32, u32)> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + utf16_len(line);
        if from <= end && (at < to || at == from) {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            lines.push((at, spaces.min(INDENT.len()) as u32));
        }
        at = end + 1;
    }
    lines
}

/// The one splice that turns a text into another; of several the one that ends at the caret.
fn difference(old: &str, new: &str, caret: u32) -> TextSplice {
    let old: Vec<u16> = old.encode_utf16().collect();
    let new: Vec<u16> = new.encode_utf16().collect();
    let behind_caret = new.len().saturating_sub(caret as usize);
    let shorter = old.len().min(new.len());
    let same = |(a, b): &(&u16, &u16)| a == b;
    let suffix_within = |most: usize| {
        let pairs = old.iter().rev().zip(new.iter().rev());
        pairs.take(most).take_while(same).count()
    };
    let mut suffix = suffix_within(behind_caret);
    let room = shorter - suffix;
    let mut prefix = old.iter().zip(&new).take(room).take_while(same).count();
    // Half of a surrogate pair is no character: such a pair is replaced as a whole.
    let splits = |units: &[u16], at: usize| {
        at > 0
            && units
                .get(at)
                .is_some_and(|unit| (0xDC00..0xE000).contains(unit))
    };
    while splits(&old, prefix) || splits(&new, prefix) {
        prefix -= 1;
    }
    // A caret that stands behind the change has more before it that stays.
    suffix = suffix_within(shorter - prefix);
    while splits(&old, old.len() - suffix) || splits(&new, new.len() - suffix) {
        suffix -= 1;
    }
    let inserted = new.get(prefix..new.len() - suffix).unwrap_or_default();
    TextSplice {
        at: prefix as u32,
        deleted: (old.len() - suffix - prefix) as u32,
        inserted: String::from_utf16_lossy(inserted),
    }
}

/// Where a place in the text is after somebody else's change; their insertion there goes behind it.
fn moved(at: u32, splice: &TextSplice) -> u32 {
    let after_deletion = match at {
        at if at <= splice.at => at,
        at if at <= splice.at + splice.deleted => splice.at,
        at => at - splice.deleted,
    };
    if splice.at < after_deletion {
        after_deletion + utf16_len(&splice.inserted)
    } else {
        after_deletion
    }
}

fn utf16_len(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}
