//! Rooms open once, and leave memory.

mod heavy;
mod storing;

use board::protocol::{CloseCode, Message, decode_from_server};

use super::*;
use crate::postbox::Errand;
use crate::postbox::tests::taken;
use crate::principal::Principal;
use crate::store::{Batch, Loaded, Snapshot, StoreError};
use std::sync::atomic::{AtomicBool, AtomicUsize};

/// Counts loads; keeps nothing, and may fail or stall.
#[derive(Default)]
struct Counting {
    loads: AtomicUsize,
    fails: bool,
    /// The next load panics.
    panics: AtomicBool,
    /// It takes nothing.
    full: bool,
    /// It stalls: batches stay here.
    stalled: Option<Mutex<Vec<Batch>>>,
}

impl Counting {
    /// One that answers only when it is told to.
    fn stalled() -> Self {
        Self {
            stalled: Some(Mutex::default()),
            ..Self::default()
        }
    }

    /// Answers all that it was given meanwhile.
    fn answer(&self) {
        for batch in self.stalled.as_ref().unwrap().lock().unwrap().drain(..) {
            (batch.done)(Ok(()));
        }
    }

    /// Bytes that it has been given and has not answered.
    fn held(&self) -> usize {
        let batches = self.stalled.as_ref().unwrap().lock().unwrap();
        let rows = batches.iter().flat_map(|batch| &batch.rows);
        rows.map(|row| row.update.len()).sum()
    }
}

impl Store for Counting {
    fn append(&self, batch: Batch) {
        match &self.stalled {
            Some(batches) => batches.lock().unwrap().push(batch),
            None if self.full => {
                let why = "the disk is full".to_owned();
                (batch.done)(Err(StoreError::Failed(why)));
            }
            None => (batch.done)(Ok(())),
        }
    }

    fn give_up(&self, _: &BoardId) {}

    fn hurry(&self) {}

    fn load_below(&self, _: &BoardId, _: u64) -> Result<Loaded, StoreError> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        if self.panics.swap(false, Ordering::SeqCst) {
            std::panic::resume_unwind(Box::new("as a test wants it"));
        }
        if self.fails {
            return Err(StoreError::Failed("bad sector".to_owned()));
        }
        Ok(Loaded::default())
    }

    fn publish(&self, _: &BoardId, _: &Snapshot) -> Result<(), StoreError> {
        Ok(())
    }

    fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn probe(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn close(&self) {}
}

/// How long a test waits for what must happen; where time is paused, until everybody waits.
const PATIENCE: Duration = Duration::from_secs(20);

const MIB: usize = 1 << 20;

/// Somebody types on and on, so many bytes at a time.
pub(crate) fn long_texts(bytes: usize) -> impl Iterator<Item = Bytes> {
    use yrs::{Doc, Text, Transact, WriteTxn};
    let doc = Doc::with_client_id(7);
    std::iter::repeat_with(move || {
        let mut txn = doc.transact_mut();
        let text = txn.get_or_insert_text("t");
        text.push(&mut txn, &"x".repeat(bytes));
        Message::Update(&txn.encode_update_v1()).encode().into()
    })
}

/// Rooms over a store that keeps nothing.
pub(crate) fn rooms_over_nothing() -> Rooms {
    rooms(&Arc::<Counting>::default())
}

/// Over a store that never answers.
pub(crate) fn rooms_over_silence() -> Rooms {
    rooms(&Arc::new(Counting::stalled()))
}

fn rooms<S: Store>(store: &Arc<S>) -> Rooms {
    let store: Arc<dyn Store> = Arc::clone(store) as _;
    let idle = Duration::from_secs(30);
    Rooms::new(store, Arc::new(Metrics::new()), Limits::DEFAULT, 2, idle).unwrap()
}

pub(crate) fn board(name: &str) -> BoardId {
    BoardId::parse(name).unwrap()
}

