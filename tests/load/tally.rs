//! Who has got what: every update at every reader, once.
//!
//! Owns the count of deliveries and their latencies. A delivery is one update that reached one
//! other client. Servers may merge updates and may send an author its own: clocks tell how far
//! each writer has come at each reader, and nothing counts twice.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use board::scan;

use super::histogram::Histogram;

/// Merged updates remembered with what they bring: all readers get the same bytes.
const REMEMBERED: usize = 16;
/// Below this size reading an update is as cheap as finding it among those remembered.
const WORTH_IT: usize = 200;

/// A writer's clocks from `start` to `end`.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    writer: usize,
    start: usize,
    end: usize,
}

struct Writer {
    /// Its Yjs client.
    id: u64,
    /// The number of its connection.
    client: usize,
    group: usize,
    /// When each update was sent.
    sent: Vec<Instant>,
}

struct Reader {
    group: usize,
    /// The next clock of each writer of its group.
    next: Vec<usize>,
}

/// The count.
pub(crate) struct Tally {
    writers: Vec<Writer>,
    /// The first writer of each group, and how many it has.
    groups: Vec<(usize, usize)>,
    by_id: HashMap<u64, usize>,
    readers: Vec<Reader>,
    remembered: Vec<(Vec<u8>, Vec<Stretch>)>,
    oldest: usize,
    /// How long deliveries took.
    pub(crate) latency: Histogram,
    /// How many there were.
    pub(crate) deliveries: u64,
}

