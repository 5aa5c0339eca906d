//! Boards with clients on them, some of whom write.
//!
//! Owns gathering, writing at a pace or in a window, and waiting until everything has arrived.
//! Knows no server in particular.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use board::protocol::Message;

use super::dialect::Incoming;
use super::server::Server;
use super::swarm::{DEADLINE, IDLE, Swarm};
use super::tally::Tally;
use super::updates::Updates;

/// Clients that join at a time, so that no server's queue of new connections overflows.
const AT_ONCE: usize = 50;
/// Where the numbers of Yjs clients begin, at random: another crowd on the same board is others.
/// Five bytes each and below 2^32, as Yjs draws them; y-sweet relays nothing of ids from 2^36 on.
const IDS: std::ops::Range<u64> = 1 << 29..1 << 31;

/// How many of what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Boards.
    pub(crate) boards: usize,
    /// Clients on each.
    pub(crate) clients: usize,
    /// How many of them write.
    pub(crate) writers: usize,
    /// The most updates that each writer sends.
    pub(crate) updates: usize,
}

/// The clients of some boards.
pub(crate) struct Crowd {
    swarm: Swarm,
    /// Who has got what.
    pub(crate) tally: Tally,
    updates: Vec<Updates>,
}

impl Crowd {
    /// Lets everybody join boards whose names begin like this.
    pub(crate) fn gather(server: &Server, name: &str, shape: Shape) -> Result<Self> {
        let mut swarm = Swarm::new()?;
        let mut tally = Tally::new();
        let first = fastrand::u64(IDS);
        let mut ids = first..;
        for board in 0..shape.boards {
            let board = format!("{name}-{board}");
            server.prepare(&board)?;
            for _ in 0..shape.clients {
                swarm.add(server, &board)?;
                if swarm.len() % AT_ONCE == 0 {
                    swarm.join_all()?;
                }
            }
            let writers: Vec<u64> = ids.by_ref().take(shape.writers).collect();
            tally.add_group(shape.clients, &writers);
        }
        swarm.join_all()?;
        let writers = first..first + (shape.boards * shape.writers) as u64;
        let updates = writers.map(|id| Updates::of(id, shape.updates)).collect();
        Ok(Self {
            swarm,
            tally,
            updates,
        })
    }

    fn write(&mut self, writer: usize) -> Result<()> {
        let client = self.tally.client_of(writer)?;
        let clock = self.tally.sent(writer, Instant::now())?;
        let updates = self.updates.get(writer).context("no such writer")?;
        self.swarm
            .queue(client, &Message::Update(updates.get(clock)?))
    }

    fn turn(&mut self, wait: Duration) -> Result<()> {
        let tally = &mut self.tally;
        self.swarm.turn(wait, |client, incoming, now| {
            if let Incoming::Update(update) | Incoming::State(update) = incoming {
                tally.receive(client, update, now)?;
            }
            Ok(())
        })
    }

    /// Every writer writes so often per second, each at another moment, for so long. Runs late
    /// when it must, but never leaves an update out.
    pub(crate) fn pace(&mut self, per_second: f64, time: Duration) -> Result<()> {
        let writers = self.updates.len();
        let gap = Duration::from_secs_f64(1.0 / (per_second * writers as f64));
        let count = (time.as_secs_f64() / gap.as_secs_f64()).round() as u32;
        let began = Instant::now();
        for number in 0..count {
            let due = began + gap * number;
            while let Some(left) = due.checked_duration_since(Instant::now()) {
                self.turn(left)?;
            }
            let writer = number as usize % writers;
            self.write(writer)?;
            self.swarm.flush(self.tally.client_of(writer)?)?;
        }
        Ok(())
    }

    /// Every writer keeps so many updates on their way, until the time is up or it has no more.
    ///
    /// An update has landed when one other client, another one for each writer, has it. All have
    /// it when the run ends; to wait for all of them each time would measure the slowest.
    pub(crate) fn saturate(&mut self, in_flight: usize, time: Duration) -> Result<()> {
        let writers = self.updates.len();
        let began = Instant::now();
        while began.elapsed() < time {
            for writer in 0..writers {
                let landed = self.tally.reached(writer, writers + writer);
                let sent = self.tally.count_sent(writer);
                let left = self.updates.get(writer).map_or(0, Updates::len) - sent;
                if left == 0 {
                    return Ok(());
                }
                let more = (landed + in_flight).saturating_sub(sent).min(left);
                for _ in 0..more {
                    self.write(writer)?;
                }
                if more > 0 {
                    self.swarm.flush(self.tally.client_of(writer)?)?;
                }
            }
            self.turn(IDLE)?;
        }
        Ok(())
    }

    /// Waits until everything has arrived everywhere; that it does not is an error.
    pub(crate) fn drain(&mut self) -> Result<()> {
        let mut seen = (Instant::now(), 0);
        while !self.tally.complete() {
            self.turn(IDLE)?;
            if self.tally.deliveries > seen.1 {
                seen = (Instant::now(), self.tally.deliveries);
            }
            // As long as something comes, a slow server is slow and no more.
            if seen.0.elapsed() > DEADLINE / 4 {
                bail!(
                    "{} of {} deliveries never arrived",
                    self.tally.expected() - self.tally.deliveries,
                    self.tally.expected()
                );
            }
        }
        Ok(())
    }

    /// Keeps the connections alive for a while.
    pub(crate) fn rest(&mut self, time: Duration) -> Result<()> {
        self.swarm.rest(time)
    }
}
