//! The `drawbridge` binary: what its flags ask for, and signals.

mod commands;
mod convert;
mod export;
mod flags;
mod import;
mod licences;
mod picture;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use drawbridge_server::room::Limits;
use drawbridge_server::store::sqlite::files::FileLimits;
use drawbridge_server::store::sqlite::upkeep;
use drawbridge_server::tls::Certificate;
use drawbridge_server::{Config, serve};
use flags::{Cli, Command, LogFormat, Serve};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(flags) => start(*flags),
        Command::Backup { data, file } => backup(&data.directory, &file),
        Command::Check { data } => check(&data.directory),
        Command::Convert(asked) => convert::convert(&asked),
        Command::Licences => {
            licences::print();
            Ok(())
        }
        Command::List { data, json } => commands::list(&data.directory, json),
        Command::Export(asked) => export::export(&asked),
        Command::Copy(asked) => export::copy(&asked),
        Command::Import(asked) => import::import(asked),
        Command::Delete { data, board } => commands::delete(&data.directory, &board),
        Command::RestoreDeleted { data, board } => commands::restore(&data.directory, &board),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("drawbridge: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn backup(data: &Path, file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(file != Path::new("-"), "a backup is a file: name one");
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
        files,
        wrong,
    } = &findings;
    say(format_args!(
        "{boards} boards, {rows} rows, {snapshots} snapshots, {files} files"
    ));
    match wrong.len() {
        0 => Ok(()),
        1 => anyhow::bail!("1 thing is wrong"),
        many => anyhow::bail!("{many} things are wrong"),
    }
}

/// What was asked for, for people and scripts; whoever has closed their end has seen enough.
fn say(line: std::fmt::Arguments<'_>) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// What is wrong, or is lost, beside what was asked for.
fn complain(line: std::fmt::Arguments<'_>) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

fn start(flags: Serve) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&flags.log)
        .map_err(|error| anyhow::anyhow!("cannot read --log {}: {error}", flags.log))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match flags.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| anyhow::anyhow!("cannot start: {error}"))?;
    let served = runtime.block_on(run(flags));
    // Threads that wait for a stalled disk must not keep the process: `serve` has waited long enough.
    runtime.shutdown_background();
    served
}

async fn run(flags: Serve) -> anyhow::Result<()> {
    // Before the listener: whoever waits for the address may stop the server at once.
    let told = told_to_stop()?;
    let listener = TcpListener::bind(flags.listen).await.map_err(|error| {
        anyhow::anyhow!(
            "cannot listen on {}: {error}; choose another address with --listen",
            flags.listen
        )
    })?;
    let address = listener.local_addr()?;
    let config = configure(flags)?;
    let scheme = if config.certificate.is_some() {
        "https"
    } else {
        "http"
    };
    if let Some(certificate) = &config.certificate {
        tokio::spawn(renew(Arc::clone(certificate)));
    }
    let ready = move || say(format_args!("Drawbridge is at {scheme}://{address}"));
    let serving = tokio::spawn(serve(listener, config, ready, told.once.cancelled_owned()));
    tokio::select! {
        served = serving => Ok(served??),
        () = told.twice.cancelled() => {
            anyhow::bail!("told twice to stop, it ended before everything was saved")
        }
    }
}

fn configure(flags: Serve) -> anyhow::Result<Config> {
    let certificate = match (&flags.tls_cert, &flags.tls_key) {
        (Some(chain), Some(key)) => Some(Arc::new(Certificate::load(chain, key)?)),
        _ => None,
    };
    let board = Limits {
        board: usize::from(flags.max_board) << 20,
        peers: usize::try_from(flags.max_connections_per_board)?,
        people: usize::try_from(flags.max_people)?,
        people_bytes: usize::from(flags.max_people_size) << 20,
        messages: flags.max_messages,
    };
    let files = FileLimits {
        file: u64::from(flags.max_file) << 20,
        board: u64::from(flags.max_board_files) << 20,
        all: u64::from(flags.max_files) << 20,
    };
    Ok(Config {
        files,
        origins: flags.origins,
        embedders: flags.embedders,
        max_frame: usize::from(flags.max_frame) << 20,
        board,
        max_boards: usize::try_from(flags.max_boards)?,
        max_connections: usize::try_from(flags.max_connections)?,
        max_per_address: usize::try_from(flags.max_connections_per_address)?,
        trusted_proxies: flags.trusted_proxies,
        header_timeout: Duration::from_secs(flags.header_timeout.into()),
        idle: Duration::from_secs(flags.idle_timeout.into()),
        certificate,
        web: flags.web,
        public_url: flags.public_url,
        link_previews: flags.link_previews,
        fonts: Arc::new(picture::fonts(&flags.fonts)?),
        ..Config::new(flags.data.directory)
    })
}

/// Reads the certificate again whenever the process is told to.
#[cfg(unix)]
async fn renew(certificate: Arc<Certificate>) {
    use tokio::signal::unix::{SignalKind, signal};
    let mut told = match signal(SignalKind::hangup()) {
        Ok(told) => told,
        Err(error) => return tracing::error!(%error, "cannot hear SIGHUP"),
    };
    while told.recv().await.is_some() {
        match certificate.reload() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => tracing::error!(%error, "the certificate stays as it was"),
        }
    }
}

/// There is no SIGHUP here: a new certificate takes a restart.
#[cfg(not(unix))]
async fn renew(_: Arc<Certificate>) {}

/// How often the process was asked to stop.
#[derive(Default, Clone)]
struct Told {
    once: CancellationToken,
    twice: CancellationToken,
}

impl Told {
    fn again(&self) {
        if self.once.is_cancelled() {
            self.twice.cancel();
        }
        self.once.cancel();
    }
}

/// Listens to the signals that ask the process to stop.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<Told> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let told = Told::default();
    let telling = told.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => telling.again(),
                _ = interrupt.recv() => telling.again(),
            }
        }
    });
    Ok(told)
}

/// Listens to what asks the process to stop.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<Told> {
    let told = Told::default();
    let telling = told.clone();
    tokio::spawn(async move {
        loop {
            match tokio::signal::ctrl_c().await {
                Ok(()) => telling.again(),
                Err(error) => return tracing::error!(%error, "cannot hear Ctrl-C"),
            }
        }
    });
    Ok(told)
}
