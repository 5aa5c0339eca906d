//! Which way the letters of a line run, and where each of them stands.
//!
//! Owns the Unicode bidirectional algorithm (UAX #9) for one line: W1 to W7, N1, N2, I1, I2, L1, L2.
//! Browsers paint; this is for carets alone, so explicit embeddings, which nobody types, and pairs of
//! brackets (N0) are not worth their bytes. Knows no widths.

use std::sync::LazyLock;

use super::{runs, scripts};

/// Characters before this one run from left to right or either way.
const FIRST_RIGHT_TO_LEFT: char = '\u{590}';
static CLASSES: LazyLock<Vec<u8>> = LazyLock::new(|| runs::decoded(&scripts::CLASSES));

/// A bidirectional class, numbered as `board/scripts/script_widths.py` numbers them.
type Class = u8;
const L: Class = 0;
const R: Class = 1;
const AL: Class = 2;
const EN: Class = 3;
const AN: Class = 4;
const ES: Class = 5;
const ET: Class = 6;
const CS: Class = 7;
const WS: Class = 8;
const ON: Class = 9;
/// A mark, which goes with what stands before it.
const NSM: Class = 10;

fn class(character: char) -> Class {
    let class = CLASSES.get(u32::from(character) as usize);
    class.copied().unwrap_or(L)
}

/// Whether a line runs from right to left: by its first letter that runs either way (P2, P3).
pub fn is_right_to_left(line: &str) -> bool {
    let mut strong = line.chars().map(class).filter(|class| *class <= AL);
    may_turn(line) && strong.next().is_some_and(|class| class != L)
}

/// Whether any of it may run from right to left. O(line), and quick.
pub(super) fn may_turn(line: &str) -> bool {
    line.chars().any(|character| {
        character >= FIRST_RIGHT_TO_LEFT && matches!(class(character), R | AL | AN)
    })
}

/// The level of every letter of a line, given with its width: odd ones run from right to left.
pub(super) fn levels(line: &[(char, f64)], right_to_left: bool) -> Vec<u8> {
    let outside = if right_to_left { R } else { L };
    // The marks that say a direction and nothing else.
    let is_told = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}');
    let own = |(letter, width): &(char, f64)| match class(*letter) {
        _ if *width == 0.0 && !is_told(*letter) => NSM,
        class => class,
    };
    let mut classes: Vec<Class> = line.iter().map(own).collect();
    // L1: spaces at the end of a line stand at its end.
    let end = classes.iter().rposition(|class| *class != WS);
    weak(&mut classes, outside);
    neutral(&mut classes, outside);
    for (at, class) in classes.iter_mut().enumerate() {
        *class = match *class {
            _ if end.is_none_or(|end| at > end) => outside,
            R => 1,
            L if !right_to_left => 0,
            _ => 2,
        };
    }
    classes
}

/// W1 to W7: numbers and what stands at and between them.
fn weak(classes: &mut [Class], outside: Class) {
    let (mut before, mut strong) = (outside, outside);
    for class in classes.iter_mut() {
        before = match *class {
            NSM => before,
            EN if strong == AL => AN,
            class => class,
        };
        if before <= AL {
            strong = before;
        }
        *class = if before == AL { R } else { before };
    }
    for at in 1..classes.len() {
        if let Some([a, between, b]) = classes.get_mut(at - 1..at + 2) {
            let joins = matches!((*between, *a), (ES | CS, EN) | (CS, AN));
            if joins && a == b {
                *between = *a;
            }
        }
    }
    before = outside;
    for class in classes.iter_mut().rev() {
        before = if (*class, before) == (ET, EN) {
            EN
        } else {
            *class
        };
        *class = before;
    }
    (before, strong) = (outside, outside);
    for class in classes {
        before = if (*class, before) == (ET, EN) {
            EN
        } else {
            *class
        };
        *class = match before {
            EN if strong == L => L,
            ES | ET | CS | WS => ON,
            class => class,
        };
        if *class <= R {
            strong = *class;
        }
    }
}

/// The direction that a class asks of neutrals beside it.
fn side(class: &Class) -> Option<Class> {
    match *class {
        L => Some(L),
        R | EN | AN => Some(R),
        _ => None,
    }
}

