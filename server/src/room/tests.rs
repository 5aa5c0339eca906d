//! A room driven by hand: what it answers, relays, stores and refuses.

mod answers;
mod broken;
mod damage;
mod limits;
mod live;
mod news;
mod stalls;

use board::id::ClientId;
use board::presence::{self as awareness, Entry};
use yrs::updates::decoder::Decode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update, WriteTxn};

use super::*;
use crate::outbox::Outbox;
use crate::principal::ActorId;

const LIMITS: Limits = Limits {
    board: 1 << 20,
    ..Limits::DEFAULT
};
const A: PeerId = PeerId(1);
const B: PeerId = PeerId(2);
const C: PeerId = PeerId(3);

fn room() -> Room {
    Room::new(Backup::default(), 0, LIMITS, 0).unwrap()
}

/// Somebody who types, with a document of their own.
struct Author(Doc);

impl Author {
    fn new(id: u64) -> Self {
        Self(Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::with_client_id(yrs::block::ClientID::new(id))
        }))
    }

    fn types(&self, text: &str) -> Vec<u8> {
        let mut txn = self.0.transact_mut();
        txn.get_or_insert_text("t").insert(&mut txn, 0, text);
        txn.encode_update_v1()
    }

    fn reads(&self, other: &Self) {
        let update = Update::decode_v1(&other.state()).unwrap();
        self.0.transact_mut().apply_update(update).unwrap();
    }

    fn state(&self) -> Vec<u8> {
        self.0
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }
}

fn join(room: &mut Room, peer: PeerId) -> Vec<Effect> {
    join_as(room, peer, ActorId::OPERATOR)
}

fn join_as(room: &mut Room, peer: PeerId, actor: ActorId) -> Vec<Effect> {
    let principal = Principal {
        actor: actor.into(),
        ..Principal::operator()
    };
    let own = true;
    room.step(
        0,
        Event::Join {
            peer,
            own,
            principal,
        },
    )
}

fn sends(room: &mut Room, now: Millis, peer: PeerId, message: &Message<'_>) -> Vec<Effect> {
    let frame = message.encode().into();
    room.step(now, Event::Frame { peer, frame })
}

fn stored(version: u64) -> Event {
    Event::Stored {
        version,
        trouble: None,
    }
}

fn flush(room: &mut Room) -> Vec<Effect> {
    room.step(0, Event::Flush)
}

/// The messages that effects send or relay, as (to whom, frame).
fn relayed(effects: &[Effect]) -> Vec<(Audience, Bytes)> {
    let relays = effects.iter().filter_map(|effect| match effect {
        Effect::Relay { frame, to, .. } => Some((*to, frame.clone())),
        _ => None,
    });
    relays.collect()
}

fn fenced(effects: &[Effect]) -> Vec<(PeerId, Vec<u8>)> {
    let sent = effects.iter().filter_map(|effect| match effect {
        Effect::Send { to, frame, .. } => match protocol::decode_from_server(frame) {
            Ok(Some(Message::Fence(payload))) => Some((*to, payload.to_vec())),
            _ => None,
        },
        _ => None,
    });
    sent.collect()
}

/// Queues what a room says for its only peer.
fn queue(outbox: &mut Outbox, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Send {
                frame, catch_up, ..
            } => outbox.send(frame, catch_up),
            Effect::Relay { frame, kind, .. } => outbox.relay(frame, kind),
            _ => {}
        }
    }
}

fn closed(effects: &[Effect]) -> Vec<(PeerId, CloseCode)> {
    let closed = effects.iter().filter_map(|effect| match effect {
        Effect::Close { peer, code, .. } => Some((*peer, *code)),
        _ => None,
    });
    closed.collect()
}

/// Who brought which rows.
fn brought(effects: &[Effect]) -> Vec<(u64, ActorId)> {
    let appended = effects.iter().filter_map(|effect| match effect {
        Effect::Append { version, actor, .. } => Some((*version, actor.id())),
        _ => None,
    });
    appended.collect()
}

fn appended(effects: &[Effect]) -> Vec<u64> {
    let appended = effects.iter().filter_map(|effect| match effect {
        Effect::Append { version, .. } => Some(*version),
        _ => None,
    });
    appended.collect()
}

