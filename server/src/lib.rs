//! How people share a board: a pure room and a thin warp rim.
//!
//! `room`, `outbox` and `wire` are pure; `rooms`, `postbox`, `connection`, `http`, `tls` and `accept` are the
//! rim around them; `store` keeps the boards. [`serve`] ties them together.

mod accept;
mod addresses;
mod connection;
mod http;
mod metrics;
pub mod outbox;
mod postbox;
pub mod principal;
pub mod room;
mod rooms;
pub mod store;
pub mod tls;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use accept::{Door, Tls};
use addresses::Addresses;
use connection::Intake;
use http::{Assets, Context, Question, Transfers};
use metrics::Metrics;
use room::Limits;
use rooms::Rooms;
use store::sqlite::Sqlite;
use store::sqlite::files::{FileLimits, Files};
use store::{Store, StoreError};
use tls::{Certificate, TlsError};

/// How long WebSockets have to end when the server stops: those of a busy server are told over two
/// seconds, and then each has two for the close frame and two to close as well.
const FAREWELL: Duration = Duration::from_secs(8);
/// How long a file may be there that no stored update names: browsers name it when they have brought it,
/// which waits for their connection.
const UNNAMED: Duration = Duration::from_secs(24 * 3600);
/// How often such files are looked for.
const COLLECTING: Duration = Duration::from_secs(3600);
/// How long stopping may take in all. Below the `TimeoutStopSec` of docs/operations.md: who is killed
/// cannot say why.
const STOPPING: Duration = Duration::from_secs(20);

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the boards are kept.
    pub data: PathBuf,
    /// Origins that may connect besides the page's own, as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Largest WebSocket frame, in bytes.
    pub max_frame: usize,
    /// Bounds of each board.
    pub board: Limits,
    /// How many bytes of files there may be.
    pub files: FileLimits,
    /// Most boards open at a time.
    pub max_boards: usize,
    /// Most connections at a time.
    pub max_connections: usize,
    /// Most of them from one address.
    pub max_per_address: usize,
    /// Proxies whose word is taken for the address of their clients.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a client may take over a TLS handshake, and over the head of a request.
    pub header_timeout: Duration,
    /// How long a board stays in memory after the last one has left it.
    pub idle: Duration,
    /// Without a certificate, connections are plain.
    pub certificate: Option<Arc<Certificate>>,
    /// The page's files, if not those in the binary.
    pub web: Option<PathBuf>,
}

impl Config {
    /// The defaults, for a data directory.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            origins: Vec::new(),
            max_frame: 32 << 20,
            board: Limits::DEFAULT,
            files: FileLimits::DEFAULT,
            max_boards: 10_000,
            max_connections: 10_000,
            max_per_address: 1_000,
            trusted_proxies: Vec::new(),
            certificate: None,
            header_timeout: Duration::from_secs(10),
            // A page that reloads, or a network that was gone, finds it still open.
            idle: Duration::from_secs(30),
            web: None,
        }
    }
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The system refused something.
    #[error("the system refuses what the server needs: {0}")]
    System(#[from] std::io::Error),
    /// Not everything that was taken in is on disk.
    #[error(
        "the store has not finished within {STOPPING:?}: what was not confirmed may be missing \
         until those who drew it come back"
    )]
    Stalled,
}

/// Serves boards until `shutdown` completes, having called `ready` once it can; then tells every
/// connection to come back later and returns when everything taken in is on disk.
///
/// # Errors
/// When the store cannot be opened, or does not take everything in within [`STOPPING`].
pub async fn serve(
    listener: TcpListener,
    config: Config,
    ready: impl FnOnce(),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let data = config.data.clone();
    let opened = tokio::task::spawn_blocking(move || Sqlite::open(&data)).await;
    let store = Arc::new(opened.map_err(std::io::Error::other)??);
    let files = Files::new(Arc::clone(&store), config.files)?;
    let store: Arc<dyn Store> = store;
    let metrics = Arc::new(Metrics::new());
    let rooms = Rooms::new(
        store,
        Arc::clone(&metrics),
        config.board,
        config.max_boards,
        config.idle,
    )?;
    let addresses = Addresses::new(config.max_per_address, config.trusted_proxies);
    let door = Door {
        connections: config.max_connections,
        header_timeout: config.header_timeout,
        tls: config.certificate.map(Tls::new).transpose()?,
        addresses: Arc::new(addresses),
        metrics: Arc::clone(&metrics),
    };
    let sockets = TaskTracker::new();
    let context = Context {
        rooms: rooms.clone(),
        assets: Arc::new(Assets {
            directory: config.web.or_else(built_page),
        }),
        answers: Arc::default(),
        files: Arc::new(Transfers::new(Arc::clone(&files))),
        origins: config.origins.into(),
        intake: Intake::new(config.max_frame),
        addresses: Arc::clone(&door.addresses),
        visitors: Arc::default(),
        healthy: Arc::new(Question::healthy()),
        ready: Arc::new(Question::ready()),
        metrics,
        sockets: sockets.clone(),
    };
    let collecting = tokio::spawn(collect(files));
    ready();
    let answering = accept::run(listener, http::routes(context), door, shutdown).await;
    tracing::info!("stopping");
    collecting.abort();
    let ending = async { tokio::join!(rooms.close(), part(&sockets), answering.end()) };
    if tokio::time::timeout(STOPPING, ending).await.is_err() {
        let error = ServeError::Stalled;
        tracing::error!(%error, "stopped before everything was saved");
        return Err(error);
    }
    Ok(())
}

/// Removes files that nobody has named within a day, until it is aborted.
async fn collect(files: Arc<Files>) {
    let mut due = tokio::time::interval(COLLECTING);
    loop {
        due.tick().await;
        let files = Arc::clone(&files);
        let since = std::time::SystemTime::now().checked_sub(UNNAMED);
        let since = since.and_then(|since| since.duration_since(std::time::UNIX_EPOCH).ok());
        let before = since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(0));
        match tokio::task::spawn_blocking(move || files.collect(before)).await {
            Ok(Ok(done)) => tracing::debug!(?done, "files that nobody names"),
            Ok(Err(error)) => tracing::warn!(%error, "files that nobody names stay for now"),
            Err(error) => tracing::error!(%error, "looking for files that nobody names broke"),
        }
    }
}

/// Returns when all WebSockets have ended, or had the time for it.
async fn part(sockets: &TaskTracker) {
    sockets.close();
    if tokio::time::timeout(FAREWELL, sockets.wait())
        .await
        .is_err()
    {
        tracing::warn!(left = sockets.len(), "connections were cut off");
    }
}

/// Without the page inside the binary, the one that was built beside the source.
fn built_page() -> Option<PathBuf> {
    let beside = || {
        [env!("CARGO_MANIFEST_DIR"), "..", "web", "dist"]
            .iter()
            .collect()
    };
    (!cfg!(feature = "embed")).then(beside)
}
