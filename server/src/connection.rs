//! One WebSocket: frames in, frames out, pings, and an orderly end.
//!
//! Owns the socket. Knows no message: frames go to the room as they are.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use board::protocol::CloseCode;
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::metrics::{Counted, Metrics};
use crate::outbox::Next;
use crate::postbox::Postbox;
use crate::room::PeerId;
use crate::rooms::Lease;

/// Between two pings.
const PING_EVERY: Duration = Duration::from_secs(20);
/// Pings that may go unanswered, by a pong or anything else.
const MAX_MISSED: u8 = 2;
/// How long one write may take: a peer that reads nothing for so long is cut off.
const STALL: Duration = Duration::from_secs(120);
/// How long the other side has to take the end, and again to close as well.
const GOODBYE: Duration = Duration::from_secs(2);
/// Longest reason of a close frame, in bytes, by the WebSocket protocol.
const MAX_REASON: usize = 123;

/// Why a connection ends, if the other side is to be told.
type End = Option<(CloseCode, String)>;

/// Serves a connection until it ends. `own`: it speaks `drawbridge.1`.
pub(crate) async fn serve<S>(mut socket: WebSocketStream<S>, lease: Lease, own: bool)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let Ok((peer, postbox)) = lease.join(own).await else {
        let reason = "the board is not available just now";
        return refuse(&mut socket, CloseCode::Unavailable, reason).await;
    };
    let _counted = Counted::new(&lease.metrics().sockets);
    let missed = AtomicU8::new(0);
    let (mut sink, mut stream) = socket.split();
    let told = {
        let mut reading = std::pin::pin!(read(&mut stream, &lease, peer, &missed));
        let mut writing = std::pin::pin!(write(&mut sink, &lease, peer, &postbox, &missed));
        tokio::select! {
            end = &mut reading => {
                lease.leave(peer).await;
                match end {
                    Some((code, reason)) => {
                        postbox.close(code, reason);
                        timeout(GOODBYE, writing).await.unwrap_or(false)
                    }
                    None => false,
                }
            }
            told = &mut writing => {
                lease.leave(peer).await;
                told
            }
        }
    };
    if told && let Ok(mut socket) = stream.reunite(sink) {
        part(&mut socket).await;
    }
}

/// Accepts a connection only to close it with a reason: a refused handshake tells a browser
/// nothing, and y-websocket would try again for ever.
pub(crate) async fn refuse<S>(socket: &mut WebSocketStream<S>, code: CloseCode, reason: &str)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let sent = timeout(GOODBYE, socket.send(close_frame(code, reason))).await;
    if matches!(sent, Ok(Ok(()))) {
        part(socket).await;
    }
}

/// Takes what is still coming, unread, until the other side closes too: a socket that is dropped
/// with bytes in it is reset, and the reset overtakes the close frame that says why.
async fn part<S>(socket: &mut WebSocketStream<S>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let tcp = socket.get_mut();
    let parting = async {
        tcp.shutdown().await?;
        tokio::io::copy(tcp, &mut tokio::io::sink()).await
    };
    // Whoever does not take it in time is cut off.
    drop(timeout(GOODBYE, parting).await);
}

async fn read<S>(
    stream: &mut SplitStream<WebSocketStream<S>>,
    lease: &Lease,
    peer: PeerId,
    missed: &AtomicU8,
) -> End
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let message = match stream.next().await {
            None => return None,
            Some(Ok(message)) => message,
            Some(Err(Error::Capacity(error))) => {
                return Some((CloseCode::TooBig, error.to_string()));
            }
            Some(Err(error)) => {
                tracing::debug!(?peer, %error, "the connection broke");
                return None;
            }
        };
        missed.store(0, Ordering::Relaxed);
        match message {
            Message::Binary(frame) => {
                lease.metrics().received_frames.inc();
                lease.metrics().received_bytes.inc_by(frame.len() as u64);
                if lease.frame(peer, frame).await.is_err() {
                    let reason = "the board is not available just now".to_owned();
                    return Some((CloseCode::Unavailable, reason));
                }
            }
            Message::Text(_) => {
                let reason = "frames are binary here".to_owned();
                return Some((CloseCode::BadFrame, reason));
            }
            // What is left to read after a close frame is the end; asking for it sends the answer.
            Message::Close(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

/// Whether the other side has been told that this is the end.
async fn write<S>(
    sink: &mut SplitSink<WebSocketStream<S>, Message>,
    lease: &Lease,
    peer: PeerId,
    postbox: &Postbox,
    missed: &AtomicU8,
) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    // After a write that took minutes, one ping is due and not all that were missed.
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sent = Sent {
        metrics: lease.metrics(),
        frames: 0,
        bytes: 0,
    };
    loop {
        let next = postbox.take();
        match &next {
            Next::Frame(frame) => sent.count(frame),
            Next::Nothing => sent.tell(),
            Next::Ready => {
                lease.metrics().collapses.inc();
            }
            Next::Close(..) => {}
        }
        let sent = match next {
            Next::Frame(frame) => in_time(sink.feed(Message::Binary(frame))).await,
            Next::Close(code, reason) => {
                if code == CloseCode::Restart {
                    tokio::time::sleep(lease.farewell(peer)).await;
                }
                return in_time(sink.send(close_frame(code, &reason))).await;
            }
            Next::Ready => in_time(sink.flush()).await && lease.ready(peer).await.is_ok(),
            Next::Nothing if !in_time(sink.flush()).await => false,
            Next::Nothing => tokio::select! {
                () = postbox.filled() => true,
                _ = pings.tick() => {
                    missed.fetch_add(1, Ordering::Relaxed) < MAX_MISSED
                        && in_time(sink.send(Message::Ping(Bytes::new()))).await
                }
            },
        };
        if !sent {
            return false;
        }
    }
}

/// What was written since it was last told: two numbers that all connections share are not to be
/// touched for every frame.
struct Sent<'a> {
    metrics: &'a Metrics,
    frames: u64,
    bytes: u64,
}

impl Sent<'_> {
    fn count(&mut self, frame: &Bytes) {
        self.frames += 1;
        self.bytes += frame.len() as u64;
    }

    fn tell(&mut self) {
        if self.frames > 0 {
            self.metrics
                .sent_frames
                .inc_by(std::mem::take(&mut self.frames));
            self.metrics
                .sent_bytes
                .inc_by(std::mem::take(&mut self.bytes));
        }
    }
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        self.tell();
    }
}

async fn in_time(writing: impl Future<Output = Result<(), Error>>) -> bool {
    matches!(timeout(STALL, writing).await, Ok(Ok(())))
}

fn close_frame(code: CloseCode, reason: &str) -> Message {
    let end = reason.floor_char_boundary(MAX_REASON);
    let reason = reason.get(..end).unwrap_or_default();
    Message::Close(Some(CloseFrame {
        code: code.number().into(),
        reason: reason.into(),
    }))
}

#[cfg(test)]
mod tests;
