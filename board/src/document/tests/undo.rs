//! Any edits, concurrent and undone: documents converge, and undo keeps to its word.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::{client, element, geometry, id, rectangle};
use crate::document::{Changes, Document, Write};
use crate::element::text::Text as TextKind;
use crate::element::{Element, Kind};
use crate::fields::Value;
use crate::id::ElementId;
use crate::order::OrderKey;
use crate::schema::{self, Column, Key};
use crate::step::Step;
use crate::style::StyleField;
use yrs::{Map, Transact};

const NAMES: [&str; 4] = ["a", "b", "c", "t"];

/// One thing that somebody does.
#[derive(Debug, Clone)]
enum Act {
    /// A gesture: several keys at once.
    Write(Vec<(usize, Edit)>),
    /// Types into the text.
    Type(u32, u32, String),
    Undo,
    Redo,
    /// Hears everything that another one has done.
    Hear(usize),
}

#[derive(Debug, Clone)]
enum Edit {
    Bear,
    Delete,
    Move(f64),
    Order(u64),
    Style(StyleField, f64),
    Title(String),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => Just(Edit::Bear),
        1 => Just(Edit::Delete),
        3 => (-9.0..9.0f64).prop_map(|by| Edit::Move(by.round())),
        1 => (0u64..5).prop_map(Edit::Order),
        2 => (select(vec![StyleField::Width, StyleField::Opacity]), 1.0..4.0f64)
            .prop_map(|(field, value)| Edit::Style(field, value.round() / 4.0)),
        1 => "[a-c ]{0,3}".prop_map(Edit::Title),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => prop::collection::vec((0..NAMES.len(), edit()), 1..4).prop_map(Act::Write),
        2 => (0u32..9, 0u32..4, "[a-c🌊\n]{0,3}").prop_map(|(at, cut, word)| Act::Type(at, cut, word)),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        3 => (0usize..3).prop_map(Act::Hear),
    ]
}

/// Somebody with a document, a scene made from its changes, and steps to take back.
struct Author {
    document: Document,
    scene: BTreeMap<ElementId, Element>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    heard: [usize; 3],
    said: Vec<Vec<u8>>,
}

impl Author {
    fn new(number: u64) -> Self {
        Self {
            document: Document::new(client(number)),
            scene: BTreeMap::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            heard: [0; 3],
            said: Vec::new(),
        }
    }

    fn write(&mut self, edits: &[(usize, Edit)]) {
        let mut writes: Vec<Write> = Vec::new();
        for (name, edit) in edits {
            let write = self.write_of(NAMES[*name], edit);
            // A gesture writes a key once.
            if !writes.iter().any(|other| other.key == write.key) {
                writes.push(write);
            }
        }
        let step = self.document.commit(writes);
        if !step.changes.is_empty() {
            self.undo.push(step);
            self.redo.clear();
        }
    }

    fn write_of(&self, name: &str, edit: &Edit) -> Write {
        let id = id(name);
        match edit {
            Edit::Bear if name == "t" => {
                Write::birth(&element(name, Kind::Text(TextKind::new(""))))
            }
            Edit::Bear => Write::birth(&rectangle(name)),
            Edit::Delete => Write::delete(&id),
            Edit::Move(by) => {
                let stood = rectangle(name).geometry;
                geometry(name, &stood.translated(kurbo::Vec2::new(*by, 0.0)))
            }
            Edit::Order(random) => Write::order(&id, &OrderKey::between(None, None, *random)),
            Edit::Style(field, value) => Write::style(&id, *field, Value::Number(*value)),
            Edit::Title(text) => Write::title(text),
        }
    }

