//! What people do next: gestures, keys and typing, at random, through the editor's public input.
//!
//! Owns the gesture under way. Everything random comes from the seed. Knows no network.

use board::element::Element;
use board::fields::Value;
use board::file::FileHash;
use board::id::ElementId;
use board::picture::{Media, Picture};
use board::style::StyleField;
use fastrand::Rng;
use kurbo::{Point, Size};
use wasm_client::boundary::{Focus, Modifiers};

use crate::page::{Clip, Field, Page};

/// Nobody lets a simulated board grow beyond so many elements.
const CROWDED: usize = 40;

/// The pointer of one page.
#[derive(Debug, Default)]
pub(crate) struct Pointer {
    down: bool,
    at: (f64, f64),
    moves: u32,
    device: f64,
    modifiers: f64,
}

/// The bit of the primary button in a packed event.
const PRIMARY: f64 = 128.0;

const TOOLS: [&str; 18] = [
    "note",
    "frame",
    "arrow",
    "shape",
    "highlighter",
    "cutter",
    "laser",
    "lasso",
    "bucket",
    "select",
    "hand",
    "pen",
    "eraser",
    "rectangle",
    "ellipse",
    "line",
    "arrow",
    "text",
];

/// Does one thing.
pub(crate) fn act(page: &mut Page, rng: &mut Rng, now: u64, clipboard: &mut Option<Clip>) {
    if page.pointer.down {
        return gesture(page, rng, now);
    }
    if page.field.is_some() && rng.u32(..10) < 7 {
        return typing(page, rng);
    }
    match rng.u32(..100) {
        0..35 => press(page, rng, now),
        35..50 => tool(page, rng),
        50..55 => double_click(page, rng, now),
        55..58 => pinch(page, rng, now),
        58..64 => clip(page, rng, clipboard),
        64..70 => style(page, rng),
        70..74 => nudge(page, rng),
        _ => command(page, rng),
    }
    if let Some(clip) = page.copied.take() {
        *clipboard = Some(clip);
    }
}

/// Ends whatever is under way, as somebody who goes for a coffee.
pub(crate) fn rest(page: &mut Page, now: u64) {
    if page.pointer.down {
        let Pointer { at, device, .. } = page.pointer;
        send(page, now, 2.0, at, device, 0.0);
        page.pointer.down = false;
    }
    hide(page, now);
    page.editor.act("endText");
    page.editor.act("select");
    for _ in 0..2 {
        press_key(page, "Escape", false);
    }
    send(page, now, 4.0, (0.0, 0.0), 0.0, 0.0);
    page.editor.act("zoomToFit");
}

fn gesture(page: &mut Page, rng: &mut Rng, now: u64) {
    let Pointer {
        at,
        moves,
        device,
        modifiers,
        ..
    } = page.pointer;
    let (kind, done) = match (moves, rng.u32(..40)) {
        (0, 0) => (3.0, true),
        (0, _) => (2.0, true),
        _ => (1.0, false),
    };
    let at = if done {
        at
    } else {
        let step = |rng: &mut Rng| rng.f64() * 80.0 - 40.0;
        (
            (at.0 + step(rng)).clamp(0.0, 800.0),
            (at.1 + step(rng)).clamp(0.0, 600.0),
        )
    };
    page.pointer.at = at;
    page.pointer.moves = moves.saturating_sub(1);
    page.pointer.down = !done;
    send(page, now, kind, at, device, modifiers);
    if !done {
        interrupt(page, rng, now);
    }
}

/// What comes between the press and the release of a pointer, now and then.
fn interrupt(page: &mut Page, rng: &mut Rng, now: u64) {
    let Pointer { at, device, .. } = page.pointer;
    match rng.u32(..120) {
        0 | 1 => press_key(page, "Escape", false),
        2..6 => turn_wheel(page, rng, at, now),
        6..9 => {
            // Another finger, or the side of the hand: it comes, moves and goes.
            for (kind, along) in [(0.0, 0.0), (1.0, 30.0), (2.0, 30.0)] {
                contact(page, now, kind, 9.0, (at.0 + along, 500.0), 2.0, 64.0);
            }
        }
        9..12 => {
            // A pen beside whatever is down.
            for (kind, along) in [(0.0, 0.0), (1.0, 30.0), (2.0, 30.0)] {
                contact(page, now, kind, 8.0, (at.0 + along, 100.0), 1.0, 0.0);
            }
        }
        12..16 => {
            // The release never comes; what tells is the system, the page, or nobody at all.
            page.pointer.down = false;
            match rng.u32(..4) {
                0 => contact(page, now, 7.0, 1.0, at, device, 0.0),
                1 => hide(page, now),
                2 => contact(page, now, 1.0, 1.0, at, device, 0.0),
                _ => {}
            }
        }
        _ => {}
    }
}

