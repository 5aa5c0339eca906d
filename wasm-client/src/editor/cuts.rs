//! Erasing parts of strokes and lines: what is shown meanwhile, and what is written in the end.

use std::sync::Arc;

use board::document::Write;
use board::element::Element;
use board::fields::Value;
use board::id::ElementId;
use board::links::{Held, LinkField, Links, MAX_PIECES};
use kurbo::{Point, Rect};

use super::Editor;
use super::holding::deleted;
use crate::cutting::{Cutting, can_be_cut};
use scene::selection_of;

impl Editor {
    /// The eraser has gone from one point of the board to another.
    pub(super) fn cut_parts(&mut self, from: Point, to: Point, reach: f64) {
        let around = Rect::from_points(from, to).inflate(reach, reach);
        let nodes = self.scene.in_rect(around).into_iter();
        let free = nodes.filter(|node| !self.scene.is_locked(node));
        let known = &mut self.gesture.cuttings;
        for node in free.filter(|node| can_be_cut(node.element())) {
            let stroke = node.element();
            if known.iter().all(|cutting| cutting.stroke.id != stroke.id) {
                known.push(Cutting::of(stroke, reach, &|at| node.shows(at)));
            }
        }
        for cutting in &mut self.gesture.cuttings {
            cutting.pass(from, to, reach);
        }
        self.gesture.pieces = self.pieces();
    }

    /// What is left of all that is cut, beside the stroke that it was.
    fn pieces(&mut self) -> Vec<(ElementId, Vec<Element>)> {
        let zoom = self.sight.camera.zoom();
        let mut cuttings = std::mem::take(&mut self.gesture.cuttings);
        let mut name = || self.new_id();
        let cut = cuttings.iter_mut().filter(|cutting| cutting.is_cut());
        let pieces = cut
            .map(|cutting| {
                let pieces = cutting.pieces(zoom, &mut name);
                (cutting.stroke.id.clone(), pieces)
            })
            .collect();
        self.gesture.cuttings = cuttings;
        pieces
    }

    /// Writes it as one step: the strokes go, each by a cut of its own, and its pieces come.
    pub(super) fn commit_cuts(&mut self) {
        let mut writes = Vec::new();
        let cuts = std::mem::take(&mut self.gesture.pieces);
        let born = cuts.iter().flat_map(|(_, pieces)| pieces);
        let labels = born.filter_map(|piece| Some((piece.id.clone(), piece.text()?.to_owned())));
        let labels: Vec<(ElementId, String)> = labels.collect();
        for (id, pieces) in cuts {
            let Some(stroke) = self.scene.get(&id).map(|node| node.element().clone()) else {
                continue;
            };
            let cut: Arc<str> = self.new_id().as_str().into();
            let mut named = stroke.links.pieces.clone();
            named.push((id.clone(), cut.clone()));
            // Of a piece that was cut more often, the first cuts can no longer be told from others.
            let surplus = named.len().saturating_sub(MAX_PIECES);
            named.drain(..surplus);
            let links = Links::of(Held {
                parent: stroke.links.parent.clone(),
                link: stroke.links.link.clone(),
                pieces: named,
                ..Held::default()
            });
            writes.extend(deleted(&self.scene, &selection_of([id.clone()])));
            writes.push(Write::link(&id, LinkField::Cut, Value::Text(cut)));
            for mut piece in pieces {
                piece.links = links.clone();
                writes.push(Write::birth(&piece));
            }
        }
        self.gesture.cuttings.clear();
        if !writes.is_empty() {
            let labels: Vec<_> = labels
                .iter()
                .map(|(id, text)| (id, text.as_str()))
                .collect();
            let step = self.document.commit_with_texts(writes, &labels);
            self.steps.history.push(step);
            self.follow();
        }
    }
}
