//! The style that each group of kinds had last, by which it is drawn next; one person's, on all boards.
//!
//! Owns which groups there are, what each begins with, which fields all of them share
//! (docs/decisions/0044-style-memory.md), and the text as which a browser keeps it. Knows no selection.

use std::sync::Arc;

use board::element::{Kind, note};
use board::fields::{Value, bytes};
use board::style::{Color, FILLS, Style, StyleField};

use crate::boundary::ToolName;
use crate::clipboard::{from_hex, to_hex};

/// Kinds that have a memory together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// All but the highlighter's.
    Any,
    /// The pen's.
    Ink,
    /// The highlighter's.
    Highlighter,
    /// Closed shapes.
    Shape,
    /// Those that the tool for any outline makes: closed shapes with an outline of their own.
    OtherShape,
    /// Lines.
    Line,
    /// Arrows: lines with heads of their own.
    Arrow,
    /// Texts.
    Text,
    /// Notes.
    Note,
    /// What the bucket fills: as shapes, but with a colour from the beginning.
    Bucket,
}

/// All of them. Browsers keep their places in this list: new ones go to its end.
const GROUPS: [Group; 10] = [
    Group::Any,
    Group::Ink,
    Group::Highlighter,
    Group::Shape,
    Group::OtherShape,
    Group::Line,
    Group::Arrow,
    Group::Text,
    Group::Note,
    Group::Bucket,
];
/// What text of a memory begins with; another is another version's.
const VERSION: f64 = 1.0;
/// Longest text of a memory that is read, bytes: several times what all fields of all groups take.
const MAX_TEXT: usize = 1 << 15;

impl Group {
    /// The group of what a tool makes, or fills.
    pub(crate) fn of_tool(tool: ToolName) -> Option<Self> {
        Some(match tool {
            ToolName::Pen => Self::Ink,
            ToolName::Highlighter => Self::Highlighter,
            ToolName::Rectangle | ToolName::Ellipse => Self::Shape,
            ToolName::Bucket => Self::Bucket,
            ToolName::Shape => Self::OtherShape,
            ToolName::Line => Self::Line,
            ToolName::Arrow => Self::Arrow,
            ToolName::Text => Self::Text,
            ToolName::Note => Self::Note,
            _ => return None,
        })
    }

    /// The group that an element belongs to; none of those that always begin alike.
    pub(crate) fn of_kind(kind: &Kind) -> Option<Self> {
        Some(match kind {
            Kind::Ink(ink) if ink.highlights() => Self::Highlighter,
            Kind::Ink(_) => Self::Ink,
            Kind::Closed(_) => Self::Shape,
            Kind::Line(_) => Self::Line,
            Kind::Arrow(_) => Self::Arrow,
            Kind::Text(_) => Self::Text,
            Kind::Note(_) => Self::Note,
            _ => return None,
        })
    }

    /// The group for which a field of this one is remembered; none where it is said of one element only.
    fn keeper(self, field: StyleField) -> Option<Self> {
        use StyleField as F;
        Some(match (self, field) {
            (_, F::Closed | F::Wrap | F::LineHeight | F::Seed | F::LabelAt | F::Crop) => {
                return None;
            }
            (Self::Highlighter, _)
            | (Self::Note, F::Fill | F::LabelColor)
            | (Self::OtherShape, F::Contour)
            | (Self::Arrow, F::StartHead | F::EndHead) => self,
            (_, F::Contour) => return None,
            (_, F::Stroke | F::Fill | F::LabelColor | F::Family | F::Rough) => Self::Any,
            (Self::OtherShape | Self::Bucket, _) => Self::Shape,
            (Self::Arrow, _) => Self::Line,
            _ => self,
        })
    }

    /// The group for which a colour that all share is remembered as it is, opacity and all; none of what is
    /// no such colour.
    fn own_of_shared(self, field: StyleField) -> Option<Self> {
        use StyleField as F;
        let color = matches!(field, F::Stroke | F::Fill | F::LabelColor);
        let shared = self != Self::Any && self.keeper(field) == Some(Self::Any);
        self.keeper(F::Width).filter(|_| color && shared)
    }

    /// What it is drawn with before anybody has said anything.
    fn first(self) -> Style {
        let mut style = Style::default();
        match self {
            // Ink wants more than an outline does.
            Self::Ink => style.width = 4.0,
            // As wide as a line of text is high.
            Self::Highlighter => (style.fill, style.width) = (Color(0xffec_99ff), 22.0),
            Self::Note => style.fill = note::PAPER,
            Self::Bucket => {
                let mut fills = FILLS.iter().map(|fill| fill.color);
                style.fill = fills.find(|fill| !fill.is_none()).unwrap_or(Color::NONE);
            }
            Self::OtherShape => style.set(StyleField::Contour, &Value::text("diamond")),
            _ => {}
        }
        style
    }
}

