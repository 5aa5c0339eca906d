//! `cargo xtask bench --server`: the server and its peers under load, side by side.
//!
//! Owns getting the peers, each from its own registry; one that cannot be had is left out with a
//! notice. What is measured and how is the business of `tests/load`.

use std::path::Path;

use anyhow::Result;

use crate::process::{cargo, program};
use crate::report::{Outcome, Report};
use crate::{npm, server, wasm, web};

/// The load generator.
pub(crate) const LOAD: &str = "target/release/load";
const NPM_PEERS: &str = "tests/load/peers";
const CARGO_PEERS: &str = "target/peers";
const Y_SWEET: &str = "0.9.1";

/// What `bench --server` may be told.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// The server under load, beside other sync servers, instead of the rest
    #[arg(long)]
    pub(crate) server: bool,
    /// Only this scenario, such as `saturated`; may be repeated
    #[arg(long, requires = "server", value_name = "SCENARIO")]
    only: Vec<String>,
    /// `none`: Drawbridge alone
    #[arg(long, requires = "server", default_value = "all", value_name = "WHICH")]
    peers: String,
    /// Under a minute, Drawbridge alone: does everything arrive?
    #[arg(long, requires = "server")]
    short: bool,
}

/// Builds and fetches what is measured, then measures it. The tables go to standard output.
pub(crate) fn run(args: &Flags) -> Result<()> {
    let mut report = Report::new();
    report.step("engine", wasm::build)?;
    report.step("packages", || npm::install("."))?;
    report.step("page", web::build)?;
    report.step("server", server::build)?;
    report.step("load generator", build)?;
    if args.peers != "none" && !args.short {
        or_skip(&mut report, "peers from npm", || npm::install(NPM_PEERS));
        or_skip(&mut report, "y-sweet from crates.io", y_sweet);
    }
    report.step("load", || {
        let mut run = program(LOAD).args(["--peers", &args.peers]);
        run = run.args(args.only.iter().flat_map(|name| ["--only", name]));
        run = run.args(args.short.then_some("--short"));
        run.run()?;
        Ok(Outcome::Done)
    })?;
    println!("\n{}", report.summary());
    Ok(())
}

/// Builds the load generator.
pub(crate) fn build() -> Result<Outcome> {
    cargo()
        .args(["build", "--locked", "--release"])
        .args(["-p", "drawbridge-tests", "--bin", "load"])
        .run()?;
    Ok(Outcome::Done)
}

/// Every scenario for a moment, with the server that is built already: whether everything arrives. A
/// step of the tests.
pub(crate) fn short() -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        println!("   left out: processor time and memory are read from /proc");
        return Ok(Outcome::Done);
    }
    build()?;
    program(LOAD).args(["--peers", "none", "--short"]).run()?;
    Ok(Outcome::Done)
}

fn y_sweet() -> Result<Outcome> {
    if Path::new(CARGO_PEERS).join("bin/y-sweet").exists() {
        return Ok(Outcome::UpToDate);
    }
    cargo()
        .args(["install", "--locked", "y-sweet", "--version", Y_SWEET])
        .args(["--root", CARGO_PEERS, "--target-dir", "target/peers/build"])
        .run()?;
    Ok(Outcome::Done)
}

/// A peer that cannot be had is no reason to measure nobody.
fn or_skip(report: &mut Report, name: &str, work: impl FnOnce() -> Result<Outcome>) {
    if let Err(error) = report.step(name, work) {
        println!("── skipped: {error:#}");
    }
}
