//! What the page shows: told when it changes, at most once per drain.

use board::element::{Kind, label};
use board::fields::Value;
use board::style::{Align, Color, Style, StyleField};
use board::text_layout;
use kurbo::Point;

use super::Editor;
use crate::boundary::{Notice, Person, StyleShown, StyleValue, TextField, ToolName, UiEvent};
use crate::typing::Typing;
use scene::frame_names;

/// What the page has been told, and what is to be told once.
#[derive(Debug, Default)]
pub(super) struct Ui {
    told: Vec<UiEvent>,
    once: Vec<UiEvent>,
}

impl Ui {
    /// Tells something once.
    pub(super) fn tell(&mut self, event: UiEvent) {
        self.once.push(event);
    }

    /// Tells the person something.
    pub(super) fn notice(&mut self, key: Notice) {
        self.tell(UiEvent::Notice { key });
    }
}

impl Editor {
    /// What changed since the last time.
    pub(super) fn ui_events(&mut self) -> Vec<UiEvent> {
        let state = self.ui_state();
        let changed = state
            .iter()
            .filter(|event| !self.ui.told.contains(event))
            .cloned();
        let mut events: Vec<UiEvent> = changed.collect();
        self.ui.told = state;
        events.append(&mut self.ui.once);
        events
    }

    fn ui_state(&self) -> Vec<UiEvent> {
        vec![
            UiEvent::Tool {
                tool: self.gesture.tool.name(),
                kept: self.gesture.kept,
            },
            UiEvent::Cursor {
                css: self.css_cursor().into(),
                leads: self.badge_hovered().unwrap_or_default().into(),
            },
            UiEvent::Style {
                fields: self.style_shown(),
            },
            UiEvent::Selection {
                count: self.chosen.selection.len() as u32,
                crops: self.cropping().is_some(),
            },
            UiEvent::Place {
                place: self.place_shown(),
            },
            UiEvent::Applies {
                actions: self.applying(),
            },
            UiEvent::Camera {
                zoom: self.sight.camera.zoom(),
                content_in_view: !self.sight.is_lost(&self.scene),
            },
            UiEvent::Empty {
                empty: self.is_bare(),
            },
            UiEvent::People {
                people: self.everybody(),
            },
            UiEvent::Sync {
                online: self.outbox.sync.is_online(),
                waiting: self.outbox.waiting(),
                owed: self.outbox.sync.is_owed_an_answer(),
                saved_through: self.outbox.sync.saved(),
                trouble: self.outbox.sync.trouble().to_owned(),
            },
            UiEvent::EditText {
                field: self.text_field(),
            },
            self.fingers_event(),
            self.title_event(),
        ]
    }

    /// Whether nothing is on the board, nor about to be.
    fn is_bare(&self) -> bool {
        let mut doing = self.people.peers.doing();
        self.scene.is_empty()
            && self.gesture.making.is_none()
            && self.writing.typing.is_none()
            && doing.all(|doing| doing.gesture.is_none())
    }

