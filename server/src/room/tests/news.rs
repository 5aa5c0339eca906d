//! Of an update that says again what is known, only the news are stored and relayed.

use board::scan::{self, Run};

use super::*;

/// Which clocks of which clients an update brings, ascending.
fn brings(update: &[u8]) -> Vec<(u64, u32, u32)> {
    let scan = scan::update(update).unwrap();
    let runs = scan.clients.into_iter().flat_map(|(client, share)| {
        let runs = share.brings.into_iter();
        runs.map(move |Run { start, end }| (client, start, end))
    });
    let mut runs: Vec<_> = runs.collect();
    runs.sort_unstable();
    runs
}

/// What is stored.
fn appends(effects: &[Effect]) -> Vec<Vec<(u64, u32, u32)>> {
    let appends = effects.iter().filter_map(|effect| match effect {
        Effect::Append { update, .. } => Some(brings(update)),
        _ => None,
    });
    appends.collect()
}

/// What the others are told.
fn told(room: &mut Room) -> Vec<Vec<(u64, u32, u32)>> {
    let frames = relayed(&flush(room)).into_iter();
    let told = frames.map(|(_, frame)| match protocol::decode_from_server(&frame) {
        Ok(Some(Message::Update(update))) => brings(update),
        other => panic!("{other:?}"),
    });
    told.collect()
}

#[test]
fn of_a_whole_state_only_what_is_new_is_stored_and_relayed() {
    let mut room = room();
    join(&mut room, A);
    let ann = Author::new(5);
    let effects = sends(&mut room, 0, A, &Message::Update(&ann.types("ab")));
    assert_eq!(appends(&effects), [[(5, 0, 2)]]);
    assert_eq!(told(&mut room), [[(5, 0, 2)]]);
    ann.types("cde");
    let effects = sends(&mut room, 0, A, &Message::SyncStep2(&ann.state()));
    assert_eq!(appends(&effects), [[(5, 2, 5)]]);
    assert_eq!(told(&mut room), [[(5, 2, 5)]]);
    assert!(scan_has(&room.state(), 5, 5));
}

#[test]
fn of_what_waited_only_what_is_new_by_then_is_stored_and_relayed() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let (ann, ben) = (Author::new(5), Author::new(6));
    let first = ann.types("a");
    let his = ben.types("bc");
    ben.reads(&ann);
    ben.types("def");
    // All that he wrote, the last of it on top of hers, without what she wrote.
    let known = Update::decode_v1(&first).unwrap().state_vector();
    let whole = ben.0.transact().encode_state_as_update_v1(&known);
    assert_eq!(brings(&whole), [(6, 0, 5)]);
    sends(&mut room, 0, B, &Message::Update(&his));
    assert_eq!(told(&mut room), [[(6, 0, 2)]]);
    let effects = sends(&mut room, 0, B, &Message::SyncStep2(&whole));
    assert!(appends(&effects).is_empty(), "hers is missing");
    let effects = sends(&mut room, 0, A, &Message::Update(&first));
    assert_eq!(appends(&effects), [[(5, 0, 1)], [(6, 2, 5)]]);
    assert_eq!(told(&mut room), [[(5, 0, 1), (6, 2, 5)]]);
    assert!(scan_has(&room.state(), 6, 5));
}
