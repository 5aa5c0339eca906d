//! A server's inside: the store, the rooms on it, files, and what answers for them.
//!
//! Owns the order in which it is opened and closed, and what is done by the hour. Whoever serves it,
//! to everybody or to the operator alone, brings the connections.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;
use warp::Filter;
use warp::reply::Response;

use crate::accept::{self, Door, Tls};
use crate::addresses::Addresses;
use crate::boards::Boards;
use crate::connection::Intake;
use crate::control::Control;
use crate::http::{self, Assets, Context, Making, Previews, Question, Transfers};
use crate::metrics::Metrics;
use crate::rooms::Rooms;
use crate::store::Store;
use crate::store::sqlite::Sqlite;
use crate::store::sqlite::files::Files;
use crate::{Config, ServeError};

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

/// A server that is open.
pub(crate) struct House {
    context: Context,
    door: Door,
    /// What is done by the hour.
    collecting: AbortHandle,
}

impl House {
    /// Opens one on a data directory.
    ///
    /// # Errors
    /// When the store or the certificate cannot be used.
    pub(crate) async fn open(config: Config) -> Result<Self, ServeError> {
        let data = config.data.clone();
        let opened = tokio::task::spawn_blocking(move || Sqlite::open(&data)).await;
        let sqlite = Arc::new(opened.map_err(std::io::Error::other)??);
        let files = Files::new(Arc::clone(&sqlite), config.files)?;
        let store: Arc<dyn Store> = Arc::clone(&sqlite) as Arc<dyn Store>;
        let metrics = Arc::new(Metrics::new());
        let rooms = Rooms::new(
            store,
            Arc::clone(&metrics),
            config.board,
            config.max_boards,
            config.idle,
        )?;
        let opening = rooms.clone();
        let boards = tokio::task::spawn_blocking(move || Boards::new(sqlite, opening)).await;
        let boards = Arc::new(boards.map_err(std::io::Error::other)??);
        let addresses = Addresses::new(config.max_per_address, config.trusted_proxies);
        let door = Door {
            connections: config.max_connections,
            header_timeout: config.header_timeout,
            tls: config.certificate.map(Tls::new).transpose()?,
            addresses: Arc::new(addresses),
            metrics: Arc::clone(&metrics),
        };
        let collecting = tokio::spawn(collect(Arc::clone(&files), Arc::clone(&boards)));
        let context = Context {
            rooms,
            assets: Arc::new(Assets {
                directory: config.web.or_else(built_page),
            }),
            answers: Arc::default(),
            files: Arc::new(Transfers::new(files)),
            origins: config.origins.into(),
            embedders: match config.embedders.as_slice() {
                [] => "'none'".into(),
                some => some.join(" ").into(),
            },
            intake: Intake::new(config.max_frame),
            addresses: Arc::clone(&door.addresses),
            boards,
            previews: Arc::new(Previews::new(config.public_url, config.link_previews)),
            making: Arc::new(Making::with(config.fonts)),
            visitors: Arc::default(),
            healthy: Arc::new(Question::healthy()),
            ready: Arc::new(Question::ready()),
            metrics,
            sockets: TaskTracker::new(),
        };
        Ok(Self {
            context,
            door,
            collecting: collecting.abort_handle(),
        })
    }

    /// What answers.
    pub(crate) fn routes(
        &self,
    ) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static
    {
        http::routes(self.context.clone())
    }

    /// Who may come in, and how.
    pub(crate) fn door(&self) -> Door {
        self.door.clone()
    }

    /// Opens the operator's own door, until the guard is dropped. Without it boards are served all the
    /// same.
    pub(crate) fn open_control(&self, data: &Path) -> Option<DropGuard> {
        let control = match Control::open(data) {
            Ok(control) => control,
            Err(error) => {
                tracing::warn!(
                    %error,
                    "no control socket in the data directory: commands that change boards need the \
                     server stopped"
                );
                return None;
            }
        };
        let stop = CancellationToken::new();
        let (routes, door, stopped) = (self.routes(), self.door(), stop.clone());
        tokio::spawn(async move {
            while let Some(stream) = stopped.run_until_cancelled(control.next()).await {
                let (routes, door, stop) = (routes.clone(), door.clone(), stopped.clone());
                tokio::spawn(accept::serve_operator(stream, routes, door, stop));
            }
        });
        Some(stop.drop_guard())
    }

    /// Tells every connection to come back later; returns when everything taken in is on disk and the
    /// answers under way have ended.
    ///
    /// # Errors
    /// When that takes longer than [`STOPPING`].
    pub(crate) async fn close(self, answering: impl Future<Output = ()>) -> Result<(), ServeError> {
        self.collecting.abort();
        let Context { rooms, sockets, .. } = &self.context;
        let ending = async { tokio::join!(rooms.close(), part(sockets), answering) };
        if tokio::time::timeout(STOPPING, ending).await.is_err() {
            let error = ServeError::Stalled;
            tracing::error!(%error, "stopped before everything was saved");
            return Err(error);
        }
        Ok(())
    }
}

/// Removes files that nobody has named within a day, and boards that were deleted long ago, until it
/// is aborted.
async fn collect(files: Arc<Files>, boards: Arc<Boards>) {
    let mut due = tokio::time::interval(COLLECTING);
    loop {
        due.tick().await;
        if let Err(error) = boards.remove_old().await {
            tracing::warn!(%error, "boards that were deleted stay for now");
        }
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
