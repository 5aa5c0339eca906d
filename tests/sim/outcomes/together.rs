//! Two who edit what holds together: groups, frames, locks, the stack, copies.

use board::element::Kind;
use board::id::ElementId;

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
fn a_group_in_a_circle_of_frames_is_a_place_in_it_as_any() {
    for seed in WORLDS {
        let mut group = None;
        let met = apart(
            seed,
            |ada| {
                let one = ada.draw("frame", (-350.0, -100.0), (-50.0, 100.0));
                let other = ada.draw("frame", (50.0, -100.0), (350.0, 100.0));
                ada.box_at((100.0, 150.0));
                [one, other]
            },
            |ada, _| ada.drag((-200.0, -100.0), (200.0, 20.0)),
            |ben, _| {
                self::group(ben, (200.0, -100.0), (150.0, 190.0));
                group = ben.editor.selection().first().cloned();
                // Beside the handle of its upper side.
                ben.drag((260.0, -100.0), (-200.0, 20.0));
            },
        );
        let group = group.expect("it is selected");
        let mut circle = [met.begun[0].clone(), met.begun[1].clone(), group];
        let named = |id: &ElementId| met.one(id).links.parent.clone();
        assert_eq!(named(&circle[0]).as_ref(), Some(&circle[1]));
        assert_eq!(named(&circle[1]).as_ref(), Some(&circle[2]));
        assert_eq!(named(&circle[2]).as_ref(), Some(&circle[0]));
        circle.sort_unstable();
        let [smallest, others @ ..] = &circle;
        assert_eq!(parent(&met, smallest), None);
        for id in others {
            assert_eq!(parent(&met, id), named(id));
        }
        assert_eq!(met.all().len(), 4);
    }
}

#[test]
fn what_is_dropped_into_a_frame_that_is_deleted_lies_where_it_fell_and_undo_puts_it_in() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| {
                let frame = ada.draw("frame", (-100.0, -100.0), (150.0, 100.0));
                [frame, ada.box_at((220.0, -40.0))]
            },
            |ada, _| {
                ada.pick((0.0, -100.0));
                ada.act("delete");
            },
            |ben, _| ben.drag((270.0, 0.0), (80.0, 0.0)),
        );
        let [frame, dropped] = met.begun.clone();
        assert_eq!(met.get(&frame), None);
        assert_eq!(parent(&met, &dropped), None);
        let fell = met.as_seen(BEN, &dropped).geometry;
        assert_eq!(met.one(&dropped).geometry, fell);
        met.ada(|ada, _| ada.act("undo"));
        assert_eq!(parent(&met, &dropped), Some(frame));
        assert_eq!(met.one(&dropped).geometry, fell);
    }
}

#[test]
fn what_is_locked_while_another_deletes_it_or_its_frame_is_deleted_and_comes_back_locked() {
    let deletes: [(f64, f64); 2] = [(50.0, 40.0), (0.0, -100.0)];
    for (seed, at) in WORLDS.flat_map(|seed| deletes.map(|at| (seed, at))) {
        let mut met = apart(
            seed,
            |ada| {
                let frame = ada.draw("frame", (-100.0, -100.0), (250.0, 150.0));
                [frame, ada.box_at((0.0, 0.0))]
            },
            |ada, _| {
                ada.pick(at);
                ada.act("delete");
            },
            |ben, _| {
                ben.pick((50.0, 40.0));
                ben.act("lock");
            },
        );
        let [frame, locked] = met.begun.clone();
        assert_eq!(met.get(&locked), None);
        met.ada(|ada, _| ada.act("undo"));
        assert!(met.one(&locked).links.locked);
        assert_eq!(parent(&met, &locked), Some(frame));
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
fn what_is_dropped_into_a_frame_that_goes_away_is_in_it_and_seen_where_it_was_let_go() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| {
                let frame = ada.draw("frame", (-150.0, -100.0), (0.0, 100.0));
                [frame, ada.box_at((220.0, -40.0))]
            },
            |ada, _| ada.drag((-80.0, -100.0), (-80.0, 150.0)),
            |ben, _| ben.drag((270.0, 0.0), (-70.0, -30.0)),
        );
        let [frame, dropped] = met.begun.clone();
        assert_eq!(parent(&met, &dropped), Some(frame));
        let mut picked = Vec::new();
        met.ada(|ada, _| {
            ada.pick((-70.0, -30.0));
            picked.extend(ada.editor.selection().iter().cloned());
        });
        assert_eq!(picked, [dropped]);
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
fn a_clipboard_that_both_paste_is_there_twice_each_whole_by_itself() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                ada.draw("frame", (-200.0, -150.0), (250.0, 150.0));
                ada.box_at((-150.0, -40.0));
                ada.box_at((100.0, -40.0));
                ada.editor.act("arrow");
                ada.drag((-50.0, 0.0), (100.0, 0.0));
                group(ada, (-100.0, 0.0), (150.0, 0.0));
                ada.pick((0.0, -150.0));
                ada.act("copy");
            },
            |ada, _| ada.paste(),
            |ben, _| ben.paste(),
        );
        let all = met.all();
        assert_eq!(
            all.len(),
            15,
            "three times a frame, a group, two boxes, an arrow"
        );
        let scene = met.world.pages[ADA].editor.scene();
        let ancestors = |id: &ElementId| -> Vec<ElementId> {
            let mut above: Vec<_> = std::iter::successors(parent(&met, id), |id| {
                let node = scene.get(id)?;
                node.parent().cloned()
            })
            .collect();
            above.reverse();
            above
        };
        let arrows = all.iter().filter(|one| matches!(one.kind, Kind::Arrow(_)));
        let mut frames = Vec::new();
        for arrow in arrows {
            let [frame] = &ancestors(&arrow.id)[..] else {
                panic!("{:?}", ancestors(&arrow.id));
            };
            let ends = [&arrow.links.start, &arrow.links.end];
            let ends = ends.map(|end| end.as_ref().expect("it holds"));
            let groups = ends.map(|end| ancestors(&end.target));
            assert_eq!(groups[0].first(), Some(frame), "its own boxes");
            assert_eq!((groups[0].len(), &groups[0]), (2, &groups[1]));
            frames.push(frame.clone());
        }
        frames.sort_unstable();
        frames.dedup();
        assert_eq!(frames.len(), 3);
    }
}
