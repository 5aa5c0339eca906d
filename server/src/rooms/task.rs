//! The task of one room: feeds it events, does what it says.
//!
//! Owns the room and its clock. A panic in a step closes the connections and
//! the room; the next to come loads the board again.

mod peers;
mod storing;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use board::id::BoardId;
use board::protocol::CloseCode;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use self::peers::Peers;
use self::storing::Answers;
use super::unsettled::Unsettled;
use super::{Mail, Shared, State};
use crate::metrics::Counted;
use crate::room::{Effect, Event, Millis, Room};
use crate::store::snapshots;
use crate::store::{Row, StoreError};

/// Most messages taken in before what they changed is relayed: bounds latency under load.
const MAX_TURN: usize = 256;
/// From so many bytes on a frame may keep a thread busy for milliseconds: other tasks leave it.
const HEAVY: usize = 64 << 10;
/// How long a turn may take before other tasks leave the thread during the next: few bytes may cost
/// much as well, on a board made for it.
pub(super) const LONG: Duration = Duration::from_millis(10);
/// How often the room notes who has received everything.
const SURVEY: Duration = Duration::from_secs(5);
/// Bytes on their way to the disk from which on the room takes in no more: a store that stalls
/// must not fill memory. Connections wait, and in the end their clients. From a store that fails
/// they are sent away.
const MAX_UNSETTLED: usize = 16 << 20;
/// How long a room stays in memory that was only read over HTTP: its reader may be about to come.
const PASSING: Duration = Duration::from_secs(5);
/// Rows that make a snapshot worth it when a room closes.
const SOME_ROWS: usize = 100;

/// Runs a room until nobody needs it.
pub(super) async fn run(
    shared: Arc<Shared>,
    board: BoardId,
    serial: u64,
    mut mail: mpsc::Receiver<Mail>,
    end: CancellationToken,
) {
    let leaving = Leaving {
        shared: &shared,
        board: &board,
        serial,
    };
    let opened = tokio::select! {
        biased;
        () = end.cancelled() => Err(shared.why_ended()),
        opened = load(&shared, &board) => opened.ok_or(CloseCode::Unavailable),
    };
    let end = match opened {
        Ok(opened) => {
            let mut task = Task::new(&shared, &board, serial, opened);
            let end = task.live(&mut mail, &end).await;
            if let End::Broken(code) = end {
                // A store that stalls may keep the room for long, and nobody is to wait for it.
                dismiss(&mut mail, code).await;
            }
            task.settle().await;
            end
        }
        Err(code) => {
            dismiss(&mut mail, code).await;
            End::Broken(code)
        }
    };
    if let End::Broken(code) = end {
        if code == CloseCode::Internal {
            shared.metrics.broken_rooms.inc();
        }
        shared.forget(&board, serial, true);
    }
    drop(leaving);
    tracing::debug!(%board, "room closed");
}

/// Tells those who are about to come that the room takes nobody any more.
async fn dismiss(mail: &mut mpsc::Receiver<Mail>, code: CloseCode) {
    mail.close();
    while let Some(mail) = mail.recv().await {
        if let Mail::Join { postbox, .. } = mail {
            postbox.close(code, reason(code).to_owned());
        }
    }
}

/// What is said to those who are sent away.
fn reason(code: CloseCode) -> &'static str {
    match code {
        CloseCode::Restart => "the server restarts",
        CloseCode::Deleted => "the board was deleted",
        _ => "the board is not available just now",
    }
}

/// Forgets a room whose task ends, in whatever way: a board must never be without a way to it.
struct Leaving<'a> {
    shared: &'a Shared,
    board: &'a BoardId,
    serial: u64,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.shared.unsaved.left(Instant::now(), self.board);
        self.shared.forget(self.board, self.serial, true);
        if std::thread::panicking() {
            self.shared.metrics.broken_rooms.inc();
            tracing::error!(board = %self.board, "the room's task panicked");
        }
    }
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
    shared.unread.asked(Instant::now(), board);
    // Whatever panics in there leaves this task, and so the way to the next try, whole.
    let opened = tokio::task::spawn_blocking(move || open(&opening, &name)).await;
    match &opened {
        // What is damaged stays so: nobody waits for it, and other boards can be read.
        Ok(Ok(_) | Err(StoreError::Damaged(_))) | Err(_) => shared.unread.met(board),
        Ok(Err(error)) => {
            shared.unread.failed(board, error.reason());
            shared.unread.left(Instant::now(), board);
        }
    }
    match opened {
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
    if !opened.damage.is_empty() && opened.restored.replica.is_empty() {
        let what = "all that could be had of the board is damaged or builds on what is";
        return Err(StoreError::Damaged(what.to_owned()));
    }
    let (unfolded, version) = (opened.since, opened.last);
    let now = shared.now();
    let mut room = Room::restored(opened.backup, opened.restored, version, shared.limits, now);
    room.count_private(&shared.private);
    if room.is_damaged() {
        tracing::error!(%board, "the board opens damaged and heals when somebody brings the rest");
    }
    Ok(Opened { room, unfolded })
}

