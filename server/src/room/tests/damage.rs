//! A board that the store does not hold whole.

use super::*;

#[test]
fn a_damaged_board_opens_and_heals_when_somebody_brings_what_is_missing() {
    let author = Author::new(5);
    let updates = ["a", "b", "c"].map(|text| author.types(text));
    let kept = vec![updates[0].clone().into(), updates[2].clone().into()];
    let mut room = Room::new(Backup::new(None, kept), 3, LIMITS, 0).unwrap();
    assert!(room.is_damaged());
    join(&mut room, A);
    let effects = sends(&mut room, 0, A, &Message::SyncStep2(&updates[1]));
    assert_eq!(
        appended(&effects),
        [4],
        "the row that the store has is not stored again"
    );
    assert!(!room.is_damaged());
    assert_eq!(relayed(&flush(&mut room)).len(), 1);
    assert!(scan_has(&room.state(), 5, 3));
    let effects = join(&mut room, B);
    assert!(matches!(&effects[0], Effect::Send { frame, .. } if frame[..] == [0, 0, 3, 1, 5, 3]));
}

#[test]
fn what_cannot_be_loaded_is_never_an_empty_board() {
    let update: Bytes = Author::new(5).types("a").into();
    let garbage = Bytes::from_static(b"no update");
    let base = Backup::new(Some(garbage.clone()), vec![update.clone()]);
    assert!(Room::new(base, 1, LIMITS, 0).is_none());
    let tail = Backup::new(None, vec![garbage, update]);
    let room = Room::new(tail, 2, LIMITS, 0).unwrap();
    assert!(room.is_damaged());
    assert!(scan_has(&room.state(), 5, 1));
}
