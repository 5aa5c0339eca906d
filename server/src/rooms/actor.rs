//! The task of one room: feeds it events, does what it says.
//!
//! Owns the room, its clock and its peers' postboxes. A panic in a step closes the connections and
//! the room; the next to come loads the board again.

mod storing;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use board::id::BoardId;
use board::protocol::CloseCode;
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use self::storing::Answers;
use super::unsettled::Unsettled;
use super::{Mail, Shared};
use crate::metrics::Counted;
use crate::postbox::Postbox;
use crate::room::{Audience, Effect, Event, Kind, Millis, PeerId, Room};
use crate::store::snapshots;
use crate::store::{Row, StoreError};

/// Most messages taken in before what they changed is relayed: bounds latency under load.
const MAX_TURN: usize = 256;
/// How often the room notes who has received everything.
const SURVEY: Duration = Duration::from_secs(5);
/// Bytes on their way to the disk from which on the room takes in no more: a store that stalls
/// must not fill memory. Connections wait, and in the end their clients. From a store that fails
/// they are sent away.
const MAX_UNSETTLED: usize = 16 << 20;
/// Rows that make a snapshot worth it when a room closes.
const SOME_ROWS: usize = 100;

/// Runs a room until nobody needs it.
pub(super) async fn run(
    shared: Arc<Shared>,
    board: BoardId,
    serial: u64,
    mut mail: mpsc::Receiver<Mail>,
) {
    let end = match load(&shared, &board).await {
        Some(opened) => {
            let mut actor = Actor::new(&shared, &board, serial, opened);
            let end = actor.live(&mut mail).await;
            actor.note_queued(0);
            actor.settle().await;
            end
        }
        None => End::Broken(CloseCode::Unavailable),
    };
    if let End::Broken(code) = end {
        if code == CloseCode::Internal {
            shared.metrics.broken_rooms.inc();
        }
        shared.forget(&board, serial, true);
        mail.close();
        while let Some(mail) = mail.recv().await {
            if let Mail::Join { postbox, .. } = mail {
                postbox.close(code, "the board is not available just now".to_owned());
            }
        }
    }
    tracing::debug!(%board, "room closed");
}

/// Why a room ends.
enum End {
    /// Nobody needs it, and it has been forgotten.
    Idle,
    /// It cannot go on.
    Broken(CloseCode),
}

/// A board fresh from the store.
struct Opened {
    room: Room,
    /// Rows and bytes since its last snapshot.
    unfolded: (usize, usize),
}

async fn load(shared: &Arc<Shared>, board: &BoardId) -> Option<Opened> {
    let (opening, name) = (Arc::clone(shared), board.clone());
    // Whatever panics in there leaves this task, and so the way to the next try, whole.
    match tokio::task::spawn_blocking(move || open(&opening, &name)).await {
        Ok(Ok(opened)) => Some(opened),
        Ok(Err(error)) => {
            tracing::error!(%board, %error, "the board cannot be loaded");
            None
        }
        Err(error) => {
            tracing::error!(%board, %error, "loading the board panicked");
            None
        }
    }
}

fn open(shared: &Shared, board: &BoardId) -> Result<Opened, StoreError> {
    let opened = snapshots::open(shared.store.as_ref(), board)?;
    for damage in &opened.damage {
        shared.metrics.quarantined.inc();
        tracing::error!(%board, ?damage, "what is damaged or cannot be loaded is left out");
    }
    let (unfolded, version) = (opened.since, opened.last);
    let now = millis(shared);
    let room = Room::restored(opened.backup, opened.restored, version, shared.limits, now);
    if room.is_damaged() {
        tracing::error!(%board, "the board opens damaged and heals when somebody brings the rest");
    }
    Ok(Opened { room, unfolded })
}

