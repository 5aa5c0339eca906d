//! Nodes as a display list.
//!
//! Owns how elements follow each other in one. Knows no canvas.

use board::display::DisplayList;
use board::element::Element;
use board::geometry::Geometry;
use board::id::ElementId;
use board::style::Theme;
use kurbo::Affine;

use crate::clipping::Clips;
use crate::daylight::Daylight;
use crate::scene::Node;

/// Where a frame is shown that stands somewhere.
pub type ShownFrame<'a> = &'a dyn Fn(&ElementId, &Geometry) -> Geometry;

/// Paints nodes, bottom first; `to_list` maps the board into the list's space.
pub fn stack(
    nodes: &[&Node],
    (theme, daylight): (Theme, Option<&Daylight>),
    to_list: Affine,
    shown: ShownFrame<'_>,
    list: &mut DisplayList,
) {
    let mut clips = Clips::default();
    for node in nodes {
        clips.enter(node, to_list, shown, list);
        let look = (theme, node.fragment(theme));
        place(daylight, node.element(), look, to_list, list);
    }
    clips.leave(list);
}

/// Places an element that looks so in the board's theme.
pub fn place(
    daylight: Option<&Daylight>,
    element: &Element,
    look: (Theme, &DisplayList),
    to_list: Affine,
    list: &mut DisplayList,
) {
    match daylight {
        Some(daylight) => daylight.place(element, look, to_list, list),
        None => list.place(to_list * element.placement(), element.style.opacity, look.1),
    }
}
