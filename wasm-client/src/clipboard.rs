//! Elements for the clipboard: their words as text, themselves beside it.
//!
//! Owns the words and the HTML around the elements, which are `board::record`'s. Whatever comes from
//! outside is checked; what is no element is passed over.

use board::element::Element;
use board::fields::{Value, bytes};
use board::file::FileHash;
use board::id::ElementId;
use board::record::Record;
use kurbo::Rect;

use crate::sorting::sort;

/// Says that what follows is ours, and of which version.
const PREFIX: &str = "drawbridge/elements/1:";
/// What stands before the elements in HTML: an attribute, which browsers leave there when they
/// clean what one page hands to another.
const ATTRIBUTE: &str = "data-drawbridge=";
/// Most elements that are pasted at once: a whole large board.
const MAX_PASTED: usize = 20_000;

/// What a copy puts on the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clip {
    /// The words, for everybody; empty when there are none.
    pub(crate) text: String,
    /// The same words as HTML, with the elements, for boards.
    pub(crate) html: String,
    /// The files that pictures among them show; one that is shown twice stands there twice.
    pub(crate) files: Vec<String>,
}

/// Elements for the clipboard, in the order given.
pub(crate) fn write(elements: &[&Element]) -> Clip {
    let text = words(elements);
    let records = elements.iter().map(|element| Record::of(element).value());
    let records = Value::List(records.collect());
    let encoded = to_hex(&bytes::encode(&records));
    let shown = text.replace('&', "&amp;").replace('<', "&lt;");
    let shown = shown.replace('\n', "<br>");
    let html = format!("<span {ATTRIBUTE}\"{PREFIX}{encoded}\">{shown}</span>");
    let files = elements
        .iter()
        .filter_map(|element| element.links.file.as_deref())
        .filter(|file| FileHash::parse(file).is_some());
    let files = files.map(str::to_owned).collect();
    Clip { text, html, files }
}

/// Reads the elements on the clipboard; `None` when there are none, so that the text counts.
pub(crate) fn read(text: &str, html: &str) -> Option<Vec<Record>> {
    // They were the text once; that may still be in somebody's history of the clipboard.
    decode(text.trim()).or_else(|| {
        let mut quoted = html.split('"');
        quoted.find(|before| before.ends_with(ATTRIBUTE))?;
        let records = decode(quoted.next()?)?;
        stands_for(&records, text).then_some(records)
    })
}

fn decode(text: &str) -> Option<Vec<Record>> {
    let encoded = from_hex(text.strip_prefix(PREFIX)?)?;
    let Value::List(records) = bytes::decode(&encoded).ok()? else {
        return None;
    };
    Some(
        records
            .iter()
            .take(MAX_PASTED)
            .filter_map(Record::from_value)
            .collect(),
    )
}

/// Whether a text says what the elements say. An editor that keeps the attribute of what was pasted
/// into it hands it on with words that have been changed since, or with many others.
fn stands_for(records: &[Record], text: &str) -> bool {
    let nobody = ElementId::from_random(0);
    let elements = records.iter().map(|record| record.element(nobody.clone()));
    let elements: Vec<Element> = elements.collect();
    let said = words(&elements.iter().collect::<Vec<_>>());
    // Systems have their own ends of lines.
    let inked = |c: &char| !c.is_whitespace();
    said.chars().filter(inked).eq(text.chars().filter(inked))
}

/// A text and where it is.
type Said<'a> = (Rect, &'a str);

/// What the elements say, a text after the other as one reads: by rows, and from the left.
fn words(elements: &[&Element]) -> String {
    let said = elements.iter().filter_map(|element| {
        let text = element.text().map(str::trim_end)?;
        (!text.is_empty()).then(|| (element.bounds(), text))
    });
    let mut said: Vec<Said<'_>> = said.collect();
    sort(&mut said, |(bounds, _)| bounds.center().y);
    let in_one_row = |(first, _): &Said<'_>, (next, _): &Said<'_>| next.center().y <= first.y1;
    let mut words = String::new();
    let mut rest = said.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let end = rest.iter().position(|next| !in_one_row(&first, next));
        let (row, below) = rest.split_at_mut(end.unwrap_or(rest.len()));
        sort(row, |(bounds, _)| bounds.x0);
        for (_, text) in row {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(text);
        }
        rest = below;
    }
    words
}

