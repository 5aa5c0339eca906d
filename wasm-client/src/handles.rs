//! The frame around a selection and the handles on it.
//!
//! Owns where handles are, what is hit and which cursor they show. Changes nothing. All but the question
//! whether there is a frame comes late: only what is selected has one.

use board::element::{Element, Kind};
use board::geometry::Geometry;
use kurbo::{Affine, Point, Rect, Vec2};

use crate::camera::{Camera, ScreenPoint};
use crate::pointer::{Device, PointerEvent};
use crate::vertices::{self, Pointed};
use scene::Seen;
use scene::Selection;

/// How far from a handle still hits it, screen pixels.
const REACH_PX: f64 = 9.0;
/// The same for a point of a line and for what is pulled out of its middle, where a press beside it
/// would move the line and let go of what its ends hold on to.
const POINT_REACH_PX: f64 = 12.0;
/// The same of a side outwards: farther off others lie.
const SIDE_REACH_PX: f64 = 6.0;
/// The same for a finger.
const TOUCH_REACH_PX: f64 = 20.0;
/// How far the frame stands off, screen pixels.
pub(crate) const PADDING_PX: f64 = 4.0;
/// How far above the frame the handle for turning stands, screen pixels.
pub(crate) const TURN_PX: f64 = 22.0;
/// A turning arrow, for which CSS has no name.
pub(crate) const TURN_CURSOR: &str = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='24' height='24' fill='none' stroke-linecap='round' stroke-linejoin='round'%3E%3Cg id='a'%3E%3Cpath d='M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v4.9h-4.9' stroke='white' stroke-width='4.5'/%3E%3Cpath d='M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v4.9h-4.9' stroke='black' stroke-width='2'/%3E%3C/g%3E%3C/svg%3E\") 12 12, grab";
/// A side shorter than this has no handle of its own, screen pixels.
const SHORT_PX: f64 = 36.0;

/// What is smaller both ways has one handle at a corner, screen pixels.
const TINY_PX: f64 = 24.0;

/// One handle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Handle {
    /// A side or corner: -1, 0 or 1 each way.
    Resize { x: i8, y: i8 },
    /// Turns the selection.
    Turn,
    /// A point of a line or arrow, by its number.
    Point(usize),
    /// The middle between a point and the next one, where another can be pulled out.
    Middle(usize),
    /// The middle of a leg of an elbow. It is only shown: all of the leg can be pulled.
    Leg,
}

/// What the sides of a frame do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sides {
    /// All four resize, and corners as they like.
    Free,
    /// Left and right wrap the lines of a text; corners keep its proportions.
    Wrap,
    /// There are corners alone, which keep the proportions of a picture unless they are asked not to.
    Keep,
    /// Sides and corners choose what is shown of a picture.
    Crop,
}

impl Sides {
    /// How far the line of the frame stands off, screen pixels: what is shown of a picture begins at its
    /// very edge.
    fn padding(self) -> f64 {
        if self == Self::Crop { 0.0 } else { PADDING_PX }
    }

    /// Whether left and right, top and bottom of a frame of a size on the screen can be pulled: not where
    /// they are so short that their ends are all of them.
    fn pull(self, w: f64, h: f64) -> (bool, bool) {
        match self {
            Self::Free => (h > SHORT_PX, w > SHORT_PX),
            Self::Crop => (true, true),
            // A line of text is low, and its sides are all that wraps it.
            Self::Wrap => (true, false),
            Self::Keep => (false, false),
        }
    }
}

/// The frame of a selection.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Frame {
    /// A box that can be resized.
    Box { geometry: Geometry, sides: Sides },
    /// A line by its points, with the middles of the ways from each to the next.
    Points {
        /// With their numbers: of an elbow the ends alone, unless its points are asked for.
        points: Vec<(usize, Point)>,
        /// None where a label is.
        middles: Vec<Middle>,
    },
}

/// The middle of a way between two points of a line, or of a leg of an elbow.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Middle {
    handle: Handle,
    at: Point,
    /// How far it is from there to the next, board units.
    long: f64,
}

