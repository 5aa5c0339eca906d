//! The accept loop: TCP in, HTTP served, until told to stop.
//!
//! Owns what warp's own server lacks: no delay of small frames, a deadline for request headers, a
//! cap on connections, and an end that waits for answers under way.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use warp::Filter;
use warp::reply::Response;

use crate::http::Admission;

/// How long a client may take over the headers of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long answers under way have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// Pause after the system refused a connection, say for lack of file descriptors.
const BREATHER: Duration = Duration::from_millis(100);

/// Serves `routes` on `listener` until `shutdown` completes.
pub(crate) async fn run<F>(
    listener: TcpListener,
    routes: F,
    max_connections: usize,
    shutdown: impl Future<Output = ()>,
) where
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    let places = Arc::new(Semaphore::new(max_connections));
    let graceful = GracefulShutdown::new();
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
            Ok(place) => connect(tcp, routes.clone(), Admission::new(place), &graceful),
            Err(_) => tracing::warn!("too many connections: one is turned away"),
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("answers under way were cut off");
    }
}

fn connect<F>(tcp: TcpStream, routes: F, admission: Admission, graceful: &GracefulShutdown)
where
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
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT);
    let connection = builder
        .serve_connection_with_upgrades(TokioIo::new(tcp), service)
        .into_owned();
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "an HTTP connection broke");
        }
    });
}
