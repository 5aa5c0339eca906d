//! The server's side: the real room, outboxes and SQLite, driven by hand on a virtual clock.
//!
//! Does what the room's task does, one call at a time, over a disk that is slow and now and then
//! fails. A crash loses what is not committed. Knows no page.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::channel;

use board::id::BoardId;
use board::protocol::CloseCode;
use board::replica::Replica;
use bytes::Bytes;
use drawbridge_server::outbox::{Next, Outbox};
use drawbridge_server::principal::Principal;
use drawbridge_server::room::{Audience, Effect, Event, Limits, Millis, PeerId, Room};
use drawbridge_server::store::sqlite::Sqlite;
use drawbridge_server::store::{Batch, Row, Store, snapshots};
use fastrand::Rng;
use tempfile::TempDir;

/// Rows on their way to the disk.
struct Queued {
    due: Millis,
    rows: Vec<Row>,
}

/// The server.
pub(crate) struct Server {
    directory: TempDir,
    board: BoardId,
    store: Option<Sqlite>,
    room: Option<Room>,
    outboxes: BTreeMap<PeerId, Outbox>,
    queued: VecDeque<Queued>,
    durable: u64,
    next_peer: u64,
    /// Bytes that wait for one peer at most; small ones make slow peers overflow.
    outbox: usize,
    /// Slowest commit, ms.
    slowness: Millis,
    /// When it comes up again.
    back_at: Millis,
}

impl Server {
    /// A running one with an empty store.
    pub(crate) fn start(rng: &mut Rng) -> Self {
        // In memory where there is such a place: a simulated crash needs no real disk.
        let shm = std::path::Path::new("/dev/shm");
        let directory = if shm.is_dir() {
            tempfile::tempdir_in(shm).or_else(|_| tempfile::tempdir())
        } else {
            tempfile::tempdir()
        };
        let mut server = Self {
            directory: directory.unwrap(),
            board: BoardId::parse("simulated").unwrap(),
            store: None,
            room: None,
            outboxes: BTreeMap::new(),
            queued: VecDeque::new(),
            durable: 0,
            next_peer: 0,
            outbox: *rng.choice(&[4 << 20, 64 << 10, 6 << 10]).unwrap(),
            slowness: *rng.choice(&[5, 60, 800]).unwrap(),
            back_at: 0,
        };
        server.open(0);
        server
    }

    /// The board's state, as the HTTP endpoint gives it.
    pub(crate) fn state(&self) -> Option<Vec<u8>> {
        self.room.as_ref().map(Room::state)
    }

    /// The room.
    pub(crate) fn room(&self) -> Option<&Room> {
        self.room.as_ref()
    }

    /// Whether nothing is on its way to the disk.
    pub(crate) fn is_settled(&self) -> bool {
        self.queued.is_empty()
    }

    /// Accepts a connection.
    pub(crate) fn accept(&mut self, now: Millis, rng: &mut Rng) -> Option<PeerId> {
        self.room.as_ref()?;
        self.next_peer += 1;
        let peer = PeerId(self.next_peer);
        self.outboxes.insert(peer, Outbox::new(self.outbox));
        self.step(
            now,
            rng,
            Event::Join {
                peer,
                own: true,
                principal: Principal::operator(),
            },
        );
        Some(peer)
    }

    /// A frame came in.
    pub(crate) fn frame(&mut self, now: Millis, rng: &mut Rng, peer: PeerId, frame: Bytes) {
        if self.outboxes.contains_key(&peer) {
            self.step(now, rng, Event::Frame { peer, frame });
        }
    }

    /// A connection is found closed.
    pub(crate) fn leave(&mut self, now: Millis, rng: &mut Rng, peer: PeerId) {
        if self.outboxes.remove(&peer).is_some() {
            self.step(now, rng, Event::Leave { peer });
        }
    }

    /// Relays what has gathered.
    pub(crate) fn flush(&mut self, now: Millis, rng: &mut Rng) {
        self.step(now, rng, Event::Flush);
    }

    /// What is next in a peer's queue.
    pub(crate) fn take(&mut self, now: Millis, rng: &mut Rng, peer: PeerId) -> Next {
        loop {
            match self.outboxes.get_mut(&peer).map(Outbox::take) {
                Some(Next::Ready) => self.step(now, rng, Event::Ready { peer }),
                Some(close @ Next::Close(..)) => {
                    self.outboxes.remove(&peer);
                    return close;
                }
                Some(next) => return next,
                None => return Next::Nothing,
            }
        }
    }

