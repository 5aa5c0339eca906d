//! The colours that people are offered. Owns them and the keys of their names.

/// A colour that people are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// As the document stores it.
    pub color: &'static str,
    /// The key of its name.
    pub name: &'static str,
}

const fn swatch(color: &'static str, name: &'static str) -> Swatch {
    Swatch { color, name }
}

/// For outlines, ink and text.
pub const STROKES: [Swatch; 9] = [
    swatch("#1e1e1e", "ink"),
    swatch("#868e96", "grey"),
    swatch("#e03131", "red"),
    swatch("#e8590c", "orange"),
    swatch("#f0a500", "amber"),
    swatch("#2f9e44", "green"),
    swatch("#0c8599", "teal"),
    swatch("#1971c2", "blue"),
    swatch("#7048e8", "violet"),
];

/// For the inside of shapes.
pub const FILLS: [Swatch; 9] = [
    swatch("transparent", "none"),
    swatch("#e9ecef", "grey"),
    swatch("#ffc9c9", "red"),
    swatch("#ffd8a8", "orange"),
    swatch("#ffec99", "yellow"),
    swatch("#b2f2bb", "green"),
    swatch("#99e9f2", "teal"),
    swatch("#a5d8ff", "blue"),
    swatch("#d0bfff", "violet"),
];
