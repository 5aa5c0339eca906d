//! What is chosen: the selection, and the style of what is drawn next.

use board::document::Write;
use board::element::note::Note;
use board::element::text::Text;
use board::element::{Element, Kind, heads};
use board::fields::Value;
use board::id::ElementId;
use board::style::{Style, StyleField};

use super::Editor;
use crate::boundary::{ToolName, UiEvent};
use crate::snap::Wanted;
use crate::style_memory::{Group, StyleMemory};
use crate::tool::Tool;
use crate::typing::Typing;
use crate::vertices::Pointed;
use scene::Node;
use scene::Selection;

/// What is chosen.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) selection: Selection,
    /// The group whose members clicks take hold of.
    pub(super) entered: Option<ElementId>,
    /// The line among it whose points are shown, or the image whose crop is.
    pub(super) pointed: Option<Pointed>,
    /// Whether Tab leads on to the page's buttons, and not through the elements.
    pub(super) tab_given_back: bool,
    /// What is moved or drawn snaps to this.
    pub(super) snap: Wanted,
    /// The style of what is drawn next.
    pub(super) memory: StyleMemory,
    /// The look that was copied last, of the fields that it had.
    sample: Vec<(StyleField, Value)>,
    /// A style being tried out on the selection, before it is written.
    pub(super) trial: Option<Trial>,
}

/// Values of style fields that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Trial {
    set: Vec<(StyleField, Value)>,
}

impl Trial {
    /// Tries something else out too.
    fn set(&mut self, field: StyleField, value: Value) {
        self.set.retain(|(other, _)| *other != field);
        self.set.push((field, value));
    }

    /// Sets what is tried out; what makes no sense is passed over.
    fn put_on(&self, element: &mut Element) {
        for (field, value) in &self.set {
            element.restyle(*field, value);
        }
    }
}

impl Editor {
    /// Whether there is something around which frames are painted.
    pub(super) fn is_anything_chosen(&self) -> bool {
        let chosen = &self.chosen;
        !chosen.selection.is_empty() || chosen.entered.is_some() || self.gesture.falling.is_some()
    }

    /// Restyles the selection and what is drawn next. `done` is false while a slider moves or a picker
    /// is open and true once at the end: one step of undo.
    pub fn restyle(&mut self, field: StyleField, value: Value, done: bool) {
        self.begun = true;
        self.sight.unpainted = true;
        for group in self.groups_restyled() {
            self.chosen.memory.set(group, field, &value);
        }
        if let Some(unborn) = self
            .writing
            .typing
            .as_mut()
            .and_then(|typing| typing.unborn_mut())
        {
            unborn.restyle(field, &value);
        }
        self.chosen.trial.get_or_insert_default().set(field, value);
        if done {
            self.commit_trial();
            let text = self.chosen.memory.write();
            self.ui.tell(UiEvent::StyleMemory { text });
        }
    }

    /// Takes what this person used last, as it was told the page; nonsense is ignored.
    pub fn remember_style(&mut self, text: &str) {
        if let Some(memory) = StyleMemory::read(text) {
            self.chosen.memory = memory;
        }
    }

    /// Of what it is remembered that its style was set: what is typed or selected, else what is drawn next.
    fn groups_restyled(&self) -> Vec<Group> {
        let typing = self.writing.typing.as_ref();
        let unborn = typing.and_then(Typing::unborn);
        let typed = typing.and_then(|typing| self.scene.get(typing.element()));
        let typed = unborn.or(typed.map(Node::element));
        let kind = |element: &Element| Group::of_kind(&element.kind);
        if let Some(typed) = typed {
            return kind(typed).into_iter().collect();
        }
        let styled = self.styled();
        if styled.is_empty() {
            return vec![Group::of_tool(self.gesture.tool.name()).unwrap_or(Group::Any)];
        }
        let mut groups: Vec<Group> = styled
            .iter()
            .filter_map(|node| kind(node.element()))
            .collect();
        groups.dedup();
        groups
    }

