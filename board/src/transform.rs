//! Moving, resizing and turning elements, for tools and for other people's drags alike.
//!
//! Owns how a selection's change becomes each element's, and its few bytes on the ephemeral
//! channel. Deterministic. Knows no tool and no document.

use std::f64::consts::{PI, TAU};

use kurbo::{Point, Rect, Size, Vec2};

use crate::element::{Element, Kind};
use crate::fields::Value;
use crate::geometry::Geometry;
use crate::limits::MAX_COORDINATE;
use crate::style::StyleField;

/// The widest that a text is wrapped to, board units.
const MAX_WRAP: f64 = 1e5;

/// A change of a selection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Moves.
    Move {
        /// By how much, board units.
        by: Vec2,
    },
    /// Maps one box onto another.
    ///
    /// Both are upright in the selection's own space, which is the board turned by `frame_angle`
    /// about the centre of `from`. `to` may be inverted (`x1 < x0`): that mirrors.
    Resize {
        /// The selection's box before.
        from: Rect,
        /// The same box after.
        to: Rect,
        /// The turn of the selection box, radians: 0 for several elements.
        frame_angle: f64,
    },
    /// The same of a text by its sides: its lines are wrapped to the new width, and its letters stay
    /// as large as they are.
    Wrap {
        /// The text's box before.
        from: Rect,
        /// The same box after; its height says nothing.
        to: Rect,
        /// The turn of the box, radians.
        frame_angle: f64,
    },
    /// Turns.
    Rotate {
        /// About which point of the board.
        about: Point,
        /// By how much, radians, clockwise.
        by: f64,
    },
}

/// Where a transform puts an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// As the document stores it, in single precision.
    pub geometry: Geometry,
    /// Of text only, and only when it was resized.
    pub font_size: Option<f64>,
    /// The width that a text is wrapped to, when that changed.
    pub wrap: Option<f64>,
}

impl Transform {
    /// The element where the transform puts it.
    pub fn applied(&self, element: &Element) -> Element {
        let placed = self.apply(element);
        let mut moved = element.clone();
        moved.set_geometry(placed.geometry);
        if let Some(font_size) = placed.font_size {
            moved.style.font_size = font_size;
        }
        if let Some(wrap) = placed.wrap {
            moved.style.set(StyleField::Wrap, &Value::Number(wrap));
        }
        moved.follow_style();
        moved
    }

    /// Where it puts an element. A result that leaves the board's bounds puts nothing anywhere.
    pub fn apply(&self, element: &Element) -> Placed {
        let frame = element.frame();
        let at = |geometry: Geometry| Placed {
            geometry,
            font_size: None,
            wrap: None,
        };
        let stays = at(element.geometry);
        let own_size = element.kind.has_own_size();
        let placed = match *self {
            Self::Move { by } => at(element.geometry.translated(by)),
            Self::Rotate { about, by } => {
                let center = turned(frame.center(), about, by);
                let angle = wrapped(frame.angle + by);
                let frame = centred(center, Size::new(frame.w, frame.h), angle);
                at(if own_size {
                    frame.anchored(element.anchor())
                } else {
                    frame.with_height_from_top(element.geometry.h.abs())
                })
            }
            Self::Wrap {
                from,
                to,
                frame_angle,
            } if own_size => {
                // Whoever only touches a side means nothing by it.
                if from == to {
                    return stays;
                }
                wrapped_to(element, from, to, frame_angle)
            }
            Self::Wrap {
                from,
                to,
                frame_angle,
            }
            | Self::Resize {
                from,
                to,
                frame_angle,
            } => {
                let map = Stretch::new(from, to, frame_angle);
                if own_size {
                    map.text(element, frame)
                } else if element.is_labelled() {
                    map.labelled(element, frame)
                } else {
                    at(map.geometry(frame))
                }
            }
        };
        if placed.geometry == placed.geometry.sane() {
            Placed {
                geometry: placed.geometry.rounded(),
                ..placed
            }
        } else {
            stays
        }
    }