impl Frame {
    /// The frame of what is selected and not locked; `None` when nothing of it exists.
    pub(crate) fn of(
        selection: &Selection,
        pointed: Option<&Pointed>,
        seen: &Seen<'_>,
    ) -> Option<Self> {
        let nodes = selection.iter().filter_map(|id| seen.get(id));
        let mut free = nodes.filter(|node| !seen.scene.is_locked(node));
        let first = free.next()?.element();
        let rest = free.filter_map(|node| seen.box_of(&node.element().id));
        let rest = rest.reduce(|all, next| all.union(next));
        match (rest, &first.kind) {
            (None, Kind::Group(_)) => seen.box_of(&first.id).map(Self::upright),
            (None, _) => Some(Self::around(first, pointed)),
            (Some(rest), _) => {
                let first = seen.box_of(&first.id);
                Some(Self::upright(first.map_or(rest, |first| first.union(rest))))
            }
        }
    }

    /// The frame of several.
    pub(crate) fn upright(area: Rect) -> Self {
        Self::Box {
            geometry: Geometry::from_rect(area),
            sides: Sides::Free,
        }
    }

    /// The frame of one element. A line with two points is known by them, others when they are asked for,
    /// and an elbow by its ends and legs.
    #[inline(never)]
    pub(crate) fn around(element: &Element, pointed: Option<&Pointed>) -> Self {
        let asked = pointed.is_some_and(|line| line.element == element.id);
        let elbow = element.is_elbow();
        let points = vertices::of(element).filter(|points| asked || elbow || points.len() == 2);
        match points {
            Some(points) => {
                let last = points.len() - 1;
                let points = points.into_iter().enumerate();
                let shown = points.filter(|(i, _)| asked || [0, last].contains(i));
                Self::Points {
                    points: shown.collect(),
                    middles: middles(element),
                }
            }
            None => Self::Box {
                geometry: element.frame(),
                sides: match element.kind {
                    Kind::Text(_) => Sides::Wrap,
                    Kind::Image(_) if asked => Sides::Crop,
                    Kind::Image(_) | Kind::Note(_) => Sides::Keep,
                    _ => Sides::Free,
                },
            },
        }
    }

    /// The handles with their places on the screen.
    #[inline(never)]
    pub(crate) fn handles(&self, camera: &Camera) -> Vec<(Handle, ScreenPoint)> {
        match self {
            Self::Points { points, middles } => point_handles(points, middles, camera),
            Self::Box { geometry, sides } => box_handles(geometry, *sides, camera),
        }
    }

    /// The handle under a pointer.
    #[inline(never)]
    pub(crate) fn handle_at(
        &self,
        camera: &Camera,
        at: ScreenPoint,
        device: Device,
    ) -> Option<Handle> {
        let reach = reach(device, matches!(self, Self::Points { .. }));
        let distance = |place: ScreenPoint| (place.0 - at.0).hypot();
        let near = self
            .handles(camera)
            .into_iter()
            .map(|(handle, at)| (handle, distance(at)));
        let hit = near.filter(|(handle, away)| *away <= reach && *handle != Handle::Leg);
        let hit = hit.min_by(|a, b| a.1.total_cmp(&b.1));
        let edge = || self.edge_at(camera, at, device);
        match hit {
            // A finger reaches the edge and what stands above its middle, or at both ends of it.
            Some((handle, away)) => edge()
                .filter(|(side, off)| match handle {
                    Handle::Turn => *off < away,
                    _ => self
                        .middle_of(*side, camera)
                        .is_some_and(|at| distance(at) < away),
                })
                .map_or(Some(handle), |(side, _)| Some(side)),
            None => edge().map(|(handle, _)| handle),
        }
    }

    /// The middle of a side, if the handle is one.
    #[inline(never)]
    fn middle_of(&self, side: Handle, camera: &Camera) -> Option<ScreenPoint> {
        match (self, side) {
            (Self::Box { geometry, sides }, Handle::Resize { x, y }) if x == 0 || y == 0 => {
                Some(mark(geometry, *sides, camera, (x, y)))
            }
            _ => None,
        }
    }

