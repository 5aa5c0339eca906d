//! What holds an element to others, and to the world: parents, bindings, addresses, files.
//!
//! Owns each link's name in the document, position in a birth, and how it is read. Whether what a
//! link names exists and can hold anything is `hierarchy.rs`'s. Knows no kind.

mod binding;

use std::ops::Deref;
use std::sync::Arc;

pub use binding::Binding;

use crate::fields::{Birth, Slot, Value};
use crate::id::ElementId;

/// Longest address that an element leads to, bytes.
const MAX_ADDRESS: usize = 2048;
/// Longest name of a cut, bytes.
const MAX_CUT: usize = 32;
/// Most strokes that a piece names: those that it was cut from, one after the other.
pub const MAX_PIECES: usize = 16;
/// Longest name of an author, characters.
pub const MAX_AUTHOR: usize = 40;

/// A link that can change after birth, as in `links[id/field]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkField {
    /// The frame or group that it is in.
    Parent,
    /// What the start of a line or arrow holds on to.
    Start,
    /// What its end holds on to.
    End,
    /// Whether clicks pass it over.
    Locked,
    /// Where it leads.
    Link,
    /// The file of an image.
    File,
    /// Which cut of a stroke counts.
    Cut,
}

impl LinkField {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Parent,
        Self::Start,
        Self::End,
        Self::Locked,
        Self::Link,
        Self::File,
        Self::Cut,
    ];

    /// Its name in the document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Start => "start",
            Self::End => "end",
            Self::Locked => "locked",
            Self::Link => "link",
            Self::File => "file",
            Self::Cut => "cut",
        }
    }

    /// The field of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Its position in a birth record; nothing is born cut.
    pub fn slot(self) -> Option<Slot> {
        match self {
            Self::Parent => Some(Slot::Parent),
            Self::Start => Some(Slot::Start),
            Self::End => Some(Slot::End),
            Self::Locked => Some(Slot::Locked),
            Self::Link => Some(Slot::Link),
            Self::File => Some(Slot::File),
            Self::Cut => None,
        }
    }
}

/// Links behind one pointer, which copies share; behind none while there is nothing to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Links(Option<Arc<Held>>);

/// All that an element is linked with. Every value is well formed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Held {
    /// See [`LinkField::Parent`].
    pub parent: Option<ElementId>,
    /// See [`LinkField::Start`].
    pub start: Option<Binding>,
    /// See [`LinkField::End`].
    pub end: Option<Binding>,
    /// See [`LinkField::Locked`].
    pub locked: bool,
    /// An address of `http`, `https` or `mailto`, or `#` and an element's id.
    pub link: Option<Arc<str>>,
    /// SHA-256 of a file, 64 hexadecimal digits.
    pub file: Option<Arc<str>>,
    /// See [`LinkField::Cut`].
    pub cut: Option<Arc<str>>,
    /// The strokes that it is a piece of, and the cut of each that made it; never changed.
    pub pieces: Vec<(ElementId, Arc<str>)>,
    /// Who wrote a note; never changed.
    pub author: Option<Arc<str>>,
}

static NOTHING: Held = Held {
    parent: None,
    start: None,
    end: None,
    locked: false,
    link: None,
    file: None,
    cut: None,
    pieces: Vec::new(),
    author: None,
};

impl Deref for Links {
    type Target = Held;

