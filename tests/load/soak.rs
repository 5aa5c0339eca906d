//! Boards come, are drawn on and go for a long time, and the server must be as small as before.
//!
//! Owns the run and its table. What goes on in a wave is in `wave`, what the boards must hold in
//! `ledger`, and when memory counts as flat in `flat`.

mod flat;
mod ledger;
mod wave;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use self::flat::Verdict;
use self::ledger::Ledger;
use self::wave::Wave;
use super::crowd::{Crowd, Shape};
use super::process::machine;
use super::server::{Contender, Programs, Server};
use super::table::{Table, bytes, millis};

/// Boards leave memory soon after the last one has left them, or a run would take hours.
const IDLE_TIMEOUT: &str = "1";
/// Updates a second of the one who draws all the time.
const PACE: f64 = 20.0;
/// Until the drawing pair looks whether the waves are over.
const STRETCH: Duration = Duration::from_millis(500);
/// How long the pair can draw if nobody says how long it will take, in minutes.
const LONG_ENOUGH: u64 = 60;
/// Boards that are opened again at the end.
const SAMPLE: usize = 200;
/// Rows that a table may have and still be read.
const ROWS: usize = 24;

/// How long, how much.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Boards that come and go in all
    #[arg(long, default_value_t = 10_000)]
    boards: usize,
    /// Boards that come at a time
    #[arg(long, default_value_t = 250)]
    wave: usize,
    /// Goes on for so many minutes, however many boards that makes
    #[arg(long, conflicts_with = "boards")]
    minutes: Option<u64>,
    /// What is random comes from here; each run says its own
    #[arg(long)]
    seed: Option<u64>,
}

/// Lets the waves come and go, and says what they left.
///
/// # Errors
/// When memory is not flat, a board stays open, a fence does not come back, or an element is gone.
pub(crate) fn run(args: &Args, mut programs: Programs) -> Result<()> {
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..));
    println!("{}, seed {seed}\n", machine()?);
    // Snapshots are news at the usual level, and there are hundreds.
    let flags = ["--idle-timeout", IDLE_TIMEOUT, "--log", "warn"];
    programs.flags = flags.map(str::to_owned).to_vec();
    let server = Server::start(Contender::Drawbridge, &programs)?;
    let mut soak = Soak {
        server: &server,
        ledger: Ledger::new(seed),
        waves: Vec::new(),
    };
    let minutes = args.minutes.unwrap_or(LONG_ENOUGH);
    while_a_pair_draws(&server, minutes, || soak.waves(args))
        .with_context(|| format!("seed {seed}, wave {}", soak.waves.len() + 1))?;
    println!("{}", soak.table().markdown());
    let checked = soak.ledger.check(&server, SAMPLE)?;
    println!("{checked} boards opened again: every element is there.\n");
    let memory: Vec<u64> = soak.waves.iter().map(|wave| wave.left).collect();
    let verdict = Verdict::of(&memory).context("too few waves to say anything")?;
    println!("{verdict}");
    ensure!(verdict.is_flat(), "memory is not flat");
    Ok(())
}

struct Soak<'a> {
    server: &'a Server,
    ledger: Ledger,
    waves: Vec<Wave>,
}

impl Soak<'_> {
    fn waves(&mut self, args: &Args) -> Result<()> {
        let began = Instant::now();
        let time = args
            .minutes
            .map(|minutes| Duration::from_secs(60 * minutes));
        let over = |boards: usize| match time {
            Some(time) => began.elapsed() >= time,
            None => boards >= args.boards,
        };
        while !over(self.ledger.boards()) {
            let visits = self.ledger.plan(args.wave);
            let wave = wave::run(self.server, visits, self.ledger.boards())?;
            eprintln!(
                "   wave {}: {} boards so far, {} open, {} resident, {:.0} s",
                self.waves.len() + 1,
                wave.boards,
                wave.open,
                bytes(wave.left as f64),
                began.elapsed().as_secs_f64(),
            );
            self.waves.push(wave);
        }
        Ok(())
    }

    fn table(&self) -> Table {
        let columns = [
            "boards so far",
            "visits",
            "open, all there",
            "open, all gone",
            "memory, all there",
            "memory, all gone",
            "fence p50",
            "p99",
        ];
        let title = format!(
            "Soak: waves of boards that come and go, {} in all",
            self.ledger.boards()
        );
        let mut table = Table::with_first("wave", title, &columns);
        // The last one is always shown.
        let step = self.waves.len().div_ceil(ROWS).max(1);
        for (number, wave) in (1..).zip(&self.waves) {
            if (self.waves.len() - number).is_multiple_of(step) {
                table.row(&number.to_string(), wave.cells());
            }
        }
        table.note(
            "Two more clients draw on a board of their own all the time: it is the one that stays \
             open. A visit is a client that comes, draws elements with a fence behind them, and \
             goes; a quarter of them lose their connection and come back in between.",
        );
        table
    }
}

impl Wave {
    fn cells(&self) -> Vec<String> {
        vec![
            self.boards.to_string(),
            self.visits.to_string(),
            self.peak.to_string(),
            self.open.to_string(),
            bytes(self.there as f64),
            bytes(self.left as f64),
            millis(self.fences.at(0.5)),
            millis(self.fences.at(0.99)),
        ]
    }
}

/// Does something while one client draws and another watches, on a thread of their own; what was
/// drawn has all arrived at the end.
fn while_a_pair_draws(
    server: &Server,
    minutes: u64,
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let shape = Shape {
        boards: wave::STEADY,
        clients: 2,
        writers: 1,
        // Twice as many as it takes: the pair draws until the last wave has gone.
        updates: 2 * usize::try_from(60 * minutes)? * PACE as usize,
    };
    let mut pair = Crowd::gather(server, "steady", shape)?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let drawing = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                pair.pace(PACE, STRETCH)?;
            }
            pair.drain()
        });
        let worked = work();
        done.store(true, Ordering::Relaxed);
        let drawn = drawing.join().map_err(|_| anyhow::anyhow!("a panic"))?;
        worked.and(drawn.context("the pair that draws all the time"))
    })
}