struct Task<'a> {
    shared: &'a Shared,
    board: &'a BoardId,
    serial: u64,
    room: Room,
    peers: Peers,
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
    /// How long it then stays in memory.
    idle: Duration,
    /// People have been told that something is not saved.
    late: bool,
    /// The last turn took [`LONG`].
    long: bool,
    /// When the oldest frame of this turn came.
    oldest: Option<Instant>,
    /// What of the gauge of queued bytes is this room's.
    queued: i64,
    _counted: Counted,
}

impl<'a> Task<'a> {
    fn new(shared: &'a Shared, board: &'a BoardId, serial: u64, opened: Opened) -> Self {
        let Opened { room, unfolded } = opened;
        let version = room.version();
        Self {
            shared,
            board,
            serial,
            room,
            peers: Peers::default(),
            gathered: Vec::new(),
            gathered_bytes: 0,
            unsettled: Unsettled::new(version),
            answers: Arc::default(),
            unfolded,
            surveyed: (Instant::now(), version),
            alone: Instant::now(),
            idle: PASSING.min(shared.idle),
            late: false,
            long: false,
            oldest: None,
            queued: 0,
            _counted: Counted::new(&shared.metrics.boards),
        }
    }

    async fn live(&mut self, mail: &mut mpsc::Receiver<Mail>, end: &CancellationToken) -> End {
        loop {
            let wake = self.wake_at();
            tokio::select! {
                biased;
                () = end.cancelled() => {
                    let code = self.shared.why_ended();
                    return self.close_all(code, reason(code));
                }
                answer = self.answers.next() => {
                    if let Some(end) = self.hear_store(answer) {
                        return end;
                    }
                }
                first = mail.recv(), if self.store_keeps_up() => {
                    let Some(first) = first else { return End::Idle };
                    let long = self.long;
                    if !elsewhere(long, || self.turn(first, mail)) {
                        return self.close_all(CloseCode::Internal, "the room broke and reloads");
                    }
                }
                () = sleep_until(wake) => {}
            }
            // Also when there is always more mail.
            if self.wake_at() <= Instant::now() {
                if !self.on_time() {
                    return self.close_all(CloseCode::Internal, "the room broke and reloads");
                }
                if self.may_end() {
                    return End::Idle;
                }
            }
            self.deliver().await;
        }
    }

    /// Does what is due. Whether the room is sound.
    fn on_time(&mut self) -> bool {
        self.retry();
        let late = self.unsettled.late_at();
        let newly_late = !self.late && late.is_some_and(|at| at <= Instant::now());
        let sound = (!newly_late || self.tell_how_far()) && self.step(Event::Tick);
        if sound {
            self.survey();
        }
        sound
    }

    /// Takes in what is at hand, then relays it. Whether the room is sound.
    fn turn(&mut self, first: Mail, mail: &mut mpsc::Receiver<Mail>) -> bool {
        let began = Instant::now();
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
        self.shared.metrics.unshown(self.room.take_unshown());
        self.long = began.elapsed() >= LONG;
        sound
    }

    /// Has everybody sent what this turn is to tell them. The room takes in nothing meanwhile.
    async fn deliver(&mut self) {
        let sent = self.peers.deliver().await;
        self.shared.metrics.sent(sent);
        if let Some(oldest) = self.oldest.take() {
            let latency = oldest.elapsed().as_secs_f64();
            self.shared.metrics.relay_latency.observe(latency);
        }
    }

