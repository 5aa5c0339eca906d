//! The rehearsal puts items where yrs puts them, and what is heavy is refused.

use super::*;
use crate::id::ClientId;
use crate::lib0::write_uint;
use crate::limits::MAX_STEPS;
use crate::replica::{IngestError, Ingested, Replica};
use crate::scan;
use yrs::updates::decoder::Decode;
use yrs::{
    ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update,
    WriteTxn,
};

impl Rehearsal<'_> {
    /// The clocks of the only list, in its order.
    fn order(&self) -> Vec<Id> {
        let mut next = self.heads.first().and_then(|head| head.first);
        let mut ids = Vec::new();
        while let Some(item) = next.and_then(|at| self.item(at)) {
            ids.extend((item.id.1..item.end).map(|clock| (item.id.0, clock)));
            next = item.right;
        }
        ids
    }
}

fn author(id: u64) -> Doc {
    Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::with_client_id(ClientID::new(id))
    })
}

fn text_of(doc: &Doc) -> String {
    let txn = doc.transact();
    txn.get_text("t")
        .map_or(String::new(), |text| text.get_string(&txn))
}

fn type_at(doc: &Doc, at: u32, words: &str) {
    let mut txn = doc.transact_mut();
    txn.get_or_insert_text("t").insert(&mut txn, at, words);
}

fn news(from: &Doc, to: &Doc) -> Vec<u8> {
    let known = to.transact().state_vector();
    from.transact().encode_state_as_update_v1(&known)
}

fn tell(from: &Doc, to: &Doc) {
    let update = Update::decode_v1(&news(from, to)).unwrap();
    to.transact_mut().apply_update(update).unwrap();
}

fn state(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

/// Everybody types here and there, and hears of the others now and then.
fn scribble(rng: &mut fastrand::Rng, authors: &[Doc], turns: usize) {
    let mut letters = ('!'..='\u{d7ff}').filter(|c| c.is_alphanumeric()).cycle();
    for _ in 0..turns {
        let doc = &authors[rng.usize(..authors.len())];
        let length = u32::try_from(text_of(doc).chars().count()).unwrap();
        let word: String = letters.by_ref().take(rng.usize(1..4)).collect();
        type_at(doc, rng.u32(..=length), &word);
        if rng.u8(..4) == 0 {
            let (from, to) = (rng.usize(..authors.len()), rng.usize(..authors.len()));
            if from != to {
                tell(&authors[from], &authors[to]);
            }
        }
    }
}

#[test]
fn items_go_where_yrs_puts_them() {
    for seed in 0..200 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut ids = [1, 2, 3, 4];
        rng.shuffle(&mut ids);
        let authors = ids.map(author);
        scribble(&mut rng, &authors, 40);
        // A document that knows one of them hears of all others in one update.
        let (reader, others) = (author(5), author(6));
        tell(&authors[0], &reader);
        for doc in &authors {
            tell(doc, &others);
        }
        let (known, update) = (state(&reader), news(&others, &reader));
        let held = reader.transact().state_vector();
        let mut rehearsal = Rehearsal::new(u64::MAX);
        let places = |bytes| scan::update_in_detail(bytes, usize::MAX).unwrap().1.places;
        rehearsal.take(places(&known), |_| 0).unwrap();
        let held = |client| held.get(&ClientID::new(client));
        rehearsal.take(places(&update), held).unwrap();
        tell(&others, &reader);
        let written = written(&authors);
        let order: String = rehearsal.order().iter().map(|id| written[id]).collect();
        assert_eq!(order, text_of(&reader), "seed {seed}");
    }
}

/// What each clock stands for.
fn written(authors: &[Doc]) -> HashMap<Id, char> {
    let mut written = HashMap::new();
    for doc in authors {
        let bytes = state(doc);
        let mut rehearsal = Rehearsal::new(u64::MAX);
        let places = scan::update_in_detail(&bytes, usize::MAX).unwrap().1.places;
        rehearsal.take(places, |_| 0).unwrap();
        written.extend(rehearsal.order().into_iter().zip(text_of(doc).chars()));
    }
    written
}

