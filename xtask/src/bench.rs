//! `cargo xtask bench`: numbers for people to read. Nothing here passes or fails.
//!
//! Owns the order: benches of the crates by criterion, then the page in a browser. The server
//! under load is another matter, in `load`.

use anyhow::Result;

use crate::process::cargo;
use crate::report::{Outcome, Report};
use crate::{chromium, load, npm, server, wasm, web};

/// Flags of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only the page in a browser
    #[arg(long, conflicts_with = "server")]
    page: bool,
    #[command(flatten)]
    load: load::Flags,
}

/// Builds what is measured, then measures it.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.load.server {
        return load::run(&args.load);
    }
    let mut report = Report::new();
    if !args.page {
        report.step("crates", crates)?;
    }
    report.step("engine", wasm::build)?;
    report.step("packages", || npm::install("."))?;
    report.step("page", web::build)?;
    report.step("server", server::build)?;
    report.step("page in a browser", browser)?;
    println!("\n{}", report.summary());
    Ok(())
}

fn crates() -> Result<Outcome> {
    // Named targets only: `--benches` would also run the unit tests as benches.
    cargo()
        .args(["bench", "--locked", "--workspace", "--bench", "*"])
        .run()?;
    Ok(Outcome::Done)
}

fn browser() -> Result<Outcome> {
    npm::tool("playwright")
        .args(["test", "--config", "tests/browser/bench.config.ts"])
        .env("CHROMIUM", chromium::find()?)
        .env("DRAWBRIDGE_BIN", std::path::absolute(server::RELEASE)?)
        .run()?;
    Ok(Outcome::Done)
}
