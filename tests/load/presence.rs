//! People who only move their cursors: nothing is kept, and only the latest counts.
//!
//! Owns the presence scenario. A delivery is a newer cursor of one person at one other; servers
//! may skip what is out of date already, but the last one must reach everybody.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use board::lib0::{Reader, write_uint};
use board::protocol::Message;

use super::dialect::{Incoming, awareness, clocks};
use super::histogram::Histogram;
use super::lab::{Cost, Lab};
use super::server::{Contender, Server};
use super::swarm::{DEADLINE, IDLE, Swarm};
use super::table::{Table, count, micros, millis};

/// People.
const PEOPLE: usize = 50;
/// Moves per second and person.
const RATE: u32 = 30;

/// By which message a cursor travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Awareness, as every Yjs client knows it.
    Awareness,
    /// Drawbridge's ephemeral messages.
    Ephemeral,
}

/// 50 people move their cursors 30 times a second.
pub(crate) fn run(lab: &Lab) -> Result<Table> {
    let title = format!("Cursors only: {PEOPLE} people × {RATE} moves/s");
    let columns = ["deliveries/s", "arrived", "CPU per delivery", "p50", "p99"];
    let mut table = Table::new(title, &columns);
    let time = lab.while_steady();
    lab.each(&mut table, |server| measure(&server, Way::Awareness, time))?;
    lab.of(&[Contender::Drawbridge], &mut table, |server| {
        let mut cells = measure(&server, Way::Ephemeral, time)?;
        if let Some(rate) = cells.first_mut() {
            rate.push_str(" (ephemeral)");
        }
        Ok(cells)
    })?;
    table.note(
        "Awareness; Drawbridge's second row is by the ephemeral messages that its own client \
         sends. \"Arrived\" is the share that was not replaced by something newer on its way, as \
         awareness is above 25 changes a second.",
    );
    Ok(table)
}

fn measure(server: &Server, way: Way, time: Duration) -> Result<Vec<String>> {
    let mut swarm = Swarm::new()?;
    server.prepare("cursors")?;
    for _ in 0..PEOPLE {
        swarm.add(server, "cursors")?;
    }
    swarm.join_all()?;
    let mut people = People::new(way);
    let (moves, cost) = Cost::of(server, || people.dance(&mut swarm, time))?;
    let wanted = f64::from(moves) * (PEOPLE - 1) as f64;
    let came = people.deliveries as f64;
    Ok(vec![
        count(came / cost.wall.as_secs_f64()),
        format!("{:.0} %", 100.0 * came / wanted),
        micros(cost.micros_per(came)),
        millis(people.latency.at(0.5)),
        millis(people.latency.at(0.99)),
    ])
}

struct People {
    way: Way,
    /// When each person's moves were sent; clock 1 is the first.
    sent: Vec<Vec<Instant>>,
    /// The newest clock of each person at each other.
    seen: Vec<Vec<u32>>,
    latency: Histogram,
    deliveries: u64,
}

impl People {
    fn new(way: Way) -> Self {
        Self {
            way,
            sent: vec![Vec::new(); PEOPLE],
            seen: vec![vec![0; PEOPLE]; PEOPLE],
            latency: Histogram::new(),
            deliveries: 0,
        }
    }

    /// Everybody moves for so long, and the last moves arrive. Answers how many moves there were.
    fn dance(&mut self, swarm: &mut Swarm, time: Duration) -> Result<u32> {
        let gap = Duration::from_secs(1) / (RATE * PEOPLE as u32);
        let moves = (time.as_secs_f64() / gap.as_secs_f64()) as u32;
        let began = Instant::now();
        for number in 0..moves {
            let due = began + gap * number;
            while let Some(left) = due.checked_duration_since(Instant::now()) {
                self.turn(swarm, left)?;
            }
            self.step(swarm, number as usize % PEOPLE)?;
        }
        let ended = Instant::now();
        while !self.settled() {
            if ended.elapsed() > DEADLINE {
                bail!("somebody's last move never arrived");
            }
            self.turn(swarm, IDLE)?;
        }
        Ok(moves)
    }

    fn step(&mut self, swarm: &mut Swarm, person: usize) -> Result<()> {
        let sent = self.sent.get_mut(person).context("a person")?;
        sent.push(Instant::now());
        let clock = u32::try_from(sent.len())?;
        match self.way {
            Way::Awareness => {
                let entries = awareness(person as u64 + 1, clock);
                swarm.send(person, &Message::Awareness(&entries))
            }
            Way::Ephemeral => {
                let mut payload = Vec::new();
                write_uint(&mut payload, person as u64 + 1);
                write_uint(&mut payload, clock.into());
                // As long as a cursor of Drawbridge's client.
                payload.resize(24, 0);
                let (slot, payload) = (0, &payload[..]);
                swarm.send(person, &Message::Ephemeral { slot, payload })
            }
        }
    }

    fn turn(&mut self, swarm: &mut Swarm, wait: Duration) -> Result<()> {
        swarm.turn(wait, |reader, incoming, now| {
            match incoming {
                Incoming::Presence(entries) => {
                    for (client, clock) in clocks(entries)? {
                        self.see(reader, client, clock, now);
                    }
                }
                Incoming::Cursor(payload) if !payload.is_empty() => {
                    let mut fields = Reader::new(payload);
                    let (client, clock) = (fields.uint()?, fields.uint32()?);
                    self.see(reader, client, clock, now);
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn see(&mut self, reader: usize, client: u64, clock: u32, now: Instant) {
        let person = (client as usize).wrapping_sub(1);
        let sent = self.sent.get(person).and_then(|sent| {
            let move_before = (clock as usize).checked_sub(1)?;
            sent.get(move_before)
        });
        let row = self.seen.get_mut(reader);
        let seen = row.and_then(|row| row.get_mut(person));
        if let (Some(sent), Some(seen)) = (sent, seen)
            && clock > *seen
            && person != reader
        {
            *seen = clock;
            self.deliveries += 1;
            self.latency.note(now.saturating_duration_since(*sent));
        }
    }

    fn settled(&self) -> bool {
        self.seen.iter().enumerate().all(|(reader, row)| {
            let of = row.iter().zip(&self.sent).enumerate();
            of.into_iter()
                .all(|(person, (seen, sent))| person == reader || *seen as usize == sent.len())
        })
    }
}
