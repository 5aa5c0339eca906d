//! All clients of a scenario, driven by one thread.
//!
//! Owns the poll loop. One thread because the servers need the other core: a generator that takes
//! both would measure itself.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use board::protocol::Message;
use mio::{Events, Interest, Poll, Token};

use super::client::{Client, Stage};
use super::dialect::Incoming;
use super::server::Server;

/// Read at a time; larger than any burst of small frames.
const SCRATCH: usize = 256 * 1024;
/// Sockets looked at per turn.
const EVENTS: usize = 1024;
/// How long anything that must happen may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);
/// How long a turn waits for something to come when nothing else is due.
pub(crate) const IDLE: Duration = Duration::from_millis(20);

/// Clients by number, in the order in which they were added.
pub(crate) struct Swarm {
    poll: Poll,
    events: Events,
    clients: Vec<Client>,
    scratch: Vec<u8>,
}

impl Swarm {
    /// Nobody yet.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            poll: Poll::new()?,
            events: Events::with_capacity(EVENTS),
            clients: Vec::new(),
            scratch: vec![0; SCRATCH],
        })
    }

    /// Lets a client come; its handshake goes on in the turns. Answers its number.
    pub(crate) fn add(&mut self, server: &Server, board: &str) -> Result<usize> {
        let mut client = Client::connect(server.address, server.dialect(), board)?;
        let number = self.clients.len();
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll
            .registry()
            .register(&mut client.stream, Token(number), interest)?;
        client.flush()?;
        self.clients.push(client);
        Ok(number)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.clients.len()
    }

    /// Queues a message; it goes with the next [`Swarm::flush`].
    pub(crate) fn queue(&mut self, number: usize, message: &Message<'_>) -> Result<()> {
        let client = self.clients.get_mut(number).context("no such client")?;
        client.send(message);
        Ok(())
    }

    /// Writes what a client has queued.
    pub(crate) fn flush(&mut self, number: usize) -> Result<()> {
        let client = self.clients.get_mut(number).context("no such client")?;
        client.flush()
    }

    /// Sends a message now.
    pub(crate) fn send(&mut self, number: usize, message: &Message<'_>) -> Result<()> {
        self.queue(number, message)?;
        self.flush(number)
    }

    /// Says goodbye; what is still coming is not read.
    pub(crate) fn close(&mut self, number: usize) -> Result<()> {
        let client = self.clients.get_mut(number).context("no such client")?;
        client.close();
        client.flush()
    }

    /// Waits for at most `wait`, and hands on whatever came with the client it came to.
    pub(crate) fn turn(
        &mut self,
        wait: Duration,
        mut each: impl FnMut(usize, Incoming<'_>, Instant) -> Result<()>,
    ) -> Result<()> {
        self.poll.poll(&mut self.events, Some(wait))?;
        for event in &self.events {
            let number = event.token().0;
            let Some(client) = self.clients.get_mut(number) else {
                continue;
            };
            let read = if event.is_readable() {
                let now = Instant::now();
                client.read(&mut self.scratch, &mut |incoming| {
                    each(number, incoming, now)
                })
            } else {
                client.flush()
            };
            read.with_context(|| format!("client {number}"))?;
        }
        Ok(())
    }

    /// Turns until everybody has the board.
    pub(crate) fn join_all(&mut self) -> Result<()> {
        let began = Instant::now();
        // Those who have it stay there: only the first who has not is looked at.
        let mut joined = 0;
        loop {
            let waits = |client: &Client| client.stage() < Stage::Joined;
            match self.clients.iter().skip(joined).position(waits) {
                None => return Ok(()),
                Some(more) => joined += more,
            }
            if began.elapsed() > DEADLINE {
                bail!("only {joined} of {} have the board", self.clients.len());
            }
            self.turn(IDLE, |_, _, _| Ok(()))?;
        }
    }

    /// Turns for a while with nothing to do.
    pub(crate) fn rest(&mut self, time: Duration) -> Result<()> {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.turn(left.max(Duration::from_millis(1)), |_, _, _| Ok(()))?;
        }
        Ok(())
    }

    /// Turns until `done` says so of what came, or the time is up.
    pub(crate) fn until(
        &mut self,
        what: &str,
        mut done: impl FnMut(usize, Incoming<'_>) -> Result<bool>,
    ) -> Result<()> {
        let began = Instant::now();
        let mut reached = false;
        while !reached {
            if began.elapsed() > DEADLINE {
                bail!("not within {} s: {what}", DEADLINE.as_secs());
            }
            self.turn(IDLE, |number, incoming, _| {
                reached |= done(number, incoming)?;
                Ok(())
            })?;
        }
        Ok(())
    }
}
