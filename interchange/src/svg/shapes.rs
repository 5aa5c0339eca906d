//! The shapes of an SVG: what each says of where it is.
//!
//! Owns their attributes. Knows no look and no element of ours.

use kurbo::{BezPath, Point, Rect, RoundedRectRadii, Size};
use roxmltree::Node;

use super::not_ours::NotOurs;
use super::numbers::{self, Measure, length};

/// Where a shape is, in its own space.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// A rectangle, and the radii of its corners.
    Box(Rect, Size),
    /// The ellipse that fills a box.
    Oval(Rect),
    /// Whatever way it goes.
    Way(BezPath),
}

impl Form {
    /// The same as a way.
    pub(super) fn way(&self) -> BezPath {
        use kurbo::Shape as _;
        match self {
            Self::Box(rect, radii) if *radii == Size::ZERO => rect.to_path(0.1),
            Self::Box(rect, radii) => rounded(*rect, *radii),
            Self::Oval(rect) => kurbo::Ellipse::from_rect(*rect).to_path(0.01),
            Self::Way(way) => way.clone(),
        }
    }
}

/// Corners that are no circles are circles of a box that is stretched.
fn rounded(rect: Rect, radii: Size) -> BezPath {
    use kurbo::{Affine, Shape as _};
    let by = radii.width / radii.height;
    let upright = Rect::new(rect.x0, rect.y0 * by, rect.x1, rect.y1 * by);
    let radii = RoundedRectRadii::from_single_radius(radii.width);
    Affine::scale_non_uniform(1.0, 1.0 / by) * upright.to_rounded_rect(radii).to_path(0.01)
}

/// A node that is read with per cent of a view.
#[derive(Clone, Copy)]
pub(super) struct Reading<'n> {
    pub(super) node: Node<'n, 'n>,
    pub(super) view: Size,
    pub(super) font_size: f64,
}

impl<'n> Reading<'n> {
    /// A length of which per cent are of the view's width, height or both.
    fn told(&self, name: &str, whole: f64) -> Option<f64> {
        let measure = Measure {
            whole,
            font_size: self.font_size,
        };
        length(self.node.attribute(name)?, measure)
    }

    pub(super) fn across(&self, name: &str) -> Option<f64> {
        self.told(name, self.view.width)
    }

    pub(super) fn down(&self, name: &str) -> Option<f64> {
        self.told(name, self.view.height)
    }

    fn point(&self, x: &str, y: &str) -> Point {
        Point::new(self.across(x).unwrap_or(0.0), self.down(y).unwrap_or(0.0))
    }

    /// The box that `x`, `y`, `width` and `height` say; sides that are not there are those of `usual`.
    pub(super) fn boxed(&self, usual: Size) -> Rect {
        let width = self.across("width").unwrap_or(usual.width);
        let height = self.down("height").unwrap_or(usual.height);
        Rect::from_origin_size(self.point("x", "y"), (width.max(0.0), height.max(0.0)))
    }

    /// Where a shape is; `None` of one that has no size, which nobody sees.
    pub(super) fn form(&self) -> Result<Option<Form>, NotOurs> {
        let text = |name| self.node.attribute(name).unwrap_or_default();
        Ok(match self.node.tag_name().name() {
            "rect" => {
                let rect = self.boxed(Size::ZERO);
                (rect.area() > 0.0).then(|| Form::Box(rect, self.radii(rect)))
            }
            "circle" => {
                let r = self.told("r", view_side(self.view)).unwrap_or(0.0);
                self.oval(Size::new(r, r))
            }
            "ellipse" => {
                let (rx, ry) = (self.across("rx"), self.down("ry"));
                let either = rx.or(ry).unwrap_or(0.0);
                self.oval(Size::new(rx.unwrap_or(either), ry.unwrap_or(either)))
            }
            "line" => {
                let mut way = BezPath::new();
                way.move_to(self.point("x1", "y1"));
                way.line_to(self.point("x2", "y2"));
                Some(Form::Way(way))
            }
            name @ ("polyline" | "polygon") => {
                let points = numbers::points(text("points")).ok_or(NotOurs::Damaged)?;
                let mut way = BezPath::new();
                for (nth, point) in points.iter().enumerate() {
                    match nth {
                        0 => way.move_to(*point),
                        _ => way.line_to(*point),
                    }
                }
                if name == "polygon" && points.len() > 1 {
                    way.close_path();
                }
                (points.len() > 1).then_some(Form::Way(way))
            }
            _ => {
                let data = text("d");
                if !numbers::is_sane(data) {
                    return Err(NotOurs::Far);
                }
                let way = BezPath::from_svg(data).map_err(|_| NotOurs::Damaged)?;
                (!way.is_empty()).then_some(Form::Way(way))
            }
        })
    }

