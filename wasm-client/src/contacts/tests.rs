//! Contacts as a browser reports them, and what each of them means.

use super::*;
use crate::pointer::read_batch;

const PRIMARY: f64 = 128.0;
const MIDDLE: f64 = 32.0;

/// The contacts of one page and the time of its events.
#[derive(Default)]
struct Glass {
    contacts: Contacts,
    now: f64,
    busy: bool,
}

impl Glass {
    fn event(&mut self, kind: f64, id: f64, device: f64, x: f64, bits: f64) -> Reading {
        let record = [kind, id, device, x, 0.0, 0.5, bits, self.now];
        let event = read_batch(&record).next().unwrap();
        self.contacts.input(&event, self.busy)
    }

    /// The finger 1 goes down first.
    fn finger(&mut self, kind: f64, id: f64, x: f64) -> Reading {
        let further = if id > 1.0 { 64.0 } else { 0.0 };
        let held = if kind < 2.0 { PRIMARY } else { 0.0 };
        self.event(kind, id, 2.0, x, further + held)
    }

    fn mouse(&mut self, kind: f64, x: f64, bits: f64) -> Reading {
        self.event(kind, 50.0, 0.0, x, bits)
    }

    fn pen(&mut self, kind: f64, x: f64, bits: f64) -> Reading {
        self.event(kind, 60.0, 1.0, x, bits)
    }

    /// One finger draws so far in so long.
    fn far_on(way: f64, time: f64) -> Self {
        let mut glass = Self {
            busy: true,
            ..Self::default()
        };
        glass.finger(0.0, 1.0, 0.0);
        glass.now = time;
        glass.finger(1.0, 1.0, way);
        glass
    }
}

fn is_kept(reading: Reading, x: f64) -> bool {
    matches!(reading.ends, Some(Ending::Kept(last)) if last.at.0.x == x)
}

#[test]
fn two_fingers_pinch_and_neither_draws_until_both_are_up() {
    let mut glass = Glass::default();
    assert_eq!(glass.finger(0.0, 1.0, 0.0).meaning, Meaning::Tool);
    let second = glass.finger(0.0, 2.0, 100.0);
    assert_eq!(second.ends, Some(Ending::Dropped));
    let Meaning::Pinch { scale, to, .. } = glass.finger(1.0, 2.0, 200.0).meaning else {
        panic!("two fingers pinch");
    };
    assert_eq!((scale, to), (2.0, Point::new(100.0, 0.0)));
    for (kind, id) in [(2.0, 2.0), (1.0, 1.0), (2.0, 1.0)] {
        assert_eq!(glass.finger(kind, id, 5.0).meaning, Meaning::Nothing);
    }
    assert_eq!(glass.finger(0.0, 1.0, 5.0).meaning, Meaning::Tool);
}

#[test]
fn a_finger_whose_end_was_lost_does_not_pinch_for_ever() {
    let mut glass = Glass::default();
    glass.finger(0.0, 1.0, 0.0);
    glass.finger(0.0, 2.0, 100.0);
    glass.finger(2.0, 1.0, 0.0);
    // The end of the other finger never came; the next is alone on the glass.
    assert_eq!(glass.finger(0.0, 1.0, 5.0).meaning, Meaning::Tool);
    assert_eq!(glass.finger(1.0, 1.0, 9.0).meaning, Meaning::Tool);
}

#[test]
fn a_finger_far_on_is_not_disturbed_by_another() {
    let mut glass = Glass::far_on(600.0, 400.0);
    for kind in [0.0, 1.0, 2.0] {
        assert_eq!(
            glass.finger(kind, 2.0, 50.0),
            meaning(Meaning::Nothing),
            "{kind}"
        );
    }
    assert_eq!(glass.finger(1.0, 1.0, 700.0).meaning, Meaning::Tool);
    assert_eq!(
        glass.finger(2.0, 1.0, 700.0),
        meaning(Meaning::Tool),
        "it is released"
    );
}

#[test]
fn a_finger_that_rests_or_has_just_begun_pinches_with_another() {
    for (way, time) in [(600.0, 100.0), (10.0, 400.0), (0.0, 4000.0)] {
        let mut glass = Glass::far_on(way, time);
        let second = glass.finger(0.0, 2.0, 50.0);
        assert!(
            matches!(second.meaning, Meaning::Pinch { .. }),
            "{way} {time}"
        );
        assert_eq!(second.ends, Some(Ending::Dropped));
    }
    let mut moving_the_view = Glass::far_on(600.0, 400.0);
    moving_the_view.busy = false;
    let second = moving_the_view.finger(0.0, 2.0, 50.0);
    assert!(matches!(second.meaning, Meaning::Pinch { .. }));
}

#[test]
fn a_finger_that_was_passed_over_hinders_no_pinch_later() {
    let mut glass = Glass::far_on(600.0, 400.0);
    glass.finger(0.0, 2.0, 50.0);
    glass.finger(2.0, 1.0, 600.0);
    assert_eq!(glass.finger(0.0, 3.0, 0.0).meaning, Meaning::Tool);
    let pinch = glass.finger(0.0, 4.0, 90.0).meaning;
    assert!(matches!(pinch, Meaning::Pinch { .. }));
}

