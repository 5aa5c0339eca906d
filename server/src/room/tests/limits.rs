//! What one board takes, and what happens to whoever brings more.

use super::*;

#[test]
fn one_too_many_on_a_board_comes_back_later() {
    let limits = Limits { peers: 2, ..LIMITS };
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    join(&mut room, A);
    join(&mut room, B);
    assert_eq!(closed(&join(&mut room, C)), [(C, CloseCode::TryLater)]);
    room.step(0, Event::Leave { peer: A });
    assert_eq!(closed(&join(&mut room, C)), []);
}

#[test]
fn who_sends_more_than_anybody_draws_is_cut_off() {
    let limits = Limits {
        messages: 10,
        ..LIMITS
    };
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    join(&mut room, A);
    for _ in 0..40 {
        assert_eq!(
            closed(&sends(&mut room, 0, A, &Message::QueryAwareness)),
            []
        );
    }
    for _ in 0..10 {
        assert_eq!(
            closed(&sends(&mut room, 1000, A, &Message::QueryAwareness)),
            []
        );
    }
    let effects = sends(&mut room, 1050, A, &Message::QueryAwareness);
    assert_eq!(closed(&effects), [(A, CloseCode::TooMany)]);
    // What says nothing counts as well.
    join(&mut room, B);
    let empty = || Event::Frame {
        peer: B,
        frame: Bytes::new(),
    };
    let flood = (0..41).flat_map(|_| closed(&room.step(1050, empty())));
    assert_eq!(flood.collect::<Vec<_>>(), [(B, CloseCode::TooMany)]);
}

#[test]
fn who_asks_for_the_whole_board_over_and_over_is_cut_off() {
    let limits = Limits {
        messages: 10,
        ..LIMITS
    };
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    join(&mut room, A);
    let author = Author::new(7);
    let long = author.types(&"x".repeat(100_000));
    assert_eq!(closed(&sends(&mut room, 0, A, &Message::Update(&long))), []);
    // It knows nothing of client 7, but claims to know something.
    let something = Message::SyncStep1(&[1, 7, 1]);
    let asks = (0..40).map(|_| closed(&sends(&mut room, 0, A, &something)));
    let answered = asks.take_while(Vec::is_empty).count();
    assert!((2..8).contains(&answered), "{answered}");
    // What nobody here wrote is nothing to know: everybody gets the same image.
    join(&mut room, B);
    for _ in 0..40 {
        let strangers = Message::SyncStep1(&[1, 99, 1]);
        assert_eq!(closed(&sends(&mut room, 0, B, &strangers)), []);
    }
}

/// A room that takes so many messages a second.
fn slow_room(messages: u32) -> Room {
    let limits = Limits { messages, ..LIMITS };
    Room::new(Backup::default(), 0, limits, 0).unwrap()
}

/// How often a question is answered before the peer that asks is cut off.
fn answers(room: &mut Room, peer: PeerId, most: usize, question: &Message<'_>) -> usize {
    for count in 0..most {
        match closed(&sends(room, 0, peer, question))[..] {
            [] => {}
            [(who, CloseCode::TooMany)] if who == peer => return count,
            ref other => panic!("{other:?}"),
        }
    }
    most
}

/// Somebody else writes so many items that are next to each other in no document, and says in a
/// state vector that this is known.
fn many_items(room: &mut Room, count: u64) -> Vec<u8> {
    let author = Author::new(7);
    let mut txn = author.0.transact_mut();
    let text = txn.get_or_insert_text("t");
    for _ in 0..count {
        text.insert(&mut txn, 0, "x");
    }
    let update = txn.encode_update_v1();
    join(room, C);
    assert_eq!(closed(&sends(room, 0, C, &Message::Update(&update))), []);
    room.replica.state_vector()
}

/// 300 people who say long things about themselves.
fn crowd(room: &mut Room) {
    let wordy = format!("\"{}\"", "x".repeat(4000));
    for number in 0..300 {
        let peer = PeerId(100 + number);
        room.step(
            0,
            Event::Join {
                peer,
                own: false,
                principal: Principal::operator(),
            },
        );
        let message = people(1000 + number * 8, 8, &wordy);
        let effects = sends(room, 0, peer, &Message::Awareness(&message));
        assert_eq!(closed(&effects), []);
    }
}

