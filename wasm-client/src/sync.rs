//! One's side of the sync protocol: handshake, fences, and how far one's own changes have got.
//!
//! Owns the order of frames towards the server. Frames and updates are bytes here; knows neither
//! sockets nor elements.

use board::protocol::Message;

/// Longest reason that is shown, in characters.
const MAX_REASON: usize = 200;

/// The state of one connection and of everything not yet known to be durable.
#[derive(Debug, Default)]
pub(crate) struct Sync {
    connected: bool,
    /// The server has told what it has, so what it lacks is on its way.
    offered: bool,
    /// The server's state has arrived on this connection.
    received: bool,
    /// Own transactions since the page was loaded.
    made: u32,
    /// Those of them that a fence covers.
    saved: u32,
    /// Own transactions of earlier page loads that no fence had covered.
    restored: Vec<Restored>,
    /// Fences sent since the page was loaded.
    fences: u32,
    /// The first fence of this connection: what an earlier connection sent may have been lost.
    first_fence: u32,
    /// The latest fence that came back.
    answered: u32,
    /// Why the server cannot store anything just now; empty when it can.
    trouble: String,
    outbox: Vec<Vec<u8>>,
}

/// Some own transactions of an earlier page load.
#[derive(Debug, Clone, Copy)]
struct Restored {
    count: u32,
    /// The fence behind which they were sent on this connection.
    fence: Option<u32>,
}

impl Sync {
    /// The socket opened or closed.
    pub(crate) fn connected(&mut self, up: bool, state_vector: &[u8]) {
        self.connected = up;
        self.offered = false;
        self.received = false;
        self.first_fence = self.fences + 1;
        self.trouble.clear();
        for restored in &mut self.restored {
            restored.fence = None;
        }
        self.outbox.clear();
        if up {
            self.outbox.push(Message::SyncStep1(state_vector).encode());
        }
    }

    /// Whether the socket is open.
    pub(crate) fn is_connected(&self) -> bool {
        self.connected
    }

    /// Whether the socket is open and both sides have exchanged what they had.
    pub(crate) fn is_online(&self) -> bool {
        self.connected && self.offered && self.received
    }

    /// An update of an earlier page load, `count` transactions of which were never fenced, is in
    /// the document. After the offer it is sent by itself: the offer did not contain it.
    pub(crate) fn restored(&mut self, update: &[u8], count: u32) {
        if count > 0 {
            self.restored.push(Restored { count, fence: None });
            if self.offered {
                self.outbox.push(Message::Update(update).encode());
                self.fence();
            }
        }
    }

    /// The server told its state vector; `diff` is what it lacks.
    pub(crate) fn offer(&mut self, diff: &[u8]) {
        self.outbox.push(Message::SyncStep2(diff).encode());
        self.offered = true;
        self.fence();
    }

    /// The server's state arrived.
    pub(crate) fn received(&mut self) {
        self.received = true;
    }

    /// Something was missing to apply an update: asks for all that is lacking.
    pub(crate) fn ask_again(&mut self, state_vector: &[u8]) {
        self.outbox.push(Message::SyncStep1(state_vector).encode());
    }

    /// One's own updates, in order. Before the offer they are kept back: the offer contains them.
    pub(crate) fn made(&mut self, updates: &[Vec<u8>]) {
        self.made = self.made.saturating_add(updates.len() as u32);
        if self.offered && !updates.is_empty() {
            let frames = updates
                .iter()
                .map(|update| Message::Update(update).encode());
            self.outbox.extend(frames);
            self.fence();
        }
    }

    /// A frame that is neither kept nor counted.
    pub(crate) fn send(&mut self, frame: Vec<u8>) {
        if self.connected {
            self.outbox.push(frame);
        }
    }

    /// A fence came back: everything before it is durable.
    pub(crate) fn fence_returned(&mut self, payload: &[u8]) {
        let (numbers, []) = payload.as_chunks::<4>() else {
            return;
        };
        let &[fence, covered] = numbers else { return };
        let (fence, covered) = (u32::from_le_bytes(fence), u32::from_le_bytes(covered));
        if (self.first_fence..=self.fences).contains(&fence) && covered <= self.made {
            self.answered = self.answered.max(fence);
            self.saved = self.saved.max(covered);
            self.restored
                .retain(|restored| restored.fence.is_none_or(|sent| sent > fence));
        }
    }

    /// The server tells why it cannot store anything, or that it can again.
    pub(crate) fn not_saved(&mut self, why: &str) {
        self.trouble = why.chars().take(MAX_REASON).collect();
    }

    /// Why the server cannot store anything just now; empty when it can, as far as is known.
    pub(crate) fn trouble(&self) -> &str {
        &self.trouble
    }

    /// Own transactions that no fence covers yet.
    pub(crate) fn waiting(&self) -> u32 {
        let restored = self.restored.iter().map(|restored| restored.count);
        restored.fold(self.made - self.saved, u32::saturating_add)
    }

