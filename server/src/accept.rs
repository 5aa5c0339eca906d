//! The accept loop: TCP in, HTTP served, until told to stop.
//!
//! Owns what warp's own server lacks: no delay of small frames, a deadline for request headers, a
//! cap on connections, and an end that waits for answers under way.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use warp::Filter;
use warp::reply::Response;

use crate::http::Admission;

/// Most connections that are told at the same time that there are too many; others are dropped.
const MAX_TURNED_AWAY: usize = 64;
/// How long one of those has to read it.
const TURNING_AWAY: Duration = Duration::from_secs(2);
/// What those are told: HTTP clients show it, y-websocket tries again.
const TOO_MANY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\n\
    content-length: 60\r\nretry-after: 5\r\nconnection: close\r\n\r\n\
    The server has as many connections as it allows. Try again.\n";
/// How long answers under way have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// Pause after the system refused a connection, say for lack of file descriptors.
const BREATHER: Duration = Duration::from_millis(100);

/// What a client may take up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Most connections at a time.
    pub(crate) connections: usize,
    /// How long a client may take over the head of a request.
    pub(crate) header_timeout: Duration,
}

/// Serves `routes` on `listener` until `shutdown` completes.
pub(crate) async fn run<F>(
    listener: TcpListener,
    routes: F,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) where
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    let places = Arc::new(Semaphore::new(limits.connections));
    let turned_away = Arc::new(Semaphore::new(MAX_TURNED_AWAY));
    let (connections, stop) = (TaskTracker::new(), CancellationToken::new());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        let tcp = match accepted {
            Ok((tcp, _)) => tcp,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATHER).await;
                continue;
            }
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let admission = Admission::new(place);
                let serving = serve(tcp, routes.clone(), admission, limits, stop.clone());
                connections.spawn(serving);
            }
            Err(_) => {
                tracing::warn!("too many connections: one is turned away");
                if let Ok(permit) = Arc::clone(&turned_away).try_acquire_owned() {
                    tokio::spawn(turn_away(tcp, permit));
                }
            }
        }
    }
    drop(listener);
    stop.cancel();
    connections.close();
    if tokio::time::timeout(FAREWELL, connections.wait())
        .await
        .is_err()
    {
        tracing::warn!("answers under way were cut off");
    }
}

/// Serves one connection; on `stop` it ends after the answer under way. An upgrade ends it too.
async fn serve<F>(
    tcp: TcpStream,
    routes: F,
    admission: Admission,
    limits: Limits,
    stop: CancellationToken,
) where
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    if let Err(error) = tcp.set_nodelay(true) {
        tracing::debug!(%error, "small frames may be late");
    }
    let routes = TowerToHyperService::new(warp::service(routes));
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(admission.clone());
        hyper::service::Service::call(&routes, request)
    });
    // Not hyper-util's builder of either version: it awaits the first bytes without a deadline.
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .serve_connection(TokioIo::new(tcp), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let served = tokio::select! {
        served = &mut connection => served,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "an HTTP connection broke");
    }
}

/// Says why, and takes what comes until the other side closes, or the answer would be lost.
async fn turn_away(mut tcp: TcpStream, permit: OwnedSemaphorePermit) {
    let telling = async {
        tcp.write_all(TOO_MANY).await?;
        tcp.shutdown().await?;
        tokio::io::copy(&mut tcp, &mut tokio::io::sink()).await
    };
    drop(tokio::time::timeout(TURNING_AWAY, telling).await);
    drop(permit);
}
