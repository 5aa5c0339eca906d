//! Who is measured, one after the other, and what a measurement costs the server.
//!
//! Owns the order of things and what happens when a server fails. Knows no scenario.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::process::own_cpu;
use super::server::{Contender, Programs, Server};
use super::table::{Bar, Table};

/// Everything a scenario is given.
pub(crate) struct Lab {
    /// Where the servers are.
    pub(crate) programs: Programs,
    /// Those that take part.
    pub(crate) contenders: Vec<Contender>,
    /// Seconds instead of minutes, for a look whether it works.
    pub(crate) short: bool,
}

impl Lab {
    /// How long a steady load is kept up.
    pub(crate) fn while_steady(&self) -> Duration {
        Duration::from_secs(if self.short { 2 } else { 6 })
    }

    /// How long a server has to come to rest.
    pub(crate) fn while_resting(&self) -> Duration {
        Duration::from_millis(if self.short { 300 } else { 2000 })
    }

    /// A number, or a tenth of it in the short form.
    pub(crate) fn scaled(&self, count: usize) -> usize {
        if self.short {
            (count / 10).max(1)
        } else {
            count
        }
    }

    /// A bar, where it holds: for Drawbridge, and for the numbers that it speaks of.
    pub(crate) fn bar(&self, server: &Server, bar: Bar) -> Option<Bar> {
        (server.contender == Contender::Drawbridge && !self.short).then_some(bar)
    }

    /// Measures one server after the other, each freshly started, into a row of the table.
    ///
    /// # Errors
    /// When Drawbridge fails. That a peer fails is said in its row.
    pub(crate) fn each(
        &self,
        table: &mut Table,
        measure: impl FnMut(Server) -> Result<Vec<String>>,
    ) -> Result<()> {
        self.of(&self.contenders, table, measure)
    }

    /// The same for some of them only.
    pub(crate) fn of(
        &self,
        contenders: &[Contender],
        table: &mut Table,
        mut measure: impl FnMut(Server) -> Result<Vec<String>>,
    ) -> Result<()> {
        for &contender in contenders {
            let name = contender.name();
            eprintln!("   {name} …");
            let began = Instant::now();
            let measured = Server::start(contender, &self.programs).and_then(&mut measure);
            eprintln!("   {name}: {:.1} s", began.elapsed().as_secs_f64());
            match measured {
                Ok(cells) => table.row(name, cells),
                Err(error) if contender == Contender::Drawbridge => {
                    return Err(error).context("Drawbridge");
                }
                Err(error) => table.row(name, vec![format!("failed: {error:#}")]),
            }
        }
        Ok(())
    }
}

/// What something cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// The server's processor time.
    pub(crate) cpu: Duration,
    /// The time that passed.
    pub(crate) wall: Duration,
    /// The generator's own processor time, of one core, as a share of that.
    pub(crate) busy: f64,
}

impl Cost {
    /// Does something and says what it cost the server.
    pub(crate) fn of<T>(server: &Server, work: impl FnOnce() -> Result<T>) -> Result<(T, Self)> {
        let (began, cpu, own) = (Instant::now(), server.process.cpu()?, own_cpu()?);
        let done = work()?;
        let wall = began.elapsed();
        let own = own_cpu()?.saturating_sub(own);
        let cost = Self {
            cpu: server.process.cpu()?.saturating_sub(cpu),
            wall,
            busy: own.as_secs_f64() / wall.as_secs_f64(),
        };
        Ok((done, cost))
    }

    /// The server's microseconds for each of so many.
    pub(crate) fn micros_per(&self, count: f64) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / count
    }
}
