//! Where an element stands in the stack: fractional index keys.
//!
//! Owns reading, comparing and making keys. Two people who insert at one place get different
//! keys, because each key ends in random characters. Knows no element.

use std::fmt;
use std::sync::Arc;

use crate::fields::Value;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Longest key: made keys stay under 40 characters for thousands of inserts at one place, and
/// comparing must stay cheap whatever a foreign tool writes.
const MAX_ORDER_KEY: usize = 128;
/// The key of an element that has none, and the first one on an empty board.
const DEFAULT: &str = "a0";

/// A fractional index key. Elements are painted sorted by (key bytes, id).
///
/// The scheme is rocicorp's `fractional-indexing` (public domain): the first character says how
/// many base-62 digits the integer part has (`a` one, `b` two … upwards, `Z` one, `Y` two …
/// downwards), and a fraction without trailing `0` may follow. Appending therefore grows a key
/// with the logarithm of the number of appends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderKey(Arc<str>);

impl Default for OrderKey {
    fn default() -> Self {
        Self(DEFAULT.into())
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OrderKey {
    /// Reads a key from the document; anything that is no key reads as the default one.
    pub fn read(value: &Value) -> Self {
        value.as_text().and_then(Self::parse).unwrap_or_default()
    }

    /// The key as the document stores it.
    pub fn write(&self) -> Value {
        Value::Text(Arc::clone(&self.0))
    }

    /// Reads a key; `None` when it is malformed or longer than 128 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let (integer, fraction) = split(text)?;
        let digits = text.bytes().all(|b| digit(b).is_some());
        let good = text.len() <= MAX_ORDER_KEY
            && digits
            && !fraction.ends_with('0')
            && !(is_smallest(integer) && fraction.is_empty());
        good.then(|| Self(text.into()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key strictly between two others; `None` is the open end.
    ///
    /// `random` bits choose the last two characters. When the two are equal or the wrong way
    /// round, which a document may well hold, the result lies just above `after`. Only when the
    /// key would pass 128 characters is `after` (or `before`) itself returned.
    pub fn between(after: Option<&Self>, before: Option<&Self>, random: u64) -> Self {
        let before = match (after, before) {
            (Some(a), Some(b)) if a >= b => None,
            _ => before,
        };
        let (a, b) = (after.map(Self::as_str), before.map(Self::as_str));
        let fallback = || after.or(before).cloned().unwrap_or_default();
        let Some(mut key) = plain_between(a, b) else {
            return fallback();
        };
        let suffix = suffix(random);
        // The key may be the beginning of `before`, so that a suffix would overtake it.
        for _ in 0..4 {
            let made = format!("{key}{suffix}");
            if b.is_none_or(|b| made.as_str() < b) {
                return Self::parse(&made).unwrap_or_else(fallback);
            }
            match plain_between(Some(&key), b) {
                Some(next) => key = next,
                None => break,
            }
        }
        Self::parse(&key).unwrap_or_else(fallback)
    }

    /// `count` ascending keys between two others, short ones: halves the gap again and again.
    pub fn spread(
        after: Option<&Self>,
        before: Option<&Self>,
        count: usize,
        random: &mut dyn FnMut() -> u64,
    ) -> Vec<Self> {
        let mut keys = Vec::with_capacity(count);
        if before.is_none() {
            for _ in 0..count {
                let key = Self::between(keys.last().or(after), None, random());
                keys.push(key);
            }
        } else if count > 0 {
            let middle = Self::between(after, before, random());
            let below = count / 2;
            keys.extend(Self::spread(after, Some(&middle), below, random));
            keys.push(middle.clone());
            keys.extend(Self::spread(
                Some(&middle),
                before,
                count - 1 - below,
                random,
            ));
        }
        keys
    }
}

/// Two random digits, the last one not `0`, because a fraction never ends in it.
fn suffix(random: u64) -> String {
    let first = random % 62;
    let second = 1 + (random / 62) % 61;
    [first, second]
        .map(|d| digit_char(d as usize))
        .iter()
        .collect()
}

fn digit(byte: u8) -> Option<usize> {
    let (first, value) = match byte {
        b'0'..=b'9' => (b'0', 0),
        b'A'..=b'Z' => (b'A', 10),
        b'a'..=b'z' => (b'a', 36),
        _ => return None,
    };
    Some(usize::from(byte - first) + value)
}

fn digit_char(value: usize) -> char {
    DIGITS.get(value).copied().map_or('0', char::from)
}

/// Splits a key into integer part and fraction.
fn split(key: &str) -> Option<(&str, &str)> {
    let length = match key.bytes().next()? {
        head @ b'a'..=b'z' => usize::from(head - b'a') + 2,
        head @ b'A'..=b'Z' => usize::from(b'Z' - head) + 2,
        _ => return None,
    };
    key.split_at_checked(length)
}

/// The shortest key between two, without randomness. `None` when the space has run out.
fn plain_between(after: Option<&str>, before: Option<&str>) -> Option<String> {
    match (after, before) {
        (None, None) => Some(DEFAULT.into()),
        (None, Some(b)) => {
            let (integer, fraction) = split(b)?;
            // Not the bare integer, although it is shorter: a random suffix would overtake `b`.
            match step(integer, false) {
                Some(lower) => Some(lower),
                None => Some(format!("{integer}{}", midpoint("", Some(fraction))?)),
            }
        }
        (Some(a), None) => {
            let (integer, fraction) = split(a)?;
            match step(integer, true) {
                Some(higher) => Some(higher),
                None => Some(format!("{integer}{}", midpoint(fraction, None)?)),
            }
        }
        (Some(a), Some(b)) => {
            let (low, low_fraction) = split(a)?;
            let (high, high_fraction) = split(b)?;
            if low == high {
                let middle = midpoint(low_fraction, Some(high_fraction))?;
                return Some(format!("{low}{middle}"));
            }
            match step(low, true) {
                Some(next) if next.as_str() < b => Some(next),
                _ => Some(format!("{low}{}", midpoint(low_fraction, None)?)),
            }
        }
    }
}

/// The integer part one above or one below; `None` at the end of the range.
fn step(integer: &str, up: bool) -> Option<String> {
    let mut bytes = integer.bytes();
    let head = bytes.next()?;
    let mut digits: Vec<usize> = bytes.map(digit).collect::<Option<_>>()?;
    let (limit, restart) = if up { (61, 0) } else { (0, 61) };
    for place in digits.iter_mut().rev() {
        if *place == limit {
            *place = restart;
        } else {
            *place = if up { *place + 1 } else { *place - 1 };
            return Some(assemble(head, &digits));
        }
    }
    // Every digit wrapped: the next head has one digit more or one fewer.
    let next = match (head, up) {
        (b'z', true) | (b'A', false) => return None,
        (b'Z', true) => b'a',
        (b'a', false) => b'Z',
        (head, true) => head + 1,
        (head, false) => head - 1,
    };
    let length = split_length(next);
    Some(assemble(next, &vec![restart; length]))
}

/// The lowest integer part is reserved, so that there is always something below any key.
fn is_smallest(integer: &str) -> bool {
    integer.starts_with('A') && integer.bytes().skip(1).all(|b| b == b'0')
}

fn split_length(head: u8) -> usize {
    match head {
        b'a'..=b'z' => usize::from(head - b'a') + 1,
        _ => usize::from(b'Z'.saturating_sub(head)) + 1,
    }
}

fn assemble(head: u8, digits: &[usize]) -> String {
    std::iter::once(char::from(head))
        .chain(digits.iter().map(|d| digit_char(*d)))
        .collect()
}

/// A fraction between two fractions, `None` above meaning 1. `None` when they are out of order.
fn midpoint(low: &str, high: Option<&str>) -> Option<String> {
    let mut made = String::new();
    let mut low = low.bytes();
    let mut high = high.map(str::bytes);
    loop {
        let a = low.next().map_or(Some(0), digit)?;
        let b = match high.as_mut() {
            Some(bytes) => match bytes.next() {
                Some(byte) => digit(byte)?,
                None => return None,
            },
            None => 62,
        };
        if a == b {
            made.push(digit_char(a));
        } else if b < a {
            return None;
        } else if b - a > 1 {
            made.push(digit_char((a + b).div_ceil(2)));
            return Some(made);
        } else if high.as_mut().is_some_and(|bytes| bytes.len() > 0) {
            made.push(digit_char(b));
            return Some(made);
        } else {
            made.push(digit_char(a));
            high = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn appending_keeps_keys_short() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut last = OrderKey::default();
        for _ in 0..20_000 {
            let next = OrderKey::between(Some(&last), None, random.u64(..));
            assert!(next > last);
            last = next;
        }
        assert!(last.as_str().len() <= 7, "{last}");
        let mut first = OrderKey::default();
        for _ in 0..20_000 {
            let next = OrderKey::between(None, Some(&first), random.u64(..));
            assert!(next < first, "{next} {first}");
            first = next;
        }
        assert!(first.as_str().len() <= 7, "{first}");
    }

    #[test]
    fn a_thousand_inserts_at_one_place_stay_ordered() {
        let mut random = fastrand::Rng::with_seed(2);
        let low = OrderKey::default();
        let mut high = OrderKey::between(Some(&low), None, 7);
        for _ in 0..1_000 {
            let next = OrderKey::between(Some(&low), Some(&high), random.u64(..));
            assert!(low <= next && next <= high);
            assert!(next.as_str().len() <= MAX_ORDER_KEY);
            high = next;
        }
    }

    #[test]
    fn two_people_at_one_place_get_different_keys() {
        let (a, b) = (OrderKey::default(), OrderKey::parse("a1").unwrap());
        let first = OrderKey::between(Some(&a), Some(&b), 1);
        let second = OrderKey::between(Some(&a), Some(&b), 2);
        assert_ne!(first, second);
    }

    #[test]
    fn nonsense_reads_as_the_default() {
        for bad in [
            "",
            "0",
            "a",
            "a00",
            "b0",
            "zz",
            "a0é",
            "é",
            "A00000000000000000000000000",
        ] {
            assert_eq!(
                OrderKey::read(&Value::text(bad)),
                OrderKey::default(),
                "{bad}"
            );
        }
        assert_eq!(OrderKey::read(&Value::Null), OrderKey::default());
        assert_eq!(OrderKey::read(&Value::text("b0Zx")).as_str(), "b0Zx");
    }

    #[test]
    fn equal_or_swapped_neighbours_give_a_key_above_the_lower_one() {
        let (a, b) = (
            OrderKey::parse("a5").unwrap(),
            OrderKey::parse("a3").unwrap(),
        );
        assert!(OrderKey::between(Some(&a), Some(&b), 3) > a);
        assert!(OrderKey::between(Some(&a), Some(&a), 3) > a);
    }

    proptest! {
        #[test]
        fn between_is_between(
            low in "[a-cX-Z][0-9A-Za-z]{1,9}",
            high in "[a-cX-Z][0-9A-Za-z]{1,9}",
            random: u64,
        ) {
            let keys = (OrderKey::parse(&low), OrderKey::parse(&high));
            let (Some(a), Some(b)) = keys else { return Ok(()) };
            prop_assume!(a < b);
            let made = OrderKey::between(Some(&a), Some(&b), random);
            prop_assert!(a < made && made < b, "{} {} {}", a, made, b);
            prop_assert!(OrderKey::parse(made.as_str()).is_some());
            let below = OrderKey::between(None, Some(&a), random);
            let above = OrderKey::between(Some(&b), None, random);
            prop_assert!(below < a && b < above);
        }

        #[test]
        fn spread_keys_ascend(count in 0usize..200, seed: u64) {
            let mut rng = fastrand::Rng::with_seed(seed);
            let (a, b) = (OrderKey::default(), OrderKey::parse("a1").unwrap());
            let keys = OrderKey::spread(Some(&a), Some(&b), count, &mut || rng.u64(..));
            prop_assert_eq!(keys.len(), count);
            let all: Vec<_> = std::iter::once(a).chain(keys).chain([b]).collect();
            prop_assert!(all.is_sorted_by(|x, y| x < y));
        }
    }
}
