//! Where what is selected is, in numbers: as the page shows it, and as somebody types it.
//!
//! Owns which numbers there are and what each changes. Knows no field of the page.

use board::element::Element;
use board::geometry::Geometry;
use board::transform::Transform;
use kurbo::{Rect, Vec2};

use super::Editor;
use crate::boundary::PlaceShown;

/// Of more elements nobody reads where they are.
const MANY: usize = 200;
/// The smallest and the largest side that can be typed, board units.
const SIDES: (f64, f64) = (1.0, 1e6);

impl Editor {
    /// The numbers of what is selected, also while it is dragged.
    pub(super) fn place_shown(&self) -> Option<PlaceShown> {
        let (geometry, only) = self.selected_geometry()?;
        let at = geometry.placement() * kurbo::Point::ZERO;
        // What has a size of its own is made larger by its letters.
        let sized = only.is_none_or(|element| !element.kind.has_own_size());
        let side = |side: f64| sized.then(|| rounded(side.abs()));
        Some(PlaceShown {
            x: rounded(at.x),
            y: rounded(at.y),
            w: side(geometry.w),
            h: side(geometry.h),
            angle: only.map(|_| rounded(geometry.angle.to_degrees())),
        })
    }

    /// Puts what is selected where a number says, as one step: `x` and `y` are its first corner, `w`
    /// and `h` its sides, `angle` its turn in degrees.
    pub fn set_place(&mut self, field: &str, value: f64) {
        if self.read_only || self.gesture.tool.busy() || !value.is_finite() {
            return;
        }
        self.end_typing();
        let Some((geometry, _)) = self.selected_geometry() else {
            return;
        };
        let at = geometry.placement() * kurbo::Point::ZERO;
        let from = geometry.rect();
        let resize = |w: f64, h: f64| Transform::Resize {
            from,
            to: Rect::from_origin_size(from.origin(), (w, h)),
            frame_angle: geometry.angle,
        };
        let side = value.clamp(SIDES.0, SIDES.1);
        let transform = match field {
            "x" => Transform::Move {
                by: Vec2::new(value - at.x, 0.0),
            },
            "y" => Transform::Move {
                by: Vec2::new(0.0, value - at.y),
            },
            "w" => resize(side, from.height()),
            "h" => resize(from.width(), side),
            "angle" => Transform::Rotate {
                about: geometry.center(),
                by: value.to_radians() - geometry.angle,
            },
            _ => return,
        };
        self.sight.unpainted = true;
        self.drag(&transform);
        // A number says where, and not into which frame.
        self.gesture.falling = None;
        self.commit_drag();
    }

    /// The box of what is selected and not locked, where it is dragged; and the element when it is one.
    fn selected_geometry(&self) -> Option<(Geometry, Option<&Element>)> {
        if self.read_only || self.chosen.selection.len() > MANY {
            return None;
        }
        let free = self.free();
        let parts: Vec<&Element> = free
            .iter()
            .flat_map(|id| self.scene.parts(id))
            .map(|node| self.dragged_or(node.element()))
            .collect();
        if let ([only], false) = (
            parts.as_slice(),
            free.iter().any(|id| self.scene.is_group(id)),
        ) {
            return Some((only.frame(), Some(only)));
        }
        let boxes = parts.iter().map(|element| element.frame().bounds());
        let bounds = boxes.reduce(|all, next| all.union(next))?;
        Some((Geometry::from_rect(bounds), None))
    }

    fn dragged_or<'a>(&'a self, stands: &'a Element) -> &'a Element {
        let mut dragged = self.gesture.dragged.iter().flatten();
        dragged
            .find(|element| element.id == stands.id)
            .unwrap_or(stands)
    }
}

/// To a hundredth, so that nothing is told anew for what nobody sees.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
