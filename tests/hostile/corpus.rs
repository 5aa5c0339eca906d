//! The corpus: what honest clients send and what hostile ones do, from `tests/fuzz/corpus`.
//!
//! Owns the form of its files, one entry a line: `kind name expected bytes…`.

use board::id::ClientId;
use board::replica::{Ingested, Replica};

/// What honest clients sent, written by Yjs.
const REAL: &str = include_str!("../fuzz/corpus/yjs.txt");
/// What a hostile one sends, each on an empty board.
const ATTACKS: &str = include_str!("../fuzz/corpus/attacks.txt");
/// Whatever once broke something, each after the honest conversations.
const FOUND: &str = include_str!("../fuzz/corpus/found.txt");

/// What the bytes are meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole WebSocket message.
    Frame,
    /// A Yjs update, v1.
    Update,
    /// Awareness entries.
    Awareness,
    /// A state vector.
    StateVector,
}

/// What must come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It is served.
    Ok,
    /// It waits for what it builds on.
    Waits,
    /// Its connection is closed with this code.
    Closes(u16),
    /// Anything that hurts nobody.
    Any,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// `conversation/step` for the updates of honest clients.
    pub name: &'static str,
    /// What must come of it.
    pub expected: Expected,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What honest clients sent.
pub fn real() -> Vec<Entry> {
    read(REAL)
}

/// What hostile ones send.
pub fn attacks() -> Vec<Entry> {
    read(ATTACKS)
}

/// What once broke something.
pub fn found() -> Vec<Entry> {
    read(FOUND)
}

/// All of one kind.
pub fn of(kind: Kind) -> Vec<Vec<u8>> {
    let all = [real(), attacks(), found()].concat();
    let kind = all.into_iter().filter(|entry| entry.kind == kind);
    kind.map(|entry| entry.bytes).collect()
}

/// A document of all that honest clients drew: what is asked of it gets to the code that answers.
pub fn drawn() -> Replica {
    let mut replica = Replica::new(ClientId::from_random(1));
    for update in conversations().concat() {
        let taken = replica.ingest(&update);
        assert!(matches!(taken, Ok(Ingested::Applied { .. })), "{taken:?}");
    }
    replica
}

/// The updates of honest clients, by conversation and in order.
pub fn conversations() -> Vec<Vec<Vec<u8>>> {
    let mut found: Vec<(&str, Vec<Vec<u8>>)> = Vec::new();
    for entry in real() {
        if let (Kind::Update, Expected::Ok) = (entry.kind, entry.expected) {
            let name = entry.name.split('/').next().unwrap_or(entry.name);
            match found.last_mut() {
                Some((last, updates)) if *last == name => updates.push(entry.bytes),
                _ => found.push((name, vec![entry.bytes])),
            }
        }
    }
    found.into_iter().map(|(_, updates)| updates).collect()
}

fn read(text: &'static str) -> Vec<Entry> {
    let lines = text.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(entry).collect()
}

fn entry(line: &'static str) -> Entry {
    let mut words = line.split(' ');
    let mut word = || words.next().unwrap_or_else(|| panic!("cut short: {line}"));
    let kind = match word() {
        "frame" => Kind::Frame,
        "update" => Kind::Update,
        "awareness" => Kind::Awareness,
        "state_vector" => Kind::StateVector,
        other => panic!("no kind: {other}"),
    };
    let name = word();
    let expected = match word() {
        "ok" => Expected::Ok,
        "waits" => Expected::Waits,
        "any" => Expected::Any,
        code => Expected::Closes(code.parse().unwrap()),
    };
    Entry {
        kind,
        name,
        expected,
        bytes: words.flat_map(unpack).collect(),
    }
}

/// `75.01*5000`: hex, dots for the eye, and how many times.
fn unpack(word: &str) -> Vec<u8> {
    let (hex, times) = word.split_once('*').unwrap_or((word, "1"));
    let hex = hex.replace('.', "");
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap(), 16).unwrap();
    let once: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
    once.repeat(times.parse().unwrap())
}