fn turn_wheel(page: &mut Page, rng: &mut Rng, at: (f64, f64), now: u64) {
    let (by, zooms) = (rng.f64() * 200.0 - 100.0, f64::from(rng.u32(..2)));
    page.editor
        .input(&[6.0, 0.0, by, at.0, at.1, zooms, 0.0, now as f64]);
}

/// The page goes out of sight: whatever is down is not heard of again.
fn hide(page: &mut Page, now: u64) {
    contact(page, now, 7.0, -1.0, (0.0, 0.0), 0.0, 0.0);
}

fn press(page: &mut Page, rng: &mut Rng, now: u64) {
    let at = spot(page, rng);
    page.pointer = Pointer {
        down: true,
        at,
        moves: rng.u32(..8),
        device: f64::from(rng.u32(..3)),
        modifiers: *rng.choice(&[0.0, 0.0, 0.0, 1.0, 2.0]).unwrap(),
    };
    let Pointer {
        device, modifiers, ..
    } = page.pointer;
    send(page, now, 0.0, at, device, modifiers);
}

/// Somewhere on the screen, mostly where there is something.
fn spot(page: &Page, rng: &mut Rng) -> (f64, f64) {
    let anywhere = (rng.f64() * 800.0, rng.f64() * 600.0);
    let elements = page.elements();
    if rng.u32(..4) == 0 || elements.is_empty() {
        return anywhere;
    }
    let id = rng.choice(&elements).unwrap();
    let element = page.editor.scene().get(id).unwrap().element();
    let at = point_of(element, rng);
    let screen = page.editor.camera().screen(at).0;
    let wobble = |rng: &mut Rng| rng.f64() * 6.0 - 3.0;
    (screen.x + wobble(rng), screen.y + wobble(rng))
}

fn point_of(element: &Element, rng: &mut Rng) -> Point {
    let bounds = element.bounds();
    let share = |rng: &mut Rng| f64::from(rng.u32(..3)) / 2.0;
    // Its points, or legs and bends of the way through them.
    let vertices = match rng.u32(..3) {
        0 => element.way(),
        _ => element.vertices(),
    };
    match rng.choice(&vertices) {
        Some(vertex) if rng.bool() => *vertex,
        _ => Point::new(
            bounds.x0 + bounds.width() * share(rng),
            bounds.y0 + bounds.height() * share(rng),
        ),
    }
}

fn double_click(page: &mut Page, rng: &mut Rng, now: u64) {
    page.editor.act("select");
    let at = spot(page, rng);
    send(page, now, 0.0, at, 0.0, 0.0);
    send(page, now, 2.0, at, 0.0, 0.0);
    send(page, now, 5.0, at, 0.0, 0.0);
}

fn pinch(page: &mut Page, rng: &mut Rng, now: u64) {
    let one = (rng.f64() * 800.0, rng.f64() * 600.0);
    let two = (rng.f64() * 800.0, rng.f64() * 600.0);
    let later = (two.0 + rng.f64() * 60.0 - 30.0, two.1 + 10.0);
    let time = now as f64;
    page.editor.input(&[
        0.0, 1.0, 2.0, one.0, one.1, 0.0, 128.0, time, // first finger
        0.0, 2.0, 2.0, two.0, two.1, 0.0, 192.0, time, // second finger
        1.0, 2.0, 2.0, later.0, later.1, 0.0, 192.0, time, // it moves
        2.0, 2.0, 2.0, later.0, later.1, 0.0, 64.0, time, // and both
        2.0, 1.0, 2.0, one.0, one.1, 0.0, 0.0, time, // are lifted
    ]);
}

fn tool(page: &mut Page, rng: &mut Rng) {
    page.editor.act(rng.choice(&TOOLS).unwrap());
}

