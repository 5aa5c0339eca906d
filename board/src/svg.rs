//! A display list as an SVG document.
//!
//! Owns escaping and number formatting. Looks as the canvas does, given the same fonts. Knows no
//! element.

use std::fmt::Write;

use kurbo::{Affine, Point, Rect, Vec2};

use crate::display::command::Command;
use crate::display::{Anchor, DisplayList, FontFamily};
use crate::file::FileHash;
use crate::style::Color;

/// What goes along with an SVG that is shown elsewhere than on our pages.
#[derive(Clone, Copy)]
pub struct Along<'a> {
    /// Rules of style, such as fonts.
    pub style: &'a str,
    /// The address of a picture.
    pub address: &'a dyn Fn(&FileHash) -> String,
}

/// Writes what a list paints within a box of its space, on a background if there is one. Pictures are
/// addressed by their hashes; whoever shows the SVG elsewhere puts them there.
pub fn svg(list: &DisplayList, view: Rect, background: Option<Color>) -> String {
    let along = Along {
        style: "",
        address: &FileHash::to_string,
    };
    svg_with(list, view, background, along)
}

/// The same with what goes along.
pub fn svg_with(
    list: &DisplayList,
    view: Rect,
    background: Option<Color>,
    along: Along<'_>,
) -> String {
    let [x, y, w, h] = [view.x0, view.y0, view.width(), view.height()].map(number);
    // A word of the list is some letters of the text.
    let mut out = String::with_capacity(list.words().len() * 4);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" \
         width=\"{w}\" height=\"{h}\">"
    );
    let mut writer = Writer {
        out,
        state: State::default(),
        saved: Vec::new(),
        path: String::new(),
        clips: 0,
        pictures: Vec::new(),
        along,
    };
    if !along.style.is_empty() {
        let style = format!("<style>{}</style>\n", along.style);
        writer.out.push_str(&style);
    }
    if let Some(color) = background {
        let fill = paint("fill", color);
        let rect = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{fill}/>\n");
        writer.out.push_str(&rect);
    }
    for command in list.iter() {
        writer.take(command);
    }
    while writer.restore() {}
    writer.out.push_str("</svg>\n");
    writer.out
}

#[derive(Clone)]
struct State {
    transform: Affine,
    fill: Color,
    stroke: Color,
    width: f64,
    alpha: f64,
    dash: (f64, f64),
    blend: &'static str,
    cap: &'static str,
    font: (f64, FontFamily),
    /// How many groups that clip were opened since it was saved.
    clips: usize,
    anchor: Anchor,
}

impl Default for State {
    fn default() -> Self {
        Self {
            transform: Affine::IDENTITY,
            fill: Color(0xff),
            stroke: Color(0xff),
            width: 1.0,
            alpha: 1.0,
            dash: (0.0, 0.0),
            blend: "",
            cap: "round",
            font: (10.0, FontFamily::Interface),
            clips: 0,
            anchor: Anchor::Start,
        }
    }
}

struct Writer<'a> {
    out: String,
    state: State,
    saved: Vec<State>,
    path: String,
    /// How many clips there were.
    clips: usize,
    /// Those that are there already.
    pictures: Vec<FileHash>,
    along: Along<'a>,
}

