//! Typing of one's own among others', undone: theirs stays, one's own goes.
//!
//! Undone when all has been heard: what undo puts back is typed anew, and what the other types at
//! its edge at the same time may end up on either side of it, in Yjs as well.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{client, id};
use crate::document::Document;
use crate::history::TextUndo;
use crate::replica::Ingested;

/// One thing that happens.
#[derive(Debug, Clone)]
enum Act {
    /// One's own: where, how much goes, how much comes.
    Type(u32, u32, u32),
    /// The other's.
    Other(u32, u32, u32),
    /// One hears what the other has done.
    Hear,
    /// The other hears what one has done.
    Told,
    /// A pause: the next step of undo begins.
    Pause,
}

fn act() -> impl Strategy<Value = Act> {
    let splice = || (0u32..12, 0u32..4, 0u32..4);
    prop_oneof![
        4 => splice().prop_map(|(at, cut, come)| Act::Type(at, cut, come)),
        4 => splice().prop_map(|(at, cut, come)| Act::Other(at, cut, come)),
        2 => Just(Act::Hear),
        2 => Just(Act::Told),
        2 => Just(Act::Pause),
    ]
}

/// One's own characters are of this block, the other's of the next: no two are alike.
const OWN: u32 = 0x4e00;
const OTHERS: u32 = 0x6e00;

fn is_own(c: char) -> bool {
    u32::from(c) < OTHERS
}

/// Two who type in one text.
struct Page {
    own: Document,
    other: Document,
    undo: TextUndo,
    time: f64,
    typed: u32,
    /// What each of them has deleted.
    cut: [BTreeSet<char>; 2],
    /// All texts that either has seen.
    seen: Vec<String>,
}

impl Page {
    fn new() -> Self {
        let mut own = Document::new(client(1));
        let undo = TextUndo::new(&mut own, &id("t"));
        let mut page = Self {
            own,
            other: Document::new(client(2)),
            undo,
            time: 0.0,
            typed: 0,
            cut: [BTreeSet::new(), BTreeSet::new()],
            seen: Vec::new(),
        };
        page.act(&Act::Other(0, 0, 6));
        page.act(&Act::Hear);
        page
    }

    fn act(&mut self, act: &Act) {
        match *act {
            Act::Type(at, cut, come) => self.splice(0, OWN, at, cut, come),
            Act::Other(at, cut, come) => self.splice(1, OTHERS, at, cut, come),
            Act::Hear => hear(&mut self.own, &mut self.other),
            Act::Told => hear(&mut self.other, &mut self.own),
            Act::Pause => {
                self.time += 10_000.0;
                self.undo.set_time(self.time);
            }
        }
        self.see();
    }

    fn splice(&mut self, who: usize, block: u32, at: u32, cut: u32, come: u32) {
        let document = if who == 0 {
            &mut self.own
        } else {
            &mut self.other
        };
        let text: Vec<char> = document.text(&id("t")).chars().collect();
        let gone = text
            .iter()
            .skip((at as usize).min(text.len()))
            .take(cut as usize);
        self.cut[who].extend(gone);
        let coming = self.typed..self.typed + come;
        self.typed += come;
        let word: String = coming.filter_map(|n| char::from_u32(block + n)).collect();
        document.splice(&id("t"), at, cut, &word);
    }

    fn see(&mut self) {
        self.seen
            .extend([&self.own, &self.other].map(|document| document.text(&id("t"))));
    }

    /// Both hear everything.
    fn settle(&mut self) {
        self.act(&Act::Hear);
        self.act(&Act::Told);
        assert_eq!(self.own.text(&id("t")), self.other.text(&id("t")));
    }

    /// What must be there without one's own typing, and what may be.
    fn holds_to(&self, text: &str) {
        assert!(!text.chars().any(is_own), "one's own is left: {text}");
        let left: BTreeSet<char> = text.chars().collect();
        assert_eq!(left.len(), text.chars().count(), "something is there twice");
        let theirs = (0..self.typed).filter_map(|n| char::from_u32(OTHERS + n));
        let written: BTreeSet<char> = self.seen.iter().flat_map(|text| text.chars()).collect();
        for c in theirs.filter(|c| written.contains(c)) {
            let [own, other] = [0, 1].map(|who| self.cut[who].contains(&c));
            // What both deleted may be there or not.
            if !other {
                assert!(left.contains(&c), "{c} is lost in {text}");
            } else if !own {
                assert!(!left.contains(&c), "{c} is back in {text}");
            }
        }
        for seen in &self.seen {
            let before: String = seen.chars().filter(|c| left.contains(c)).collect();
            let now: String = text.chars().filter(|c| before.contains(*c)).collect();
            assert_eq!(before, now, "out of order in {text}");
        }
    }
}

/// One hears all that the other has done since.
fn hear(one: &mut Document, other: &mut Document) {
    for update in other.take_updates() {
        let heard = one.apply(&update).unwrap();
        assert!(matches!(heard, Ingested::Applied { .. }));
    }
}

proptest! {
    #[test]
    fn undo_takes_ones_own_typing_back_and_nothing_else(acts in prop::collection::vec(act(), 1..40)) {
        let mut page = Page::new();
        for act in &acts {
            page.act(act);
        }
        page.settle();
        let before = page.own.text(&id("t"));
        let mut steps = 0;
        while page.undo.undo() {
            steps += 1;
        }
        page.holds_to(&page.own.text(&id("t")));
        for _ in 0..steps {
            prop_assert!(page.undo.redo());
        }
        prop_assert_eq!(page.own.text(&id("t")), before);
        page.settle();
    }
}
