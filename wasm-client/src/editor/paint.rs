//! What is painted: the scene in tiles, whatever moves above it on one canvas.
//!
//! Lists are in CSS pixels of what they are painted on.

use board::display::{DisplayList, Op};
use board::element::Element;
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::outline::outline;
use board::style::{Color, Theme};
use kurbo::{Affine, Point, Vec2};
use scene::{Daylight, Node, frame_names, place, sort_nodes};

use super::Editor;
use super::gesture::Making;
use super::tags::Tags;
use crate::live::InkStyle;
use crate::peers::Shown;
use crate::tiles::Tile;

/// Most bytes of texts, but for the last, that are measured for one painting: it must not stop for
/// a board full of them.
const MAX_MEASURED: usize = 100_000;

/// A slot of the scene, which shows one tile at a time.
#[derive(Debug)]
pub struct PaintedTile {
    /// The slot, counted from 0.
    pub slot: usize,
    /// Where its corner lies on the plane of all tiles, CSS pixels.
    pub corner: Point,
    /// What it shows now; an empty list shows nothing.
    pub list: DisplayList,
}

/// What is to be painted.
#[derive(Debug)]
pub struct Painting {
    /// From the origin of the tiles' plane to the canvas's top-left corner, CSS pixels.
    pub shift: Vec2,
    /// Side of a tile, CSS pixels.
    pub side: f64,
    /// The tiles of the scene that look different; the others stay as they are.
    pub tiles: Vec<PaintedTile>,
    /// Whatever moves above the scene; empty when nothing does.
    pub overlay: DisplayList,
    /// Texts of which the browser is to say how wide it paints each line, parted by zeros: an id,
    /// the family and the lines, parted by newlines. See [`Editor::measured`].
    pub unmeasured: String,
}

impl Editor {
    /// Paints what changed since the last time. O(what is in view and changed).
    pub fn paint(&mut self) -> Painting {
        self.sight.unpainted = false;
        let stand_ins = self.current_stand_ins();
        let damage = stand_ins.since(&self.sight.stand_ins, &self.scene);
        self.sight.damage.merge(damage);
        self.sight.stand_ins = stand_ins;
        self.sight.badges.clear();
        // Most boards have none, and wait for nothing that finds them.
        if self.scene.linked().next().is_some() {
            self.sight.badges = self.find_badges();
        }
        self.sight
            .tiles
            .spoil(&std::mem::take(&mut self.sight.damage));
        let layout = self.sight.tiles.follow(&self.sight.camera);
        let mut moving: Vec<&Node> = self.sight.stand_ins.nodes.values().collect();
        let afloat = self.sight.stand_ins.afloat.as_ref();
        moving.extend(
            afloat
                .into_iter()
                .flatten()
                .filter_map(|id| self.scene.get(id)),
        );
        sort_nodes(&mut moving);
        let (among, above) = match afloat {
            Some(_) => (Vec::new(), moving),
            None => (moving, Vec::new()),
        };
        let due = layout.due.iter().map(|tile| PaintedTile {
            slot: tile.slot,
            corner: tile.corner,
            list: self.paint_tile(tile, &among),
        });
        let vacant = layout.vacant.iter().map(|slot| PaintedTile {
            slot: *slot,
            corner: Point::ORIGIN,
            list: DisplayList::new(),
        });
        let tiles = due.chain(vacant).collect();
        Painting {
            shift: layout.shift,
            side: layout.side,
            tiles,
            overlay: self.paint_overlay(&above),
            unmeasured: self.unmeasured(&layout.due),
        }
    }

    fn unmeasured(&self, tiles: &[Tile]) -> String {
        let mut texts = String::new();
        for tile in tiles {
            for node in self.scene.in_rect(tile.reach) {
                let element = node.element();
                if let Some(lines) = element.unmeasured()
                    && texts.len() < MAX_MEASURED
                {
                    let family = element.style.details.family.name();
                    let lines = lines.join("\n");
                    texts.extend([element.id.as_str(), "\n", family, "\n", &lines, "\0"]);
                }
            }
        }
        texts
    }

    /// Takes how wide the browser paints the lines of a text, at font size 1: what is wider than the
    /// layout has it can be touched all the same. Nobody else hears of it.
    pub fn measured(&mut self, id: &ElementId, widths: &[f64]) {
        let damage = self.scene.set_measured(id, widths);
        self.sight.changed(damage);
    }

    /// Asks anew how wide texts are painted, because fonts have come.
    pub fn measure_again(&mut self) {
        self.scene.forget_measured();
        self.sight.repaint();
    }

    /// Paints everything again the next time.
    pub fn repaint(&mut self) {
        self.sight.repaint();
    }