    /// Whether a fence of this connection has not come back yet, for no reason that is known.
    pub(crate) fn is_owed_an_answer(&self) -> bool {
        self.connected
            && self.trouble.is_empty()
            && self.fences > self.answered
            && self.fences >= self.first_fence
    }

    /// Own transactions of this page load that are durable on the server.
    pub(crate) fn saved(&self) -> u32 {
        self.saved
    }

    /// The frames to send, in order.
    pub(crate) fn take_frames(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.outbox)
    }

    fn fence(&mut self) {
        self.fences += 1;
        let fence = self.fences;
        for restored in &mut self.restored {
            restored.fence.get_or_insert(fence);
        }
        let payload = [fence.to_le_bytes(), self.made.to_le_bytes()].concat();
        self.outbox.push(Message::Fence(&payload).encode());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn online() -> Sync {
        let mut sync = Sync::default();
        sync.connected(true, &[0]);
        sync.offer(&[0, 0]);
        sync.received();
        sync.take_frames();
        sync
    }

    /// The fences among the frames that are to be sent.
    fn fences(sync: &mut Sync) -> Vec<Vec<u8>> {
        let frames = sync.take_frames();
        let fence = |frame: &Vec<u8>| match board::protocol::decode_from_client(frame) {
            Ok(Some(Message::Fence(payload))) => Some(payload.to_vec()),
            _ => None,
        };
        frames.iter().filter_map(fence).collect()
    }

    #[test]
    fn a_change_waits_until_its_fence_comes_back() {
        let mut sync = online();
        sync.made(&[vec![1], vec![2]]);
        let first = fences(&mut sync);
        sync.made(&[vec![3]]);
        let second = fences(&mut sync);
        assert_eq!(sync.waiting(), 3);
        sync.fence_returned(&first[0]);
        assert_eq!(sync.waiting(), 1);
        sync.fence_returned(&second[0]);
        assert_eq!(sync.waiting(), 0);
    }

    #[test]
    fn a_server_that_cannot_save_says_so_and_owes_no_fence_meanwhile() {
        let mut sync = online();
        sync.made(&[vec![1]]);
        let fence = fences(&mut sync);
        sync.not_saved("the disk is full");
        assert!(!sync.is_owed_an_answer());
        assert_eq!((sync.waiting(), sync.trouble()), (1, "the disk is full"));
        sync.not_saved("");
        assert!(sync.is_owed_an_answer());
        sync.fence_returned(&fence[0]);
        assert_eq!((sync.waiting(), sync.trouble()), (0, ""));
        sync.not_saved("the disk is full");
        sync.connected(false, &[]);
        assert_eq!(sync.trouble(), "", "the next connection says it again");
    }

    #[test]
    fn a_fence_of_an_earlier_connection_or_from_nowhere_saves_nothing() {
        let mut sync = online();
        sync.made(&[vec![1]]);
        let lost = fences(&mut sync);
        sync.connected(false, &[]);
        sync.fence_returned(&lost[0]);
        sync.connected(true, &[0]);
        sync.fence_returned(&lost[0]);
        assert_eq!(sync.waiting(), 1);
        assert!(!sync.is_owed_an_answer(), "nothing was asked yet");
        sync.offer(&[0, 0]);
        sync.fence_returned(&[9, 0, 0, 0, 9, 0, 0, 0]);
        sync.fence_returned(&[1]);
        assert_eq!(sync.waiting(), 1);
        assert!(sync.is_owed_an_answer());
        let good = fences(&mut sync);
        sync.fence_returned(&good[0]);
        assert_eq!(sync.waiting(), 0);
        assert!(!sync.is_owed_an_answer());
    }

    #[test]
    fn what_an_earlier_page_load_left_unsaved_waits_for_the_first_fence() {
        let mut sync = Sync::default();
        sync.restored(&[9], 3);
        sync.made(&[vec![1]]);
        assert_eq!(sync.waiting(), 4);
        sync.connected(true, &[0]);
        assert_eq!(
            sync.take_frames().len(),
            1,
            "nothing before the server said what it has"
        );
        sync.offer(&[0, 0]);
        let fence = fences(&mut sync);
        sync.fence_returned(&fence[0]);
        assert_eq!(sync.waiting(), 0);
    }

    #[test]
    fn what_could_be_restored_only_after_the_offer_waits_for_a_fence_of_its_own() {
        let mut sync = Sync::default();
        sync.connected(true, &[0]);
        sync.offer(&[0, 0]);
        let first = fences(&mut sync);
        sync.restored(&[9], 2);
        let second = fences(&mut sync);
        sync.fence_returned(&first[0]);
        assert_eq!(sync.waiting(), 2);
        sync.fence_returned(&second[0]);
        assert_eq!(sync.waiting(), 0);
    }
}
