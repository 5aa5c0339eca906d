//! Hostile frames against the decoders, a replica and a room with honest people in it.
//!
//! Every seed is a trial. A failure prints its seed, and
//! `DRAWBRIDGE_SEED=… cargo test -p drawbridge-tests --test mutants` runs that one again;
//! `DRAWBRIDGE_MUTATE_SECONDS=60` goes through random ones for so long.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

mod crowds;
mod memory;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use board::id::ClientId;
use board::limits::MAX_NESTING;
use board::protocol::{self, Message};
use board::replica::Replica;
use board::{presence, scan};
use drawbridge_tests::hostile::corpus::{self, Expected, Kind};
use drawbridge_tests::hostile::trial::{Outcome, Trial};
use drawbridge_tests::hostile::{forge, mutate, watched};
use fastrand::Rng;

/// Trials that every run goes through.
const SEEDS: u64 = 150;
/// Hostile frames of one trial: later ones meet what earlier ones left behind.
const FRAMES: usize = 12;
/// Bytes of memory that a byte of input may cost: yrs takes some 200 for the smallest struct.
const FACTOR: usize = 400;
/// Memory that any input may cost.
const FLAT: usize = 1 << 20;
/// Far more than any input takes, for the sake of busy machines.
const SLOWEST: Duration = Duration::from_secs(5);

thread_local! {
    /// Somebody asks for what they lack of it.
    static DRAWN: Replica = corpus::drawn();
}

/// Nothing that is read may panic, hang or bloat.
fn decode(bytes: &[u8]) {
    let ((), peak) = memory::peak(|| {
        let _ = protocol::decode_from_client(bytes);
        let _ = protocol::decode_from_server(bytes);
        let _ = presence::decode(bytes);
        let _ = scan::update(bytes);
        let _ = scan::update_in_detail(bytes, usize::MAX);
        let _ = scan::state_vector(bytes);
    });
    assert!(
        peak <= FLAT + FACTOR * bytes.len(),
        "{peak} bytes to decode"
    );
    let (diff, peak) = DRAWN.with(|drawn| memory::peak(|| drawn.diff(bytes)));
    assert!(
        peak <= FLAT + FACTOR * bytes.len(),
        "{peak} bytes to answer"
    );
    if let Ok(diff) = diff {
        assert!(scan::update(&diff).is_ok(), "a diff that nobody can read");
    }
    let mut replica = Replica::new(ClientId::from_random(1));
    let (_, peak) = memory::peak(|| replica.ingest(bytes));
    assert!(
        peak <= FLAT + FACTOR * bytes.len(),
        "{peak} bytes to ingest"
    );
    if !replica.is_broken() {
        let mut copy = Replica::new(ClientId::from_random(2));
        assert!(copy.restore(&replica.encode()).is_ok());
    }
}

/// A hostile frame, in time and in bounds.
fn send(trial: &mut Trial, frame: &[u8]) -> Outcome {
    let began = Instant::now();
    let size = frame.len() + trial.state().len();
    let (outcome, peak) = memory::peak(|| trial.frame(frame));
    assert!(peak <= FLAT + FACTOR * size, "{peak} bytes for a frame");
    assert!(began.elapsed() < SLOWEST, "a frame that takes so long");
    outcome
}

fn wrap(kind: Kind, bytes: &[u8]) -> Vec<u8> {
    match kind {
        Kind::Frame => bytes.to_vec(),
        Kind::Update => Message::Update(bytes).encode(),
        Kind::Awareness => Message::Awareness(bytes).encode(),
        Kind::StateVector => Message::SyncStep1(bytes).encode(),
    }
}

