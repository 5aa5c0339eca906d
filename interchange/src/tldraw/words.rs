//! What shapes say: text of old, and documents of ProseMirror since.
//!
//! Owns how such a document reads as plain text: paragraphs as lines, lists with their marks.

use serde_json::Value as Json;

use super::shape::Shape;
use crate::loss::{Loss, Losses};

/// What each level of a list is moved in by.
const INDENT: &str = "  ";

/// What a shape says, and the first address that a part of it leads to.
pub(super) fn said(shape: &Shape, losses: &mut Losses) -> (String, Option<String>) {
    let rich = shape.get("richText");
    if !rich.is_object() {
        return (shape.text("text").to_owned(), None);
    }
    let mut writer = Writer::default();
    writer.blocks(rich, "");
    if writer.marked {
        losses.count(Loss::Marks);
    }
    (writer.lines.join("\n"), writer.link)
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    marked: bool,
    link: Option<String>,
}

impl Writer {
    /// Paragraphs, lists and whatever else is below one another.
    fn blocks(&mut self, node: &Json, indent: &str) {
        for block in content(node) {
            match kind(block) {
                "bulletList" | "orderedList" | "taskList" => self.list(block, indent),
                "blockquote" => self.blocks(block, indent),
                _ => self.paragraph(block, indent),
            }
        }
    }

    fn list(&mut self, list: &Json, indent: &str) {
        let first = list
            .pointer("/attrs/start")
            .and_then(Json::as_u64)
            .unwrap_or(1);
        for (item, number) in content(list).zip(first..) {
            let mark = match kind(list) {
                "orderedList" => format!("{number}. "),
                _ => "• ".to_owned(),
            };
            let from = self.lines.len();
            self.blocks(item, &format!("{indent}{INDENT}"));
            match self.lines.get_mut(from) {
                Some(line) => *line = format!("{indent}{mark}{}", line.trim_start()),
                None => self.lines.push(format!("{indent}{mark}")),
            }
        }
    }

    fn paragraph(&mut self, node: &Json, indent: &str) {
        let mut text = String::new();
        self.inline(node, &mut text);
        let lines = text.split('\n').map(|line| format!("{indent}{line}"));
        self.lines.extend(lines);
    }

    fn inline(&mut self, node: &Json, text: &mut String) {
        for part in content(node) {
            match kind(part) {
                "text" => {
                    text.push_str(part.get("text").and_then(Json::as_str).unwrap_or_default());
                    let marks = part.get("marks").and_then(Json::as_array);
                    for mark in marks.into_iter().flatten() {
                        let link = mark.pointer("/attrs/href").and_then(Json::as_str);
                        match link.filter(|_| self.link.is_none()) {
                            Some(link) => self.link = Some(link.to_owned()),
                            None => self.marked = true,
                        }
                    }
                }
                "hardBreak" => text.push('\n'),
                _ => self.inline(part, text),
            }
        }
    }
}

fn content(node: &Json) -> impl Iterator<Item = &Json> {
    let content = node.get("content").and_then(Json::as_array);
    content.into_iter().flatten()
}

fn kind(node: &Json) -> &str {
    node.get("type").and_then(Json::as_str).unwrap_or_default()
}
