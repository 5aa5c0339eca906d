//! Elements of ours from shapes.
//!
//! Owns which kind stands for which shape, and how its looks become a style. Knows no node.

use board::element::group::Group;
use board::element::line::Line;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::limits::MAX_COORDINATE;
use board::order::OrderKey;
use board::style::{Color, Dash, Head, Route, Style, StyleField};
use kurbo::{Affine, BezPath, PathSeg, Point, Rect, Size, Vec2};

use super::not_ours::NotOurs;
use super::shapes::Form;
use super::ways::{Stretch, stretches};
use super::{MAX_ELEMENTS, MAX_POINTS};

/// Lines may be so much wider in one direction than in the other, which nobody sees.
const STRETCHED: f64 = 1.1;
/// Widest and narrowest line of a board, board units.
const WIDTHS: (f64, f64) = (0.25, 200.0);
/// Straight lines that end flat are boxes from this width on: ours end round, and then it shows.
const BAR: f64 = 8.0;
/// Most stretches of one path that are filled.
const MOST_AREAS: usize = 500;

/// A shape where it is and as it looks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) form: Form,
    /// To the board.
    pub(super) at: Affine,
    pub(super) brush: Brush,
}

/// How a shape is painted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Brush {
    pub(super) fill: Color,
    pub(super) line: Color,
    /// Units of the shape, or of the board where it is fixed.
    pub(super) width: f64,
    pub(super) fixed_width: bool,
    pub(super) dash: Dash,
    /// Whether lines end where they end.
    pub(super) flat: bool,
    pub(super) evenodd: bool,
    pub(super) opacity: f64,
    pub(super) heads: [Head; 2],
}

/// An element that has its name and place in the stack yet to get.
pub(super) fn element(geometry: Geometry, style: Style, kind: Kind) -> Element {
    let (id, order) = (ElementId::from_random(0), OrderKey::default());
    Element::new(id, order, "".into(), geometry, style, kind)
}

pub(super) fn group() -> Element {
    element(Geometry::default(), Style::default(), Kind::Group(Group))
}

/// By how much a transform makes things larger; `None` where that is more in one direction.
pub(super) fn scale(at: Affine) -> Option<f64> {
    let [a, b, c, d, ..] = at.as_coeffs();
    let sum = a * a + b * b + c * c + d * d;
    let det = (a * d - b * c).abs();
    let apart = (sum * sum - 4.0 * det * det).max(0.0).sqrt();
    let (most, least) = (
        ((sum + apart) / 2.0).sqrt(),
        ((sum - apart) / 2.0).max(0.0).sqrt(),
    );
    (least > 0.0 && most <= least * STRETCHED).then(|| (most * least).sqrt())
}

/// A box of a shape on the board, turned as it may be; `None` where it leans.
pub(super) fn placed(rect: Rect, at: Affine) -> Option<(Geometry, Size)> {
    let [a, b, c, d, ..] = at.as_coeffs();
    let (along, down) = (Vec2::new(a, b), Vec2::new(c, d));
    let by = Size::new(along.hypot(), down.hypot());
    if along.dot(down).abs() > by.width * by.height * 1e-3 {
        return None;
    }
    let size = Size::new(rect.width() * by.width, rect.height() * by.height);
    let upright = Rect::from_center_size(at * rect.center(), size);
    let turn = along.y.atan2(along.x);
    let geometry = Geometry {
        angle: if turn.abs() < 1e-9 { 0.0 } else { turn },
        ..Geometry::from_rect(upright)
    };
    Some((geometry, by))
}

/// Whether a board has room for something.
pub(super) fn is_near(bounds: Rect) -> bool {
    let corners = [bounds.x0, bounds.y0, bounds.x1, bounds.y1];
    corners
        .iter()
        .all(|at| at.is_finite() && at.abs() < MAX_COORDINATE / 2.0)
}

impl Shape {
    /// Whether another is its line, said apart from its inside, as some programs do.
    pub(super) fn is_lined_by(&self, other: &Self) -> bool {
        let (brush, line) = (&self.brush, &other.brush);
        let apart = brush.line.is_none() && line.fill.is_none();
        apart && brush.opacity == line.opacity && self.form == other.form && self.at == other.at
    }

    /// What it is on a board; nothing where nothing of it is seen.
    pub(super) fn elements(&self) -> Result<Vec<Element>, NotOurs> {
        let brush = &self.brush;
        if brush.opacity == 0.0 || brush.fill.is_none() && brush.line.is_none() {
            return Ok(Vec::new());
        }
        let width = self.width()?;
        if !is_near(self.at.transform_rect_bbox(self.bounds())) {
            return Err(NotOurs::Far);
        }
        match &self.form {
            Form::Way(way) => self.of_way(way, width),
            form => match self.boxed(form, width) {
                Some(element) => Ok(vec![element]),
                None => self.of_way(&form.way(), width),
            },
        }
    }

    fn bounds(&self) -> Rect {
        match &self.form {
            Form::Box(rect, _) | Form::Oval(rect) => *rect,
            Form::Way(way) => way.control_box(),
        }
    }

    /// How wide its line is on the board.
    fn width(&self) -> Result<f64, NotOurs> {
        if self.brush.line.is_none() {
            return Ok(Style::default().width);
        }
        let by = match self.brush.fixed_width {
            true => 1.0,
            false => scale(self.at).ok_or(NotOurs::Skew)?,
        };
        let width = self.brush.width * by;
        match width <= WIDTHS.1 {
            true => Ok(width.max(WIDTHS.0)),
            false => Err(NotOurs::Far),
        }
    }

