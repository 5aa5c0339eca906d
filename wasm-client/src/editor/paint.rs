//! What is painted: the scene on one canvas, whatever moves above it on another.
//!
//! Lists are in CSS pixels of the canvas.

use std::collections::HashSet;

use board::display::{DisplayList, Op};
use board::element::Element;
use board::id::ElementId;
use board::ink::outline::outline;
use board::style::Color;
use kurbo::Affine;

use super::{Damage, Editor, Making};
use crate::live::InkStyle;
use crate::peers::Shown;
use crate::scene::paint_order;
use crate::tool::View;

/// How far out of view something is still painted, CSS pixels: shadows of nothing, but carets.
const MARGIN_PX: f64 = 8.0;
/// What the eraser has marked is shown this faint.
const DOOMED_ALPHA: f64 = 0.2;

/// What is to be painted on each canvas; `None` where nothing changed.
#[derive(Debug, Default)]
pub struct Painting {
    /// The elements.
    pub scene: Option<DisplayList>,
    /// Whatever moves above them.
    pub overlay: Option<DisplayList>,
}

impl Editor {
    /// Paints what changed since the last time.
    pub fn paint(&mut self) -> Painting {
        let damage = std::mem::take(&mut self.damage);
        Painting {
            scene: damage.scene.then(|| self.paint_scene()),
            overlay: damage.overlay.then(|| self.paint_overlay()),
        }
    }

    /// Paints everything again the next time.
    pub fn repaint(&mut self) {
        self.damage = Damage {
            scene: true,
            overlay: true,
        };
    }

    fn paint_scene(&self) -> DisplayList {
        let margin = MARGIN_PX / self.camera.zoom();
        let view = self.camera.view().inflate(margin, margin);
        let to_screen = self.camera.transform();
        let mut list = DisplayList::new();
        let (elsewhere, taken) = self.elsewhere();
        let mut moving = elsewhere
            .iter()
            .filter(|e| e.bounds().overlaps(view))
            .peekable();
        for node in self.scene.in_rect(view) {
            let element = node.element();
            while let Some(next) = moving.next_if(|m| paint_order(m, element).is_lt()) {
                self.paint_element(&mut list, to_screen, next, &next.paint(self.theme));
            }
            if self.is_typed(&element.id) || taken.contains(&element.id) {
                continue;
            }
            match self.tried_out(element) {
                Some(styled) => {
                    self.paint_element(&mut list, to_screen, &styled, &styled.paint(self.theme));
                }
                None => {
                    self.paint_element(&mut list, to_screen, element, node.fragment(self.theme));
                }
            }
        }
        for element in moving {
            self.paint_element(&mut list, to_screen, element, &element.paint(self.theme));
        }
        list
    }

    fn paint_element(
        &self,
        list: &mut DisplayList,
        to_screen: Affine,
        element: &Element,
        fragment: &DisplayList,
    ) {
        let doomed = if self.doomed.contains(&element.id) {
            DOOMED_ALPHA
        } else {
            1.0
        };
        list.place(
            to_screen * element.placement(),
            element.style.opacity * doomed,
            fragment,
        );
    }

    /// Elements that are shown elsewhere than the document has them: dragged here or by others,
    /// in paint order, and which they are.
    pub(super) fn elsewhere(&self) -> (Vec<Element>, HashSet<ElementId>) {
        let mut moved: Vec<Element> = Vec::new();
        let mut taken = HashSet::new();
        let mut put = |element: Element| {
            if taken.insert(element.id.clone()) {
                let place = moved.partition_point(|other| paint_order(other, &element).is_lt());
                moved.insert(place, element);
            }
        };
        if let Some(dragged) = &self.dragged {
            dragged.elements.iter().cloned().for_each(&mut put);
        }
        for shown in self
            .peers
            .doing()
            .filter_map(|doing| doing.gesture.as_ref())
        {
            match shown {
                Shown::Drag {
                    elements,
                    transform,
                } => {
                    let nodes = elements.iter().filter_map(|id| self.scene.get(id));
                    nodes
                        .map(|node| transform.applied(node.element()))
                        .for_each(&mut put);
                }
                Shown::Shape(element) if self.scene.get(&element.id).is_some() => {
                    put((**element).clone());
                }
                _ => {}
            }
        }
        (moved, taken)
    }

    fn is_typed(&self, id: &ElementId) -> bool {
        self.typing
            .as_ref()
            .is_some_and(|typing| typing.element() == id)
    }

    fn paint_overlay(&self) -> DisplayList {
        let mut list = DisplayList::new();
        self.paint_making(&mut list);
        self.paint_peers(&mut list);
        if self.typing.is_none() {
            self.paint_selection(&mut list);
        }
        let view = View {
            scene: &self.scene,
            camera: &self.camera,
            selection: &self.selection,
        };
        self.tool.paint(&view, &mut list);
        self.paint_cursors(&mut list);
        list
    }

    /// Elements in the making, one's own and the others'.
    fn paint_making(&self, list: &mut DisplayList) {
        let to_screen = self.camera.transform();
        match &self.making {
            Some(Making::Shape(element)) => {
                self.paint_element(list, to_screen, element, &element.paint(self.theme));
            }
            Some(Making::Ink { style, points, .. }) => self.paint_ink(list, style, points),
            None => {}
        }
        for shown in self
            .peers
            .doing()
            .filter_map(|doing| doing.gesture.as_ref())
        {
            match shown {
                Shown::Ink {
                    element,
                    style,
                    points,
                } if self.scene.get(element).is_none() => {
                    self.paint_ink(list, style, points);
                }
                Shown::Shape(element) if self.scene.get(&element.id).is_none() => {
                    self.paint_element(list, to_screen, element, &element.paint(self.theme));
                }
                _ => {}
            }
        }
    }

    fn paint_ink(&self, list: &mut DisplayList, style: &InkStyle, points: &[board::ink::InkPoint]) {
        let mut fragment = DisplayList::new();
        fragment.fill_color(Color(style.color).in_theme(self.theme));
        fragment.path(&outline(points, style.width.into()));
        fragment.op(Op::Fill, &[]);
        list.place(self.camera.transform(), style.opacity.into(), &fragment);
    }
}