    /// Lets time pass: the disk, the room's own clock, the survey of who has everything.
    pub(crate) fn pass(&mut self, now: Millis, rng: &mut Rng, troubles: bool) {
        if self.room.is_none() && now >= self.back_at {
            self.open(now);
        }
        while self.queued.front().is_some_and(|queued| queued.due <= now) {
            // Whatever is due goes into one commit, as the writer groups it.
            match if troubles { rng.u32(..400) } else { 400 } {
                0 => return self.break_down(now, rng),
                1..4 => self.fail(now, rng),
                _ => {
                    let batch = self.queued.pop_front().unwrap();
                    let version = batch.rows.last().unwrap().seq;
                    self.commit(batch.rows);
                    self.durable = version;
                    let trouble = None;
                    self.step(now, rng, Event::Stored { version, trouble });
                }
            }
        }
        if self.room.as_ref().is_some_and(|room| room.wake_at() <= now) {
            self.step(now, rng, Event::Tick);
        }
        if rng.u32(..50) == 0 {
            let up_to_date = self.outboxes.iter().filter(|(_, o)| o.is_caught_up());
            for peer in up_to_date.map(|(peer, _)| *peer).collect::<Vec<_>>() {
                self.step(now, rng, Event::CaughtUp { peer });
            }
        }
        if rng.u32(..200) == 0
            && let Some(store) = &self.store
        {
            snapshots::take(store, &self.board).unwrap();
        }
    }

    /// Dies at once: what is not committed is lost.
    pub(crate) fn crash(&mut self, back_at: Millis) {
        self.queued.clear();
        self.room = None;
        self.outboxes.clear();
        self.store = None;
        self.back_at = back_at;
    }

    /// Stops in an orderly way: everything taken in is stored.
    pub(crate) fn stop(&mut self, back_at: Millis) {
        while let Some(batch) = self.queued.pop_front() {
            self.commit(batch.rows);
        }
        self.crash(back_at);
    }

    /// What the store would give back after a crash now.
    pub(crate) fn stored(&self) -> Replica {
        let reopened;
        let store = match &self.store {
            Some(store) => store,
            None => {
                reopened = Sqlite::open(self.directory.path()).unwrap();
                &reopened
            }
        };
        let loaded = store.load(&self.board).unwrap();
        snapshots::backup(loaded)
            .restore()
            .expect("a sound base")
            .replica
    }

    fn open(&mut self, now: Millis) {
        let store = Sqlite::open(self.directory.path()).unwrap();
        let loaded = store.load(&self.board).unwrap();
        assert!(loaded.damage.is_empty());
        let version = loaded.last;
        self.durable = version;
        let backup = snapshots::backup(loaded);
        self.room = Room::new(backup, version, Limits::DEFAULT, now);
        assert!(self.room.is_some(), "the stored board cannot be opened");
        self.store = Some(store);
    }

    /// The disk refuses one batch for a while, and with it those behind it.
    fn fail(&mut self, now: Millis, rng: &mut Rng) {
        let pause = rng.u64(..2_000);
        for batch in &mut self.queued {
            batch.due = batch.due.max(now + pause);
        }
        let trouble = Some("the disk is full".to_owned());
        let version = self.durable;
        self.step(now, rng, Event::Stored { version, trouble });
    }

    /// The disk refuses so much that the room gives up and starts anew.
    fn break_down(&mut self, now: Millis, rng: &mut Rng) {
        self.queued.clear();
        for outbox in self.outboxes.values_mut() {
            outbox.close(
                CloseCode::Unavailable,
                "the board cannot be stored".to_owned(),
            );
        }
        // The outboxes stay until what is in them has been taken: it tells why.
        self.room = None;
        self.store = None;
        self.back_at = now + rng.u64(..500);
    }

    fn commit(&self, rows: Vec<Row>) {
        let (done, answer) = channel();
        self.store.as_ref().unwrap().append(Batch {
            board: self.board.clone(),
            rows,
            urgent: true,
            // Nobody else listens.
            done: Box::new(move |result| drop(done.send(result))),
        });
        answer.recv().unwrap().unwrap();
    }

    fn step(&mut self, now: Millis, rng: &mut Rng, event: Event) {
        let Some(room) = &mut self.room else {
            return;
        };
        let mut rows = Vec::new();
        for effect in room.step(now, event) {
            match effect {
                Effect::Send {
                    to,
                    frame,
                    catch_up,
                } => {
                    if let Some(outbox) = self.outboxes.get_mut(&to) {
                        outbox.send(frame, catch_up);
                    }
                }
                Effect::Relay { frame, to, kind } => {
                    for (peer, outbox) in &mut self.outboxes {
                        if matches!(to, Audience::Only(one) if one != *peer) {
                            continue;
                        }
                        let (Audience::AllBut(but) | Audience::OwnBut(but)) = to else {
                            outbox.relay(frame.clone(), kind);
                            continue;
                        };
                        if *peer != but {
                            outbox.relay(frame.clone(), kind);
                        }
                    }
                }
                Effect::Append {
                    version,
                    author,
                    actor,
                    update,
                } => rows.push(Row {
                    seq: version,
                    author,
                    actor: actor.id(),
                    update,
                }),
                Effect::Close { peer, code, reason } => {
                    if let Some(outbox) = self.outboxes.get_mut(&peer) {
                        outbox.close(code, reason);
                    }
                }
            }
        }
        if !rows.is_empty() {
            let due = now + rng.u64(..=self.slowness);
            let due = self.queued.back().map_or(due, |last| due.max(last.due));
            self.queued.push_back(Queued { due, rows });
        }
    }
}
