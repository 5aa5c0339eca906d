//! A room with honest people in it and one hostile, and what must hold after each hostile frame.
//!
//! Plays the rim's part: hands relayed frames to everybody's copy, keeps the log, and lets the
//! hostile one come back when it was closed. Knows nothing of how frames are made.

use std::collections::BTreeMap;

use board::id::ClientId;
use board::presence;
use board::protocol::{self, Message};
use board::replica::{Ingested, Replica};
use board::scan;
use bytes::Bytes;
use drawbridge_server::principal::Principal;
use drawbridge_server::room::{Audience, Backup, Effect, Event, Limits, Millis, PeerId, Room};

use super::forge::Clocks;
use super::view::{self, View};

const LIMITS: Limits = Limits {
    board: 1 << 20,
    ..Limits::DEFAULT
};
const ANN: PeerId = PeerId(1);
const BEN: PeerId = PeerId(2);

/// The codes that a frame may be closed with, as docs/protocol.md has them.
const CODES: [u16; 4] = [4400, 4413, 4422, 4509];

/// What became of one hostile frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The code its connection was closed with.
    pub closed: Option<u16>,
    /// Updates that went into the log.
    pub appended: usize,
    /// Whether the server asked for what is missing.
    pub asked: bool,
}

/// The room and the people.
pub struct Trial {
    room: Room,
    now: Millis,
    /// The honest ones' documents.
    copies: BTreeMap<PeerId, Replica>,
    hostile: PeerId,
    log: Vec<Bytes>,
}

impl Trial {
    /// A room in which Ann has said something honest; Ben reads, and somebody hostile is here.
    pub fn new(honest: &[Vec<u8>]) -> Self {
        let room = Room::new(Backup::default(), 0, LIMITS, 0).expect("an empty board opens");
        let mut trial = Self {
            room,
            now: 0,
            copies: BTreeMap::new(),
            hostile: PeerId(3),
            log: Vec::new(),
        };
        for peer in [ANN, BEN] {
            let copy = Replica::new(ClientId::from_random(peer.0 << 40));
            trial.copies.insert(peer, copy);
            trial.step(Event::Join {
                peer,
                own: peer == ANN,
                principal: Principal::operator(),
            });
            trial.hear(peer, &Message::SyncStep1(&[0]).encode());
        }
        trial.come_back();
        for update in honest {
            let copy = trial.copies.get_mut(&ANN).expect("Ann is here");
            copy.ingest(update).expect("what Ann says is sound");
            trial.hear(ANN, &Message::Update(update).encode());
        }
        trial
    }

    /// The whole document.
    pub fn state(&self) -> Vec<u8> {
        self.room.state()
    }

    /// Each client and one past its last clock.
    pub fn clocks(&self) -> Clocks {
        let state = scan::update(&self.state()).expect("the state is sound");
        let ends = state.clients.iter().map(|(&client, share)| {
            let end = share.brings.last().map_or(0, |run| run.end);
            (client, end)
        });
        let mut clocks: Clocks = ends.collect();
        // A seed is one trial: the order must not be that of a hash map.
        clocks.sort_unstable();
        clocks
    }

    /// A hostile frame and whatever follows from it.
    pub fn frame(&mut self, frame: &[u8]) -> Outcome {
        let outcome = self.hear(self.hostile, frame);
        assert!(!self.room.is_lost(), "the board is lost");
        if outcome.closed.is_some() {
            self.hostile = PeerId(self.hostile.0 + 1);
            self.come_back();
        }
        outcome
    }

    /// Everybody, the log and whoever joins now have the same document, and it can be loaded.
    pub fn check(&mut self) -> View {
        let room = view::of(&self.state());
        let backup = Backup::new(None, self.log.clone());
        let restored = backup.restore().expect("the log loads");
        assert_eq!(
            (restored.failed.len(), restored.held.len()),
            (0, 0),
            "of the log"
        );
        assert_eq!(view::of(&restored.replica.encode()), room, "the log");
        for (peer, copy) in &self.copies {
            assert_eq!(view::of(&copy.encode()), room, "{peer:?}");
        }
        let late = PeerId(1 << 40);
        self.copies
            .insert(late, Replica::new(ClientId::from_random(1)));
        self.step(Event::Join {
            peer: late,
            own: true,
            principal: Principal::operator(),
        });
        self.hear(late, &Message::SyncStep1(&[0]).encode());
        let joined = self.copies.remove(&late).expect("still here");
        self.step(Event::Leave { peer: late });
        assert_eq!(view::of(&joined.encode()), room, "who joins late");
        room
    }

    fn come_back(&mut self) {
        let peer = self.hostile;
        self.step(Event::Join {
            peer,
            own: true,
            principal: Principal::operator(),
        });
        self.hear(peer, &Message::SyncStep1(&[0]).encode());
    }

    /// A frame of anybody, its flush, and enough time for presence to be heard.
    fn hear(&mut self, peer: PeerId, frame: &[u8]) -> Outcome {
        self.now += 100;
        let frame = Bytes::copy_from_slice(frame);
        let one = self.step(Event::Frame { peer, frame });
        let two = self.step(Event::Flush);
        Outcome {
            closed: one.closed.or(two.closed),
            appended: one.appended + two.appended,
            asked: one.asked || two.asked,
        }
    }

    fn step(&mut self, event: Event) -> Outcome {
        let mut outcome = Outcome {
            closed: None,
            appended: 0,
            asked: false,
        };
        for effect in self.room.step(self.now, event) {
            match effect {
                Effect::Send { to, frame, .. } => {
                    outcome.asked |= to == self.hostile && frame.starts_with(&[0, 0]);
                    self.deliver(to, &frame);
                }
                Effect::Relay { frame, to, .. } => {
                    let readers: Vec<PeerId> = self.copies.keys().copied().collect();
                    for reader in readers.into_iter().filter(|reader| hears(to, *reader)) {
                        self.deliver(reader, &frame);
                    }
                }
                Effect::Append { update, .. } => {
                    self.log.push(update);
                    outcome.appended += 1;
                }
                Effect::Close { peer, code, reason } => {
                    assert_eq!(peer, self.hostile, "somebody honest was closed: {reason}");
                    assert!(CODES.contains(&code.number()), "{code:?} is not documented");
                    assert!(!reason.is_empty());
                    outcome.closed = Some(code.number());
                }
            }
        }
        outcome
    }

    /// Somebody honest reads a frame: it must be one, and fit what they have.
    fn deliver(&mut self, to: PeerId, frame: &[u8]) {
        let message = protocol::decode_from_server(frame).expect("the server sends frames");
        let Some(copy) = self.copies.get_mut(&to) else {
            return;
        };
        match message {
            Some(Message::SyncStep2(update) | Message::Update(update)) => {
                let taken = copy.ingest(update);
                assert!(
                    matches!(taken, Ok(Ingested::Applied { .. })),
                    "{taken:?}: {update:?}"
                );
            }
            Some(Message::Awareness(entries)) => {
                presence::decode(entries).expect("awareness that everybody can read");
            }
            _ => {}
        }
    }
}

fn hears(audience: Audience, peer: PeerId) -> bool {
    match audience {
        Audience::Everyone => true,
        Audience::Only(one) => peer == one,
        Audience::AllBut(but) | Audience::OwnBut(but) => peer != but,
    }
}