    fn deref(&self) -> &Held {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl Links {
    /// These, shared.
    pub fn of(held: Held) -> Self {
        Self((held != NOTHING).then(|| Arc::new(held)))
    }

    /// The links of a copy: with what was copied beside it, under its new name, and not with what was
    /// not; but it leads to what its original leads to where that `stands`. A copy is no piece of
    /// anything, and was not cut.
    #[must_use]
    pub fn of_copy(
        &self,
        renamed: &dyn Fn(&ElementId) -> Option<ElementId>,
        stands: &dyn Fn(&ElementId) -> bool,
    ) -> Self {
        let binding = |end: &Option<Binding>| {
            let end = end.as_ref()?;
            let target = renamed(&end.target)?;
            Some(Binding {
                target,
                ..end.clone()
            })
        };
        let led = |link: &Arc<str>| match link.strip_prefix('#') {
            None => Some(link.clone()),
            Some(id) => {
                let id = ElementId::parse(id).ok()?;
                let id = renamed(&id).or_else(|| stands(&id).then_some(id))?;
                Some(("#".to_owned() + id.as_str()).into())
            }
        };
        Self::of(Held {
            parent: self.parent.as_ref().and_then(renamed),
            start: binding(&self.start),
            end: binding(&self.end),
            link: self.link.as_ref().and_then(led),
            cut: None,
            pieces: Vec::new(),
            ..Held::clone(self)
        })
    }

    /// The same in another frame or group, or in none.
    #[must_use]
    pub fn within(&self, parent: Option<ElementId>) -> Self {
        Self::of(Held {
            parent,
            ..Held::clone(self)
        })
    }

    /// The same of a note that somebody wrote, named by at most 40 characters; or nobody.
    #[must_use]
    pub fn signed(&self, author: &str) -> Self {
        Self::of(Held {
            author: (!author.is_empty()).then(|| author_of(author)),
            ..Held::clone(self)
        })
    }

    /// One link as the document stores it.
    pub fn get(&self, field: LinkField) -> Value {
        let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::Null, Value::Text);
        let binding = |end: &Option<Binding>| end.as_ref().map_or(Value::Null, Binding::write);
        match field {
            LinkField::Parent => {
                let parent = self.parent.as_ref();
                parent.map_or(Value::Null, |id| Value::text(id.as_str()))
            }
            LinkField::Start => binding(&self.start),
            LinkField::End => binding(&self.end),
            LinkField::Locked if self.locked => Value::Bool(true),
            LinkField::Locked => Value::Null,
            LinkField::Link => text(&self.link),
            LinkField::File => text(&self.file),
            LinkField::Cut => text(&self.cut),
        }
    }

    /// Sets one link from the document; a value that makes no sense sets none.
    pub fn set(&mut self, field: LinkField, value: &Value) {
        let mut held = Held::clone(self);
        match field {
            LinkField::Parent => held.parent = read_id(value),
            LinkField::Start => held.start = Binding::read(value),
            LinkField::End => held.end = Binding::read(value),
            LinkField::Locked => held.locked = matches!(value, Value::Bool(true)),
            LinkField::Link => held.link = read_text(value, is_address),
            LinkField::File => held.file = read_text(value, is_hash),
            LinkField::Cut => held.cut = read_text(value, is_cut),
        }
        *self = Self::of(held);
    }

    /// The links of a birth record.
    pub(crate) fn read(birth: &Birth) -> Self {
        let mut links = Self::default();
        for field in LinkField::ALL {
            let value = field.slot().map_or(&Value::Null, |slot| birth.get(slot));
            if *value != Value::Null {
                links.set(field, value);
            }
        }
        let (pieces, author) = (birth.get(Slot::Piece), birth.get(Slot::Author));
        if *pieces != Value::Null || *author != Value::Null {
            links = Self::of(Held {
                pieces: read_pieces(pieces),
                author: author.as_text().map(author_of),
                ..Held::clone(&links)
            });
        }
        links
    }

    /// Writes what differs from what a birth record says; what it says may be more than can be read.
    pub(crate) fn write(&self, birth: &mut Birth) {
        let stands = Self::read(birth);
        for field in LinkField::ALL {
            if let Some(slot) = field.slot()
                && stands.get(field) != self.get(field)
            {
                birth.set(slot, self.get(field));
            }
        }
        if stands.pieces != self.pieces {
            let pieces = self.pieces.iter();
            let pair = |(id, cut): &(ElementId, Arc<str>)| {
                Value::list([Value::text(id.as_str()), Value::Text(cut.clone())])
            };
            birth.set(Slot::Piece, Value::List(pieces.map(pair).collect()));
        }
        if stands.author != self.author {
            let author = self.author.clone().map_or(Value::Null, Value::Text);
            birth.set(Slot::Author, author);
        }
    }
}

/// Where a link leads, if it may lead there: nothing that a browser would run.
pub fn is_address(text: &str) -> bool {
    let element = |id: &str| ElementId::parse(id).is_ok();
    let has = |scheme: &str| {
        let head = text.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    };
    let plain = text.len() <= MAX_ADDRESS && !text.chars().any(|c| c.is_control() || c == ' ');
    let schemes = ["http://", "https://", "mailto:"];
    plain && (text.strip_prefix('#').is_some_and(element) || schemes.into_iter().any(has))
}

/// Whether a text is a SHA-256 as files are named.
pub fn is_hash(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    text.len() == 64 && text.bytes().all(digit)
}

fn is_cut(text: &str) -> bool {
    (1..=MAX_CUT).contains(&text.len())
}

fn read_id(value: &Value) -> Option<ElementId> {
    ElementId::parse(value.as_text()?).ok()
}

fn read_text(value: &Value, good: fn(&str) -> bool) -> Option<Arc<str>> {
    match value {
        Value::Text(text) if good(text) => Some(text.clone()),
        _ => None,
    }
}

fn read_pieces(value: &Value) -> Vec<(ElementId, Arc<str>)> {
    let Value::List(items) = value else {
        return Vec::new();
    };
    let pieces = items.iter().take(MAX_PIECES).filter_map(|item| match item {
        Value::List(pair) => Some((read_id(pair.first()?)?, read_text(pair.get(1)?, is_cut)?)),
        _ => None,
    });
    pieces.collect()
}

fn author_of(name: &str) -> Arc<str> {
    name.chars().take(MAX_AUTHOR).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_links_share_a_name_or_a_position() {
        for (i, field) in LinkField::ALL.into_iter().enumerate() {
            assert_eq!(LinkField::from_key(field.key()), Some(field));
            for other in LinkField::ALL.into_iter().skip(i + 1) {
                assert!(field.slot() != other.slot() || field.slot().is_none());
            }
        }
    }

    #[test]
    fn links_survive_a_birth_and_none_costs_nothing() {
        let id = ElementId::parse("target").unwrap();
        let binding = Binding {
            target: id.clone(),
            u: 0.25,
            v: 0.5,
            inside: true,
            gap: Some(6.0),
        };
        let links = Links::of(Held {
            parent: Some(id.clone()),
            start: Some(binding),
            locked: true,
            link: Some("https://example.org/".into()),
            file: Some("0f".repeat(32).into()),
            pieces: vec![(id, "cut".into())],
            author: Some("Ada".into()),
            ..Held::default()
        });
        let mut birth = Birth::default();
        links.write(&mut birth);
        assert_eq!(Links::read(&birth), links);
        let mut bare = Birth::default();
        Links::default().write(&mut bare);
        assert_eq!(
            (bare, Links::of(Held::default()).0),
            (Birth::default(), None)
        );
    }

    #[test]
    fn what_makes_no_sense_reads_as_none() {
        let mut links = Links::default();
        for field in LinkField::ALL {
            let odd = [
                Value::Null,
                Value::Number(3.0),
                Value::text(""),
                Value::text("javascript:alert(1)"),
                Value::list([Value::text("a b"), Value::Null]),
            ];
            for value in odd {
                links.set(field, &value);
                if field != LinkField::Cut || value.as_text().is_none() {
                    assert_eq!(links, Links::default(), "{field:?} {value:?}");
                }
                links = Links::default();
            }
        }
    }

    #[test]
    fn a_link_leads_nowhere_that_runs_anything() {
        for good in ["http://a", "HTTPS://a.b/c?d#e", "mailto:a@b", "#AbC_-1"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "#",
            "#a b",
            "https://",
            "javascript:alert(1)",
            " https://a",
            "https://a\nb",
            "data:text/html,x",
            "//a",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(!is_address(&format!("https://{}", "a".repeat(MAX_ADDRESS))));
    }
}
