//! Rooms open once, and leave memory.

use super::*;
use crate::store::{Batch, Loaded, Snapshot, StoreError};
use std::sync::atomic::AtomicUsize;

/// Counts loads; keeps nothing.
#[derive(Default)]
struct Counting {
    loads: AtomicUsize,
    fails: bool,
}

impl Store for Counting {
    fn append(&self, batch: Batch) {
        (batch.done)(Ok(()));
    }

    fn load(&self, _: &BoardId) -> Result<Loaded, StoreError> {
        self.loads.fetch_add(1, Ordering::SeqCst);
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

    fn close(&self) {}
}

fn rooms(store: &Arc<Counting>) -> Rooms {
    let store: Arc<dyn Store> = Arc::clone(store) as _;
    Rooms::new(store, Limits { board: 1 << 20 }).unwrap()
}

fn board(name: &str) -> BoardId {
    BoardId::parse(name).unwrap()
}

#[tokio::test]
async fn a_board_is_loaded_once_however_many_come_at_once() {
    let store = Arc::new(Counting::default());
    let rooms = rooms(&store);
    let arrivals = (0..50).map(|_| {
        let rooms = rooms.clone();
        tokio::spawn(async move { rooms.lease(&board("b")).state().await.unwrap() })
    });
    for arrival in arrivals.collect::<Vec<_>>() {
        assert_eq!(arrival.await.unwrap()[..], [0, 0], "an empty board");
    }
    assert_eq!(store.loads.load(Ordering::SeqCst), 1);
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_room_leaves_memory_but_not_while_somebody_holds_it() {
    let store = Arc::new(Counting::default());
    let mut rooms = rooms(&store);
    Arc::get_mut(&mut rooms.shared).unwrap().idle = Duration::ZERO;
    let lease = rooms.lease(&board("b"));
    lease.state().await.unwrap();
    assert_eq!(rooms.shared.open().len(), 1);
    drop(lease);
    // Time is paused: this passes as soon as the room's own timers have run.
    while !rooms.shared.open().is_empty() {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    rooms.lease(&board("b")).state().await.unwrap();
    assert_eq!(store.loads.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_board_that_cannot_be_read_is_unavailable_and_never_empty() {
    let store = Arc::new(Counting {
        fails: true,
        ..Counting::default()
    });
    let rooms = rooms(&store);
    let lease = rooms.lease(&board("b"));
    assert_eq!(lease.state().await, Err(Unavailable));
    drop(lease);
    assert_eq!(rooms.lease(&board("b")).state().await, Err(Unavailable));
    assert!(store.loads.load(Ordering::SeqCst) >= 2, "each tries again");
    rooms.close().await;
}
