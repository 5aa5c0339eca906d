//! Large boards: joining one, joining it all at once, and opening it from disk.
//!
//! Owns filling a board and the scenarios about size. Every joiner's copy is checked to be whole.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use board::protocol::Message;
use board::scan;
use drawbridge_tests::grid::Grid;

use super::crowd::{Crowd, Shape};
use super::dialect::Incoming;
use super::lab::{Cost, Lab};
use super::server::{Contender, Server};
use super::swarm::{DEADLINE, IDLE, Swarm};
use super::table::{Bar, Table, bytes, judged, millis};
use super::updates::elements;

/// The Yjs client that fills boards.
const AUTHOR: u64 = 4242;
/// Boards in the join scenario are named like the crowd's first.
pub(crate) const BOARD: &str = "large-0";
/// Joins whose mean cost is taken.
const JOINS: usize = 100;
/// Joins at the same moment.
const RUSH: usize = 50;
/// Between two looks whether a board is whole.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
/// y-sweet writes to its store every 10 s and not when it stops.
const CHECKPOINT: Duration = Duration::from_secs(13);

/// A board that is whole, and somebody on it: Hocuspocus forgets what nobody looks at.
pub(crate) struct Filled {
    size: usize,
    /// Its author, still there.
    _author: Swarm,
}

/// The elements of a large board: ten thousand of them take 1.4 MB.
pub(crate) fn grid(count: usize) -> Grid {
    Grid {
        count,
        ink_every: 5,
        points: 200,
        first_id: 0,
    }
}

/// Fills a board and waits until the server has all of it, on disk where it says so.
pub(crate) fn fill(server: &Server, board: &str, count: usize, at_once: usize) -> Result<Filled> {
    server.prepare(board)?;
    let mut swarm = Swarm::new()?;
    let author = swarm.add(server, board)?;
    swarm.join_all()?;
    for update in elements(AUTHOR, &grid(count), at_once) {
        swarm.send(author, &Message::Update(&update))?;
        swarm.turn(Duration::ZERO, |_, _, _| Ok(()))?;
    }
    if server.contender == Contender::Drawbridge {
        swarm.send(author, &Message::Fence(&[1]))?;
        swarm.until("the board is on disk", |_, incoming| {
            Ok(matches!(incoming, Incoming::Fence(_)))
        })?;
    }
    let began = Instant::now();
    let mut pause = IDLE;
    loop {
        if let Some(size) = copy(server, board, count)? {
            return Ok(Filled {
                size,
                _author: swarm,
            });
        }
        if began.elapsed() > 2 * DEADLINE {
            bail!("the board is not whole");
        }
        // Every copy costs the server time that it could fill the board in.
        pause = (pause * 2).min(LONGEST_PAUSE);
        swarm.rest(pause)?;
    }
}

/// Joins once; answers the copy's size when it holds so many elements.
fn copy(server: &Server, board: &str, count: usize) -> Result<Option<usize>> {
    let mut swarm = Swarm::new()?;
    swarm.add(server, board)?;
    let mut found = None;
    swarm.until("a copy of the board", |_, incoming| {
        let Incoming::State(state) = incoming else {
            return Ok(false);
        };
        found = whole(state, count)?.then_some(state.len());
        Ok(true)
    })?;
    Ok(found)
}

/// Whether a board's state holds everything that its author wrote.
fn whole(state: &[u8], count: usize) -> Result<bool> {
    let scanned = scan::update(state)?;
    let runs = scanned.clients.get(&AUTHOR).map(|share| &share.brings[..]);
    Ok(matches!(runs, Some([run]) if run.start == 0 && run.end as usize == count))
}

/// What it costs to join a board of 10,000 elements, alone and with 49 others.
pub(crate) fn join(lab: &Lab) -> Result<Table> {
    let count = lab.scaled(10_000);
    let title = format!("Join of a board of {count} elements");
    let columns = [
        "board",
        "CPU per join",
        "join p50",
        "50 at once, all there",
        "longest wait of a bystander, quiet",
        "and meanwhile",
    ];
    let mut table = Table::new(title, &columns);
    lab.each(&mut table, |server| {
        let board = fill(&server, BOARD, count, 1000)?;
        let (times, cost) = Cost::of(&server, || one_by_one(&server, count))?;
        let each = cost.cpu / u32::try_from(JOINS)?;
        let bar = lab.bar(&server, Bar::AtMost(1.5));
        let median = times.get(times.len() / 2).context("no joins")?;
        let rush = rush(&server, count)?;
        Ok(vec![
            bytes(board.size as f64),
            judged(millis(each), each.as_secs_f64() * 1e3, bar),
            millis(*median),
            millis(rush.all_there),
            millis(rush.quiet),
            millis(rush.meanwhile),
        ])
    })?;
    table.note(
        "The bystander is on the same board and gets 100 updates a second from a third client.",
    );
    Ok(table)
}

