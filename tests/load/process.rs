//! Another process: started, asked for its costs, ended.
//!
//! Owns `/proc`. Knows no server.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, Result};

/// Length of the kernel's clock tick for processor times, which Linux fixes at 100 Hz.
const TICK: Duration = Duration::from_millis(10);

/// A child that does not outlive this value.
pub(crate) struct Process(Child);

impl Process {
    /// Starts a program.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn();
        Ok(Self(child.with_context(|| format!("starting {name}"))?))
    }

    /// The child, for its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Processor time so far, of all its threads, in the kernel and outside.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        cpu_of(&self.0.id().to_string())
    }

    /// Resident memory, in bytes.
    pub(crate) fn memory(&self) -> Result<u64> {
        let path = format!("/proc/{}/smaps_rollup", self.0.id());
        let text = fs::read_to_string(&path).with_context(|| path)?;
        let line = text.lines().find_map(|line| line.strip_prefix("Rss:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        let kilobytes: u64 = kilobytes.context("no Rss")?.parse()?;
        Ok(kilobytes * 1024)
    }

    /// Asks it to stop in order, and waits.
    pub(crate) fn stop(mut self) -> Result<()> {
        let id = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; there is nobody to tell.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Processor time of this process so far.
pub(crate) fn own_cpu() -> Result<Duration> {
    cpu_of("self")
}

/// What all of this runs on, and how busy it is.
pub(crate) fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let memory = fs::read_to_string("/proc/meminfo")?;
    let total = memory.lines().next().unwrap_or_default();
    let kilobytes: u64 = total.split_whitespace().nth(1).unwrap_or("0").parse()?;
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    let memory = kilobytes.div_ceil(1 << 20);
    Ok(format!(
        "{cores} cores, {memory} GiB, load average before {load}"
    ))
}

fn cpu_of(process: &str) -> Result<Duration> {
    let path = Path::new("/proc").join(process).join("stat");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    // The name in brackets may hold anything; utime and stime are the 12th and 13th after it.
    let after = text.rsplit_once(')').context("a process' stat")?.1;
    let times = after.split_whitespace().skip(11).take(2);
    let mut ticks = 0;
    for time in times {
        ticks += time.parse::<u32>()?;
    }
    Ok(TICK * ticks)
}