/// One trial; answers how many hostile frames were served, and how many closed a connection.
fn run(seed: u64) -> (usize, usize) {
    let mut rng = Rng::with_seed(seed);
    let mut conversations = corpus::conversations();
    rng.shuffle(&mut conversations);
    let mut honest = conversations.pop().unwrap();
    let rest = honest.split_off(rng.usize(..=honest.len()));
    let others = [rest, conversations.concat()].concat();
    let mut trial = Trial::new(&honest);
    let mut before = trial.check();
    let (mut served, mut closed) = (0, 0);
    for at in 0..FRAMES {
        let (kind, bytes) = hostile(&mut rng, &trial, &others);
        watched(&format!("frame {at}, {kind:?}: {}", hex(&bytes)), || {
            decode(&bytes);
            let outcome = send(&mut trial, &wrap(kind, &bytes));
            let after = trial.check();
            if outcome.appended == 0 {
                assert_eq!(before, after, "the document changed, and the log did not");
            }
            before = after;
            match outcome.closed {
                Some(_) => closed += 1,
                None => served += 1,
            }
        });
    }
    (served, closed)
}

fn hostile(rng: &mut Rng, trial: &Trial, others: &[Vec<u8>]) -> (Kind, Vec<u8>) {
    let mutant = |rng: &mut Rng, of: &[Vec<u8>]| {
        let bytes = rng.choice(of).cloned().unwrap_or_default();
        mutate::mutant(rng, &bytes, others)
    };
    match rng.u8(..16) {
        0 => (Kind::Frame, mutant(rng, &corpus::of(Kind::Frame))),
        1 => (Kind::Awareness, mutant(rng, &corpus::of(Kind::Awareness))),
        2 => (
            Kind::StateVector,
            mutant(rng, &corpus::of(Kind::StateVector)),
        ),
        3 => (Kind::Update, mutant(rng, &corpus::of(Kind::Update))),
        // What it holds already, with wounds: overlaps and contradictions.
        4 => (Kind::Update, mutant(rng, &[trial.state()])),
        5 => (
            Kind::Update,
            rng.choice(others).cloned().unwrap_or_default(),
        ),
        6 | 7 => (Kind::Update, mutant(rng, others)),
        8 => {
            let forged = forge::update(rng, &trial.clocks());
            (Kind::Update, mutate::mutant(rng, &forged, others))
        }
        _ => (Kind::Update, forge::update(rng, &trial.clocks())),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a number"))
}

fn run_loudly(seed: u64) -> (usize, usize) {
    watched(&format!("this was DRAWBRIDGE_SEED={seed}"), || run(seed))
}

#[test]
fn mutants_hurt_nobody_but_their_sender() {
    if let Some(seed) = number("DRAWBRIDGE_SEED") {
        run_loudly(seed);
        return;
    }
    let (mut served, mut closed, mut trials) = (0, 0, 0);
    let mut count = |seed| {
        let (one, two) = run_loudly(seed);
        (served, closed, trials) = (served + one, closed + two, trials + 1);
    };
    match number("DRAWBRIDGE_MUTATE_SECONDS") {
        Some(seconds) => {
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(seconds) {
                count(fastrand::u64(..));
            }
        }
        None => (1..=SEEDS).for_each(&mut count),
    }
    println!("{trials} trials: {served} frames were served, {closed} closed their connection");
    assert!(
        served > trials && closed > trials,
        "trials in which nothing happens"
    );
}

#[test]
fn attacks_end_as_documented() {
    for entry in corpus::attacks() {
        watched(entry.name, || {
            decode(&entry.bytes);
            let mut trial = Trial::new(&[]);
            let before = trial.check();
            let outcome = send(&mut trial, &wrap(entry.kind, &entry.bytes));
            match entry.expected {
                Expected::Closes(code) => assert_eq!(outcome.closed, Some(code)),
                Expected::Ok => assert!(outcome.closed.is_none() && !outcome.asked),
                Expected::Waits => assert!(outcome.closed.is_none() && outcome.asked),
                Expected::Any => {}
            }
            let after = trial.check();
            if entry.expected != Expected::Ok {
                assert_eq!((before, 0), (after, outcome.appended));
            }
        });
    }
}

#[test]
fn what_was_found_once_stays_mended() {
    for entry in corpus::found() {
        watched(entry.name, || {
            decode(&entry.bytes);
            for honest in corpus::conversations() {
                let mut trial = Trial::new(&honest);
                send(&mut trial, &wrap(entry.kind, &entry.bytes));
                trial.check();
            }
        });
    }
}

#[test]
fn types_in_types_cannot_overflow_the_stack() {
    let update = |levels: u64| {
        let mut bytes = vec![1];
        board::lib0::write_uint(&mut bytes, levels);
        bytes.extend([5, 0, 0x27, 1, 1, b'r', 1, b'k', 1]);
        for parent in 0..levels - 1 {
            bytes.extend([0x27, 0, 5]);
            board::lib0::write_uint(&mut bytes, parent);
            bytes.extend([1, b'k', 1]);
        }
        bytes.push(0);
        wrap(Kind::Update, &bytes)
    };
    watched("nested types", || {
        let mut trial = Trial::new(&[]);
        assert_eq!(send(&mut trial, &update(100_000)).closed, Some(4422));
        let deepest = send(&mut trial, &update(u64::from(MAX_NESTING) + 1));
        assert_eq!((deepest.closed, deepest.appended), (None, 1));
        trial.check();
        let deleted = send(&mut trial, &wrap(Kind::Update, &[0, 1, 5, 1, 0, 1]));
        assert_eq!((deleted.closed, deleted.appended), (None, 1));
        trial.check();
    });
}

#[test]
fn honest_conversations_are_served_whole() {
    for conversation in corpus::conversations() {
        watched("a conversation", || {
            let mut trial = Trial::new(&[]);
            for update in &conversation {
                let outcome = send(&mut trial, &wrap(Kind::Update, update));
                assert!(outcome.closed.is_none() && !outcome.asked, "{outcome:?}");
            }
            let view = trial.check();
            assert_eq!(view, Trial::new(&conversation).check());
        });
    }
}

/// Not a test: the fuzzer's seeds, as files below `DRAWBRIDGE_CORPUS`.
#[test]
fn the_corpus_as_files() {
    let Some(folder) = std::env::var_os("DRAWBRIDGE_CORPUS").map(PathBuf::from) else {
        return;
    };
    for (target, kind) in [
        ("frame", Kind::Frame),
        ("update", Kind::Update),
        ("awareness", Kind::Awareness),
        ("state_vector", Kind::StateVector),
    ] {
        write(&folder.join(target), &corpus::of(kind));
    }
    // One frame each, after any of the conversations; and forged ones, several in a row.
    let all = [corpus::real(), corpus::attacks(), corpus::found()].concat();
    let entries = all.iter().zip(0_u8..).map(|(entry, first)| {
        let frame = wrap(entry.kind, &entry.bytes);
        [&[first][..], &said(&frame)].concat()
    });
    let forged = (0..200_u8).map(|seed| {
        let mut rng = Rng::with_seed(seed.into());
        let honest = corpus::conversations();
        let trial = Trial::new(&honest[usize::from(seed) % honest.len()]);
        let frames = (0..4).flat_map(|_| {
            let forged = forge::update(&mut rng, &trial.clocks());
            said(&wrap(Kind::Update, &forged))
        });
        [vec![seed], frames.collect()].concat()
    });
    write(
        &folder.join("room"),
        &entries.chain(forged).collect::<Vec<_>>(),
    );
}

/// A frame as the target `room` reads it.
fn said(frame: &[u8]) -> Vec<u8> {
    let length = u16::try_from(frame.len()).unwrap_or(u16::MAX);
    [&length.to_le_bytes()[..], frame].concat()
}

fn write(folder: &Path, entries: &[Vec<u8>]) {
    std::fs::create_dir_all(folder).unwrap();
    for (at, entry) in entries.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{at:03}")), entry).unwrap();
    }
}