    fn paint_tile(&self, tile: &Tile, moving: &[&Node]) -> DisplayList {
        let reaching = |node: &&&Node| node.bounds().overlaps(tile.reach);
        let mut moving = moving.iter().filter(reaching).peekable();
        let mut stack: Vec<&Node> = Vec::new();
        for node in self.scene.in_rect(tile.reach) {
            if !self.sight.stand_ins.leaves(&node.element().id) {
                continue;
            }
            while let Some(next) = moving.next_if(|moved| moved.paint_order(node).is_lt()) {
                stack.push(next);
            }
            stack.push(node);
        }
        stack.extend(moving);
        let mut list = DisplayList::new();
        let daylight = self.daylight_on_tiles(tile.reach);
        self.paint_stack(&stack, daylight.as_ref(), tile.transform, &mut list);
        list
    }

    /// Paints nodes, bottom first.
    fn paint_stack(
        &self,
        stack: &[&Node],
        daylight: Option<&Daylight>,
        to_list: Affine,
        list: &mut DisplayList,
    ) {
        let shown = |frame: &ElementId, stands: &Geometry| {
            let moved = self.sight.stand_ins.get(frame);
            moved.map_or(*stands, Element::frame)
        };
        scene::stack(stack, (self.sight.theme, daylight), to_list, &shown, list);
    }

    /// `above` is what is painted here of the scene, bottom first.
    fn paint_overlay(&self, above: &[&Node]) -> DisplayList {
        let mut list = DisplayList::new();
        let window = self.sight.camera.view();
        let seen = above.iter().filter(|node| node.bounds().overlaps(window));
        let seen: Vec<&Node> = seen.copied().collect();
        if !seen.is_empty() {
            let daylight = self.daylight(window);
            self.paint_stack(
                &seen,
                daylight.as_ref(),
                self.sight.camera.transform(),
                &mut list,
            );
        }
        self.paint_frame_names(&mut list);
        for badge in &self.sight.badges {
            badge.paint(&mut list, self.sight.theme);
        }
        self.paint_making(&mut list);
        let mut tags = Tags::new(self.sight.camera.size());
        self.paint_selections(&mut list, &mut tags);
        if self.writing.typing.is_none() && self.is_anything_chosen() {
            self.paint_selection(&mut list);
        }
        self.gesture.tool.paint(&self.view(), &mut list);
        self.paint_cursors(&mut list, &mut tags);
        tags.paint(&mut list);
        list
    }

    fn paint_frame_names(&self, list: &mut DisplayList) {
        let typing = self.writing.typing.as_ref();
        let window = self.sight.camera.view();
        for node in self.scene.frames() {
            let id = &node.element().id;
            let typed = typing.is_some_and(|typing| typing.element() == id);
            if let Some(frame) = self.shown(id)
                && node.is_seen()
                && !typed
                && frame.bounds().overlaps(window)
            {
                let (view, theme) = (self.sight.camera.upright(), self.sight.theme);
                frame_names::paint(list, frame, &self.sight.unnamed, view, theme);
            }
        }
    }

    /// Elements in the making, one's own and the others'.
    fn paint_making(&self, list: &mut DisplayList) {
        let to_screen = self.sight.camera.transform();
        match &self.gesture.making {
            Some(Making::Shape(element)) => {
                self.paint_element(list, to_screen, element);
            }
            Some(Making::Ink {
                highlights: false,
                style,
                points,
                ..
            }) => self.paint_ink(list, style, points),
            // What is marked must be read through it: it is painted among the tiles.
            Some(Making::Ink { .. }) | None => {}
        }
        for shown in self
            .people
            .peers
            .doing()
            .filter_map(|doing| doing.gesture.as_ref())
        {
            match shown {
                Shown::Ink {
                    element,
                    highlights: false,
                    style,
                    points,
                } if self.scene.get(element).is_none() => {
                    self.paint_ink(list, style, points);
                }
                Shown::Shape(element) if self.scene.get(&element.id).is_none() => {
                    self.paint_element(list, to_screen, element);
                }
                _ => {}
            }
        }
    }

    fn paint_element(&self, list: &mut DisplayList, to_screen: Affine, element: &Element) {
        let theme = self.sight.theme;
        let daylight = self.daylight(element.bounds());
        let look = (theme, &element.paint(theme));
        place(daylight.as_ref(), element, look, to_screen, list);
    }

    fn paint_ink(&self, list: &mut DisplayList, style: &InkStyle, points: &[board::ink::InkPoint]) {
        let path = outline(points, style.width.into());
        let to_screen = self.sight.camera.transform();
        let put = |theme: Theme, list: &mut DisplayList| {
            let mut fragment = DisplayList::new();
            fragment.fill_color(Color(style.color).in_theme(theme));
            fragment.path(&path);
            fragment.op(Op::Fill, &[]);
            list.place(to_screen, style.opacity.into(), &fragment);
        };
        let bounds = path.control_box();
        match self.daylight(bounds) {
            None => put(self.sight.theme, list),
            Some(daylight) => daylight.paint(bounds, self.sight.theme, to_screen, list, &put),
        }
    }
}
