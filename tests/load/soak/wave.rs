//! One wave: clients come to their boards, draw, go, and the boards leave memory.
//!
//! Owns what each of them does, and what is measured meanwhile. Which boards they come to is the
//! ledger's business.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use board::protocol::Message;

use super::ledger::Visit;
use crate::dialect::{Incoming, awareness};
use crate::histogram::Histogram;
use crate::server::Server;
use crate::swarm::{DEADLINE, IDLE, Swarm};

/// Boards that are open when no wave is there.
pub(super) const STEADY: usize = 1;
/// Clients that come, or draw, at the same time.
const AT_ONCE: usize = 50;

/// What was measured.
pub(super) struct Wave {
    /// Boards that there have been when it ended.
    pub(super) boards: usize,
    /// Clients that came.
    pub(super) visits: usize,
    /// Boards in memory when all were there, and when all had gone.
    pub(super) peak: usize,
    pub(super) open: usize,
    /// Resident memory then, in bytes.
    pub(super) there: u64,
    pub(super) left: u64,
    /// From sending elements and a fence until the fence was back.
    pub(super) fences: Histogram,
}

/// Lets everybody come, draw half of what they came for, then the other half, and go. Some lose
/// their connection in between. `boards`: how many there are with theirs.
pub(super) fn run(server: &Server, visits: Vec<Visit>, boards: usize) -> Result<Wave> {
    let count = visits.len();
    let mut fences = Histogram::new();
    let (shaky, steady): (Vec<_>, Vec<_>) = visits.into_iter().partition(|visit| visit.is_shaky);
    let mut steady = Guests::come(server, steady)?;
    let mut shaky = Guests::come(server, shaky)?;
    steady.draw(Half::First, &mut fences)?;
    shaky.draw(Half::First, &mut fences)?;
    let mut shaky = Guests::come(server, shaky.lose())?;
    steady.draw(Half::Second, &mut fences)?;
    shaky.draw(Half::Second, &mut fences)?;
    let peak = server.open_boards()?;
    ensure!(
        peak == count + STEADY,
        "{peak} boards are open, not those of {count} visits"
    );
    let there = server.process.memory()?;
    steady.go()?;
    shaky.go()?;
    server.until("only the steady boards are open", |server| {
        Ok(server.open_boards()? == STEADY)
    })?;
    Ok(Wave {
        boards,
        visits: count,
        peak,
        open: server.open_boards()?,
        there,
        left: server.process.memory()?,
        fences,
    })
}

#[derive(Debug, Clone, Copy)]
enum Half {
    First,
    Second,
}

/// Clients on their boards; the numbers are those of the swarm.
struct Guests {
    swarm: Swarm,
    visits: Vec<Visit>,
}

impl Guests {
    /// Opens a connection for each visit, and says who is there.
    fn come(server: &Server, visits: Vec<Visit>) -> Result<Self> {
        let mut swarm = Swarm::new()?;
        for visit in &visits {
            let guest = swarm.add(server, &visit.board)?;
            swarm.queue(guest, &Message::Awareness(&awareness(visit.client, 1)))?;
            if swarm.len().is_multiple_of(AT_ONCE) {
                swarm.join_all()?;
            }
        }
        swarm.join_all()?;
        Ok(Self { swarm, visits })
    }

    /// Everybody draws and waits for the fence behind it, some at a time.
    fn draw(&mut self, half: Half, fences: &mut Histogram) -> Result<()> {
        let mut first = 0;
        for some in self.visits.chunks(AT_ONCE) {
            let mut sent = Vec::with_capacity(some.len());
            for (guest, visit) in (first..).zip(some) {
                let (one, other) = visit.updates.split_at(visit.updates.len() / 2);
                let updates = match half {
                    Half::First => one,
                    Half::Second => other,
                };
                for update in updates {
                    self.swarm.queue(guest, &Message::Update(update))?;
                }
                let fence = u32::try_from(guest)?.to_be_bytes();
                self.swarm.send(guest, &Message::Fence(&fence))?;
                sent.push(Instant::now());
            }
            let took = wait(&mut self.swarm, first, &sent)?;
            took.into_iter().for_each(|time| fences.note(time));
            first += some.len();
        }
        Ok(())
    }

    /// Every connection breaks; answers whose they were.
    fn lose(self) -> Vec<Visit> {
        self.visits
    }

    /// Some say goodbye, the others are gone.
    fn go(mut self) -> Result<()> {
        for (guest, visit) in self.visits.iter().enumerate() {
            if visit.is_polite {
                self.swarm.close(guest)?;
            }
        }
        Ok(())
    }
}

/// Waits for the fences of the guests from `first` on, each sent at its moment; answers how long
/// each took.
fn wait(swarm: &mut Swarm, first: usize, sent: &[Instant]) -> Result<Vec<Duration>> {
    let began = Instant::now();
    let mut took = Vec::with_capacity(sent.len());
    while took.len() < sent.len() {
        let missing = sent.len() - took.len();
        if began.elapsed() > DEADLINE {
            bail!("{missing} fences did not come back");
        }
        swarm.turn(IDLE, |guest, incoming, now| {
            let Incoming::Fence(payload) = incoming else {
                return Ok(());
            };
            ensure!(
                payload == u32::try_from(guest)?.to_be_bytes(),
                "somebody else's fence"
            );
            let at = guest.checked_sub(first).and_then(|place| sent.get(place));
            let at = at.context("a fence that nobody waits for")?;
            took.push(now.saturating_duration_since(*at));
            Ok(())
        })?;
    }
    Ok(took)
}
