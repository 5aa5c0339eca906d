//! How people share a board: a pure room and a thin warp rim.
//!
//! `room`, `outbox` and `wire` are pure; `rooms`, `postbox`, `connection`, `http`, `tls` and `accept` are the
//! rim around them; `store` keeps the boards. [`serve`] ties them together.

mod accept;
mod addresses;
mod boards;
mod connection;
mod control;
mod house;
mod http;
pub mod made;
mod metrics;
pub mod operator;
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
use render::Fonts;
use tokio::net::TcpListener;

use house::House;
use room::Limits;
use store::StoreError;
use store::sqlite::files::FileLimits;
use tls::{Certificate, TlsError};

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the boards are kept.
    pub data: PathBuf,
    /// Origins that may connect besides the page's own, as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Origins whose pages may have boards within them, as `scheme://host[:port]`.
    pub embedders: Vec<String>,
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
    /// Where people reach the server, as `scheme://host[:port]`.
    pub public_url: Option<String>,
    /// Whether links to boards are shown with their pictures and titles; needs `public_url`.
    pub link_previews: bool,
    /// Whose letters pictures of boards have.
    pub fonts: Arc<Fonts>,
}

impl Config {
    /// The defaults, for a data directory.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            origins: Vec::new(),
            embedders: Vec::new(),
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
            public_url: None,
            link_previews: false,
            fonts: Arc::default(),
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
        "the store has not finished within 20 seconds: what was not confirmed may be missing \
         until those who drew it come back"
    )]
    Stalled,
}

/// Serves boards until `shutdown` completes, having called `ready` once it can; then tells every
/// connection to come back later and returns when everything taken in is on disk.
///
/// # Errors
/// When the store cannot be opened, or does not take everything in within 20 seconds.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    ready: impl FnOnce(),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let data = config.data.clone();
    let house = House::open(config).await?;
    let operator = house.open_control(&data);
    ready();
    let answering = accept::run(listener, house.routes(), house.door(), shutdown).await;
    tracing::info!("stopping");
    drop(operator);
    house.close(answering.end()).await
}
