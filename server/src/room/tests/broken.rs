//! An update that breaks the document half-way: whoever sent it goes, everybody else stays.

use board::replica::Breaks;

use super::*;

impl Room {
    /// The next update breaks the document, and what it could be rebuilt from is no good either.
    pub(crate) fn break_for_good(&mut self) {
        self.backup = Backup::new(Some(Bytes::from_static(b"no update")), Vec::new());
        self.replica.break_after(0, Breaks::Failing);
    }
}

/// What somebody who has nothing is sent, frame by frame.
fn sent_to_a_newcomer(room: &mut Room, peer: PeerId) -> Vec<Bytes> {
    join(room, peer);
    let effects = sends(room, 0, peer, &Message::SyncStep1(&[0]));
    let frames = effects.into_iter().filter_map(|effect| match effect {
        Effect::Send { frame, .. } => Some(frame),
        _ => None,
    });
    frames.collect()
}

/// An author who has read `of`, so that what they type builds on it.
fn reader(id: u64, of: &Author) -> Author {
    let author = Author::new(id);
    author.reads(of);
    author
}

#[test]
fn an_update_that_breaks_the_document_closes_its_sender_and_leaves_no_trace() {
    for breaks in Breaks::ALL {
        let mut room = room();
        join(&mut room, A);
        join(&mut room, B);
        let ben = Author::new(5);
        sends(&mut room, 0, B, &Message::Update(&ben.types("fine")));
        sent_to_a_newcomer(&mut room, C);
        sends(&mut room, 0, B, &Message::Update(&ben.types("too")));
        flush(&mut room);
        let before = room.state();
        room.replica.break_after(0, breaks);
        let bad = Author::new(6).types("bad");
        let effects = sends(&mut room, 0, A, &Message::Update(&bad));
        assert_eq!(closed(&effects), [(A, CloseCode::Poison)], "{breaks:?}");
        assert!(appended(&effects).is_empty());
        assert!(relayed(&flush(&mut room)).is_empty(), "nobody hears of it");
        assert!(!room.is_lost());
        assert_eq!(room.state(), before, "rebuilt without it");
        // What had been kept for newcomers was of the document that broke.
        let whole: Bytes = Message::SyncStep2(&before).encode().into();
        assert_eq!(sent_to_a_newcomer(&mut room, PeerId(4)), [whole]);
        let effects = sends(&mut room, 0, B, &Message::Update(&ben.types("more")));
        assert_eq!(appended(&effects), [3]);
        assert!(closed(&effects).is_empty());
        assert_eq!(relayed(&flush(&mut room)).len(), 1);
        assert!(scan_has(&room.state(), 5, 11));
    }
}

#[test]
fn an_update_that_waited_and_breaks_the_document_is_left_out_alone() {
    for breaks in Breaks::ALL {
        let mut room = room();
        for peer in [A, B, C] {
            join(&mut room, peer);
        }
        let ben = Author::new(5);
        let first = ben.types("first");
        let bad = reader(6, &ben).types("bad");
        let good = reader(7, &ben).types("good");
        sends(&mut room, 0, A, &Message::Update(&bad));
        sends(&mut room, 0, C, &Message::Update(&good));
        room.replica.break_after(1, breaks);
        let effects = sends(&mut room, 0, B, &Message::Update(&first));
        assert_eq!(closed(&effects), [(A, CloseCode::Poison)], "{breaks:?}");
        assert_eq!(appended(&effects), [1, 2], "the first and the good one");
        assert!(!room.is_lost());
        let effects = sends(&mut room, 0, B, &Message::Update(&ben.types("more")));
        assert_eq!(appended(&effects), [3]);
        let state = board::scan::update(&room.state()).unwrap();
        assert!(!state.clients.contains_key(&6));
        assert!(scan_has(&room.state(), 5, 9) && scan_has(&room.state(), 7, 4));
    }
}

#[test]
fn a_room_that_cannot_be_rebuilt_says_that_it_is_lost() {
    let garbage = || Bytes::from_static(b"no update");
    let base = Backup::new(Some(garbage()), Vec::new());
    let tail = Backup::new(None, vec![garbage()]);
    for backup in [base, tail] {
        let mut room = room();
        join(&mut room, A);
        room.backup = backup;
        room.replica.break_after(0, Breaks::Panicking);
        assert!(!room.is_lost());
        let update = Author::new(6).types("bad");
        let effects = sends(&mut room, 0, A, &Message::Update(&update));
        assert_eq!(closed(&effects), [(A, CloseCode::Poison)]);
        assert!(appended(&effects).is_empty());
        assert!(room.is_lost(), "rows that are stored must not go missing");
    }
}

#[test]
fn a_board_that_lacks_a_row_is_rebuilt_as_any_other() {
    let fine: Bytes = Author::new(5).types("fine").into();
    let tail = vec![Bytes::from_static(b"no update"), fine];
    let mut room = Room::new(Backup::new(None, tail), 2, LIMITS, 0).unwrap();
    assert!(room.is_damaged());
    join(&mut room, A);
    room.replica.break_after(0, Breaks::Panicking);
    let update = Author::new(6).types("bad");
    let effects = sends(&mut room, 0, A, &Message::Update(&update));
    assert_eq!(closed(&effects), [(A, CloseCode::Poison)]);
    assert!(!room.is_lost(), "that row never was in the document");
    assert!(scan_has(&room.state(), 5, 4));
}