struct Actor<'a> {
    shared: &'a Shared,
    board: &'a BoardId,
    serial: u64,
    room: Room,
    peers: HashMap<PeerId, (Arc<Postbox>, bool)>,
    /// Rows of this turn.
    gathered: Vec<Row>,
    gathered_bytes: usize,
    unsettled: Unsettled,
    /// The store's answers, one for each batch: no more than are unsettled.
    answers: Arc<Answers>,
    /// Rows and bytes since the last snapshot.
    unfolded: (usize, usize),
    surveyed: (Instant, u64),
    /// Since when nobody is here.
    alone: Instant,
    /// When the oldest frame of this turn came.
    oldest: Option<Instant>,
    /// What of the gauge of queued bytes is this room's.
    queued: i64,
    _counted: Counted,
}

impl<'a> Actor<'a> {
    fn new(shared: &'a Shared, board: &'a BoardId, serial: u64, opened: Opened) -> Self {
        let Opened { room, unfolded } = opened;
        let version = room.version();
        Self {
            shared,
            board,
            serial,
            room,
            peers: HashMap::new(),
            gathered: Vec::new(),
            gathered_bytes: 0,
            unsettled: Unsettled::new(version),
            answers: Arc::default(),
            unfolded,
            surveyed: (Instant::now(), version),
            alone: Instant::now(),
            oldest: None,
            queued: 0,
            _counted: Counted::new(&shared.metrics.boards),
        }
    }

    async fn live(&mut self, mail: &mut mpsc::Receiver<Mail>) -> End {
        loop {
            let wake = self.wake_at();
            tokio::select! {
                biased;
                () = self.shared.stop.cancelled() => {
                    return self.close_all(CloseCode::Restart, "the server restarts");
                }
                answer = self.answers.next() => {
                    if let Some(end) = self.hear_store(answer) {
                        return end;
                    }
                }
                first = mail.recv(), if self.store_keeps_up() => {
                    let Some(first) = first else { return End::Idle };
                    if !self.turn(first, mail) {
                        return self.close_all(CloseCode::Internal, "the room broke and reloads");
                    }
                }
                () = sleep_until(wake) => {
                    self.retry();
                    if !self.step(Event::Tick) {
                        return self.close_all(CloseCode::Internal, "the room broke and reloads");
                    }
                    self.survey();
                    if self.may_end() {
                        return End::Idle;
                    }
                }
            }
        }
    }

    /// Takes in what is at hand, then relays it. Whether the room is sound.
    fn turn(&mut self, first: Mail, mail: &mut mpsc::Receiver<Mail>) -> bool {
        let mut sound = self.take(first);
        for _ in 1..MAX_TURN {
            // What a broken room leaves in the mailbox is answered when it ends.
            if !sound || !self.store_keeps_up() {
                break;
            }
            match mail.try_recv() {
                Ok(next) => sound = self.take(next),
                Err(_) => break,
            }
        }
        let sound = sound && self.step(Event::Flush);
        self.append();
        if let Some(oldest) = self.oldest.take() {
            let latency = oldest.elapsed().as_secs_f64();
            self.shared.metrics.relay_latency.observe(latency);
        }
        sound
    }

    fn take(&mut self, mail: Mail) -> bool {
        match mail {
            Mail::Join { peer, own, postbox } => {
                self.peers.insert(peer, (postbox, own));
                self.step(Event::Join { peer, own })
            }
            Mail::Frame {
                peer, frame, at, ..
            } => {
                self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
                self.step(Event::Frame { peer, frame })
            }
            Mail::Leave(peer) => {
                self.peers.remove(&peer);
                self.alone = Instant::now();
                self.step(Event::Leave { peer })
            }
            Mail::Ready(peer) => self.step(Event::Ready { peer }),
            Mail::State(answer) => {
                let state = catch_unwind(AssertUnwindSafe(|| self.room.state()));
                // Whoever asked may have gone.
                state.is_ok_and(|state| {
                    drop(answer.send(state.into()));
                    true
                })
            }
        }
    }

    fn step(&mut self, event: Event) -> bool {
        let now = millis(self.shared);
        let stepped = catch_unwind(AssertUnwindSafe(|| self.room.step(now, event)));
        match stepped {
            Ok(effects) => {
                self.act(effects);
                if self.room.is_lost() {
                    tracing::error!(board = %self.board, "the room cannot be rebuilt");
                }
                !self.room.is_lost()
            }
            Err(_) => {
                tracing::error!(board = %self.board, "the room panicked");
                false
            }
        }
    }

