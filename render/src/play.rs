//! Plays a display list on a canvas, by the rules of the page's `display-list.ts`.
//!
//! Owns what each operation means. Knows no format and no element.

use std::collections::BTreeSet;

use board::display::command::Command;
use board::display::{Anchor, DisplayList, FontFamily};
use board::file::FileHash;
use board::style::Color;
use kurbo::{Affine, BezPath, Cap, Ellipse, Join, Point, Rect, RoundedRect, Shape as _, Stroke};

use crate::canvas::{Blend, Brush, Canvas, Image, Words};
use crate::fonts::Fonts;
use crate::line::{self, BOX_EDGE};
use crate::work::{Files, Turns, Unmade};

/// How far a curve may be from the ellipse that it stands for, pixels.
const EXACT: f64 = 0.05;

#[derive(Clone)]
struct State {
    transform: Affine,
    fill: Color,
    stroke: Color,
    width: f64,
    alpha: f64,
    dash: (f64, f64),
    cap: Cap,
    blend: Blend,
    font: (f64, FontFamily),
    anchor: Anchor,
    /// How many clips there are since it was saved.
    clips: usize,
}

/// Plays a list whose space `to_picture` maps onto the picture; gives the characters that no font
/// has, and the pictures that cannot be shown.
pub(crate) fn play(
    list: &DisplayList,
    to_picture: Affine,
    (fonts, files): (&Fonts, Files<'_>),
    canvas: &mut dyn Canvas,
    turns: &mut Turns<'_>,
) -> Result<(BTreeSet<char>, BTreeSet<FileHash>), Unmade> {
    let mut player = Player {
        canvas,
        fonts,
        state: State {
            transform: to_picture,
            fill: Color(0xff),
            stroke: Color(0xff),
            width: 1.0,
            alpha: 1.0,
            dash: (0.0, 0.0),
            cap: Cap::Round,
            blend: Blend::Over,
            font: (10.0, FontFamily::Interface),
            anchor: Anchor::Start,
            clips: 0,
        },
        saved: Vec::new(),
        path: BezPath::new(),
        missing: BTreeSet::new(),
        files,
        lacking: BTreeSet::new(),
    };
    for command in list.iter() {
        player.take(command, turns)?;
        if player.canvas.settle()? {
            turns.ask()?;
        }
    }
    while player.restore() {}
    Ok((player.missing, player.lacking))
}

struct Player<'a> {
    canvas: &'a mut dyn Canvas,
    fonts: &'a Fonts,
    state: State,
    saved: Vec<State>,
    path: BezPath,
    missing: BTreeSet<char>,
    files: Files<'a>,
    lacking: BTreeSet<FileHash>,
}

