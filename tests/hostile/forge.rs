//! Writes updates that are well-formed and mean nonsense, from a seed.
//!
//! Mutants mostly die in the scan; these get through it, to where items of any kind stand beside,
//! inside and after any other. Owns the grammar of an update; knows no document but its clocks.

use board::lib0::{write_buffer, write_uint};
use fastrand::Rng;

/// Roots of the corpus' conversations, and one that nobody uses.
const ROOTS: [&str; 8] = [
    "t", "m", "text:a", "elements", "list", "page", "inner", "new",
];
/// Keys of its maps.
const KEYS: [&str; 6] = ["k", "e0", "ink", "inner", "class", ""];
/// Texts of one, two, three and four bytes a character.
const TEXTS: [&str; 6] = ["x", "abc", "é", "日本", "😀", "a😀b👩‍👩‍👧"];
/// What a format or an embed says, and what none may say.
const JSON: [&str; 7] = [
    "null",
    "true",
    "1.5",
    "\"s\"",
    "{\"a\":[1,{}]}",
    "[]",
    "{no",
];

/// What is known: each client and one past its last clock.
pub type Clocks = Vec<(u64, u32)>;

/// An update by one to three clients, on what is known.
pub fn update(rng: &mut Rng, known: &Clocks) -> Vec<u8> {
    let mut clocks = known.clone();
    let mut authors = Vec::new();
    for _ in 0..rng.usize(0..4) {
        let known = rng.choice(known).copied().filter(|_| rng.u8(..4) > 0);
        let author = known.unwrap_or((rng.u64(1..6), 0));
        if authors.iter().all(|&(client, _)| client != author.0) {
            authors.push(author);
        }
    }
    if rng.u8(..8) > 0 {
        // Yjs writes the highest client first.
        authors.sort_unstable_by(|a, b| b.cmp(a));
    }
    let mut out = Vec::new();
    write_uint(&mut out, authors.len() as u64);
    for (client, end) in authors {
        // Mostly news, sometimes with something old before it or a hole.
        let start = match rng.u8(..12) {
            0 => end.saturating_sub(rng.u32(0..4)),
            1 => end + rng.u32(0..3),
            _ => end,
        };
        structs(rng, &mut out, client, start, &mut clocks);
    }
    deletions(rng, &mut out, &clocks);
    out
}

fn structs(rng: &mut Rng, out: &mut Vec<u8>, client: u64, start: u32, clocks: &mut Clocks) {
    let count = rng.u64(1..7);
    write_uint(out, count);
    write_uint(out, client);
    write_uint(out, start.into());
    let mut clock = start;
    for _ in 0..count {
        clock += block(rng, out, (client, clock), clocks);
        match clocks.iter_mut().find(|(known, _)| *known == client) {
            Some((_, end)) => *end = (*end).max(clock),
            None => clocks.push((client, clock)),
        }
    }
}

/// One struct; answers how many clocks it takes.
fn block(rng: &mut Rng, out: &mut Vec<u8>, (client, clock): (u64, u32), clocks: &Clocks) -> u32 {
    if rng.u8(..16) == 0 {
        let length = rng.u32(1..4);
        out.push(*rng.choice(&[0, 0, 10]).unwrap_or(&0));
        write_uint(out, length.into());
        return length;
    }
    let kind = *rng
        .choice(&[1, 3, 4, 4, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8])
        .unwrap_or(&4);
    let (origin, right) = *rng
        .choice(&[(false, false), (true, false), (false, true), (true, true)])
        .unwrap_or(&(false, false));
    let keyed = rng.u8(..3) == 0;
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    out.push(kind | flag(origin, 0x80) | flag(right, 0x40) | flag(keyed, 0x20));
    for _ in 0..u8::from(origin) + u8::from(right) {
        id(rng, out, (client, clock), clocks);
    }
    if !origin && !right {
        if rng.bool() {
            out.push(1);
            text(rng, out, &ROOTS);
        } else {
            out.push(0);
            id(rng, out, (client, clock), clocks);
        }
        if keyed {
            text(rng, out, &KEYS);
        }
    }
    content(rng, out, kind)
}

/// An id of something that is known, mostly nearby: an item may only refer to what was before it.
fn id(rng: &mut Rng, out: &mut Vec<u8>, (client, clock): (u64, u32), clocks: &Clocks) {
    let own = (client, clock);
    let (of, end) = match rng.choice(clocks) {
        Some(&known) if clock == 0 || rng.u8(..3) == 0 => known,
        _ => own,
    };
    let end = if of == client { clock } else { end };
    let back = if rng.bool() {
        rng.u32(1..4)
    } else {
        1 + rng.u32(..end.max(1))
    };
    write_uint(out, of);
    write_uint(out, end.saturating_sub(back).into());
}

fn text(rng: &mut Rng, out: &mut Vec<u8>, of: &[&str]) {
    write_buffer(out, rng.choice(of).unwrap_or(&"").as_bytes());
}

fn content(rng: &mut Rng, out: &mut Vec<u8>, kind: u8) -> u32 {
    match kind {
        1 => {
            let length = rng.u32(1..4);
            write_uint(out, length.into());
            return length;
        }
        3 => write_buffer(out, &[1, 2, 3]),
        4 => {
            let text = *rng.choice(&TEXTS).unwrap_or(&"x");
            write_buffer(out, text.as_bytes());
            return text.encode_utf16().count() as u32;
        }
        5 => text(rng, out, &JSON),
        6 => {
            text(rng, out, &["bold", "link"]);
            text(rng, out, &JSON);
        }
        7 => {
            let types: [&[u8]; 6] = [&[0], &[1], &[2], &[3, 1, b'p'], &[4], &[6]];
            out.extend_from_slice(rng.choice(types).unwrap_or_default());
        }
        8 => {
            let values = rng.u32(1..4);
            write_uint(out, values.into());
            for _ in 0..values {
                any(rng, out, 0);
            }
            return values;
        }
        _ => {}
    }
    1
}

fn any(rng: &mut Rng, out: &mut Vec<u8>, depth: u8) {
    let kind = if depth > 3 { 119 } else { rng.u8(116..128) };
    out.push(kind);
    match kind {
        125 => out.push(rng.u8(..0x80)),
        124 => out.extend_from_slice(&f32::to_be_bytes(
            *rng.choice(&[1.5, f32::NAN]).unwrap_or(&0.0),
        )),
        123 | 122 => out.extend_from_slice(&rng.u64(..).to_be_bytes()),
        119 => text(rng, out, &TEXTS),
        118 | 117 => {
            let count = rng.u64(..3);
            write_uint(out, count);
            for _ in 0..count {
                if kind == 118 {
                    text(rng, out, &["a", "__proto__", ""]);
                }
                any(rng, out, depth + 1);
            }
        }
        116 => write_buffer(out, &[7, 8]),
        _ => {}
    }
}

fn deletions(rng: &mut Rng, out: &mut Vec<u8>, clocks: &Clocks) {
    let mut of: Clocks = clocks.iter().copied().filter(|&(_, end)| end > 0).collect();
    rng.shuffle(&mut of);
    of.truncate(rng.usize(0..3));
    write_uint(out, of.len() as u64);
    for (client, end) in of {
        write_uint(out, client);
        let mut ranges = Vec::new();
        let mut at = rng.u32(..end);
        while at < end && ranges.len() < 3 {
            let length = 1 + rng.u32(..(end - at).min(5));
            ranges.push((at, length));
            at += length + rng.u32(..end);
        }
        write_uint(out, ranges.len() as u64);
        for (start, length) in ranges {
            write_uint(out, start.into());
            write_uint(out, length.into());
        }
    }
}
