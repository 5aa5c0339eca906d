//! Pictures on a dark board: a theme does not change them, and so it does not change what is drawn on
//! them either. Within their boxes all else is painted as on a light board.
//!
//! Owns where that is, and the two halves of what reaches in. Knows no canvas.

use board::display::{DisplayList, Op};
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::style::Theme;
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};

use crate::clipping::outline;
use crate::scene::{Node, sort_nodes};

/// Where a dark board is light: the boxes of the pictures that are seen in a part of it.
#[derive(Debug)]
pub struct Daylight {
    boxes: Vec<Geometry>,
}

/// Whether it is a picture, whose box is light.
pub fn is_picture(node: &Node) -> bool {
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
    /// That of some nodes: of those that are pictures, in no order.
    #[inline(never)]
    pub fn of<'a>(nodes: impl Iterator<Item = &'a Node>) -> Self {
        let mut all: Vec<&Node> = nodes.filter(|node| is_picture(node)).collect();
        // In one order however they are found: a tile is the same when it is painted anew.
        sort_nodes(&mut all);
        Self {
            boxes: all.into_iter().map(lit).collect(),
        }
    }

    /// Whether an element is shown light here: that of its middle decides.
    pub fn lights(&self, element: &Element, middle: Point) -> bool {
        !is_ground(element) && self.boxes.iter().any(|lit| lit.contains(middle))
    }

    /// Paints an element, which looks so in the board's theme.
    #[inline(never)]
    pub fn place(
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
    pub fn paint(
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