impl Writer<'_> {
    fn take(&mut self, command: Command) {
        match command {
            Command::Save => {
                self.saved.push(self.state.clone());
                self.state.clips = 0;
            }
            Command::Restore => {
                self.restore();
            }
            Command::Transform(by) => self.state.transform *= by,
            Command::FillColor(color) => self.state.fill = color,
            Command::StrokeColor(color) => self.state.stroke = color,
            Command::LineWidth(width) => self.state.width = width,
            Command::Alpha(alpha) => self.state.alpha = alpha,
            Command::Dash(on, off) => self.state.dash = (on, off),
            Command::Font(size, family) => self.state.font = (size, family),
            Command::Begin => self.path.clear(),
            Command::MoveTo(p) => self.step('M', &[p]),
            Command::LineTo(p) => self.step('L', &[p]),
            Command::QuadTo(c, p) => self.step('Q', &[c, p]),
            Command::CubicTo(c, d, p) => self.step('C', &[c, d, p]),
            Command::Close => self.path.push('Z'),
            Command::Rect(rect) => self.rect(rect),
            Command::RoundRect(rect, radius) => self.round_rect(rect, radius),
            Command::Ellipse(center, radii) => self.ellipse(center, radii),
            Command::Fill => {
                let fill = paint("fill", self.state.fill);
                self.element(&fill);
            }
            Command::Stroke => {
                let stroke = self.stroke_attributes();
                self.element(&stroke);
            }
            Command::Anchor(anchor) => self.state.anchor = anchor,
            Command::Text(at, run) => self.text(at, &run, ""),
            Command::TextRtl(at, run) => self.text(at, &run, " direction=\"rtl\""),
            Command::Clip => self.clip(),
            Command::Blend(mode) => {
                self.state.blend = match mode as u32 {
                    1 => "multiply",
                    2 => "screen",
                    _ => "",
                };
            }
            Command::Cap(cap) => self.state.cap = if cap > 0.0 { "butt" } else { "round" },
            Command::Image(rect, crop, hash) => self.image(rect, crop, &hash),
        }
    }

    /// Back to what was saved last; false when nothing was.
    fn restore(&mut self) -> bool {
        let saved = self.saved.pop();
        let more = saved.is_some();
        (0..self.state.clips).for_each(|_| self.out.push_str("</g>\n"));
        self.state = saved.unwrap_or_default();
        more
    }

    fn clip(&mut self) {
        self.clips += 1;
        self.state.clips += 1;
        let (name, common) = (self.clips, self.common());
        let _ = writeln!(
            self.out,
            "<clipPath id=\"clip{name}\"><path d=\"{}\"{common}/></clipPath>\n\
             <g clip-path=\"url(#clip{name})\">",
            self.path
        );
    }

    /// A picture by its address, which is written once: it may be all of its file.
    fn image(&mut self, rect: Rect, crop: Rect, hash: &FileHash) {
        let [x, y, w, h] = [rect.x0, rect.y0, rect.width(), rect.height()].map(number);
        let [left, top] = [crop.x0, crop.y0].map(exact);
        let [across, down] = [crop.width(), crop.height()].map(exact);
        let common = self.common();
        let shown = match self.pictures.iter().position(|shown| shown == hash) {
            Some(at) => format!("<use href=\"#picture{at}\"/>"),
            None => {
                let (at, address) = (self.pictures.len(), (self.along.address)(hash));
                self.pictures.push(*hash);
                format!(
                    "<image id=\"picture{at}\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"{address}\"/>"
                )
            }
        };
        let _ = writeln!(
            self.out,
            "<g{common}><svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{left} {top} {across} {down}\" preserveAspectRatio=\"none\">{shown}</svg></g>"
        );
    }

    fn step(&mut self, letter: char, points: &[Point]) {
        self.path.push(letter);
        for (i, p) in points.iter().enumerate() {
            if i > 0 {
                self.path.push(' ');
            }
            write_number(&mut self.path, p.x, 2);
            self.path.push(' ');
            write_number(&mut self.path, p.y, 2);
        }
    }

    fn rect(&mut self, r: Rect) {
        self.step('M', &[Point::new(r.x0, r.y0)]);
        for corner in [(r.x1, r.y0), (r.x1, r.y1), (r.x0, r.y1)] {
            self.step('L', &[corner.into()]);
        }
        self.path.push('Z');
    }

    fn round_rect(&mut self, r: Rect, radius: f64) {
        let radii = Vec2::new(radius, radius);
        self.step('M', &[Point::new(r.x0 + radius, r.y0)]);
        self.step('L', &[Point::new(r.x1 - radius, r.y0)]);
        self.arc(radii, Point::new(r.x1, r.y0 + radius));
        self.step('L', &[Point::new(r.x1, r.y1 - radius)]);
        self.arc(radii, Point::new(r.x1 - radius, r.y1));
        self.step('L', &[Point::new(r.x0 + radius, r.y1)]);
        self.arc(radii, Point::new(r.x0, r.y1 - radius));
        self.step('L', &[Point::new(r.x0, r.y0 + radius)]);
        self.arc(radii, Point::new(r.x0 + radius, r.y0));
        self.path.push('Z');
    }

    /// By quarters, so that an ellipse without width still is a line.
    fn ellipse(&mut self, center: Point, radii: Vec2) {
        self.step('M', &[center - Vec2::new(radii.x, 0.0)]);
        for (x, y) in [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)] {
            self.arc(radii, center + Vec2::new(x * radii.x, y * radii.y));
        }
        self.path.push('Z');
    }

    /// A quarter of an ellipse, clockwise.
    fn arc(&mut self, radii: Vec2, to: Point) {
        let [rx, ry, x, y] = [radii.x, radii.y, to.x, to.y].map(number);
        let _ = write!(self.path, "A{rx} {ry} 0 0 1 {x} {y}");
    }

    fn stroke_attributes(&self) -> String {
        let State {
            stroke,
            width,
            dash,
            cap,
            ..
        } = self.state;
        let mut text = format!(
            " fill=\"none\"{} stroke-width=\"{}\" stroke-linecap=\"{cap}\" stroke-linejoin=\"round\"",
            paint("stroke", stroke),
            number(width)
        );
        if dash.0 > 0.0 {
            let (on, off) = (number(dash.0), number(dash.1));
            let _ = write!(text, " stroke-dasharray=\"{on} {off}\"");
        }
        text
    }

    fn element(&mut self, attributes: &str) {
        let mut common = self.common();
        if !self.state.blend.is_empty() {
            let _ = write!(common, " style=\"mix-blend-mode:{}\"", self.state.blend);
        }
        let _ = writeln!(self.out, "<path d=\"{}\"{attributes}{common}/>", self.path);
    }

    fn text(&mut self, at: Point, run: &str, direction: &str) {
        let (size, family) = self.state.font;
        let family = match family {
            FontFamily::Board => "'Drawbridge Board', sans-serif",
            FontFamily::Interface => "system-ui, sans-serif",
            FontFamily::Hand => "'Drawbridge Hand', 'Drawbridge Board', cursive",
            FontFamily::Serif => "'Drawbridge Serif', 'Drawbridge Board', serif",
            FontFamily::Mono => "'Drawbridge Mono', 'Drawbridge Board', monospace",
        };
        let anchor = match self.state.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, size) = (number(at.x), number(at.y), number(size));
        let fill = paint("fill", self.state.fill);
        let common = self.common();
        // Widths are computed from plain advances, so nothing may move letters together.
        let _ = writeln!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{family}\" font-size=\"{size}\"{direction}{anchor}{fill}{common} \
             style=\"white-space:pre;font-kerning:none;font-variant-ligatures:none\">{}</text>",
            escaped(run)
        );
    }

    /// Transform and alpha, where there are some.
    fn common(&self) -> String {
        let mut text = String::new();
        if self.state.transform != Affine::IDENTITY {
            let numbers = self.state.transform.as_coeffs().map(exact).join(" ");
            let _ = write!(text, " transform=\"matrix({numbers})\"");
        }
        if self.state.alpha < 1.0 {
            let _ = write!(text, " opacity=\"{}\"", exact(self.state.alpha));
        }
        text
    }
}

