//! `cargo xtask soak`: the server for a long time, while boards come and go.
//!
//! Owns how long. What goes on meanwhile and what must hold is the business of `tests/load`.

use anyhow::Result;

use crate::process::program;
use crate::report::{Outcome, Report};
use crate::{load, npm, server, wasm, web};

/// Enough waves to see a board that stays, and no more than some ten seconds.
const SHORT: [&str; 4] = ["--boards", "400", "--wave", "50"];

/// Flags of `cargo xtask soak`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Boards that come and go in all
    #[arg(long, default_value_t = 10_000)]
    boards: usize,
    /// Goes on for so many minutes instead
    #[arg(long, conflicts_with = "boards")]
    minutes: Option<u64>,
    /// Does again what the run with this seed did
    #[arg(long)]
    seed: Option<u64>,
}

/// Builds the server and lets it soak. The table goes to standard output.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut report = Report::new();
    report.step("engine", wasm::build)?;
    report.step("packages", || npm::install("."))?;
    report.step("page", web::build)?;
    report.step("server", server::build)?;
    report.step("load generator", load::build)?;
    let mut flags = match args.minutes {
        Some(minutes) => vec!["--minutes".to_owned(), minutes.to_string()],
        None => vec!["--boards".to_owned(), args.boards.to_string()],
    };
    if let Some(seed) = args.seed {
        flags.extend(["--seed".to_owned(), seed.to_string()]);
    }
    report.step("soak", || soak(&flags))?;
    println!("\n{}", report.summary());
    Ok(())
}

/// A few waves, with the server that is built already: a step of the tests.
pub(crate) fn short() -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        println!("   left out: memory is read from /proc");
        return Ok(Outcome::Done);
    }
    load::build()?;
    soak(&SHORT)
}

fn soak(flags: &[impl AsRef<std::ffi::OsStr>]) -> Result<Outcome> {
    program(load::LOAD).args(["soak"]).args(flags).run()?;
    Ok(Outcome::Done)
}
