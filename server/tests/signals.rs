//! The process: the signals that end it, and what the system may deny it.

#![cfg(test)]
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Process {
    child: Child,
    address: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn start(data: &std::path::Path) -> Process {
    start_by(Command::new(env!("CARGO_BIN_EXE_drawbridge")), data)
}

/// The same by a command that runs it with what comes behind.
fn start_by(mut command: Command, data: &std::path::Path) -> Process {
    let mut child = command
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "info"])
        .args(["--header-timeout", "600", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let address = line.rsplit('/').next().unwrap().to_owned();
    Process { child, address }
}

fn signal(process: &Process, name: &str) {
    let pid = process.child.id().to_string();
    let told = Command::new("kill").args([name, &pid]).status().unwrap();
    assert!(told.success());
}

/// Tells it to stop while a request is half sent, and waits until it has heard.
fn held_up() -> (tempfile::TempDir, Process, TcpStream) {
    let data = tempfile::tempdir().unwrap();
    let mut process = start(data.path());
    let mut slow = TcpStream::connect(&process.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost:").unwrap();
    let mut other = TcpStream::connect(&process.address).unwrap();
    let ask = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    other.write_all(ask).unwrap();
    other.read_to_end(&mut Vec::new()).unwrap();
    signal(&process, "-TERM");
    let mut log = BufReader::new(process.child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("stopping") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "ended already");
    }
    process.child.stderr = Some(log.into_inner());
    (data, process, slow)
}

#[test]
fn one_signal_ends_it_in_order() {
    let data = tempfile::tempdir().unwrap();
    let mut process = start(data.path());
    signal(&process, "-TERM");
    assert!(process.child.wait().unwrap().success());
}

#[test]
fn a_second_signal_ends_it_at_once() {
    for second in ["-TERM", "-INT"] {
        let (_data, mut process, _slow) = held_up();
        signal(&process, second);
        assert_eq!(process.child.wait().unwrap().code(), Some(1), "{second}");
    }
}

#[test]
fn an_address_that_is_taken_is_named_in_one_line() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = start(one.path());
    let second = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .args(["serve", "--listen", &first.address, "--data"])
        .arg(two.path())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8(second.stderr).unwrap();
    let start = format!("drawbridge: cannot listen on {}: ", first.address);
    assert!(said.starts_with(&start), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_process_that_ran_out_of_files_goes_on_when_it_has_some_again() {
    let data = tempfile::tempdir().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""]);
    shell.arg(env!("CARGO_BIN_EXE_drawbridge"));
    let mut process = start_by(shell, data.path());
    let connect = |_| TcpStream::connect(&process.address).unwrap();
    let sockets: Vec<TcpStream> = (0..100).map(connect).collect();
    let log = BufReader::new(process.child.stderr.take().unwrap());
    let mut refusals = log.lines().map(Result::unwrap);
    assert!(refusals.any(|line| line.contains("a connection could not be accepted")));
    drop(sockets);
    let mut other = TcpStream::connect(&process.address).unwrap();
    let ask = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    other.write_all(ask).unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
