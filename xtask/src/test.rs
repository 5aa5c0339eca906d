//! `cargo xtask test`: everything that must hold before a change is merged.
//!
//! Owns the steps and their order: what fails fast comes first, and nothing is built twice. One of
//! them by itself, as often as wanted, hunts what fails now and then.

use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;

use crate::process::{Run, cargo};
use crate::report::{Outcome, Report};
use crate::{chromium, dist, load, npm, server, soak, tidy, wasm, web, x11};

/// How long hostile frames from random seeds are tried.
const MUTANT_SECONDS: &str = "60";

/// Flags of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only this step; what it needs must have been built
    #[arg(value_parser = PossibleValuesParser::new(steps().map(|step| step.name)))]
    step: Option<String>,
    /// Run the step so many times, until it fails
    #[arg(long, requires = "step", value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    repeat: u32,
    /// Stop before the tests that need the release build: conformance and browsers
    #[arg(long, conflicts_with = "step")]
    quick: bool,
    /// Further arguments for the program that the step runs
    #[arg(last = true, requires = "step")]
    rest: Vec<String>,
}

/// Something that must hold.
struct Step {
    name: &'static str,
    work: Work,
}

/// How that is found out.
enum Work {
    /// By this program itself, or several others.
    Own(fn() -> Result<Outcome>),
    /// By another, which may be given further arguments.
    Program(fn() -> Result<Run>),
}
use Work::{Own, Program};

/// What needs no release build.
const QUICK: [Step; 9] = [
    step("format", Program(|| Ok(cargo().args(["fmt", "--check"])))),
    step("tidy", Own(|| tidy::run().map(|()| Outcome::Done))),
    step("lints", Program(lints)),
    step("tests", Program(tests)),
    // The engine is elbow, board, scene and wasm-client for wasm32: no separate check of that target.
    step("engine", Own(wasm::build)),
    step("packages", Own(|| npm::install("."))),
    step("types", Own(web::check_types)),
    step("page", Own(web::build)),
    step("dist", Own(dist::build)),
];

/// The rest.
const SLOW: [Step; 8] = [
    step("mutants", Program(mutants)),
    step("server", Own(server::build)),
    step("soak", Own(soak::short)),
    step("load", Own(load::short)),
    step("conformance", Program(conformance)),
    step("excalidraw", Program(|| program_of("tests/excalidraw"))),
    step("tldraw", Program(|| program_of("tests/tldraw"))),
    step("browser", Program(browser)),
];

const fn step(name: &'static str, work: Work) -> Step {
    Step { name, work }
}

fn steps() -> impl Iterator<Item = &'static Step> {
    QUICK.iter().chain(&SLOW)
}

/// Runs the steps; stops at the first that fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut report = Report::new();
    match &args.step {
        Some(name) => one(&mut report, name, args),
        None => all(&mut report, args.quick),
    }?;
    // Only now: after a failure the last lines are those of what failed, which is all that some logs keep.
    println!("\n{}\nPASSED", report.summary());
    Ok(())
}

fn all(report: &mut Report, quick: bool) -> Result<()> {
    let wanted = if quick { QUICK.len() } else { usize::MAX };
    for step in steps().take(wanted) {
        report.step(step.name, || step.run(&[]))?;
    }
    Ok(())
}

fn one(report: &mut Report, name: &str, args: &Args) -> Result<()> {
    let step = steps().find(|step| step.name == name);
    let step = step.with_context(|| format!("there is no step \"{name}\""))?;
    if args.repeat == 1 {
        return report.step(name, || step.run(&args.rest));
    }
    repeat(args.repeat, |time| {
        let named = format!("{name}, {time} of {}", args.repeat);
        report.step(&named, || step.run(&args.rest))
    })
}

/// Does something so many times, unless it fails; says how often it did not.
fn repeat(times: u32, mut act: impl FnMut(u32) -> Result<()>) -> Result<()> {
    for time in 1..=times {
        act(time).with_context(|| format!("{} of {times} passed", time - 1))?;
    }
    println!("\n{times} of {times} passed");
    Ok(())
}

impl Step {
    fn run(&self, rest: &[String]) -> Result<Outcome> {
        match self.work {
            Program(program) => {
                program()?.args(rest).run()?;
                Ok(Outcome::Done)
            }
            Own(work) if rest.is_empty() => work(),
            Own(_) => bail!("the step \"{}\" takes no arguments", self.name),
        }
    }
}

fn lints() -> Result<Run> {
    Ok(cargo()
        .args(["clippy", "--locked", "--workspace", "--all-targets"])
        .args(["--", "-D", "warnings"]))
}

fn tests() -> Result<Run> {
    Ok(cargo().args(["test", "--locked", "--workspace"]))
}

fn mutants() -> Result<Run> {
    Ok(cargo()
        .args(["test", "--locked", "--workspace", "--test", "mutants"])
        .args(["mutants_hurt_nobody", "--", "--nocapture"])
        .env("DRAWBRIDGE_MUTATE_SECONDS", MUTANT_SECONDS))
}

fn conformance() -> Result<Run> {
    npm::install("tests/conformance")?;
    let binary = std::path::absolute(server::RELEASE)?;
    Ok(npm::npm()
        .args(["test", "--silent"])
        .env("DRAWBRIDGE_BIN", binary)
        .in_dir("tests/conformance"))
}

/// Tests with another program in Chromium.
fn program_of(folder: &str) -> Result<Run> {
    npm::install(folder)?;
    let chromium = chromium::find()?;
    let binary = std::path::absolute(server::RELEASE)?;
    Ok(npm::npm()
        .args(["test", "--silent"])
        .env("CHROMIUM", chromium)
        .env("DRAWBRIDGE_BIN", binary)
        .in_dir(folder))
}

fn browser() -> Result<Run> {
    let chromium = chromium::find()?;
    x11::ask();
    println!("   with {}", chromium.display());
    Ok(npm::tool("playwright")
        .args(["test", "--config", "tests/browser"])
        .env("CHROMIUM", chromium)
        .env("DRAWBRIDGE_BIN", std::path::absolute(server::RELEASE)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_now_and_then_is_repeated_until_it_does() {
        let mut times = Vec::new();
        let failing = |at| move |time| if time < at { Ok(()) } else { bail!("now") };
        let failed = repeat(50, |time| {
            times.push(time);
            failing(3)(time)
        });
        assert_eq!(format!("{:#}", failed.unwrap_err()), "2 of 50 passed: now");
        assert_eq!(times, [1, 2, 3], "not tried after that");
        assert!(repeat(50, failing(51)).is_ok());
    }

    #[test]
    fn only_programs_take_arguments_and_steps_have_one_name_each() {
        let names: std::collections::BTreeSet<_> = steps().map(|step| step.name).collect();
        assert_eq!(names.len(), QUICK.len() + SLOW.len());
        let tidy = steps().find(|step| step.name == "tidy").unwrap();
        let refused = tidy.run(&["undo".to_owned()]).unwrap_err();
        assert_eq!(refused.to_string(), "the step \"tidy\" takes no arguments");
    }
}
