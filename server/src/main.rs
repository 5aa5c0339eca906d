//! The `drawbridge` binary: flags and signals, nothing else.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use drawbridge_server::store::sqlite::upkeep;
use drawbridge_server::{Config, serve};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// A whiteboard for everybody who has its link.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve boards over HTTP until stopped with Ctrl-C or SIGTERM.
    Serve(Serve),
    /// Copy all boards into a new file, also while the server runs.
    Backup {
        #[command(flatten)]
        data: Data,
        /// The file to write; it must not exist yet.
        file: PathBuf,
    },
    /// Verify that everything stored is as it was written and can be loaded, also while the server
    /// runs.
    Check {
        #[command(flatten)]
        data: Data,
    },
}

/// Where the boards are.
#[derive(Debug, Args)]
struct Data {
    /// Directory that holds the boards; created by the server if it does not exist.
    #[arg(
        long = "data",
        env = "DRAWBRIDGE_DATA",
        default_value = "data",
        value_name = "DIR"
    )]
    directory: PathBuf,
}

/// Every flag is also an environment variable; the flag wins.
#[derive(Debug, Args)]
struct Serve {
    /// Address to listen on; 0.0.0.0:8080 lets other machines in.
    #[arg(
        long,
        env = "DRAWBRIDGE_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    listen: SocketAddr,
    #[command(flatten)]
    data: Data,
    /// Another site whose pages may connect, such as https://example.org; may be repeated.
    #[arg(
        long = "allow-origin",
        env = "DRAWBRIDGE_ALLOW_ORIGIN",
        value_delimiter = ',',
        value_parser = origin,
        value_name = "ORIGIN"
    )]
    origins: Vec<String>,
    /// Largest message that a client may send, in MiB; offline work comes back as one message.
    #[arg(long, env = "DRAWBRIDGE_MAX_FRAME", default_value_t = 32, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    max_frame: u16,
    /// Largest board, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_BOARD", default_value_t = 64, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=4096))]
    max_board: u16,
    /// Most boards open at a time; those that nobody looks at are closed after half a minute.
    #[arg(long, env = "DRAWBRIDGE_MAX_BOARDS", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    max_boards: u32,
    /// Most connections at a time.
    #[arg(long, env = "DRAWBRIDGE_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    max_connections: u32,
    /// Longest time that a client may take over the head of a request, in seconds.
    #[arg(long, env = "DRAWBRIDGE_HEADER_TIMEOUT", default_value_t = 10, value_name = "SECONDS",
          value_parser = clap::value_parser!(u16).range(1..))]
    header_timeout: u16,
    /// Serve the page from this directory instead of from the binary.
    #[arg(long, env = "DRAWBRIDGE_WEB", value_name = "DIR")]
    web: Option<PathBuf>,
    /// What to log: error, warn, info, debug, trace, or a filter per module.
    #[arg(
        long,
        env = "DRAWBRIDGE_LOG",
        default_value = "info",
        value_name = "FILTER"
    )]
    log: String,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(flags) => start(flags),
        Command::Backup { data, file } => backup(&data.directory, &file),
        Command::Check { data } => check(&data.directory),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[allow(
                clippy::print_stderr,
                reason = "the one sentence for whoever started it"
            )]
            {
                eprintln!("drawbridge: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

fn backup(data: &Path, file: &Path) -> anyhow::Result<()> {
    upkeep::backup(data, file)?;
    say(format_args!("{} holds all boards", file.display()));
    Ok(())
}

fn check(data: &Path) -> anyhow::Result<()> {
    let findings = upkeep::check(data)?;
    for wrong in &findings.wrong {
        say(format_args!("{wrong}"));
    }
    let upkeep::Findings {
        boards,
        rows,
        snapshots,
        wrong,
    } = &findings;
    say(format_args!(
        "{boards} boards, {rows} rows, {snapshots} snapshots"
    ));
    match wrong.len() {
        0 => Ok(()),
        1 => anyhow::bail!("1 thing is wrong"),
        many => anyhow::bail!("{many} things are wrong"),
    }
}

#[allow(
    clippy::print_stdout,
    reason = "what was asked for, for people and scripts"
)]
fn say(line: std::fmt::Arguments<'_>) {
    println!("{line}");
}

fn start(flags: Serve) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&flags.log)
        .map_err(|error| anyhow::anyhow!("cannot read --log {}: {error}", flags.log))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| anyhow::anyhow!("cannot start: {error}"))?;
    runtime.block_on(run(flags))
}

async fn run(flags: Serve) -> anyhow::Result<()> {
    // Before the listener: whoever waits for the address may stop the server at once.
    let stopped = stop_signal()?;
    let listener = TcpListener::bind(flags.listen).await.map_err(|error| {
        anyhow::anyhow!(
            "cannot listen on {}: {error}; choose another address with --listen",
            flags.listen
        )
    })?;
    let address = listener.local_addr()?;
    let config = Config {
        origins: flags.origins,
        max_frame: usize::from(flags.max_frame) << 20,
        max_board: usize::from(flags.max_board) << 20,
        max_boards: usize::try_from(flags.max_boards)?,
        max_connections: usize::try_from(flags.max_connections)?,
        header_timeout: Duration::from_secs(flags.header_timeout.into()),
        web: flags.web,
        ..Config::new(flags.data.directory)
    };
    let ready = move || say(format_args!("Drawbridge is at http://{address}"));
    serve(listener, config, ready, stopped).await?;
    Ok(())
}

/// An origin as browsers write it: in lower case and without a path.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/').to_ascii_lowercase();
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(origin),
        _ => Err("an origin is http:// or https:// and a host, such as https://example.org".into()),
    }
}

/// Completes when the process is asked to stop.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Completes when the process is asked to stop.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot hear Ctrl-C");
        }
    })
}
