//! What passes and is not kept: who is here, what they are doing, and heartbeats.

use board::protocol::HEARTBEAT;

use super::*;

#[test]
fn ephemeral_messages_are_stamped_bounded_in_rate_and_ended() {
    let mut room = room();
    join(&mut room, A);
    room.step(
        0,
        Event::Join {
            peer: B,
            own: false,
            principal: Principal::operator(),
        },
    );
    let ink = Message::Ephemeral {
        slot: 4,
        payload: &[1, 2],
    };
    let stamped = Message::Relayed {
        sender: 1,
        slot: 4,
        payload: &[1, 2],
    };
    assert_eq!(
        sends(&mut room, 0, A, &ink),
        [Effect::Relay {
            frame: stamped.encode().into(),
            to: Audience::OwnBut(A),
            kind: Kind::Ephemeral { sender: A, slot: 4 }
        }]
    );
    assert!(
        sends(&mut room, 0, B, &ink).is_empty(),
        "not a drawbridge.1 peer"
    );
    let passed = (0..1000).filter(|_| !sends(&mut room, 0, A, &ink).is_empty());
    assert_eq!(passed.count(), 239);
    assert_eq!(room.take_unshown().ephemeral, 1000 - 239);
    assert_eq!(sends(&mut room, 1000, A, &ink).len(), 1);
    let gone = Message::Relayed {
        sender: 1,
        slot: 0,
        payload: &[],
    };
    let effects = room.step(0, Event::Leave { peer: A });
    assert_eq!(
        relayed(&effects),
        [(Audience::OwnBut(A), gone.encode().into())]
    );
}

fn says(room: &mut Room, now: Millis, peer: PeerId, entries: &[u8]) -> Vec<(Audience, Bytes)> {
    let effects = sends(room, now, peer, &Message::Awareness(entries));
    assert!(closed(&effects).is_empty());
    relayed(&room.step(now, Event::Flush))
}

#[test]
fn awareness_is_relayed_once_and_echoes_are_not() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let ann = person(5, 1, Some("{\"name\":\"Ann\"}"));
    let frame: Bytes = Message::Awareness(&ann).encode().into();
    assert_eq!(
        says(&mut room, 0, A, &ann),
        [(Audience::AllBut(A), frame.clone())]
    );
    assert!(says(&mut room, 100, B, &ann).is_empty(), "an echo");
    let forged = person(5, 9, Some("{\"name\":\"Eve\"}"));
    assert!(
        says(&mut room, 100, B, &forged).is_empty(),
        "not hers to say"
    );
    let effects = join(&mut room, C);
    assert_eq!(relayed(&effects), [(Audience::Only(C), frame)]);
    assert_eq!(says(&mut room, 200, A, &person(5, 2, None)).len(), 1);
    assert!(
        says(&mut room, 300, B, &ann).is_empty(),
        "a late echo raises no ghost"
    );
    let bad = sends(
        &mut room,
        0,
        B,
        &Message::Awareness(&person(6, 1, Some("{oops"))),
    );
    assert_eq!(closed(&bad), [(B, CloseCode::BadFrame)]);
}

#[test]
fn somebody_who_returns_within_the_grace_was_never_gone() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let ann = person(5, 1, Some("{}"));
    says(&mut room, 0, A, &ann);
    room.step(1000, Event::Leave { peer: A });
    join(&mut room, C);
    assert_eq!(
        says(&mut room, 1500, C, &ann).len(),
        1,
        "the same clock counts as fresh"
    );
    assert!(relayed(&room.step(5000, Event::Tick)).is_empty());
    room.step(6000, Event::Leave { peer: C });
    assert!(room.wake_at() <= 8000);
    let gone = relayed(&room.step(8000, Event::Tick));
    let frame = Message::Awareness(&person(5, 1, None)).encode().into();
    assert_eq!(gone, [(Audience::Everyone, frame)]);
}

#[test]
fn somebody_who_returns_later_hears_that_a_higher_clock_is_needed() {
    let mut room = room();
    join(&mut room, A);
    let ann = person(5, 1, Some("{}"));
    says(&mut room, 0, A, &ann);
    room.step(1000, Event::Leave { peer: A });
    let goodbye = Message::Awareness(&person(5, 1, None)).encode().into();
    let gone = relayed(&room.step(3000, Event::Tick));
    assert_eq!(gone, [(Audience::Everyone, goodbye)]);
    join(&mut room, C);
    let effects = sends(&mut room, 4000, C, &Message::Awareness(&ann));
    assert_eq!(relayed(&effects), [(Audience::Only(C), gone[0].1.clone())]);
    room.step(5000, Event::Leave { peer: C });
    room.step(7000, Event::Tick);
    join(&mut room, B);
    let raised = person(5, 2, Some("{}"));
    let effects = sends(&mut room, 8000, B, &Message::Awareness(&raised));
    assert_eq!(relayed(&effects), [], "nothing is missing");
}

#[test]
fn fast_cursors_are_gathered_and_the_last_word_is_heard() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    assert_eq!(says(&mut room, 0, A, &person(5, 1, Some("1"))).len(), 1);
    assert!(says(&mut room, 10, A, &person(5, 2, Some("2"))).is_empty());
    assert!(says(&mut room, 20, A, &person(5, 3, Some("3"))).is_empty());
    let due = room.wake_at();
    assert!(due <= 40);
    let frame = Message::Awareness(&person(5, 3, Some("3"))).encode().into();
    assert_eq!(
        relayed(&room.step(due, Event::Tick)),
        [(Audience::AllBut(A), frame)]
    );
}

#[test]
fn a_heartbeat_is_a_data_frame_every_twenty_seconds() {
    let mut room = room();
    join(&mut room, A);
    assert_eq!(room.wake_at(), 20_000);
    let beat = (Audience::Everyone, Bytes::from_static(&HEARTBEAT));
    assert_eq!(relayed(&room.step(20_000, Event::Tick)), [beat]);
    assert_eq!(room.wake_at(), 40_000);
}
