//! A picture as text, without what may not be in it.
//!
//! Owns how that is written, and whether anything was left out. Knows no bound but depth.

use std::fmt::Write as _;

use roxmltree::{Attribute, Node};

use crate::Unclean;
use crate::lists::{is_attribute, is_element, is_group};
use crate::values::{is_pixels, local, may_say, may_style};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Deepest nesting: programs write a dozen levels.
const MAX_DEPTH: usize = 256;

/// The picture, and whether all of it is there.
pub(crate) fn write(root: Node<'_, '_>) -> Result<(String, bool), Unclean> {
    let mut writer = Writer {
        text: String::new(),
        whole: true,
    };
    writer.element(root, 0)?;
    Ok((writer.text, writer.whole))
}

struct Writer {
    text: String,
    whole: bool,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Unclean> {
        if depth > MAX_DEPTH {
            return Err(Unclean::Deep);
        }
        let name = node.tag_name().name();
        let ours = matches!(node.tag_name().namespace(), None | Some(SVG));
        let stays = ours && is_element(name) && (name != "style" || is_style(node));
        let shown = match (stays, ours && is_group(name)) {
            (true, _) => name,
            (false, true) => "g",
            (false, false) => {
                self.whole = false;
                return Ok(());
            }
        };
        self.whole &= stays;
        self.text.push('<');
        self.text.push_str(shown);
        if depth == 0 {
            let _ = write!(self.text, " xmlns=\"{SVG}\"");
        }
        for attribute in node.attributes() {
            self.attribute(shown, &attribute);
        }
        let from = self.text.len();
        self.text.push('>');
        for child in node.children() {
            if child.is_element() {
                self.element(child, depth + 1)?;
            } else if let (true, Some(text)) = (child.is_text(), child.text()) {
                self.escaped(text, false);
            } else {
                // A processing instruction may name a style sheet.
                self.whole &= child.is_comment();
            }
        }
        if self.text.len() == from + 1 {
            self.text.truncate(from);
            self.text.push_str("/>");
        } else {
            let _ = write!(self.text, "</{shown}>");
        }
        Ok(())
    }

    fn attribute(&mut self, element: &str, attribute: &Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        let stays = match attribute.namespace() {
            None | Some(XLINK) if name == "href" => match element {
                "image" => is_pixels(value),
                _ => local(value).is_some(),
            },
            Some("http://www.w3.org/XML/1998/namespace") if name == "space" => {
                self.text.push_str(" xml:space=\"");
                self.escaped(value, true);
                self.text.push('"');
                return;
            }
            None => is_attribute(name) && may_say(element, name, value),
            Some(_) => false,
        };
        if !stays {
            self.whole = false;
            return;
        }
        let _ = write!(self.text, " {name}=\"");
        self.escaped(value, true);
        self.text.push('"');
    }

    fn escaped(&mut self, text: &str, quoted: bool) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\n' if quoted => self.text.push_str("&#10;"),
                '\t' if quoted => self.text.push_str("&#9;"),
                '\r' => self.text.push_str("&#13;"),
                letter => self.text.push(letter),
            }
        }
    }
}

/// Whether a style sheet may stay: all of it is text, and names nothing elsewhere.
fn is_style(node: Node<'_, '_>) -> bool {
    let css = node.children().filter_map(|child| child.text());
    node.children().all(|child| child.is_text()) && may_style(&css.collect::<String>())
}
