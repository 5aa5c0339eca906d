//! One WebSocket: frames in, frames out, pings, and an orderly end.
//!
//! Owns its half of the writing: whatever the room does not write by itself. Knows no message:
//! frames go to the room as they are.

mod line;
mod reader;
mod vitals;

use std::future::poll_fn;
use std::time::Duration;

use board::protocol::CloseCode;
use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::task::yield_now;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

pub(crate) use self::line::Line;
pub(crate) use self::reader::Intake;
use self::reader::{Crowded, Reader};
use self::vitals::Vitals;
use crate::metrics::{Counted, Metrics};
use crate::outbox::Sent;
use crate::postbox::{CHUNK, Errand, Postbox};
use crate::principal::Principal;
use crate::room::PeerId;
use crate::rooms::Lease;
use crate::wire::{Header, Opcode};

/// Between two pings.
const PING_EVERY: Duration = Duration::from_secs(20);
/// How long a write may wait for room: a peer that reads nothing for so long is cut off.
const STALL: Duration = Duration::from_secs(120);
/// How long the other side has to take the end, and again to close as well.
const GOODBYE: Duration = Duration::from_secs(2);
/// Longest reason of a close frame, in bytes, by the WebSocket protocol.
const MAX_REASON: usize = 123;
/// The least that a write counts for, in bytes: many short ones take as long as a long one.
const LEAST: usize = 4 << 10;

/// Why the other side is not read from any more.
enum End {
    /// It is gone, or writes what is no WebSocket.
    Gone,
    /// It closes; its close frame had this payload.
    Theirs(Bytes),
    /// It is to be told why we close.
    Ours(CloseCode, String),
    /// The same, because others send as many large messages as the server takes.
    Crowded,
}

/// Serves a connection until it ends. `own`: it speaks `drawbridge.1`. What happens once, at either
/// end, is boxed: an idle connection keeps room for all else that it may come to.
pub(crate) async fn serve<R, W>(mut line: Line<R, W>, lease: Lease, own: bool, principal: Principal)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let joining = Box::pin(lease.join(own, principal, line.socket.take()));
    let Ok((peer, postbox)) = joining.await else {
        let reason = "the board is not available just now";
        lease.metrics().closed(CloseCode::Unavailable);
        return Box::pin(refuse(line, CloseCode::Unavailable, reason)).await;
    };
    let _counted = Counted::new(&lease.metrics().sockets);
    let vitals = Vitals::default();
    let told = {
        let mut reading = std::pin::pin!(read(&mut line.reader, &lease, peer, &postbox, &vitals));
        let mut writing = std::pin::pin!(write(&mut line.writer, &lease, peer, &postbox, &vitals));
        tokio::select! {
            end = &mut reading => {
                Box::pin(lease.leave(peer)).await;
                match end {
                    End::Gone => false,
                    End::Theirs(payload) => {
                        postbox.end(payload);
                        timeout(GOODBYE, writing).await.unwrap_or(false)
                    }
                    End::Ours(code, reason) => {
                        hang_up(&lease, peer, &postbox, code, reason);
                        timeout(GOODBYE, writing).await.unwrap_or(false)
                    }
                    End::Crowded => {
                        let reason = Crowded.to_string();
                        if hang_up(&lease, peer, &postbox, CloseCode::TryLater, reason) {
                            lease.metrics().crowded_out();
                            // It is counted, and not by its code.
                            postbox.uncounted_close();
                        }
                        timeout(GOODBYE, writing).await.unwrap_or(false)
                    }
                }
            }
            told = &mut writing => {
                Box::pin(lease.leave(peer)).await;
                told
            }
        }
    };
    postbox.let_go();
    count_close(&postbox, lease.metrics());
    if told {
        Box::pin(part(line)).await;
    }
}

/// Closes a connection, and logs it as the room does, unless the room was first. Whether it was not.
fn hang_up(
    lease: &Lease,
    peer: PeerId,
    postbox: &Postbox,
    code: CloseCode,
    reason: String,
) -> bool {
    let first = postbox.close(code, reason.clone());
    if first {
        let (board, address) = (lease.board(), lease.address().map(tracing::field::display));
        tracing::info!(%board, ?peer, address, ?code, reason, "closing");
    }
    first
}

/// Accepts a connection only to close it with a reason: a refused handshake tells a browser
/// nothing, and y-websocket would try again for ever.
pub(crate) async fn refuse<R, W>(mut line: Line<R, W>, code: CloseCode, reason: &str)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let payload = close_payload(code.number(), reason);
    let header = Header::new(Opcode::Close, payload.len());
    let frame = [header.bytes(), &payload].concat();
    let told = timeout(GOODBYE, async {
        line.writer.write_all(&frame).await?;
        line.writer.flush().await
    });
    if matches!(told.await, Ok(Ok(()))) {
        part(line).await;
    }
}

/// Takes what is still coming, unread, until the other side closes too: a socket that is dropped
/// with bytes in it is reset, and the reset overtakes the close frame that says why.
async fn part<R, W>(mut line: Line<R, W>)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let parting = async {
        line.writer.shutdown().await?;
        tokio::io::copy(line.reader.stream(), &mut tokio::io::sink()).await
    };
    // Whoever does not take it in time is cut off.
    drop(timeout(GOODBYE, parting).await);
}