#[test]
fn every_way_to_lose_a_release_keeps_what_was_done() {
    type Loss = fn(&mut Glass) -> Reading;
    let losses: [(&str, Loss); 5] = [
        ("capture lost", |glass| glass.mouse(7.0, 0.0, 0.0)),
        ("out of sight", |glass| {
            glass.event(7.0, -1.0, 0.0, 0.0, 0.0)
        }),
        ("cancelled", |glass| glass.mouse(3.0, 0.0, 0.0)),
        ("no button is down", |glass| glass.mouse(1.0, 300.0, 0.0)),
        ("pressed again", |glass| glass.mouse(0.0, 300.0, PRIMARY)),
    ];
    for (name, lose) in losses {
        for (way, kept) in [(90.0, true), (1.0, false)] {
            let mut glass = Glass::default();
            glass.mouse(0.0, 0.0, PRIMARY);
            glass.mouse(1.0, way, PRIMARY);
            let lost = lose(&mut glass);
            assert_eq!(is_kept(lost, way), kept, "{name}");
            assert_eq!(lost.ends == Some(Ending::Dropped), !kept, "{name}");
            assert!(!is_kept(glass.mouse(3.0, 0.0, 0.0), way), "{name}: once");
        }
    }
}

#[test]
fn only_the_button_that_began_it_holds_a_press() {
    let mut glass = Glass::default();
    glass.mouse(0.0, 0.0, MIDDLE);
    glass.mouse(1.0, 50.0, MIDDLE);
    assert!(is_kept(glass.mouse(1.0, 90.0, PRIMARY), 50.0));
    glass.mouse(0.0, 0.0, PRIMARY);
    assert_eq!(
        glass.mouse(1.0, 50.0, PRIMARY + 16.0).ends,
        None,
        "another may join"
    );
}

#[test]
fn another_pointer_does_not_lead_what_the_first_holds() {
    let mut glass = Glass::far_on(600.0, 400.0);
    assert_eq!(glass.mouse(1.0, 5.0, 0.0), meaning(Meaning::Nothing));
    let mouse = glass.mouse(0.0, 5.0, PRIMARY);
    assert!(is_kept(mouse, 600.0), "the mouse takes over");
    assert_eq!(glass.finger(1.0, 1.0, 9.0).meaning, Meaning::Nothing);
    assert_eq!(glass.finger(2.0, 1.0, 9.0).meaning, Meaning::Nothing);
    assert_eq!(glass.mouse(2.0, 5.0, 0.0).meaning, Meaning::Tool);
}

#[test]
fn a_palm_does_nothing_before_during_and_after_a_pen() {
    let mut glass = Glass {
        now: 1000.0,
        ..Glass::default()
    };
    glass.finger(0.0, 1.0, 0.0);
    glass.finger(1.0, 1.0, 30.0);
    glass.now += 120.0;
    assert_eq!(glass.pen(0.0, 300.0, PRIMARY).ends, Some(Ending::Palm));
    assert_eq!(glass.finger(1.0, 1.0, 40.0).meaning, Meaning::Nothing);
    for kind in [0.0, 1.0, 2.0] {
        assert_eq!(
            glass.finger(kind, 2.0, 50.0),
            meaning(Meaning::Nothing),
            "{kind}"
        );
    }
    assert_eq!(glass.pen(1.0, 320.0, PRIMARY).meaning, Meaning::Tool);
    assert_eq!(glass.pen(2.0, 320.0, 0.0).meaning, Meaning::Tool);
    glass.now += 200.0;
    glass.finger(2.0, 1.0, 40.0);
    assert_eq!(glass.finger(0.0, 1.0, 70.0).meaning, Meaning::Nothing);
    assert_eq!(
        glass.finger(1.0, 1.0, 90.0).meaning,
        Meaning::Nothing,
        "for as long as it is down"
    );
    assert_eq!(glass.finger(2.0, 1.0, 90.0).meaning, Meaning::Nothing);
    let tapped = glass.event(5.0, 1.0, 2.0, 90.0, 0.0);
    assert_eq!(tapped.meaning, Meaning::Nothing, "nor is it a double tap");
    glass.now += 600.0;
    assert_eq!(glass.finger(0.0, 1.0, 70.0).meaning, Meaning::Tool);
}

#[test]
fn two_contacts_of_a_palm_do_not_pinch() {
    let mut glass = Glass::default();
    glass.finger(0.0, 1.0, 0.0);
    glass.finger(0.0, 2.0, 80.0);
    glass.now += 120.0;
    assert_eq!(glass.pen(0.0, 300.0, PRIMARY).ends, Some(Ending::Palm));
    assert_eq!(glass.finger(1.0, 2.0, 180.0).meaning, Meaning::Nothing);
    assert_eq!(glass.finger(0.0, 3.0, 180.0).meaning, Meaning::Nothing);
}

#[test]
fn a_pen_that_comes_late_ends_a_deliberate_finger_in_order() {
    let mut glass = Glass::far_on(600.0, 2000.0);
    assert!(is_kept(glass.pen(0.0, 300.0, PRIMARY), 600.0));
}

#[test]
fn what_is_held_is_told_again_where_it_is() {
    let mut glass = Glass::default();
    assert_eq!(glass.contacts.again(0.0), None);
    glass.mouse(0.0, 10.0, PRIMARY);
    glass.mouse(1.0, 70.0, PRIMARY);
    glass.mouse(7.0, 70.0, 0.0);
    let hovering = glass.contacts.again(5.0).unwrap();
    assert_eq!((hovering.kind, hovering.time), (PointerKind::Move, 5.0));
    glass.finger(0.0, 1.0, 30.0);
    assert_eq!(glass.contacts.again(9.0).unwrap().at.0.x, 30.0);
    glass.finger(2.0, 1.0, 30.0);
    assert_eq!(glass.contacts.again(9.0), None, "a finger does not hover");
}