impl Tally {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            writers: Vec::new(),
            groups: Vec::new(),
            by_id: HashMap::new(),
            readers: Vec::new(),
            remembered: Vec::new(),
            oldest: 0,
            latency: Histogram::new(),
            deliveries: 0,
        }
    }

    /// A board whose clients have the next `clients` numbers; its writers are the first of them,
    /// with these Yjs clients.
    pub(crate) fn add_group(&mut self, clients: usize, writers: &[u64]) {
        let group = self.groups.len();
        let (first, client) = (self.writers.len(), self.readers.len());
        self.groups.push((first, writers.len()));
        for (place, &id) in writers.iter().enumerate() {
            self.by_id.insert(id, first + place);
            self.writers.push(Writer {
                id,
                client: client + place,
                group,
                sent: Vec::new(),
            });
        }
        for _ in 0..clients {
            self.readers.push(Reader {
                group,
                next: vec![0; writers.len()],
            });
        }
    }

    /// A writer's next clock is on its way; answers it.
    pub(crate) fn sent(&mut self, writer: usize, now: Instant) -> Result<usize> {
        let writer = self.writers.get_mut(writer).context("no such writer")?;
        writer.sent.push(now);
        Ok(writer.sent.len() - 1)
    }

    /// How many updates of a writer have been sent.
    pub(crate) fn count_sent(&self, writer: usize) -> usize {
        self.writers
            .get(writer)
            .map_or(0, |writer| writer.sent.len())
    }

    /// The number of a writer's connection.
    pub(crate) fn client_of(&self, writer: usize) -> Result<usize> {
        let writer = self.writers.get(writer).context("no such writer")?;
        Ok(writer.client)
    }

    /// How many updates of a writer have reached a reader.
    pub(crate) fn reached(&self, writer: usize, reader: usize) -> usize {
        let reader = self.readers.get(reader);
        let next = reader.and_then(|reader| {
            let (first, _) = self.groups.get(reader.group)?;
            reader.next.get(writer.checked_sub(*first)?)
        });
        next.copied().unwrap_or(0)
    }

    /// A reader got an update, perhaps a merged one.
    pub(crate) fn receive(&mut self, reader: usize, update: &[u8], now: Instant) -> Result<()> {
        if update.len() < WORTH_IT {
            let stretches = self.read(update)?;
            return self.count(reader, &stretches, now);
        }
        let known = |(bytes, _): &(Vec<u8>, _)| bytes == update;
        let place = match self.remembered.iter().position(known) {
            Some(place) => place,
            None => self.remember(update)?,
        };
        let entry = self.remembered.get_mut(place).context("just found")?;
        let stretches = std::mem::take(&mut entry.1);
        let counted = self.count(reader, &stretches, now);
        if let Some(entry) = self.remembered.get_mut(place) {
            entry.1 = stretches;
        }
        counted
    }

    fn remember(&mut self, update: &[u8]) -> Result<usize> {
        let entry = (update.to_vec(), self.read(update)?);
        let place = self.oldest;
        match self.remembered.get_mut(place) {
            Some(old) => *old = entry,
            None => self.remembered.push(entry),
        }
        self.oldest = (place + 1) % REMEMBERED;
        Ok(place)
    }

    fn read(&self, update: &[u8]) -> Result<Vec<Stretch>> {
        let mut stretches = Vec::new();
        for (id, share) in scan::update(update)?.clients {
            let Some(&writer) = self.by_id.get(&id) else {
                continue;
            };
            stretches.extend(share.brings.iter().map(|run| Stretch {
                writer,
                start: run.start as usize,
                end: run.end as usize,
            }));
        }
        Ok(stretches)
    }

    fn count(&mut self, reader: usize, stretches: &[Stretch], now: Instant) -> Result<()> {
        let at = self.readers.get_mut(reader).context("no such reader")?;
        let (first, _) = *self.groups.get(at.group).context("no such group")?;
        for stretch in stretches {
            let writer = self.writers.get(stretch.writer).context("no such writer")?;
            if writer.group != at.group {
                bail!("client {reader} got an update of another board");
            }
            if writer.client == reader {
                continue;
            }
            let next = at.next.get_mut(stretch.writer - first).context("a group")?;
            if stretch.start > *next {
                bail!(
                    "client {reader} missed the updates {next}..{} of Yjs client {}",
                    stretch.start,
                    writer.id
                );
            }
            let news = *next..stretch.end.max(*next);
            let sent = writer.sent.get(news.clone());
            for sent in sent.context("an update that nobody sent")? {
                self.latency.note(now.saturating_duration_since(*sent));
            }
            self.deliveries += news.len() as u64;
            *next = news.end;
        }
        Ok(())
    }

    /// How many deliveries there will have been when everything has arrived.
    pub(crate) fn expected(&self) -> u64 {
        let mut members = vec![0_u64; self.groups.len()];
        for reader in &self.readers {
            if let Some(count) = members.get_mut(reader.group) {
                *count += 1;
            }
        }
        let of = |writer: &Writer| {
            let readers = members.get(writer.group).copied().unwrap_or(0);
            writer.sent.len() as u64 * readers.saturating_sub(1)
        };
        self.writers.iter().map(of).sum()
    }

    /// Whether everything has arrived everywhere.
    pub(crate) fn complete(&self) -> bool {
        self.deliveries == self.expected()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::updates::Updates;
    use board::replica::merge;

    fn tally() -> (Tally, Updates) {
        let mut tally = Tally::new();
        tally.add_group(3, &[7]);
        for _ in 0..30 {
            tally.sent(0, Instant::now()).unwrap();
        }
        (tally, Updates::of(7, 30))
    }

    #[test]
    fn merged_and_repeated_updates_count_once() {
        let (mut tally, updates) = tally();
        let all: Vec<&[u8]> = (0..30).map(|clock| updates.get(clock).unwrap()).collect();
        let now = Instant::now();
        tally.receive(1, all[0], now).unwrap();
        tally.receive(1, all[0], now).unwrap();
        assert_eq!(tally.deliveries, 1);
        for reader in 0..3 {
            tally.receive(reader, &merge(&all).unwrap(), now).unwrap();
        }
        assert_eq!(tally.deliveries, 60);
        assert!(tally.complete());
    }

    #[test]
    fn what_was_skipped_is_noticed() {
        let (mut tally, updates) = tally();
        let missed = tally.receive(1, updates.get(1).unwrap(), Instant::now());
        assert!(missed.unwrap_err().to_string().contains("missed"));
        assert!(!tally.complete());
    }
}