fn person(client: u64, clock: u32, state: Option<&str>) -> Vec<u8> {
    awareness::encode(&[Entry {
        client: ClientId::new(client).unwrap(),
        clock,
        state: state.map(Into::into),
    }])
}

#[test]
fn a_single_update_goes_to_all_but_its_sender_once() {
    let mut room = room();
    for peer in [A, B, C] {
        join(&mut room, peer);
    }
    let update = Author::new(5).types("x");
    let effects = sends(&mut room, 0, A, &Message::Update(&update));
    assert_eq!(appended(&effects), [1]);
    assert!(relayed(&effects).is_empty(), "relaying waits for the flush");
    let frame = Message::Update(&update).encode().into();
    assert_eq!(relayed(&flush(&mut room)), [(Audience::AllBut(A), frame)]);
    assert!(flush(&mut room).is_empty());
    let again = sends(&mut room, 0, B, &Message::Update(&update));
    assert!(appended(&again).is_empty(), "known already");
    assert!(flush(&mut room).is_empty());
}

#[test]
fn what_gathers_before_a_flush_is_one_frame_for_everybody() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let (ann, ben) = (Author::new(5), Author::new(6));
    sends(&mut room, 0, A, &Message::Update(&ann.types("a")));
    sends(&mut room, 0, B, &Message::Update(&ben.types("b")));
    sends(&mut room, 0, A, &Message::Update(&ann.types("c")));
    let relays = relayed(&flush(&mut room));
    assert_eq!(relays.len(), 1);
    assert_eq!(relays[0].0, Audience::Everyone);
    let Ok(Some(Message::Update(merged))) = protocol::decode_from_server(&relays[0].1) else {
        panic!("not an update");
    };
    let mut copy = Replica::new(ClientId::from_random(9));
    copy.ingest(merged).unwrap();
    assert_eq!(copy.state_vector(), room.replica.state_vector());
}

#[test]
fn updates_that_came_too_early_wait_and_hold_their_fences_back() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    let updates = ["0", "1", "2", "3", "4"].map(|text| author.types(text));
    for at in [4, 2, 3, 1] {
        let effects = sends(&mut room, 0, A, &Message::Update(&updates[at]));
        assert!(appended(&effects).is_empty());
        assert!(closed(&effects).is_empty());
    }
    assert!(fenced(&sends(&mut room, 0, A, &Message::Fence(&[7]))).is_empty());
    assert!(relayed(&flush(&mut room)).is_empty());
    let effects = sends(&mut room, 0, A, &Message::Update(&updates[0]));
    assert_eq!(appended(&effects), [1, 2, 3, 4, 5]);
    assert!(fenced(&effects).is_empty(), "not durable yet");
    assert!(fenced(&room.step(0, stored(4))).is_empty());
    let effects = room.step(0, stored(5));
    assert_eq!(fenced(&effects), [(A, vec![7])]);
    assert_eq!(relayed(&flush(&mut room)).len(), 1);
    assert!(scan_has(&room.state(), 5, 5));
}

#[test]
fn whoever_joins_while_others_draw_gets_everything() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    for number in 0..200 {
        sends(&mut room, 0, A, &Message::Update(&author.types("x")));
        if number % 3 > 0 {
            continue;
        }
        let newcomer = PeerId(100 + number);
        join(&mut room, newcomer);
        let mut copy = Replica::new(ClientId::from_random(9));
        for effect in sends(&mut room, 0, newcomer, &Message::SyncStep1(&[0])) {
            if let Effect::Send { frame, .. } | Effect::Relay { frame, .. } = effect
                && let Ok(Some(Message::SyncStep2(update) | Message::Update(update))) =
                    protocol::decode_from_server(&frame)
            {
                copy.ingest(update).unwrap();
            }
        }
        assert_eq!(copy.encode(), room.state(), "after {number} updates");
    }
}

fn scan_has(state: &[u8], client: u64, clocks: u32) -> bool {
    let scan = board::scan::update(state).unwrap();
    scan.clients[&client].brings
        == [board::scan::Run {
            start: 0,
            end: clocks,
        }]
}

