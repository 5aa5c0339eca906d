//! Pictures on a dark board: a theme does not change them, and so it does not change what is drawn on
//! them either. Within their boxes all else is painted as on a light board.
//!
//! Owns where that is, and the two halves of what reaches in. Knows no canvas.

use board::display::{DisplayList, Op};
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::style::Theme;
use kurbo::{Affine, BezPath, Rect, Shape as _};

use super::Editor;
use super::clipping::outline;
use crate::scene::{Node, sort_nodes};

/// Where a dark board is light: the boxes of the pictures that are seen in a part of it.
#[derive(Debug)]
pub(super) struct Daylight {
    boxes: Vec<Geometry>,
}

impl Editor {
    /// Where daylight falls within a rectangle of the board, if it does. O(what is in it) in the dark.
    pub(super) fn daylight(&self, area: Rect) -> Option<Daylight> {
        self.cast(area, true)
    }

    /// The same on tiles, which what floats above them does not light: they stay while it moves.
    pub(super) fn daylight_on_tiles(&self, area: Rect) -> Option<Daylight> {
        self.cast(area, self.sight.stand_ins.afloat.is_none())
    }

    /// By all pictures, or by those alone that do not move.
    fn cast(&self, area: Rect, moving: bool) -> Option<Daylight> {
        // All else comes late.
        let dark = self.sight.theme == Theme::Dark;
        (dark && self.has_pictures(area)).then(|| self.find_daylight(area, moving))
    }

    fn has_pictures(&self, area: Rect) -> bool {
        let moving = self.sight.stand_ins.nodes.values();
        moving.chain(self.scene.near(area)).any(is_picture)
    }

    #[inline(never)]
    fn find_daylight(&self, area: Rect, moving: bool) -> Daylight {
        let stand_ins = &self.sight.stand_ins;
        let still = self.scene.near(area);
        // What lies under what floats is hidden by it.
        let stands = |node: &&Node| match moving {
            true => !stand_ins.taken.contains(&node.element().id),
            false => stand_ins.leaves(&node.element().id),
        };
        let still = still.filter(stands);
        let reaches = |node: &&Node| moving && node.bounds().overlaps(area);
        let all = still.chain(stand_ins.nodes.values().filter(reaches));
        let mut all: Vec<&Node> = all.filter(|node| is_picture(node)).collect();
        // In one order however they are found: a tile is the same when it is painted anew.
        sort_nodes(&mut all);
        Daylight {
            boxes: all.into_iter().map(lit).collect(),
        }
    }

    /// The theme in which an element is shown that is typed: that of its middle.
    pub(super) fn theme_of(&self, element: &Element) -> Theme {
        let middle = element.bounds().center();
        let here = self.daylight(Rect::from_points(middle, middle));
        let is_lit = |here: &Daylight| here.boxes.iter().any(|lit| lit.contains(middle));
        match here {
            Some(here) if !is_ground(element) && is_lit(&here) => Theme::Light,
            _ => self.sight.theme,
        }
    }
}

fn is_picture(node: &Node) -> bool {
    matches!(node.element().kind, Kind::Image(_))
}

/// What a frame hides of a picture that stands upright is not light.
fn lit(picture: &Node) -> Geometry {
    let whole = picture.element().frame();
    let seen = Geometry::from_rect(picture.bounds());
    if whole.angle == 0.0 { seen } else { whole }
}

/// Whether it brings the ground of what it shows.
fn is_ground(element: &Element) -> bool {
    matches!(
        element.kind,
        Kind::Note(_) | Kind::Image(_) | Kind::Frame(_)
    )
}

impl Daylight {
    /// Paints an element, which looks so in the board's theme.
    #[inline(never)]
    pub(super) fn place(
        &self,
        element: &Element,
        look: (Theme, &DisplayList),
        to_list: Affine,
        list: &mut DisplayList,
    ) {
        let put = |theme: Theme, list: &mut DisplayList| {
            let other = (theme != look.0).then(|| element.paint(theme));
            let transform = to_list * element.placement();
            list.place(
                transform,
                element.style.opacity,
                other.as_ref().unwrap_or(look.1),
            );
        };
        if is_ground(element) {
            put(look.0, list);
        } else {
            self.paint(element.bounds(), look.0, to_list, list, &put);
        }
    }

    /// Paints what lies in a rectangle of the board and looks as a theme says: in both where it reaches
    /// into a picture, each in its half.
    #[inline(never)]
    pub(super) fn paint(
        &self,
        bounds: Rect,
        theme: Theme,
        to_list: Affine,
        list: &mut DisplayList,
        put: &dyn Fn(Theme, &mut DisplayList),
    ) {
        let boxes = self.boxes.iter();
        let reached: Vec<&Geometry> = boxes.filter(|lit| lit.bounds().overlaps(bounds)).collect();
        if reached.is_empty() {
            return put(theme, list);
        }
        let corners = Geometry::from_rect(bounds).corners();
        if reached
            .iter()
            .any(|lit| corners.iter().all(|corner| lit.contains(*corner)))
        {
            return put(Theme::Light, list);
        }
        let all = to_list.transform_rect_bbox(bounds.inflate(1.0, 1.0));
        let mut inside = BezPath::new();
        list.op(Op::Save, &[]);
        for lit in reached {
            let shape = outline(lit, to_list);
            let mut outside = all.union(shape.control_box()).to_path(1.0);
            // The other way round, so that what is in both is in none.
            outside.extend(shape.reverse_subpaths());
            list.path(&outside);
            list.op(Op::Clip, &[]);
            inside.extend(shape);
        }
        put(theme, list);
        list.op(Op::Restore, &[]);
        list.op(Op::Save, &[]);
        list.path(&inside);
        list.op(Op::Clip, &[]);
        put(Theme::Light, list);
        list.op(Op::Restore, &[]);
    }
}
