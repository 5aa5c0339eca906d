//! Reads an update in Yjs's v1 encoding without building anything from it.
//!
//! Owns the judgement whether bytes are safe to hand to the CRDT library, and which clocks they
//! bring and need. Knows no document. Costs O(bytes), allocates one small record per client.
//! Refuses what yrs would crash, hang or bloat on, and what JavaScript clients cannot load.

use std::collections::HashMap;

use crate::lib0::{ReadError, Reader};
use crate::limits::{MAX_DEPTH, MAX_NESTING};

/// Highest clock: yrs computes distances between clocks as `i32`.
const MAX_CLOCK: u32 = i32::MAX as u32;

/// Why bytes are no update that anybody may load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// They are not the v1 encoding.
    #[error("no v1 update: {0}")]
    Malformed(#[from] ReadError),
    /// A count promises more than the bytes hold.
    #[error("a count promises more than the bytes hold")]
    Count,
    /// It has more items, or deletions, than whoever reads it takes.
    #[error("the update has more changes than a board may have")]
    Items,
    /// Values are nested deeper than [`MAX_DEPTH`].
    #[error("values are nested deeper than {MAX_DEPTH} levels")]
    Depth,
    /// Shared types are nested deeper than [`MAX_NESTING`].
    #[error("shared types are nested deeper than {MAX_NESTING} levels")]
    Nesting,
    /// Something that no current Yjs client writes or could read.
    #[error("{0}")]
    Unreadable(&'static str),
}

/// A stretch of one client's clocks, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First clock.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// What an update says about one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The clocks it brings, ascending, with holes between them.
    pub brings: Vec<Run>,
    /// It refers to clocks below this one, and to the one before it.
    pub needs: u32,
    /// The clocks it deletes: how many in all.
    pub deletes: u64,
}

/// What an update brings and needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// By client.
    pub clients: HashMap<u64, Share>,
}

/// An item's id: client and clock.
pub type Id = (u64, u32);

/// Items of one client, and the list that they say they are in: that of a type, or of one of its
/// keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Whose.
    pub client: u64,
    /// Their clocks.
    pub run: Run,
    /// Where.
    pub list: List<'a>,
    /// What they are.
    pub content: Content,
}

/// What an item is, as far as it matters where it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing is left of it but its clocks.
    Deleted,
    /// The beginning or end of a format of text.
    Format,
    /// A shared type: others may be in it.
    Type,
    /// Anything else.
    Value,
}

/// How an item says which list it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List<'a> {
    /// By the name of a root type, and the key.
    Root(&'a str, Option<&'a str>),
    /// By the item that is the type, and the key.
    Type(Id, Option<&'a str>),
    /// By its neighbours when it was written, left and right.
    Beside([Option<Id>; 2]),
}

/// An update's items and deletions one by one.
#[derive(Debug, Default)]
pub struct Detail<'a> {
    /// The items, by client, ascending.
    pub places: Vec<Place<'a>>,
    /// What is deleted, by client, ascending.
    pub deletes: Vec<(u64, Run)>,
}

impl Scan {
    /// Whether the update says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }
}

/// Reads a whole update.
///
/// # Errors
/// When it must not be handed on; see [`ScanError`].
pub fn update(bytes: &[u8]) -> Result<Scan, ScanError> {
    read(bytes, usize::MAX, |_| {}, |_, _| {})
}

/// Reads a whole update, where its items are, and what it deletes: at most so many of each.
///
/// # Errors
/// As [`update`].
pub fn update_in_detail(bytes: &[u8], most: usize) -> Result<(Scan, Detail<'_>), ScanError> {
    let mut detail = Detail::default();
    let scan = read(
        bytes,
        most,
        |place| detail.places.push(place),
        |client, run| detail.deletes.push((client, run)),
    )?;
    Ok((scan, detail))
}

fn read<'a>(
    bytes: &'a [u8],
    most: usize,
    mut note: impl FnMut(Place<'a>),
    mut note_deleted: impl FnMut(u64, Run),
) -> Result<Scan, ScanError> {
    let mut reader = Reader::new(bytes);
    let mut scan = Scan::default();
    let mut left = most;
    for _ in 0..count(&mut reader, 4)? {
        structs_of_client(&mut reader, &mut scan, &mut left, &mut note)?;
    }
    let mut left = most;
    for _ in 0..count(&mut reader, 2)? {
        deletes_of_client(&mut reader, &mut scan, &mut left, &mut note_deleted)?;
    }
    if reader.left() > 0 {
        return Err(ScanError::Unreadable("bytes follow the update"));
    }
    Ok(scan)
}

