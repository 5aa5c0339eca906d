//! `cargo xtask run`: the server, with the page inside it or beside it.
//!
//! Owns building the binary, and starting and stopping what runs.

use std::net::{SocketAddr, TcpStream};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::{cargo, program, stop};
use crate::report::{Outcome, Report};
use crate::{npm, wasm, web};

/// The binary that `run`, the conformance tests and the browser tests share.
pub(crate) const RELEASE: &str = "target/release/drawbridge";
const DEBUG: &str = "target/debug/drawbridge";
const VITE: &str = "127.0.0.1:5173";

/// How often the children are looked at.
const TICK: Duration = Duration::from_millis(50);

/// A server that cannot listen has ended by then, so that whoever answers is ours.
const SETTLED: Duration = Duration::from_millis(300);

/// Flags of `cargo xtask run`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Serve the page by Vite with hot reload, beside a debug build of the server
    #[arg(long)]
    dev: bool,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder for the boards
    #[arg(long, default_value = "./data")]
    data: String,
}

/// Builds what changed, starts it and waits for ctrl-C. Whoever has the page prints its URL.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut report = Report::new();
    report.step("engine", wasm::build)?;
    report.step("packages", || npm::install("."))?;
    if args.dev {
        report.step("server (debug)", build_debug)?;
    } else {
        report.step("page", web::build)?;
        report.step("server", build)?;
    }
    println!("\n── ready to start\n{}", report.summary());
    start(args)
}

/// Builds the binary with the page inside it. The page must be there.
pub(crate) fn build() -> Result<Outcome> {
    cargo()
        .args(["build", "--locked", "--release"])
        .args(["-p", "drawbridge-server", "--features", "embed"])
        .run()?;
    Ok(Outcome::Done)
}

fn build_debug() -> Result<Outcome> {
    cargo()
        .args(["build", "--locked", "-p", "drawbridge-server"])
        .run()?;
    Ok(Outcome::Done)
}

fn start(args: &Args) -> Result<()> {
    let stopping = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stopping);
    ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;

    let binary = if args.dev { DEBUG } else { RELEASE };
    let listen = args.listen.to_string();
    let mut running = Running::default();
    running.start(
        program(binary)
            .args(["serve", "--listen", &listen, "--data", &args.data])
            .spawn()?,
    );
    let mut shown = args.listen;
    if args.dev {
        shown = VITE.parse()?;
        running.start(
            npm::tool("vite")
                .env("DRAWBRIDGE_DEV_SERVER", format!("http://{listen}"))
                .spawn()?,
        );
    }
    let began = Instant::now();
    // By itself the server says where it is; beside Vite that is not where the page is.
    let mut told = !args.dev;
    while !stopping.load(Ordering::SeqCst) {
        if let Some(status) = running.ended()? {
            running.stop()?;
            bail!("a program that should keep running ended with {status}");
        }
        let settled = began.elapsed() > SETTLED;
        if !told && settled && TcpStream::connect_timeout(&shown, TICK).is_ok() {
            println!("\n   Drawbridge is at http://{shown}   (ctrl-C stops it)\n");
            told = true;
        }
        thread::sleep(TICK);
    }
    running.stop()
}

/// The children, stopped together.
#[derive(Default)]
struct Running(Vec<Child>);

impl Running {
    fn start(&mut self, child: Child) {
        self.0.push(child);
    }

    fn ended(&mut self) -> Result<Option<std::process::ExitStatus>> {
        for child in &mut self.0 {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
        }
        Ok(None)
    }

    fn stop(&mut self) -> Result<()> {
        self.0.iter_mut().try_for_each(stop)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{error:#}");
        }
    }
}
