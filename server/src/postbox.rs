//! An outbox that a room fills, and two who empty it: the room itself into a plain socket, and the
//! connection's task.
//!
//! Owns the lock, the wake-up, and who writes at the moment; every rule of the queue is in `outbox`.
//! A write is gathered, made and noted under the lock, and never waits under it: whoever writes
//! next goes on where a frame was cut.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use board::protocol::CloseCode;
use bytes::Bytes;
use tokio::io::AsyncWrite;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;

use crate::outbox::{Next, Outbox, Sent};
use crate::room::Kind;
use crate::wire;

/// Most bytes that wait for one peer: seconds of a busy board, and then one diff is cheaper.
const LIMIT: usize = 4 << 20;
/// Most bytes that the room writes for one peer by itself: a turn of a busy board, and so little
/// that it does not hold up the others.
const DIRECT: usize = 16 << 10;
/// Bytes up to which it costs less to copy them into one piece than to write several.
const SMALL: usize = 512;
/// Most bytes that a connection's task writes at a time.
pub(crate) const CHUNK: usize = 64 << 10;

/// What a connection's task has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Something is to be written.
    Write,
    /// See [`Next::Ready`].
    Ready,
    /// See [`Next::Close`].
    Close(CloseCode, String),
    /// The close frame is written.
    End,
    /// Nothing for now: from here on the room writes by itself again.
    Nothing,
}

/// The queue of one connection.
#[derive(Debug)]
pub(crate) struct Postbox {
    inside: Mutex<Inside>,
    filled: Notify,
}

#[derive(Debug)]
struct Inside {
    outbox: Outbox,
    /// What the room writes to by itself, if anything.
    socket: Option<Arc<OwnedWriteHalf>>,
    /// The connection's task has been told to write, and has not yet found nothing left.
    told: bool,
}

impl Postbox {
    /// An empty one. With a socket, the room writes to it by itself what is little enough.
    pub(crate) fn new(socket: Option<Arc<OwnedWriteHalf>>) -> Self {
        let inside = Inside {
            outbox: Outbox::new(LIMIT),
            socket,
            told: false,
        };
        Self {
            inside: Mutex::new(inside),
            filled: Notify::new(),
        }
    }

    /// See [`Outbox::relay`]. Nobody is told before [`Postbox::deliver`].
    pub(crate) fn relay(&self, frame: Bytes, kind: Kind) {
        self.with(|inside| inside.outbox.relay(frame, kind));
    }

    /// See [`Outbox::send`]. Nobody is told before [`Postbox::deliver`].
    pub(crate) fn send(&self, frame: Bytes, catch_up: bool) {
        self.with(|inside| inside.outbox.send(frame, catch_up));
    }

    /// See [`Outbox::close`].
    pub(crate) fn close(&self, code: CloseCode, reason: String) -> bool {
        self.tell(|outbox| outbox.close(code, reason))
    }

    /// See [`Outbox::end`].
    pub(crate) fn end(&self, payload: Bytes) {
        self.tell(|outbox| outbox.end(payload));
    }

    /// See [`Outbox::ping`].
    pub(crate) fn ping(&self) {
        self.tell(Outbox::ping);
    }

    /// See [`Outbox::pong`].
    pub(crate) fn pong(&self, payload: Bytes) {
        self.tell(|outbox| outbox.pong(payload));
    }

    /// See [`Outbox::uncounted_close`].
    pub(crate) fn uncounted_close(&self) -> Option<CloseCode> {
        self.with(|inside| inside.outbox.uncounted_close())
    }

    /// See [`Outbox::is_caught_up`].
    pub(crate) fn is_caught_up(&self) -> bool {
        self.with(|inside| inside.outbox.is_caught_up())
    }

    /// See [`Outbox::bytes`].
    pub(crate) fn bytes(&self) -> usize {
        self.with(|inside| inside.outbox.bytes())
    }

    /// Has what was put in written: at once, as far as the socket takes it and it is little, and
    /// else by the connection's task. What was written at once.
    pub(crate) fn deliver(&self) -> Sent {
        let (sent, wake) = self.with(|inside| {
            if inside.told {
                return (Sent::default(), false);
            }
            let sent = inside.write_directly();
            inside.told = !inside.outbox.is_idle();
            (sent, inside.told)
        });
        if wake {
            self.filled.notify_one();
        }
        sent
    }

    /// What the connection's task is to do next.
    pub(crate) fn errand(&self) -> Errand {
        self.with(|inside| {
            let outbox = &mut inside.outbox;
            let closes = outbox.is_closing();
            let errand = match outbox.is_empty() {
                false if !closes || outbox.ends() => Errand::Write,
                true if outbox.ends() => Errand::End,
                _ => match outbox.take() {
                    Next::Close(code, reason) => Errand::Close(code, reason),
                    Next::Ready => Errand::Ready,
                    Next::Frame(_) | Next::Nothing => Errand::Nothing,
                },
            };
            inside.told = errand != Errand::Nothing;
            errand
        })
    }

    /// Writes some of what waits, [`CHUNK`] bytes at most: how many, and what of.
    pub(crate) fn poll_write<W>(
        &self,
        context: &mut Context<'_>,
        writer: &mut W,
    ) -> Poll<io::Result<(usize, Sent)>>
    where
        W: AsyncWrite + Unpin,
    {
        self.with(|Inside { outbox, .. }| {
            let writer = std::pin::Pin::new(writer);
            let written = outbox.gather(CHUNK, |bytes| writer.poll_write_vectored(context, bytes));
            Poll::Ready(match ready!(written) {
                Ok(0) => Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => Ok((count, outbox.written(count))),
                Err(error) => Err(error),
            })
        })
    }

    /// Returns once something may have to be done since the last [`Postbox::errand`].
    pub(crate) async fn filled(&self) {
        self.filled.notified().await;
    }

    /// Lets go of the socket: the room, which may hear of it late, must not keep it open.
    pub(crate) fn let_go(&self) {
        self.with(|inside| inside.socket = None);
    }

    fn tell<T>(&self, act: impl FnOnce(&mut Outbox) -> T) -> T {
        let answer = self.with(|inside| {
            inside.told = true;
            act(&mut inside.outbox)
        });
        self.filled.notify_one();
        answer
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inside) -> T) -> T {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut inside)
    }
}

impl Inside {
    fn write_directly(&mut self) -> Sent {
        let Self { outbox, socket, .. } = self;
        let Some(socket) = socket else {
            return Sent::default();
        };
        if outbox.is_empty() || outbox.is_closing() || !outbox.is_small(DIRECT) {
            return Sent::default();
        }
        // Whatever is wrong with the socket, the connection's task will find it so as well.
        let written = outbox.gather(usize::MAX, |slices| {
            let mut flat = [0; SMALL];
            match wire::flatten(slices, &mut flat) {
                Some(bytes) => socket.try_write(bytes),
                None => socket.try_write_vectored(slices),
            }
        });
        outbox.written(written.unwrap_or(0))
    }
}

#[cfg(test)]
pub(crate) mod tests;