    /// The side of the frame under a pointer, all of which can be pulled, and how far it is, screen pixels.
    /// The outline itself and what is within belong to the element, but for fingers and what is shown of a
    /// picture.
    #[inline(never)]
    fn edge_at(&self, camera: &Camera, at: ScreenPoint, device: Device) -> Option<(Handle, f64)> {
        let Self::Box { geometry, sides } = self else {
            return None;
        };
        let Point { x, y } = frame_transform(geometry, camera).inverse() * at.0;
        let size = [geometry.w, geometry.h].map(|side| side.abs() * camera.zoom());
        if *sides != Sides::Crop && is_tiny(size[0], size[1]) {
            return None;
        }
        let pulls = sides.pull(size[0], size[1]);
        let line = sides.padding();
        let reach = match sides {
            Sides::Crop => reach(device, false),
            _ if device == Device::Touch => TOUCH_REACH_PX - PADDING_PX,
            _ => SIDE_REACH_PX,
        };
        let mut away = f64::INFINITY;
        let [along, down] = [(x, size[0]), (y, size[1])].map(|(value, far)| {
            let inner = match sides {
                Sides::Crop => reach,
                // As far as leaves half of the inside to move it by.
                _ if device == Device::Touch => reach.min(line + far / 4.0),
                _ => line,
            };
            let mut near = |out: f64| {
                let off = (out - line).abs();
                let hit = off < reach && out > line - inner;
                if hit {
                    away = away.min(off);
                }
                hit
            };
            match (near(-value), near(value - far)) {
                (true, _) => Some(-1),
                (_, true) => Some(1),
                _ => (0.0..=far).contains(&value).then_some(0),
            }
        });
        let (x, y) = (along?, down?);
        let pulled = match (x, y) {
            (0, 0) => false,
            (_, 0) => pulls.0,
            (0, _) => pulls.1,
            _ => pulls.0 || pulls.1,
        };
        pulled.then_some((Handle::Resize { x, y }, away))
    }

    /// Whether a handle is all of a side, on which other things may lie, and no mark.
    pub(crate) fn is_side(&self, handle: Handle) -> bool {
        let crops = Sides::Crop;
        let side = matches!(
            handle,
            Handle::Resize { x: 0, .. } | Handle::Resize { y: 0, .. }
        );
        side && matches!(self, Self::Box { sides, .. } if *sides != crops)
    }

    /// Whether a pointer is on a side that wraps the lines of a text.
    pub(crate) fn wraps_at(&self, camera: &Camera, event: &PointerEvent) -> bool {
        let handle = || self.handle_at(camera, event.at, event.device);
        let sides = Sides::Wrap;
        matches!(self, Self::Box { sides: own, .. } if *own == sides)
            && matches!(handle(), Some(Handle::Resize { y: 0, .. }))
    }

    /// Whether it has a handle for turning.
    #[inline(never)]
    pub(crate) fn turns(&self, camera: &Camera) -> bool {
        match self {
            Self::Points { .. } => false,
            Self::Box { geometry, sides } => {
                let zoom = camera.zoom();
                *sides != Sides::Crop && !is_tiny(geometry.w.abs() * zoom, geometry.h.abs() * zoom)
            }
        }
    }

    /// Whether a board point lies inside the frame, so that it can be dragged there.
    #[inline(never)]
    pub(crate) fn contains(&self, at: Point, camera: &Camera) -> bool {
        match self {
            Self::Points { .. } => false,
            Self::Box { geometry, .. } => {
                let local = geometry.placement().inverse() * at;
                let padding = PADDING_PX / camera.zoom();
                let size = (geometry.w.abs(), geometry.h.abs());
                let area = Rect::from_origin_size(Point::ORIGIN, size);
                area.inflate(padding, padding).contains(local)
            }
        }
    }

    /// How the frame is turned.
    fn angle(&self) -> f64 {
        match self {
            Self::Points { .. } => 0.0,
            Self::Box { geometry, .. } => geometry.angle,
        }
    }

    /// The CSS cursor over a handle.
    #[inline(never)]
    pub(crate) fn cursor(&self, handle: Handle) -> &'static str {
        match handle {
            Handle::Turn => TURN_CURSOR,
            Handle::Point(_) | Handle::Middle(_) | Handle::Leg => "move",
            Handle::Resize { x, y } => {
                let way = Vec2::new(x.into(), y.into()).atan2() + self.angle();
                let eighth = (way / std::f64::consts::FRAC_PI_4).round() as i64;
                match eighth.rem_euclid(4) {
                    0 => "ew-resize",
                    1 => "nwse-resize",
                    2 => "ns-resize",
                    _ => "nesw-resize",
                }
            }
        }
    }
}

/// How near to a handle a press means it, screen pixels.
pub(crate) fn reach(device: Device, of_line: bool) -> f64 {
    match device {
        Device::Touch => TOUCH_REACH_PX,
        _ if of_line => POINT_REACH_PX,
        _ => REACH_PX,
    }
}

