//! A connection's stream that says when the other side takes something.
//!
//! Owns the handing on of both directions. Knows nothing of HTTP.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::flow::Flow;

/// A stream, and who hears of what it takes.
pub(crate) struct Watched<I> {
    stream: I,
    flow: Arc<Flow>,
}

impl<I> Watched<I> {
    pub(super) fn new(stream: I, flow: &Arc<Flow>) -> Self {
        let flow = Arc::clone(flow);
        Self { stream, flow }
    }

    /// The stream by itself.
    pub(crate) fn into_inner(self) -> I {
        self.stream
    }

    fn noted(&self, taken: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(taken, Poll::Ready(Ok(bytes)) if bytes > 0) {
            self.flow.written();
        }
        taken
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Watched<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Watched<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let taken = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.noted(taken)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let taken = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.noted(taken)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
