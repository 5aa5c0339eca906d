//! What stands above the elements of the others: selections, cursors, carets, and whose they are.
//!
//! In CSS pixels of the canvas. Changes nothing.

use board::display::{DisplayList, Op};
use board::id::ElementId;
use board::style::Color;
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use super::Editor;
use super::tags::{self, Tags};
use crate::handles::PADDING_PX;
use crate::live::Cursor;
use crate::peers::State;
use scene::{Selection, selection_of};

/// A colour that says nothing of anybody.
const NOBODYS: Color = Color(0x8888_88ff);
/// Most boxes of somebody's selection in a text that are painted.
const MAX_PARTS: usize = 500;
/// How far a mark at the edge stands off it, CSS pixels.
const MARK_INSET: f64 = 20.0;
/// How near counts as on a mark, CSS pixels.
const MARK_REACH: f64 = 18.0;

/// Somebody who is out of view.
pub(super) struct Mark {
    /// Where the mark is, at the edge of what is free of bars.
    pub(super) at: Point,
    /// Where they are, on the board.
    pub(super) target: Point,
    client: u64,
}

impl Editor {
    /// What the others have selected, each with their name.
    pub(super) fn paint_selections(&self, list: &mut DisplayList, tags: &mut Tags) {
        let me = &self.people.profile.browser;
        for (client, state) in self.people.peers.people() {
            // One's own other tab is nobody else.
            if state.user.id == *me {
                continue;
            }
            let color = color_of(state);
            let mut all: Option<Rect> = None;
            for id in &state.selection {
                let id = ElementId::parse(id).ok();
                let Some(id) = id else {
                    continue;
                };
                list.op(Op::LineWidth, &[1.5]);
                self.paint_one_of_several(list, &id, color);
                let Some(bounds) = self.box_shown(&id) else {
                    continue;
                };
                all = Some(all.map_or(bounds, |all| all.union(bounds)));
            }
            if let Some(all) = all
                && !self.is_typing(client)
            {
                let corner = self.sight.camera.screen(all.origin()).0;
                let above = Vec2::new(-PADDING_PX, -PADDING_PX - tags::HEIGHT - 2.0);
                tags.put(corner + above, &state.user.name, color);
            }
        }
    }

    /// The texts that somebody types in, oneself among them.
    pub(super) fn typed_in(&self) -> Selection {
        let own = self.writing.typing.iter();
        let own = own.map(|typing| typing.element().clone());
        let theirs = self.cursors();
        let theirs = theirs.filter_map(|cursor| ElementId::parse(&cursor.typing.as_ref()?.0).ok());
        selection_of(own.chain(theirs))
    }

    fn is_typing(&self, client: u64) -> bool {
        let mut cursors = self.cursors();
        cursors.any(|cursor| cursor.client == client && cursor.typing.is_some())
    }

    fn cursors(&self) -> impl Iterator<Item = &Cursor> {
        let doing = self.people.peers.doing();
        doing.filter_map(|doing| doing.cursor.as_ref())
    }

    /// The others' cursors, names and carets, and marks for those who are out of view.
    pub(super) fn paint_cursors(&self, list: &mut DisplayList, tags: &mut Tags) {
        let window = self.sight.camera.size().to_rect();
        for doing in self
            .people
            .peers
            .doing()
            .filter(|doing| doing.trail.is_seen())
        {
            let client = doing.cursor.as_ref().map(|cursor| cursor.client);
            let state = client.and_then(|client| self.people.peers.person(client));
            let color = state.map_or(NOBODYS, color_of);
            let camera = &self.sight.camera;
            doing.trail.paint(list, camera, color, self.now);
        }
        for cursor in self.cursors() {
            let Some(state) = self.people.peers.person(cursor.client) else {
                continue;
            };
            let color = color_of(state);
            let caret = self.paint_caret(list, cursor, color);
            if let Some(corner) = caret {
                let above = Vec2::new(0.0, -tags::HEIGHT - 2.0);
                tags.put(corner + above, &state.user.name, color);
            }
            let at = cursor.at.map(|at| self.sight.camera.screen(at.into()).0);
            if let Some(at) = at.filter(|at| window.contains(*at)) {
                paint_pointer(list, at, color);
                if caret.is_none() {
                    tags.put(at + Vec2::new(15.0, 22.0), &state.user.name, color);
                }
            }
        }
        for mark in self.marks() {
            if let Some(state) = self.people.peers.person(mark.client) {
                let way = self.sight.camera.screen(mark.target).0 - mark.at;
                tags::paint_mark(list, mark.at, way, &state.user.name, color_of(state));
            }
        }
    }

