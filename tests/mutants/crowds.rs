//! People who are not there, by the hundred thousand, with the limits that everybody gets.

use std::time::Instant;

use board::id::ClientId;
use board::presence::{self, Entry};
use board::protocol::Message;
use drawbridge_server::principal::Principal;
use drawbridge_server::room::{Backup, Effect, Event, Limits, PeerId, Room};

use super::{SLOWEST, memory};

/// How many pretend to be here.
const FAKES: u64 = 200_000;
/// Most memory that they cost: ten thousand seats with their indexes, and what is to be told.
const MOST: usize = 24 << 20;

fn fakes(first: u64, count: u64) -> Vec<u8> {
    let fakes = (first..first + count).map(|client| Entry {
        client: ClientId::new(client).unwrap(),
        clock: 1,
        state: Some(r##"{"user":{"name":"Nobody at all","color":"#0c8599"}}"##.into()),
    });
    let entries = presence::encode(&fakes.collect::<Vec<_>>());
    Message::Awareness(&entries).encode()
}

fn room() -> Room {
    Room::new(Backup::default(), 0, Limits::DEFAULT, 0).unwrap()
}

/// Nobody is closed; answers how many bytes were to be sent.
fn step(room: &mut Room, now: u64, event: Event) -> usize {
    let sizes = room
        .step(now, event)
        .into_iter()
        .map(|effect| match effect {
            Effect::Send { frame, .. } | Effect::Relay { frame, .. } => frame.len(),
            Effect::Append { .. } => 0,
            Effect::Close { code, reason, .. } => panic!("closed: {code:?} {reason}"),
        });
    sizes.sum()
}

fn joins(room: &mut Room, now: u64, peer: PeerId) -> usize {
    step(
        room,
        now,
        Event::Join {
            peer,
            own: false,
            principal: Principal::operator(),
        },
    )
}

#[test]
fn fake_people_in_one_frame_cost_next_to_nothing() {
    let frame: bytes::Bytes = fakes(1000, FAKES).into();
    let mut room = room();
    let peer = PeerId(1);
    joins(&mut room, 0, peer);
    let began = Instant::now();
    let (_, peak) = memory::peak(|| step(&mut room, 0, Event::Frame { peer, frame }));
    assert!(peak < 1 << 16, "{peak} bytes");
    assert!(began.elapsed() < SLOWEST);
}

#[test]
fn fake_people_over_many_connections_take_no_more_room_than_there_is() {
    const EACH: u64 = 8;
    let peers = Limits::DEFAULT.peers as u64;
    let mut room = room();
    let began = Instant::now();
    let (shown, peak) = memory::peak(|| {
        let mut shown = 0;
        // As many connections as the board takes, and when they are gone the next ones.
        for round in 0..FAKES / EACH / peers {
            let crowd = || (round * peers..(round + 1) * peers).map(|number| PeerId(10 + number));
            let now = round * 10_000;
            for peer in crowd() {
                joins(&mut room, now, peer);
            }
            for peer in crowd() {
                let frame = fakes(1000 + peer.0 * EACH, EACH).into();
                step(&mut room, now, Event::Frame { peer, frame });
            }
            step(&mut room, now + 100, Event::Flush);
            let last = PeerId(10 + (round + 1) * peers - 1);
            step(&mut room, now, Event::Leave { peer: last });
            shown = joins(&mut room, now, PeerId(1));
            for peer in crowd().chain([PeerId(1)]) {
                step(&mut room, now, Event::Leave { peer });
            }
            step(&mut room, now + 5_000, Event::Tick);
        }
        shown
    });
    assert!(
        shown > 100_000 && shown < 1 << 20,
        "{shown} bytes for a newcomer"
    );
    assert!(peak < MOST, "{peak} bytes");
    assert!(began.elapsed() < 10 * SLOWEST, "{:?}", began.elapsed());
    println!("{peak} bytes at most, {:?}", began.elapsed());
}
