//! What comes out when two edit at once, as the table in docs/file-format.md says: two real editors
//! work while the network is cut, and meet again.
//!
//! Owns how they come apart and together, and their hands; the rows of the table are in `outcomes/`.

mod elements;
mod ends;
mod pieces;
mod together;

use board::element::Element;
use board::fields::Value;
use board::id::ElementId;
use board::style::StyleField;
use kurbo::Point;
use wasm_client::boundary::{Focus, Modifiers, TextInput};
use wasm_client::editor::Editor;

use crate::checks;
use crate::page::Clip;
use crate::world::World;

/// Two people with browsers of their own.
const ADA: usize = 0;
const BEN: usize = 1;
/// Where one of the two wins, both do in some of these worlds.
const WORLDS: std::ops::Range<u64> = 0..4;
/// The bits of modifiers in an event of the pointer, and that of its button.
const SHIFT: f64 = 1.0;
const COMMAND: f64 = 4.0;
const PRIMARY: f64 = 128.0;

/// A place on the board.
type Place = (f64, f64);

/// Two who worked without each other and have met again.
struct Met<T> {
    world: World,
    /// What was there before.
    begun: T,
    /// What each of them saw when they had done their work, bottom first.
    saw: [Vec<Element>; 2],
}

/// Lets Ada begin, and both go on while they are cut off from one another.
fn apart<T>(
    seed: u64,
    begin: impl FnOnce(&mut Hand<'_>) -> T,
    ada: impl FnOnce(&mut Hand<'_>, &T),
    ben: impl FnOnce(&mut Hand<'_>, &T),
) -> Met<T> {
    let mut world = World::calm(seed);
    let mut begun = None;
    world.work(ADA, |page| {
        begun = Some(begin(&mut Hand::of(&mut page.editor)))
    });
    let begun = begun.unwrap();
    rest(&mut world);
    let clip = world.pages[ADA].copied.clone();
    world.pages[BEN].copied = clip;
    world.cut();
    let take = |page: &mut crate::page::Page| page.copied.take();
    world.work(ADA, |page| {
        let clip = take(page);
        ada(
            &mut Hand {
                editor: &mut page.editor,
                clip,
            },
            &begun,
        );
    });
    world.work(BEN, |page| {
        let clip = take(page);
        ben(
            &mut Hand {
                editor: &mut page.editor,
                clip,
            },
            &begun,
        );
    });
    let saw = [ADA, BEN].map(|page| seen(&world.pages[page].editor));
    rest(&mut world);
    Met { world, begun, saw }
}

/// Until everybody has the same, and it is on disk.
fn rest(world: &mut World) {
    world.come_to_rest();
    checks::all(world);
}

fn seen(editor: &Editor) -> Vec<Element> {
    let nodes = editor.scene().in_order().into_iter();
    nodes.map(|node| node.element().clone()).collect()
}

fn find<'a>(elements: &'a [Element], id: &ElementId) -> Option<&'a Element> {
    elements.iter().find(|element| element.id == *id)
}

impl<T> Met<T> {
    /// What everybody sees, bottom first.
    fn all(&self) -> Vec<Element> {
        seen(&self.world.pages[BEN].editor)
    }

    fn get(&self, id: &ElementId) -> Option<Element> {
        find(&self.all(), id).cloned()
    }

    /// One that is there.
    fn one(&self, id: &ElementId) -> Element {
        self.get(id).expect("it is there")
    }

    /// One as somebody saw it before they met.
    fn as_seen(&self, by: usize, id: &ElementId) -> &Element {
        find(&self.saw[by], id).expect("they saw it")
    }

    /// How far up in the stack something is.
    fn height(&self, id: &ElementId) -> usize {
        let all = self.all();
        let at = all.iter().position(|element| element.id == *id);
        at.expect("it is there")
    }

    /// Ada goes on, now that all are together.
    fn ada(&mut self, does: impl FnOnce(&mut Hand<'_>, &T)) {
        let begun = &self.begun;
        let hand = |page: &mut crate::page::Page| does(&mut Hand::of(&mut page.editor), begun);
        self.world.work(ADA, hand);
        rest(&mut self.world);
    }
}

/// Counts whose way it went where one of the two wins: none of them always.
#[derive(Default)]
struct Won([usize; 2]);

impl Won {
    /// It is as one of the two had it.
    fn note(&mut self, is: [bool; 2]) {
        assert!(is[0] || is[1], "it is neither Ada's nor Ben's");
        assert!(!(is[0] && is[1]), "they did the same");
        self.0[usize::from(is[1])] += 1;
    }
}

impl Drop for Won {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(
                self.0[0] > 0 && self.0[1] > 0,
                "always one of them: {:?}",
                self.0
            );
        }
    }
}

