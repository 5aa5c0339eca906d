//! The colours that people are offered, each with its dark side, and the ground that they are on.
//!
//! Owns them and the keys of their names. The pairs are made by hand: strokes reach a contrast of 3 on
//! the canvas and on their own tint in both themes, and yellows stay yellow.

use super::{Color, Theme};

/// A colour that people are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// As the document stores it and the light theme shows it.
    pub color: Color,
    /// As the dark theme shows it.
    pub dark: Color,
    /// The key of its name.
    pub name: &'static str,
}

const fn swatch(color: u32, dark: u32, name: &'static str) -> Swatch {
    Swatch {
        color: Color(color << 8 | 0xff),
        dark: Color(dark << 8 | 0xff),
        name,
    }
}

/// For outlines, ink and text.
pub const STROKES: [Swatch; 9] = [
    swatch(0x1e1e1e, 0xe8ebea, "ink"),
    swatch(0x6b747c, 0x9aa4ac, "grey"),
    swatch(0xe03131, 0xff7b7b, "red"),
    swatch(0xd4500c, 0xff9248, "orange"),
    swatch(0xb87800, 0xffc233, "amber"),
    swatch(0x2b8a3e, 0x5fd37a, "green"),
    swatch(0x0c8599, 0x3fc9dc, "teal"),
    swatch(0x1971c2, 0x69b1ff, "blue"),
    swatch(0x7048e8, 0xa78bfa, "violet"),
];

/// For the inside of shapes, each beside the stroke of its hue above.
pub const FILLS: [Swatch; 9] = [
    Swatch {
        color: Color::NONE,
        dark: Color::NONE,
        name: "none",
    },
    swatch(0xe9ecef, 0x34383b, "grey"),
    swatch(0xffc9c9, 0x5a2a2c, "red"),
    swatch(0xffd8a8, 0x56331a, "orange"),
    swatch(0xffec99, 0x4d3f12, "yellow"),
    swatch(0xb2f2bb, 0x24502f, "green"),
    swatch(0x99e9f2, 0x184c54, "teal"),
    swatch(0xa5d8ff, 0x214266, "blue"),
    swatch(0xd0bfff, 0x3b3066, "violet"),
];

/// The dark side of the paper of notes in each of these: clear colours as light as ink that is light can be
/// read on, because sheets that are mixed with the ground look dirty.
const DARK_PAPERS: [u32; 9] = [
    0, 0x595f64, 0xa63f43, 0xa64f12, 0x876200, 0x217842, 0x0a7080, 0x2b69ad, 0x6a50bd,
];

/// For the highlighter, which is never without: the same, the usual one first.
pub const MARKS: [Swatch; 8] = {
    let [_none, grey, red, orange, yellow, green, teal, blue, violet] = FILLS;
    [yellow, green, teal, blue, violet, red, orange, grey]
};

/// What was offered once, and is on boards since.
const FORMER: [Swatch; 4] = [
    swatch(0x868e96, 0x9aa4ac, "grey"),
    swatch(0xe8590c, 0xff9248, "orange"),
    swatch(0xf0a500, 0xffc233, "amber"),
    swatch(0x2f9e44, 0x5fd37a, "green"),
];

/// The ground of the board, as the page's style sheet has it too.
pub fn canvas(theme: Theme) -> Color {
    match theme {
        Theme::Light => Color(0xfdfd_fcff),
        Theme::Dark => Color(0x1213_12ff),
    }
}

/// What notes are offered: the same, as paper looks.
pub fn papers() -> [Swatch; 8] {
    MARKS.map(|swatch| Swatch {
        dark: swatch.color.for_paper(Theme::Dark),
        ..swatch
    })
}

/// A tint that people are offered, as paper in the dark.
pub(super) fn dark_paper(color: Color) -> Option<Color> {
    let mut pairs = FILLS.iter().zip(DARK_PAPERS);
    let (_, paper) = pairs.find(|(tint, _)| tint.color == color && !color.is_none())?;
    Some(Color(paper << 8 | 0xff))
}

/// A tint that people are offered, half of the way to the stroke of its hue.
pub(super) fn deepened(color: Color, theme: Theme) -> Option<Color> {
    let mut pairs = FILLS.iter().zip(&STROKES);
    let (tint, stroke) = pairs.find(|(tint, _)| tint.color == color && !color.is_none())?;
    let from = tint.color.in_theme(theme).0.to_be_bytes();
    let to = stroke.color.in_theme(theme).0.to_be_bytes();
    let channels = from.iter().zip(to);
    let mixed = channels.map(|(from, to)| (u32::from(*from) + u32::from(to)) / 2);
    Some(Color(mixed.fold(0, |all, part| all << 8 | part)))
}

/// The dark side of a colour that people are or were offered.
pub(super) fn dark_of(color: Color) -> Option<Color> {
    let mut offered = STROKES.iter().chain(&FILLS).chain(&FORMER);
    let known = offered.find(|swatch| swatch.color == color);
    known.map(|swatch| swatch.dark)
}

#[cfg(test)]
mod tests {
    use super::super::contrast;
    use super::*;

    #[test]
    fn strokes_are_seen_on_the_canvas_and_on_their_own_tint() {
        for theme in [Theme::Light, Theme::Dark] {
            for Swatch { color, name, .. } in STROKES {
                let stroke = color.in_theme(theme);
                let on_canvas = contrast(stroke, canvas(theme));
                assert!(on_canvas >= 3.0, "{name} on the canvas: {on_canvas:.2}");
                let tints = FILLS
                    .iter()
                    .filter(|fill| fill.name == name || (name == "amber" && fill.name == "yellow"));
                for tint in tints {
                    let on_tint = contrast(stroke, tint.color.in_theme(theme));
                    assert!(on_tint >= 3.0, "{name} on its tint: {on_tint:.2}");
                }
            }
        }
    }

    #[test]
    fn lines_of_a_tint_and_paper_stand_out_from_what_they_are_on() {
        for theme in [Theme::Light, Theme::Dark] {
            for Swatch { color, name, .. } in MARKS {
                let lines = contrast(color.for_lines(theme), canvas(theme));
                assert!(lines >= 1.7, "{name} in {theme:?}: {lines:.2}");
            }
        }
        for Swatch { color, dark, name } in papers() {
            let apart = contrast(dark, canvas(Theme::Dark));
            assert!(apart >= 2.8, "{name}: {apart:.2}");
            assert_eq!(color.for_paper(Theme::Light), color, "{name}");
            // The ink that is usual in the dark can be read on all of them.
            let ink = contrast(dark, Color::INK.in_theme(Theme::Dark));
            assert!(ink >= 4.5, "{name}: {ink:.2}");
        }
    }

    #[test]
    fn whatever_colour_is_picked_its_words_can_be_read() {
        let mut random = fastrand::Rng::with_seed(21);
        let any = std::iter::repeat_with(|| Color(random.u32(..) << 8 | 0xff));
        let swatches = STROKES.iter().chain(&FILLS).chain(&FORMER);
        let offered = swatches.map(|swatch| swatch.color);
        for color in offered
            .filter(|color| !color.is_none())
            .chain(any.take(5000))
        {
            for theme in [Theme::Light, Theme::Dark] {
                let words = color.for_words(theme);
                let reached = contrast(words, canvas(theme));
                assert!(reached >= 4.5, "{color:?} in {theme:?}: {reached:.2}");
                let shown = color.in_theme(theme);
                if contrast(shown, canvas(theme)) >= 4.5 {
                    assert_eq!(words, shown, "what can be read is left as it is");
                }
            }
        }
    }
}
