//! `cargo xtask run | test | bench | soak | fuzz | dist`: whatever you would otherwise type.
//!
//! Owns the command line. Each step of the build lives in a file of its own.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod chromium;
mod dist;
mod files;
mod fuzz;
mod load;
mod npm;
mod packages;
mod process;
mod report;
mod server;
mod soak;
mod stamp;
mod test;
mod tidy;
mod wasm;
mod web;
mod x11;

/// Builds, runs and tests Drawbridge.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything that changed and starts the server
    Run(server::Args),
    /// Formats, lints, invariants, unit tests, types, conformance, browsers; or one of them, many times
    Test(test::Args),
    /// Measures: criterion benches, then the page in a browser; or the server under load
    Bench(bench::Args),
    /// Lets boards come and go for a long time, and fails when that leaves anything in memory
    Soak(soak::Args),
    /// Feeds hostile input to what reads it, guided by coverage
    Fuzz(fuzz::Args),
    /// Checks the invariants of ARCHITECTURE.md only
    Tidy,
    /// Builds the engine and its TypeScript types only
    Engine,
    /// Packs the custom element for other sites' pages, as npm takes it
    Dist,
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("FAILED: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    std::env::set_current_dir(files::root()?)?;
    match command {
        Command::Run(args) => server::run(args),
        Command::Test(args) => test::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Soak(args) => soak::run(args),
        Command::Fuzz(args) => fuzz::run(args),
        Command::Tidy => tidy::run(),
        Command::Engine => report::Report::new().step("engine", wasm::build),
        Command::Dist => {
            let mut report = report::Report::new();
            report.step("packages", || npm::install("."))?;
            report.step("dist", dist::build)
        }
    }
}
