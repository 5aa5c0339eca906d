//! A server in this process, and clients that speak to it frame by frame.
//!
//! Owns starting, stopping and waiting with deadlines. Asserts nothing.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use board::protocol::{Message, SUBPROTOCOL, decode_from_server};
use drawbridge_server::{Config, ServeError, serve};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, http::HeaderValue};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long anything may take before a test fails.
const DEADLINE: Duration = Duration::from_secs(20);

/// Waits for something that must happen.
pub(crate) async fn soon<T>(what: &str, wait: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, wait).await {
        Ok(value) => value,
        Err(_) => panic!("not within {DEADLINE:?}: {what}"),
    }
}

/// Lets so much time pass at once for whatever waits by the clock. Before and after, the clock runs: a
/// clock that is stopped, or goes in steps, runs ahead of what is real, of sockets, disks and threads,
/// and makes any of it late.
pub(crate) async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// A running server.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Server {
    /// Starts one on a free port.
    pub(crate) async fn start(data: &Path) -> Self {
        Self::with(Config::new(data)).await
    }

    /// Starts one with these settings.
    pub(crate) async fn with(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, is_ready) = oneshot::channel();
        let task = tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            let ready = || ready.send(()).unwrap();
            serve(listener, config, ready, shutdown).await
        });
        soon("ready", is_ready).await.unwrap();
        Self {
            address,
            stop: Some(stop),
            task,
        }
    }

    /// Stops it in order.
    pub(crate) async fn stop(self) {
        soon("stopped", self.stopping()).await.unwrap().unwrap();
    }

    /// Tells it to stop; gives what comes of it.
    pub(crate) fn stopping(mut self) -> JoinHandle<Result<(), ServeError>> {
        drop(self.stop.take());
        self.task
    }

    /// Sends a request as it is; answers (status line and headers in lower case, body).
    pub(crate) async fn request(&self, head: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!(
            "{head}\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        soon("an answer", stream.read_to_end(&mut answer))
            .await
            .unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        (head, answer[end + 4..].to_vec())
    }

    /// A `GET` without anything special.
    pub(crate) async fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.request(&format!("GET {path} HTTP/1.1")).await
    }

    /// Connects to a board as Drawbridge's own client does.
    pub(crate) async fn join(&self, board: &str) -> Client {
        self.join_from(board, "").await.unwrap()
    }

    /// The same through a proxy that tells where from; the status when the handshake is refused.
    pub(crate) async fn join_from(&self, board: &str, forwarded: &str) -> Result<Client, u16> {
        let url = format!("ws://{}/sync/{board}", self.address);
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert(
            "sec-websocket-protocol",
            HeaderValue::from_static(SUBPROTOCOL),
        );
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, response)) => {
                assert_eq!(response.headers()["sec-websocket-protocol"], SUBPROTOCOL);
                Ok(Client { socket })
            }
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no connection: {error}"),
        }
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Client<S = MaybeTlsStream<TcpStream>> {
    socket: WebSocketStream<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Upgrades a connection that is there already to one to a board.
    pub(crate) async fn over(stream: S, board: &str) -> Self {
        let url = format!("wss://localhost/sync/{board}");
        let upgraded = tokio_tungstenite::client_async(url, stream);
        let (socket, _) = soon("an upgrade", upgraded).await.unwrap();
        Self { socket }
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: &Message<'_>) {
        let frame = tungstenite::Message::Binary(message.encode().into());
        self.socket.send(frame).await.unwrap();
    }

    /// Reads frames until `pick` takes one.
    pub(crate) async fn wait<T>(
        &mut self,
        what: &str,
        mut pick: impl FnMut(Message<'_>) -> Option<T>,
    ) -> T {
        let reading = async {
            loop {
                let message = self.socket.next().await.unwrap().unwrap();
                if let tungstenite::Message::Binary(frame) = message
                    && let Some(message) = decode_from_server(&frame).unwrap()
                    && let Some(picked) = pick(message)
                {
                    return picked;
                }
            }
        };
        soon(what, reading).await
    }

    /// Sends a fence and waits until it comes back.
    pub(crate) async fn fence(&mut self, number: u8) {
        self.send(&Message::Fence(&[number])).await;
        let back = |message: Message<'_>| (message == Message::Fence(&[number])).then_some(());
        self.wait("the fence", back).await;
    }

    /// Reads until the server closes; answers its code.
    pub(crate) async fn end(&mut self) -> u16 {
        let closed = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(tungstenite::Message::Close(Some(frame)))) => return frame.code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("no close frame but {other:?}"),
                }
            }
        };
        soon("a close frame", closed).await
    }
}