    /// A few bytes for the ephemeral channel, numbers in single precision.
    pub fn encode(&self) -> Vec<u8> {
        let (tag, numbers) = match *self {
            Self::Move { by } => (0, vec![by.x, by.y]),
            Self::Resize {
                from,
                to,
                frame_angle,
            } => (1, boxes(from, to, frame_angle)),
            Self::Wrap {
                from,
                to,
                frame_angle,
            } => (3, boxes(from, to, frame_angle)),
            Self::Rotate { about, by } => (2, vec![about.x, about.y, by]),
        };
        let numbers = numbers.into_iter().flat_map(|n| (n as f32).to_le_bytes());
        std::iter::once(tag).chain(numbers).collect()
    }

    /// Reads what [`Transform::encode`] wrote; `None` for anything else.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (tag, rest) = bytes.split_first()?;
        let (chunks, []) = rest.as_chunks::<4>() else {
            return None;
        };
        let numbers: Vec<f64> = chunks
            .iter()
            .map(|chunk| f64::from(f32::from_le_bytes(*chunk)))
            .collect();
        let sane = |n: &f64| n.is_finite() && n.abs() <= 2.0 * MAX_COORDINATE;
        if !numbers.iter().all(sane) {
            return None;
        }
        match (*tag, numbers.as_slice()) {
            (0, &[x, y]) => Some(Self::Move {
                by: Vec2::new(x, y),
            }),
            (tag @ (1 | 3), &[x0, y0, x1, y1, tx0, ty0, tx1, ty1, frame_angle]) => {
                let from = Rect::new(x0, y0, x1, y1);
                let to = Rect::new(tx0, ty0, tx1, ty1);
                Some(match tag {
                    1 => Self::Resize {
                        from,
                        to,
                        frame_angle,
                    },
                    _ => Self::Wrap {
                        from,
                        to,
                        frame_angle,
                    },
                })
            }
            (2, &[x, y, by]) => Some(Self::Rotate {
                about: Point::new(x, y),
                by,
            }),
            _ => None,
        }
    }
}

fn boxes(from: Rect, to: Rect, frame_angle: f64) -> Vec<f64> {
    let mut numbers = [from, to].map(|r| [r.x0, r.y0, r.x1, r.y1]).concat();
    numbers.push(frame_angle);
    numbers
}

/// A text wrapped to the width of a box, at the box's top; no narrower than a letter, and the side
/// that was not pulled stays.
fn wrapped_to(element: &Element, from: Rect, to: Rect, frame_angle: f64) -> Placed {
    let sides = to.abs();
    let wrap = sides.width().max(element.style.font_size).min(MAX_WRAP);
    let wrap = f64::from(wrap as f32);
    let left = if to.x1 == from.x1 {
        sides.x1 - wrap
    } else {
        sides.x0
    };
    let at = turned(Point::new(left, from.y0), from.center(), frame_angle);
    Placed {
        geometry: Geometry {
            x: at.x,
            y: at.y,
            w: 0.0,
            h: 0.0,
            angle: frame_angle,
        },
        font_size: None,
        wrap: Some(wrap),
    }
}

/// A resize, ready to map points and boxes.
struct Stretch {
    from: Rect,
    to: Rect,
    scale: Vec2,
    angle: f64,
}

impl Stretch {
    fn new(from: Rect, to: Rect, angle: f64) -> Self {
        // A box without width cannot say how much wider it became.
        let scale = |from: f64, to: f64| if from.abs() > 1e-9 { to / from } else { 1.0 };
        Self {
            from,
            to,
            scale: Vec2::new(
                scale(from.x1 - from.x0, to.x1 - to.x0),
                scale(from.y1 - from.y0, to.y1 - to.y0),
            ),
            angle,
        }
    }

    fn point(&self, at: Point) -> Point {
        let pivot = self.from.center();
        let own = turned(at, pivot, -self.angle);
        let stretched = Point::new(
            self.to.x0 + (own.x - self.from.x0) * self.scale.x,
            self.to.y0 + (own.y - self.from.y0) * self.scale.y,
        );
        turned(stretched, pivot, self.angle)
    }

