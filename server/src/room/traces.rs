//! What is still to be seen of ephemeral messages by somebody who missed them.
//!
//! Owns the last cursor of each connection, and which connections have gone of late: nobody sends
//! those again, and whoever missed them would see ghosts for ever. Knows no payload.

use std::collections::{BTreeMap, VecDeque};

use board::protocol::Message;
use bytes::Bytes;

use super::presence::REMEMBER;
use super::{Kind, Millis, PeerId};

/// The slot of cursors, and of goodbyes.
const CURSOR: u64 = 0;
/// Longest frame that is kept: a cursor has some thirty bytes. All of a full board are 640 kB.
const MAX_FRAME: usize = 128;
/// Most who have gone that are remembered, as many as may be here.
const MAX_GONE: usize = 5_000;

/// The traces.
#[derive(Debug, Default)]
pub(super) struct Traces {
    cursors: BTreeMap<PeerId, Bytes>,
    gone: VecDeque<(Millis, PeerId)>,
}

impl Traces {
    /// A frame that is being relayed.
    pub(super) fn passed(&mut self, sender: PeerId, slot: u64, frame: &Bytes) {
        if slot != CURSOR {
            return;
        }
        if frame.len() <= MAX_FRAME {
            self.cursors.insert(sender, frame.clone());
        } else {
            self.cursors.remove(&sender);
        }
    }

    /// A sender has gone; the frame that says so.
    pub(super) fn gone(&mut self, now: Millis, sender: PeerId) -> Bytes {
        self.cursors.remove(&sender);
        let old = |(at, _): &mut (Millis, PeerId)| *at + REMEMBER < now;
        while self.gone.pop_front_if(old).is_some() {}
        if self.gone.len() >= MAX_GONE {
            self.gone.pop_front();
        }
        self.gone.push_back((now, sender));
        goodbye(sender)
    }

    /// What somebody who is here since `joined` may have missed.
    pub(super) fn missed(&self, now: Millis, joined: Millis, to: PeerId) -> Vec<(Kind, Bytes)> {
        let gone = self.gone.iter().rev();
        let gone = gone.take_while(|(at, _)| *at >= joined && *at + REMEMBER >= now);
        // Nothing of theirs is queued any more that had to be dropped first.
        let gone = gone.map(|&(_, sender)| (Kind::Presence, goodbye(sender)));
        let others = self.cursors.iter().filter(|(sender, _)| **sender != to);
        let cursors = others.map(|(&sender, frame)| {
            let slot = CURSOR;
            (Kind::Ephemeral { sender, slot }, frame.clone())
        });
        gone.chain(cursors).collect()
    }
}

fn goodbye(sender: PeerId) -> Bytes {
    let gone = Message::Relayed {
        sender: sender.0,
        slot: CURSOR,
        payload: &[],
    };
    gone.encode().into()
}