    /// Takes a step back, holds that to its promises, and answers its inverse.
    fn revert(&mut self, step: &Step) -> Step {
        let before = columns(&self.document);
        let reverted = self.document.revert(step);
        let after = columns(&self.document);
        let mut skipped = 0;
        for change in &step.changes {
            let place = place(&change.key);
            let ours = before.get(&place) == change.after.as_ref();
            skipped += usize::from(!ours);
            let expected = if ours {
                change.before.as_ref()
            } else {
                before.get(&place)
            };
            assert_eq!(after.get(&place), expected, "{place:?}");
        }
        assert_eq!(reverted.skipped, skipped);
        let touched: Vec<_> = step
            .changes
            .iter()
            .map(|change| place(&change.key))
            .collect();
        let rest = |columns: &BTreeMap<_, _>| -> Vec<_> {
            let rest = columns.iter().filter(|(place, _)| !touched.contains(place));
            rest.map(|(place, value): (&(Root, String), &Value)| (place.clone(), value.clone()))
                .collect()
        };
        assert_eq!(rest(&before), rest(&after), "undo touches nothing else");
        // At once taken back itself, it was never there.
        let again = self.document.revert(&reverted.inverse);
        assert_eq!(
            columns(&self.document),
            before,
            "redo is the inverse of undo"
        );
        assert_eq!(again.skipped, 0);
        self.document.revert(&again.inverse);
        assert_eq!(columns(&self.document), after);
        reverted.inverse
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Write(edits) => self.write(edits),
            Act::Type(at, cut, word) => self.document.splice(&id("t"), *at, *cut, word),
            Act::Undo => {
                if let Some(step) = self.undo.pop() {
                    let inverse = self.revert(&step);
                    self.redo.push(inverse);
                }
            }
            Act::Redo => {
                if let Some(step) = self.redo.pop() {
                    let inverse = self.revert(&step);
                    self.undo.push(inverse);
                }
            }
            Act::Hear(_) => {}
        }
        self.settle();
    }

    /// Makes the scene follow, and keeps what was done for the others.
    fn settle(&mut self) {
        self.said.extend(self.document.take_updates());
        let Changes::Elements(ids) = self.document.take_changes() else {
            panic!("nothing here is that large");
        };
        for id in ids {
            match self.document.element(&id) {
                Some(element) => drop(self.scene.insert(id, element)),
                None => drop(self.scene.remove(&id)),
            }
        }
        let rebuilt: BTreeMap<_, _> = self
            .document
            .elements()
            .into_iter()
            .map(|e| (e.id.clone(), e))
            .collect();
        assert_eq!(self.scene, rebuilt, "the changes tell all that changed");
    }
}

/// Makes one hear what another has said so far, which may build on what a third said.
fn hear(authors: &mut [Author; 3], who: usize, whom: usize) {
    let (from, said) = (authors[who].heard[whom], authors[whom].said.clone());
    for (at, update) in said.iter().enumerate().skip(from) {
        match authors[who].document.apply(update).unwrap() {
            crate::replica::Ingested::Applied { .. } => authors[who].heard[whom] = at + 1,
            crate::replica::Ingested::Missing => break,
        }
    }
    authors[who].settle();
}

/// The name of a column.
type Root = &'static str;

fn place(key: &Key) -> (Root, String) {
    let root = key.column().map_or("board", Column::name);
    (root, key.text().into_owned())
}

/// Everything in every column.
fn columns(document: &Document) -> BTreeMap<(Root, String), Value> {
    let transaction = document.replica.doc().transact();
    let mut all = BTreeMap::new();
    for column in Column::ALL {
        for (key, out) in document.roots.column(column).iter(&transaction) {
            all.insert((column.name(), key.to_owned()), schema::read(&out));
        }
    }
    for (key, out) in document.roots.board.iter(&transaction) {
        all.insert(("board", key.to_owned()), schema::read(&out));
    }
    all
}

proptest! {
    #[test]
    fn edits_converge_and_undo_keeps_its_word(acts in prop::collection::vec((0usize..3, act()), 1..60)) {
        let mut authors = [1, 2, 3].map(Author::new);
        for (who, act) in &acts {
            authors[*who].act(act);
            if let Act::Hear(whom) = act && who != whom {
                hear(&mut authors, *who, *whom);
            }
        }
        for _ in 0..acts.len() {
            for (who, whom) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
                hear(&mut authors, who, whom);
            }
        }
        let [a, b, c] = &authors;
        prop_assert_eq!(columns(&a.document), columns(&b.document));
        prop_assert_eq!(columns(&a.document), columns(&c.document));
        prop_assert_eq!(&a.scene, &b.scene);
        prop_assert_eq!(&a.scene, &c.scene);
    }
}
