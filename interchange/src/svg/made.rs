//! What was made of the parts of an SVG: elements, alone or together.
//!
//! Owns that several are a group, and that they fade as one where that looks the same. Knows no node.

use board::element::Element;
use kurbo::Rect;

use super::not_ours::NotOurs;

/// Most parts that are looked at for whether they lie above one another.
const MOST_FADED: usize = 200;

/// What was made of a part.
pub(super) enum Made {
    One(Box<Element>),
    Group(Vec<Made>),
}

impl Made {
    pub(super) fn one(element: Element) -> Self {
        Self::One(Box::new(element))
    }

    /// All elements in it, bottom first.
    pub(super) fn leaves<'m>(&'m mut self, into: &mut Vec<&'m mut Element>) {
        match self {
            Self::One(element) => into.push(element),
            Self::Group(members) => members.iter_mut().for_each(|member| member.leaves(into)),
        }
    }
}

/// Several as one.
pub(super) fn grouped(made: Vec<Made>) -> Vec<Made> {
    match made.len() {
        0 | 1 => made,
        _ => vec![Made::Group(made)],
    }
}

/// Fades parts as one: each by itself, which looks the same while none lies above another.
pub(super) fn fade(made: &mut [Made], opacity: f64) -> Result<(), NotOurs> {
    let mut leaves = Vec::new();
    made.iter_mut().for_each(|made| made.leaves(&mut leaves));
    let bounds: Vec<Rect> = leaves
        .iter()
        .map(|element| element.frame().bounds())
        .collect();
    let mut rest = bounds.as_slice();
    while let Some((one, others)) = rest.split_first() {
        if leaves.len() > MOST_FADED
            || others
                .iter()
                .any(|other| one.intersect(*other).area() > 0.0)
        {
            return Err(NotOurs::Opacity);
        }
        rest = others;
    }
    for element in leaves {
        element.style.opacity *= opacity;
    }
    Ok(())
}
