//! What gets in, what waits, and what is turned away.

use super::*;
use crate::lib0::write_uint;
use crate::limits::MAX_NESTING;
use yrs::{GetString, Map, Text, WriteTxn};

fn client(id: u64) -> ClientId {
    ClientId::new(id).unwrap()
}

/// A plain Yjs-like author: its updates one by one, and its whole state.
struct Author {
    doc: Doc,
}

impl Author {
    fn new(id: u64) -> Self {
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::with_client_id(ClientID::new(id))
        };
        Self {
            doc: Doc::with_options(options),
        }
    }

    fn put(&self, key: &str, value: &str) -> Vec<u8> {
        let mut txn = self.doc.transact_mut();
        let map = txn.get_or_insert_map("elements");
        map.insert(&mut txn, key, value);
        txn.encode_update_v1()
    }

    fn type_text(&self, at: u32, text: &str) -> Vec<u8> {
        let mut txn = self.doc.transact_mut();
        txn.get_or_insert_text("text:t").insert(&mut txn, at, text);
        txn.encode_update_v1()
    }

    fn erase(&self, at: u32, length: u32) -> Vec<u8> {
        let mut txn = self.doc.transact_mut();
        txn.get_or_insert_text("text:t")
            .remove_range(&mut txn, at, length);
        txn.encode_update_v1()
    }

    fn take(&self, update: &[u8]) {
        let update = Update::decode_v1(update).unwrap();
        self.doc.transact_mut().apply_update(update).unwrap();
    }

    fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }
}

fn text(replica: &Replica) -> String {
    let txn = replica.doc().transact();
    txn.get_text("text:t")
        .map_or(String::new(), |t| t.get_string(&txn))
}

fn whole() -> Ingested {
    Ingested::Applied {
        changed: true,
        news: None,
    }
}

fn nothing() -> Ingested {
    Ingested::Applied {
        changed: false,
        news: None,
    }
}

#[test]
fn news_is_told_from_what_is_known() {
    let author = Author::new(5);
    let first = author.put("a", "1");
    let second = author.put("b", "2");
    let mut replica = Replica::new(client(1));
    assert_eq!(replica.ingest(&first), Ok(whole()));
    assert_eq!(replica.ingest(&first), Ok(nothing()));
    let Ok(Ingested::Applied {
        changed: true,
        news: Some(news),
    }) = replica.ingest(&author.state())
    else {
        panic!("the second put was new");
    };
    assert_eq!(scan::update(&news), scan::update(&second));
    assert_eq!(replica.ingest(&[0, 0]), Ok(nothing()));
    assert!(replica.knows(client(5), 1));
    assert!(!replica.knows(client(5), 2));
}

#[test]
fn deletions_that_are_known_are_no_news() {
    let author = Author::new(5);
    let mut replica = Replica::new(client(1));
    replica.ingest(&author.type_text(0, "abc")).unwrap();
    assert_eq!(replica.ingest(&author.erase(1, 1)), Ok(whole()));
    assert_eq!(replica.ingest(&author.state()), Ok(nothing()));
    assert_eq!(text(&replica), "ac");
}

#[test]
fn an_early_update_waits_and_changes_nothing() {
    let author = Author::new(5);
    let updates = ["a", "b", "c"].map(|t| author.type_text(0, t));
    let mut replica = Replica::new(client(1));
    assert_eq!(replica.ingest(&updates[2]), Ok(Ingested::Missing));
    assert_eq!(replica.ingest(&updates[1]), Ok(Ingested::Missing));
    assert_eq!(text(&replica), "");
    for update in &updates {
        assert_eq!(replica.ingest(update), Ok(whole()));
    }
    assert_eq!(text(&replica), "cba");
}

#[test]
fn what_somebody_else_wrote_is_required_too() {
    let (ann, ben) = (Author::new(5), Author::new(6));
    let hers = ann.type_text(0, "ann");
    ben.take(&hers);
    let his = ben.type_text(3, "ben");
    let erased = ben.erase(0, 1);
    let mut replica = Replica::new(client(1));
    assert_eq!(replica.ingest(&his), Ok(Ingested::Missing));
    assert_eq!(replica.ingest(&erased), Ok(Ingested::Missing));
    replica.ingest(&hers).unwrap();
    assert_eq!(replica.ingest(&his), Ok(whole()));
    assert_eq!(replica.ingest(&erased), Ok(whole()));
    assert_eq!(text(&replica), "nnben");
}

#[test]
fn own_clocks_count_without_being_ingested() {
    let mut replica = Replica::new(client(1));
    let own = {
        let mut txn = replica.doc().transact_mut();
        txn.get_or_insert_text("text:t").insert(&mut txn, 0, "me");
        txn.encode_update_v1()
    };
    let author = Author::new(5);
    author.take(&own);
    assert_eq!(replica.ingest(&author.type_text(2, "!")), Ok(whole()));
    assert_eq!(text(&replica), "me!");
}

