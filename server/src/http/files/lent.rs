//! Which files are lent by which tokens, and for how long.
//!
//! Owns what a token is, and how many there may be. Pure: the time is an argument.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::Address;

/// How long a file is lent: who copies goes on to paste.
const MINUTES: Duration = Duration::from_secs(10 * 60);
/// Most tokens at a time, of some 300 bytes; beyond them those end first that were made first.
const MOST: usize = 16_384;

/// What stands for a file: 128 bits that whoever copies has made at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Token(u128);

impl Token {
    /// Reads 32 hexadecimal digits in lower case, the one way in which a token is written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let written = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let whole = text.len() == 32 && text.bytes().all(written);
        let value = whole.then(|| u128::from_str_radix(text, 16));
        value?.ok().map(Self)
    }
}

/// The files that are lent.
#[derive(Debug, Default)]
pub(super) struct Lent {
    files: HashMap<Token, (Address, Instant)>,
    /// All tokens, the oldest first.
    order: VecDeque<Token>,
}

impl Lent {
    /// Lends a file from now on; false when the token is another file's.
    pub(super) fn lend(&mut self, token: Token, file: &Address, now: Instant) -> bool {
        self.end(now);
        if let Some((lent, _)) = self.files.get(&token) {
            return lent == file;
        }
        while self.order.len() >= MOST {
            self.forget_oldest();
        }
        self.files.insert(token, (file.clone(), now + MINUTES));
        self.order.push_back(token);
        true
    }

    /// Which file a token is for.
    pub(super) fn find(&self, token: Token, now: Instant) -> Option<&Address> {
        let (file, until) = self.files.get(&token)?;
        (now < *until).then_some(file)
    }

    /// Forgets what is over.
    fn end(&mut self, now: Instant) {
        while let Some(oldest) = self.order.front()
            && self.find(*oldest, now).is_none()
        {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(oldest) = self.order.pop_front() {
            self.files.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::file::FileHash;
    use board::id::BoardId;

    fn file(name: &str) -> Address {
        Address {
            board: BoardId::parse(name).unwrap(),
            hash: FileHash::of(b"a picture"),
        }
    }

    #[test]
    fn a_token_is_written_in_one_way() {
        let text = "00112233445566778899aabbccddeeff";
        assert!(Token::parse(text).is_some());
        let (upper, signed) = (text.to_uppercase(), format!("+{}", &text[1..]));
        for wrong in ["", &text[1..], &format!("{text}0"), &upper, &signed, "é"] {
            assert_eq!(Token::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_is_lent_for_minutes_from_when_it_was_first_and_its_token_is_no_others() {
        let (mut lent, start) = (Lent::default(), Instant::now());
        let last = start + MINUTES - Duration::from_millis(1);
        assert!(lent.lend(Token(1), &file("a"), start));
        assert!(lent.lend(Token(1), &file("a"), last));
        assert!(!lent.lend(Token(1), &file("b"), last));
        assert_eq!(lent.find(Token(1), last), Some(&file("a")));
        assert_eq!(lent.find(Token(2), last), None);
        assert_eq!(lent.find(Token(1), start + MINUTES), None);
        assert!(
            lent.lend(Token(1), &file("b"), start + MINUTES),
            "it is over"
        );
        assert_eq!(lent.find(Token(1), start + MINUTES), Some(&file("b")));
    }

    #[test]
    fn beyond_so_many_the_oldest_end_and_nothing_stays_of_what_is_over() {
        let (mut lent, start) = (Lent::default(), Instant::now());
        for token in 0..MOST + 2 {
            assert!(lent.lend(Token(token as u128), &file("a"), start));
        }
        assert_eq!(lent.files.len(), MOST);
        assert_eq!(lent.find(Token(1), start), None);
        assert_eq!(lent.find(Token(2), start), Some(&file("a")));
        lent.lend(Token(7 << 64), &file("a"), start + MINUTES);
        assert_eq!((lent.files.len(), lent.order.len()), (1, 1));
    }
}
