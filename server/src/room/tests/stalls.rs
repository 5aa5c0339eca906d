//! Peers that stall, fall behind and come back: whatever they missed, they end as the room is.

use std::collections::BTreeMap;

use board::replica::Ingested;

use super::*;
use crate::outbox::{Next, Outbox};

/// Most bytes that wait for a peer: little more than the answers to a handshake take.
const QUEUE: usize = 12_000;

/// What somebody believes, from frames alone.
struct Believer {
    outbox: Outbox,
    joined: Millis,
    stalled_until: Millis,
    document: Replica,
    people: BTreeMap<u64, (u32, Option<String>)>,
    cursors: BTreeMap<u64, Vec<u8>>,
    author: Author,
    clock: u32,
}

struct World {
    room: Room,
    now: Millis,
    random: fastrand::Rng,
    peers: BTreeMap<PeerId, Believer>,
    /// The last cursor that each of those who are here sent, and when.
    cursors: BTreeMap<u64, (Millis, Vec<u8>)>,
    next: u64,
    collapses: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            room: room(),
            now: 0,
            random: fastrand::Rng::with_seed(seed),
            peers: BTreeMap::new(),
            cursors: BTreeMap::new(),
            next: 1,
            collapses: 0,
        }
    }

    fn step(&mut self, event: Event) {
        for effect in self.room.step(self.now, event) {
            match effect {
                Effect::Send {
                    to,
                    frame,
                    catch_up,
                } => {
                    if let Some(peer) = self.peers.get_mut(&to) {
                        peer.outbox.send(frame, catch_up);
                    }
                }
                Effect::Relay { frame, to, kind } => {
                    for (peer, believer) in &mut self.peers {
                        let hears = match to {
                            Audience::Everyone => true,
                            Audience::AllBut(but) | Audience::OwnBut(but) => *peer != but,
                            Audience::Only(one) => *peer == one,
                        };
                        if hears {
                            believer.outbox.relay(frame.clone(), kind);
                        }
                    }
                }
                Effect::Append { .. } => {}
                Effect::Close { code, reason, .. } => panic!("closed: {code:?} {reason}"),
            }
        }
    }

    fn says(&mut self, peer: PeerId, message: &Message<'_>) {
        let frame = message.encode().into();
        self.step(Event::Frame { peer, frame });
    }

    fn join(&mut self) {
        let peer = PeerId(self.next);
        self.next += 1;
        let believer = Believer {
            outbox: Outbox::new(QUEUE),
            joined: self.now,
            stalled_until: 0,
            document: Replica::new(ClientId::from_random(0)),
            people: BTreeMap::new(),
            cursors: BTreeMap::new(),
            author: Author::new(1000 + peer.0),
            clock: 0,
        };
        self.peers.insert(peer, believer);
        self.step(Event::Join {
            peer,
            own: true,
            principal: Principal::operator(),
        });
        self.says(peer, &Message::SyncStep1(&[0]));
        self.moves(peer);
    }

    /// Tells people where it is, coarsely and finely.
    fn moves(&mut self, peer: PeerId) {
        let at = self.random.u32(..1000);
        let Some(believer) = self.peers.get_mut(&peer) else {
            return;
        };
        believer.clock += 1;
        let state = format!("{{\"at\":{at},\"name\":\"{}\"}}", "x".repeat(40));
        let entry = person(1000 + peer.0, believer.clock, Some(&state));
        self.says(peer, &Message::Awareness(&entry));
        let payload = at.to_le_bytes();
        self.cursors.insert(peer.0, (self.now, payload.to_vec()));
        let cursor = Message::Ephemeral {
            slot: 0,
            payload: &payload,
        };
        self.says(peer, &cursor);
    }

    fn draws(&mut self, peer: PeerId) {
        let erases = self.random.u32(..3) == 0;
        let length = self.random.usize(1..60);
        let Some(believer) = self.peers.get_mut(&peer) else {
            return;
        };
        let mut txn = believer.author.0.transact_mut();
        let text = txn.get_or_insert_text("t");
        let here = yrs::GetString::get_string(&text, &txn).len();
        if erases && here > 1 {
            text.remove_range(&mut txn, 0, u32::try_from(here / 2).unwrap());
        } else {
            text.insert(&mut txn, 0, &"y".repeat(length));
        }
        let update = txn.encode_update_v1();
        drop(txn);
        believer.document.ingest(&update).unwrap();
        self.says(peer, &Message::Update(&update));
    }

    fn leaves(&mut self, peer: PeerId) {
        self.peers.remove(&peer);
        self.cursors.remove(&peer.0);
        self.step(Event::Leave { peer });
    }

    /// Everybody who is not stalled reads a few frames.
    fn read(&mut self, most: usize) {
        let peers: Vec<PeerId> = self.peers.keys().copied().collect();
        for peer in peers {
            for _ in 0..most {
                let Some(believer) = self.peers.get_mut(&peer) else {
                    break;
                };
                if believer.stalled_until > self.now {
                    break;
                }
                match believer.outbox.take() {
                    Next::Frame(frame) => believer.hears(&frame),
                    Next::Ready => {
                        self.collapses += 1;
                        self.step(Event::Ready { peer });
                    }
                    Next::Nothing => break,
                    Next::Close(code, reason) => panic!("closed: {code:?} {reason}"),
                }
            }
        }
    }

    fn anything(&mut self) {
        self.now += self.random.u64(1..400);
        let peers: Vec<PeerId> = self.peers.keys().copied().collect();
        let peer = self.random.choice(peers);
        match (self.random.u32(..40), peer) {
            (0, _) if self.peers.len() < 12 => self.join(),
            (1, Some(peer)) if self.peers.len() > 3 => self.leaves(peer),
            (2..5, Some(peer)) => {
                let until = self.now + self.random.u64(..30_000);
                if let Some(believer) = self.peers.get_mut(&peer) {
                    believer.stalled_until = until;
                }
            }
            (5..20, Some(peer)) => self.draws(peer),
            (20..36, Some(peer)) => self.moves(peer),
            (36, Some(peer)) if self.peers[&peer].outbox.is_caught_up() => {
                self.step(Event::CaughtUp { peer });
            }
            _ => self.step(Event::Tick),
        }
        self.step(Event::Flush);
        self.read(3);
    }

    /// Nobody stalls any more, and all time limits of the room pass but one.
    fn settle(&mut self) {
        for believer in self.peers.values_mut() {
            believer.stalled_until = 0;
        }
        for _ in 0..100 {
            self.now += 100;
            self.step(Event::Tick);
            self.step(Event::Flush);
            self.read(1000);
        }
    }

    fn check(&mut self) {
        let state = self.room.state();
        let people: BTreeMap<u64, String> = self.room.presence.everybody(false).iter().fold(
            BTreeMap::new(),
            |mut people, entries| {
                for entry in awareness::decode(entries).unwrap() {
                    people.insert(entry.client.get(), entry.state.unwrap().to_string());
                }
                people
            },
        );
        assert_eq!(people.len(), self.peers.len(), "the room itself");
        for (peer, believer) in &self.peers {
            let document = view(&believer.document.encode());
            assert_eq!(document, view(&state), "the document of {peer:?}");
            let here = believer.people.iter();
            let mut here: BTreeMap<u64, String> = here
                .filter_map(|(client, (_, state))| Some((*client, state.clone()?)))
                .collect();
            // A browser knows its own state, whether it is told or not.
            let me = 1000 + peer.0;
            here.insert(me, people[&me].clone());
            assert_eq!(here, people, "the people of {peer:?}");
            // Nobody repeats a cursor for newcomers; what they saw once must be right.
            let mut cursors = self.cursors.clone();
            cursors.retain(|sender, (at, payload)| {
                let seen = believer.cursors.get(sender) == Some(payload);
                *sender != peer.0 && (seen || *at > believer.joined)
            });
            let cursors: BTreeMap<u64, Vec<u8>> = cursors
                .into_iter()
                .map(|(sender, (_, payload))| (sender, payload))
                .collect();
            assert_eq!(believer.cursors, cursors, "the cursors of {peer:?}");
        }
    }
}

