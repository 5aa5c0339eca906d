//! What elements look like, and how far that reaches.
//!
//! Owns what is painted in which order of a kind and its label, and what each kind answers about that,
//! apart from its shape: whoever only makes records has no painting to carry.

use kurbo::Rect;

use super::path::Path;
use super::{Body, Element, Kind};
use crate::display::DisplayList;
use crate::style::Theme;

/// How each kind is painted. Everything is in local space.
pub(super) trait Look {
    /// Appends what it looks like at full opacity.
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList);

    /// As it is seen, of kinds that have to find that out for all that is asked of them.
    fn seen(&self, _body: &Body<'_>) -> Option<Path> {
        None
    }
}

impl Kind {
    pub(super) fn look(&self) -> &dyn Look {
        match self {
            Self::Ink(look) => look,
            Self::Closed(look) => look,
            Self::Line(look) => look,
            Self::Arrow(look) => look,
            Self::Text(look) => look,
            Self::Frame(look) => look,
            Self::Note(look) => look,
            Self::Group(look) => look,
            Self::Image(look) => look,
            Self::Unknown(look) => look,
        }
    }
}

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
        let look = self.kind.look();
        self.painted(theme, &|list| look.paint(&body, theme, list))
    }

    /// What [`Element::paint`] and [`Element::bounds`] give, for less than both cost.
    pub fn look(&self, theme: Theme) -> (DisplayList, Rect) {
        let body = self.body();
        let Some(path) = self.kind.look().seen(&body) else {
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