    /// Those who point or type out of view.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let camera = &self.sight.camera;
        let window = camera.size().to_rect();
        let edge = camera.open().inflate(-MARK_INSET, -MARK_INSET);
        let away = self.cursors().filter_map(|cursor| {
            let target = self.place_of(cursor)?;
            let seen = camera.screen(target).0;
            let known = self.people.peers.person(cursor.client).is_some();
            (known && !window.contains(seen)).then(|| Mark {
                at: Point::new(
                    seen.x.max(edge.x0).min(edge.x1),
                    seen.y.max(edge.y0).min(edge.y1),
                ),
                target,
                client: cursor.client,
            })
        });
        away.collect()
    }

    /// Where somebody is: where they point, or in the text that they type.
    fn place_of(&self, cursor: &Cursor) -> Option<Point> {
        if let Some(at) = cursor.at {
            return Some(at.into());
        }
        let (id, ..) = cursor.typing.as_ref()?;
        let element = self.shown(&ElementId::parse(id).ok()?)?;
        Some(element.frame().bounds().center())
    }

    /// The mark under a point of the screen.
    pub(super) fn mark_at(&self, at: Point) -> Option<Mark> {
        let mut marks = self.marks().into_iter();
        marks.find(|mark| (mark.at - at).hypot() <= MARK_REACH)
    }

    /// Paints what somebody has selected in a text; gives the corner of its box on the screen.
    fn paint_caret(&self, list: &mut DisplayList, cursor: &Cursor, color: Color) -> Option<Point> {
        let (id, anchor, head) = cursor.typing.as_ref()?;
        let element = self.shown_with_words(&ElementId::parse(id).ok()?)?;
        let (layout, at) = element.lines()?;
        let content = element.text().unwrap_or_default();
        let to_screen = self.sight.camera.transform() * element.placement();
        let to_screen = to_screen * Affine::translate(at.to_vec2());
        list.op(Op::Save, &[]);
        list.transform(to_screen);
        list.fill_color(Color(color.0 & 0xffff_ff00 | 0x40));
        let range = *anchor.min(head)..*anchor.max(head);
        let selected = layout.selected(content, range);
        for part in selected.into_iter().take(MAX_PARTS) {
            list.rect(part, 0.0);
            list.op(Op::Fill, &[]);
        }
        let (to, line) = (layout.caret(content, *head), layout.line_height);
        let width = 2.0 / self.sight.camera.zoom();
        list.fill_color(color);
        list.rect(
            Rect::new(to.x - width / 2.0, to.y, to.x + width / 2.0, to.y + line),
            0.0,
        );
        list.op(Op::Fill, &[]);
        list.op(Op::Restore, &[]);
        Some(to_screen * Point::ORIGIN)
    }
}

fn color_of(state: &State) -> Color {
    Color::parse(&state.user.color).unwrap_or(NOBODYS)
}

/// An arrow-shaped pointer, its tip at a point, with a white rim around it.
fn paint_pointer(list: &mut DisplayList, at: Point, color: Color) {
    let mut path = BezPath::new();
    path.move_to(at);
    path.line_to(at + Vec2::new(6.2, 20.5));
    path.line_to(at + Vec2::new(10.4, 12.0));
    path.line_to(at + Vec2::new(19.0, 8.4));
    path.close_path();
    list.fill_color(color);
    list.stroke_color(Color(0xffff_ffff));
    list.op(Op::LineWidth, &[3.0]);
    list.path(&path);
    list.op(Op::Stroke, &[]);
    list.op(Op::Fill, &[]);
}
