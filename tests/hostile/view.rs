//! What a document says, so that two of them can be compared.
//!
//! Not byte by byte: objects are written in any order, and one copy may have collected garbage in
//! other pieces than another. Reads it as Drawbridge's own editor does, and as any other tool.

use std::collections::{BTreeMap, BTreeSet};

use board::document::Document;
use board::id::ClientId;
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, Map, OffsetKind, Options, Out, ReadTxn, Transact, Update};

/// A document's clocks, what of them is deleted, and every root as text and as map.
#[derive(Debug, PartialEq)]
pub struct View {
    clocks: BTreeMap<u64, u32>,
    deleted: BTreeSet<(u64, u32, u32)>,
    roots: BTreeMap<String, [String; 2]>,
    elements: usize,
}

/// Reads an encoded document. Panics where it cannot be loaded.
pub fn of(state: &[u8]) -> View {
    let doc = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        cleanup_formatting: false,
        ..Options::with_client_id(yrs::block::ClientID::new(9))
    });
    let update = Update::decode_v1(state).expect("it decodes");
    let mut txn = doc.transact_mut();
    txn.apply_update(update).expect("it applies");
    assert!(!txn.has_missing_updates(), "a state with something missing");
    drop(txn);
    let mut document = Document::new(ClientId::from_random(7));
    document.apply(state).expect("the editor loads it");
    let txn = doc.transact();
    let clocks = txn.state_vector();
    let clocks = clocks.iter().map(|(client, clock)| (client.get(), *clock));
    let snapshot = txn.snapshot();
    let deleted = snapshot.delete_set.iter().flat_map(|(client, ranges)| {
        let ranges = ranges
            .iter()
            .map(|range| (client.get(), range.start, range.end));
        ranges.collect::<Vec<_>>()
    });
    let roots = txn
        .root_refs()
        .map(|(name, _)| (name.to_owned(), readings(&txn, name)));
    View {
        clocks: clocks.collect(),
        deleted: deleted.collect(),
        roots: roots.collect(),
        elements: document.elements().len(),
    }
}

/// One root as text and as map. Not as list: yrs' iterator never ends on a text with formats.
fn readings(txn: &yrs::Transaction<'_>, name: &str) -> [String; 2] {
    let text = txn.get_text(name).map(|text| sorted(&text.get_string(txn)));
    let map = txn.get_map(name).map(|map| {
        let entries = map.iter(txn).map(|(key, value)| match value {
            Out::Any(any) => (key.to_owned(), say(&any)),
            nested => (
                key.to_owned(),
                format!("{:?}", std::mem::discriminant(&nested)),
            ),
        });
        entries.collect::<BTreeMap<_, _>>()
    });
    [format!("{text:?}"), format!("{map:?}")]
}

/// Characters in any order: who says that its left neighbour is to the right of its right one is
/// put in either place, by one copy here and by another there, and fails nowhere.
fn sorted(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters.into_iter().collect()
}

/// A value with its keys in order.
fn say(any: &yrs::Any) -> String {
    match any {
        yrs::Any::Map(map) => {
            let sorted: BTreeMap<_, _> = map.iter().map(|(key, any)| (key, say(any))).collect();
            format!("{sorted:?}")
        }
        yrs::Any::Array(items) => format!("{:?}", items.iter().map(say).collect::<Vec<_>>()),
        other => format!("{other:?}"),
    }
}
