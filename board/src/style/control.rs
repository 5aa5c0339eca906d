//! How people set a style field. Owns the sorts of controls; which field has which is the table's.

use super::Swatch;
use crate::fields::Value;

/// The least and the most of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Range {
    /// No bounds.
    pub const ANY: Self = Self::new(f64::MIN, f64::MAX);

    /// From the least to the most.
    pub const fn new(least: f64, most: f64) -> Self {
        Self { least, most }
    }
}

/// A number that is often wanted, and the key of its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset(pub f64, pub &'static str);

/// One of few values, and the key of its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pick {
    /// None of its own: as the kind has it.
    Usual(&'static str),
    /// A value that has a name, by which its words go too.
    Named(&'static str),
    /// A name, and that of its words.
    Called(&'static str, &'static str),
    /// A number.
    Number(f64, &'static str),
    /// A truth value.
    Truth(bool, &'static str),
}

impl Pick {
    /// The value.
    pub fn value(self) -> Value {
        match self {
            Self::Usual(_) => Value::Null,
            Self::Named(name) | Self::Called(name, _) => Value::text(name),
            Self::Number(number, _) => Value::Number(number),
            Self::Truth(truth, _) => Value::Bool(truth),
        }
    }
}

/// A sort of control, with what it offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Control {
    /// Some colours, and any other.
    Swatches(&'static [Swatch]),
    /// Lines as wide as they will be, a slider on which each doubling is as far, and a field for the number.
    Widths {
        /// What is often wanted.
        presets: &'static [Preset],
        /// What slider and field reach.
        slider: Range,
        /// The slider's least step.
        step: f64,
    },
    /// Letters from small to large, and a field for the number.
    Sizes {
        /// What is often wanted.
        presets: &'static [Preset],
        /// What the field takes.
        field: Range,
    },
    /// A slider in per cent.
    Share {
        /// What it reaches.
        slider: Range,
        /// Its step.
        step: f64,
    },
    /// A few values, each with a face that shows it.
    Picks(&'static [Pick]),
    /// None beside the others: it is set where one sees what it does, or not by people.
    Elsewhere,
}

impl Control {
    /// What it offers without being asked, and the ends of what it takes.
    pub fn offers(self) -> Vec<Value> {
        let ends = |range: Range| [range.least, range.most];
        let of = |presets: &[Preset], range| {
            let presets = presets.iter().map(|preset| preset.0);
            presets.chain(ends(range)).map(Value::Number).collect()
        };
        match self {
            Self::Swatches(swatches) => {
                let colors = swatches
                    .iter()
                    .map(|swatch| Value::text(&swatch.color.to_text()));
                colors.collect()
            }
            Self::Widths {
                presets, slider, ..
            } => of(presets, slider),
            Self::Sizes { presets, field } => of(presets, field),
            Self::Share { slider, .. } => of(&[], slider),
            Self::Picks(picks) => picks.iter().map(|pick| pick.value()).collect(),
            Self::Elsewhere => Vec::new(),
        }
    }
}