    /// Whether a look was copied, and there is something to put it on.
    pub(crate) fn sampled(&self) -> bool {
        self.selected() && !self.chosen.sample.is_empty()
    }

    /// Copies the look of what is selected first.
    pub(crate) fn copy_style(&mut self) {
        if let Some(element) = self.styled().first().map(|node| node.element()) {
            let fields = element.kind.style_fields().iter();
            // Where lines end belongs to the words, and not to their look.
            let fields = fields.filter(|field| **field != StyleField::Wrap);
            self.chosen.sample = fields
                .map(|field| (*field, element.style.get(*field)))
                .collect();
        }
    }

    /// Gives the selection the look that was copied, in the fields that both have.
    pub(crate) fn paste_style(&mut self) {
        self.chosen.trial = Some(Trial {
            set: self.chosen.sample.clone(),
        });
        self.commit_trial();
        self.sight.unpainted = true;
    }

    /// All that a change of style is about: what is selected, and of groups all that is in them.
    pub(super) fn styled(&self) -> Vec<&Node> {
        let mut nodes = self.scene.with_members(&self.chosen.selection);
        nodes.retain(|node| self.is_styled(node));
        nodes
    }

    fn is_styled(&self, node: &Node) -> bool {
        let selected = |id: &ElementId| self.chosen.selection.contains(id);
        // A frame is a thing of its own beside all that is in it.
        let own = selected(&node.element().id)
            || node.ancestors().any(selected) && !node.frames().any(|(id, _)| selected(id));
        own && node.element().kind.is_painted() && !self.scene.is_locked(node)
    }

    /// An element as it is shown while a style is tried out on it.
    pub(super) fn tried_out(&self, element: &Element) -> Option<Element> {
        self.chosen.trial.as_ref()?;
        let node = self.scene.get(&element.id)?;
        self.is_styled(node).then(|| self.chosen.styled(element))
    }

    /// Writes the style that is being tried out, as one step.
    pub(super) fn commit_trial(&mut self) {
        let Some(trial) = self.chosen.trial.take() else {
            return;
        };
        if self.read_only {
            return;
        }
        let mut writes = Vec::new();
        for node in self.styled() {
            let element = node.element();
            let mut styled = element.clone();
            trial.put_on(&mut styled);
            for &field in element.kind.style_fields() {
                let value = styled.style.get(field);
                if value != element.style.get(field) {
                    writes.push(Write::style(&element.id, field, value));
                }
            }
            if styled.geometry != element.geometry {
                styled.set_geometry(styled.geometry.rounded());
                writes.push(Write::place(&styled));
            }
        }
        self.commit(writes);
    }
}

impl Chosen {
    /// The style of what a tool draws next, for people to see all that it has.
    pub(super) fn style_shown(&self, tool: &Tool) -> Style {
        let mut style = self.style_of(tool);
        match tool.name() {
            ToolName::Rectangle => Kind::RECTANGLE.spell_out(&mut style),
            ToolName::Ellipse => Kind::ELLIPSE.spell_out(&mut style),
            ToolName::Line => heads::spell_out(&mut style, heads::OF_LINES),
            ToolName::Arrow => heads::spell_out(&mut style, heads::OF_ARROWS),
            ToolName::Text => Kind::Text(Text::new("")).spell_out(&mut style),
            ToolName::Note => Kind::Note(Note::default()).spell_out(&mut style),
            _ => {}
        }
        style
    }

    /// The style of what a tool draws next; of the fields that what it makes has.
    pub(super) fn style_of(&self, tool: &Tool) -> Style {
        self.memory
            .style_of(Group::of_tool(tool.name()).unwrap_or(Group::Any))
    }

    /// An element in the style that is being tried out.
    pub(super) fn styled(&self, element: &Element) -> Element {
        let mut styled = element.clone();
        if let Some(trial) = &self.trial {
            trial.put_on(&mut styled);
        }
        styled
    }
}
