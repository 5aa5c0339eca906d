//! How far each character of a line moves the pen: by the board's font, else as the Noto fonts do.
//!
//! Owns what depends on neighbours: joined letters, conjuncts, pictures made of several characters.
//! Knows no lines and no direction.

use std::str::Chars;
use std::sync::LazyLock;

use super::separators::{NOTHING, shown_as};
use super::{families, runs, scripts, table};
use crate::style::Family;

/// The advance of a picture in common emoji fonts, in font sizes.
const EMOJI: f64 = 1.25;
/// The advance of what no table has: letters for private use.
const UNKNOWN: f64 = 0.6;
/// The advance of a Chinese character.
const FULL: f64 = 1.0;
/// So many marks on a letter are looked through for the letter behind it: more would take long.
const MARKS: usize = 8;
const TATWEEL: char = '\u{640}';
const LAM: char = '\u{644}';
const JOINER: char = '\u{200d}';
const NON_JOINER: char = '\u{200c}';

static WIDTHS: LazyLock<Vec<u8>> = LazyLock::new(|| runs::decoded(&scripts::WIDTHS));
static HAND: LazyLock<Vec<u8>> = LazyLock::new(|| runs::decoded(&families::HAND_RUNS));
static SERIF: LazyLock<Vec<u8>> = LazyLock::new(|| runs::decoded(&families::SERIF_RUNS));
static MONO: LazyLock<Vec<u8>> = LazyLock::new(|| runs::decoded(&families::MONO_RUNS));

/// How a script joins consonants by a virama: what the first and the second keep of their width, in
/// [`scripts::PARTS`], and what the letter ra keeps in their place.
pub(super) struct Conjunct {
    pub(super) consonants: (u16, u16),
    pub(super) virama: u16,
    pub(super) ra: u16,
    pub(super) first: u8,
    pub(super) second: u8,
    pub(super) ra_first: u8,
    pub(super) ra_second: u8,
}

/// The characters of a line and their advances in font sizes. O(line).
pub fn advances(line: &str, family: Family) -> impl Iterator<Item = (char, f64)> + '_ {
    let mut pen = Pen::new(family);
    let mut rest = line.chars();
    std::iter::from_fn(move || {
        let character = rest.next()?;
        Some((character, pen.advance(character, &rest)))
    })
}

/// Whether a family or the board's font draws it, so that its advance is known and not a guess.
pub(super) fn is_known(character: char, family: Family) -> bool {
    let painted = painted(character);
    painted == NOTHING || drawn(painted, family).is_some()
}

/// The advance of what a family draws, or the board's font in its place.
fn drawn(painted: char, family: Family) -> Option<f64> {
    let (widths, runs): (&[u16], &Vec<u8>) = match family {
        Family::Rounded => return table::of(painted),
        Family::Hand => (&families::HAND_ADVANCES, &HAND),
        Family::Serif => (&families::SERIF_ADVANCES, &SERIF),
        Family::Mono => (&families::MONO_ADVANCES, &MONO),
    };
    let place = runs.get(u32::from(painted) as usize);
    let place = place.and_then(|place| usize::from(*place).checked_sub(1));
    match place.and_then(|place| widths.get(place)) {
        Some(units) => Some(f64::from(*units) / families::UNITS),
        None => table::of(painted),
    }
}

/// What a canvas paints for a character.
fn painted(character: char) -> char {
    match shown_as(character) {
        '\t' => ' ',
        shown => shown,
    }
}

/// How far a character moves the pen on its own.
fn alone(character: char, family: Family) -> f64 {
    let painted = painted(character);
    drawn(painted, family).unwrap_or_else(|| match u32::from(painted) {
        code @ 0..0x20000 => {
            let units = WIDTHS.get(code as usize).copied().unwrap_or_default();
            f64::from(units) / scripts::UNITS
        }
        0x20000..=0x3fffd => FULL,
        // Tags and selectors of variants.
        0xe0000..=0xe01ef => 0.0,
        _ => UNKNOWN,
    })
}

/// What stands before the next character, as far as it matters for its width.
struct Pen {
    family: Family,
    before: Option<char>,
    /// The letter before, marks aside, would join what follows.
    joins: bool,
    /// It is a lam.
    lam: bool,
    /// The consonant before, when nothing or a virama stands behind it.
    consonant: Option<(char, bool)>,
}

impl Pen {
    fn new(family: Family) -> Self {
        Self {
            family,
            before: None,
            joins: false,
            lam: false,
            consonant: None,
        }
    }