async fn read<R>(
    reader: &mut Reader<R>,
    lease: &Lease,
    peer: PeerId,
    postbox: &Postbox,
    vitals: &Vitals,
) -> End
where
    R: AsyncRead + Unpin,
{
    loop {
        let (message, large) = match reader.next(vitals).await {
            Ok(next) => next,
            Err(error) => return broken(peer, &error),
        };
        vitals.hear();
        match message {
            Message::Binary(frame) => {
                lease.metrics().received_frames.inc();
                lease.metrics().received_bytes.inc_by(frame.len() as u64);
                vitals.hold_up(true);
                let taken = lease.frame(peer, frame, large).await;
                vitals.hold_up(false);
                if taken.is_err() {
                    let reason = "the board is not available just now".to_owned();
                    return End::Ours(CloseCode::Unavailable, reason);
                }
            }
            Message::Text(_) => {
                let reason = "frames are binary here".to_owned();
                return End::Ours(CloseCode::BadFrame, reason);
            }
            Message::Ping(payload) => postbox.pong(payload),
            Message::Close(frame) => return End::Theirs(echo(frame)),
            Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

/// Whether the other side can be told why it is not read from any more.
fn broken(peer: PeerId, error: &Error) -> End {
    match error {
        Error::Capacity(_) => End::Ours(CloseCode::TooBig, error.to_string()),
        Error::Io(io) if io.get_ref().is_some_and(|error| error.is::<Crowded>()) => End::Crowded,
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)
        | Error::Io(_)
        | Error::ConnectionClosed
        | Error::AlreadyClosed => {
            tracing::debug!(?peer, %error, "the connection broke");
            End::Gone
        }
        _ => End::Ours(CloseCode::BadFrame, error.to_string()),
    }
}

/// Whether the other side has been told that this is the end.
async fn write<W>(
    writer: &mut W,
    lease: &Lease,
    peer: PeerId,
    postbox: &Postbox,
    vitals: &Vitals,
) -> bool
where
    W: AsyncWrite + Unpin,
{
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    // After a write that took minutes, one ping is due and not all that were missed.
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tally = Tally::new(lease.metrics());
    let mut turn = 0;
    loop {
        let goes_on = match postbox.errand() {
            Errand::Write => {
                let writing = poll_fn(|context| postbox.poll_write(context, writer));
                let Ok(Ok((count, sent))) = timeout(STALL, writing).await else {
                    return false;
                };
                tally.unsaid += sent;
                turn += count.max(LEAST);
                if turn >= CHUNK {
                    // Many who join a large board at once are not to hold up the others.
                    turn = 0;
                    yield_now().await;
                }
                true
            }
            Errand::Close(code, reason) => {
                count_close(postbox, lease.metrics());
                if code == CloseCode::Restart {
                    sleep(lease.farewell(peer)).await;
                }
                postbox.end(close_payload(code.number(), &reason));
                true
            }
            Errand::End => return flushed(writer).await,
            Errand::Ready => {
                lease.metrics().collapses.inc();
                flushed(writer).await && lease.ready(peer).await.is_ok()
            }
            Errand::Nothing => {
                tally.say();
                flushed(writer).await && {
                    tokio::select! {
                        () = postbox.filled() => true,
                        _ = pings.tick() => {
                            postbox.ping();
                            vitals.ping()
                        }
                    }
                }
            }
        };
        if !goes_on {
            return false;
        }
    }
}

/// Counts why the connection is closed, if it is for a reason and that is not counted yet.
fn count_close(postbox: &Postbox, metrics: &Metrics) {
    if let Some(code) = postbox.uncounted_close() {
        metrics.closed(code);
    }
}

/// What was written since it was last said: two numbers that all connections share are not to be
/// touched for every frame.
struct Tally<'a> {
    metrics: &'a Metrics,
    unsaid: Sent,
}

impl<'a> Tally<'a> {
    fn new(metrics: &'a Metrics) -> Self {
        let unsaid = Sent::default();
        Self { metrics, unsaid }
    }

    fn say(&mut self) {
        self.metrics.sent(std::mem::take(&mut self.unsaid));
    }
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        self.say();
    }
}

async fn flushed(writer: &mut (impl AsyncWrite + Unpin)) -> bool {
    matches!(timeout(STALL, writer.flush()).await, Ok(Ok(())))
}

/// Answers a close frame with the same.
fn echo(frame: Option<CloseFrame>) -> Bytes {
    let payload = frame.map(|frame| close_payload(frame.code.into(), &frame.reason));
    payload.unwrap_or_default()
}

fn close_payload(code: u16, reason: &str) -> Bytes {
    let end = reason.floor_char_boundary(MAX_REASON);
    let reason = reason.get(..end).unwrap_or_default();
    [&code.to_be_bytes(), reason.as_bytes()].concat().into()
}

#[cfg(test)]
mod tests;