/// The times of many joins, in ascending order.
fn one_by_one(server: &Server, count: usize) -> Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(JOINS);
    for _ in 0..JOINS {
        let began = Instant::now();
        copy(server, BOARD, count)?.context("a copy was not whole")?;
        times.push(began.elapsed());
    }
    times.sort();
    Ok(times)
}

struct Rush {
    all_there: Duration,
    quiet: Duration,
    meanwhile: Duration,
}

/// Fifty join at the same moment while somebody else is drawing.
fn rush(server: &Server, count: usize) -> Result<Rush> {
    let quiet = bystander(server, || Ok(()))?.1.longest;
    let (all_there, meanwhile) = bystander(server, || {
        let began = Instant::now();
        let mut swarm = Swarm::new()?;
        for _ in 0..RUSH {
            swarm.add(server, BOARD)?;
        }
        let mut left = RUSH;
        swarm.until("everybody has the board", |_, incoming| {
            if let Incoming::State(state) = incoming {
                if !whole(state, count)? {
                    bail!("a copy was not whole");
                }
                left = left.saturating_sub(1);
            }
            Ok(left == 0)
        })?;
        Ok(began.elapsed())
    })?;
    Ok(Rush {
        all_there,
        quiet,
        meanwhile: meanwhile.longest,
    })
}

/// How long somebody waited for what another drew.
pub(crate) struct Waits {
    pub(crate) p99: Duration,
    pub(crate) longest: Duration,
}

/// Does something while one client draws on the board and another watches, on a thread of their own: the
/// generator's own work must not look like the server's. Answers how long that one waited, too.
pub(crate) fn bystander<T: Send>(
    server: &Server,
    work: impl FnOnce() -> Result<T> + Send,
) -> Result<(T, Waits)> {
    let shape = Shape {
        boards: 1,
        clients: 2,
        writers: 1,
        updates: 20_000,
    };
    let mut crowd = Crowd::gather(server, "large", shape)?;
    crowd.pace(100.0, Duration::from_millis(200))?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let drawing = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                crowd.pace(100.0, Duration::from_millis(100))?;
            }
            crowd.pace(100.0, Duration::from_millis(500))?;
            crowd.drain()?;
            let latency = &crowd.tally.latency;
            Ok::<_, anyhow::Error>(Waits {
                p99: latency.at(0.99),
                longest: latency.longest(),
            })
        });
        let worked = work();
        done.store(true, Ordering::Relaxed);
        let waits = drawing.join().map_err(|_| anyhow::anyhow!("a panic"))?;
        Ok((worked?, waits?))
    })
}

/// How long the first to come waits for a board that is on disk only.
pub(crate) fn cold(lab: &Lab) -> Result<Table> {
    let count = lab.scaled(100_000);
    let title = format!("Cold load of a board of {count} elements from disk");
    let columns = ["board", "first join", "CPU", "memory before", "and after"];
    let mut table = Table::new(title, &columns);
    let keeps = [Contender::Drawbridge, Contender::YSweet];
    let mut those = lab.contenders.clone();
    those.retain(|contender| keeps.contains(contender));
    lab.of(&those, &mut table, |server| {
        // y-sweet would take minutes over so many small updates.
        let at_once = match server.contender {
            Contender::YSweet => 1000,
            _ => 100,
        };
        drop(fill(&server, BOARD, count, at_once)?);
        if server.contender == Contender::YSweet {
            std::thread::sleep(CHECKPOINT);
        }
        let server = server.restart()?;
        let before = server.process.memory()?;
        let began = Instant::now();
        let (size, cost) = Cost::of(&server, || copy(&server, BOARD, count))?;
        let took = began.elapsed();
        let bar = lab.bar(&server, Bar::AtMost(300.0));
        Ok(vec![
            bytes(size.context("the board is not whole")? as f64),
            judged(millis(took), took.as_secs_f64() * 1e3, bar),
            millis(cost.cpu),
            bytes(before as f64),
            bytes(server.process.memory()? as f64),
        ])
    })?;
    table.note(
        "Written 100 elements at a time (for y-sweet 1,000), then the server was stopped in order \
         and started again. The others keep nothing on disk by themselves.",
    );
    Ok(table)
}
