//! What is painted above the tiles during a drag: nothing is ever seen in another order than it lies in.

use super::*;
use scene::Node;

/// Takes hold of what is drawn at a place, and moves by a step: the first paints whatever was there anew.
fn take_hold(editor: &mut Editor, x: f64, y: f64) {
    pointer(editor, 0.0, x, y, 0.0);
    pointer(editor, 1.0, x + 8.0, y, 0.0);
    editor.paint();
}

/// Boxes at seeded places, some of them arrows between two of them.
fn heap(seed: u64) -> Editor {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut editor = editor("a");
    for _ in 0..24 {
        let (x, y) = (random.f64() * 700.0, random.f64() * 500.0);
        let tool = ["rectangle", "ellipse", "arrow"][random.usize(..3)];
        draw(&mut editor, tool, (x, y), (x + 90.0, y + 60.0));
    }
    press(&mut editor, "Escape");
    editor
}

/// No tile shows what lies above anything that is painted above the tiles.
fn in_order(editor: &Editor) -> usize {
    let stand_ins = &editor.sight.stand_ins;
    let Some(afloat) = &stand_ins.afloat else {
        return 0;
    };
    let floating = afloat.iter().filter_map(|id| editor.scene().get(id));
    let floating: Vec<&Node> = floating.chain(stand_ins.nodes.values()).collect();
    for node in editor.scene().iter() {
        if stand_ins.leaves(&node.element().id) {
            let covers = |below: &&Node| {
                node.bounds().overlaps(below.bounds()) && node.paint_order(below).is_gt()
            };
            assert!(!floating.iter().any(covers), "{:?}", node.element());
        }
    }
    afloat.len()
}

#[test]
fn no_tile_is_painted_while_something_is_dragged_and_what_covers_it_still_does() {
    let mut covered = 0;
    for seed in 0..20 {
        let mut editor = heap(seed);
        let node = editor.scene().in_order()[seed as usize % 5];
        let at = editor.camera().screen(node.element().frame().center()).0;
        let id = node.element().id.clone();
        editor.select([id].into());
        take_hold(&mut editor, at.x, at.y);
        for i in 0..12_u32 {
            let by = f64::from(i) * 20.0;
            pointer(&mut editor, 1.0, at.x + by, at.y + by / 2.0, 0.0);
            let unlike = editor.sight.stand_ins.afloat.clone();
            let painting = editor.paint();
            let same = editor.sight.stand_ins.afloat == unlike;
            assert!(painting.tiles.is_empty() || !same, "seed {seed}");
            covered += in_order(&editor);
        }
        pointer(&mut editor, 2.0, at.x + 220.0, at.y + 110.0, 0.0);
        editor.paint();
        assert_eq!(editor.sight.stand_ins.afloat, None, "seed {seed}");
    }
    assert!(covered > 100, "{covered}: something was covered");
}

#[test]
fn what_blends_is_painted_among_what_it_marks() {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (100.0, 100.0), (300.0, 300.0));
    draw(&mut editor, "highlighter", (50.0, 200.0), (400.0, 200.0));
    press(&mut editor, "Escape");
    editor.act("select");
    editor.paint();
    take_hold(&mut editor, 100.0, 150.0);
    pointer(&mut editor, 1.0, 140.0, 170.0, 0.0);
    let painting = editor.paint();
    assert_eq!(editor.sight.stand_ins.afloat, None);
    assert!(!painting.tiles.is_empty());
}

#[test]
fn what_others_put_above_it_meanwhile_is_above_it() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (300.0, 300.0));
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    a.act("select");
    take_hold(&mut a, 100.0, 150.0);
    assert_eq!(in_order(&a), 0);
    assert!(a.sight.stand_ins.afloat.is_some(), "it is painted above");
    draw(&mut b, "ellipse", (200.0, 200.0), (260.0, 260.0));
    exchange(&mut a, &mut b);
    a.paint();
    assert_eq!(in_order(&a), 1);
    b.act("selectAll");
    b.act("delete");
    exchange(&mut a, &mut b);
    a.paint();
    assert_eq!(in_order(&a), 0);
}

/// Hands over what one has done and what is live of it.
pub(super) fn tell(from: &mut Editor, to: &mut Editor) {
    from.tick(from.now + 100.0);
    let left = from.drain();
    for update in left.updates {
        to.receive(&Message::Update(&update).encode()).unwrap();
    }
    overhear(left.frames, to);
    to.tick(to.now + 1.0);
    to.paint();
}

/// Two who see the same boxes, the later ones above the earlier.
fn two(places: &[(f64, f64)]) -> (Editor, Editor) {
    let (mut a, mut b) = (editor("a"), editor("b"));
    for (x, y) in places {
        draw(&mut a, "rectangle", (*x, *y), (x + 100.0, y + 100.0));
    }
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    for editor in [&mut a, &mut b] {
        editor.connected(true);
        editor.act("select");
    }
    (a, b)
}

#[test]
fn what_another_drops_under_what_still_floats_is_under_it() {
    // The low one, what covers it, another, and the top one.
    let (mut a, mut b) = two(&[
        (100.0, 100.0),
        (120.0, 120.0),
        (400.0, 515.0),
        (600.0, 400.0),
    ]);
    take_hold(&mut a, 600.0, 450.0);
    assert_eq!(in_order(&a), 0);
    take_hold(&mut b, 100.0, 150.0);
    tell(&mut b, &mut a);
    assert_eq!(in_order(&a), 1, "what covers the low one");
    pointer(&mut b, 2.0, 108.0, 150.0, 0.0);
    tell(&mut b, &mut a);
    assert_eq!(a.sight.stand_ins.nodes.len(), 1, "the low one stands");
    drag(&mut b, (400.0, 550.0), (150.0, 185.0));
    tell(&mut b, &mut a);
    assert_eq!(in_order(&a), 2, "and the other that was dropped on it");
}

#[test]
fn nothing_floats_over_the_field_that_is_typed_in() {
    let (mut a, mut b) = two(&[(100.0, 100.0), (400.0, 100.0)]);
    begin_text(&mut a, "words");
    take_hold(&mut b, 400.0, 150.0);
    tell(&mut b, &mut a);
    let shown = &a.sight.stand_ins;
    assert!(shown.moves && shown.afloat.is_none());
}