#[test]
fn who_asks_who_is_here_over_and_over_on_a_full_board_is_cut_off() {
    let mut room = slow_room(1000);
    crowd(&mut room);
    join(&mut room, A);
    // A mebibyte each.
    let answered = answers(&mut room, A, 1000, &Message::QueryAwareness);
    assert!((10..20).contains(&answered), "{answered}");
    // The same comes with an answer to a repeated step 1.
    join(&mut room, B);
    let answered = answers(&mut room, B, 1000, &Message::SyncStep1(&[0]));
    assert!((10..20).contains(&answered), "{answered}");
}

#[test]
fn who_lacks_nothing_of_a_large_board_and_asks_over_and_over_is_cut_off() {
    let mut room = slow_room(100);
    let known = many_items(&mut room, 20_000);
    join(&mut room, A);
    let answered = answers(&mut room, A, 400, &Message::SyncStep1(&known));
    assert!((5..20).contains(&answered), "{answered}");
}

#[test]
fn who_has_a_large_board_encoded_over_and_over_is_cut_off() {
    let mut room = slow_room(250);
    many_items(&mut room, 20_000);
    join(&mut room, A);
    let author = Author::new(8);
    let asked = (0..15).take_while(|_| {
        // So much that there must be a new image.
        let changes = (0..64).map(|_| Author::types(&author, "x"));
        let changes: Vec<_> = changes.collect();
        let sent = changes.iter().map(|update| Message::Update(update));
        let mut all = sent.chain([Message::SyncStep1(&[0])]);
        all.all(|message| closed(&sends(&mut room, 0, A, &message)).is_empty())
    });
    // Were encoding free, all would be answered.
    let asked = asked.count();
    assert!((5..13).contains(&asked), "{asked}");
}

#[test]
fn who_comes_back_to_a_large_and_crowded_board_is_let_in_and_may_ask_now_and_then() {
    let mut room = slow_room(10);
    let known = many_items(&mut room, 20_000);
    crowd(&mut room);
    for again in 0..20 {
        join(&mut room, A);
        let hello = people(5, 1, "{}");
        for message in [
            Message::SyncStep1(&known),
            Message::Awareness(&hello),
            Message::SyncStep2(&[0, 0]),
            Message::QueryAwareness,
        ] {
            assert_eq!(closed(&sends(&mut room, again, A, &message)), []);
        }
        room.step(again, Event::Leave { peer: A });
    }
    // Some clients ask again every few seconds, for fear that something went missing.
    join(&mut room, A);
    for second in 0..100 {
        let asks = Message::SyncStep1(&known);
        assert_eq!(closed(&sends(&mut room, second * 5000, A, &asks)), []);
    }
}

#[test]
fn items_that_walk_over_all_others_are_poison() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let text = Author::new(7).types(&"x".repeat(4000));
    sends(&mut room, 0, A, &Message::Update(&text));
    // Client 5 claims to have typed before each character when none was before it.
    let mut forged = vec![1, 0xa0, 0x1f, 5, 0];
    for before in (0..4000_u32).rev() {
        forged.extend([
            0x44,
            7,
            (before & 0x7f) as u8 | 0x80,
            (before >> 7) as u8,
            1,
            b'y',
        ]);
    }
    forged.push(0);
    let effects = sends(&mut room, 0, B, &Message::Update(&forged));
    assert_eq!(closed(&effects), [(B, CloseCode::Poison)]);
    assert_eq!(appended(&effects), [0_u64; 0]);
    assert!(!room.is_lost());
}

fn people(first: u64, count: u64, state: &str) -> Vec<u8> {
    let entries = (first..first + count).map(|client| Entry {
        client: ClientId::new(client).unwrap(),
        clock: 1,
        state: Some(state.into()),
    });
    awareness::encode(&entries.collect::<Vec<_>>())
}

/// Whom somebody who joins now is shown.
fn shown(room: &mut Room, peer: PeerId) -> Vec<u64> {
    let effects = join(room, peer);
    room.step(0, Event::Leave { peer });
    let mut shown = Vec::new();
    for (_, frame) in relayed(&effects) {
        if let Ok(Some(Message::Awareness(entries))) = protocol::decode_from_server(&frame) {
            let entries = awareness::decode(entries).unwrap();
            shown.extend(entries.iter().map(|entry| entry.client.get()));
        }
    }
    shown
}