/// Hexadecimal: twice the size, but no decoder to download for something so rare.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// What [`to_hex`] made bytes of; none where it did not.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::element::Kind;
    use board::element::text::Text;
    use board::geometry::Geometry;
    use board::order::OrderKey;
    use board::style::Style;

    fn id() -> ElementId {
        ElementId::from_random(1)
    }

    fn element(x: f64, y: f64, kind: Kind) -> Element {
        let geometry = Geometry {
            x,
            y,
            ..Geometry::default()
        };
        let order = OrderKey::read(&Value::Null);
        Element::new(id(), order, "".into(), geometry, Style::default(), kind)
    }

    fn text_at(x: f64, y: f64, text: &str) -> Element {
        let mut element = element(x, y, Kind::Text(Text::new("")));
        element.set_text(text);
        element
    }

    fn clip(elements: &[Element]) -> Clip {
        write(&elements.iter().collect::<Vec<_>>())
    }

    #[test]
    fn words_come_in_the_order_in_which_one_reads() {
        let clip = clip(&[
            text_at(0.0, 203.0, "three"),
            text_at(300.0, 0.0, "two\nlines"),
            text_at(0.0, 5.0, "one"),
            text_at(200.0, 200.0, "four"),
            text_at(50.0, 100.0, "  \n"),
        ]);
        assert_eq!(clip.text, "one\ntwo\nlines\nthree\nfour");
    }

    #[test]
    fn elements_come_back_from_beside_their_words() {
        let elements = [text_at(0.0, 0.0, "a <b> & \"c\""), text_at(0.0, 90.0, "🌊")];
        let Clip { text, html, .. } = clip(&elements);
        assert!(
            html.ends_with(">a &lt;b> &amp; \"c\"<br>🌊</span>"),
            "{html}"
        );
        // As systems hand it on: other ends of lines, and HTML around it.
        let told = text.replace('\n', "\r\n") + "\r\n";
        let wrapped = format!("<html><body><!--StartFragment-->{html}<!--EndFragment-->");
        let read = read(&told, &wrapped).expect("elements");
        let read: Vec<_> = read.iter().map(|record| record.element(id())).collect();
        assert_eq!(read, elements);
    }

    #[test]
    fn what_says_nothing_has_no_text() {
        let shape = element(0.0, 0.0, Kind::RECTANGLE);
        let Clip { text, html, .. } = clip(&[shape]);
        assert_eq!(text, "");
        assert!(
            html.ends_with("\"></span>"),
            "nothing is seen of it: {html}"
        );
        assert_eq!(read("", &html).expect("elements").len(), 1);
    }

    #[test]
    fn words_that_were_changed_since_are_no_elements() {
        let Clip { html, .. } = clip(&[text_at(0.0, 0.0, "Meet at nine")]);
        for text in [
            "Meet at ten",
            "Dear Ada,\nMeet at nine\nYours, Bob",
            "",
            "nine",
        ] {
            assert_eq!(read(text, &html), None, "{text}");
        }
    }

    #[test]
    fn what_was_copied_before_there_was_html_is_read() {
        let Clip { html, .. } = clip(&[text_at(0.0, 0.0, "old")]);
        let attribute = html.split('"').nth(1).expect("an attribute");
        assert_eq!(read(attribute, "").expect("elements").len(), 1);
    }

    #[test]
    fn foreign_text_is_not_ours() {
        for text in [
            "hello",
            "",
            "drawbridge/elements/1:%%",
            "drawbridge/elements/1:AAAA",
        ] {
            assert_eq!(read(text, ""), None, "{text}");
            for html in [
                text.to_owned(),
                format!("<p data-drawbridge=\"{text}\">x</p>"),
                format!("<p data-drawbridge=\"{text}"),
            ] {
                assert_eq!(read("x", &html), None, "{html}");
            }
        }
    }
}
