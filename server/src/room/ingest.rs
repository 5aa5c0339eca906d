//! How updates get into the document: judged, applied when complete, kept waiting when not.
//!
//! Owns that order, and that the document is rebuilt when one breaks it.

use board::protocol::CloseCode;
use board::replica::Ingested;
use bytes::Bytes;

use super::waiting::Overflow;
use super::{Effect, Millis, PeerId, Room};
use crate::principal::ActorId;

impl Room {
    pub(super) fn take(&mut self, now: Millis, id: PeerId, update: Bytes) {
        if self.is_full(update.len()) && self.replica.adds(&update) {
            return self.close(now, id, CloseCode::TooBig, "the board is full");
        }
        match self.replica.ingest(&update) {
            Ok(Ingested::Applied { changed, news }) => {
                if changed {
                    self.waiting.came(&update);
                    self.accept(id, news.map_or(update, Bytes::from));
                    self.retry(now);
                }
            }
            Ok(Ingested::Missing) => self.wait(now, id, update),
            Err(error) => {
                self.mend();
                self.close(now, id, error.close_code(), &error.to_string());
            }
        }
    }

    /// Whether the board has no room for so many bytes; measured only near the limit.
    pub(super) fn is_full(&mut self, bytes: usize) -> bool {
        if self.backup.bytes() + bytes <= self.limits.board {
            return false;
        }
        self.backup.measure(&self.replica);
        self.backup.bytes() + bytes > self.limits.board
    }

    /// An update that is in the document now: to be stored, and to be relayed at the next flush.
    pub(super) fn accept(&mut self, from: PeerId, update: Bytes) {
        self.version += 1;
        self.backup.push(&self.replica, update.clone());
        self.image.push(&update);
        let (author, actor) = match self.peers.get(&from) {
            Some(peer) => (peer.author, peer.principal.actor.clone()),
            None => (0, ActorId::UNKNOWN.into()),
        };
        self.effects.push(Effect::Append {
            version: self.version,
            author,
            actor,
            update: update.clone(),
        });
        self.fresh.push((Some(from), update));
    }

    pub(super) fn wait(&mut self, now: Millis, id: PeerId, update: Bytes) {
        let first = !self.waiting.has(id);
        // Whoever fills the waiting room makes way, not whoever comes last.
        while let Err(Overflow { heaviest }) = self.waiting.push(&self.replica, id, update.clone())
        {
            let reason = "too many updates wait for one that is missing";
            self.close(now, heaviest, CloseCode::Resync, reason);
            if heaviest == id {
                return;
            }
        }
        if first {
            self.ask(id);
        }
    }

    /// Looks whether what has come makes anything in the waiting room complete.
    pub(super) fn retry(&mut self, now: Millis) {
        while let Some((from, update)) = self.waiting.next_complete(&self.replica) {
            match (self.replica.ingest(&update), from) {
                (Ok(Ingested::Applied { changed, news }), Some(id)) => {
                    if changed {
                        self.waiting.came(&update);
                        self.accept(id, news.map_or(update, Bytes::from));
                    }
                    self.raise_fences(id);
                }
                // A row of the store: it is in the log already.
                (Ok(Ingested::Applied { changed: true, .. }), None) => {
                    self.waiting.came(&update);
                    self.backup.push(&self.replica, update.clone());
                    self.image.push(&update);
                    self.fresh.push((None, update));
                    self.state_vector = None;
                }
                (Ok(Ingested::Applied { .. }), None) => {}
                (Ok(Ingested::Missing), Some(id)) => self.wait(now, id, update),
                (Ok(Ingested::Missing), None) => self.waiting.hold(&self.replica, update),
                (Err(error), from) => {
                    self.mend();
                    if let Some(id) = from {
                        self.close(now, id, error.close_code(), &error.to_string());
                    }
                }
            }
        }
    }

    /// Rebuilds the document without the update that broke it.
    pub(super) fn mend(&mut self) {
        if self.replica.is_broken() {
            self.rebuild();
        }
    }

    pub(super) fn rebuild(&mut self) {
        self.image.forget();
        // Updates that were relayed and stored must not go missing here alone.
        match self.backup.restore() {
            Some(restored) if restored.failed.is_empty() => self.replica = restored.replica,
            _ => self.lost = true,
        }
        // Rows of the store that lack something wait in there already.
        self.state_vector = None;
    }
}