fn clip(page: &mut Page, rng: &mut Rng, clipboard: &Option<Clip>) {
    let crowded = page.elements().len() > CROWDED;
    let editor = &mut page.editor;
    match rng.u32(..9) {
        0..3 => drop(editor.act("copy")),
        3 => drop(editor.act("cut")),
        _ if crowded => drop(editor.act("delete")),
        4 if rng.bool() => editor.paste("https://example.org/x", ""),
        4 => editor.paste("pasted\nwords 🌊", ""),
        5 => drop(editor.act("duplicate")),
        6 => picture(page, rng),
        _ => {
            let (text, html) = clipboard.clone().unwrap_or_default();
            editor.paste(&text, &html);
        }
    }
}

/// Puts a picture on the board, or in place of the one that is selected; whether its file is brought is
/// another matter.
fn picture(page: &mut Page, rng: &mut Rng) {
    let file = rng.u8(..4);
    let (hash, size) = (FileHash::of(&[file]), Size::new(300.0, 200.0));
    let selected = page.editor.image_to_replace().map(ElementId::to_string);
    match selected {
        Some(id) => drop(page.editor.replace_image(&id, hash, size)),
        None => drop(page.editor.insert_image(hash, size, None, (0, 1))),
    }
    if rng.bool() {
        let picture = Picture {
            media: Media::Png,
            width: 300,
            height: 200,
        };
        page.editor.name_file(hash, &picture, 9);
    }
}

fn style(page: &mut Page, rng: &mut Rng) {
    let color = |rng: &mut Rng| Value::text(&format!("#{:06x}", rng.u32(..0x100_0000)));
    let name = |rng: &mut Rng, names: &[&str]| Value::text(rng.choice(names).unwrap());
    let level = |rng: &mut Rng, most: u32| Value::Number(rng.u32(..=most).into());
    let heads = ["none", "arrow", "triangle", "circleOutline", "zeroOrMany"];
    let (field, value) = match rng.u32(..18) {
        9 => {
            let outlines = ["rectangle", "ellipse", "star", "cloud", "bubble"];
            (StyleField::Contour, name(rng, &outlines))
        }
        10 => (StyleField::Dash, name(rng, &["solid", "dashed", "dotted"])),
        11 => {
            let fills = ["solid", "hatched", "crossed"];
            (StyleField::FillStyle, name(rng, &fills))
        }
        12 => (StyleField::Rough, level(rng, 3)),
        13 => (StyleField::StartHead, name(rng, &heads)),
        14 => (StyleField::EndHead, name(rng, &heads)),
        15 => (StyleField::Closed, Value::Bool(rng.bool())),
        16 => (StyleField::Corner, level(rng, 60)),
        17 => (StyleField::LabelAt, Value::Number(rng.f64())),
        5 => (
            StyleField::Route,
            name(rng, &["elbow", "elbow", "curved", "straight"]),
        ),
        6 => (StyleField::Align, name(rng, &["left", "center", "right"])),
        7 => (
            StyleField::Family,
            name(rng, &["rounded", "hand", "serif", "mono"]),
        ),
        8 => (StyleField::Wrap, Value::Number(rng.u32(40..300).into())),
        0 => (StyleField::Stroke, color(rng)),
        1 => (StyleField::Fill, color(rng)),
        2 => (StyleField::Width, Value::Number(rng.u32(1..8).into())),
        3 => (
            StyleField::Opacity,
            Value::Number(f64::from(rng.u32(1..=10)) / 10.0),
        ),
        _ => (StyleField::FontSize, Value::Number(rng.u32(10..60).into())),
    };
    let done = rng.u32(..4) > 0;
    page.editor.restyle(field, value, done);
}

fn nudge(page: &mut Page, rng: &mut Rng) {
    let arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
    let shift = rng.bool();
    press_key(page, rng.choice(&arrows).unwrap(), shift);
}