/// What a person does, in places of the board.
struct Hand<'a> {
    editor: &'a mut Editor,
    clip: Option<Clip>,
}

impl<'a> Hand<'a> {
    fn of(editor: &'a mut Editor) -> Self {
        // Things are to be where they are put.
        editor.set_snap(false, 0.0);
        Self { editor, clip: None }
    }

    fn pointer(&mut self, kind: f64, at: Place, modifiers: f64) {
        let held = if kind < 2.0 { PRIMARY } else { 0.0 };
        let at = self.editor.camera().screen(Point::from(at)).0;
        let bits = modifiers + held;
        self.editor
            .input(&[kind, 1.0, 0.0, at.x, at.y, 0.4, bits, 0.0]);
    }

    fn drag(&mut self, from: Place, to: Place) {
        self.drag_with(0.0, from, to);
    }

    fn drag_with(&mut self, modifiers: f64, from: Place, to: Place) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        self.pointer(0.0, from, modifiers);
        self.pointer(1.0, middle, modifiers);
        self.pointer(1.0, to, modifiers);
        self.pointer(2.0, to, modifiers);
    }

    fn click_with(&mut self, modifiers: f64, at: Place) {
        self.pointer(0.0, at, modifiers);
        self.pointer(2.0, at, modifiers);
    }

    /// Selects what is there.
    fn pick(&mut self, at: Place) {
        self.editor.act("select");
        self.press("Escape");
        self.click_with(0.0, at);
    }

    /// Draws something and gives its name.
    fn draw(&mut self, tool: &str, from: Place, to: Place) -> ElementId {
        let before = seen(self.editor);
        self.editor.act(tool);
        // What begins at another holds on to it, but with Ctrl.
        let modifiers = if tool == "arrow" { COMMAND } else { 0.0 };
        self.drag_with(modifiers, from, to);
        let mut after = seen(self.editor).into_iter();
        let new = after.find(|element| find(&before, &element.id).is_none());
        new.expect("it is drawn").id
    }

    /// Draws a filled box, 100 by 80.
    fn box_at(&mut self, at: Place) -> ElementId {
        let id = self.draw("rectangle", at, (at.0 + 100.0, at.1 + 80.0));
        self.set(StyleField::Fill, "#a5d8ff");
        self.press("Escape");
        id
    }

    /// Pulls the corner at the lower right of what is selected, whose box ends there.
    fn resize(&mut self, from: Place, to: Place) {
        // Handles stand off by so many pixels.
        let off = 4.0 / self.editor.camera().zoom();
        let out = |at: Place| (at.0 + off, at.1 + off);
        self.drag(out(from), out(to));
    }

    fn act(&mut self, action: &str) {
        assert!(self.editor.act(action), "{action}");
    }

    fn press(&mut self, key: &str) {
        let modifiers = Modifiers::default();
        self.editor.key(key, "", modifiers, false, Focus::Board);
    }

    fn set(&mut self, field: StyleField, value: &str) {
        self.editor.restyle(field, Value::text(value), true);
    }

    /// What the field of a text holds now.
    fn write(&mut self, value: &str) {
        let end = value.encode_utf16().count() as u32;
        self.editor.text(&TextInput {
            value: value.into(),
            selection_anchor: end,
            selection_head: end,
            composing: false,
            pointed: false,
        });
    }

    /// The label of what is there, or the text.
    fn write_in(&mut self, at: Place, value: &str) {
        self.pick(at);
        self.press("Enter");
        self.write(value);
        self.editor.act("endText");
    }

    fn paste(&mut self) {
        let (text, html) = self.clip.clone().expect("something was copied");
        self.editor.paste(&text, &html);
    }
}