    fn style(&self, width: f64) -> Style {
        let mut style = Style {
            stroke: self.brush.line,
            fill: self.brush.fill,
            width,
            opacity: self.brush.opacity,
            ..Style::default()
        };
        style.set(StyleField::Dash, &Value::text(self.brush.dash.name()));
        style
    }

    /// A rectangle or an ellipse; `None` of what leans, or has corners that are no circles.
    fn boxed(&self, form: &Form, width: f64) -> Option<Element> {
        let mut style = self.style(width);
        let (rect, radii) = match form {
            Form::Box(rect, radii) => (*rect, *radii),
            Form::Oval(rect) => (*rect, Size::ZERO),
            Form::Way(_) => return None,
        };
        let (geometry, by) = placed(rect, self.at)?;
        let radii = Size::new(radii.width * by.width, radii.height * by.height);
        if radii.max_side() > radii.min_side() * STRETCHED {
            return None;
        }
        let kind = match form {
            Form::Oval(_) => Kind::ELLIPSE,
            _ => {
                style.set(StyleField::Corner, &Value::Number(radii.width));
                Kind::RECTANGLE
            }
        };
        Some(element(geometry, style, kind))
    }

    fn of_way(&self, way: &BezPath, width: f64) -> Result<Vec<Element>, NotOurs> {
        let own = stretches(way);
        if own.len() > MAX_ELEMENTS {
            return Err(NotOurs::Many);
        }
        let areas: Vec<&Stretch> = own.iter().filter(|stretch| stretch.has_inside()).collect();
        if !self.brush.fill.is_none() && self.has_holes(&areas) {
            return Err(NotOurs::Holes);
        }
        let mut elements: Vec<Element> = Vec::new();
        let mut points = 0;
        for (local, stretch) in own.iter().zip(stretches(&(self.at * way.clone()))) {
            let shape = local.shape().filter(|_| !local.crosses_itself());
            if let Some(element) = shape.and_then(|form| self.boxed(&form, width)) {
                elements.push(element);
                continue;
            }
            points += stretch.pieces.len();
            if points > MAX_POINTS {
                return Err(NotOurs::Many);
            }
            let filled = !self.brush.fill.is_none() && stretch.has_inside();
            if filled && !stretch.closed {
                // It is filled as if it went back, and its line does not.
                elements.extend(self.line(&stretch, width, true, false)?);
                elements.extend(self.line(&stretch, width, false, true)?);
            } else {
                elements.extend(self.line(&stretch, width, filled, true)?);
            }
        }
        Ok(elements)
    }

    /// Whether what it fills leaves something out: ours fill all that is within an outline.
    fn has_holes(&self, areas: &[&Stretch]) -> bool {
        if areas.len() > MOST_AREAS
            || self.brush.evenodd && areas.iter().any(|area| area.crosses_itself())
        {
            return true;
        }
        let bounds: Vec<Rect> = areas.iter().map(|area| area.bounds()).collect();
        let mut rest = bounds.as_slice();
        while let Some((one, others)) = rest.split_first() {
            if others
                .iter()
                .any(|other| one.intersect(*other).area() > 0.0)
            {
                return true;
            }
            rest = others;
        }
        false
    }

    /// One stretch, with its inside and with its line.
    fn line(
        &self,
        stretch: &Stretch,
        width: f64,
        inside: bool,
        outline: bool,
    ) -> Result<Option<Element>, NotOurs> {
        let outline = outline && !self.brush.line.is_none();
        if !inside && !outline || !is_near(stretch.bounds()) {
            return Ok(None);
        }
        if let (false, false, [PathSeg::Line(way)]) =
            (inside, stretch.closed, stretch.pieces.as_slice())
            && self.is_bar(width)
        {
            return Ok(Some(self.bar(way.p0, way.p1, width)));
        }
        let (points, route) = stretch.line();
        if points.len() > board::limits::MAX_POINTS {
            return Err(NotOurs::Many);
        }
        let mut style = self.style(width);
        if !inside {
            style.fill = Color::NONE;
        }
        if !outline {
            style.stroke = Color::NONE;
        }
        let closed = stretch.closed || inside;
        style.set(StyleField::Closed, &Value::Bool(closed && points.len() > 2));
        if route == Route::Curved {
            style.set(StyleField::Route, &Value::text(route.name()));
        }
        if !closed {
            let [start, end] = self.brush.heads;
            for (field, head) in [(StyleField::StartHead, start), (StyleField::EndHead, end)] {
                if head != Head::None {
                    style.set(field, &Value::text(head.name()));
                }
            }
        }
        let line = Line::through(&points);
        Ok(line.map(|(geometry, line)| element(geometry, style, Kind::Line(line))))
    }

    fn is_bar(&self, width: f64) -> bool {
        self.brush.flat
            && width >= BAR
            && self.brush.dash == Dash::Solid
            && self.brush.heads == [Head::None; 2]
    }

    /// A wide straight line as the box that it looks like.
    fn bar(&self, from: Point, to: Point, width: f64) -> Element {
        let way = to - from;
        let upright = Rect::from_center_size(from.midpoint(to), (way.hypot(), width));
        let geometry = Geometry {
            angle: way.y.atan2(way.x),
            ..Geometry::from_rect(upright)
        };
        let mut style = self.style(Style::default().width);
        (style.fill, style.stroke) = (self.brush.line, Color::NONE);
        style.set(StyleField::Corner, &Value::Number(0.0));
        element(geometry, style, Kind::RECTANGLE)
    }
}
