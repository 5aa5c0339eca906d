//! Two who cut one stroke, or of whom one cuts what the other changes.

use board::element::Element;
use board::fields::Value;
use board::id::ElementId;
use board::style::StyleField;

use super::{ADA, BEN, Hand, WORLDS, Won, apart};

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
fn of_two_cuts_of_one_stroke_one_counts_whole_and_no_ink_is_there_twice() {
    // Beside one another, and so that what both erase overlaps.
    for bens in [0.0, -95.0] {
        let mut won = Won::default();
        for seed in WORLDS {
            let met = apart(
                seed,
                ink,
                |ada, _| wipe(ada, -100.0),
                |ben, _| {
                    wipe(ben, bens);
                    wipe(ben, 120.0);
                },
            );
            assert_eq!((met.saw[ADA].len(), met.saw[BEN].len()), (2, 3));
            let all = met.all();
            let left = pieces(&all);
            won.note([ADA, BEN].map(|by| pieces(&met.saw[by]) == left));
            let mut spans: Vec<_> = all.iter().map(|one| one.geometry.rect()).collect();
            spans.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            for (left, right) in spans.iter().zip(spans.iter().skip(1)) {
                assert!(left.x1 < right.x0, "{spans:?}");
            }
        }
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

#[test]
fn pieces_lie_where_the_stroke_lay_and_undo_brings_it_to_where_it_was_moved() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            ink,
            |ada, _| wipe(ada, 0.0),
            |ben, _| ben.drag((-100.0, 0.0), (-100.0, -90.0)),
        );
        let all = met.all();
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|one| one.geometry.y.abs() < 1.0));
        met.ada(|ada, _| ada.act("undo"));
        let moved = met.as_seen(BEN, &met.begun).geometry;
        assert!(moved.y < -80.0);
        assert_eq!(met.one(&met.begun).geometry, moved);
        assert_eq!(met.all().len(), 1);
    }
}

#[test]
fn the_longest_piece_says_what_was_there_and_undo_brings_what_was_written() {
    let label = |hand: &mut Hand<'_>, words: &str| {
        hand.pick((-150.0, 0.0));
        hand.press("F2");
        hand.write(words);
        hand.editor.act("endText");
    };
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| {
                let line = ada.draw("line", (-200.0, 0.0), (200.0, 0.0));
                label(ada, "one");
                line
            },
            |ada, _| wipe(ada, -100.0),
            |ben, _| label(ben, "one and two"),
        );
        let all = met.all();
        let longest = |a: &&Element, b: &&Element| a.geometry.w.total_cmp(&b.geometry.w);
        assert_eq!(all.len(), 2);
        let said: Vec<_> = all.iter().filter(|one| one.text().is_some()).collect();
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].text(), Some("one"));
        let longest = all.iter().max_by(longest).map(|one| &one.id);
        assert_eq!(longest, Some(&said[0].id));
        met.ada(|ada, _| ada.act("undo"));
        assert_eq!(met.all().len(), 1);
        assert_eq!(met.one(&met.begun).text(), Some("one and two"));
    }
}
