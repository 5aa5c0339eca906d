//! `load`: puts real sync servers under load, side by side, and prints tables.
//!
//! Owns the command line and the list of scenarios. Speaks each server's own protocol and checks
//! that everything arrived; `cargo xtask bench --server` runs it.

mod append;
mod client;
mod crowd;
mod dialect;
mod echo;
mod fanout;
mod frame;
mod growth;
mod histogram;
mod lab;
mod large;
mod pictures;
mod presence;
mod process;
mod server;
mod soak;
mod swarm;
mod table;
mod tally;
mod updates;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};

use lab::Lab;
use server::{Contender, Programs};
use table::Table;

/// Puts sync servers under load and prints what it cost them.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Only these scenarios
    #[arg(long)]
    only: Vec<Scenario>,
    /// A minute at most: fewer of everything, and Drawbridge alone
    #[arg(long)]
    short: bool,
    /// Whom to measure beside Drawbridge
    #[arg(long, default_value = "all")]
    peers: Peers,
    /// Drawbridge's binary
    #[arg(long, global = true, default_value = "target/release/drawbridge")]
    drawbridge: PathBuf,
    /// The folder with the peers' packages from npm
    #[arg(long, default_value = "tests/load/peers")]
    node: PathBuf,
    /// y-sweet's binary
    #[arg(long, default_value = "target/peers/bin/y-sweet")]
    y_sweet: PathBuf,
    /// Be the bare echo on this port instead
    #[arg(long, hide = true)]
    echo: Option<u16>,
}

#[derive(Subcommand)]
enum Command {
    /// Lets boards come and go for a long time, and fails when that leaves anything in memory
    Soak(soak::Args),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Peers {
    All,
    None,
}

/// What can be measured, in the order in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    Saturated,
    Gentle,
    Boards,
    Viewers,
    Presence,
    Join,
    Cold,
    Append,
    Pictures,
    Memory,
    GrowthBoards,
    GrowthConnections,
}

impl Scenario {
    fn run(self, lab: &Lab) -> Result<Table> {
        match self {
            Self::Saturated => fanout::saturated(lab),
            Self::Gentle => fanout::gentle(lab),
            Self::Boards => fanout::boards(lab),
            Self::Viewers => fanout::viewers(lab),
            Self::Presence => presence::run(lab),
            Self::Join => large::join(lab),
            Self::Cold => large::cold(lab),
            Self::Append => append::run(lab),
            Self::Pictures => pictures::run(lab),
            Self::Memory => growth::memory(lab),
            Self::GrowthBoards => growth::boards(lab),
            Self::GrowthConnections => growth::connections(lab),
        }
    }
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("FAILED: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    if let Some(port) = cli.echo {
        return echo::serve(port);
    }
    let programs = Programs {
        drawbridge: cli.drawbridge.clone(),
        node: cli.node.clone(),
        y_sweet: cli.y_sweet.clone(),
        flags: Vec::new(),
    };
    if let Some(Command::Soak(args)) = &cli.command {
        return soak::run(args, programs);
    }
    let lab = Lab {
        contenders: contenders(cli, &programs),
        short: cli.short,
        programs,
    };
    println!("{}\n", process::machine()?);
    for &scenario in Scenario::value_variants() {
        if cli.only.is_empty() || cli.only.contains(&scenario) {
            eprintln!("── {scenario:?}");
            println!("{}", scenario.run(&lab)?.markdown());
        }
    }
    Ok(())
}

/// Drawbridge, and whoever else is wanted and installed.
fn contenders(cli: &Cli, programs: &Programs) -> Vec<Contender> {
    let mut who = vec![Contender::Drawbridge];
    if cli.peers == Peers::None || cli.short {
        return who;
    }
    let peers = [
        Contender::Hocuspocus,
        Contender::YWebsocket,
        Contender::YSweet,
    ];
    for peer in peers {
        let needs = peer.needs(programs);
        match needs.exists() {
            true => who.push(peer),
            false => eprintln!("{} is skipped: no {}", peer.name(), needs.display()),
        }
    }
    who
}