#[test]
fn fences_go_back_in_order_and_only_when_durable() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    assert_eq!(
        fenced(&sends(&mut room, 0, A, &Message::Fence(&[0]))),
        [(A, vec![0])],
        "nothing is outstanding"
    );
    let author = Author::new(5);
    let first = author.types("a");
    sends(&mut room, 0, A, &Message::Update(&first));
    assert!(fenced(&sends(&mut room, 0, A, &Message::Fence(&[1]))).is_empty());
    // The same update by another way: known, but not durable either.
    sends(&mut room, 0, B, &Message::Update(&first));
    assert!(fenced(&sends(&mut room, 0, B, &Message::Fence(&[9]))).is_empty());
    sends(&mut room, 0, A, &Message::Update(&author.types("b")));
    assert!(fenced(&sends(&mut room, 0, A, &Message::Fence(&[2]))).is_empty());
    let effects = room.step(0, stored(1));
    assert_eq!(fenced(&effects), [(A, vec![1]), (B, vec![9])]);
    let effects = room.step(0, stored(2));
    assert_eq!(fenced(&effects), [(A, vec![2])]);
}

#[test]
fn the_waiting_room_is_bounded_and_its_overflow_makes_the_client_resync() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    author.types("missing");
    for _ in 0..256 {
        let effects = sends(&mut room, 0, A, &Message::Update(&author.types("x")));
        assert!(closed(&effects).is_empty());
    }
    let effects = sends(&mut room, 0, A, &Message::Update(&author.types("x")));
    assert_eq!(closed(&effects), [(A, CloseCode::Resync)]);
    assert!(!CloseCode::Resync.is_final());
    // Its seat in the waiting room is free again, and a full sync heals everything.
    join(&mut room, B);
    let effects = sends(&mut room, 0, B, &Message::SyncStep2(&author.state()));
    assert_eq!(appended(&effects), [1]);
}

#[test]
fn one_big_early_update_overflows_by_bytes() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    author.types("missing");
    let big = author.types(&"x".repeat(600_000));
    let again = author.types(&"y".repeat(500_000));
    assert!(closed(&sends(&mut room, 0, A, &Message::Update(&big))).is_empty());
    let effects = sends(&mut room, 0, A, &Message::Update(&again));
    assert_eq!(closed(&effects), [(A, CloseCode::Resync)]);
}

#[test]
fn a_full_board_takes_no_more_but_can_be_looked_at() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    let most = author.types(&"x".repeat(900_000));
    sends(&mut room, 0, A, &Message::Update(&most));
    let effects = sends(
        &mut room,
        0,
        A,
        &Message::Update(&author.types(&"x".repeat(200_000))),
    );
    assert_eq!(closed(&effects), [(A, CloseCode::TooBig)]);
    join(&mut room, B);
    assert!(closed(&sends(&mut room, 0, B, &Message::SyncStep2(&most))).is_empty());
    assert!(closed(&sends(&mut room, 0, B, &Message::SyncStep1(&[0]))).is_empty());
}

/// An item whose parent is a text item: applied, yrs would fail half-way through it.
const POISON: [u8; 17] = [
    1, 2, 9, 0, 0x04, 1, 1, b't', 1, b'a', 0x04, 0, 9, 0, 1, b'b', 0,
];

#[test]
fn poison_closes_its_sender_and_nobody_else() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    sends(
        &mut room,
        0,
        A,
        &Message::Update(&Author::new(5).types("fine")),
    );
    flush(&mut room);
    let before = room.state();
    let effects = sends(&mut room, 0, B, &Message::Update(&POISON));
    assert_eq!(closed(&effects), [(B, CloseCode::Poison)]);
    assert!(appended(&effects).is_empty());
    assert_eq!(room.state(), before);
    let more = sends(
        &mut room,
        0,
        A,
        &Message::Update(&Author::new(6).types("more")),
    );
    assert_eq!(appended(&more), [2]);
    let effects = sends(&mut room, 0, A, &Message::Update(&[0xff, 0xff, 0xff, 0x7f]));
    assert_eq!(closed(&effects), [(A, CloseCode::BadFrame)]);
}

