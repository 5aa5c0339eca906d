//! The accept loop: TCP in, TLS if there is a certificate, HTTP served, until told to stop.
//!
//! Owns what warp's own server lacks: no delay of small frames, deadlines for handshakes and request
//! heads, caps on connections in all and of one address, and an end that waits for answers under
//! way.

mod flow;
mod watched;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use warp::Filter;
use warp::reply::Response;

use self::flow::{Flow, Tired};
pub(crate) use self::watched::Watched;
use crate::addresses::Addresses;
use crate::http::Admission;
use crate::metrics::Metrics;
use crate::tls::{self, Certificate, TlsError};

/// Most connections that are told at the same time that there are too many; others are dropped.
const MAX_TURNED_AWAY: usize = 64;
/// How long one of those has to read it.
const TURNING_AWAY: Duration = Duration::from_secs(2);
/// What those are told: HTTP clients show it, y-websocket tries again.
const TOO_MANY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\n\
    content-length: 60\r\nretry-after: 5\r\nconnection: close\r\n\r\n\
    The server has as many connections as it allows. Try again.\n";
/// The same, when they all come from one address.
const TOO_MANY_OF_YOURS: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\ncontent-type: text/plain\r\n\
    content-length: 64\r\nretry-after: 5\r\nconnection: close\r\n\r\n\
    Your address has as many connections as one may have. Try again.";
/// How long answers under way have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(8);
/// Pause after the system refused a connection, say for lack of file descriptors.
const BREATHER: Duration = Duration::from_millis(100);
/// Requests of one HTTP/2 connection at a time: a page asks for a dozen files.
const STREAMS: u32 = 64;
/// Between two pings of a quiet HTTP/2 connection, and how long the answer may take.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// Largest head of an HTTP/2 request, in bytes.
const HEAD: u32 = 16 << 10;
/// What of one HTTP/1 connection is kept in memory each way: the largest head of a request, and what
/// waits to be sent. Larger heads are answered 431.
const BUFFER: usize = 32 << 10;

/// Who may come in, and how.
#[derive(Clone)]
pub(crate) struct Door {
    /// Most connections at a time.
    pub(crate) connections: usize,
    /// How long a client may take over a TLS handshake, and over the head of a request.
    pub(crate) header_timeout: Duration,
    /// Without it, connections are plain.
    pub(crate) tls: Option<Tls>,
    pub(crate) addresses: Arc<Addresses>,
    pub(crate) metrics: Arc<Metrics>,
}

/// The two ways of TLS.
#[derive(Clone)]
pub(crate) struct Tls {
    serving: TlsAcceptor,
    /// For those who only hear that there are too many: in the one protocol of [`TOO_MANY`].
    turning_away: TlsAcceptor,
}

impl Tls {
    /// With this certificate.
    ///
    /// # Errors
    /// As [`Certificate::acceptor`].
    pub(crate) fn new(certificate: Arc<Certificate>) -> Result<Self, TlsError> {
        Ok(Self {
            serving: Arc::clone(&certificate).acceptor(true)?,
            turning_away: certificate.acceptor(false)?,
        })
    }
}

/// How connections hear that the server stops.
#[derive(Clone, Default)]
struct Stopping {
    /// End after the answer under way.
    soon: CancellationToken,
    /// End.
    now: CancellationToken,
}

/// The connections that are still there after the last one has come in.
pub(crate) struct Answering {
    connections: TaskTracker,
    stopping: Stopping,
}

impl Answering {
    /// Returns when all answers under way have ended; those that take too long are cut off.
    pub(crate) async fn end(self) {
        self.connections.close();
        if timeout(FAREWELL, self.connections.wait()).await.is_err() {
            let left = self.connections.len();
            tracing::warn!(left, "answers under way were cut off");
            self.stopping.now.cancel();
            self.connections.wait().await;
        }
    }
}

/// Serves `routes` on `listener` until `shutdown` completes; then connections end after the answer
/// under way.
pub(crate) async fn run<F>(
    listener: TcpListener,
    routes: F,
    door: Door,
    shutdown: impl Future<Output = ()>,
) -> Answering
where
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    let places = Arc::new(Semaphore::new(door.connections));
    let turned_away = Arc::new(Semaphore::new(MAX_TURNED_AWAY));
    let (connections, stopping) = (TaskTracker::new(), Stopping::default());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        let (tcp, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATHER).await;
                continue;
            }
        };
        match admit(&places, &door, peer) {
            Ok(admission) => {
                let stopping = stopping.clone();
                let serving = serve(tcp, routes.clone(), admission, door.clone(), stopping);
                connections.spawn(serving);
            }
            Err(answer) => {
                if let Ok(permit) = Arc::clone(&turned_away).try_acquire_owned() {
                    let tls = door.tls.as_ref().map(|tls| tls.turning_away.clone());
                    tokio::spawn(turn_away(tcp, tls, answer, permit));
                }
            }
        }
    }
    stopping.soon.cancel();
    Answering {
        connections,
        stopping,
    }
}

/// Serves one connection of the operator, to which no bound of others applies.
pub(crate) async fn serve_operator<I, F>(stream: I, routes: F, door: Door, stop: CancellationToken)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    let admission = Admission::operator(&door.metrics);
    let stopping = Stopping {
        soon: stop,
        now: CancellationToken::new(),
    };
    serve_http(stream, false, routes, admission, &door, stopping).await;
}