#[test]
fn a_diff_brings_a_late_copy_up_to_date() {
    let author = Author::new(5);
    let (mut early, mut late) = (Replica::new(client(1)), Replica::new(client(2)));
    let first = author.type_text(0, "a😀");
    early.ingest(&first).unwrap();
    late.ingest(&first).unwrap();
    early.ingest(&author.type_text(3, "é")).unwrap();
    let diff = early.diff(&late.state_vector()).unwrap();
    late.ingest(&diff).unwrap();
    assert_eq!(text(&late), "a😀é");
    assert_eq!(late.encode(), early.encode());
    assert!(early.diff(&[0xff, 0xff, 0xff, 0x7f]).is_err());
}

#[test]
fn what_is_lacking_is_named_until_it_comes() {
    let author = Author::new(5);
    let updates = ["a", "b", "c"].map(|t| author.type_text(0, t));
    let mut replica = Replica::new(client(1));
    assert_eq!(replica.lacks(&updates[2]), Some((client(5), 1)));
    assert!(replica.adds(&updates[2]));
    replica.ingest(&updates[0]).unwrap();
    assert_eq!(replica.lacks(&updates[2]), Some((client(5), 1)));
    replica.ingest(&updates[1]).unwrap();
    assert_eq!(replica.lacks(&updates[2]), None);
    assert!(!replica.adds(&updates[1]));
    assert!(!replica.adds(&[0, 0]));
}

#[test]
fn merged_updates_do_what_the_single_ones_do() {
    let (ann, ben) = (Author::new(5), Author::new(6));
    let first = ann.type_text(0, "ann");
    ben.take(&first);
    let updates = [
        first,
        ben.type_text(3, "ben"),
        ann.erase(0, 1),
        ann.put("k", "v"),
    ];
    let slices: Vec<&[u8]> = updates.iter().map(|u| &u[..]).collect();
    let merged = merge(&slices).unwrap();
    let mut replica = Replica::new(client(1));
    assert_eq!(replica.ingest(&merged), Ok(whole()));
    assert_eq!(text(&replica), "nnben");
    // Without the first, clocks would be missing in the middle.
    let second = ann.put("l", "w");
    assert_eq!(merge(&[&updates[0], &second]), None);
    assert_eq!(merge(&[&updates[0]]), None);
}

/// Decodes and applies, and then no state that holds it can be encoded any more.
const POISON: &str = "01050500270103656c7302653001280005000178017c00000000280005000173017703612b336263040101740668c3a96c6c6f08010161017d0000";

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn poison_is_turned_away_and_leaves_no_trace() {
    let mut replica = Replica::new(client(1));
    replica
        .ingest(&Author::new(9).type_text(0, "fine"))
        .unwrap();
    let before = replica.encode();
    for attack in [
        bytes(POISON),
        vec![0xff, 0xff, 0xff, 0x7f],
        vec![],
        b"hello".to_vec(),
    ] {
        assert!(replica.ingest(&attack).is_err());
        assert!(!replica.is_broken());
        assert_eq!(replica.encode(), before);
    }
}

/// Maps in one another, `levels` deep, each entry of the one before.
fn nested_types(levels: u64) -> Vec<u8> {
    let mut bytes = vec![1];
    write_uint(&mut bytes, levels);
    bytes.extend([5, 0, 0x27, 1, 1, b'r', 1, b'k', 1]);
    for parent in 0..levels - 1 {
        bytes.extend([0x27, 0, 5]);
        write_uint(&mut bytes, parent);
        bytes.extend([1, b'k', 1]);
    }
    bytes.push(0);
    bytes
}

#[test]
fn types_in_types_are_bounded_because_deleting_them_is_recursive() {
    let deepest = u64::from(MAX_NESTING) + 1;
    let mut replica = Replica::new(client(1));
    let refused = IngestError::Scan(ScanError::Nesting);
    for levels in [deepest + 1, 100_000] {
        assert_eq!(replica.ingest(&nested_types(levels)), Err(refused.clone()));
    }
    assert!(replica.ingest(&nested_types(deepest)).is_ok());
    // One more, by another client: below the last, or beside something below it.
    let last = u8::try_from(MAX_NESTING).unwrap().to_le_bytes()[0];
    let below = [1, 1, 6, 0, 0x27, 0, 5, 0x80 | last, 1, 1, b'k', 1, 0];
    assert_eq!(replica.ingest(&below), Err(refused));
    assert!(!replica.is_broken());
    assert!(replica.ingest(&[0, 1, 5, 1, 0, 1]).is_ok());
}

