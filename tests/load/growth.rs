//! What connections and boards take, and how that grows.
//!
//! Owns the scenarios about memory and about numbers of boards and connections.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::crowd::{Crowd, Shape};
use super::lab::{Cost, Lab};
use super::large::fill;
use super::server::{Contender, Server};
use super::swarm::Swarm;
use super::table::{Bar, Table, bytes, judged, micros, millis};

/// Connections in the memory scenario.
const CONNECTIONS: usize = 500;
/// Clients on a board.
const PER_BOARD: usize = 10;
/// Large boards that are open at the same time.
const LARGE: usize = 5;

/// Processor time comes in steps of 10 ms: less than this says nothing.
const TELLING: Duration = Duration::from_millis(50);

/// Memory per idle connection, idle board and large board.
pub(crate) fn memory(lab: &Lab) -> Result<Table> {
    let count = lab.scaled(10_000);
    let columns = [
        "just started",
        "first connection",
        "per connection, 10 to a board",
        "per board",
        "per open large board",
    ];
    let title =
        format!("Memory: {CONNECTIONS} idle connections; {LARGE} boards of {count} elements");
    let mut table = Table::new(title, &columns);
    lab.each(&mut table, |server| {
        let programs = lab.programs.clone();
        let fresh = || Server::start(server.contender, &programs);
        let base = server.process.memory()?;
        let (first, shared) = idle(lab, &server, PER_BOARD)?;
        let (_, alone) = idle(lab, &fresh()?, 1)?;
        // A connection with its tenth of a board against one with a board of its own.
        let board = (alone - shared) / (1.0 - 1.0 / PER_BOARD as f64);
        let large = large(lab, fresh()?, count)?;
        let bar = lab.bar(&server, Bar::AtMost(10_000.0));
        Ok(vec![
            bytes(base as f64),
            bytes(first),
            judged(bytes(shared), shared, bar),
            bytes(board.max(0.0)),
            bytes(large),
        ])
    })?;
    table.note(
        "Resident memory. \"First connection\" is what a server takes once, when it is first used: \
         code, caches, threads. \"Per connection\" is what each of the others adds, its tenth of an \
         empty board included. A large board has one connection; Drawbridge was started anew before it, the others have \
         just been filled.",
    );
    Ok(table)
}

/// The memory that the first idle connection takes, and each of many after it, in bytes. How much of
/// a program's code is resident before it is first used is the system's mood, and more than all
/// these connections.
fn idle(lab: &Lab, server: &Server, per_board: usize) -> Result<(f64, f64)> {
    let added = |name, boards, clients| {
        let before = server.process.memory()?;
        let shape = Shape {
            boards,
            clients,
            writers: 0,
            updates: 0,
        };
        let mut crowd = Crowd::gather(server, name, shape)?;
        crowd.rest(lab.while_resting())?;
        let after = server.process.memory()?;
        anyhow::Ok((crowd, after.saturating_sub(before) as f64))
    };
    // It stays while the others come: what it took is not to be used again.
    let (_there, first) = added("first", 1, 1)?;
    let (_, all) = added("idle", CONNECTIONS / per_board, per_board)?;
    Ok((first, all / CONNECTIONS as f64))
}

/// The memory that a large board takes, in bytes.
fn large(lab: &Lab, server: Server, count: usize) -> Result<f64> {
    let mut server = server;
    let mut before = server.process.memory()?;
    let name = |number: usize| format!("big-{number}");
    let mut filled = Vec::new();
    for number in 0..LARGE {
        filled.push(fill(&server, &name(number), count, 1000)?);
    }
    if server.contender == Contender::Drawbridge {
        server = server.restart()?;
        before = server.process.memory()?;
    }
    let mut swarm = Swarm::new()?;
    for number in 0..LARGE {
        swarm.add(&server, &name(number))?;
    }
    swarm.join_all()?;
    swarm.rest(lab.while_resting())?;
    let after = server.process.memory()?;
    Ok(after.saturating_sub(before) as f64 / LARGE as f64)
}

/// From one board to 10,000, with one connection each.
pub(crate) fn boards(lab: &Lab) -> Result<Table> {
    let columns = [
        "boards",
        "CPU per board opened",
        "memory",
        "per board",
        "CPU of a second's rest",
        "p99 of an update",
    ];
    let mut table = Table::new("Growth in boards, one connection each", &columns);
    for &count in steps(lab, &[1, 100, 1000, 10_000]) {
        grow(lab, &mut table, count, |server| one(lab, server, count, 1))?;
    }
    table.note("The update is between two clients on one more board, 50 times a second.");
    Ok(table)
}

/// From one connection to 2,000, on one board.
pub(crate) fn connections(lab: &Lab) -> Result<Table> {
    let columns = [
        "connections",
        "CPU per connection",
        "memory",
        "per connection",
        "CPU of a second's rest",
        "p99 of an update",
    ];
    let mut table = Table::new("Growth in connections, all on one board", &columns);
    for &count in steps(lab, &[1, 100, 1000, 2000]) {
        grow(lab, &mut table, count, |server| one(lab, server, 1, count))?;
    }
    table.note("The update is between two clients on one more board, 50 times a second.");
    Ok(table)
}

/// All of them, or the first two for a look.
fn steps<'a>(lab: &Lab, all: &'a [usize]) -> impl Iterator<Item = &'a usize> {
    all.iter().take(if lab.short { 2 } else { all.len() })
}

fn grow(
    lab: &Lab,
    table: &mut Table,
    count: usize,
    measure: impl Fn(&Server) -> Result<Vec<String>>,
) -> Result<()> {
    lab.each(table, |server| {
        let mut cells = vec![count.to_string()];
        cells.extend(measure(&server)?);
        Ok(cells)
    })
}

fn one(lab: &Lab, server: &Server, boards: usize, clients: usize) -> Result<Vec<String>> {
    let shape = Shape {
        boards,
        clients,
        writers: 0,
        updates: 0,
    };
    let all = (boards * clients) as f64;
    let before = server.process.memory()?;
    let (mut crowd, opening) = Cost::of(server, || Crowd::gather(server, "grown", shape))?;
    crowd.rest(lab.while_resting())?;
    let memory = server.process.memory()?;
    let began = Instant::now();
    let ((), resting) = Cost::of(server, || crowd.rest(lab.while_resting()))?;
    let rested = began.elapsed().as_secs_f64();
    let pair = Shape {
        boards: 1,
        clients: 2,
        writers: 1,
        updates: 500,
    };
    let mut pair = Crowd::gather(server, "pair", pair)?;
    pair.pace(50.0, lab.while_steady() / 2)?;
    pair.drain()?;
    Ok(vec![
        match opening.cpu < TELLING {
            true => "–".to_owned(),
            false => micros(opening.micros_per(all)),
        },
        bytes(memory as f64),
        bytes(memory.saturating_sub(before) as f64 / all),
        millis(resting.cpu.div_f64(rested)),
        millis(pair.tally.latency.at(0.99)),
    ])
}
