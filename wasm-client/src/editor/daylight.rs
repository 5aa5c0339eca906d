//! Where the board that is looked at is light although it is dark: see [`scene::Daylight`].
//!
//! Owns which pictures count while some of them move.

use board::element::Element;
use board::style::Theme;
use kurbo::Rect;
use scene::{Daylight, Node, is_picture};

use super::Editor;

impl Editor {
    /// Where daylight falls within a rectangle of the board, if it does. O(what is in it) in the dark.
    pub(super) fn daylight(&self, area: Rect) -> Option<Daylight> {
        self.cast(area, true)
    }

    /// The same on tiles, which what floats above them does not light: they stay while it moves.
    pub(super) fn daylight_on_tiles(&self, area: Rect) -> Option<Daylight> {
        self.cast(area, self.sight.stand_ins.afloat.is_none())
    }

    /// By all pictures, or by those alone that do not move.
    fn cast(&self, area: Rect, moving: bool) -> Option<Daylight> {
        // All else comes late.
        let dark = self.sight.theme == Theme::Dark;
        (dark && self.has_pictures(area)).then(|| self.find_daylight(area, moving))
    }

    fn has_pictures(&self, area: Rect) -> bool {
        let moving = self.sight.stand_ins.nodes.values();
        moving.chain(self.scene.near(area)).any(is_picture)
    }

    #[inline(never)]
    fn find_daylight(&self, area: Rect, moving: bool) -> Daylight {
        let stand_ins = &self.sight.stand_ins;
        let still = self.scene.near(area);
        // What lies under what floats is hidden by it.
        let stands = |node: &&Node| match moving {
            true => !stand_ins.taken.contains(&node.element().id),
            false => stand_ins.leaves(&node.element().id),
        };
        let still = still.filter(stands);
        let reaches = |node: &&Node| moving && node.bounds().overlaps(area);
        let all = still.chain(stand_ins.nodes.values().filter(reaches));
        Daylight::of(all)
    }

    /// The theme in which an element is shown that is typed: that of its middle.
    pub(super) fn theme_of(&self, element: &Element) -> Theme {
        let middle = element.bounds().center();
        let here = self.daylight(Rect::from_points(middle, middle));
        match here {
            Some(here) if here.lights(element, middle) => Theme::Light,
            _ => self.sight.theme,
        }
    }
}