impl Believer {
    /// What y-protocols and Drawbridge's page make of a frame.
    fn hears(&mut self, frame: &[u8]) {
        match protocol::decode_from_server(frame).unwrap() {
            Some(Message::SyncStep2(update) | Message::Update(update)) => {
                let taken = self.document.ingest(update).unwrap();
                assert!(matches!(taken, Ingested::Applied { .. }), "a hole");
            }
            Some(Message::Awareness(entries)) => {
                for entry in awareness::decode(entries).unwrap() {
                    let state = entry.state.map(|state| state.to_string());
                    let known = self.people.get(&entry.client.get());
                    let newer = known.is_none_or(|(clock, known)| {
                        *clock < entry.clock
                            || (*clock == entry.clock && state.is_none() && known.is_some())
                    });
                    if newer {
                        let now = (entry.clock, state);
                        self.people.insert(entry.client.get(), now);
                    }
                }
            }
            Some(Message::Relayed {
                sender, payload, ..
            }) => {
                if payload.is_empty() {
                    self.cursors.remove(&sender);
                } else {
                    self.cursors.insert(sender, payload.to_vec());
                }
            }
            _ => {}
        }
    }
}

/// The text, and what was deleted.
fn view(state: &[u8]) -> (String, Vec<u8>) {
    let doc = Doc::new();
    let mut txn = doc.transact_mut();
    txn.apply_update(Update::decode_v1(state).unwrap()).unwrap();
    let text = txn.get_or_insert_text("t");
    let text = yrs::GetString::get_string(&text, &txn);
    drop(txn);
    let replica = {
        let mut replica = Replica::new(ClientId::from_random(0));
        replica.ingest(state).unwrap();
        replica.state_vector()
    };
    (text, replica)
}

#[test]
fn whoever_stalled_and_came_back_sees_what_everybody_sees() {
    let seeds = match std::env::var("DRAWBRIDGE_SEED") {
        Ok(seed) => vec![seed.parse().unwrap()],
        Err(_) => (0..30).collect(),
    };
    let mut collapses = 0;
    for seed in seeds {
        let run = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            for _ in 0..4 {
                world.join();
            }
            for _ in 0..400 {
                world.anything();
            }
            world.settle();
            world.check();
            world.collapses
        });
        match run {
            Ok(counted) => collapses += counted,
            Err(panic) => {
                eprintln!("to see this again: DRAWBRIDGE_SEED={seed}");
                std::panic::resume_unwind(panic);
            }
        }
    }
    assert!(collapses > 0, "nobody fell behind");
}