#[tokio::test]
async fn a_board_is_loaded_once_however_many_come_at_once() {
    let store = Arc::new(Counting::default());
    let rooms = rooms(&store);
    let arrivals = (0..50).map(|_| {
        let rooms = rooms.clone();
        tokio::spawn(async move { rooms.lease(&board("b")).unwrap().state().await.unwrap() })
    });
    for arrival in arrivals.collect::<Vec<_>>() {
        assert_eq!(arrival.await.unwrap().update[..], [0, 0], "an empty board");
    }
    assert_eq!(store.loads.load(Ordering::SeqCst), 1);
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_room_leaves_memory_but_not_while_somebody_holds_it() {
    let store = Arc::new(Counting::default());
    let mut rooms = rooms(&store);
    Arc::get_mut(&mut rooms.shared).unwrap().idle = Duration::ZERO;
    let lease = rooms.lease(&board("b")).unwrap();
    lease.state().await.unwrap();
    assert_eq!(rooms.shared.open().len(), 1);
    drop(lease);
    // Time is paused: this passes as soon as the room's own timers have run.
    while !rooms.shared.open().is_empty() {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    rooms.lease(&board("b")).unwrap().state().await.unwrap();
    assert_eq!(store.loads.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_board_that_cannot_be_read_is_unavailable_and_never_empty() {
    let store = Arc::new(Counting {
        fails: true,
        ..Counting::default()
    });
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    assert_eq!(lease.state().await, Err(Unavailable));
    drop(lease);
    assert_eq!(
        rooms.lease(&board("b")).unwrap().state().await,
        Err(Unavailable)
    );
    assert!(store.loads.load(Ordering::SeqCst) >= 2, "each tries again");
    rooms.close().await;
}

#[tokio::test]
async fn one_board_too_many_is_refused_until_another_closes() {
    let store = Arc::new(Counting::default());
    let rooms = rooms(&store);
    let first = rooms.lease(&board("1")).unwrap();
    let _second = rooms.lease(&board("2")).unwrap();
    assert_eq!(rooms.lease(&board("3")).err(), Some(Closed::Full));
    assert!(rooms.lease(&board("2")).is_ok(), "open already");
    drop(first);
    rooms.close().await;
}

#[tokio::test]
async fn a_store_that_stalls_holds_the_room_up_and_loses_nothing() {
    const UPDATES: usize = 24;
    let store = Arc::new(Counting::stalled());
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    let (peer, _postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    for frame in long_texts(MIB).take(UPDATES) {
        lease.frame(peer, frame, None).await.unwrap();
    }
    // The mailbox takes them all; the room stops before it has, however long it is given.
    for _ in 0..10_000 {
        tokio::task::yield_now().await;
    }
    assert!(store.held() < 18 * MIB, "{} bytes", store.held());
    let mut settled = 0;
    while settled < UPDATES * MIB {
        settled += store.held();
        store.answer();
        tokio::task::yield_now().await;
    }
    rooms.close().await;
}

#[tokio::test]
async fn whoever_comes_while_the_store_stalls_hears_that_the_server_stops() {
    let store = Arc::new(Counting::stalled());
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    let (peer, _postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    for frame in long_texts(MIB).take(17) {
        lease.frame(peer, frame, None).await.unwrap();
    }
    while store.held() < 16 * MIB {
        tokio::task::yield_now().await;
    }
    let (_, late) = lease.join(true, Principal::operator(), None).await.unwrap();
    let closing = tokio::spawn({
        let rooms = rooms.clone();
        async move { rooms.close().await }
    });
    let told = tokio::time::timeout(PATIENCE, late.filled()).await;
    told.expect("it need not wait for the store");
    assert!(matches!(
        late.errand(),
        Errand::Close(CloseCode::Restart, _)
    ));
    while !closing.is_finished() {
        store.answer();
        tokio::task::yield_now().await;
    }
    closing.await.unwrap();
}

/// How a connection ends.
async fn end(postbox: &Postbox) -> CloseCode {
    loop {
        postbox.filled().await;
        if let Errand::Close(code, _) = postbox.errand() {
            return code;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_panics_tells_its_people_and_is_loaded_again() {
    for how in [Break::Guarded, Break::Unguarded] {
        let store = Arc::new(Counting::default());
        let rooms = rooms(&store);
        let lease = rooms.lease(&board("b")).unwrap();
        let (_, postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
        let other = rooms.lease(&board("other")).unwrap();
        let (ben, bens) = other.join(true, Principal::operator(), None).await.unwrap();
        other.state().await.unwrap();
        lease.place().await.unwrap().send(Mail::Break(how));
        assert_eq!(end(&postbox).await, CloseCode::Internal, "{how:?}");
        assert_eq!(rooms.shared.metrics.broken_rooms.get(), 1);
        // Who is on another board notices nothing.
        while taken(&bens).is_some() {}
        let fence = Message::Fence(&[1]).encode();
        other.frame(ben, fence.into(), None).await.unwrap();
        other.state().await.unwrap();
        let fence = taken(&bens).unwrap();
        assert_eq!(
            decode_from_server(&fence),
            Ok(Some(Message::Fence(&[1]))),
            "{how:?}"
        );
        // The old lease leads nowhere, a new one to the board.
        while lease.state().await.is_ok() {}
        let again = rooms.lease(&board("b")).unwrap();
        assert!(again.state().await.is_ok(), "{how:?}");
        assert_eq!(store.loads.load(Ordering::SeqCst), 3);
        drop((lease, again, other));
        rooms.close().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_cannot_be_rebuilt_tells_its_people_and_is_loaded_again() {
    let store = Arc::new(Counting::default());
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    let (ann, hers) = lease.join(true, Principal::operator(), None).await.unwrap();
    let (_, his) = lease.join(true, Principal::operator(), None).await.unwrap();
    lease
        .place()
        .await
        .unwrap()
        .send(Mail::Break(Break::ForGood));
    let update = [1, 1, 7, 0, 4, 1, 1, b't', 1, b'x', 0];
    let frame = Message::Update(&update).encode();
    lease.frame(ann, frame.into(), None).await.unwrap();
    assert_eq!(end(&hers).await, CloseCode::Poison, "she sent it");
    // In the same turn, or never.
    let errand = his.errand();
    assert!(matches!(errand, Errand::Close(CloseCode::Internal, _)));
    assert_eq!(rooms.shared.metrics.broken_rooms.get(), 1);
    while lease.state().await.is_ok() {}
    let again = rooms.lease(&board("b")).unwrap();
    assert!(again.state().await.is_ok());
    assert_eq!(store.loads.load(Ordering::SeqCst), 2);
    drop((lease, again));
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_load_that_panics_sends_people_away_and_the_next_one_loads() {
    let store = Arc::new(Counting::default());
    store.panics.store(true, Ordering::SeqCst);
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    let (_, postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    tokio::time::timeout(PATIENCE, postbox.filled())
        .await
        .unwrap();
    let Errand::Close(code, _) = postbox.errand() else {
        panic!("they are not told");
    };
    assert_eq!(code, CloseCode::Unavailable);
    assert_eq!(lease.state().await, Err(Unavailable));
    let again = rooms.lease(&board("b")).unwrap();
    assert!(again.state().await.is_ok());
    assert_eq!(store.loads.load(Ordering::SeqCst), 2);
    drop((lease, again));
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn people_are_told_when_the_store_says_nothing_for_a_while() {
    let store = Arc::new(Counting::stalled());
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b")).unwrap();
    let (peer, postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    let update = [1, 1, 7, 0, 4, 1, 1, b't', 1, b'x', 0];
    let frame = Message::Update(&update).encode();
    lease.frame(peer, frame.into(), None).await.unwrap();
    let reason = async || loop {
        while let Some(frame) = taken(&postbox) {
            if let Ok(Some(Message::NotSaved(reason))) = decode_from_server(&frame) {
                return reason.to_owned();
            }
        }
        assert_eq!(postbox.errand(), Errand::Nothing);
        postbox.filled().await;
    };
    assert!(reason().await.contains("has not answered"));
    store.answer();
    assert_eq!(reason().await, "", "all is saved");
    rooms.close().await;
}