#[test]
fn a_join_is_asked_for_its_state_and_answered_with_what_it_lacks() {
    let mut room = room();
    join(&mut room, A);
    let author = Author::new(5);
    sends(&mut room, 0, A, &Message::Update(&author.types("x")));
    let effects = join(&mut room, B);
    assert_eq!(
        effects,
        [Effect::Send {
            to: B,
            frame: Message::SyncStep1(&[1, 5, 1]).encode().into(),
            catch_up: false
        }]
    );
    let effects = sends(&mut room, 0, B, &Message::SyncStep1(&[0]));
    let [
        Effect::Send {
            to: B,
            frame,
            catch_up: true,
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    let Ok(Some(Message::SyncStep2(diff))) = protocol::decode_from_server(frame) else {
        panic!("no step 2");
    };
    Update::decode_v1(diff).unwrap();
    assert!(scan_has(diff, 5, 1));
}

#[test]
fn a_peer_that_was_dropped_behind_gets_one_diff_from_what_it_has() {
    let mut room = room();
    join(&mut room, A);
    join(&mut room, B);
    let author = Author::new(5);
    sends(&mut room, 0, A, &Message::Update(&author.types("a")));
    flush(&mut room);
    sends(&mut room, 0, B, &Message::SyncStep1(&[0]));
    room.step(0, Event::CaughtUp { peer: B });
    sends(&mut room, 0, A, &Message::Update(&author.types("b")));
    flush(&mut room);
    let effects = room.step(0, Event::Ready { peer: B });
    let Some(Effect::Send {
        frame,
        catch_up: true,
        ..
    }) = effects.first()
    else {
        panic!("{effects:?}");
    };
    let Ok(Some(Message::SyncStep2(diff))) = protocol::decode_from_server(frame) else {
        panic!("no step 2");
    };
    let scan = board::scan::update(diff).unwrap();
    assert_eq!(
        scan.clients[&5].brings,
        [board::scan::Run { start: 1, end: 2 }]
    );
}

#[test]
fn while_the_store_fails_people_draw_on_and_are_told() {
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
    sends(
        &mut room,
        0,
        A,
        &Message::Update(&Author::new(5).types("x")),
    );
    sends(&mut room, 0, A, &Message::Fence(&[1]));
    let trouble = |version, why: Option<&str>| Event::Stored {
        version,
        trouble: why.map(str::to_owned),
    };
    let full = || trouble(0, Some("the disk is full"));
    let told = |effects: &[Effect]| -> Vec<(PeerId, String)> {
        let sent = effects.iter().filter_map(|effect| match effect {
            Effect::Send { to, frame, .. } => match protocol::decode_from_server(frame) {
                Ok(Some(Message::NotSaved(why))) => Some((*to, why.to_owned())),
                _ => None,
            },
            _ => None,
        });
        sent.collect()
    };
    let effects = room.step(0, full());
    assert_eq!(told(&effects), [(A, "the disk is full".to_owned())]);
    assert!(fenced(&effects).is_empty() && closed(&effects).is_empty());
    assert_eq!(told(&room.step(0, full())), [], "once is enough");
    assert_eq!(
        relayed(&flush(&mut room)).len(),
        1,
        "B sees it all the same"
    );
    assert_eq!(
        told(&join(&mut room, C)),
        [(C, "the disk is full".to_owned())]
    );
    let effects = room.step(0, stored(1));
    assert_eq!(fenced(&effects), [(A, vec![1])]);
    assert_eq!(told(&effects), [(A, String::new()), (C, String::new())]);
}

#[test]
fn a_row_names_who_brought_it_and_rows_of_two_are_never_one() {
    let mut room = room();
    let [ann, ben] = [20, 30].map(|id| ActorId::read(id).unwrap());
    join_as(&mut room, A, ann);
    join_as(&mut room, B, ben);
    let [hers, his] = [5, 6].map(Author::new);
    let first = hers.types("a");
    let waits = hers.types("b");
    let mut effects = sends(&mut room, 0, A, &Message::Update(&waits));
    effects.extend(sends(&mut room, 0, B, &Message::Update(&his.types("x"))));
    // What hers builds on, another brings: hers is hers all the same.
    effects.extend(sends(&mut room, 0, B, &Message::Update(&first)));
    effects.extend(flush(&mut room));
    assert_eq!(brought(&effects), [(1, ben), (2, ben), (3, ann)]);
}