    fn oval(&self, radii: Size) -> Option<Form> {
        let center = self.point("cx", "cy");
        let box_of = Rect::from_center_size(center, radii * 2.0);
        (radii.width > 0.0 && radii.height > 0.0).then_some(Form::Oval(box_of))
    }

    /// The radii of a rectangle's corners: one that is not there is as the other, and none is more than half.
    fn radii(&self, rect: Rect) -> Size {
        let (rx, ry) = (self.across("rx"), self.down("ry"));
        let either = rx.or(ry).unwrap_or(0.0);
        let radii = Size::new(
            rx.unwrap_or(either).clamp(0.0, rect.width() / 2.0),
            ry.unwrap_or(either).clamp(0.0, rect.height() / 2.0),
        );
        match radii.min_side() > 0.0 {
            true => radii,
            false => Size::ZERO,
        }
    }
}

/// What per cent are of that are neither across nor down.
pub(super) fn view_side(view: Size) -> f64 {
    (view.width.hypot(view.height)) / std::f64::consts::SQRT_2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(element: &str) -> Result<Option<Form>, NotOurs> {
        let document = roxmltree::Document::parse(element).unwrap();
        let reading = Reading {
            node: document.root_element(),
            view: Size::new(200.0, 100.0),
            font_size: 10.0,
        };
        reading.form()
    }

    fn way(data: &str) -> Form {
        Form::Way(BezPath::from_svg(data).unwrap())
    }

    #[test]
    fn each_shape_is_where_it_says() {
        let rect = Rect::new(1.0, 2.0, 31.0, 22.0);
        for (element, is) in [
            (
                "<rect x='1' y='2' width='30' height='20'/>",
                Form::Box(rect, Size::ZERO),
            ),
            (
                "<rect x='1' y='2' width='30' height='20' rx='4'/>",
                Form::Box(rect, Size::new(4.0, 4.0)),
            ),
            (
                "<rect x='1' y='2' width='30' height='20' rx='99'/>",
                Form::Box(rect, Size::new(15.0, 10.0)),
            ),
            (
                "<rect width='50%' height='50%'/>",
                Form::Box(Rect::new(0.0, 0.0, 100.0, 50.0), Size::ZERO),
            ),
            (
                "<circle cx='10' cy='10' r='5'/>",
                Form::Oval(Rect::new(5.0, 5.0, 15.0, 15.0)),
            ),
            (
                "<ellipse cx='10' cy='10' rx='5' ry='2em'/>",
                Form::Oval(Rect::new(5.0, -10.0, 15.0, 30.0)),
            ),
            ("<line x1='1' x2='5' y2='6'/>", way("M1 0L5 6")),
            ("<polyline points='1,2 3,4 5'/>", way("M1 2L3 4")),
            ("<polygon points='1 2 3 4 5-6'/>", way("M1 2L3 4L5-6Z")),
            (
                "<path d='m10-5.5.5.5zm1 1h4V2'/>",
                way("M10-5.5L10.5-5ZM11-4.5H15V2"),
            ),
            (
                "<path d='M0 0a1 1 0 01.5.5'/>",
                way("M0 0A1 1 0 0 1 0.5 0.5"),
            ),
        ] {
            assert_eq!(form(element), Ok(Some(is)), "{element}");
        }
        for unseen in [
            "<rect width='9'/>",
            "<circle r='-1'/>",
            "<path d=''/>",
            "<polygon points='1 2'/>",
        ] {
            assert_eq!(form(unseen), Ok(None), "{unseen}");
        }
        for (odd, why) in [
            ("<path d='M0 0L1e308 0'/>", NotOurs::Far),
            ("<path d='M0 0A1e9 1e9 0 0 1 5 5'/>", NotOurs::Far),
            ("<path d='M0 0LNaN 0'/>", NotOurs::Damaged),
            ("<path d='L5 5'/>", NotOurs::Damaged),
            ("<polygon points='1 2 x 4'/>", NotOurs::Damaged),
        ] {
            assert_eq!(form(odd), Err(why), "{odd}");
        }
    }
}
