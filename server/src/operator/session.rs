//! An operator on a board: what is there, and what is brought.
//!
//! Owns the few messages that it takes: the handshake, one change, and the word that it is on disk.

use board::document::Document;
use board::id::{BoardId, ClientId};
use board::protocol::{Message, SUBPROTOCOL, decode_from_server};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, protocol::WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::{OperatorError, Stream, silent};

/// The payload of fences.
const FENCE: &[u8] = b"operator";

/// A board that is open to an operator.
pub struct Session {
    socket: WebSocketStream<Box<dyn Stream>>,
    document: Document,
}

impl Session {
    /// Joins a board as `client`, and waits for all that is there.
    pub(super) async fn join(
        stream: Box<dyn Stream>,
        board: &BoardId,
        client: ClientId,
    ) -> Result<Self, OperatorError> {
        let url = format!("ws://localhost/sync/{board}");
        let mut request = url.into_client_request().map_err(silent)?;
        let own = HeaderValue::from_static(SUBPROTOCOL);
        request.headers_mut().insert("sec-websocket-protocol", own);
        let unbounded = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let joined = client_async_with_config(request, stream, Some(unbounded)).await;
        let (socket, _) = joined.map_err(silent)?;
        let mut session = Self {
            socket,
            document: Document::new(client),
        };
        let nothing = session.document.replica().state_vector();
        session.send(&Message::SyncStep1(&nothing)).await?;
        session
            .hear(|message| matches!(message, Message::SyncStep2(_)))
            .await?;
        // The answer may be a moment old; what came since is in front of this.
        session.fence().await?;
        Ok(session)
    }

    /// The board, to be changed and then brought.
    pub fn document(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Brings what `change` does to the board, in one message; returns when it is on disk. Takes as long as
    /// it takes: the server hears meanwhile that somebody is there.
    ///
    /// # Errors
    /// When the server does not take it. Nothing of it is on the board then.
    pub async fn bring(
        &mut self,
        change: impl FnOnce(&mut Document) + Send + 'static,
    ) -> Result<(), OperatorError> {
        let stand_in = Document::new(self.document.replica().client());
        let mut document = std::mem::replace(&mut self.document, stand_in);
        let mut changing = tokio::task::spawn_blocking(move || {
            let before = document.replica().state_vector();
            change(&mut document);
            let update = document.replica().diff(&before);
            (document, update)
        });
        let mut late = Vec::new();
        let changed = loop {
            tokio::select! {
                changed = &mut changing => break changed,
                frame = self.next() => late.push(frame?),
            }
        };
        let (document, update) = changed.map_err(silent)?;
        self.document = document;
        for frame in late {
            self.take(&frame, &|_| false)?;
        }
        let update = update.map_err(silent)?;
        self.send(&Message::Update(&update)).await?;
        self.fence().await
    }

    /// Waits until all that was sent is on disk, and all that came before that is here.
    async fn fence(&mut self) -> Result<(), OperatorError> {
        self.send(&Message::Fence(FENCE)).await?;
        self.hear(|message| matches!(message, Message::Fence(payload) if *payload == FENCE))
            .await
    }

    async fn send(&mut self, message: &Message<'_>) -> Result<(), OperatorError> {
        let frame = tungstenite::Message::Binary(message.encode().into());
        let Err(error) = self.socket.send(frame).await else {
            return Ok(());
        };
        // Who hangs up in the middle of it has said why.
        match self.hear(|_| false).await {
            Err(refused @ OperatorError::Refused(_)) => Err(refused),
            _ => Err(silent(error)),
        }
    }

    /// Takes in what comes, until one message.
    async fn hear(&mut self, is_it: impl Fn(&Message<'_>) -> bool) -> Result<(), OperatorError> {
        loop {
            let frame = self.next().await?;
            if self.take(&frame, &is_it)? {
                return Ok(());
            }
        }
    }

    /// The next frame that holds a message.
    async fn next(&mut self) -> Result<Bytes, OperatorError> {
        while let Some(frame) = self.socket.next().await {
            match frame.map_err(silent)? {
                tungstenite::Message::Binary(frame) => return Ok(frame),
                tungstenite::Message::Close(Some(close)) => {
                    return Err(OperatorError::Refused(close.reason.to_string()));
                }
                _ => {}
            }
        }
        Err(silent("it hung up"))
    }

    /// Takes in a frame; whether it is the one.
    fn take(
        &mut self,
        frame: &[u8],
        is_it: &dyn Fn(&Message<'_>) -> bool,
    ) -> Result<bool, OperatorError> {
        let Some(message) = decode_from_server(frame).map_err(silent)? else {
            return Ok(false);
        };
        if let Message::SyncStep2(update) | Message::Update(update) = message {
            self.document.apply(update).map_err(silent)?;
        }
        if let Message::NotSaved(why) = message {
            return Err(OperatorError::Refused(format!("it is not saved: {why}")));
        }
        Ok(is_it(&message))
    }
}