fn string(out: &mut Vec<u8>, text: &str) {
    write_uint(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// One client's item at the beginning of the text, before an item that was not its first.
fn before(out: &mut Vec<u8>, (client, clock): (u64, u64)) {
    out.push(0x44);
    write_uint(out, client);
    write_uint(out, clock);
    string(out, "y");
}

/// A text of so many characters, and as many items that say they were typed when there was nothing
/// before its last, its last but one and so on.
fn forged(characters: u64) -> [Vec<u8>; 2] {
    let mut text = vec![1, 1, 9, 0, 4, 1];
    string(&mut text, "t");
    string(&mut text, &"x".repeat(characters as usize));
    text.push(0);
    let mut items = vec![1];
    write_uint(&mut items, characters);
    items.extend([5, 0]);
    for back in 1..=characters {
        before(&mut items, (9, characters - back));
    }
    items.push(0);
    [text, items]
}

fn server() -> Replica {
    Replica::new(ClientId::from_random(0)).weighing()
}

#[test]
fn items_that_walk_over_all_others_are_refused() {
    let [text, items] = forged(4000);
    let mut replica = server();
    assert!(replica.ingest(&text).is_ok());
    assert_eq!(replica.ingest(&items), Err(IngestError::Heavy));
    assert!(!replica.is_broken());
    let [text, items] = forged(400);
    let mut replica = server();
    assert!(replica.ingest(&text).is_ok());
    assert!(matches!(
        replica.ingest(&items),
        Ok(Ingested::Applied { .. })
    ));
}

#[test]
fn little_by_little_it_is_refused_as_well() {
    let [text, _] = forged(60_000);
    let mut replica = server();
    replica.ingest(&text).unwrap();
    let mut taken = 0;
    let refused = (1..60_000_u64).step_by(100).find(|&from| {
        let mut items = vec![1, 100, 5];
        write_uint(&mut items, from - 1);
        for back in from..from + 100 {
            before(&mut items, (9, 60_000 - back));
        }
        items.push(0);
        let ingested = replica.ingest(&items);
        taken += u64::from(ingested.is_ok());
        ingested == Err(IngestError::Heavy)
    });
    assert!(refused.is_some());
    // What got in takes a few times the bound at most.
    assert!(taken * 100 < 4000, "{taken}");
    // Others can still write there.
    let doc = author(77);
    let update = Update::decode_v1(&replica.encode()).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    type_at(&doc, 3, "hello");
    assert!(replica.ingest(&state(&doc)).is_ok());
}

#[test]
fn clients_that_wait_for_one_another_are_refused() {
    // Client 5 writes after the second item of 6, which writes after the second of 5.
    let mut update = vec![2];
    for (client, other) in [(5, 6), (6, 5)] {
        update.extend([2, client, 0]);
        update.extend([0x84, other, 1, 1, b'x']);
        update.extend([0x84, client, 0, 1, b'y']);
    }
    update.push(0);
    let mut replica = server();
    assert!(matches!(replica.ingest(&update), Err(IngestError::Scan(_))));
    assert!(!replica.is_broken(), "nothing has to be rebuilt");
}

#[test]
fn clients_made_to_collide_are_refused() {
    // One character of each of so many clients.
    let crowd = |clients: u64, apart: u64| {
        let mut update = Vec::new();
        write_uint(&mut update, clients);
        for number in 0..clients {
            update.push(1);
            write_uint(&mut update, (number + 1) * apart);
            update.extend([0, 4, 1, 1, b't', 1, b'x']);
        }
        update.push(0);
        update
    };
    let mut replica = server();
    assert!(matches!(
        replica.ingest(&crowd(100, 1 << 16)),
        Err(IngestError::Scan(_))
    ));
    assert!(replica.ingest(&crowd(60, 1 << 16)).is_ok());
    let more = crowd(70, 1 << 16);
    assert!(
        matches!(replica.ingest(&more), Err(IngestError::Scan(_))),
        "with those here"
    );
    assert!(replica.ingest(&crowd(2000, 3)).is_ok());
    // A state vector of strangers says nothing.
    let mut strangers = Vec::new();
    write_uint(&mut strangers, 200_000);
    for number in 0..200_000_u64 {
        write_uint(&mut strangers, number << 32);
        strangers.push(9);
    }
    assert_eq!(replica.diff(&strangers).unwrap(), replica.encode());
}

#[test]
fn cutting_a_long_text_to_pieces_is_refused() {
    let characters = 400_000_u64;
    let [text, _] = forged(characters);
    let mut replica = server();
    replica.ingest(&text).unwrap();
    let mut update = vec![0, 1, 9];
    write_uint(&mut update, characters / 2);
    for at in 0..characters / 2 {
        write_uint(&mut update, at * 2);
        update.push(1);
    }
    assert_eq!(replica.ingest(&update), Err(IngestError::Heavy));
    // All of it at once is light.
    let mut update = vec![0, 1, 9, 1, 0];
    write_uint(&mut update, characters);
    assert!(replica.ingest(&update).is_ok());
}

#[test]
fn a_text_that_many_typed_in_is_light() {
    let mut rng = fastrand::Rng::with_seed(7);
    let authors: Vec<Doc> = (1..=8).map(author).collect();
    scribble(&mut rng, &authors, 3000);
    let mut replica = server();
    for doc in &authors {
        assert!(replica.ingest(&state(doc)).is_ok());
    }
    let bytes = replica.encode();
    let mut rehearsal = Rehearsal::new(u64::MAX);
    let places = scan::update_in_detail(&bytes, usize::MAX).unwrap().1.places;
    let items = places.len() as u64;
    rehearsal.take(places, |_| 0).unwrap();
    assert!(items > 2000, "{items}");
    assert!(rehearsal.steps() < MAX_STEPS / 20, "{}", rehearsal.steps());
}
