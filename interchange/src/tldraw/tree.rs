//! Who is in whom, where that puts it, and in which order all of it is painted.
//!
//! Owns that places add up: a shape is told from its parent's corner, and turns about its own. Knows no
//! element of ours.

use std::collections::{BTreeMap, HashMap};

use board::hierarchy::MAX_LEVELS;
use kurbo::{Affine, Point};

use super::parse::Page;
use super::shape::Shape;
use crate::circles;
use crate::loss::Losses;

/// Where a shape is on its page, and how visible.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// From its own upper left corner to the page.
    pub(super) place: Affine,
    /// Radians.
    pub(super) turn: f64,
    pub(super) opacity: f64,
}

/// All shapes by their places in the document.
pub(super) struct Tree {
    /// Bottom first, what holds others before them.
    pub(super) order: Vec<usize>,
    /// Names of pages that have shapes, in their order; of those without a page last.
    pub(super) pages: Vec<String>,
    parents: Vec<Option<usize>>,
    own: Vec<Seat>,
    /// Of each shape that is in no other: its page, of `pages`.
    of_page: Vec<usize>,
}

impl Tree {
    pub(super) fn of(shapes: &[Shape], pages: &[Page], losses: &mut Losses) -> Self {
        let mut names = HashMap::new();
        for (place, shape) in shapes.iter().enumerate() {
            names.entry(shape.id.as_str()).or_insert(place);
        }
        let parent = |shape: &Shape| names.get(shape.parent.as_str()).copied();
        let mut parents: Vec<Option<usize>> = shapes.iter().map(parent).collect();
        // A level is left for the page.
        circles::cut(&mut parents, MAX_LEVELS - 1, losses);
        let own = shapes.iter().map(|shape| Seat {
            place: Affine::translate(shape.at.to_vec2()) * Affine::rotate(shape.turn),
            turn: shape.turn,
            opacity: shape.opacity.clamp(0.0, 1.0),
        });
        let mut tree = Self {
            order: Vec::with_capacity(shapes.len()),
            pages: Vec::new(),
            own: own.collect(),
            of_page: vec![0; shapes.len()],
            parents,
        };
        tree.sort_into(shapes, pages);
        tree
    }

    fn sort_into(&mut self, shapes: &[Shape], pages: &[Page]) {
        let mut sorted: Vec<&Page> = pages.iter().collect();
        sorted.sort_by_key(|page| (&page.index, &page.id));
        let ranks: HashMap<&str, usize> = sorted
            .iter()
            .enumerate()
            .map(|(rank, page)| (page.id.as_str(), rank))
            .collect();
        let mut roots: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (place, shape) in shapes.iter().enumerate() {
            match self.parent(place) {
                Some(parent) => members.entry(parent).or_default().push(place),
                None => {
                    let rank = ranks.get(shape.parent.as_str()).copied();
                    let rank = rank.unwrap_or(sorted.len());
                    roots.entry(rank).or_default().push(place);
                }
            }
        }
        let key = |place: &usize| shapes.get(*place).map(|shape| (&shape.index, &shape.id));
        for (rank, mut due) in roots {
            due.sort_by_key(key);
            for root in &due {
                if let Some(page) = self.of_page.get_mut(*root) {
                    *page = self.pages.len();
                }
            }
            let name = sorted.get(rank).map(|page| page.name.clone());
            self.pages.push(name.unwrap_or_default());
            due.reverse();
            while let Some(place) = due.pop() {
                self.order.push(place);
                let mut inside = members.remove(&place).unwrap_or_default();
                inside.sort_by_key(key);
                due.extend(inside.into_iter().rev());
            }
        }
    }

    pub(super) fn parent(&self, place: usize) -> Option<usize> {
        self.parents.get(place).copied().flatten()
    }

    /// The page that a shape is on, of `pages`.
    pub(super) fn page(&self, place: usize) -> usize {
        let outermost = self.line(place).last().unwrap_or(place);
        self.of_page.get(outermost).copied().unwrap_or_default()
    }

    /// Where a shape is on its page.
    pub(super) fn seat(&self, place: usize) -> Seat {
        let nowhere = Seat {
            place: Affine::IDENTITY,
            turn: 0.0,
            opacity: 1.0,
        };
        let all = self.line(place).filter_map(|at| self.own.get(at));
        all.fold(nowhere, |inside, own| Seat {
            place: own.place * inside.place,
            turn: own.turn + inside.turn,
            opacity: own.opacity * inside.opacity,
        })
    }

    /// A shape and what it is in, outwards; circles are cut.
    fn line(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |at| self.parent(*at))
    }
}

impl Seat {
    /// A point of the shape on the page.
    pub(super) fn on_page(&self, at: Point) -> Point {
        self.place * at
    }
}