/// A colour as an attribute, and its transparency as another.
fn paint(what: &str, color: Color) -> String {
    let [r, g, b, alpha] = color.0.to_be_bytes();
    let mut text = format!(" {what}=\"#{r:02x}{g:02x}{b:02x}\"");
    if alpha < 0xff {
        let _ = write!(
            text,
            " {what}-opacity=\"{}\"",
            exact(f64::from(alpha) / 255.0)
        );
    }
    text
}

/// A length or coordinate, to a hundredth.
fn number(value: f64) -> String {
    decimals(value, 2)
}

/// A factor, to a millionth.
fn exact(value: f64) -> String {
    decimals(value, 6)
}

fn decimals(value: f64, places: u32) -> String {
    let mut text = String::new();
    write_number(&mut text, value, places);
    text
}

/// Writes a number, to so many places. Most of an SVG are numbers: the library's own way takes five times
/// as long.
fn write_number(out: &mut String, value: f64, places: u32) {
    /// Beyond it, an `f64` has no more places.
    const MOST: f64 = 9e15;
    let unit = 10_u64.pow(places);
    let scaled = (value.abs() * unit as f64).round_ties_even();
    if !scaled.is_finite() || scaled > MOST {
        let whole = if value.is_finite() { value } else { 0.0 };
        let _ = write!(out, "{whole:.0}");
        return;
    }
    let units = scaled as u64;
    if value < 0.0 && units > 0 {
        out.push('-');
    }
    write_digits(out, units / unit, 1);
    let (mut rest, mut left) = (units % unit, places as usize);
    if rest == 0 {
        return;
    }
    while rest.is_multiple_of(10) {
        (rest, left) = (rest / 10, left - 1);
    }
    out.push('.');
    write_digits(out, rest, left);
}

