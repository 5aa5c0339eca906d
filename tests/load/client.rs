//! One client of a board: its socket, and how far its handshake has come.
//!
//! Owns buffers and the answers that a protocol demands. Knows nothing of what is measured.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use board::protocol::Message;
use mio::net::TcpStream;

use super::dialect::{Dialect, Incoming};
use super::frame::{self, BINARY, CLOSE, PING, PONG};

/// The close code of somebody who has done what they came for.
const NORMAL: u16 = 1000;

/// How far the handshake has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) enum Stage {
    /// HTTP's answer is outstanding.
    Upgrading,
    /// The board's state is outstanding.
    Joining,
    /// It has the board, and hears of every change from now on.
    Joined,
}

/// A connection.
pub(crate) struct Client {
    /// The socket, to be registered.
    pub(crate) stream: TcpStream,
    dialect: Dialect,
    board: String,
    stage: Stage,
    input: Vec<u8>,
    output: Vec<u8>,
}

impl Client {
    /// Begins to connect; what it has to say is queued.
    pub(crate) fn connect(address: SocketAddr, dialect: Dialect, board: &str) -> Result<Self> {
        // Blocking: on this machine's own interface it is done at once or never.
        let stream = std::net::TcpStream::connect(address).context("connecting")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let host = address.to_string();
        Ok(Self {
            stream: TcpStream::from_std(stream),
            dialect,
            board: board.to_owned(),
            stage: Stage::Upgrading,
            input: Vec::new(),
            output: frame::upgrade(&host, &dialect.path(board), dialect.protocol()),
        })
    }

    /// How far the handshake has come.
    pub(crate) fn stage(&self) -> Stage {
        self.stage
    }

    /// Queues a message.
    pub(crate) fn send(&mut self, message: &Message<'_>) {
        let bytes = self.dialect.encode(&self.board, message);
        frame::write_masked(&mut self.output, BINARY, &bytes);
    }

    /// Queues the end.
    pub(crate) fn close(&mut self) {
        frame::write_masked(&mut self.output, CLOSE, &NORMAL.to_be_bytes());
    }

    /// Writes what is queued, as far as the socket takes it.
    pub(crate) fn flush(&mut self) -> Result<()> {
        let mut written = 0;
        while let Some(rest) = self.output.get(written..).filter(|rest| !rest.is_empty()) {
            match self.stream.write(rest) {
                Ok(0) => bail!("the server takes nothing more"),
                Ok(count) => written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error).context("writing"),
            }
        }
        self.output.drain(..written);
        Ok(())
    }

    /// Reads until the socket has nothing more, and hands on every message.
    pub(crate) fn read(
        &mut self,
        scratch: &mut [u8],
        each: &mut impl FnMut(Incoming<'_>) -> Result<()>,
    ) -> Result<()> {
        loop {
            match self.stream.read(scratch) {
                Ok(0) => bail!("the server ended the connection"),
                Ok(count) => {
                    let bytes = scratch.get(..count).unwrap_or_default();
                    self.take(bytes, each)?;
                    // A read that did not fill the buffer emptied the socket.
                    if count < scratch.len() {
                        return self.flush();
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return self.flush(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error).context("reading"),
            }
        }
    }

    /// Most reads end at a frame's edge: only what is left over is copied.
    fn take(
        &mut self,
        bytes: &[u8],
        each: &mut impl FnMut(Incoming<'_>) -> Result<()>,
    ) -> Result<()> {
        if self.input.is_empty() {
            let used = self.frames(bytes, each)?;
            self.input
                .extend_from_slice(bytes.get(used..).unwrap_or_default());
            return Ok(());
        }
        let mut input = std::mem::take(&mut self.input);
        input.extend_from_slice(bytes);
        let used = self.frames(&input, each)?;
        input.drain(..used);
        // A board of megabytes must not stay in memory a thousand times.
        if input.is_empty() {
            input = Vec::new();
        }
        self.input = input;
        Ok(())
    }

    /// Handles every complete frame; answers how many bytes they took.
    fn frames(
        &mut self,
        bytes: &[u8],
        each: &mut impl FnMut(Incoming<'_>) -> Result<()>,
    ) -> Result<usize> {
        let mut at = 0;
        if self.stage == Stage::Upgrading {
            let Some(end) = frame::head_end(bytes) else {
                return Ok(0);
            };
            at = end;
            self.upgraded(bytes)?;
        }
        while let Some(found) = frame::find(bytes, at)? {
            at = found.end;
            let payload = bytes.get(found.start..found.end).unwrap_or_default();
            match found.kind {
                BINARY => {
                    let incoming = self.dialect.decode(payload)?;
                    self.answer(incoming);
                    each(incoming)?;
                }
                PING => frame::write_masked(&mut self.output, PONG, payload),
                CLOSE => {
                    let reason = payload.get(2..).unwrap_or_default();
                    bail!("closed: {}", String::from_utf8_lossy(reason));
                }
                _ => {}
            }
        }
        Ok(at)
    }

    fn upgraded(&mut self, head: &[u8]) -> Result<()> {
        if !head.starts_with(b"HTTP/1.1 101") {
            let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
            bail!("no WebSocket: {}", String::from_utf8_lossy(line));
        }
        self.stage = Stage::Joining;
        for hello in self.dialect.hello(&self.board) {
            frame::write_masked(&mut self.output, BINARY, &hello);
        }
        if self.dialect == Dialect::Echo {
            self.stage = Stage::Joined;
        }
        Ok(())
    }

    fn answer(&mut self, incoming: Incoming<'_>) {
        match incoming {
            Incoming::Asked => self.send(&Message::SyncStep2(&[0, 0])),
            Incoming::State(_) => self.stage = Stage::Joined,
            Incoming::Ping => {
                let pong = self.dialect.pong();
                frame::write_masked(&mut self.output, BINARY, &pong);
            }
            _ => {}
        }
    }
}
