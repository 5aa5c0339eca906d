//! Frames from a socket: tungstenite unmasks them, puts fragments together, and judges them.
//!
//! Owns that it only reads. What it would write by itself, pongs and close frames, goes nowhere:
//! whoever gets its messages answers them.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig, WebSocketContext};
use tokio_tungstenite::tungstenite::{Error, Message};

/// Bytes read from a socket at once: small, because every socket keeps them and most are idle most of
/// the time.
const READ_BUFFER: usize = 1024;

/// The reading half of a WebSocket.
pub(crate) struct Reader<R> {
    stream: R,
    frames: WebSocketContext,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// Reads `begun`, and then from `stream`; no messages larger than `max_frame`.
    pub(crate) fn new(stream: R, begun: &[u8], max_frame: usize) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            // What goes nowhere is not to be gathered first.
            .write_buffer_size(0)
            .max_message_size(Some(max_frame))
            .max_frame_size(Some(max_frame));
        let frames =
            WebSocketContext::from_partially_read(begun.to_vec(), Role::Server, Some(config));
        Self { stream, frames }
    }

    /// The next message. After a close frame there is none.
    ///
    /// # Errors
    /// When the connection is over, or breaks the protocol.
    pub(crate) async fn next(&mut self) -> Result<Message, Error> {
        let Self { stream, frames } = self;
        let next = poll_fn(|context| {
            let mut inlet = Inlet {
                stream: &mut *stream,
                context,
            };
            match frames.read(&mut inlet) {
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
                read => Poll::Ready(read),
            }
        });
        next.await
    }

    /// What is read from.
    pub(crate) fn stream(&mut self) -> &mut R {
        &mut self.stream
    }
}

/// A stream for the time of a poll, which swallows what is written.
struct Inlet<'a, 'b, R> {
    stream: &'a mut R,
    context: &'a mut Context<'b>,
}

impl<R: AsyncRead + Unpin> Read for Inlet<'_, '_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(bytes);
        match Pin::new(&mut *self.stream).poll_read(self.context, &mut buffer) {
            Poll::Ready(read) => read.map(|()| buffer.filled().len()),
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl<R> Write for Inlet<'_, '_, R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
