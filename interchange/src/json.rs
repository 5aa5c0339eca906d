//! JSON values: as a board has them, whether two say the same, and sums of them.
//!
//! Owns that; knows no field.

use std::sync::Arc;

use board::fields::Value;
use serde_json::{Map, Number, Value as Json};

/// Numbers that differ by no more say the same.
const SAME: f64 = 1e-6;

/// A value as a board has it; `None` when it is nested deeper than so many levels.
pub(crate) fn to_value(json: &Json, levels: usize) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::String(text) => Value::text(text),
        Json::Array(items) => {
            let below = levels.checked_sub(1)?;
            let items = items.iter().map(|item| to_value(item, below));
            Value::List(items.collect::<Option<Vec<_>>>()?.into())
        }
        Json::Object(map) => {
            let below = levels.checked_sub(1)?;
            let entries = map.iter().map(|(key, value)| {
                let entry: (Arc<str>, Value) = (key.as_str().into(), to_value(value, below)?);
                Some(entry)
            });
            Value::Map(entries.collect::<Option<Vec<_>>>()?.into())
        }
    })
}

/// A board's value as JSON; bytes have no form there and are nothing.
pub(crate) fn from_value(value: &Value) -> Json {
    match value {
        Value::Null | Value::Bytes(_) => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Number(number) => self::number(*number),
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(items) => Json::Array(items.iter().map(from_value).collect()),
        Value::Map(entries) => {
            let entry = |(key, value): &(Arc<str>, Value)| (key.to_string(), from_value(value));
            Json::Object(entries.iter().map(entry).collect::<Map<_, _>>())
        }
    }
}

/// A number, written whole where it is.
pub(crate) fn number(number: f64) -> Json {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && number.abs() <= SAFE {
        return Json::Number(Number::from(number as i64));
    }
    Number::from_f64(number).map_or(Json::Null, Json::Number)
}

/// A number without the digits that nobody sees.
pub(crate) fn rounded(value: f64) -> Json {
    number((value * 1e4).round() / 1e4)
}

/// Whether two values say the same.
pub(crate) fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            let (one, other) = (one.as_f64(), other.as_f64());
            let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
            (one - other).abs() <= SAME * one.abs().max(1.0)
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (Json::Object(one), Json::Object(other)) => {
            let stands = |(key, value): (&String, &Json)| {
                other.get(key).is_some_and(|other| same(value, other))
            };
            one.len() == other.len() && one.iter().all(stands)
        }
        _ => one == other,
    }
}

/// A sum by which it is seen that something has changed: FNV-1a, 32 bits, numbers by thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum(u32);

impl Default for Sum {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Sum {
    pub(crate) fn of(json: &Json) -> u32 {
        Self::default().json(json).end()
    }

    #[must_use]
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        let step = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        Self(bytes.iter().fold(self.0, step))
    }

    #[must_use]
    pub(crate) fn number(self, number: f64) -> Self {
        self.bytes(&((number * 1e3).round() as i64).to_le_bytes())
    }

    #[must_use]
    pub(crate) fn text(self, text: &str) -> Self {
        self.number(text.len() as f64).bytes(text.as_bytes())
    }

    #[must_use]
    pub(crate) fn json(self, json: &Json) -> Self {
        match json {
            Json::Null => self.bytes(b"n"),
            Json::Bool(truth) => self.bytes(if *truth { b"t" } else { b"f" }),
            Json::Number(number) => self.number(number.as_f64().unwrap_or_default()),
            Json::String(text) => self.text(text),
            Json::Array(items) => items.iter().fold(self.bytes(b"["), Self::json),
            Json::Object(map) => map.iter().fold(self.bytes(b"{"), |sum, (key, value)| {
                sum.text(key).json(value)
            }),
        }
    }

    pub(crate) fn end(self) -> u32 {
        self.0
    }
}
