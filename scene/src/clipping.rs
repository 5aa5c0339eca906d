//! What frames clip while a stack is painted: neighbours in one frame share one clip.
//!
//! Owns which frames the list is clipped to at the moment. Knows no element but by its frames.

use board::display::{DisplayList, Op};
use board::geometry::Geometry;
use board::id::ElementId;
use kurbo::{Affine, BezPath};

use crate::painting::ShownFrame;
use crate::scene::Node;

/// The frames that a list is clipped to where it ends, from the outermost inwards.
#[derive(Debug, Default)]
pub struct Clips {
    open: Vec<ElementId>,
}

impl Clips {
    /// Clips what follows to the frames of a node. `to_list` maps the board into the list's space.
    pub fn enter(
        &mut self,
        node: &Node,
        to_list: Affine,
        shown: ShownFrame<'_>,
        list: &mut DisplayList,
    ) {
        if node.frames().map(|(id, _)| id).eq(&self.open) {
            return;
        }
        self.leave(list);
        for (id, stands) in node.frames() {
            let frame = shown(id, stands);
            list.op(Op::Save, &[]);
            list.path(&outline(&frame, to_list));
            list.op(Op::Clip, &[]);
            self.open.push(id.clone());
        }
    }

    /// Clips what follows to nothing.
    pub fn leave(&mut self, list: &mut DisplayList) {
        self.open.drain(..).for_each(|_| list.op(Op::Restore, &[]));
    }
}

/// A box as a path in the space that `to_list` maps the board into.
pub(crate) fn outline(of: &Geometry, to_list: Affine) -> BezPath {
    let mut path = BezPath::new();
    for (i, corner) in of.corners().into_iter().enumerate() {
        match i {
            0 => path.move_to(to_list * corner),
            _ => path.line_to(to_list * corner),
        }
    }
    path.close_path();
    path
}