    fn css_cursor(&self) -> &'static str {
        let at = self.gesture.pointer;
        let marked = at.is_some_and(|at| self.mark_at(at.0).is_some());
        if marked || self.badge_hovered().is_some() {
            "pointer"
        } else if self.gesture.hand.busy() || self.gesture.space || self.read_only {
            self.gesture.hand.cursor()
        } else {
            self.gesture.tool.cursor()
        }
    }

    fn everybody(&self) -> Vec<Person> {
        let me = Person {
            id: self.client().to_string(),
            name: self.people.profile.name.clone(),
            color: self.people.profile.color.clone(),
            me: true,
        };
        let others = self.people.peers.faces(&self.people.profile.browser);
        let others = others.map(|(client, state)| Person {
            id: client.to_string(),
            name: state.user.name.clone(),
            color: Color::parse(&state.user.color)
                .unwrap_or(Color(0x8888_88ff))
                .to_text(),
            me: false,
        });
        std::iter::once(me).chain(others).collect()
    }

    fn style_shown(&self) -> Vec<StyleShown> {
        if self.read_only {
            return Vec::new();
        }
        let typed = self.writing.typing.as_ref().map(Typing::element);
        let unborn = self.writing.typing.as_ref().and_then(Typing::unborn);
        let nodes = match typed {
            Some(typed) => self.scene.get(typed).into_iter().collect(),
            None => self.styled(),
        };
        let known = nodes.into_iter().map(|node| node.element());
        let styled = unborn.into_iter().chain(known).map(|element| {
            let tried = self.tried_out(element);
            let mut style = tried.map_or_else(|| element.style.clone(), |styled| styled.style);
            element.kind.spell_out(&mut style);
            // A note is there to be written on.
            let note = matches!(element.kind, Kind::Note(_));
            let words = note || element.text().is_some() || typed == Some(&element.id);
            (style, fields_of(element.kind.style_fields(), words))
        });
        let mut styles: Vec<(Style, Vec<StyleField>)> = styled.collect();
        if styles.is_empty() {
            let tool = &self.gesture.tool;
            let words = matches!(tool.name(), ToolName::Text | ToolName::Note);
            let fields = fields_of(tool.style_fields(), words);
            styles.push((self.chosen.style_shown(tool), fields));
        }
        let applies = |field: &StyleField| {
            let has = |(style, fields): &(Style, Vec<StyleField>)| {
                fields.contains(field) && Kind::shows(style, *field)
            };
            styles.iter().any(has)
        };
        let fields = StyleField::OFFERED.iter().filter(|field| applies(field));
        fields.map(|field| shown(*field, &styles)).collect()
    }

    pub(super) fn text_field(&self) -> Option<TextField> {
        let typing = self.writing.typing.as_ref()?;
        let existing = || self.shown_with_words(typing.element());
        let element = typing.unborn().or_else(existing)?;
        let tried = self.tried_out(element);
        let mut element = tried.unwrap_or_else(|| element.clone());
        element.set_text(typing.shown());
        let (element, style) = (&element, &element.style);
        let camera = &self.sight.camera;
        let name = self.names_frame(typing);
        let (layout, at, zoom, color) = if name {
            let at = frame_names::place(element, camera.upright()) * Point::ORIGIN;
            let layout = text_layout::layout(typing.shown(), frame_names::NAME_PX);
            (layout, at, 1.0, frame_names::color(self.sight.theme))
        } else {
            let color = element.words_in(self.theme_of(element));
            let (layout, corner) = element.lines()?;
            let at = camera.screen(element.placement() * corner).0;
            (layout, at, camera.zoom(), color)
        };
        let setting = *layout.setting();
        let (selection_anchor, selection_head) = typing.field_selection();
        Some(TextField {
            id: element.id.to_string(),
            x: at.x,
            y: at.y,
            angle: element.geometry.angle,
            zoom,
            width: layout.width,
            height: layout.height,
            exact: layout.is_exact,
            font_size: layout.font_size(),
            family: setting.family.name(),
            align: setting.align.map_or("", Align::name),
            wrapped: setting.room.is_finite(),
            over_line: if element.labels_line() {
                let widths = layout.lines.iter().map(|line| line.width);
                widths.fold(0.0, f64::max) + layout.font_size() / 2.0
            } else {
                0.0
            },
            wraps: layout.wraps(typing.shown()).concat(),
            line_height: layout.line_height,
            color: color.to_text(),
            opacity: style.opacity,
            one_line: name,
            leads_on: self.place_of_next(element),
            value: typing.value().into(),
            selection_anchor,
            selection_head,
        })
    }
}

/// The fields that change how something looks; those of words only where there are some.
fn fields_of(fields: &[StyleField], words: bool) -> Vec<StyleField> {
    let seen = |field: &&StyleField| words || !label::FIELDS.contains(field);
    fields.iter().filter(seen).copied().collect()
}

/// A value is shown where all that have the field agree.
fn shown(field: StyleField, styles: &[(Style, Vec<StyleField>)]) -> StyleShown {
    let having = styles.iter().filter(|(_, fields)| fields.contains(&field));
    let mut values = having.map(|(style, _)| style.get(field));
    let first = values.next();
    let value = match first.filter(|first| values.all(|value| value == *first)) {
        Some(Value::Text(text)) => StyleValue::Text(text.to_string()),
        Some(Value::Number(number)) => StyleValue::Number(number),
        Some(Value::Bool(truth)) => StyleValue::Number(f64::from(truth)),
        Some(Value::Null) => StyleValue::Text(String::new()),
        _ => StyleValue::Mixed,
    };
    StyleShown {
        field: field.key(),
        value,
    }
}