    fn take(&mut self, mail: Mail) -> bool {
        match mail {
            Mail::Join {
                peer,
                own,
                principal,
                address,
                postbox,
            } => {
                self.idle = self.shared.idle;
                self.peers.insert(peer, own, address, postbox);
                self.step(Event::Join {
                    peer,
                    own,
                    principal,
                })
            }
            Mail::Frame {
                peer, frame, at, ..
            } => {
                self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
                let heavy = frame.len() >= HEAVY;
                elsewhere(heavy, || self.step(Event::Frame { peer, frame }))
            }
            Mail::Leave(peer) => {
                self.peers.remove(peer);
                self.alone = Instant::now();
                self.step(Event::Leave { peer })
            }
            Mail::Ready(peer) => self.step(Event::Ready { peer }),
            #[cfg(test)]
            Mail::Break(super::Break::ForGood) => {
                self.room.break_for_good();
                true
            }
            #[cfg(test)]
            Mail::Break(how) => {
                let breaks = || std::panic::resume_unwind(Box::new("as a test wants it"));
                if how == super::Break::Unguarded {
                    breaks();
                }
                self.guarded(|_, _| breaks())
            }
            Mail::MakeWay => {
                self.idle = Duration::ZERO;
                true
            }
            Mail::State(answer) => {
                let state = catch_unwind(AssertUnwindSafe(|| State {
                    update: self.room.shared_state(),
                    absent: self.room.is_absent(),
                }));
                // Whoever asked may have gone.
                state.is_ok_and(|state| {
                    drop(answer.send(state));
                    true
                })
            }
        }
    }

    fn step(&mut self, event: Event) -> bool {
        self.guarded(|room, now| room.step(now, event))
    }

    /// Has the room do something, and does what it says. Whether the room is sound.
    fn guarded(&mut self, act: impl FnOnce(&mut Room, Millis) -> Vec<Effect>) -> bool {
        let now = self.shared.now();
        let stepped = catch_unwind(AssertUnwindSafe(|| act(&mut self.room, now)));
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
                } => self.peers.send(to, frame, catch_up),
                Effect::Relay { frame, to, kind } => self.peers.relay(&frame, to, kind),
                Effect::Append {
                    version,
                    author,
                    actor,
                    update,
                } => self.gather(Row {
                    seq: version,
                    author,
                    actor: actor.id(),
                    update,
                }),
                Effect::Close { peer, code, reason } => {
                    let address = self.peers.address(peer).map(tracing::field::display);
                    tracing::info!(board = %self.board, ?peer, address, ?code, reason, "closing");
                    self.peers.close(peer, code, reason);
                }
            }
        }
    }

    fn wake_at(&self) -> Instant {
        let due = self.shared.started + Duration::from_millis(self.room.wake_at());
        let survey = self.surveyed.0 + SURVEY;
        let mut wake = due.min(survey);
        wake = self.unsettled.retry_at().map_or(wake, |at| wake.min(at));
        let late = self.unsettled.late_at().filter(|_| !self.late);
        wake = late.map_or(wake, |at| wake.min(at));
        if self.peers.is_empty() {
            wake = wake.min(self.alone + self.idle);
        }
        wake
    }

    /// Notes who has received everything, when there is something new to have received.
    fn survey(&mut self) {
        if self.surveyed.0.elapsed() < SURVEY {
            return;
        }
        let queued = self.peers.queued() + self.room.private_bytes();
        self.note_queued(i64::try_from(queued).unwrap_or(i64::MAX));
        let version = self.room.version();
        if self.surveyed.1 != version {
            for peer in self.peers.caught_up() {
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
        if !self.peers.is_empty() || self.alone.elapsed() < self.idle {
            return false;
        }
        if !self.unsettled.is_empty() || !self.shared.forget(self.board, self.serial, false) {
            // Somebody is about to come, or the disk is slow: look again later.
            self.alone = Instant::now();
            self.idle = self.idle.max(PASSING.min(self.shared.idle));
            return false;
        }
        if self.unfolded.0 >= SOME_ROWS {
            self.fold();
        }
        true
    }

    fn close_all(&mut self, code: CloseCode, reason: &str) -> End {
        self.peers.close_all(code, reason);
        self.note_queued(0);
        End::Broken(code)
    }
}

impl Drop for Task<'_> {
    /// Whoever is still here when the task panics is not to wait for a room that is gone.
    fn drop(&mut self) {
        self.close_all(CloseCode::Internal, "the room broke and reloads");
    }
}

/// Does something, and if it is heavy lets other tasks go on elsewhere meanwhile.
fn elsewhere<T>(heavy: bool, work: impl FnOnce() -> T) -> T {
    let threads = Handle::try_current()
        .is_ok_and(|runtime| matches!(runtime.runtime_flavor(), RuntimeFlavor::MultiThread));
    if heavy && threads {
        tokio::task::block_in_place(work)
    } else {
        work()
    }
}
