//! What elements look like, and how far that reaches.
//!
//! Owns what is painted in which order of a kind and its label. Knows no kind.

use kurbo::Rect;

use super::{Body, Element};
use crate::display::DisplayList;
use crate::style::Theme;

impl Element {
    /// A box in board space around all that is painted, stroke width and arrow heads included.
    pub fn bounds(&self) -> Rect {
        self.around(self.kind.shape().extent(&self.body()))
    }

    /// What it looks like at full opacity, in local space: see [`Element::placement`].
    pub fn paint(&self, theme: Theme) -> DisplayList {
        self.sketch(theme, 0.0)
    }

    /// The same for a small picture, in which points nearer than `step` board units are one.
    pub fn sketch(&self, theme: Theme, step: f64) -> DisplayList {
        let body = Body {
            step,
            ..self.body()
        };
        let shape = self.kind.shape();
        self.painted(theme, &|list| shape.paint(&body, theme, list))
    }

    /// What [`Element::paint`] and [`Element::bounds`] give, for less than both cost.
    pub fn look(&self, theme: Theme) -> (DisplayList, Rect) {
        let body = self.body();
        let Some(path) = self.kind.shape().seen(&body) else {
            return (self.paint(theme), self.bounds());
        };
        let list = self.painted(theme, &|list| path.paint(&body, theme, list));
        (list, self.around(path.extent(&body)))
    }

    fn painted(&self, theme: Theme, paint: &dyn Fn(&mut DisplayList)) -> DisplayList {
        let mut list = DisplayList::new();
        self.paint_around_label(&mut list, paint);
        self.paint_label(theme, &mut list);
        list
    }

    /// A box in board space around its shape, which reaches so far in local space, and its words.
    fn around(&self, extent: Rect) -> Rect {
        let around = self.label_box().map(|words| {
            let overhang = self.letters() * 0.25;
            words.inflate(overhang, overhang)
        });
        let extent = around.map_or(extent, |words| words.union(extent));
        self.placement().transform_rect_bbox(extent)
    }
}