/// Reads a state vector into pairs of client and clock.
///
/// # Errors
/// When a count or an integer is out of bounds.
pub fn state_vector(bytes: &[u8]) -> Result<Vec<(u64, u32)>, ScanError> {
    let mut reader = Reader::new(bytes);
    let entries = count(&mut reader, 2)?;
    let mut pairs = Vec::with_capacity(entries);
    for _ in 0..entries {
        let client = reader.uint()?;
        pairs.push((client, clock(&mut reader)?));
    }
    Ok(pairs)
}

/// A count of things that take at least `size` bytes each.
fn count(reader: &mut Reader<'_>, size: usize) -> Result<usize, ScanError> {
    let count = usize::try_from(reader.uint()?).map_err(|_| ScanError::Count)?;
    if count > reader.left() / size {
        return Err(ScanError::Count);
    }
    Ok(count)
}

/// Takes some of what may still come.
fn take(left: &mut usize, some: u64) -> Result<(), ScanError> {
    let some = usize::try_from(some).map_err(|_| ScanError::Items)?;
    *left = left.checked_sub(some).ok_or(ScanError::Items)?;
    Ok(())
}

fn clock(reader: &mut Reader<'_>) -> Result<u32, ScanError> {
    let clock = reader.uint32()?;
    if clock > MAX_CLOCK {
        return Err(ReadError::Range.into());
    }
    Ok(clock)
}

fn structs_of_client<'a>(
    reader: &mut Reader<'a>,
    scan: &mut Scan,
    left: &mut usize,
    note: &mut impl FnMut(Place<'a>),
) -> Result<(), ScanError> {
    let structs = reader.uint()?;
    let client = reader.uint()?;
    let mut at = clock(reader)?;
    // The smallest struct takes two bytes.
    if structs > (reader.left() / 2) as u64 {
        return Err(ScanError::Count);
    }
    take(left, structs)?;
    if scan
        .clients
        .get(&client)
        .is_some_and(|s| !s.brings.is_empty())
    {
        return Err(ScanError::Unreadable("a client appears twice"));
    }
    let mut brings: Vec<Run> = Vec::new();
    for _ in 0..structs {
        let block = block(reader, client, at, scan)?;
        let end = at
            .checked_add(block.length)
            .filter(|&end| end <= MAX_CLOCK)
            .ok_or(ReadError::Range)?;
        if block.length == 0 {
            return Err(ScanError::Unreadable("a struct is empty"));
        }
        if let Some(list) = block.list {
            let run = Run { start: at, end };
            let content = block.content;
            note(Place {
                client,
                run,
                list,
                content,
            });
        }
        if !block.hole {
            match brings.last_mut() {
                Some(run) if run.end == at => run.end = end,
                _ => brings.push(Run { start: at, end }),
            }
        }
        at = end;
    }
    scan.clients.entry(client).or_default().brings = brings;
    Ok(())
}

fn deletes_of_client(
    reader: &mut Reader<'_>,
    scan: &mut Scan,
    left: &mut usize,
    note: &mut impl FnMut(u64, Run),
) -> Result<(), ScanError> {
    let client = reader.uint()?;
    let ranges = count(reader, 2)?;
    take(left, ranges as u64)?;
    let share = scan.clients.entry(client).or_default();
    if share.deletes > 0 {
        return Err(ScanError::Unreadable("a client's deletions appear twice"));
    }
    let mut last = 0;
    for _ in 0..ranges {
        let start = clock(reader)?;
        // All libraries write them sorted and merged, and yrs relies on it.
        if start < last {
            return Err(ScanError::Unreadable("deletions are not in order"));
        }
        let length = clock(reader)?;
        let end = start
            .checked_add(length)
            .filter(|&end| end <= MAX_CLOCK)
            .ok_or(ReadError::Range)?;
        if length == 0 {
            return Err(ScanError::Unreadable("a deletion is empty"));
        }
        note(client, Run { start, end });
        last = end;
        share.needs = share.needs.max(end);
        share.deletes += u64::from(length);
    }
    Ok(())
}

/// One struct: how many clocks it takes, whether it is a hole, and where it is if it is an item.
struct Block<'a> {
    length: u32,
    hole: bool,
    content: Content,
    list: Option<List<'a>>,
}

