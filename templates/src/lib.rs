//! The starting points that ship with Drawbridge: six boards that somebody has begun.
//!
//! Owns what is on them. Each is made as a person would make it, of elements that hold together, so that it
//! is changed like anything else; it is a board of its own, of which copies are made.

mod flow_chart;
mod hue;
mod kanban;
mod mind_map;
mod retro;
mod sheet;
mod story_map;
mod wireframes;

use board::document::Document;

use crate::sheet::Sheet;

/// A board that somebody has begun.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its name in files and addresses.
    pub name: &'static str,
    /// What a board is called that is made of it.
    pub title: &'static str,
    draw: fn(&mut Sheet),
}

impl Template {
    /// The board, always the same.
    pub fn board(&self) -> Document {
        let mut sheet = Sheet::new();
        (self.draw)(&mut sheet);
        sheet.into_board(self.title)
    }
}

/// All of them, in the order that they are offered in.
pub const TEMPLATES: [Template; 6] = [
    Template {
        name: "flow-chart",
        title: "Flow chart",
        draw: flow_chart::draw,
    },
    Template {
        name: "mind-map",
        title: "Mind map",
        draw: mind_map::draw,
    },
    Template {
        name: "retro",
        title: "Retrospective",
        draw: retro::draw,
    },
    Template {
        name: "kanban",
        title: "Kanban",
        draw: kanban::draw,
    },
    Template {
        name: "story-map",
        title: "User story map",
        draw: story_map::draw,
    },
    Template {
        name: "wireframes",
        title: "Wireframe kit",
        draw: wireframes::draw,
    },
];

#[cfg(test)]
mod tests {
    use board::element::{Element, Kind};
    use scene::Scene;

    use super::*;

    fn elements(template: &Template) -> Vec<Element> {
        let scene = Scene::rebuild(&template.board());
        let nodes = scene.in_order().into_iter();
        nodes.map(|node| node.element().clone()).collect()
    }

    #[test]
    fn a_template_is_always_the_same_board() {
        for template in TEMPLATES {
            let state = || template.board().replica().encode();
            assert!(state() == state(), "{}", template.name);
            assert_eq!(template.board().title(), template.title);
        }
    }

    #[test]
    fn arrows_hold_on_to_what_they_join() {
        for template in TEMPLATES {
            let all = elements(&template);
            for arrow in all.iter().filter(|one| matches!(one.kind, Kind::Arrow(_))) {
                let ends = [&arrow.links.start, &arrow.links.end];
                for end in ends {
                    let target = end.as_ref().map(|end| &end.target);
                    let held = all.iter().any(|one| Some(&one.id) == target);
                    assert!(held, "{}: {arrow:?}", template.name);
                }
            }
        }
    }

    #[test]
    fn what_is_in_a_frame_lies_in_it() {
        for template in TEMPLATES {
            let all = elements(&template);
            for element in &all {
                let Some(parent) = &element.links.parent else {
                    continue;
                };
                let frame = all.iter().find(|one| one.id == *parent).unwrap();
                let (inner, outer) = (element.bounds(), frame.frame().bounds());
                assert!(
                    outer.inflate(1.0, 1.0).union(inner) == outer.inflate(1.0, 1.0),
                    "{}: {inner:?} in {outer:?}: {:?}",
                    template.name,
                    element.text()
                );
            }
        }
    }

    #[test]
    fn words_fit_into_their_shapes() {
        for template in TEMPLATES {
            for element in elements(&template) {
                let closed = matches!(element.kind, Kind::Closed(_));
                let (given, grown) = (element.geometry.h, element.frame().h);
                assert!(
                    !closed || given == grown,
                    "{}: {:?} grows from {given} to {grown}",
                    template.name,
                    element.text()
                );
            }
        }
    }
}