    fn act(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send {
                    to,
                    frame,
                    catch_up,
                } => {
                    if let Some((postbox, _)) = self.peers.get(&to) {
                        postbox.send(frame, catch_up);
                    }
                }
                Effect::Relay {
                    frame,
                    to: Audience::Only(peer),
                    kind,
                } => {
                    if let Some((postbox, _)) = self.peers.get(&peer) {
                        postbox.relay(frame, kind);
                    }
                }
                Effect::Relay { frame, to, kind } => self.relay(&frame, to, kind),
                Effect::Append {
                    version,
                    author,
                    update,
                } => self.gather(Row {
                    seq: version,
                    author,
                    update,
                }),
                Effect::Close { peer, code, reason } => {
                    tracing::info!(board = %self.board, ?peer, ?code, reason, "closing");
                    self.shared.metrics.closed(code);
                    if let Some((postbox, _)) = self.peers.remove(&peer) {
                        postbox.close(code, reason);
                    }
                }
            }
        }
    }

    fn relay(&self, frame: &Bytes, to: Audience, kind: Kind) {
        for (&peer, (postbox, own)) in &self.peers {
            let hears = match to {
                Audience::Everyone => true,
                Audience::AllBut(but) => peer != but,
                Audience::Only(one) => peer == one,
                Audience::OwnBut(but) => *own && peer != but,
            };
            if hears {
                postbox.relay(frame.clone(), kind);
            }
        }
    }

    fn wake_at(&self) -> Instant {
        let due = self.shared.started + Duration::from_millis(self.room.wake_at());
        let survey = self.surveyed.0 + SURVEY;
        let mut wake = due.min(survey);
        wake = self.unsettled.retry_at().map_or(wake, |at| wake.min(at));
        if self.peers.is_empty() {
            wake = wake.min(self.alone + self.shared.idle);
        }
        wake
    }

    /// Notes who has received everything, when there is something new to have received.
    fn survey(&mut self) {
        if self.surveyed.0.elapsed() < SURVEY {
            return;
        }
        let queued = self.peers.values().map(|(postbox, _)| postbox.bytes());
        self.note_queued(i64::try_from(queued.sum::<usize>()).unwrap_or(i64::MAX));
        let version = self.room.version();
        if self.surveyed.1 != version {
            let caught_up = self.peers.iter().filter(|(_, (p, _))| p.is_caught_up());
            for peer in caught_up.map(|(&peer, _)| peer).collect::<Vec<_>>() {
                self.step(Event::CaughtUp { peer });
            }
        }
        self.surveyed = (Instant::now(), version);
    }

    fn note_queued(&mut self, bytes: i64) {
        self.shared.metrics.queued.inc_by(bytes - self.queued);
        self.queued = bytes;
    }

    /// Whether nobody needs the room any more; it is forgotten then.
    fn may_end(&mut self) -> bool {
        let unneeded = self.peers.is_empty()
            && self.alone.elapsed() >= self.shared.idle
            && self.unsettled.is_empty();
        if !unneeded || !self.shared.forget(self.board, self.serial, false) {
            if self.peers.is_empty() && self.alone.elapsed() >= self.shared.idle {
                // Somebody is about to come, or the disk is slow: look again later.
                self.alone = Instant::now();
            }
            return false;
        }
        if self.unfolded.0 >= SOME_ROWS {
            self.fold();
        }
        true
    }

    fn close_all(&mut self, code: CloseCode, reason: &str) -> End {
        for (_, (postbox, _)) in self.peers.drain() {
            postbox.close(code, reason.to_owned());
        }
        End::Broken(code)
    }
}

fn millis(shared: &Shared) -> Millis {
    Millis::try_from(shared.started.elapsed().as_millis()).unwrap_or(Millis::MAX)
}
