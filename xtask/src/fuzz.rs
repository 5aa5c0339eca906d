//! `cargo xtask fuzz`: hostile input guided by coverage, for as long as wanted.
//!
//! Owns the calls of cargo-fuzz, which it installs below `target` when it is missing. The inputs
//! that a run found stay in `target/fuzz/corpus`; one that breaks something is kept by hand, as a
//! line of `tests/fuzz/corpus/found.txt`.

use std::path::{Path, absolute};

use anyhow::{Result, bail};

use crate::process::{Run, cargo, program};
use crate::report::{Outcome, Report};

/// The version that is installed when there is none.
const CARGO_FUZZ: &str = "0.13.2";
/// Where it is installed.
const TOOLS: &str = "target/tools";
/// Where everything that it makes is.
const WORK: &str = "target/fuzz";
/// What can be fuzzed: the files of `tests/fuzz/targets`.
const TARGETS: [&str; 11] = [
    "frame",
    "update",
    "awareness",
    "state_vector",
    "room",
    "scene",
    "picture",
    "drawing",
    "archive",
    "tldr",
    "svg",
];
/// What readers of files are tested with is where their seeds are.
const SCENES: &str = "interchange/tests/corpus";
/// And of what is drawn.
const DRAWINGS: &str = "render/tests/golden/drawings";
/// And of what is read.
const SVGS: &str = "interchange/tests/corpus/drawings";
/// Most megabytes of memory, and most seconds, that one input may take.
const BOUNDS: [&str; 3] = ["-rss_limit_mb=2048", "-timeout=20", "-max_len=4096"];

/// Flags of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to fuzz: frame, update, awareness, state_vector, room, scene, picture, drawing, archive, tldr or
    /// svg; all in turn without it
    target: Option<String>,
    /// How long, for each target
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

/// Fuzzes one target or all.
pub(crate) fn run(args: &Args) -> Result<()> {
    let targets: Vec<&str> = match &args.target {
        None => TARGETS.to_vec(),
        Some(name) if TARGETS.contains(&name.as_str()) => vec![name],
        Some(name) => bail!("`{name}` is none of {}", TARGETS.join(", ")),
    };
    let mut report = Report::new();
    report.step("cargo-fuzz", install)?;
    report.step("seeds", || {
        let corpus = absolute(WORK)?.join("corpus");
        cargo()
            .args(["test", "--locked", "--workspace", "--test", "mutants"])
            .args(["the_corpus_as_files"])
            .env("DRAWBRIDGE_CORPUS", corpus)
            .run()?;
        Ok(Outcome::Done)
    })?;
    for target in targets {
        report.step(target, || fuzz(target, args.seconds))?;
    }
    println!("\n{}", report.summary());
    Ok(())
}

fn install() -> Result<Outcome> {
    if Path::new(TOOLS).join("bin/cargo-fuzz").exists() || on_the_path() {
        return Ok(Outcome::UpToDate);
    }
    cargo()
        .args(["install", "cargo-fuzz", "--locked"])
        .args(["--version", CARGO_FUZZ, "--root", TOOLS])
        .run()?;
    Ok(Outcome::Done)
}

fn on_the_path() -> bool {
    program("cargo-fuzz").args(["--version"]).output().is_ok()
}

fn cargo_fuzz() -> Result<Run> {
    let own = Path::new(TOOLS).join("bin/cargo-fuzz");
    let tool = if own.exists() {
        program(absolute(own)?)
    } else {
        program("cargo-fuzz")
    };
    // Sanitizers and coverage are flags that stable Rust has, but takes only on a word.
    Ok(tool.env("RUSTC_BOOTSTRAP", "1"))
}

fn fuzz(target: &str, seconds: u64) -> Result<Outcome> {
    let work = absolute(WORK)?;
    let corpus = work.join("corpus").join(target);
    let found = work.join("artifacts").join(target);
    std::fs::create_dir_all(&found)?;
    std::fs::create_dir_all(&corpus)?;
    let seeds = match target {
        "scene" | "tldr" => Some(absolute(SCENES)?),
        "drawing" => Some(absolute(DRAWINGS)?),
        "svg" => Some(absolute(SVGS)?),
        _ => None,
    };
    cargo_fuzz()?
        .args(["run", "--fuzz-dir", "tests/fuzz", "--target-dir"])
        .args([work.join("target").as_os_str(), target.as_ref()])
        .args([corpus.as_os_str()])
        .args(seeds.iter().map(|seeds| seeds.as_os_str()))
        .args(["--", &format!("-max_total_time={seconds}")])
        .args([format!("-artifact_prefix={}/", found.display())])
        .args(BOUNDS)
        .run()?;
    Ok(Outcome::Done)
}