    fn advance(&mut self, character: char, rest: &Chars<'_>) -> f64 {
        let before = self.before.replace(character);
        let next = rest.clone().next();
        let advance = alone(character, self.family);
        let mark = advance == 0.0 && !matches!(character, JOINER | NON_JOINER);
        let advance = if next == Some('\u{fe0f}') {
            // Asks for the picture of what may also be a letter.
            EMOJI
        } else if before == Some(JOINER) && is_emoji(character) {
            // What a joiner joins becomes one picture with what stands before it.
            0.0
        } else if u32::from(character) < scripts::FIRST_FORM {
            advance
        } else if let Some(forms) = forms(character) {
            self.joined(character, forms, advance, rest)
        } else {
            advance * self.kept(character, next, rest)
        };
        if !mark {
            self.joins = joins_on(character);
            self.lam = character == LAM;
        }
        self.consonant = match (self.consonant, conjunct(character)) {
            (_, Some(_)) => Some((character, false)),
            (Some((first, _)), None) if is_virama(first, character) => Some((first, true)),
            (Some((first, true)), None) if character == JOINER => Some((first, true)),
            _ => None,
        };
        advance
    }

    /// The width of a letter that joins, by which neighbours it joins.
    fn joined(&self, letter: char, forms: [u8; 3], alone: f64, rest: &Chars<'_>) -> f64 {
        let on = joins_on(letter) && {
            let mut behind = rest.clone().take(MARKS);
            behind.find(|next| !is_mark(*next)).is_some_and(joins_back)
        };
        let [initial, medial, end] = forms;
        let units = match (self.joins, on) {
            (true, _)
                if self.lam && matches!(letter, '\u{622}' | '\u{623}' | '\u{625}' | '\u{627}') =>
            {
                scripts::LAM_ALEF
            }
            (false, false) => return alone,
            (false, true) => initial,
            (true, true) => medial,
            (true, false) => end,
        };
        f64::from(units) / scripts::UNITS
    }

    /// What a consonant keeps of its width in a conjunct; 1 outside of one.
    fn kept(&self, letter: char, next: Option<char>, rest: &Chars<'_>) -> f64 {
        let Some(rule) = conjunct(letter) else {
            return 1.0;
        };
        let is_ra = |letter: char| u32::from(letter) == u32::from(rule.ra);
        let part = |units: u8| f64::from(units) / scripts::PARTS;
        let mut kept = 1.0;
        if let Some((first, true)) = self.consonant {
            kept = match (is_ra(letter), is_ra(first)) {
                (true, _) => part(rule.ra_second),
                (false, true) => 1.0,
                (false, false) => part(rule.second),
            };
        }
        if next.is_some_and(|next| is_virama(letter, next)) {
            let mut behind = rest.clone().skip(1).filter(|next| *next != JOINER);
            let second = behind.next().filter(|next| conjunct(*next).is_some());
            kept *= match second {
                Some(_) if is_ra(letter) => part(rule.ra_first),
                Some(second) if !is_ra(second) => part(rule.first),
                _ => 1.0,
            };
        }
        kept
    }
}

fn forms(letter: char) -> Option<[u8; 3]> {
    let at = u32::from(letter).checked_sub(scripts::FIRST_FORM)?;
    let form = *scripts::FORM_OF.get(at as usize)?;
    let forms = scripts::FORMS.get(usize::from(form));
    forms.copied().filter(|_| form > 0)
}

fn joins_on(letter: char) -> bool {
    matches!(letter, TATWEEL | JOINER) || forms(letter).is_some_and(|[initial, ..]| initial > 0)
}

fn joins_back(letter: char) -> bool {
    matches!(letter, TATWEEL | JOINER) || forms(letter).is_some()
}

/// Whether it stands on the character before it.
pub(super) fn is_mark(character: char) -> bool {
    !matches!(character, JOINER | NON_JOINER) && alone(character, Family::Rounded) == 0.0
}

fn conjunct(letter: char) -> Option<&'static Conjunct> {
    let code = u16::try_from(u32::from(letter)).ok()?;
    let within = |rule: &&Conjunct| (rule.consonants.0..=rule.consonants.1).contains(&code);
    scripts::CONJUNCTS.iter().find(within)
}

fn is_virama(consonant: char, next: char) -> bool {
    conjunct(consonant).is_some_and(|rule| u32::from(rule.virama) == u32::from(next))
}

fn is_emoji(character: char) -> bool {
    matches!(u32::from(character), 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff)
}
