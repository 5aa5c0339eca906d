//! The image: a picture in its box.
//!
//! Owns what stands there until the picture is at hand. Which file it shows is a link, the part that is
//! shown a style field; bytes and pixels are the page's.

use kurbo::{Affine, Rect, Shape as _, Vec2};

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::{DisplayList, Op};
use crate::file::FileHash;
use crate::style::{Color, StyleField, Theme, canvas};

/// Its name in the document.
pub const NAME: &str = "image";
/// The style fields that change how it looks, and that people choose.
pub const STYLE_FIELDS: &[StyleField] = &[StyleField::Opacity];
/// Ground and edge of what stands in for a picture.
const STAND_IN: (Color, Color) = (Color(0x8c8c_9826), Color(0x8c8c_9899));

/// How far within a picture's edge its ground ends, board units.
const GROUND_INSET: f64 = 1.0;

/// A picture; all that it is stands in its element's links and style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Image;

impl Image {
    /// The ground of a light board, which shows through some pictures: most are drawn for paper.
    fn paint_ground(self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        if theme == Theme::Dark {
            list.fill_color(canvas(Theme::Light));
            // Nothing of it is to be seen around a picture that covers it.
            let edge = GROUND_INSET.min(body.size.min_side() / 4.0);
            list.rect(body.rect().inset(-edge), 0.0);
            list.op(Op::Fill, &[]);
        }
    }
}

impl Shape for Image {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&body.rect().to_path(0.1), 0.0, true)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        body.rect()
    }
}

impl Look for Image {
    /// The colours are those of what stands in, which whoever plays the list paints meanwhile.
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        self.paint_ground(body, theme, list);
        let (ground, edge) = STAND_IN;
        list.fill_color(ground);
        list.stroke_color(edge);
        let Some(hash) = body.file.and_then(FileHash::parse) else {
            list.rect(body.rect(), 0.0);
            return list.op(Op::Fill, &[]);
        };
        let (x, y) = body.mirror;
        if x || y {
            let sign = |mirrored: bool| if mirrored { -1.0 } else { 1.0 };
            let over = |mirrored: bool, side: f64| if mirrored { side } else { 0.0 };
            let back = Vec2::new(over(x, body.size.width), over(y, body.size.height));
            list.transform(Affine::translate(back) * Affine::scale_non_uniform(sign(x), sign(y)));
        }
        let all = Rect::new(0.0, 0.0, 1.0, 1.0);
        let crop = body.style.details.crop.unwrap_or(all);
        list.image(body.rect(), crop, &hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::display::command::Command;
    use crate::element::{Element, Kind};
    use crate::fields::Value;
    use crate::geometry::Geometry;
    use crate::id::ElementId;
    use crate::links::LinkField;
    use crate::order::OrderKey;
    use crate::style::Style;
    use crate::svg::svg;

    fn image(w: f64) -> Element {
        let geometry = Geometry {
            w,
            h: 50.0,
            ..Geometry::default()
        };
        let (id, kind) = (ElementId::from_random(1), Kind::Image(Image));
        Element::new(
            id,
            OrderKey::default(),
            "".into(),
            geometry,
            Style::default(),
            kind,
        )
    }

    #[test]
    fn it_paints_the_part_of_its_file_that_is_shown_the_way_round_that_it_is() {
        let hash = FileHash::of(b"a picture");
        let mut shown = image(-80.0);
        let rect = Rect::new(0.0, 0.0, 80.0, 50.0);
        let none = shown.paint(Theme::Light);
        assert_eq!(
            none.iter().last(),
            Some(Command::Fill),
            "nobody knows which"
        );
        let name = Value::text(&hash.to_string());
        shown.links.set(LinkField::File, &name);
        let crop = Rect::new(0.25, 0.0, 0.75, 1.0);
        let part = [crop.x0, crop.y0, crop.x1, crop.y1].map(Value::Number);
        shown.style.set(StyleField::Crop, &Value::list(part));
        let list = shown.paint(Theme::Dark);
        let commands: Vec<_> = list.iter().collect();
        assert_eq!(commands.last(), Some(&Command::Image(rect, crop, hash)));
        let mirrored = Affine::new([-1.0, 0.0, 0.0, 1.0, 80.0, 0.0]);
        assert!(commands.contains(&Command::Transform(mirrored)));
        let text = svg(&list, rect, None);
        assert!(text.contains("viewBox=\"0.25 0 0.5 1\""), "{text}");
        assert!(text.contains(&format!("href=\"{hash}\"")), "{text}");
        assert!(text.contains("matrix(-1 0 0 1 80 0)"), "{text}");
    }

    #[test]
    fn another_file_is_painted_anew() {
        let (one, mut other) = (image(80.0), image(80.0));
        assert!(one.paints_as(&other));
        let name = Value::text(&FileHash::of(b"").to_string());
        other.links.set(LinkField::File, &name);
        assert!(!one.paints_as(&other));
        assert!(
            one.hit(kurbo::Point::new(40.0, 25.0), 0.0),
            "anywhere inside"
        );
    }
}