    /// The turn of a box afterwards: mirroring the selection once turns it the other way.
    fn turn(&self, angle: f64) -> f64 {
        let own = angle - self.angle;
        let mirrored = (self.scale.x < 0.0) != (self.scale.y < 0.0);
        wrapped(self.angle + if mirrored { -own } else { own })
    }

    /// By how much a box's own width and height grow: a turned box cannot be sheared, so each of
    /// its axes grows as a line in that direction does.
    fn along(&self, angle: f64) -> (f64, f64) {
        let (sin, cos) = (angle - self.angle).sin_cos();
        let grown = |x: f64, y: f64| Vec2::new(x * self.scale.x, y * self.scale.y).hypot();
        (grown(cos, sin), grown(sin, cos))
    }

    fn geometry(&self, frame: Geometry) -> Geometry {
        let (wider, higher) = self.along(frame.angle);
        let sign = |scale: f64| if scale < 0.0 { -1.0 } else { 1.0 };
        // Mirroring what is turned equals turning the other way what was mirrored before.
        let (sx, sy) = (sign(self.scale.x), sign(self.scale.y));
        let size = Size::new(frame.w * wider * sx, frame.h * higher * sy);
        let angle = self.turn(frame.angle);
        centred(self.point(frame.center()), size, angle)
    }

    /// A shape, note or line with a label. Resized by itself it leaves the label as large as it is, and takes
    /// the height that it was pulled to, which may be less than it needs; among others it scales whole.
    fn labelled(&self, element: &Element, frame: Geometry) -> Placed {
        let made = self.geometry(frame);
        let off = |a: f64, b: f64| (a - b).abs() > 1e-3 * (1.0 + b.abs());
        let own = frame.rect();
        let alone = !off(self.from.x0, own.x0) && !off(self.from.y0, own.y0);
        let alone = alone && !off(self.from.x1, own.x1) && !off(self.from.y1, own.y1);
        let given = element.geometry.h.abs();
        let (wider, higher) = self.along(frame.angle);
        let is_note = matches!(element.kind, Kind::Note(_));
        // A note that keeps its proportions stays as much lower than its words.
        let whole = !alone || is_note && !off(wider, higher);
        let height = if whole && frame.h != 0.0 {
            given * (made.h / frame.h).abs()
        } else if self.scale.y == 1.0 {
            given
        } else {
            made.h.abs()
        };
        let scaled = f64::from((element.style.font_size * wider.min(higher)) as f32);
        Placed {
            geometry: made.with_height_from_top(height),
            font_size: (!alone && !is_note).then_some(scaled.clamp(4.0, 1000.0)),
            wrap: None,
        }
    }

    /// Text keeps its shape: it grows as its scarcer axis does, and is never mirrored.
    fn text(&self, element: &Element, frame: Geometry) -> Placed {
        let (wider, higher) = self.along(frame.angle);
        let style = &element.style;
        let font_size = f64::from((style.font_size * wider.min(higher)) as f32).clamp(4.0, 1000.0);
        let size = Size::new(frame.w, frame.h) * (font_size / style.font_size);
        let frame = centred(self.point(frame.center()), size, self.turn(frame.angle));
        let wrap = style.details.wrap;
        let grown = |wrap: f64| f64::from((wrap * font_size / style.font_size) as f32);
        Placed {
            geometry: frame.anchored(element.anchor()),
            font_size: Some(font_size),
            wrap: wrap.map(grown),
        }
    }
}

/// A box of a size, negative where mirrored, about a centre.
fn centred(center: Point, size: Size, angle: f64) -> Geometry {
    Geometry {
        x: center.x - size.width.abs() / 2.0,
        y: center.y - size.height.abs() / 2.0,
        w: size.width,
        h: size.height,
        angle,
    }
}

fn turned(at: Point, about: Point, by: f64) -> Point {
    let (sin, cos) = by.sin_cos();
    let from = at - about;
    about + Vec2::new(from.x * cos - from.y * sin, from.x * sin + from.y * cos)
}

/// The same turn between -π and π. A remainder of floats is a kilobyte of the download.
fn wrapped(angle: f64) -> f64 {
    angle - TAU * ((angle + PI) / TAU).floor()
}

#[cfg(test)]
mod tests;
