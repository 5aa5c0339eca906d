//! `cargo xtask test`: everything that must hold before a change is merged.
//!
//! Owns the order: what fails fast comes first, and nothing is built twice.

use anyhow::Result;

use crate::process::cargo;
use crate::report::{Outcome, Report};
use crate::{budget, chromium, load, npm, server, soak, tidy, wasm, web, x11};

/// How long hostile frames from random seeds are tried.
const MUTANT_SECONDS: &str = "60";

/// Flags of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stop before the tests that need the release build: conformance and browsers
    #[arg(long)]
    quick: bool,
}

/// Runs the steps; stops at the first that fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut report = Report::new();
    let result = steps(&mut report, args.quick);
    println!("\n{}", report.summary());
    if result.is_ok() {
        println!("PASSED");
    }
    result
}

fn steps(report: &mut Report, quick: bool) -> Result<()> {
    report.step("format", || done(cargo().args(["fmt", "--check"])))?;
    report.step("tidy", || tidy::run().map(|()| Outcome::Done))?;
    report.step("lints", lints)?;
    report.step("unit and integration tests", || {
        done(cargo().args(["test", "--locked", "--workspace"]))
    })?;
    // The engine is board and wasm-client for wasm32: no separate check of that target.
    report.step("engine", wasm::build)?;
    report.step("packages", || npm::install("."))?;
    report.step("types", web::check_types)?;
    report.step("page", web::build)?;
    report.step("size of the first load", budget::check)?;
    if quick {
        return Ok(());
    }
    report.step("mutants", || {
        done(
            cargo()
                .args(["test", "--locked", "--workspace", "--test", "mutants"])
                .args(["mutants_hurt_nobody", "--", "--nocapture"])
                .env("DRAWBRIDGE_MUTATE_SECONDS", MUTANT_SECONDS),
        )
    })?;
    report.step("server", server::build)?;
    report.step("soak", soak::short)?;
    report.step("load", load::short)?;
    report.step("conformance", conformance)?;
    report.step("browser", browser)
}

fn done(run: crate::process::Run) -> Result<Outcome> {
    run.run()?;
    Ok(Outcome::Done)
}

fn lints() -> Result<Outcome> {
    done(
        cargo()
            .args(["clippy", "--locked", "--workspace", "--all-targets"])
            .args(["--", "-D", "warnings"]),
    )
}

fn conformance() -> Result<Outcome> {
    npm::install("tests/conformance")?;
    let binary = std::path::absolute(server::RELEASE)?;
    done(
        npm::npm()
            .args(["test", "--silent"])
            .env("DRAWBRIDGE_BIN", binary)
            .in_dir("tests/conformance"),
    )
}

fn browser() -> Result<Outcome> {
    let chromium = chromium::find()?;
    x11::ask();
    println!("   with {}", chromium.display());
    done(
        npm::tool("playwright")
            .args(["test", "--config", "tests/browser"])
            .env("CHROMIUM", chromium)
            .env("DRAWBRIDGE_BIN", std::path::absolute(server::RELEASE)?),
    )
}
