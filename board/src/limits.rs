//! Every bound of the system that more than one machine must agree on, each with its reason.
//!
//! Owns the numbers; knows nothing of who enforces them.

/// Longest board id: fits a path segment and a database key comfortably.
pub const MAX_BOARD_ID: usize = 128;
/// Longest element id; ours have 12 characters, foreign tools may bring UUIDs without dashes.
pub const MAX_ELEMENT_ID: usize = 32;
/// Coordinates beyond this read as the default: `f32` paint lists and R-trees stay exact enough.
pub const MAX_COORDINATE: f64 = 1e7;
/// Deepest nesting of a value in an update; yrs decodes recursively and would overflow its stack.
pub const MAX_DEPTH: usize = 32;
/// Deepest nesting of shared types in one another: all libraries delete them recursively, and yrs
/// would overflow its stack. Documents of foreign tools have a dozen levels, ours none.
pub const MAX_NESTING: u16 = 128;
/// Most points in one stroke: minutes of a pen that never rests; the pen tool goes on in another.
pub const MAX_POINTS: usize = 20_000;
/// Longest text of one element in UTF-16 units that is laid out, a novel of 400 pages; the rest is
/// kept but not shown.
pub const MAX_TEXT: usize = 200_000;
/// Longest title of a board in characters: two lines on a card; more is cut on reading.
pub const MAX_TITLE: usize = 120;
/// Largest ephemeral payload in bytes: a whole wet stroke or the ids of a thousand dragged elements.
pub const MAX_EPHEMERAL: usize = 16 * 1024;
/// Largest fence payload in bytes: a counter.
pub const MAX_FENCE: usize = 16;
/// Largest awareness state in bytes of JSON: name, colour, cursor, selection.
pub const MAX_PRESENCE: usize = 4 * 1024;
/// Most steps over other items that linking a document's items may take, of some 60 ns each: what
/// hundreds of people write at one place in a day takes a hundredth of it.
pub const MAX_STEPS: u64 = 4_000_000;
/// Most bytes that applying one update may move about, cutting items in two and joining them: some
/// seconds. Replacing ten thousand words of a text of a million characters moves half of it.
pub const MAX_MOVED: u64 = 32 << 30;
/// Most items that one update, and a document, may have when a server takes it in: each takes some
/// 200 bytes of memory, of six on the wire. A board of 100,000 elements, each changed ten times, has
/// half as many.
pub const MAX_ITEMS: usize = 1 << 21;
/// Largest file in bytes, unless an operator says otherwise: a photograph of a good camera.
pub const MAX_FILE: usize = 20 << 20;
/// Most pixels of a picture: 256 MB once decoded, which a phone's browser just bears.
pub const MAX_PIXELS: u64 = 64_000_000;
