//! Two who edit arrows, and what these hold on to.

use board::element::Element;
use board::fields::Value;
use board::style::StyleField;
use kurbo::Point;

use super::{ADA, BEN, Hand, WORLDS, Won, apart};

/// What somebody does.
type Work<'a> = &'a dyn Fn(&mut Hand<'_>);

fn tip(element: &Element) -> Point {
    *element.vertices().last().expect("it has points")
}

/// Takes an arrow by its body and one of its ends somewhere else.
fn lead(hand: &mut Hand<'_>, body: (f64, f64), end: (f64, f64), to: (f64, f64)) {
    hand.pick(body);
    hand.drag(end, to);
}

#[test]
fn an_end_that_holds_on_to_what_another_deletes_stays_and_holds_again_after_undo() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| {
                let target = ada.box_at((100.0, 0.0));
                let arrow = ada.draw("arrow", (-300.0, -100.0), (-100.0, -100.0));
                (target, arrow)
            },
            |ada, _| {
                ada.pick((150.0, 40.0));
                ada.act("delete");
            },
            |ben, _| lead(ben, (-250.0, -100.0), (-100.0, -100.0), (100.0, 40.0)),
        );
        let (target, arrow) = met.begun.clone();
        assert_eq!(met.get(&target), None);
        let bens = tip(met.as_seen(BEN, &arrow));
        let outcome = tip(&met.one(&arrow));
        assert!((outcome - bens).hypot() < 0.1, "{outcome:?} {bens:?}");
        met.ada(|ada, _| ada.act("undo"));
        let end = met.one(&arrow).links.end.clone();
        assert_eq!(end.map(|end| end.target), Some(target));
        met.ada(|ada, _| ada.drag((150.0, 40.0), (150.0, 240.0)));
        assert!(tip(&met.one(&arrow)).y > bens.y + 100.0, "it follows");
    }
}

#[test]
fn an_end_stays_where_its_target_was_last() {
    let left_empty = |hand: &mut Hand<'_>| hand.write_in((150.0, 240.0), "");
    // A frame is taken by its border, a text by its words.
    let grip = |kind: &str| (150.0, if kind == "text" { 40.0 } else { 80.0 });
    let removed = |action: &'static str| {
        move |hand: &mut Hand<'_>| {
            hand.pick((150.0, 280.0));
            hand.act(action);
        }
    };
    let (deleted, unframed) = (removed("delete"), removed("removeFrame"));
    // What it is, and how Ada has it go once she has moved it down by 200.
    let goings: [(&str, Work<'_>); 4] = [
        ("rectangle", &deleted),
        ("frame", &deleted),
        ("frame", &unframed),
        ("text", &left_empty),
    ];
    for (seed, (kind, goes)) in WORLDS.flat_map(|seed| goings.map(|going| (seed, going))) {
        let met = apart(
            seed,
            |ada| {
                match kind {
                    "text" => {
                        ada.editor.act("text");
                        ada.click_with(0.0, (110.0, 40.0));
                        ada.write("many words");
                        ada.editor.act("endText");
                    }
                    "frame" => drop(ada.draw(kind, (110.0, 0.0), (200.0, 80.0))),
                    _ => drop(ada.box_at((110.0, 0.0))),
                }
                ada.press("Escape");
                ada.editor.act("arrow");
                ada.drag((-300.0, 40.0), (110.0, 40.0));
                let arrow = ada.editor.selection().first().cloned();
                arrow.expect("it is selected")
            },
            |ada, id| {
                let (x, y) = grip(kind);
                ada.drag((x, y), (x, y + 200.0));
                let node = ada.editor.scene().get(id).expect("it is there");
                assert!(tip(node.element()).y > 150.0, "it followed");
                goes(ada);
            },
            |ben, _| {
                ben.pick((-200.0, 40.0));
                ben.set(StyleField::Stroke, "#e03131");
            },
        );
        assert_eq!(met.all().len(), 1, "{kind} goes");
        let arrow = met.one(&met.begun);
        assert_eq!(arrow.vertices(), met.as_seen(ADA, &met.begun).vertices());
        assert!(tip(&arrow).y > 150.0, "{kind}: {:?}", tip(&arrow));
        assert_eq!(arrow.style.get(StyleField::Stroke), Value::text("#e03131"));
    }
}

#[test]
fn arrows_that_hold_on_to_each_other_stand_where_their_ends_were_put() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                let one = ada.draw("arrow", (-300.0, -100.0), (-100.0, -100.0));
                let other = ada.draw("arrow", (300.0, 100.0), (100.0, 100.0));
                (one, other)
            },
            |ada, _| lead(ada, (-250.0, -100.0), (-100.0, -100.0), (200.0, 100.0)),
            |ben, _| lead(ben, (250.0, 100.0), (100.0, 100.0), (-200.0, -100.0)),
        );
        let (one, other) = &met.begun;
        for (id, by) in [(one, ADA), (other, BEN)] {
            let shown = met.one(id);
            assert!(shown.links.end.is_some(), "it says that it holds");
            let stored = met.world.pages[ADA].editor.document().element(id);
            assert_eq!(Some(shown.vertices()), stored.map(|one| one.vertices()));
            let put = tip(met.as_seen(by, id));
            assert!(
                (tip(&shown) - put).hypot() < 0.1,
                "{:?} {put:?}",
                tip(&shown)
            );
        }
    }
}

#[test]
fn both_ends_of_one_arrow_are_decided_each_by_itself_where_they_hold() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                let from = ada.box_at((-300.0, 50.0));
                let to = ada.box_at((200.0, 50.0));
                let arrow = ada.draw("arrow", (-100.0, -100.0), (100.0, -100.0));
                (from, to, arrow)
            },
            |ada, _| lead(ada, (-50.0, -100.0), (-100.0, -100.0), (-250.0, 50.0)),
            |ben, _| lead(ben, (-50.0, -100.0), (100.0, -100.0), (250.0, 50.0)),
        );
        let (from, to, arrow) = &met.begun;
        let links = met.one(arrow).links;
        let [start, end] =
            [&links.start, &links.end].map(|end| end.as_ref().map(|end| &end.target));
        assert_eq!((start, end), (Some(from), Some(to)));
    }
}

#[test]
fn free_ends_of_one_arrow_are_one_of_the_two_whole() {
    let mut won = Won::default();
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| ada.draw("arrow", (-100.0, -100.0), (100.0, -100.0)),
            |ada, _| lead(ada, (-50.0, -100.0), (-100.0, -100.0), (-250.0, 50.0)),
            |ben, _| lead(ben, (-50.0, -100.0), (100.0, -100.0), (250.0, 50.0)),
        );
        let outcome = met.one(&met.begun).vertices();
        won.note([ADA, BEN].map(|by| met.as_seen(by, &met.begun).vertices() == outcome));
    }
}
