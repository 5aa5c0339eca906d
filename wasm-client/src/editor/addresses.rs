//! Where elements lead: giving them an address, and going there by badge, key or link.
//!
//! Opens nothing itself: what is off the board is the page's.

use board::document::Write;
use board::fields::Value;
use board::id::ElementId;
use board::links::{LinkField, is_address};
use kurbo::{Point, Rect};

use super::Editor;
use super::badges::address_of;
use crate::badge::Badge;
use crate::boundary::{Notice, ToolName, UiEvent};
use scene::Node;
use scene::selection_of;

/// More badges than these are painted for nobody.
const MAX_BADGES: usize = 300;

impl Editor {
    /// The badges of what is in view, where it rests. O(all that lead somewhere).
    pub(super) fn find_badges(&self) -> Vec<Badge> {
        let linked = self.scene.linked();
        let badges = linked.filter_map(|id| {
            let address = address_of(self.scene.get(id)?.element())?;
            let area = self.area_at_rest(id)?;
            let area = self.sight.camera.transform().transform_rect_bbox(area);
            Badge::beside(area, id, address)
        });
        badges.take(MAX_BADGES).collect()
    }

    /// What is seen of an element or group that is in view and not being moved, in board space.
    fn area_at_rest(&self, id: &ElementId) -> Option<Rect> {
        let view = self.sight.camera.view();
        let node = self.scene.get(id)?;
        if node.element().kind.is_painted() && !node.bounds().overlaps(view) {
            return None;
        }
        let stand_ins = &self.sight.stand_ins;
        let parts = self.scene.parts(id);
        let parts = parts.iter().filter(|node| node.is_seen());
        let moves = |node: &&Node| stand_ins.get(&node.element().id).is_some();
        if parts.clone().any(moves) {
            return None;
        }
        let area = parts.map(|node| node.bounds()).reduce(|a, b| a.union(b));
        area.filter(|area| area.overlaps(view))
    }

    /// Goes where an element leads, and says so where that is gone.
    pub(super) fn follow_link(&mut self, id: &ElementId) {
        let element = self.scene.get(id).map(Node::element);
        let Some(address) = element.and_then(|element| element.links.link.clone()) else {
            return;
        };
        if !self.lead(&address) {
            self.ui.notice(Notice::LeadsNowhere);
        }
    }

    /// Goes where an address leads: selects an element of this board and brings it into view, or has
    /// the page open what is elsewhere. False when it leads nowhere.
    pub fn lead(&mut self, address: &str) -> bool {
        let Some(id) = address.strip_prefix('#') else {
            let opens = is_address(address);
            if opens {
                let address = address.to_owned();
                self.ui.tell(UiEvent::Open { address });
            }
            return opens;
        };
        let id = ElementId::parse(id).ok();
        let Some((id, area)) = id.and_then(|id| Some((id.clone(), self.scene.box_of(&id)?))) else {
            return false;
        };
        self.begun = true;
        self.end_typing();
        self.take_tool(ToolName::Select);
        let group = self.scene.get(&id).and_then(Node::parent);
        let group = group.filter(|group| self.scene.is_group(group)).cloned();
        self.select(selection_of([id]));
        self.chosen.entered = group;
        if !self.sight.camera.shows(area) {
            self.sight.look_at(Some(area));
            self.view_moved();
        }
        true
    }

    /// The first line of what an element of this board says, by its address.
    pub(super) fn words_at(&self, address: &str) -> Option<&str> {
        let id = ElementId::parse(address.strip_prefix('#')?).ok()?;
        let mut lines = self.scene.get(&id)?.element().text()?.lines();
        lines.find(|line| !line.trim().is_empty())
    }

    /// Asks the page to have its address typed.
    pub(crate) fn ask_address(&mut self) {
        let Some(element) = self.only_selected() else {
            return;
        };
        let address = address_of(element).unwrap_or_default().to_owned();
        if let Some(area) = self.scene.box_of(&element.id) {
            let foot = Point::new(area.center().x, area.y1);
            let Point { x, y } = self.sight.camera.screen(foot).0;
            self.ui.tell(UiEvent::Address { address, x, y });
        }
    }

    /// Has what is selected lead to an address, or to none when it is empty; to nothing else.
    pub fn set_address(&mut self, address: &str) {
        let id = self.only_selected().map(|element| element.id.clone());
        let value = if address.is_empty() {
            Value::Null
        } else {
            Value::text(address)
        };
        if let Some(id) = id
            && (address.is_empty() || is_address(address))
            && self.may_edit()
        {
            self.commit(vec![Write::link(&id, LinkField::Link, value)]);
        }
    }

    /// Goes where what is selected leads.
    pub(crate) fn open_link(&mut self) {
        if let Some(id) = self.only_selected().map(|element| element.id.clone()) {
            self.follow_link(&id);
        }
    }

    /// Answers with [`UiEvent::Clipboard`] in the same drain.
    pub(crate) fn copy_link(&mut self) {
        if let Some(element) = self.only_selected() {
            let text = "#".to_owned() + element.id.as_str();
            let (html, files) = (String::new(), Vec::new());
            self.ui.tell(UiEvent::Clipboard { text, html, files });
        }
    }
}