/// Writes a number with at least so many digits.
fn write_digits(out: &mut String, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        if number == 0 && count >= least {
            break;
        }
        *digit += (number % 10) as u8;
        (number, count) = (number / 10, count + 1);
    }
    let written = digits.get(digits.len() - count..).unwrap_or_default();
    out.push_str(str::from_utf8(written).unwrap_or_default());
}

/// Text as XML content; characters that XML forbids become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::display::Op;

    #[test]
    fn text_cannot_break_out_of_its_element() {
        let mut list = DisplayList::new();
        list.text(Point::ZERO, "</text><script>&\u{0}\"");
        let out = svg(&list, Rect::new(0.0, 0.0, 10.0, 10.0), None);
        assert!(
            out.contains("&lt;/text&gt;&lt;script&gt;&amp;\u{fffd}\"</text>"),
            "{out}"
        );
        assert!(!out.contains("<script"));
    }

    #[test]
    fn restore_brings_back_what_save_kept() {
        let mut list = DisplayList::new();
        let mut inner = DisplayList::new();
        inner.rect(Rect::new(0.0, 0.0, 1.0, 1.0), 0.0);
        inner.op(Op::Fill, &[]);
        list.place(Affine::translate((5.0, 6.0)), 0.5, &inner);
        list.append(&inner);
        let out = svg(&list, Rect::new(0.0, 0.0, 10.0, 10.0), None);
        assert_eq!(
            out.matches("matrix(1 0 0 1 5 6)\" opacity=\"0.5\"").count(),
            1
        );
        assert_eq!(out.matches("<path").count(), 2);
        assert_eq!(out.matches("opacity").count(), 1);
    }

    #[test]
    fn numbers_are_short_and_always_numbers() {
        let numbers = [0.1 + 0.2, -0.001, f64::NAN, f64::INFINITY, 100.0, -2.50];
        assert_eq!(numbers.map(number), ["0.3", "0", "0", "0", "100", "-2.5"]);
        for value in [
            0.125,
            0.375,
            -7.045,
            1e-9,
            12_345.678_9,
            1e15,
            99.995,
            -0.05,
        ] {
            let usual = format!("{value:.2}");
            let usual = usual.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(number(value), if usual == "-0" { "0" } else { usual });
        }
        assert_eq!(number(-1e17), "-100000000000000000");
    }
}
