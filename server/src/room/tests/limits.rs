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

#[test]
fn two_hundred_thousand_fake_people_take_no_more_room_than_is_allowed() {
    let limits = Limits {
        people: 500,
        people_bytes: 1 << 20,
        ..LIMITS
    };
    let mut room = Room::new(Backup::default(), 0, limits, 0).unwrap();
    join(&mut room, B);
    let mut sent_away = 0;
    for number in 0..200_000_u64 / 8 {
        let peer = PeerId(100 + number);
        room.step(0, Event::Join { peer, own: false });
        let fakes: Vec<Entry> = (0..8)
            .map(|i| Entry {
                client: ClientId::new(1_000_000 + number * 8 + i).unwrap(),
                clock: 1,
                state: Some(r#"{"user":{"name":"nobody"}}"#.into()),
            })
            .collect();
        let effects = sends(
            &mut room,
            0,
            peer,
            &Message::Awareness(&awareness::encode(&fakes)),
        );
        sent_away += closed(&effects).len();
    }
    assert_eq!(sent_away, (200_000 - 496) / 8, "all that found no place");
    let shown = room.presence.everybody().unwrap();
    assert!(shown.len() < 500 * 64, "{} bytes", shown.len());
    // Those who were sent away are forgotten, and there is room again for somebody who is here.
    room.step(90_000, Event::Tick);
    let me = [Entry {
        client: ClientId::new(7).unwrap(),
        clock: 1,
        state: Some("{}".into()),
    }];
    let effects = sends(
        &mut room,
        90_000,
        B,
        &Message::Awareness(&awareness::encode(&me)),
    );
    assert_eq!(closed(&effects), []);
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