/// What one person used last.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct StyleMemory(Vec<(Group, StyleField, Value)>);

impl StyleMemory {
    /// The style of what is drawn next of a group.
    pub(crate) fn style_of(&self, group: Group) -> Style {
        let mut style = group.first();
        for (kept_for, field, value) in &self.0 {
            let own = group.own_of_shared(*field);
            if group.keeper(*field) == Some(*kept_for) || own == Some(*kept_for) {
                style.set(*field, value);
            }
        }
        style
    }

    /// Remembers that a field of a group was set.
    pub(crate) fn set(&mut self, group: Group, field: StyleField, value: &Value) {
        let own = group.own_of_shared(field);
        let Some(group) = group.keeper(field) else {
            return;
        };
        // As a style has it, in range.
        let mut style = Style::default();
        style.set(field, value);
        if group == Group::Note {
            // Paper without a colour is the usual one.
            style.fill = note::paper(&style);
        }
        self.0
            .retain(|(other, of, _)| *of != field || other.keeper(field) != Some(group));
        let exact = style.get(field);
        let said = if group == Group::Any {
            opaque(&exact)
        } else {
            exact.clone()
        };
        // After the one of all, which it stands before in what is drawn.
        let own = own.filter(|_| said != exact);
        self.0.push((group, field, said));
        self.0.extend(own.map(|own| (own, field, exact)));
    }

    /// As text.
    pub(crate) fn write(&self) -> String {
        let mut items = vec![Value::Number(VERSION)];
        for (group, field, value) in &self.0 {
            let place = GROUPS.iter().take_while(|other| *other != group).count();
            items.push(Value::Number(place as f64));
            items.push(Value::text(field.key()));
            items.push(value.clone());
        }
        to_hex(&bytes::encode(&Value::List(Arc::from(items))))
    }

    /// Reads text; what makes no sense of it is passed over.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let Ok(Value::List(items)) = bytes::decode(&from_hex(text)?) else {
            return None;
        };
        let (version, rows) = items.split_first()?;
        if *version != Value::Number(VERSION) {
            return None;
        }
        let mut memory = Self::default();
        for [place, key, value] in rows.as_chunks().0 {
            let group = place.number().and_then(|place| GROUPS.get(place as usize));
            let field = key.as_text().and_then(StyleField::from_key);
            if let Some((group, field)) = group.zip(field) {
                memory.set(*group, field, value);
            }
        }
        Some(memory)
    }
}

