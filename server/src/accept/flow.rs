//! Whether an HTTP connection gets anywhere.
//!
//! Owns how long a client may take nothing of an answer, and ask for nothing. Over HTTP/1 whatever the
//! socket takes is a sign of life; over HTTP/2, where a client may keep a stream open and give it no
//! window, each piece of an answer that the stream takes. Knows no socket.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, sleep_until};

/// How long a client may take nothing of an answer that waits for it.
pub(super) const STALL: Duration = Duration::from_secs(60);
/// Bytes of an answer that are handed on at once: the slowest stream of HTTP/2 that counts as alive
/// carries so many in [`STALL`].
const PIECE: usize = 16 << 10;

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Flow {
    /// Whether its answers have streams of their own, as in HTTP/2. Without, a piece that is asked
    /// for says nothing: it may only move from one buffer to the next.
    streams: bool,
    /// How long it may take over its first request.
    first: Duration,
    /// How long it may be quiet between two.
    between: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When something was last taken of each answer under way.
    bodies: HashMap<u64, Instant>,
    /// Requests whose answer is being made: that is the server's time.
    making: usize,
    /// Since when there is neither.
    quiet: Instant,
    /// Requests so far.
    requests: u64,
    /// Answers so far.
    answers: u64,
}

/// Why a connection is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tired {
    /// Nobody takes an answer.
    Stalled,
    /// It has never asked for anything.
    Mute,
    /// Nobody asks for anything any more, or takes the end of the last answer.
    Quiet,
}

impl Flow {
    /// Of a connection that is open from now on, and may take `header_timeout` over each request.
    pub(super) fn new(header_timeout: Duration, streams: bool) -> Arc<Self> {
        Arc::new(Self {
            streams,
            first: header_timeout,
            between: header_timeout.max(STALL),
            state: Mutex::new(State {
                bodies: HashMap::new(),
                making: 0,
                quiet: Instant::now(),
                requests: 0,
                answers: 0,
            }),
        })
    }

    /// The socket has taken something.
    pub(super) fn written(&self) {
        if !self.streams {
            let (now, mut state) = (Instant::now(), self.state());
            state.bodies.values_mut().for_each(|at| *at = now);
            // The end of an answer is on its way when the answer has been made.
            state.quiet = now;
        }
    }

    /// A request is here; it counts as being answered until this is dropped.
    pub(super) fn making(self: &Arc<Self>) -> Making {
        let mut state = self.state();
        state.making += 1;
        state.requests += 1;
        Making(Arc::clone(self))
    }

    /// Whether there was ever a request.
    pub(super) fn was_asked(&self) -> bool {
        self.state().requests > 0
    }

    /// An answer's body, in pieces.
    pub(super) fn pieces<B>(self: &Arc<Self>, body: B) -> Pieces<B> {
        let mut state = self.state();
        let number = state.answers;
        state.answers += 1;
        state.bodies.insert(number, Instant::now());
        Pieces {
            flow: Arc::clone(self),
            number,
            body,
            rest: Bytes::new(),
        }
    }

    /// Completes when the connection has got nowhere for too long.
    pub(super) async fn tired(&self) -> Tired {
        loop {
            let (at, why) = self.due();
            if at <= Instant::now() {
                return why;
            }
            // What begins later is due later.
            sleep_until(at).await;
        }
    }

    fn due(&self) -> (Instant, Tired) {
        let state = self.state();
        if let Some(slowest) = state.bodies.values().min() {
            return (*slowest + STALL, Tired::Stalled);
        }
        if state.making > 0 {
            return (Instant::now() + STALL, Tired::Quiet);
        }
        match state.requests {
            0 => (state.quiet + self.first, Tired::Mute),
            _ => (state.quiet + self.between, Tired::Quiet),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being answered.
pub(super) struct Making(Arc<Flow>);

impl Making {
    /// The connection that it came by.
    pub(super) fn flow(&self) -> &Arc<Flow> {
        &self.0
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.making -= 1;
        state.quiet = Instant::now();
    }
}

/// A body that is given out in pieces.
pub(super) struct Pieces<B> {
    flow: Arc<Flow>,
    number: u64,
    body: B,
    rest: Bytes,
}

impl<B> Body for Pieces<B>
where
    B: Body<Data = Bytes> + Unpin,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = &mut *self;
        if this.flow.streams
            && let Some(taken) = this.flow.state().bodies.get_mut(&this.number)
        {
            *taken = Instant::now();
        }
        if this.rest.is_empty() {
            match std::task::ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => this.rest = data,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                end => return Poll::Ready(end),
            }
        }
        let piece = this.rest.split_to(this.rest.len().min(PIECE));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(rest + body.lower());
        if let Some(upper) = body.upper() {
            hint.set_upper(rest + upper);
        }
        hint
    }
}

impl<B> Drop for Pieces<B> {
    fn drop(&mut self) {
        let mut state = self.flow.state();
        state.bodies.remove(&self.number);
        state.quiet = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt as _, Full};

    const HEAD: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn who_asks_for_nothing_is_ended_sooner_before_the_first_request() {
        let (start, flow) = (Instant::now(), Flow::new(HEAD, false));
        assert_eq!(flow.tired().await, Tired::Mute);
        assert_eq!(start.elapsed(), HEAD);
        drop(flow.making());
        assert_eq!(flow.tired().await, Tired::Quiet);
        assert_eq!(start.elapsed(), HEAD + STALL);
    }

    #[tokio::test(start_paused = true)]
    async fn each_piece_that_a_stream_takes_gives_time_for_the_next() {
        let (start, flow) = (Instant::now(), Flow::new(HEAD, true));
        let making = flow.making();
        let mut body = flow.pieces(Full::new(Bytes::from(vec![7; 3 * PIECE])));
        drop(making);
        assert_eq!(body.size_hint().exact(), Some(3 * PIECE as u64));
        for _ in 0..3 {
            tokio::time::advance(STALL / 2).await;
            let frame = body.frame().await.unwrap().unwrap();
            assert_eq!(frame.into_data().unwrap().len(), PIECE);
        }
        assert!(body.is_end_stream());
        assert_eq!(flow.tired().await, Tired::Stalled);
        assert_eq!(start.elapsed(), STALL * 3 / 2 + STALL);
        drop(body);
        assert_eq!(flow.tired().await, Tired::Quiet);
    }

    #[tokio::test(start_paused = true)]
    async fn while_an_answer_is_made_nobody_is_blamed() {
        let flow = Flow::new(HEAD, false);
        let _making = flow.making();
        let long = tokio::time::timeout(STALL * 10, flow.tired());
        assert!(long.await.is_err());
    }
}
