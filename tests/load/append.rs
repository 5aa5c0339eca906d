//! How fast changes get to the disk, and how long one waits to hear that it is there.
//!
//! Owns the append scenario. Drawbridge only: no peer says when a change is durable.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use board::protocol::Message;

use super::dialect::Incoming;
use super::histogram::Histogram;
use super::lab::{Cost, Lab};
use super::server::{Contender, Server};
use super::swarm::{DEADLINE, IDLE, Swarm};
use super::table::{Table, count, micros, millis};
use super::updates::Updates;

/// Updates that each writer has ready: more than any disk takes in the time.
const PLENTY: usize = 60_000;
/// Writers on a board when there are many.
const PER_BOARD: usize = 10;

/// Writers who each send an update and a fence, and the next when the fence is back.
pub(crate) fn run(lab: &Lab) -> Result<Table> {
    let columns = [
        "durable updates/s",
        "fence p50",
        "p99",
        "longest",
        "CPU per update",
    ];
    let mut table = Table::new("Append: a fence behind every update", &columns);
    for (writers, in_flight) in [(1, 1), (1, 64), (200, 1), (200, 8)] {
        let time = lab.while_steady();
        lab.of(&[Contender::Drawbridge], &mut table, |server| {
            measure(&server, writers, in_flight, time)
        })?;
        table.rename_last(&format!("writers: {writers}, in flight: {in_flight}"));
    }
    table.note("Ten writers to a board. No peer says when a change is on disk.");
    Ok(table)
}

fn measure(
    server: &Server,
    writers: usize,
    in_flight: usize,
    time: Duration,
) -> Result<Vec<String>> {
    let mut run = Run::new(server, writers)?;
    let ((), cost) = Cost::of(server, || run.write(in_flight, time))?;
    let durable = run.durable as f64;
    Ok(vec![
        count(durable / cost.wall.as_secs_f64()),
        millis(run.latency.at(0.5)),
        millis(run.latency.at(0.99)),
        millis(run.latency.longest()),
        micros(cost.micros_per(durable)),
    ])
}

struct Run {
    swarm: Swarm,
    updates: Vec<Updates>,
    /// When each writer's updates were sent.
    sent: Vec<Vec<Instant>>,
    /// How many of each writer's fences are back.
    back: Vec<usize>,
    durable: u64,
    latency: Histogram,
}

impl Run {
    fn new(server: &Server, writers: usize) -> Result<Self> {
        let mut swarm = Swarm::new()?;
        for writer in 0..writers {
            swarm.add(server, &format!("append-{}", writer / PER_BOARD))?;
        }
        swarm.join_all()?;
        let each = PLENTY / writers.min(20);
        let ids = 1..=writers as u64;
        Ok(Self {
            swarm,
            updates: ids.map(|id| Updates::of(id, each)).collect(),
            sent: vec![Vec::new(); writers],
            back: vec![0; writers],
            durable: 0,
            latency: Histogram::new(),
        })
    }

    fn write(&mut self, in_flight: usize, time: Duration) -> Result<()> {
        let began = Instant::now();
        let mut more = true;
        let mut heard = began;
        loop {
            more &= began.elapsed() < time;
            for writer in 0..self.updates.len() {
                while more && self.waiting(writer) < in_flight {
                    more = self.send(writer)?;
                }
                self.swarm.flush(writer)?;
            }
            if !more && (0..self.updates.len()).all(|writer| self.waiting(writer) == 0) {
                return Ok(());
            }
            let before = self.durable;
            self.turn()?;
            if self.durable > before {
                heard = Instant::now();
            } else if heard.elapsed() > DEADLINE {
                bail!("fences did not come back");
            }
        }
    }

    /// Updates of a writer whose fence is not back.
    fn waiting(&self, writer: usize) -> usize {
        let sent = self.sent.get(writer).map_or(0, Vec::len);
        sent - self.back.get(writer).copied().unwrap_or(sent)
    }

    /// Sends a writer's next update and its fence; whether there was one.
    fn send(&mut self, writer: usize) -> Result<bool> {
        let sent = self.sent.get_mut(writer).context("a writer")?;
        let updates = self.updates.get(writer).context("a writer")?;
        if sent.len() == updates.len() {
            return Ok(false);
        }
        let update = updates.get(sent.len())?;
        let fence = u32::try_from(sent.len())?.to_be_bytes();
        sent.push(Instant::now());
        self.swarm.queue(writer, &Message::Update(update))?;
        self.swarm.queue(writer, &Message::Fence(&fence))?;
        Ok(true)
    }

    fn turn(&mut self) -> Result<()> {
        let (sent, back) = (&self.sent, &mut self.back);
        let (durable, latency) = (&mut self.durable, &mut self.latency);
        self.swarm.turn(IDLE, |writer, incoming, now| {
            let Incoming::Fence(payload) = incoming else {
                return Ok(());
            };
            let next = back.get_mut(writer).context("a writer")?;
            if payload != u32::try_from(*next)?.to_be_bytes() {
                bail!("a fence came out of order");
            }
            let at = sent.get(writer).and_then(|sent| sent.get(*next));
            latency.note(now.saturating_duration_since(*at.context("nobody sent it")?));
            *next += 1;
            *durable += 1;
            Ok(())
        })
    }
}
