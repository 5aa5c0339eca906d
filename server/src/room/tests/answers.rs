//! What answers take of memory when those who asked do not read them.

use std::collections::BTreeMap;

use super::*;
use crate::outbox::{Next, Outbox};

/// Bytes of what client 7 wrote.
const OLD: usize = 700_000;
/// Bytes of what client 8 wrote after that.
const NEW: usize = 100_000;

/// A board that two have written.
fn large() -> (Room, Author) {
    let mut room = room();
    join(&mut room, A);
    let (old, new) = (Author::new(7), Author::new(8));
    for update in [old.types(&"x".repeat(OLD)), new.types(&"y".repeat(NEW))] {
        assert_eq!(
            closed(&sends(&mut room, 0, A, &Message::Update(&update))),
            []
        );
    }
    flush(&mut room);
    (room, new)
}

/// The state vector of somebody who has the first few letters of client 7.
const LITTLE: &[u8] = &[1, 7, 1];

/// The state vector of somebody who has all that client 7 wrote.
fn most() -> Vec<u8> {
    let full = large().0.replica.state_vector();
    let all = StateVector::decode_v1(&full).unwrap();
    let seven = yrs::block::ClientID::new(7);
    let only: StateVector = [(seven, all.get(&seven))].into_iter().collect();
    yrs::updates::encoder::Encode::encode_v1(&only)
}

/// Frames of the document that wait, each allocation once: by its address, with its length.
fn waiting(effects: &[Effect], held: &mut BTreeMap<usize, Bytes>) {
    for effect in effects {
        if let Effect::Send {
            frame,
            catch_up: true,
            ..
        } = effect
        {
            held.insert(frame.as_ptr() as usize, frame.clone());
        }
    }
}

fn sum(held: &BTreeMap<usize, Bytes>) -> usize {
    held.values().map(Bytes::len).sum()
}

#[test]
fn those_who_lack_most_of_a_board_share_one_copy_of_it() {
    let (mut room, _) = large();
    let mut held = BTreeMap::new();
    for number in 0..50 {
        let peer = PeerId(100 + number);
        join(&mut room, peer);
        waiting(
            &sends(&mut room, 0, peer, &Message::SyncStep1(LITTLE)),
            &mut held,
        );
        // Its queue was dropped, and it had taken nothing.
        waiting(&room.step(0, Event::Ready { peer }), &mut held);
    }
    assert_eq!(held.len(), 1);
    assert!(sum(&held) < OLD + NEW + 1000);
    assert_eq!(room.private_bytes(), 0);
}

#[test]
fn those_who_lack_little_get_little_until_too_much_of_it_waits() {
    let (mut room, _) = large();
    let all = Private::holding(10 * NEW);
    room.count_private(&all);
    let known = most();
    let mut held = BTreeMap::new();
    for number in 0..50 {
        let peer = PeerId(100 + number);
        join(&mut room, peer);
        let asks = Message::SyncStep1(&known);
        waiting(&sends(&mut room, 0, peer, &asks), &mut held);
        assert!(room.private_bytes() <= 10 * NEW);
    }
    let copies = held.values().filter(|frame| frame.len() < 2 * NEW).count();
    assert!((5..=10).contains(&copies), "{copies}");
    assert!(sum(&held) <= 10 * NEW + OLD + NEW + 1000);
    // What other boards' readers leave waiting counts as well.
    let (mut other, _) = large();
    other.count_private(&all);
    join(&mut other, B);
    let mut whole = BTreeMap::new();
    let asks = Message::SyncStep1(&known);
    waiting(&sends(&mut other, 0, B, &asks), &mut whole);
    assert!(sum(&whole) > OLD);
    // It is read: there is room again.
    held.clear();
    assert_eq!(room.private_bytes(), 0);
    waiting(&sends(&mut room, 0, PeerId(100), &asks), &mut held);
    assert!(sum(&held) < 2 * NEW);
}

#[test]
fn whoever_gets_more_than_they_lack_ends_with_the_same_document() {
    let (mut room, new) = large();
    let mut copy = Replica::new(ClientId::from_random(9));
    let first = Author::new(7).types("x");
    copy.ingest(&first).unwrap();
    let mut outbox = Outbox::new(4 << 20);
    let ask = |room: &mut Room, outbox: &mut Outbox, peer| {
        let effects = sends(room, 0, peer, &Message::SyncStep1(LITTLE));
        queue(outbox, effects);
    };
    join(&mut room, B);
    ask(&mut room, &mut outbox, B);
    for _ in 0..10 {
        sends(&mut room, 0, A, &Message::Update(&new.types("z")));
    }
    flush(&mut room);
    // Asked over and over, it does not pile up.
    for _ in 0..100 {
        ask(&mut room, &mut outbox, B);
    }
    assert!(outbox.bytes() < 10_000, "{}", outbox.bytes());
    while let Next::Frame(frame) = outbox.take() {
        if let Ok(Some(Message::SyncStep2(update) | Message::Update(update))) =
            protocol::decode_from_server(&frame)
        {
            let taken = copy.ingest(update);
            assert!(matches!(
                taken,
                Ok(board::replica::Ingested::Applied { .. })
            ));
        }
    }
    assert_eq!(copy.state_vector().len(), room.replica.state_vector().len());
    assert!(!copy.adds(&room.state()));
}
