//! Queues overflow, collapse and are cut anywhere, and every peer gets what it should.

use super::*;

fn frame(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

fn ephemeral(slot: u64) -> Kind {
    Kind::Ephemeral {
        sender: PeerId(1),
        slot,
    }
}

/// One that holds so many frames with so many bytes in all.
fn holding(frames: usize, bytes: usize) -> Outbox {
    Outbox::new(frames * PER_FRAME + bytes)
}

fn drain(outbox: &mut Outbox) -> Vec<String> {
    std::iter::from_fn(|| match outbox.take() {
        Next::Frame(bytes) => Some(String::from_utf8(bytes.to_vec()).unwrap()),
        Next::Ready => Some("READY".to_owned()),
        _ => None,
    })
    .collect()
}

#[test]
fn changes_pass_a_peer_by_until_its_handshake_is_answered() {
    let mut outbox = holding(9, 100);
    outbox.relay(frame("early"), Kind::Document);
    outbox.relay(frame("who"), Kind::Presence);
    outbox.send(frame("state"), true);
    outbox.relay(frame("change"), Kind::Document);
    assert_eq!(drain(&mut outbox), ["who", "state", "change"]);
    assert!(outbox.is_caught_up());
}

#[test]
fn an_overflow_drops_the_queue_and_asks_for_one_frame_instead() {
    let mut outbox = holding(1, 10);
    outbox.send(frame("state"), true);
    for _ in 0..5 {
        outbox.relay(frame("change"), Kind::Document);
    }
    assert!(!outbox.is_caught_up());
    assert_eq!(drain(&mut outbox), ["state", "READY"]);
    outbox.relay(frame("more"), Kind::Document);
    outbox.send(frame("a diff of any size"), true);
    assert_eq!(drain(&mut outbox), ["a diff of any size"]);
}

#[test]
fn payloads_that_grow_where_they_wait_overflow_as_well() {
    let mut outbox = holding(50, 100);
    outbox.send(frame("state"), true);
    for slot in 0..50 {
        outbox.relay(frame("x"), ephemeral(slot));
    }
    let long = "x".repeat(50);
    for slot in 0..50 {
        outbox.relay(frame(&long), ephemeral(slot));
        assert!(outbox.bytes() <= 50 * PER_FRAME + 100, "{}", outbox.bytes());
    }
    // Whatever was dropped, the room is asked for.
    assert_eq!(drain(&mut outbox).last().unwrap(), "READY");
}

#[test]
fn one_payload_may_grow_to_any_size() {
    let mut outbox = holding(1, 10);
    outbox.relay(frame("x"), ephemeral(1));
    let long = "x".repeat(50);
    outbox.relay(frame(&long), ephemeral(1));
    assert_eq!(drain(&mut outbox), [long]);
}

#[test]
fn empty_frames_are_bounded_as_well() {
    let mut outbox = Outbox::new(10_000);
    outbox.send(frame("state"), true);
    for _ in 0..1000 {
        outbox.send(Bytes::new(), false);
    }
    assert!(outbox.frames.len() < 200);
    assert!(matches!(outbox.take(), Next::Close(CloseCode::Resync, _)));
}

#[test]
fn answers_outlive_an_overflow_and_are_bounded_themselves() {
    let mut outbox = holding(2, 10);
    outbox.send(frame("state"), true);
    outbox.send(frame("fence"), false);
    outbox.relay(frame("change"), Kind::Document);
    assert_eq!(drain(&mut outbox), ["state", "fence", "READY"]);
    for _ in 0..3 {
        outbox.send(frame("fence"), false);
    }
    assert!(matches!(outbox.take(), Next::Close(CloseCode::Resync, _)));
}

#[test]
fn a_diff_larger_than_the_limit_gets_through_whatever_follows_it() {
    let mut outbox = holding(2, 10);
    outbox.send(frame("a diff of any size"), true);
    outbox.send(frame("who"), false);
    outbox.relay(frame("change"), Kind::Document);
    assert_eq!(drain(&mut outbox), ["a diff of any size", "who", "change"]);
    assert!(outbox.is_caught_up());
}

#[test]
fn a_newer_diff_takes_the_place_of_what_it_holds() {
    let mut outbox = holding(9, 100);
    outbox.send(frame("old diff"), true);
    outbox.relay(frame("change"), Kind::Document);
    outbox.send(frame("fence"), false);
    outbox.send(frame("new diff"), true);
    outbox.relay(frame("later"), Kind::Document);
    assert_eq!(drain(&mut outbox), ["fence", "new diff", "later"]);
}

#[test]
fn the_latest_payload_of_a_slot_replaces_one_that_still_waits() {
    let mut outbox = holding(9, 100);
    outbox.relay(frame("a1"), ephemeral(1));
    outbox.relay(frame("b1"), ephemeral(2));
    assert_eq!(outbox.take(), Next::Frame(frame("a1")));
    outbox.relay(frame("a2"), ephemeral(1));
    outbox.relay(frame("b2"), ephemeral(2));
    outbox.relay(frame("a3"), ephemeral(1));
    assert_eq!(drain(&mut outbox), ["b2", "a3"]);
}

#[test]
fn the_end_of_a_sender_comes_after_all_that_it_sent() {
    let mut outbox = holding(9, 100);
    outbox.relay(frame("other"), Kind::Presence);
    outbox.relay(frame("cursor"), ephemeral(0));
    outbox.relay(frame("change"), Kind::Document);
    outbox.relay(frame("gesture"), ephemeral(1));
    outbox.relay(frame("gone"), Kind::Gone { sender: PeerId(1) });
    outbox.relay(frame("back"), ephemeral(0));
    outbox.relay(frame("back again"), ephemeral(0));
    assert_eq!(drain(&mut outbox), ["other", "gone", "back again"]);
}

#[test]
fn slots_that_nobody_uses_any_more_are_forgotten() {
    let mut outbox = holding(9, 1000);
    for slot in 0..1000 {
        outbox.relay(frame("x"), ephemeral(slot));
        outbox.relay(frame("x"), ephemeral(slot + 1));
        outbox.take();
    }
    assert!(outbox.slots.len() <= outbox.frames.len());
}

#[test]
fn closing_comes_before_everything_and_once() {
    let mut outbox = holding(9, 100);
    outbox.send(frame("state"), true);
    outbox.close(CloseCode::Poison, "bad".to_owned());
    outbox.close(CloseCode::Restart, "late".to_owned());
    outbox.send(frame("more"), false);
    assert_eq!(
        outbox.take(),
        Next::Close(CloseCode::Poison, "bad".to_owned())
    );
    assert_eq!(outbox.take(), Next::Nothing);
}

/// Writes up to `step` bytes of what waits.
fn write(outbox: &mut Outbox, step: usize, stream: &mut Vec<u8>) -> usize {
    let written = outbox.gather(step, |slices| {
        for slice in slices {
            stream.extend_from_slice(slice);
        }
        slices.iter().map(|slice| slice.len()).sum()
    });
    outbox.written(written);
    written
}

/// The frames in what was written, each with its opcode, and whatever follows them.
fn frames(mut stream: &[u8]) -> (Vec<(u8, Vec<u8>)>, &[u8]) {
    let mut found = Vec::new();
    loop {
        let (start, length) = match *stream {
            [_, short @ ..126, ..] => (2, usize::from(short)),
            [_, 126, a, b, ..] => (4, usize::from(u16::from_be_bytes([a, b]))),
            [_, 127, _, _, _, _, a, b, c, d, ..] => (10, u32::from_be_bytes([a, b, c, d]) as usize),
            _ => return (found, stream),
        };
        let Some(payload) = stream.get(start..start + length) else {
            return (found, stream);
        };
        found.push((stream[0], payload.to_vec()));
        stream = &stream[start + length..];
    }
}

#[test]
fn a_frame_that_is_cut_at_any_byte_arrives_whole_and_in_order() {
    let texts = ["", "a", &"b".repeat(130), &"c".repeat(70_000), "d"];
    let fill = || {
        let mut outbox = Outbox::new(1 << 20);
        for text in texts {
            outbox.send(frame(text), false);
        }
        outbox
    };
    let mut whole = Vec::new();
    while write(&mut fill(), usize::MAX, &mut whole) == 0 {}
    let expected: Vec<_> = texts
        .iter()
        .map(|t| (0x82, t.as_bytes().to_vec()))
        .collect();
    assert_eq!(frames(&whole), (expected, &[][..]));
    for step in [1, 2, 3, 7, 100, 4096, 65_536, 69_999, 70_001] {
        let (mut outbox, mut stream) = (fill(), Vec::new());
        while write(&mut outbox, step, &mut stream) > 0 {}
        assert!(stream == whole, "in steps of {step}");
    }
    for cut in 0..300 {
        let (mut outbox, mut stream) = (fill(), Vec::new());
        write(&mut outbox, cut, &mut stream);
        while write(&mut outbox, usize::MAX, &mut stream) > 0 {}
        assert!(stream == whole, "cut at {cut}");
    }
}

#[test]
fn whatever_happens_meanwhile_frames_are_never_torn() {
    for seed in 1..500_u64 {
        let mut state = seed;
        // xorshift: the same for a seed everywhere.
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let mut outbox = holding(20, 2_000);
        outbox.send(frame("state"), true);
        let (mut stream, mut number) = (Vec::new(), 0);
        for _ in 0..300 {
            number += 1;
            let text = format!("{number:06}{}", "x".repeat(random(300) as usize));
            let sender = PeerId(random(3));
            let slot = random(2);
            match random(12) {
                0 => outbox.send(frame(&text), true),
                1 => outbox.send(frame(&text), false),
                2..=3 => outbox.relay(frame(&text), Kind::Document),
                4 => outbox.relay(frame(&text), Kind::Presence),
                5..=6 => outbox.relay(frame(&text), Kind::Ephemeral { sender, slot }),
                7 => outbox.relay(frame(&text), Kind::Gone { sender }),
                8 => outbox.ping(),
                9 => outbox.pong(frame(&text[..6])),
                _ => drop(write(&mut outbox, random(400) as usize, &mut stream)),
            }
            let slots = outbox.frames.iter().filter(|q| q.slot.is_some()).count();
            assert_eq!(slots, outbox.slots.len(), "seed {seed}");
            assert!(outbox.bytes() <= outbox.limit, "seed {seed}");
        }
        outbox.end(Bytes::from_static(b"\x03\xf4end"));
        while write(&mut outbox, 1 + random(100) as usize, &mut stream) > 0 {}
        assert!(outbox.is_empty());
        let (found, rest) = frames(&stream);
        assert!(rest.is_empty(), "seed {seed}: {} bytes over", rest.len());
        let last = found.last().unwrap();
        assert_eq!((last.0, &last.1[2..]), (0x88, &b"end"[..]), "seed {seed}");
        let numbers = found.iter().filter(|(opcode, _)| *opcode == 0x82);
        for (_, payload) in numbers.filter(|(_, payload)| payload[..] != b"state"[..]) {
            let padding = &payload[6..];
            assert!(padding.iter().all(|&byte| byte == b'x'), "seed {seed}");
            assert!(payload[..6].iter().all(u8::is_ascii_digit), "seed {seed}");
        }
    }
}

#[test]
fn a_frame_that_is_begun_outlives_whatever_drops_the_others() {
    let begin = || {
        let (mut outbox, mut stream) = (holding(1, 10), Vec::new());
        outbox.send(frame("old diff"), true);
        outbox.relay(frame("change"), Kind::Document);
        write(&mut outbox, 4, &mut stream);
        (outbox, stream)
    };
    let finish = |(mut outbox, mut stream): (Outbox, Vec<u8>)| {
        while write(&mut outbox, 3, &mut stream) > 0 {}
        let (found, _) = frames(&stream);
        let text = |(_, payload): &(_, Vec<u8>)| String::from_utf8(payload.clone()).unwrap();
        (found.iter().map(text).collect::<Vec<_>>(), outbox.take())
    };
    let (mut outbox, stream) = begin();
    outbox.send(frame("new diff"), true);
    assert_eq!(
        finish((outbox, stream)),
        (vec!["old diff".into(), "new diff".into()], Next::Nothing)
    );
    let (mut outbox, stream) = begin();
    outbox.relay(frame("too much"), Kind::Document);
    assert_eq!(
        finish((outbox, stream)),
        (vec!["old diff".into()], Next::Ready)
    );
    let (mut outbox, stream) = begin();
    outbox.close(CloseCode::Poison, "bad".to_owned());
    let (texts, next) = finish((outbox, stream));
    assert_eq!(texts, ["old diff"]);
    assert_eq!(next, Next::Close(CloseCode::Poison, "bad".to_owned()));
}

#[test]
fn a_payload_that_is_begun_is_not_replaced_by_a_newer_one() {
    let (mut outbox, mut stream) = (holding(9, 100), Vec::new());
    outbox.relay(frame("a1"), ephemeral(1));
    write(&mut outbox, 1, &mut stream);
    outbox.relay(frame("a2"), ephemeral(1));
    outbox.relay(frame("a3"), ephemeral(1));
    while write(&mut outbox, 1, &mut stream) > 0 {}
    let expected = vec![(0x82, b"a1".to_vec()), (0x82, b"a3".to_vec())];
    assert_eq!(frames(&stream).0, expected);
}

#[test]
fn pings_are_answered_before_what_waits_and_only_the_last() {
    let (mut outbox, mut stream) = (holding(9, 100), Vec::new());
    outbox.relay(frame("first"), Kind::Presence);
    outbox.relay(frame("a1"), ephemeral(1));
    write(&mut outbox, 3, &mut stream);
    for number in 0..1000 {
        outbox.pong(frame(&number.to_string()));
    }
    outbox.ping();
    outbox.relay(frame("a2"), ephemeral(1));
    assert!(outbox.frames.len() <= 4, "a flood of pings is bounded");
    while write(&mut outbox, 5, &mut stream) > 0 {}
    let expected = [
        (0x82, &b"first"[..]),
        (0x89, b""),
        (0x8a, b"999"),
        (0x82, b"a2"),
    ];
    let expected = expected.map(|(opcode, payload)| (opcode, payload.to_vec()));
    assert_eq!(frames(&stream).0, expected);
}

#[test]
fn only_frames_of_messages_are_counted_and_when_they_begin() {
    let mut outbox = holding(9, 100);
    outbox.ping();
    outbox.send(frame("12345"), false);
    assert_eq!(outbox.written(2), Sent::default());
    let sent = Sent {
        frames: 1,
        bytes: 5,
    };
    assert_eq!(outbox.written(1), sent);
    assert_eq!(outbox.written(6), Sent::default());
    assert!(outbox.is_empty());
}

#[test]
fn a_queue_forgets_a_busy_moment() {
    let mut outbox = Outbox::new(1 << 20);
    for slot in 0..1000 {
        outbox.relay(frame("x"), ephemeral(slot));
    }
    while write(&mut outbox, 64, &mut Vec::new()) > 0 {}
    assert!(outbox.frames.capacity() <= 2 * ROOM);
    assert!(outbox.slots.capacity() <= 4 * ROOM);
}
