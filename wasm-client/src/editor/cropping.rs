//! The crop of a picture, shown and changed: what is shown of it among all of it.
//!
//! Owns which image's crop is shown and how that looks, and what makes a picture whole or as large as it
//! is again. Where sides go is `crate::crop`'s.

use board::display::{DisplayList, Op};
use board::document::Write;
use board::element::{Element, Kind};
use board::file::FileHash;
use board::geometry::Geometry;
use board::style::Theme;
use kurbo::{Affine, Point, Size, Vec2};

use super::Editor;
use super::overlay::HANDLE_FILL;
use crate::crop;
use crate::handles::{Frame, Handle};
use crate::trace::accent;

/// How strongly what is cut away is seen.
const FAINT: f64 = 0.35;
/// How long the arms of handles are, CSS pixels.
const ARM_PX: f64 = 14.0;
/// How wide handles are, and what they stand out by from whatever is in the picture, CSS pixels.
const HANDLE_PX: (f64, f64) = (3.0, 6.0);

impl Editor {
    /// The image whose crop is shown.
    pub(super) fn cropping(&self) -> Option<&Element> {
        let id = &self.chosen.pointed.as_ref()?.element;
        let image = |element: &&Element| matches!(element.kind, Kind::Image(_));
        self.shown(id).filter(image)
    }

    /// That image with its picture moved under its frame, board units.
    pub(super) fn shifted_picture(&self, by: Vec2) -> Option<Element> {
        let image = self.cropping()?;
        let angle = by.atan2() - image.geometry.angle;
        crop::shifted(image, Vec2::from_angle(angle) * by.hypot())
    }

    /// An image that can be changed, when nothing else is selected.
    pub(super) fn image_held(&self) -> Option<&Element> {
        let image = |element: &&Element| matches!(element.kind, Kind::Image(_));
        self.only_selected()
            .filter(image)
            .filter(|_| self.changeable())
    }

    /// Whether an image, and nothing else, is selected.
    pub(crate) fn holds_image(&self) -> bool {
        self.image_held().is_some()
    }

    /// Whether it shows a part of its picture.
    pub(crate) fn holds_cropped(&self) -> bool {
        let image = self.image_held();
        image.is_some_and(|image| image.style.details.crop.is_some())
    }

    /// Shows all of its picture again, as large as it was.
    pub(crate) fn reset_crop(&mut self) {
        let whole = self.image_held().and_then(crop::uncropped);
        self.commit(whole.iter().map(Write::place).collect());
    }

    /// Whether it is larger or smaller than its picture, of which the size is known.
    pub(crate) fn holds_resized(&self) -> bool {
        let Some(image) = self.image_held() else {
            return false;
        };
        let (now, own) = (image.geometry, self.in_own_size(image));
        own.is_some_and(|own| (own.w - now.w).abs() + (own.h - now.h).abs() > 0.01)
    }

    /// Gives it the size of its picture about its middle, as if it had just been put there.
    pub(crate) fn reset_size(&mut self) {
        let image = self.image_held().cloned();
        let resized = image.and_then(|mut image| {
            image.set_geometry(self.in_own_size(&image)?);
            Some(image)
        });
        self.commit(resized.iter().map(Write::place).collect());
    }

    // In one piece it can come late.
    #[inline(never)]
    fn in_own_size(&self, image: &Element) -> Option<Geometry> {
        let hash = FileHash::parse(image.links.file.as_deref()?)?;
        let pixels = self.document.size_of_file(&hash)?;
        let part = crop::shown(image).size();
        let size = Size::new(pixels.width * part.width, pixels.height * part.height);
        Some(image.geometry.resized(self.fitting(size, 1)).rounded())
    }

    /// Paints all of the picture whose crop is shown, and handles where that ends.
    #[inline(never)]
    pub(super) fn paint_crop(&self, list: &mut DisplayList, image: &Element) {
        let (Some(whole), Some(uncropped)) = (crop::whole(image), crop::uncropped(image)) else {
            return;
        };
        let frame = image.frame().rect().size().to_rect();
        list.op(Op::Save, &[]);
        list.transform(self.sight.camera.transform() * image.placement());
        list.op(Op::Save, &[]);
        list.rect(whole, 0.0);
        // The other way round, so that what is in both is in neither.
        let (w, h) = (frame.width(), frame.height());
        list.op(Op::Rect, &[w, 0.0, -w, h]);
        list.op(Op::Clip, &[]);
        let picture = uncropped.paint(self.sight.theme);
        let place = Affine::translate(whole.origin().to_vec2());
        list.place(place, image.style.opacity * FAINT, &picture);
        list.op(Op::Restore, &[]);
        let px = 1.0 / self.sight.camera.zoom();
        let own = accent(self.sight.theme);
        list.stroke_color(own);
        list.op(Op::LineWidth, &[px]);
        list.rect(frame, 0.0);
        list.op(Op::Stroke, &[]);
        let around = match self.sight.theme {
            Theme::Light => HANDLE_FILL.0,
            Theme::Dark => HANDLE_FILL.1,
        };
        for (color, width) in [(around, HANDLE_PX.1), (own, HANDLE_PX.0)] {
            list.stroke_color(color);
            list.op(Op::LineWidth, &[width * px]);
            self.crop_handles(list, image, ARM_PX * px);
            list.op(Op::Stroke, &[]);
        }
        list.op(Op::Restore, &[]);
    }

    /// Corners and bars, as one knows them from photographs: a path in the image's local space.
    fn crop_handles(&self, list: &mut DisplayList, image: &Element, arm: f64) {
        let frame = Frame::around(image, self.chosen.pointed.as_ref());
        let half = image.frame().rect().size() / 2.0;
        list.op(Op::Begin, &[]);
        for (handle, _) in frame.handles(&self.sight.camera) {
            let Handle::Resize { x, y } = handle else {
                continue;
            };
            let (x, y) = (f64::from(x), f64::from(y));
            let at = Point::new(half.width * (1.0 + x), half.height * (1.0 + y));
            // Inwards from a corner; along the side that it is on, both ways from its middle.
            let (from, to) = if x * y == 0.0 {
                let along = Vec2::new(1.0 - x.abs(), 1.0 - y.abs()) * (arm / 2.0);
                (at + along, at - along)
            } else {
                (at - Vec2::new(x * arm, 0.0), at - Vec2::new(0.0, y * arm))
            };
            list.op(Op::MoveTo, &[from.x, from.y]);
            list.op(Op::LineTo, &[at.x, at.y]);
            list.op(Op::LineTo, &[to.x, to.y]);
        }
    }
}
