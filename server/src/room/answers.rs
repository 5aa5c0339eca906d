//! What one peer is sent because it asked, or fell behind: the document, and who is here.
//!
//! Owns what the answers cost whoever asks, and who gets a diff of their own: a question of a few
//! bytes must be a way neither to keep the server busy nor to fill its memory.

use board::protocol::Message;
use board::replica::IngestError;
use bytes::Bytes;

use super::{Audience, Effect, Kind, Millis, PeerId, Room};

/// The state vector of whoever has nothing.
const NOTHING: &[u8] = &[0];
/// Bytes of an answer made for one peer alone that count as much as a message of its own.
const ANSWER_BYTES: f64 = 4096.0;
/// Items of the document that count as much when an answer has to walk over all of them: to encode
/// so many takes as long as to take in a small change.
const ANSWER_ITEMS: f64 = 512.0;

/// Bytes up to which a diff is sent however small the board is: thousands of them are no burden.
const MAY_BE_PRIVATE: usize = 16 * 1024;

/// What an answer took.
#[derive(Debug, Clone, Copy)]
struct Made {
    /// Bytes for one peer alone.
    bytes: usize,
    /// Items that were walked over.
    items: u64,
}

impl Room {
    /// Answers a step 1.
    pub(super) fn answer(&mut self, now: Millis, id: PeerId, state_vector: &[u8]) {
        let sent = self.replica.clip(state_vector).and_then(|known| {
            let known = Bytes::from(known);
            Ok((self.send_lacking(id, &known)?, known))
        });
        let (made, known) = match sent {
            Ok(sent) => sent,
            Err(error) => return self.close(now, id, error.close_code(), &error.to_string()),
        };
        let peer = self.peers.get_mut(&id);
        let again = peer.is_some_and(|peer| peer.known.replace(known).is_some());
        let (mut items, mut bytes) = (0, made.bytes);
        if again {
            // The answer also stands for a catch-up that may have been due.
            bytes += self.send_missed(now, id);
            // Whoever joins has the document walked over once, and does not pay for its size.
            items = made.items;
        }
        self.charge(id, bytes, items);
    }

    /// Answers a question for everybody's awareness.
    pub(super) fn tell_who_is_here(&mut self, id: PeerId) {
        let bytes = self.send_presence(id);
        self.charge(id, bytes, 0);
    }

    /// One diff in place of all changes that were dropped from a slow peer's queue, and what else
    /// it missed.
    pub(super) fn catch_up(&mut self, now: Millis, id: PeerId) {
        let Some(peer) = self.peers.get(&id) else {
            return;
        };
        let known = peer.known.clone().unwrap_or(Bytes::from_static(NOTHING));
        // The answer to its handshake may be among what was dropped: this stands for it too. What
        // it knows was read before, so this does not fail.
        if self.send_lacking(id, &known).is_ok() {
            self.send_missed(now, id);
        }
    }

    /// Sends what somebody who knows so much lacks.
    fn send_lacking(&mut self, to: PeerId, known: &[u8]) -> Result<Made, IngestError> {
        let items = self.replica.items();
        if known == NOTHING {
            let made_anew = self.send_image(to);
            let items = if made_anew { items } else { 0 };
            return Ok(Made { bytes: 0, items });
        }
        let diff = self.replica.diff(known)?;
        let bytes = diff.len();
        let frame = Message::SyncStep2(&diff).encode();
        let small = !self.is_most(frame.len());
        match small.then(|| self.private.keep(frame)).flatten() {
            Some(frame) => self.effects.push(Effect::Send {
                to,
                frame,
                catch_up: true,
            }),
            // More than it lacks does no harm either, and takes no memory of its own.
            None => drop(self.send_image(to)),
        }
        Ok(Made { bytes, items })
    }

    /// Whether so many bytes are so much of the document that all of it may be sent instead.
    fn is_most(&mut self, bytes: usize) -> bool {
        // What the document is rebuilt from is seldom four times its size: it spares most encodings.
        bytes > MAY_BE_PRIVATE
            && 4 * bytes >= self.backup.bytes()
            && 2 * bytes >= self.image.size(&self.replica)
    }

    /// Sends the whole document, in frames that all share. Whether it had to be encoded.
    fn send_image(&mut self, to: PeerId) -> bool {
        let made_anew = !self.image.is_made();
        let frames = self.image.frames(&self.replica);
        // Changes that were not relayed yet come once more, which does no harm. As changes they are
        // dropped with the others when a newer answer holds them: asked for often, they do not pile up.
        for (at, frame) in frames.enumerate() {
            self.effects.push(match at {
                0 => Effect::Send {
                    to,
                    frame,
                    catch_up: true,
                },
                _ => Effect::Relay {
                    frame,
                    to: Audience::Only(to),
                    kind: Kind::Document,
                },
            });
        }
        made_anew
    }

    /// Takes what an answer took out of what its peer may still send.
    fn charge(&mut self, id: PeerId, bytes: usize, items: u64) {
        if let Some(peer) = self.peers.get_mut(&id) {
            let cost = bytes as f64 / ANSWER_BYTES + items as f64 / ANSWER_ITEMS;
            peer.messages.charge(cost.floor());
        }
    }
}
