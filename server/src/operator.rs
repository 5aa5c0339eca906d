//! What an operator changes from the command line, whether or not a server runs.
//!
//! Owns the way in: the control socket of a running server, or the same server opened here for as long
//! as it takes. Either way it is the operator's principal at the same routes. Knows no command.

mod session;

use std::path::PathBuf;

use board::file::FileHash;
use board::id::{BoardId, ClientId};
use board::picture::Picture;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, duplex};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use self::session::Session;
use crate::house::House;
use crate::{Config, ServeError, accept, control};

/// Bytes under way to a server that is opened here.
const BUFFER: usize = 64 << 10;
/// The longest refusal that is read.
const MAX_REFUSAL: usize = 4 << 10;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// There is neither a running server nor a directory to open.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The server said no.
    #[error("{0}")]
    Refused(String),
    /// The server did not answer.
    #[error("the server that uses the data directory does not answer: {0}")]
    Silent(String),
}

/// Whoever may write in a data directory.
pub struct Operator {
    directory: PathBuf,
    /// Without a server that runs, one that is opened here.
    here: Option<Here>,
}

struct Here {
    house: House,
    connections: TaskTracker,
    stop: CancellationToken,
}

/// Either way to a server.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Operator {
    /// Goes to the server that runs on `config.data`, or opens one with this configuration.
    ///
    /// # Errors
    /// When neither can be had.
    pub async fn new(config: Config) -> Result<Self, OperatorError> {
        let directory = config.data.clone();
        let here = match control::knock(&directory).await {
            Ok(_) => None,
            Err(_) => Some(Here {
                house: House::open(config).await?,
                connections: TaskTracker::new(),
                stop: CancellationToken::new(),
            }),
        };
        Ok(Self { directory, here })
    }

    /// Deletes a board, and sends away whoever is there.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    pub async fn delete(&self, board: &BoardId) -> Result<(), OperatorError> {
        self.ask(Method::DELETE, &format!("/v1/boards/{board}"))
            .await
    }

    /// Takes back that a board was deleted.
    ///
    /// # Errors
    /// When it is not deleted, or gone for good.
    pub async fn restore(&self, board: &BoardId) -> Result<(), OperatorError> {
        self.ask(Method::POST, &format!("/v1/boards/{board}/restore"))
            .await
    }

    /// Returns when everything is on disk.
    ///
    /// # Errors
    /// When the store does not take it in.
    pub async fn close(self) -> Result<(), OperatorError> {
        let Some(here) = self.here else {
            return Ok(());
        };
        here.stop.cancel();
        here.connections.close();
        let answering = async { here.connections.wait().await };
        Ok(here.house.close(answering).await?)
    }

    /// Joins a board, which need not exist.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn join(&self, board: &BoardId) -> Result<Session, OperatorError> {
        let mut bits = [0; 8];
        getrandom::fill(&mut bits).map_err(silent)?;
        let client = ClientId::from_random(u64::from_le_bytes(bits));
        let stream = self.stream().await.map_err(silent)?;
        Session::join(stream, board, client).await
    }

    /// Puts a picture's file on a board, before what shows it.
    ///
    /// # Errors
    /// When the server does not take it.
    pub async fn put(
        &self,
        board: &BoardId,
        hash: &FileHash,
        picture: &Picture,
        bytes: Vec<u8>,
    ) -> Result<(), OperatorError> {
        let size = format!("{}x{}", picture.width, picture.height);
        let headers = [
            ("content-type", picture.media.name().to_owned()),
            ("x-picture-size", size),
        ];
        let path = format!("/v1/boards/{board}/files/{hash}");
        self.send(Method::PUT, &path, &headers, bytes.into()).await
    }

    /// Sends a request without a body.
    async fn ask(&self, method: Method, path: &str) -> Result<(), OperatorError> {
        self.send(method, path, &[], Bytes::new()).await
    }

    /// Sends a request; an answer that says no is an error.
    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<(), OperatorError> {
        let stream = self.stream().await.map_err(silent)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(silent)?;
        let driving = tokio::spawn(connection);
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(silent)?;
        let answer = sender.send_request(request).await.map_err(silent)?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), MAX_REFUSAL)
            .collect()
            .await;
        let body = body.map_err(silent)?;
        drop(sender);
        driving.abort();
        if status.is_success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        Err(OperatorError::Refused(within(&said)))
    }

    async fn stream(&self) -> std::io::Result<Box<dyn Stream>> {
        Ok(match &self.here {
            None => Box::new(control::knock(&self.directory).await?),
            Some(here) => Box::new(here.connect()),
        })
    }
}

/// A sentence as it stands within another.
fn within(sentence: &str) -> String {
    let sentence = sentence.trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn silent(error: impl std::fmt::Display) -> OperatorError {
    OperatorError::Silent(error.to_string())
}

impl Here {
    fn connect(&self) -> DuplexStream {
        let (ours, theirs) = duplex(BUFFER);
        let (routes, door) = (self.house.routes(), self.house.door());
        let serving = accept::serve_operator(theirs, routes, door, self.stop.clone());
        self.connections.spawn(serving);
        ours
    }
}
