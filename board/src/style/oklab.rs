//! Perceived lightness: sRGB to Björn Ottosson's Oklab and back.
//!
//! Owns the colour arithmetic of the dark theme and of words; knows no palette.

use super::Theme;

/// A colour as lightness (0 black, 1 white) and two opponent axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Oklab {
    l: f64,
    a: f64,
    b: f64,
}

impl Oklab {
    /// A part of the way to black on a light board, to white on a dark one.
    pub(super) fn towards_ink(self, way: f64, theme: Theme) -> Self {
        let ink = match theme {
            Theme::Light => 0.0,
            Theme::Dark => 1.0,
        };
        Self {
            l: self.l + (ink - self.l) * way,
            ..self
        }
    }
}

/// How bright a colour is, 0 to 1 (relative luminance, WCAG 2).
pub(super) fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = linear_parts(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn linear_parts(rgb: [u8; 3]) -> [f64; 3] {
    rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// The library's own is a kilobyte of the download.
fn cube_root(part: f64) -> f64 {
    part.powf(1.0 / 3.0)
}

pub(super) fn from_rgb(rgb: [u8; 3]) -> Oklab {
    let [r, g, b] = linear_parts(rgb);
    let l = cube_root(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = cube_root(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = cube_root(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    Oklab {
        l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    }
}

/// The sRGB colour; one that a screen cannot show loses chroma, not hue or lightness.
pub(super) fn to_rgb(lab: Oklab) -> [u8; 3] {
    let shown = |chroma: f64| {
        linear(Oklab {
            a: lab.a * chroma,
            b: lab.b * chroma,
            ..lab
        })
    };
    let fits = |rgb: &[f64; 3]| rgb.iter().all(|part| (-1e-4..=1.0001).contains(part));
    let (mut low, mut high) = (0.0, 1.0);
    let mut best = shown(high);
    if !fits(&best) {
        for _ in 0..12 {
            let middle = (low + high) / 2.0;
            if fits(&shown(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        best = shown(low);
    }
    best.map(|part| {
        let part = part.clamp(0.0, 1.0);
        let encoded = if part <= 0.003_130_8 {
            part * 12.92
        } else {
            1.055 * part.powf(1.0 / 2.4) - 0.055
        };
        (encoded * 255.0).round() as u8
    })
}

/// Dark for light and light for dark, falling slowly at first: 0 → 1, 0.58 → 0.70, 1 → 0.19.
///
/// Pale colours, the common fills, come out a little lighter and greyer than a pale grey would:
/// as dark as it, they would turn to mud.
pub(super) fn turned_over(lab: Oklab) -> Oklab {
    let chroma = (lab.a * lab.a + lab.b * lab.b).sqrt();
    let pale = lab.l.powi(4);
    let calm = 1.0 - 0.3 * pale;
    Oklab {
        l: 1.0 - 0.113 * lab.l - 0.697 * lab.l * lab.l + chroma * pale,
        a: lab.a * calm,
        b: lab.b * calm,
    }
}

fn linear(lab: Oklab) -> [f64; 3] {
    let l = (lab.l + 0.396_337_777_4 * lab.a + 0.215_803_757_3 * lab.b).powi(3);
    let m = (lab.l - 0.105_561_345_8 * lab.a - 0.063_854_172_8 * lab.b).powi(3);
    let s = (lab.l - 0.089_484_177_5 * lab.a - 1.291_485_548_0 * lab.b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}
