//! The two directions of a connection, plain or through TLS.
//!
//! Owns the sharing of a plain socket: its connection reads and writes it, and so does the room.

use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::reader::{Intake, Reader};

/// A connection that has become a WebSocket.
pub(crate) struct Line<R, W> {
    pub(super) reader: Reader<R>,
    pub(super) writer: W,
    /// The same again, if the room may write to it by itself.
    pub(super) socket: Option<Arc<OwnedWriteHalf>>,
}

impl Line<OwnedReadHalf, Shared> {
    /// A plain one, of which `begun` was read already.
    pub(crate) fn plain(socket: TcpStream, begun: &[u8], intake: Intake) -> Self {
        let (reader, writer) = socket.into_split();
        let writer = Arc::new(writer);
        Self {
            reader: Reader::new(reader, begun, intake),
            writer: Shared(Arc::clone(&writer)),
            socket: Some(writer),
        }
    }
}

impl<S: AsyncRead + AsyncWrite> Line<ReadHalf<S>, WriteHalf<S>> {
    /// Any other, which only its own task can write to.
    pub(crate) fn split(stream: S, intake: Intake) -> Self {
        let (reader, writer) = tokio::io::split(stream);
        Self {
            reader: Reader::new(reader, &[], intake),
            writer,
            socket: None,
        }
    }
}

/// The writing half of a socket that others write to as well. Only one task may poll it.
pub(crate) struct Shared(Arc<OwnedWriteHalf>);

impl AsyncWrite for Shared {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.0.as_ref().as_ref().poll_write_ready(context))?;
            match self.0.try_write_vectored(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(SockRef::from(self.0.as_ref().as_ref()).shutdown(Shutdown::Write))
    }
}
