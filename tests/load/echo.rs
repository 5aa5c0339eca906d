//! The floor: a server that hands every frame to the others on the same path, and does no more.
//!
//! Owns the least that a relay of these frames can cost on this machine: one read, and one write
//! per reader. Runs as a process of its own, so that its processor time can be read.

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;

use anyhow::Result;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use super::frame::{self, BINARY};

const LISTENER: Token = Token(usize::MAX);

struct Peer {
    stream: TcpStream,
    /// The path that it asked for, once it has.
    path: Option<String>,
    input: Vec<u8>,
    /// What the socket would not take at once.
    backlog: Vec<u8>,
}

/// Serves until it is killed.
pub(crate) fn serve(port: u16) -> Result<()> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(256);
    let mut listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
    poll.registry()
        .register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut peers: HashMap<usize, Peer> = HashMap::new();
    let mut next = 0;
    let mut scratch = vec![0; 64 * 1024];
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() == LISTENER {
                while let Ok((mut stream, _)) = listener.accept() {
                    stream.set_nodelay(true)?;
                    let both = Interest::READABLE | Interest::WRITABLE;
                    poll.registry().register(&mut stream, Token(next), both)?;
                    peers.insert(next, Peer::new(stream));
                    next += 1;
                }
                continue;
            }
            let number = event.token().0;
            let Some(peer) = peers.get_mut(&number) else {
                continue;
            };
            match peer.read(&mut scratch) {
                Ok(out) => relay(&mut peers, number, &out),
                Err(_) => drop(peers.remove(&number)),
            }
        }
    }
}

fn relay(peers: &mut HashMap<usize, Peer>, from: usize, frames: &[u8]) {
    if frames.is_empty() {
        return;
    }
    let path = peers.get(&from).and_then(|peer| peer.path.clone());
    for (number, peer) in peers {
        if *number != from && peer.path == path {
            peer.write(frames);
        }
    }
}

impl Peer {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            path: None,
            input: Vec::new(),
            backlog: Vec::new(),
        }
    }

    /// Reads what is there; answers the frames for the others.
    fn read(&mut self, scratch: &mut [u8]) -> Result<Vec<u8>> {
        loop {
            match self.stream.read(scratch) {
                Ok(0) => anyhow::bail!("gone"),
                Ok(count) => self
                    .input
                    .extend_from_slice(scratch.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error.into()),
            }
        }
        // It may be that the socket takes more again, too.
        self.write(&[]);
        if self.path.is_none() {
            self.accept();
        }
        let mut out = Vec::new();
        let mut at = 0;
        while self.path.is_some()
            && let Some(found) = frame::find(&self.input, at)?
        {
            at = found.end;
            if let Some(payload) = self.input.get_mut(found.start..found.end) {
                frame::apply(payload, found.mask.unwrap_or_default());
                if found.kind == BINARY {
                    frame::write_plain(&mut out, BINARY, payload);
                }
            }
        }
        self.input.drain(..at);
        Ok(out)
    }

    fn accept(&mut self) {
        let Some(end) = frame::head_end(&self.input) else {
            return;
        };
        let head = String::from_utf8_lossy(self.input.get(..end).unwrap_or_default());
        self.path = head.split(' ').nth(1).map(str::to_owned);
        self.input.drain(..end);
        self.write(frame::ACCEPTED);
    }

    /// Writes as far as the socket takes it and keeps the rest.
    fn write(&mut self, bytes: &[u8]) {
        if !self.backlog.is_empty() {
            self.backlog.extend_from_slice(bytes);
            if let Ok(count) = self.stream.write(&self.backlog) {
                self.backlog.drain(..count);
            }
            return;
        }
        let count = match bytes.is_empty() {
            true => 0,
            false => self.stream.write(bytes).unwrap_or(0),
        };
        self.backlog
            .extend_from_slice(bytes.get(count..).unwrap_or_default());
    }
}