impl Player<'_> {
    fn take(&mut self, command: Command, turns: &mut Turns<'_>) -> Result<(), Unmade> {
        let state = &mut self.state;
        match command {
            Command::Save => {
                self.saved.push(state.clone());
                state.clips = 0;
            }
            Command::Restore => drop(self.restore()),
            Command::Transform(by) => state.transform *= by,
            Command::FillColor(color) => state.fill = color,
            Command::StrokeColor(color) => state.stroke = color,
            Command::LineWidth(width) => state.width = width,
            Command::Alpha(alpha) => state.alpha = alpha,
            Command::Dash(on, off) => state.dash = (on, off),
            Command::Font(size, family) => state.font = (size, family),
            Command::Anchor(anchor) => state.anchor = anchor,
            Command::Cap(cap) => state.cap = if cap > 0.0 { Cap::Butt } else { Cap::Round },
            Command::Blend(mode) => {
                state.blend = match mode as u32 {
                    1 => Blend::Multiply,
                    2 => Blend::Screen,
                    _ => Blend::Over,
                };
            }
            Command::Begin => self.path.truncate(0),
            Command::MoveTo(p) => self.path.move_to(p),
            Command::LineTo(p) => self.go(p, |path| path.line_to(p)),
            Command::QuadTo(c, p) => self.go(c, |path| path.quad_to(c, p)),
            Command::CubicTo(c, d, p) => self.go(c, |path| path.curve_to(c, d, p)),
            Command::Close => {
                if !self.path.elements().is_empty() {
                    self.path.close_path();
                }
            }
            Command::Rect(rect) => self.add(rect),
            Command::RoundRect(rect, radius) => self.add(RoundedRect::from_rect(rect, radius)),
            Command::Ellipse(at, radii) => self.add(Ellipse::new(at, radii, 0.0)),
            Command::Fill => {
                turns.take(self.path.elements().len())?;
                let brush = self.brush(self.state.fill);
                self.canvas.fill(&self.path, &brush);
            }
            Command::Stroke => {
                turns.take(self.path.elements().len())?;
                self.stroke();
            }
            Command::Clip => {
                turns.take(self.path.elements().len())?;
                self.state.clips += 1;
                self.canvas.clip(&self.path, self.state.transform);
            }
            Command::Text(at, text) => {
                turns.take(text.len())?;
                self.text(at, &text, false);
            }
            Command::TextRtl(at, text) => {
                turns.take(text.len())?;
                self.text(at, &text, true);
            }
            Command::Image(rect, crop, hash) => {
                turns.take(1)?;
                // One of them may take as long as thousands of other things.
                turns.ask()?;
                self.image(rect.abs(), crop, hash);
            }
        }
        Ok(())
    }

    /// A canvas begins where it is sent to if it is nowhere.
    fn go(&mut self, from: Point, add: impl FnOnce(&mut BezPath)) {
        if self.path.elements().is_empty() {
            self.path.move_to(from);
        }
        add(&mut self.path);
    }

    fn add(&mut self, shape: impl kurbo::Shape) {
        let elements = shape.path_elements(EXACT / self.scale().max(1e-9));
        self.path.extend(elements);
    }

    /// Pixels for each unit.
    fn scale(&self) -> f64 {
        let [a, b, ..] = self.state.transform.as_coeffs();
        a.hypot(b)
    }

    fn brush(&self, color: Color) -> Brush {
        let [r, g, b, a] = color.0.to_be_bytes();
        let opacity = f64::from(a) / 255.0 * self.state.alpha.clamp(0.0, 1.0);
        Brush {
            transform: self.state.transform,
            color: [r, g, b],
            opacity: opacity as f32,
            blend: self.state.blend,
        }
    }

    fn stroke(&mut self) {
        let (on, off) = self.state.dash;
        let stroke = Stroke::new(self.state.width)
            .with_caps(self.state.cap)
            .with_join(Join::Round);
        let stroke = match off > 0.0 {
            true => stroke.with_dashes(0.0, [on, off]),
            false => stroke,
        };
        let brush = self.brush(self.state.stroke);
        self.canvas.stroke(&self.path, &stroke, &brush);
    }

    fn text(&mut self, at: Point, text: &str, right_to_left: bool) {
        let (size, family) = self.state.font;
        let line = line::set(self.fonts, text, family, right_to_left);
        let before = line.before(self.state.anchor, right_to_left);
        let at = Point::new(at.x - before * size, at.y);
        let mut brush = self.brush(self.state.fill);
        let words = Words {
            text,
            line: &line,
            size,
            at,
        };
        self.canvas.words(&words, &brush);
        if line.missing.is_empty() {
            return;
        }
        brush.transform = brush.transform * Affine::translate(at.to_vec2()) * Affine::scale(size);
        let edge = Stroke::new(BOX_EDGE).with_join(Join::Miter);
        for (character, place) in &line.missing {
            self.missing.insert(*character);
            let inner = place.inset(-BOX_EDGE / 2.0).to_path(EXACT);
            self.canvas.stroke(&inner, &edge, &brush);
        }
    }

    fn image(&mut self, place: Rect, crop: Rect, hash: FileHash) {
        let brush = self.brush(Color::INK);
        let file = || (self.files)(&hash);
        let image = Image {
            hash,
            file: &file,
            fonts: self.fonts,
            place,
            crop,
        };
        let shown = crop.area() > 0.0 && self.canvas.image(&image, &brush);
        if !shown {
            self.lacking.insert(hash);
            self.stand_in(place);
        }
    }

    /// A box of a picture's size, with an edge of a pixel and hills in it.
    fn stand_in(&mut self, rect: Rect) {
        let fill = self.brush(self.state.fill);
        self.canvas.fill(&rect.to_path(EXACT), &fill);
        let edge = 1.5 / self.scale().max(1e-9);
        let stroke = Stroke::new(edge)
            .with_caps(self.state.cap)
            .with_join(Join::Round);
        let brush = self.brush(self.state.stroke);
        let inner = rect.inset(-edge / 2.0);
        self.canvas.stroke(&inner.to_path(EXACT), &stroke, &brush);
        let side = rect.width().min(rect.height()).min(64.0 * edge) / 3.0;
        let at = |x: f64, y: f64| rect.center() + kurbo::Vec2::new(x, y) * side;
        let mut hills = BezPath::new();
        hills.move_to(at(-1.0, 0.6));
        for (x, y) in [(-0.3, -0.5), (0.2, 0.25), (0.45, -0.1), (1.0, 0.6)] {
            hills.line_to(at(x, y));
        }
        hills.close_path();
        self.canvas.stroke(&hills, &stroke, &brush);
    }

    /// Back to what was saved last; false when nothing was.
    fn restore(&mut self) -> bool {
        let Some(saved) = self.saved.pop() else {
            return false;
        };
        (0..self.state.clips).for_each(|_| self.canvas.unclip());
        self.state = saved;
        true
    }
}