fn command(page: &mut Page, rng: &mut Rng) {
    let crowded = page.elements().len() > CROWDED;
    let action = match rng.u32(..56) {
        53 => "points",
        54 => "addLabel",
        55 => "editText",
        46 | 47 => "crop",
        48 => "resetCrop",
        49 => "resetSize",
        50 => "openLink",
        51 => "link",
        52 => return lead(page, rng),
        31 | 32 => "group",
        33 => "ungroup",
        34 => "frameSelection",
        35 => "removeFrame",
        36 => "lock",
        37 => "unlock",
        38 | 39 => "flowRight",
        40 => "flowDown",
        41 => "walkLeft",
        42 => "alignLeft",
        43 => "spaceDown",
        44 => "flipAcross",
        45 => "turnLock",
        0..9 => "undo",
        9..15 => "redo",
        15 | 16 => "delete",
        17 => "selectAll",
        18 => "bringToFront",
        19 => "sendToBack",
        20 => "bringForward",
        21 => "sendBackward",
        22 => "zoomIn",
        23 => "zoomToFit",
        24 => "zoomReset",
        25 => "endText",
        26 => return page.editor.set_dark(rng.bool()),
        29 => return page.editor.set_signing(rng.bool()),
        30 => return page.editor.set_fingers(rng.bool()),
        27 => return press_key(page, "Enter", false),
        28 if crowded => "selectAll",
        _ => return press_key(page, "Escape", false),
    };
    page.editor.act(action);
    if crowded && rng.u32(..4) == 0 {
        page.editor.act("delete");
    }
}

/// Has what is selected lead somewhere, or not.
fn lead(page: &mut Page, rng: &mut Rng) {
    let elements = page.elements();
    let other = rng.choice(&elements).map(|id| format!("#{id}"));
    let address = match rng.u32(..4) {
        0 => "https://example.org/".into(),
        1 => String::new(),
        2 => "javascript:alert(1)".into(),
        _ => other.unwrap_or_default(),
    };
    page.editor.set_address(&address);
}

fn typing(page: &mut Page, rng: &mut Rng) {
    let Some(field) = &page.field else {
        return;
    };
    match rng.u32(..20) {
        0 => drop(page.editor.act("endText")),
        1 => drop(page.editor.act("undo")),
        2 => drop(page.editor.act("redo")),
        3 => page.editor.leave_text(),
        4 => drop(
            page.editor
                .act(["indent", "outdent"][usize::from(rng.bool())]),
        ),
        5 => {
            let length = field.value.encode_utf16().count() as u32;
            let mut place = || rng.u32(..=length);
            let field = Field {
                selection: (place(), place()),
                ..field.clone()
            };
            page.type_in(field);
        }
        _ => {
            let field = typed(field, rng);
            page.type_in(field);
        }
    }
}

/// What the field holds after one input event.
fn typed(field: &Field, rng: &mut Rng) -> Field {
    let mut letters: Vec<char> = field.value.chars().collect();
    let at = rng.usize(..=letters.len());
    let cut = if rng.u32(..3) == 0 { rng.usize(..4) } else { 0 };
    let end = (at + cut).min(letters.len());
    let words = ["a", "hello ", "🌊", "\n", "日本", "é", "", "x y"];
    let word = rng.choice(&words).unwrap();
    letters.splice(at..end, word.chars());
    let before: String = letters
        .iter()
        .take(at)
        .chain(&word.chars().collect::<Vec<_>>())
        .collect();
    let caret = before.encode_utf16().count() as u32;
    let value: String = letters.into_iter().collect();
    let length = value.encode_utf16().count() as u32;
    let caret = caret.min(length);
    Field {
        id: field.id.clone(),
        value,
        selection: (caret, caret),
        composing: rng.u32(..5) == 0,
    }
}

fn send(page: &mut Page, now: u64, kind: f64, at: (f64, f64), device: f64, modifiers: f64) {
    let held = if kind < 2.0 { PRIMARY } else { 0.0 };
    contact(page, now, kind, 1.0, at, device, modifiers + held);
}

/// An event of any pointer.
fn contact(page: &mut Page, now: u64, kind: f64, id: f64, at: (f64, f64), device: f64, bits: f64) {
    let held = if id > 1.0 && kind < 2.0 { PRIMARY } else { 0.0 };
    let bits = bits + held;
    page.editor
        .input(&[kind, id, device, at.0, at.1, 0.4, bits, now as f64]);
}

fn press_key(page: &mut Page, key: &str, shift: bool) {
    let modifiers = Modifiers {
        shift,
        ..Default::default()
    };
    page.editor.key(key, "", modifiers, false, Focus::Board);
}