#[test]
fn a_chain_of_types_is_followed_over_many_updates() {
    let mut replica = Replica::new(client(1));
    replica.ingest(&nested_types(1)).unwrap();
    // Client 6 puts a map below that, 7 an array beside it in the same key, 6 below that, ...
    let mut refused = None;
    for level in 0..200_u8 {
        let (of, at) = if level == 0 { (5, 0) } else { (7, level - 1) };
        let clock = |at: u8| {
            let mut bytes = Vec::new();
            write_uint(&mut bytes, at.into());
            bytes
        };
        let below = [&[1, 1, 6][..], &clock(level), &[0x27, 0, of], &clock(at)].concat();
        let below = [&below[..], &[1, b'k', 1, 0]].concat();
        let beside = [&[1, 1, 7][..], &clock(level), &[0x87, 6], &clock(level)].concat();
        let beside = [&beside[..], &[1, 0]].concat();
        match replica.ingest(&below) {
            Ok(_) => assert!(replica.ingest(&beside).is_ok(), "{level}"),
            Err(error) => {
                refused = Some((level, error));
                break;
            }
        }
    }
    let limit = u8::try_from(MAX_NESTING).unwrap();
    assert_eq!(refused, Some((limit, ScanError::Nesting.into())));
    let copy = Replica::new(client(2)).restore(&replica.encode());
    assert!(copy.is_ok(), "{copy:?}");
}

#[test]
fn an_items_neighbours_are_in_one_list_however_it_comes() {
    let (x, y) = ([4, 1, 1, b'r', 1, b'x'], [4, 1, 1, b's', 1, b'y']);
    let between = [0xc4, 5, 0, 6, 0, 1, b'z'];
    let lists = [&[2, 1, 6, 0][..], &y, &[1, 5, 0], &x, &[0]].concat();
    let linked = [&[1, 1, 7, 0][..], &between, &[0]].concat();
    let mut replica = Replica::new(client(1));
    replica.ingest(&lists).unwrap();
    let before = replica.encode();
    let refused = Err(IngestError::Scan(ScanError::Unreadable(
        "an item's neighbours are not in one list",
    )));
    assert_eq!(replica.ingest(&linked), refused);
    // With what is here already before it, and said of another list.
    let again = [
        &[2, 1, 6, 0][..],
        &[4, 1, 1, b'r', 1, b'y'],
        &[1, 7, 0],
        &between,
        &[0],
    ];
    assert_eq!(replica.ingest(&again.concat()), refused);
    // Going on where a text is, and said to be elsewhere.
    let longer = [&[1, 1, 5, 0, 4, 1, 1, b's', 2, b'x', b'x'][..], &[0]].concat();
    assert_eq!(replica.ingest(&longer), refused);
    assert_eq!(replica.encode(), before);
    let longer = [&[1, 1, 5, 0, 4, 1, 1, b'r', 2, b'x', b'x'][..], &[0]].concat();
    assert!(replica.ingest(&longer).is_ok());
    // A copy that was loaded knows as much.
    let mut copy = Replica::new(client(2));
    copy.restore(&before).unwrap();
    assert_eq!(copy.ingest(&linked), refused);
}

#[test]
fn documents_within_are_refused() {
    // With null for options, Yjs throws at it; deleted, yrs uses it after it was freed.
    for options in [&[126][..], &[118, 0]] {
        let head = [1, 1, 5, 0, 9, 1, 1, b'r', 1, b'g'];
        let update = [&head, options, &[0]].concat();
        let refused = Replica::new(client(1)).ingest(&update);
        assert!(matches!(refused, Err(IngestError::Scan(_))), "{options:?}");
    }
}

#[test]
fn a_replica_that_broke_takes_nothing_more() {
    for breaks in Breaks::ALL {
        let author = Author::new(5);
        let mut replica = Replica::new(client(1));
        replica.break_after(1, breaks);
        assert_eq!(replica.ingest(&author.type_text(0, "fine")), Ok(whole()));
        assert!(!replica.is_broken());
        let broke = author.type_text(0, "bad");
        assert_eq!(replica.ingest(&broke), Err(IngestError::Broken));
        assert!(replica.is_broken(), "{breaks:?}");
        for update in [broke, author.type_text(0, "more"), vec![0, 0]] {
            assert_eq!(replica.ingest(&update), Err(IngestError::Broken));
            assert_eq!(replica.restore(&update), Err(IngestError::Broken));
        }
        assert!(!replica.knows(client(5), 4), "{breaks:?}");
        assert_eq!(IngestError::Broken.close_code(), CloseCode::Poison);
    }
}

#[test]
fn whatever_gets_in_can_get_out_again() {
    let author = Author::new(5);
    author.put("a", "1");
    author.type_text(0, "héllo😀");
    author.erase(1, 2);
    let honest = author.state();
    let mut random = fastrand::Rng::with_seed(20_261_122);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut taken, mut broken) = (0, 0);
    for _ in 0..20_000 {
        let mut mutant = honest.clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(0..mutant.len());
            mutant[at] = random.u8(..);
        }
        let mut replica = Replica::new(client(1));
        match replica.ingest(&mutant) {
            Ok(Ingested::Applied { .. }) => {
                taken += 1;
                let state = replica.encode();
                let mut copy = Replica::new(client(2));
                assert!(copy.restore(&state).is_ok(), "{mutant:?}");
            }
            Ok(Ingested::Missing) => {}
            Err(IngestError::Broken) => {
                broken += 1;
                assert_eq!(replica.ingest(&honest), Err(IngestError::Broken));
            }
            Err(_) => {}
        }
    }
    std::panic::set_hook(hook);
    assert!(taken > 1000, "{taken} taken, {broken} broke their replica");
}