fn block<'a>(
    reader: &mut Reader<'a>,
    client: u64,
    at: u32,
    scan: &mut Scan,
) -> Result<Block<'a>, ScanError> {
    const SKIP: u8 = 10;
    let info = reader.byte()?;
    if info == 0 || info == SKIP {
        return Ok(Block {
            length: clock(reader)?,
            hole: info == SKIP,
            content: Content::Deleted,
            list: None,
        });
    }
    let mut beside = [None, None];
    for (neighbour, flag) in beside.iter_mut().zip([0x80, 0x40]) {
        if info & flag != 0 {
            *neighbour = Some(reference(reader, client, at, scan)?);
        }
    }
    let list = if beside == [None, None] {
        let (named, under) = match reader.uint()? {
            0 => ("", Some(reference(reader, client, at, scan)?)),
            1 => (reader.string()?, None),
            _ => return Err(ScanError::Unreadable("a parent is neither id nor name")),
        };
        let key = if info & 0x20 != 0 {
            Some(reader.string()?)
        } else {
            None
        };
        under.map_or(List::Root(named, key), |id| List::Type(id, key))
    } else {
        List::Beside(beside)
    };
    Ok(Block {
        length: content(reader, info & 0x1f)?,
        hole: false,
        content: match info & 0x1f {
            1 => Content::Deleted,
            6 => Content::Format,
            7 => Content::Type,
            _ => Content::Value,
        },
        list: Some(list),
    })
}

/// An id that an item refers to; it must come before the item itself.
fn reference(
    reader: &mut Reader<'_>,
    client: u64,
    at: u32,
    scan: &mut Scan,
) -> Result<Id, ScanError> {
    let of = reader.uint()?;
    let clock = clock(reader)?;
    if of == client {
        // Its own earlier clocks are needed anyway: they come before the run that starts here.
        return if clock < at {
            Ok((of, clock))
        } else {
            Err(ScanError::Unreadable("an item refers to its own future"))
        };
    }
    let share = scan.clients.entry(of).or_default();
    share.needs = share.needs.max(clock.saturating_add(1));
    Ok((of, clock))
}

/// Steps over an item's content; answers how many clocks it takes.
fn content(reader: &mut Reader<'_>, kind: u8) -> Result<u32, ScanError> {
    match kind {
        1 => clock(reader),
        3 => reader.buffer().map(|_| 1).map_err(Into::into),
        4 => {
            let length = reader.string()?.encode_utf16().count();
            u32::try_from(length).map_err(|_| ReadError::Range.into())
        }
        5 => json(reader.string()?).map(|()| 1),
        6 => {
            reader.string()?;
            json(reader.string()?).map(|()| 1)
        }
        7 => shared_type(reader).map(|()| 1),
        8 => {
            let values = count(reader, 1)?;
            for _ in 0..values {
                any(reader, 1)?;
            }
            u32::try_from(values).map_err(|_| ReadError::Range.into())
        }
        // Deleted with the type it is in, yrs reads it after it was freed; and Yjs throws when
        // its options are null. Boards hold none.
        9 => Err(ScanError::Unreadable("documents within are not for boards")),
        // Kind 2 is JSON of the days before Yjs 13, which yrs reads with one string too many.
        _ => Err(ScanError::Unreadable(
            "an item's content is of no kind in use",
        )),
    }
}

/// The types that every client can read; others (hooks, weak links) are not among them.
fn shared_type(reader: &mut Reader<'_>) -> Result<(), ScanError> {
    match reader.byte()? {
        0 | 1 | 2 | 4 | 6 => Ok(()),
        3 => reader.string().map(drop).map_err(Into::into),
        _ => Err(ScanError::Unreadable("a shared type is of no kind in use")),
    }
}

/// Steps over a value of lib0's `any` encoding.
fn any(reader: &mut Reader<'_>, depth: usize) -> Result<(), ScanError> {
    if depth > MAX_DEPTH {
        return Err(ScanError::Depth);
    }
    match reader.byte()? {
        127 | 126 | 121 | 120 => {}
        125 => reader.skip_int()?,
        124 => drop(reader.bytes(4)?),
        123 | 122 => drop(reader.bytes(8)?),
        119 => drop(reader.string()?),
        118 => {
            for _ in 0..count(reader, 2)? {
                reader.string()?;
                any(reader, depth + 1)?;
            }
        }
        117 => {
            for _ in 0..count(reader, 1)? {
                any(reader, depth + 1)?;
            }
        }
        116 => drop(reader.buffer()?),
        _ => return Err(ScanError::Unreadable("a value is of no kind in use")),
    }
    Ok(())
}