#[test]
fn on_a_full_board_the_heaviest_make_way_and_nobody_is_sent_away() {
    let limits = Limits {
        people: 500,
        people_bytes: 1 << 20,
        ..LIMITS
    };
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    for number in 0..200_000_u64 / 8 {
        let peer = PeerId(100 + number);
        room.step(
            0,
            Event::Join {
                peer,
                own: false,
                principal: Principal::operator(),
            },
        );
        let fakes = people(1_000_000 + number * 8, 8, r#"{"user":{"name":"nobody"}}"#);
        let effects = sends(&mut room, 0, peer, &Message::Awareness(&fakes));
        assert_eq!(closed(&effects), []);
        if number % 1000 == 500 {
            flush(&mut room);
            room.step(0, Event::Leave { peer });
        }
    }
    assert!(shown(&mut room, C).len() <= 500);
    // Whoever is alone gets a place at once.
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    for number in 0..100 {
        let peer = PeerId(100 + number);
        room.step(
            0,
            Event::Join {
                peer,
                own: false,
                principal: Principal::operator(),
            },
        );
        let fakes = people(1000 + number * 8, 8, "{}");
        sends(&mut room, 0, peer, &Message::Awareness(&fakes));
    }
    assert_eq!(shown(&mut room, C).len(), 500);
    join(&mut room, B);
    let effects = sends(&mut room, 0, B, &Message::Awareness(&people(7, 1, "{}")));
    assert_eq!(closed(&effects), []);
    let here = shown(&mut room, C);
    assert!(here.contains(&7) && here.len() == 500);
    assert_eq!(room.take_unshown().people, 100 * 8 - 500 + 1);
    assert_eq!(room.take_unshown().people, 0, "each once");
}

#[test]
fn one_frame_full_of_people_is_not_listened_to() {
    let mut room = room();
    join(&mut room, A);
    let fakes = people(1_000_000, 200_000, "{}");
    let effects = sends(&mut room, 0, A, &Message::Awareness(&fakes));
    assert_eq!(closed(&effects), [], "it may be somebody's odd echo");
    assert_eq!(shown(&mut room, C), [] as [u64; 0]);
    let fakes = people(1_000_000, 20_000, "{}");
    assert!(fakes.len() < 256 * 1024);
    sends(&mut room, 0, A, &Message::Awareness(&fakes));
    assert_eq!(shown(&mut room, C).len(), 8);
}

#[test]
fn whoever_joins_a_board_full_of_people_is_not_locked_out() {
    use crate::outbox::{Next, Outbox};
    let mut room = Room::new(Backup::default(), 0, LIMITS, 0).unwrap();
    crowd(&mut room);
    for (to, frame) in relayed(&flush(&mut room)) {
        assert_eq!(to, Audience::Everyone);
        assert!(frame.len() < 80 * 1024, "{} bytes", frame.len());
    }
    let mut outbox = Outbox::new(4 << 20);
    let mut effects = join(&mut room, A);
    effects.extend(sends(&mut room, 0, A, &Message::SyncStep1(&[0])));
    effects.extend(sends(&mut room, 0, A, &Message::QueryAwareness));
    effects.extend(room.step(0, Event::Ready { peer: A }));
    queue(&mut outbox, effects);
    let mut frames = 0;
    loop {
        match outbox.take() {
            Next::Frame(_) => frames += 1,
            Next::Nothing => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(frames > 3);
    assert!(outbox.is_caught_up());
}

#[test]
fn whoever_fills_the_waiting_room_makes_way_for_others() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let (hoarder, other) = (Author::new(5), Author::new(6));
    hoarder.types("missing");
    other.types("missing");
    for _ in 0..256 {
        sends(&mut room, 0, A, &Message::Update(&hoarder.types("x")));
    }
    let effects = sends(&mut room, 0, B, &Message::Update(&other.types("y")));
    assert_eq!(closed(&effects), [(A, CloseCode::Resync)]);
    let effects = sends(&mut room, 0, B, &Message::SyncStep2(&other.state()));
    assert_eq!(appended(&effects).len(), 1);
}
