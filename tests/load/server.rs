//! The servers that are measured: how each is found, started and reached.
//!
//! Owns command lines, ports and data directories. Every server starts empty and alone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::dialect::Dialect;
use super::process::Process;
use super::swarm::DEADLINE;

/// Between two looks at what a server does not tell by itself.
const PAUSE: Duration = Duration::from_millis(5);

/// A server that can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contender {
    /// This repository's.
    Drawbridge,
    /// `bin/server.js` of y-websocket 1.5.4.
    YWebsocket,
    /// `@hocuspocus/server` 4.
    Hocuspocus,
    /// y-sweet with a directory for a store.
    YSweet,
    /// The floor: no protocol, no document, no disk.
    Echo,
}

/// Where the programs are.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    /// Drawbridge's binary.
    pub(crate) drawbridge: PathBuf,
    /// The folder with the peers' `node_modules`.
    pub(crate) node: PathBuf,
    /// y-sweet's binary.
    pub(crate) y_sweet: PathBuf,
    /// What Drawbridge is told beside what every scenario needs.
    pub(crate) flags: Vec<String>,
}

impl Contender {
    /// Its name in the tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Drawbridge => "Drawbridge",
            Self::YWebsocket => "y-websocket 1.5.4",
            Self::Hocuspocus => "Hocuspocus 4.7",
            Self::YSweet => "y-sweet 0.9.1",
            Self::Echo => "bare echo",
        }
    }

    /// Its protocol.
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::Drawbridge => Dialect::Drawbridge,
            Self::YWebsocket => Dialect::YWebsocket,
            Self::Hocuspocus => Dialect::Hocuspocus,
            Self::YSweet => Dialect::YSweet,
            Self::Echo => Dialect::Echo,
        }
    }

    /// What must exist for it to start.
    pub(crate) fn needs(self, programs: &Programs) -> PathBuf {
        let modules = programs.node.join("node_modules");
        match self {
            Self::Drawbridge => programs.drawbridge.clone(),
            Self::YWebsocket => modules.join("y-websocket/bin/server.js"),
            Self::Hocuspocus => modules.join("@hocuspocus/server/package.json"),
            Self::YSweet => programs.y_sweet.clone(),
            Self::Echo => PathBuf::from("/proc/self/exe"),
        }
    }

    fn command(self, programs: &Programs, data: &Path, port: u16) -> Result<Command> {
        let mut command = match self {
            Self::Drawbridge => {
                let mut command = Command::new(&programs.drawbridge);
                let listen = format!("127.0.0.1:{port}");
                command.args(["serve", "--listen", &listen]);
                // More than the largest scenario opens.
                command.args(["--max-connections", "20000", "--max-boards", "20000"]);
                command.args(["--max-connections-per-address", "20000"]);
                // Nobody draws so fast.
                command.args(["--max-messages", "1000000"]);
                command.args(&programs.flags);
                command.arg("--data").arg(data);
                command
            }
            Self::YWebsocket => {
                let mut command = Command::new("node");
                command.arg(self.needs(programs));
                command
            }
            Self::Hocuspocus => {
                let mut command = Command::new("node");
                command.arg(programs.node.join("hocuspocus.js"));
                command
            }
            Self::YSweet => {
                let mut command = Command::new(&programs.y_sweet);
                command.args(["serve", "--host", "127.0.0.1", "--port", &port.to_string()]);
                command.arg(data).env("RUST_LOG", "error");
                command
            }
            Self::Echo => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["--echo", &port.to_string()]);
                command
            }
        };
        command
            .env("HOST", "127.0.0.1")
            .env("PORT", port.to_string());
        command.stdin(Stdio::null());
        // Drawbridge has nothing to say unless something is wrong.
        if self != Self::Drawbridge {
            command.stderr(Stdio::null());
        }
        Ok(command)
    }
}

/// A running server.
pub(crate) struct Server {
    /// Which.
    pub(crate) contender: Contender,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Its process.
    pub(crate) process: Process,
    data: TempDir,
    programs: Programs,
}

impl Server {
    /// Starts one on a free port with nothing stored.
    pub(crate) fn start(contender: Contender, programs: &Programs) -> Result<Self> {
        Self::open(contender, programs, tempfile::tempdir()?)
    }

    fn open(contender: Contender, programs: &Programs, data: TempDir) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut command = contender.command(programs, data.path(), port)?;
        command.stdout(Stdio::piped());
        let mut process = Process::start(&mut command)?;
        // What a server prints must not stop it for want of a reader.
        if let Some(out) = process.child().stdout.take() {
            std::thread::spawn(move || BufReader::new(out).lines().for_each(drop));
        }
        let mut server = Self {
            contender,
            address,
            process,
            data,
            programs: programs.clone(),
        };
        server.wait()?;
        Ok(server)
    }

    /// Ends it in order and starts it again with what it stored.
    pub(crate) fn restart(self) -> Result<Self> {
        let Self {
            contender,
            process,
            data,
            programs,
            ..
        } = self;
        process.stop()?;
        Self::open(contender, &programs, data)
    }

    /// Its protocol.
    pub(crate) fn dialect(&self) -> Dialect {
        self.contender.dialect()
    }

    /// Makes a board that clients may join: y-sweet wants to be told of it first.
    pub(crate) fn prepare(&self, board: &str) -> Result<()> {
        if self.contender != Contender::YSweet {
            return Ok(());
        }
        let body = format!(r#"{{"docId":"{board}"}}"#);
        let length = body.len();
        let head = format!("content-type: application/json\r\ncontent-length: {length}\r\n");
        self.ask("POST /doc/new", &head, &body)
            .context("no new board")?;
        Ok(())
    }

    /// How many boards it has in memory; Drawbridge says so.
    pub(crate) fn open_boards(&self) -> Result<usize> {
        let metrics = self.ask("GET /metrics", "", "")?;
        let mut lines = metrics.lines();
        let count = lines.find_map(|line| line.strip_prefix("drawbridge_boards "));
        Ok(count.context("no count of boards")?.parse()?)
    }

    /// Sends a request over HTTP; answers head and body. Anything but a 200 is an error.
    fn ask(&self, what: &str, head: &str, body: &str) -> Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        let host = self.address;
        write!(
            stream,
            "{what} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{head}\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if !answer.starts_with("HTTP/1.1 200") {
            bail!("{what}: {}", answer.lines().next().unwrap_or(""));
        }
        Ok(answer)
    }

    /// Waits until something is so that nobody tells.
    pub(crate) fn until(
        &self,
        what: &str,
        mut is_so: impl FnMut(&Self) -> Result<bool>,
    ) -> Result<()> {
        let began = Instant::now();
        while !is_so(self)? {
            if began.elapsed() > DEADLINE {
                bail!("not within {} s: {what}", DEADLINE.as_secs());
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Waits until it listens.
    fn wait(&mut self) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.process.child().try_wait()? {
                bail!("it ended at once: {status}");
            }
            if began.elapsed() > DEADLINE {
                bail!("it does not listen on {}", self.address);
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}
