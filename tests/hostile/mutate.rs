//! Breaks honest bytes in the ways that break decoders, from a seed.
//!
//! Owns the mutations; knows nothing of what the bytes mean, but that they are full of
//! variable-length integers.

use board::lib0::{Reader, write_uint};
use fastrand::Rng;

/// A mutant never grows beyond this: bugs are small, and big inputs only slow the search.
const LARGEST: usize = 16 * 1024;

/// Numbers at which decoders break.
const EDGES: [u64; 16] = [
    0,
    1,
    2,
    0x7f,
    0x80,
    0xff,
    0x3fff,
    0xffff,
    0x7fff_fffe,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_fffe,
    0xffff_ffff,
    0x1f_ffff_ffff_fffe,
    0x1f_ffff_ffff_ffff,
    0x20_0000_0000_0000,
];

/// A mutant of `bytes`, with pieces of `others` in it.
pub fn mutant(rng: &mut Rng, bytes: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut mutant = bytes.to_vec();
    // Mostly one wound: the more there are, the earlier a decoder gives up.
    for _ in 0..*rng.choice(&[1, 1, 1, 2, 2, 3, 6]).unwrap_or(&1) {
        wound(rng, &mut mutant, others);
    }
    mutant.truncate(LARGEST);
    mutant
}

fn wound(rng: &mut Rng, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
    if bytes.is_empty() {
        bytes.push(rng.u8(..));
        return;
    }
    let at = rng.usize(..bytes.len());
    let until = (at + 1 + rng.usize(..8)).min(bytes.len());
    match rng.u8(..11) {
        0 => flip(rng, bytes, at),
        1 => replace(bytes, at..at + 1, &[rng.u8(..)]),
        2 => number(rng, bytes, at),
        3 => nudge(rng, bytes, at),
        4 => bytes.truncate(at),
        5 => drop(bytes.drain(at..until)),
        6 => {
            let piece = bytes.get(at..until).unwrap_or_default().to_vec();
            let times = *rng.choice(&[1, 2, 10, 100]).unwrap_or(&1);
            replace(bytes, at..at, &piece.repeat(times));
        }
        7 => replace(bytes, at..at, &[rng.u8(..), rng.u8(..)]),
        8 => splice(rng, bytes, at, others),
        9 => cross(rng, bytes, at, others),
        // A number in more bytes than it needs.
        _ => {
            if let Some(byte) = bytes.get_mut(at).filter(|byte| **byte < 0x80) {
                *byte |= 0x80;
                replace(bytes, at + 1..at + 1, &[0]);
            }
        }
    }
}

fn flip(rng: &mut Rng, bytes: &mut [u8], at: usize) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << rng.u8(..8);
    }
}

/// Another number in place of the one that starts here.
fn number(rng: &mut Rng, bytes: &mut Vec<u8>, at: usize) {
    let edge = rng.choice(EDGES).unwrap_or(0);
    set(bytes, at, |_| edge);
}

/// A number that is a little too big or too small.
fn nudge(rng: &mut Rng, bytes: &mut Vec<u8>, at: usize) {
    let by = 1 + rng.u64(..3);
    let up = rng.bool();
    set(bytes, at, |number| {
        if up {
            number.saturating_add(by)
        } else {
            number.saturating_sub(by)
        }
    });
}

fn set(bytes: &mut Vec<u8>, at: usize, change: impl FnOnce(u64) -> u64) {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut reader = Reader::new(rest);
    if let Ok(number) = reader.uint() {
        let length = rest.len() - reader.left();
        let mut other = Vec::new();
        write_uint(&mut other, change(number));
        replace(bytes, at..at + length, &other);
    }
}

/// A piece of another input in the middle of this one.
fn splice(rng: &mut Rng, bytes: &mut Vec<u8>, at: usize, others: &[Vec<u8>]) {
    let Some(other) = rng.choice(others).filter(|other| !other.is_empty()) else {
        return;
    };
    let from = rng.usize(..other.len());
    let until = (from + 1 + rng.usize(..40)).min(other.len());
    let piece = other.get(from..until).unwrap_or_default();
    replace(bytes, at..at, piece);
}

/// The front of this and the back of another.
fn cross(rng: &mut Rng, bytes: &mut Vec<u8>, at: usize, others: &[Vec<u8>]) {
    let Some(other) = rng.choice(others).filter(|other| !other.is_empty()) else {
        return;
    };
    let from = rng.usize(..other.len());
    bytes.truncate(at);
    bytes.extend_from_slice(other.get(from..).unwrap_or_default());
}

fn replace(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, by: &[u8]) {
    drop(bytes.splice(range, by.iter().copied()));
}