/// N1, N2: neutrals run as both their neighbours do, or else as the line does.
fn neutral(classes: &mut [Class], outside: Class) {
    let (mut before, mut at) = (outside, 0);
    while let Some(class) = classes.get(at) {
        if let Some(side) = side(class) {
            before = side;
            at += 1;
            continue;
        }
        let behind = classes.get(at..).unwrap_or_default();
        let length = behind.iter().position(|class| side(class).is_some());
        let after = length.and_then(|length| side(behind.get(length)?));
        let length = length.unwrap_or(behind.len());
        let now = if before == after.unwrap_or(outside) {
            before
        } else {
            outside
        };
        classes
            .iter_mut()
            .skip(at)
            .take(length)
            .for_each(|class| *class = now);
        at += length;
    }
}

/// L2: puts what stands in the order of reading into that of seeing, from left to right.
pub(super) fn reorder<T>(line: &mut [T], level: impl Fn(&T) -> u8) {
    for turned in [2, 1] {
        let mut at = 0;
        while at < line.len() {
            let behind = line.get_mut(at..).unwrap_or_default();
            let length = behind
                .iter()
                .take_while(|cell| level(cell) >= turned)
                .count();
            if let Some(run) = behind.get_mut(..length) {
                run.reverse();
            }
            at += length.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

    fn ours(line: &str, base: u8) -> Vec<u8> {
        let width = |letter| f64::from(u8::from(bidi_class(letter) != BidiClass::NSM));
        let letters: Vec<_> = line.chars().map(|letter| (letter, width(letter))).collect();
        levels(&letters, base == 1)
    }

    fn theirs(line: &str, base: u8) -> Vec<u8> {
        let info = BidiInfo::new(line, Some(Level::new(base).unwrap()));
        let levels = info.reordered_levels(&info.paragraphs[0], 0..line.len());
        line.char_indices()
            .map(|(at, _)| levels[at].number())
            .collect()
    }

    #[test]
    fn the_first_strong_letter_turns_the_line() {
        for (line, turned) in [
            ("שלום world", true),
            ("world שלום", false),
            ("(12) سلام", true),
            ("12 %", false),
            ("١٢", false),
            ("", false),
            ("\u{200f}abc", true),
            ("… ߒߞߏ", true),
        ] {
            assert_eq!(is_right_to_left(line), turned, "{line}");
        }
    }

    #[test]
    fn letters_and_digits_have_the_classes_of_the_reference() {
        let mut wrong = Vec::new();
        for letter in ('\0'..='\u{1ffff}').filter(|letter| letter.is_alphanumeric()) {
            let same = match class(letter) {
                L => BidiClass::L,
                R => BidiClass::R,
                AL => BidiClass::AL,
                EN => BidiClass::EN,
                AN => BidiClass::AN,
                _ => BidiClass::ON,
            };
            let reference = bidi_class(letter);
            if reference != BidiClass::NSM && reference != same {
                wrong.push(format!("{:x} {same:?} {reference:?}", u32::from(letter)));
            }
        }
        // Letters that are newer than the table go with their neighbours.
        assert!(wrong.len() < 200, "{}: {wrong:?}", wrong.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn levels_are_those_of_the_reference(
            line in "[ab אבגdع٣٤12+\\-,.:%$!?\u{5b8}\u{64e}\u{301}–]{1,24}",
            base in 0_u8..2,
        ) {
            prop_assert_eq!(ours(&line, base), theirs(&line, base));
        }

        #[test]
        fn letters_are_seen_in_the_order_of_the_reference(
            line in "[ab אבג٣12+.]{1,24}",
            base in 0_u8..2,
        ) {
            let info = BidiInfo::new(&line, Some(Level::new(base).unwrap()));
            let seen = info.reorder_line(&info.paragraphs[0], 0..line.len());
            let mut letters: Vec<_> = line.chars().zip(ours(&line, base)).collect();
            reorder(&mut letters, |(_, level)| *level);
            prop_assert!(letters.into_iter().map(|(letter, _)| letter).eq(seen.chars()));
        }
    }
}
