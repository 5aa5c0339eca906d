//! Rooms over a store that fails: what is not on disk yet, and who is told.

use super::*;
use crate::store::Row;

const MIB: usize = 1 << 20;

/// Someone on a board.
struct Guest {
    lease: Lease,
    peer: PeerId,
    postbox: Arc<Postbox>,
}

impl Guest {
    async fn comes(rooms: &Rooms, name: &str) -> Self {
        let lease = rooms.lease(&board(name)).unwrap();
        let (peer, postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
        Self {
            lease,
            peer,
            postbox,
        }
    }

    async fn sends(&self, update: &[u8]) {
        let frame = Message::Update(update).encode();
        let sent = self.lease.frame(self.peer, frame.into(), None);
        sent.await.unwrap();
    }

    /// How it is closed.
    async fn end(&self) -> (CloseCode, String) {
        let told = async {
            loop {
                match self.postbox.errand() {
                    Errand::Close(code, reason) => return (code, reason),
                    Errand::Write => drop(taken(&self.postbox)),
                    _ => self.postbox.filled().await,
                }
            }
        };
        // Time is paused: this passes as soon as everybody waits.
        let hour = tokio::time::timeout(Duration::from_secs(3600), told);
        hour.await.unwrap()
    }

    async fn leaves(self) {
        self.lease.leave(self.peer).await;
    }
}

/// Something small.
const UPDATE: [u8; 11] = [1, 1, 7, 0, 4, 1, 1, b't', 1, b'x', 0];

fn full() -> Result<(), StoreError> {
    Err(StoreError::Failed("the disk is full".to_owned()))
}

/// Waits until the store has been given something; answers it all, and says what it was.
async fn answered(store: &Counting, result: &Result<(), StoreError>) -> Vec<Row> {
    let batches = loop {
        let batches = std::mem::take(&mut *store.stalled.as_ref().unwrap().lock().unwrap());
        if !batches.is_empty() {
            break batches;
        }
        tokio::time::advance(Duration::from_millis(100)).await;
        tokio::task::yield_now().await;
    };
    let mut rows = Vec::new();
    for batch in batches {
        rows.extend(batch.rows);
        (batch.done)(result.clone());
    }
    rows
}

fn stalling() -> Arc<Counting> {
    Arc::new(Counting {
        stalled: Some(Mutex::default()),
        ..Counting::default()
    })
}

/// Long enough for whatever a room does by the clock.
async fn minutes_pass() {
    for _ in 0..300 {
        tokio::time::advance(Duration::from_secs(1)).await;
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_board_that_another_server_writes_to_is_loaded_again_and_nothing_tried_again() {
    let store = stalling();
    let rooms = rooms(&store);
    let ann = Guest::comes(&rooms, "b").await;
    ann.sends(&UPDATE).await;
    let conflict = Err(StoreError::Conflict(board("b")));
    assert_eq!(answered(&store, &conflict).await.len(), 1);
    assert_eq!(ann.end().await.0, CloseCode::Unavailable);
    minutes_pass().await;
    assert!(rooms.shared.open().is_empty(), "the next one loads it");
    let ben = Guest::comes(&rooms, "b").await;
    assert_eq!(
        ben.lease.state().await.unwrap().update[..],
        [0, 0],
        "as it is on disk"
    );
    assert_eq!(store.loads.load(Ordering::SeqCst), 2);
    minutes_pass().await;
    assert_eq!(store.held(), 0, "what failed is not tried again");
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_board_that_is_not_stored_stays_when_all_have_left_until_it_is() {
    let store = stalling();
    let rooms = rooms(&store);
    let ann = Guest::comes(&rooms, "b").await;
    ann.sends(&UPDATE).await;
    let rows = answered(&store, &full()).await;
    ann.leaves().await;
    for _ in 0..5 {
        minutes_pass().await;
        assert_eq!(rooms.shared.open().len(), 1, "it is nowhere else");
        assert_eq!(answered(&store, &full()).await, rows, "tried again");
    }
    let state = rooms.lease(&board("b")).unwrap().state().await.unwrap();
    assert_eq!(state.update[..], UPDATE);
    assert_eq!(store.loads.load(Ordering::SeqCst), 1);
    assert_eq!(answered(&store, &Ok(())).await, rows);
    minutes_pass().await;
    assert!(rooms.shared.open().is_empty(), "nobody needs it any more");
    assert_eq!(store.held(), 0, "nothing is stored twice");
    rooms.close().await;
}

#[tokio::test(start_paused = true)]
async fn people_are_sent_away_when_too_much_could_not_be_stored() {
    use yrs::{Doc, Text, Transact, WriteTxn};
    let store = Arc::new(Counting {
        full: true,
        ..Counting::default()
    });
    let rooms = rooms(&store);
    let ann = Guest::comes(&rooms, "b").await;
    let doc = Doc::with_client_id(7);
    let update = || {
        let mut txn = doc.transact_mut();
        let text = txn.get_or_insert_text("t");
        text.push(&mut txn, &"x".repeat(MIB));
        txn.encode_update_v1()
    };
    for _ in 0..15 {
        ann.sends(&update()).await;
    }
    minutes_pass().await;
    assert!(ann.lease.state().await.is_ok(), "so much is kept");
    ann.sends(&update()).await;
    let (code, reason) = ann.end().await;
    assert_eq!(code, CloseCode::Unavailable);
    assert_eq!(reason, "the board cannot be stored: the disk is full");
    while ann.lease.state().await.is_ok() {}
    assert_eq!(rooms.unsaved().as_deref(), Some("the disk is full"));
    let again = rooms.lease(&board("b")).unwrap();
    let state = again.state().await.unwrap();
    assert_eq!(state.update[..], [0, 0], "as it is on disk");
    assert!(rooms.unsaved().is_some(), "they are about to come back");
    minutes_pass().await;
    assert_eq!(rooms.unsaved(), None, "nobody waits for it any more");
    rooms.close().await;
}

#[tokio::test]
async fn a_snapshot_is_asked_for_when_there_is_something_to_put_into_it() {
    let store = stalling();
    let rooms = rooms(&store);
    let ann = Guest::comes(&rooms, "b").await;
    for frame in long_texts(MIB).take(2) {
        ann.lease.frame(ann.peer, frame, None).await.unwrap();
    }
    assert!(ann.lease.state().await.unwrap().update.len() > MIB);
    for _ in 0..10_000 {
        tokio::task::yield_now().await;
    }
    let loads = || store.loads.load(Ordering::SeqCst);
    assert_eq!(loads(), 1, "nothing is stored yet");
    store.answer();
    while loads() < 2 {
        store.answer();
        tokio::task::yield_now().await;
    }
    rooms.close().await;
}