/// Whether handles all round would hide what they are for.
fn is_tiny(w: f64, h: f64) -> bool {
    w.max(h) < TINY_PX
}

/// From the padded frame's own space onto the screen.
pub(crate) fn frame_transform(geometry: &Geometry, camera: &Camera) -> Affine {
    camera.transform() * geometry.placement() * Affine::scale(1.0 / camera.zoom())
}

/// Where points can be pulled out: not where the label is, which is taken hold of itself.
fn middles(element: &Element) -> Vec<Middle> {
    let elbow = element.is_elbow();
    let ends = if elbow {
        element.bends()
    } else {
        element.vertices()
    };
    let on_way = if elbow { Vec::new() } else { element.middles() };
    let pairs = ends.iter().zip(ends.iter().cycle().skip(1)).enumerate();
    let count = if elbow {
        ends.len().saturating_sub(1)
    } else {
        on_way.len()
    };
    let words = element.label_on_line();
    let local = element.placement().inverse();
    let all = pairs.take(count).map(|(before, (from, to))| Middle {
        handle: if elbow {
            Handle::Leg
        } else {
            Handle::Middle(before)
        },
        at: on_way.get(before).map_or(from.midpoint(*to), |at| *at),
        long: (*to - *from).hypot(),
    });
    let free = |at: Point| !words.is_some_and(|words| words.contains(local * at));
    all.filter(|middle| free(middle.at)).collect()
}

/// Points come first: of two that are as near, a press means the point.
fn point_handles(
    points: &[(usize, Point)],
    middles: &[Middle],
    camera: &Camera,
) -> Vec<(Handle, ScreenPoint)> {
    let mut handles: Vec<_> = points
        .iter()
        .map(|(i, at)| (Handle::Point(*i), camera.screen(*at)))
        .collect();
    let room = middles.iter();
    let room = room.filter(|middle| middle.long * camera.zoom() > SHORT_PX);
    handles.extend(room.map(|middle| (middle.handle, camera.screen(middle.at))));
    handles
}

/// Where the handle of a side or corner is on the screen.
fn mark(geometry: &Geometry, sides: Sides, camera: &Camera, (x, y): (i8, i8)) -> ScreenPoint {
    let padding = sides.padding();
    let along = |side: f64, way: i8| match way {
        -1 => -padding,
        1 => side.abs() * camera.zoom() + padding,
        _ => side.abs() * camera.zoom() / 2.0,
    };
    let at = Point::new(along(geometry.w, x), along(geometry.h, y));
    ScreenPoint(frame_transform(geometry, camera) * at)
}