/// A place for a connection, or what it is told. Those behind a proxy are counted by its word,
/// which comes with the request. Refusals are counted and not logged one by one: a flood of
/// connections must not become one of log lines.
fn admit(
    places: &Arc<Semaphore>,
    door: &Door,
    peer: SocketAddr,
) -> Result<Admission, &'static [u8]> {
    let Ok(permit) = Arc::clone(places).try_acquire_owned() else {
        door.metrics.refused("connections");
        tracing::debug!("too many connections: one is turned away");
        return Err(TOO_MANY);
    };
    let own_place = if door.addresses.is_proxy(peer.ip()) {
        None
    } else {
        let Some(place) = door.addresses.admit(peer.ip()) else {
            door.metrics.refused("address");
            tracing::debug!(%peer, "too many connections of one address: one is turned away");
            return Err(TOO_MANY_OF_YOURS);
        };
        Some(place)
    };
    let from = (peer.ip(), door.tls.is_some());
    Ok(Admission::new(permit, own_place, from, &door.metrics))
}

/// Serves one connection until it or the server ends. An upgrade ends it too.
async fn serve<F>(tcp: TcpStream, routes: F, admission: Admission, door: Door, stopping: Stopping)
where
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    if let Err(error) = tcp.set_nodelay(true) {
        tracing::debug!(%error, "small frames may be late");
    }
    let Some(Tls { serving, .. }) = &door.tls else {
        return serve_http(tcp, false, routes, admission, &door, stopping).await;
    };
    let shaking = timeout(door.header_timeout, serving.accept(tcp));
    // Nothing has been asked yet.
    let Some(shaken) = stopping.soon.run_until_cancelled(shaking).await else {
        return;
    };
    match shaken {
        Ok(Ok(stream)) => {
            let h2 = stream.get_ref().1.alpn_protocol() == Some(tls::H2);
            serve_http(stream, h2, routes, admission, &door, stopping).await;
        }
        Ok(Err(error)) => {
            door.metrics.refused("tls");
            tracing::debug!(%error, "a TLS handshake failed");
        }
        Err(_) => {
            door.metrics.refused("slow_request");
            tracing::debug!("a TLS handshake took too long");
        }
    }
}

async fn serve_http<I, F>(
    stream: I,
    h2: bool,
    routes: F,
    admission: Admission,
    door: &Door,
    stopping: Stopping,
) where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static,
{
    let flow = Flow::new(door.header_timeout, h2);
    let routes = TowerToHyperService::new(warp::service(routes));
    let answering = Arc::clone(&flow);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(admission.clone());
        let making = answering.making();
        let answer = hyper::service::Service::call(&routes, request);
        async move {
            let answer = answer.await?;
            Ok::<_, Infallible>(answer.map(|body| making.flow().pieces(body)))
        }
    });
    let stream = TokioIo::new(Watched::new(stream, &flow));
    // Not hyper-util's builder of either version: it awaits the first bytes without a deadline.
    let served = if h2 {
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD)
            .keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(KEEP_ALIVE)
            .serve_connection(stream, service);
        ended(connection, &flow, door, &stopping, |it| {
            it.graceful_shutdown()
        })
        .await
    } else {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(door.header_timeout)
            .max_buf_size(BUFFER)
            .serve_connection(stream, service)
            .with_upgrades();
        ended(connection, &flow, door, &stopping, |it| {
            it.graceful_shutdown()
        })
        .await
    };
    if let Some(Err(error)) = served {
        // hyper's clock for heads also runs out between two requests, which is nobody's fault.
        if error.is_timeout() && !flow.was_asked() {
            door.metrics.refused("slow_request");
        }
        tracing::debug!(%error, "an HTTP connection broke");
    }
}

/// Drives a connection to its end; `None` when it was cut off.
async fn ended<C: Future>(
    connection: C,
    flow: &Flow,
    door: &Door,
    stopping: &Stopping,
    end_soon: impl FnOnce(Pin<&mut C>),
) -> Option<C::Output> {
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        served = &mut connection => return Some(served),
        () = stopping.soon.cancelled() => {
            end_soon(connection.as_mut());
            return stopping.now.run_until_cancelled(connection).await;
        }
        tired = flow.tired() => {
            tracing::debug!(?tired, "an HTTP connection gets nowhere");
            match tired {
                Tired::Stalled => {
                    door.metrics.refused("stalled");
                    return None;
                }
                Tired::Mute => door.metrics.refused("slow_request"),
                Tired::Quiet => {}
            }
        }
    }
    // It may be about to ask for something: it is told, and has a moment to go.
    end_soon(connection.as_mut());
    let ending = timeout(door.header_timeout, connection);
    stopping.soon.run_until_cancelled(ending).await?.ok()
}

/// Says why, within a time that has the TLS handshake in it.
async fn turn_away(
    tcp: TcpStream,
    tls: Option<TlsAcceptor>,
    answer: &[u8],
    permit: OwnedSemaphorePermit,
) {
    let telling = async {
        match tls {
            Some(tls) => tell(tls.accept(tcp).await?, answer).await,
            None => tell(tcp, answer).await,
        }
    };
    drop(timeout(TURNING_AWAY, telling).await);
    drop(permit);
}

/// Takes what comes until the other side closes, or the answer would be lost.
async fn tell<S>(mut stream: S, answer: &[u8]) -> std::io::Result<u64>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(answer).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await
}

#[cfg(test)]
mod tests;