/// Bounds the depth of JSON text; whether it is JSON at all shows when it is decoded.
fn json(text: &str) -> Result<(), ScanError> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(ScanError::Depth);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use yrs::{Array, Doc, GetString, Map, ReadTxn, StateVector, Text, Transact, WriteTxn};

    fn sample() -> Vec<u8> {
        let doc = Doc::with_client_id(7);
        let mut txn = doc.transact_mut();
        let map = txn.get_or_insert_map("elements");
        map.insert(&mut txn, "a", vec![1.5, 2.0]);
        map.insert(&mut txn, "b", "text");
        map.remove(&mut txn, "a");
        let text = txn.get_or_insert_text("text:a");
        text.insert(&mut txn, 0, "hé😀");
        text.format(&mut txn, 0, 1, [("bold".into(), true.into())].into());
        txn.get_or_insert_array("list")
            .insert(&mut txn, 0, yrs::MapPrelim::from([("k", 1_i64)]));
        assert_eq!(text.get_string(&txn).len(), 7);
        txn.encode_state_as_update_v1(&StateVector::default())
    }

    #[test]
    fn what_a_document_writes_is_read_to_its_end() {
        let bytes = sample();
        let scan = update(&bytes).unwrap();
        let share = &scan.clients[&7];
        assert_eq!(share.brings.len(), 1);
        assert_eq!(share.brings[0].start, 0);
        let doc = Doc::with_client_id(1);
        let mut txn = doc.transact_mut();
        let decoded = <yrs::Update as yrs::updates::decoder::Decode>::decode_v1(&bytes).unwrap();
        txn.apply_update(decoded).unwrap();
        assert_eq!(
            txn.state_vector().get(&yrs::block::ClientID::new(7)),
            share.brings[0].end
        );
        assert_eq!(share.deletes, 1);
    }

    #[test]
    fn every_truncation_is_refused() {
        let bytes = sample();
        for length in 0..bytes.len() {
            assert!(update(&bytes[..length]).is_err(), "{length}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(update(&longer).is_err());
    }

    #[test]
    fn a_count_beyond_the_bytes_is_refused_at_once() {
        for bytes in [
            &[0xff, 0xff, 0xff, 0x7f][..],
            &[1, 0xff, 0xff, 0xff, 0x7f, 1, 0],
        ] {
            assert_eq!(update(bytes), Err(ScanError::Count));
        }
        assert_eq!(
            state_vector(&[0xff, 0xff, 0xff, 0x7f]),
            Err(ScanError::Count)
        );
        assert_eq!(state_vector(&[1, 5, 9]), Ok(vec![(5, 9)]));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels: usize| {
            let mut bytes = vec![1, 1, 5, 0, 0x08, 1, 1, b'r', 1];
            for _ in 0..levels {
                bytes.extend([117, 1]);
            }
            bytes.extend([126, 0]);
            bytes
        };
        assert!(update(&nested(MAX_DEPTH - 1)).is_ok());
        assert_eq!(update(&nested(MAX_DEPTH)), Err(ScanError::Depth));
        assert_eq!(update(&nested(7000)), Err(ScanError::Depth));
        assert_eq!(json(&"[".repeat(33)), Err(ScanError::Depth));
        assert_eq!(
            json(r#"{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"["}"#),
            Ok(())
        );
    }

    #[test]
    fn needs_and_holes_are_told_apart() {
        // Client 5 brings clock 2 (a text after 9/4), a hole of 3, and clock 6.
        let bytes = [
            1, 3, 5, 2, 0x84, 9, 4, 1, b'x', 10, 3, 0x84, 5, 2, 1, b'y', 1, 8, 1, 3, 2,
        ];
        let scan = update(&bytes).unwrap();
        assert_eq!(
            scan.clients[&5].brings,
            [Run { start: 2, end: 3 }, Run { start: 6, end: 7 }]
        );
        assert_eq!(scan.clients[&9].needs, 5);
        assert_eq!(scan.clients[&8].needs, 5);
        assert_eq!(scan.clients[&8].deletes, 2);
    }

    #[test]
    fn items_of_the_future_and_huge_clients_are_refused() {
        let own_future = [1, 1, 5, 0, 0x84, 5, 0, 1, b'x', 0];
        assert!(matches!(update(&own_future), Err(ScanError::Unreadable(_))));
        let mut huge = vec![1, 1];
        crate::lib0::write_uint(&mut huge, 1 << 53);
        huge.extend([0, 4, 1, 1, b'r', 1, b'x', 0]);
        assert!(matches!(update(&huge), Err(ScanError::Malformed(_))));
    }
}
