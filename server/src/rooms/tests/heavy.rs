//! Work that takes long leaves the thread to others.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// A frame whose room lets go of it only when a test says so.
struct Held {
    bytes: Vec<u8>,
    begun: Sender<()>,
    hold: Hold,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Whoever is not waited for any more has gone.
        let _unheard = self.begun.send(());
        self.hold.wait();
    }
}

/// Until a test lets go, or gives up.
struct Hold {
    go: Receiver<()>,
    gone: Sender<bool>,
}

impl Hold {
    fn wait(&self) {
        let _unheard = self.gone.send(self.go.recv_timeout(PATIENCE).is_ok());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn boards_go_on_while_another_takes_in_a_large_frame() {
    let rooms = rooms_over_nothing();
    let lease = rooms.lease(&board("b")).unwrap();
    let other = rooms.lease(&board("other")).unwrap();
    let (peer, _postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    other.state().await.unwrap();
    let (begun, begins) = channel();
    let (let_go, go) = channel();
    let (gone, goes) = channel();
    // Of a type that the room does not know, and so lets go of at once.
    let frame = Bytes::from_owner(Held {
        bytes: vec![127; 64 << 10],
        begun,
        hold: Hold { go, gone },
    });
    lease.frame(peer, frame, None).await.unwrap();
    begins.recv_timeout(PATIENCE).unwrap();
    other.state().await.unwrap();
    // The room may have waited in vain.
    let _unheard = let_go.send(());
    assert_eq!(goes.recv(), Ok(true), "the other board had to wait");
    rooms.close().await;
}

/// Its first batch takes as long as a turn that is long, the second until a test lets go.
struct Slow {
    appends: AtomicUsize,
    begun: Mutex<Sender<()>>,
    hold: Mutex<Hold>,
}

impl Store for Slow {
    fn append(&self, batch: Batch) {
        self.begun.lock().unwrap().send(()).unwrap();
        if self.appends.fetch_add(1, Ordering::SeqCst) == 0 {
            let began = Instant::now();
            while began.elapsed() < task::LONG {
                std::hint::spin_loop();
            }
        } else {
            self.hold.lock().unwrap().wait();
        }
        (batch.done)(Ok(()));
    }

    fn give_up(&self, _: &BoardId) {}

    fn hurry(&self) {}

    fn load_below(&self, _: &BoardId, _: u64) -> Result<Loaded, StoreError> {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn boards_go_on_while_another_has_a_turn_after_one_that_was_long() {
    let (begun, begins) = channel();
    let (let_go, go) = channel();
    let (gone, goes) = channel();
    let store = Slow {
        appends: AtomicUsize::new(0),
        begun: Mutex::new(begun),
        hold: Mutex::new(Hold { go, gone }),
    };
    let rooms = rooms(&Arc::new(store));
    let lease = rooms.lease(&board("b")).unwrap();
    let other = rooms.lease(&board("other")).unwrap();
    let (peer, _postbox) = lease.join(true, Principal::operator(), None).await.unwrap();
    other.state().await.unwrap();
    for clock in 0..2_u8 {
        let update = [1, 1, 7, clock, 4, 1, 1, b't', 1, b'x', 0];
        let continued = [1, 1, 7, clock, 0x84, 7, 0, 1, b'y', 0];
        let update = if clock == 0 { &update[..] } else { &continued };
        let frame = Message::Update(update).encode();
        lease.frame(peer, frame.into(), None).await.unwrap();
        // From here on nothing more comes into this turn.
        begins.recv_timeout(PATIENCE).unwrap();
    }
    other.state().await.unwrap();
    // The room may have waited in vain.
    let _unheard = let_go.send(());
    assert_eq!(goes.recv(), Ok(true), "the other board had to wait");
    rooms.close().await;
}
