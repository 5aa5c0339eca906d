//! How people share a board: a pure room and a thin warp rim.
//!
//! `room` and `outbox` are pure; `rooms`, `postbox`, `connection`, `http` and `accept` are the
//! rim around them; `store` keeps the boards. [`serve`] ties them together.

mod accept;
mod connection;
mod http;
pub mod outbox;
mod postbox;
pub mod room;
mod rooms;
pub mod store;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use http::{Assets, Context};
use room::Limits;
use rooms::Rooms;
use store::sqlite::Sqlite;
use store::{Store, StoreError};

/// How long open connections have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the boards are kept.
    pub data: PathBuf,
    /// Origins that may connect besides the page's own, as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Largest WebSocket frame, in bytes.
    pub max_frame: usize,
    /// Largest board, encoded, in bytes.
    pub max_board: usize,
    /// Most boards open at a time; those that nobody looks at are closed after half a minute.
    pub max_boards: usize,
    /// Most connections at a time.
    pub max_connections: usize,
    /// How long a client may take over the head of a request.
    pub header_timeout: Duration,
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
            max_board: 64 << 20,
            max_boards: 10_000,
            max_connections: 10_000,
            header_timeout: Duration::from_secs(10),
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
    /// The system refused something.
    #[error("the system refuses what the server needs: {0}")]
    System(#[from] std::io::Error),
}

/// Serves boards until `shutdown` completes, having called `ready` once it can; then tells every connection to come back later and
/// returns when everything taken in is on disk.
///
/// # Errors
/// When the store cannot be opened.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    ready: impl FnOnce(),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let data = config.data.clone();
    let opened = tokio::task::spawn_blocking(move || Sqlite::open(&data)).await;
    let store: Arc<dyn Store> = Arc::new(opened.map_err(std::io::Error::other)??);
    let limits = Limits {
        board: config.max_board,
    };
    let rooms = Rooms::new(store, limits, config.max_boards)?;
    let sockets = TaskTracker::new();
    let context = Context {
        rooms: rooms.clone(),
        assets: Arc::new(Assets {
            directory: config.web.or_else(built_page),
        }),
        origins: config.origins.into(),
        max_frame: config.max_frame,
        sockets: sockets.clone(),
    };
    ready();
    accept::run(
        listener,
        http::routes(context),
        accept::Limits {
            connections: config.max_connections,
            header_timeout: config.header_timeout,
        },
        shutdown,
    )
    .await;
    tracing::info!("stopping");
    rooms.close().await;
    sockets.close();
    if tokio::time::timeout(FAREWELL, sockets.wait())
        .await
        .is_err()
    {
        tracing::warn!(left = sockets.len(), "connections were cut off");
    }
    Ok(())
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