/// A colour without its opacity; what is none, and no colour at all, as it is.
fn opaque(value: &Value) -> Value {
    match value.as_text().and_then(Color::parse) {
        Some(color) if !color.is_none() => Value::text(&Color(color.0 | 0xff).to_text()),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_and_the_hand_are_shared_and_all_else_is_the_groups() {
        let mut memory = StyleMemory::default();
        let red = Value::text("#e03131");
        memory.set(Group::Shape, StyleField::Stroke, &red);
        memory.set(Group::Shape, StyleField::Rough, &Value::Number(2.0));
        memory.set(Group::Shape, StyleField::Width, &Value::Number(8.0));
        memory.set(Group::Text, StyleField::FontSize, &Value::Number(36.0));
        for group in [Group::Ink, Group::Arrow, Group::Text, Group::OtherShape] {
            let style = memory.style_of(group);
            assert_eq!(style.get(StyleField::Stroke), red, "{group:?}");
            assert_eq!(style.details.rough, 2, "{group:?}");
        }
        assert_eq!(memory.style_of(Group::OtherShape).width, 8.0);
        assert_eq!(memory.style_of(Group::Arrow).width, 2.0);
        assert_eq!(memory.style_of(Group::Ink).width, 4.0);
        assert_eq!(memory.style_of(Group::Shape).font_size, 20.0);
        assert_eq!(
            memory.style_of(Group::Highlighter),
            Group::Highlighter.first()
        );
    }

    #[test]
    fn a_highlighter_keeps_to_itself_and_arrows_share_all_but_their_heads_with_lines() {
        let mut memory = StyleMemory::default();
        let green = Value::text("#b2f2bb");
        memory.set(Group::Highlighter, StyleField::Fill, &green);
        assert!(memory.style_of(Group::Shape).fill.is_none());
        assert_eq!(
            memory.style_of(Group::Highlighter).get(StyleField::Fill),
            green
        );
        memory.set(Group::Arrow, StyleField::Route, &Value::text("elbow"));
        memory.set(Group::Arrow, StyleField::StartHead, &Value::text("bar"));
        let line = memory.style_of(Group::Line);
        assert_eq!(line.get(StyleField::Route), Value::text("elbow"));
        assert_eq!(line.get(StyleField::StartHead), Value::Null);
    }

    #[test]
    fn what_is_said_of_one_element_is_not_said_of_the_next() {
        let mut memory = StyleMemory::default();
        memory.set(Group::Shape, StyleField::Contour, &Value::text("star"));
        memory.set(Group::Line, StyleField::Closed, &Value::Bool(true));
        memory.set(Group::Text, StyleField::Wrap, &Value::Number(100.0));
        assert_eq!(memory, StyleMemory::default());
        memory.set(Group::OtherShape, StyleField::Contour, &Value::text("star"));
        let contour = |group| memory.style_of(group).get(StyleField::Contour);
        assert_eq!(contour(Group::OtherShape), Value::text("star"));
        assert_eq!(contour(Group::Shape), Value::Null);
    }

    #[test]
    fn colours_are_shared_without_their_opacity_which_each_group_keeps() {
        let mut memory = StyleMemory::default();
        memory.set(Group::Shape, StyleField::Stroke, &Value::text("#11223344"));
        memory.set(Group::Ink, StyleField::Fill, &Value::text("transparent"));
        let stroke = |memory: &StyleMemory, group| memory.style_of(group).get(StyleField::Stroke);
        for memory in [memory.clone(), StyleMemory::read(&memory.write()).unwrap()] {
            for group in [Group::Shape, Group::OtherShape] {
                assert_eq!(
                    stroke(&memory, group),
                    Value::text("#11223344"),
                    "{group:?}"
                );
            }
            for group in [Group::Text, Group::Ink, Group::Arrow] {
                assert_eq!(stroke(&memory, group), Value::text("#112233"), "{group:?}");
            }
            assert!(memory.style_of(Group::Shape).fill.is_none());
        }
        // The last choice wins, whosever it is.
        memory.set(Group::Text, StyleField::Stroke, &Value::text("#e03131"));
        assert_eq!(stroke(&memory, Group::Shape), Value::text("#e03131"));
    }

    #[test]
    fn a_bucket_has_a_colour_until_somebody_has_chosen_none() {
        let mut memory = StyleMemory::default();
        assert!(!memory.style_of(Group::Bucket).fill.is_none());
        assert!(memory.style_of(Group::Shape).fill.is_none());
        memory.set(Group::Shape, StyleField::Fill, &Value::text("#a5d8ff"));
        let fill = |memory: &StyleMemory| memory.style_of(Group::Bucket).get(StyleField::Fill);
        assert_eq!(fill(&memory), Value::text("#a5d8ff"));
        memory.set(Group::Bucket, StyleField::Fill, &Value::text("transparent"));
        assert!(memory.style_of(Group::Bucket).fill.is_none());
    }

    #[test]
    fn another_version_is_none_and_unknown_names_are_passed_over() {
        let row = |items: &[Value]| to_hex(&bytes::encode(&Value::List(items.into())));
        let text = Value::text;
        let place = |group| {
            let place = GROUPS.iter().position(|other| *other == group);
            Value::Number(place.unwrap() as f64)
        };
        assert_eq!(StyleMemory::read(&row(&[Value::Number(2.0)])), None);
        let read = StyleMemory::read(&row(&[
            Value::Number(VERSION),
            Value::Number(99.0),
            text("width"),
            Value::Number(3.0),
            place(Group::Ink),
            text("steam"),
            Value::Number(3.0),
            place(Group::Ink),
            text("width"),
            Value::Number(1e9),
            place(Group::Shape),
            text("contour"),
            text("star"),
            place(Group::Ink),
        ]));
        let mut widest = StyleMemory::default();
        widest.set(Group::Ink, StyleField::Width, &Value::Number(200.0));
        assert_eq!(read, Some(widest));
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<f64>().prop_map(Value::Number),
            "#[0-9a-f]{6}([0-9a-f]{2})?".prop_map(|text| Value::text(&text)),
            prop::sample::select(vec!["dashed", "star", "mono", "elbow", "left"])
                .prop_map(Value::text),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(sets in prop::collection::vec(
            (prop::sample::select(GROUPS.to_vec()),
             prop::sample::select(StyleField::ALL.to_vec()), value()), 0..300))
        {
            let mut memory = StyleMemory::default();
            for (group, field, value) in sets {
                memory.set(group, field, &value);
            }
            let text = memory.write();
            prop_assert!(text.len() <= MAX_TEXT, "{}", text.len());
            prop_assert_eq!(StyleMemory::read(&text), Some(memory));
        }

        #[test]
        fn nonsense_is_survived(text in "([0-9a-f]{2}){0,200}|.{0,100}") {
            if let Some(memory) = StyleMemory::read(&text) {
                let _ = memory.style_of(Group::Arrow);
            }
        }
    }
}
