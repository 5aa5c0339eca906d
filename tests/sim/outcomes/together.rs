//! Two who edit what holds together: groups, frames, the stack, pieces of strokes, copies.

use board::element::Element;
use board::fields::Value;
use board::id::ElementId;
use board::style::StyleField;

use super::{ADA, BEN, Hand, Met, SHIFT, WORLDS, Won, apart};

fn parent<T>(met: &Met<T>, id: &ElementId) -> Option<ElementId> {
    let scene = met.world.pages[ADA].editor.scene();
    scene.get(id).expect("it is there").parent().cloned()
}

fn group(hand: &mut Hand<'_>, one: (f64, f64), other: (f64, f64)) {
    hand.pick(one);
    hand.click_with(SHIFT, other);
    hand.act("group");
}

#[test]
fn what_two_group_is_in_one_of_the_two_and_a_group_of_one_is_none() {
    let mut won = Won::default();
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| [-300.0, 0.0, 200.0].map(|x| ada.box_at((x, 0.0))),
            |ada, _| group(ada, (-250.0, 40.0), (50.0, 40.0)),
            |ben, _| group(ben, (50.0, 40.0), (250.0, 40.0)),
        );
        let [left, middle, right] = met.begun.clone();
        let [adas, bens] = [&left, &right].map(|id| parent(&met, id).expect("a group"));
        let both = parent(&met, &middle).expect("a group");
        won.note([both == adas, both == bens]);
        let (alone, at) = if both == adas {
            (right, 250.0)
        } else {
            (left, -250.0)
        };
        let mut picked = Vec::new();
        met.ada(|ada, _| {
            ada.pick((at, 40.0));
            picked.extend(ada.editor.selection().iter().cloned());
        });
        assert_eq!(picked, [alone]);
    }
}

#[test]
fn of_frames_that_are_put_into_each_other_the_smallest_id_is_outside() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                let one = ada.draw("frame", (-350.0, -100.0), (-50.0, 100.0));
                let other = ada.draw("frame", (50.0, -100.0), (350.0, 100.0));
                [one, other]
            },
            |ada, _| ada.drag((-200.0, -100.0), (200.0, 20.0)),
            |ben, _| ben.drag((200.0, -100.0), (-200.0, 20.0)),
        );
        let [one, other] = &met.begun;
        assert_eq!(met.as_seen(ADA, one).links.parent.as_ref(), Some(other));
        assert_eq!(met.as_seen(BEN, other).links.parent.as_ref(), Some(one));
        let (outer, inner) = if one < other {
            (one, other)
        } else {
            (other, one)
        };
        assert_eq!(parent(&met, outer), None);
        assert_eq!(parent(&met, inner).as_ref(), Some(outer));
    }
}

#[test]
fn what_is_dropped_into_a_frame_that_comes_to_the_front_is_there_too() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                let frame = ada.draw("frame", (-100.0, -100.0), (150.0, 100.0));
                let above = ada.box_at((-180.0, 60.0));
                let dropped = ada.box_at((220.0, -40.0));
                [frame, above, dropped]
            },
            |ada, _| {
                ada.pick((0.0, -100.0));
                ada.act("bringToFront");
            },
            |ben, _| ben.drag((270.0, 0.0), (80.0, 0.0)),
        );
        let [frame, above, dropped] = &met.begun;
        assert_eq!(parent(&met, dropped).as_ref(), Some(frame));
        let [frame, above, dropped] = [frame, above, dropped].map(|id| met.height(id));
        assert!(
            above < frame && frame < dropped,
            "{above} {frame} {dropped}"
        );
    }
}

#[test]
fn two_at_one_place_of_the_stack_are_both_there() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| [0.0, 40.0, 80.0].map(|x| ada.box_at((x, 0.0))),
            |ada, _| {
                ada.pick((10.0, 40.0));
                ada.act("bringToFront");
            },
            |ben, _| {
                ben.pick((60.0, 40.0));
                ben.act("bringToFront");
            },
        );
        let [low, middle, high] = met.begun.clone().map(|id| met.height(&id));
        assert_eq!(high, 0, "the others were both brought above it");
        assert_eq!(low + middle, 3);
    }
}

#[test]
fn a_clipboard_that_both_paste_is_there_twice() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                let one = ada.box_at((0.0, 0.0));
                ada.pick((50.0, 40.0));
                ada.act("copy");
                one
            },
            |ada, _| ada.paste(),
            |ben, _| ben.paste(),
        );
        let all = met.all();
        assert_eq!(all.len(), 3);
        let copied = met.one(&met.begun).style;
        assert!(all.iter().all(|one| one.style == copied));
    }
}

/// A level stroke.
fn ink(hand: &mut Hand<'_>) -> ElementId {
    hand.draw("pen", (-200.0, 0.0), (200.0, 0.0))
}

fn wipe(hand: &mut Hand<'_>, x: f64) {
    hand.editor.act("cutter");
    hand.drag((x, -60.0), (x, 60.0));
}

fn pieces(elements: &[Element]) -> Vec<ElementId> {
    let mut ids: Vec<_> = elements.iter().map(|one| one.id.clone()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn of_two_cuts_of_one_stroke_one_counts_whole() {
    let mut won = Won::default();
    for seed in WORLDS {
        let met = apart(
            seed,
            ink,
            |ada, _| wipe(ada, -100.0),
            |ben, _| {
                wipe(ben, 0.0);
                wipe(ben, 120.0);
            },
        );
        assert_eq!((met.saw[ADA].len(), met.saw[BEN].len()), (2, 3));
        let left = pieces(&met.all());
        won.note([ADA, BEN].map(|by| pieces(&met.saw[by]) == left));
    }
}

#[test]
fn pieces_have_the_colour_that_the_stroke_had_and_undo_brings_the_new_one() {
    let stroke = |element: &Element| element.style.get(StyleField::Stroke);
    for seed in WORLDS {
        let mut met = apart(
            seed,
            ink,
            |ada, _| wipe(ada, 0.0),
            |ben, _| {
                ben.pick((-100.0, 0.0));
                ben.set(StyleField::Stroke, "#e03131");
            },
        );
        let all = met.all();
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|one| stroke(one) == Value::text("#1e1e1e")));
        met.ada(|ada, _| ada.act("undo"));
        let all = met.all();
        assert_eq!((all.len(), stroke(&all[0])), (1, Value::text("#e03131")));
    }
}