fn box_handles(geometry: &Geometry, sides: Sides, camera: &Camera) -> Vec<(Handle, ScreenPoint)> {
    let (w, h) = (
        geometry.w.abs() * camera.zoom(),
        geometry.h.abs() * camera.zoom(),
    );
    let place = frame_transform(geometry, camera);
    let crops = sides == Sides::Crop;
    let at = |x: i8, y: i8| mark(geometry, sides, camera, (x, y));
    let mut handles = Vec::new();
    if !crops && is_tiny(w, h) {
        return vec![(Handle::Resize { x: 1, y: 1 }, at(1, 1))];
    }
    for (x, y) in [(-1, -1), (1, -1), (1, 1), (-1, 1)] {
        handles.push((Handle::Resize { x, y }, at(x, y)));
    }
    // Elsewhere all of a side is one.
    if crops {
        let (across, down) = Sides::Free.pull(w, h);
        let sides = [(0, -1, down), (0, 1, down), (-1, 0, across), (1, 0, across)];
        let long = sides.into_iter().filter(|(.., long)| *long);
        handles.extend(long.map(|(x, y, _)| (Handle::Resize { x, y }, at(x, y))));
    }
    if !crops {
        let turn = place * Point::new(w / 2.0, -PADDING_PX - TURN_PX);
        handles.push((Handle::Turn, ScreenPoint(turn)));
    }
    handles
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Size;

    #[test]
    fn all_of_the_edge_of_a_crop_can_be_pulled() {
        let camera = Camera::default();
        let Frame::Box { geometry, .. } = frame(0.0) else {
            panic!("a box");
        };
        let sides = Sides::Crop;
        let frame = Frame::Box { geometry, sides };
        let at = |x: f64, y: f64| {
            let at = camera.screen(Point::new(x, y));
            frame.handle_at(&camera, at, Device::Mouse)
        };
        let resize = |x: i8, y: i8| Some(Handle::Resize { x, y });
        assert_eq!(at(140.0, 203.0), resize(0, 1));
        assert_eq!(at(98.0, 180.0), resize(-1, 0));
        assert_eq!(at(297.0, 198.0), resize(1, 1));
        assert_eq!(at(150.0, 150.0), None);
        assert_eq!(at(150.0, 240.0), None);
    }

    fn frame(angle: f64) -> Frame {
        let geometry = Geometry {
            x: 100.0,
            y: 100.0,
            w: 200.0,
            h: 100.0,
            angle,
        };
        Frame::Box {
            geometry,
            sides: Sides::Free,
        }
    }

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.resize(Size::new(800.0, 600.0), 1.0);
        camera
    }

    #[test]
    fn a_corner_is_hit_where_it_is_drawn() {
        let at = ScreenPoint(Point::new(302.0, 203.0));
        let hit = frame(0.0).handle_at(&camera(), at, Device::Mouse);
        assert_eq!(hit, Some(Handle::Resize { x: 1, y: 1 }));
    }

    #[test]
    fn all_of_an_edge_resizes_and_the_outline_and_what_is_within_move() {
        let at = |frame: &Frame, x: f64, y: f64, device: Device| {
            frame.handle_at(&camera(), ScreenPoint(Point::new(x, y)), device)
        };
        let resize = |x: i8, y: i8| Some(Handle::Resize { x, y });
        for along in [115.0, 150.0, 185.0] {
            let (wide, mouse) = (frame(0.0), Device::Mouse);
            assert_eq!(at(&wide, 304.0, along, mouse), resize(1, 0));
            assert_eq!(at(&wide, 97.0, along, mouse), resize(-1, 0));
            assert_eq!(at(&wide, along + 100.0, 206.0, mouse), resize(0, 1));
            assert_eq!(at(&wide, 300.0, along, mouse), None, "the outline");
            assert_eq!(at(&wide, 311.0, along, mouse), None, "beside it");
            // A finger covers more on both sides, and what stands above the middle is still hit.
            assert_eq!(at(&wide, 315.0, along, Device::Touch), resize(1, 0));
            assert_eq!(at(&wide, 290.0, along, Device::Touch), resize(1, 0));
        }
        assert_eq!(at(&frame(0.0), 200.0, 90.0, Device::Touch), resize(0, -1));
        assert_eq!(
            at(&frame(0.0), 200.0, 70.0, Device::Touch),
            Some(Handle::Turn)
        );
        // A quarter turn about the middle.
        let upright = frame(std::f64::consts::FRAC_PI_2);
        assert_eq!(at(&upright, 220.0, 254.0, Device::Mouse), resize(1, 0));
    }

    #[test]
    fn sides_that_say_something_else_keep_to_it() {
        let camera = camera();
        let at = |sides: Sides, h: f64, x: f64, y: f64, device: Device| {
            let Frame::Box { mut geometry, .. } = frame(0.0) else {
                panic!("a box");
            };
            geometry.h = h;
            let frame = Frame::Box { geometry, sides };
            frame.handle_at(&camera, ScreenPoint(Point::new(x, y)), device)
        };
        let resize = |x: i8, y: i8| Some(Handle::Resize { x, y });
        let mouse = Device::Mouse;
        assert_eq!(at(Sides::Wrap, 60.0, 304.0, 120.0, mouse), resize(1, 0));
        assert_eq!(at(Sides::Wrap, 60.0, 150.0, 164.0, mouse), None);
        assert_eq!(at(Sides::Keep, 100.0, 304.0, 150.0, mouse), None);
        // One that is low has its ends for a side, and keeps an inside for a finger.
        assert_eq!(at(Sides::Free, 30.0, 304.0, 115.0, mouse), None);
        assert_eq!(at(Sides::Free, 40.0, 150.0, 120.0, Device::Touch), None);
    }

    #[test]
    fn cursors_turn_with_the_frame() {
        let corner = Handle::Resize { x: 1, y: 1 };
        assert_eq!(frame(0.0).cursor(corner), "nwse-resize");
        assert_eq!(
            frame(std::f64::consts::FRAC_PI_2).cursor(corner),
            "nesw-resize"
        );
    }
}
