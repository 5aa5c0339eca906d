//! Pictures as a PDF, written by krilla: vectors, and words that can be searched.
//!
//! Owns pages and how large they are. Knows no list but by what is played of it.

use std::collections::{BTreeSet, HashMap};

use board::file::FileHash;
use board::picture::{Media, held, look_at_all};
use krilla::blend::BlendMode;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use kurbo::{Affine, BezPath, Cap, Join, PathEl, Stroke};
use scene::Picture;

use crate::canvas::{Blend, Brush, Canvas, Image, Words};
use crate::lean::lean;
#[cfg(feature = "svg")]
use crate::pixels::Pixels;
use crate::pixels::decoded;
use crate::play::play;
use crate::work::{Made, Turns, Unmade, Work};

/// Points for each unit of the board, which is a CSS pixel.
const POINT: f64 = 0.75;
/// The longest side of a page, points: what readers take.
const MAX_SIDE: f64 = 14_400.0;
/// The shortest.
const MIN_SIDE: f64 = 3.0;

/// Pixels of a drawing for each unit that it is shown across, where a page has 0.75 points for that.
const DRAWN: f64 = 3.0;
/// Most pixels across a drawing.
const MOST_DRAWN: f64 = 4096.0;

/// Pictures as the pages of a PDF.
///
/// # Errors
/// When it is too much, or it is told to stop.
pub fn pdf(pictures: &[Picture], work: &mut Work<'_>) -> Result<Made, Unmade> {
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    let (mut fonts, mut shown) = (HashMap::new(), HashMap::new());
    let (mut missing, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    let mut turns = Turns::new(work.go_on);
    for picture in pictures {
        let (width, height) = (picture.size.width, picture.size.height);
        let most = MAX_SIDE / width.max(height).max(1e-9);
        let scale = (POINT * work.scale).min(most);
        let side = |units: f64| (units * scale).max(MIN_SIDE) as f32;
        let settings = PageSettings::from_wh(side(width), side(height));
        let mut page =
            document.start_page_with(settings.ok_or(Unmade::Unwritten("the page is empty"))?);
        let mut surface = page.surface();
        surface.push_transform(&Transform::from_scale(scale as f32, scale as f32));
        let mut paper = Paper {
            surface: &mut surface,
            fonts: &mut fonts,
            pictures: &mut shown,
        };
        if let Some(ground) = picture.ground {
            let [r, g, b, a] = ground.0.to_be_bytes();
            let brush = Brush {
                transform: Affine::IDENTITY,
                color: [r, g, b],
                opacity: f32::from(a) / 255.0,
                blend: Blend::Over,
            };
            let sheet = picture.size.to_rect();
            paper.fill(&kurbo::Shape::to_path(&sheet, 0.1), &brush);
        }
        let around = (work.fonts, work.files);
        let played = play(
            &lean(&picture.list),
            Affine::IDENTITY,
            around,
            &mut paper,
            &mut turns,
        );
        surface.pop();
        surface.finish();
        page.finish();
        let (unknown, unseen) = played?;
        missing.extend(unknown);
        lacking.extend(unseen);
    }
    let bytes = document.finish();
    let bytes = bytes.map_err(|_| Unmade::Unwritten("the PDF writer failed"))?;
    Ok(Made {
        bytes,
        missing,
        lacking,
    })
}

struct Paper<'a, 'b> {
    surface: &'a mut Surface<'b>,
    /// By their numbers.
    fonts: &'a mut HashMap<usize, Option<Font>>,
    /// By their files, and how large they are shown.
    pictures: &'a mut HashMap<(FileHash, Option<i32>), Option<krilla::image::Image>>,
}

impl Paper<'_, '_> {
    /// Paints in a brush's space, blended as it says.
    fn within(&mut self, brush: &Brush, paint: impl FnOnce(&mut Self)) {
        self.surface.push_transform(&transform(brush.transform));
        let blend = match brush.blend {
            Blend::Over => None,
            Blend::Multiply => Some(BlendMode::Multiply),
            Blend::Screen => Some(BlendMode::Screen),
        };
        if let Some(blend) = blend {
            self.surface.push_blend_mode(blend);
        }
        paint(self);
        if blend.is_some() {
            self.surface.pop();
        }
        self.surface.pop();
    }
}

impl Paper<'_, '_> {
    /// A picture's file: one of pixels once for all, a drawing once for each size.
    fn shown(&mut self, image: &Image<'_>, brush: &Brush) -> Option<krilla::image::Image> {
        let [a, b, ..] = brush.transform.as_coeffs();
        let across = image.whole().width() * a.hypot(b) * DRAWN;
        // Two for each power of two, however many sizes it is shown in.
        let size = (2.0 * across.clamp(1.0, MOST_DRAWN).log2()).ceil() as i32;
        let keys = [None, Some(size)].map(|size| (image.hash, size));
        if let Some(shown) = keys.iter().find_map(|key| self.pictures.get(key)) {
            return shown.clone();
        }
        let file = (image.file)();
        let [key, _drawn] = keys;
        #[cfg(feature = "svg")]
        if let Some(file) = file
            .as_ref()
            .filter(|file| crate::drawing::is_drawing(file))
        {
            let shown = drawn(file, image.fonts, (f64::from(size) / 2.0).exp2());
            self.pictures.insert(_drawn, shown.clone());
            return shown;
        }
        let shown = file.and_then(|file| embedded(&file));
        self.pictures.insert(key, shown.clone());
        shown
    }
}

impl Canvas for Paper<'_, '_> {
    fn fill(&mut self, path: &BezPath, brush: &Brush) {
        let Some(path) = self::path(path) else {
            return;
        };
        self.within(brush, |paper| {
            paper.surface.set_stroke(None);
            paper.surface.set_fill(Some(fill(brush)));
            paper.surface.draw_path(&path);
        });
    }

    fn stroke(&mut self, path: &BezPath, line: &Stroke, brush: &Brush) {
        let Some(path) = self::path(path) else {
            return;
        };
        self.within(brush, |paper| {
            paper.surface.set_fill(None);
            paper.surface.set_stroke(Some(stroke(line, brush)));
            paper.surface.draw_path(&path);
        });
    }

    fn words(&mut self, words: &Words<'_>, brush: &Brush) {
        self.within(brush, |paper| {
            paper.surface.set_stroke(None);
            paper.surface.set_fill(Some(fill(brush)));
            for run in &words.line.runs {
                let font = paper.fonts.entry(run.face.number);
                let font = font.or_insert_with(|| Font::new(run.font.data.clone().into(), 0));
                let Some(font) = font.clone() else {
                    continue;
                };
                let glyphs = run.glyphs.iter().map(|glyph| KrillaGlyph {
                    glyph_id: GlyphId::new(glyph.id),
                    text_range: glyph.of.clone(),
                    x_advance: glyph.advance as f32,
                    x_offset: 0.0,
                    y_offset: 0.0,
                    y_advance: 0.0,
                    location: None,
                });
                let glyphs: Vec<KrillaGlyph> = glyphs.collect();
                let x = words.at.x + run.x * words.size;
                let at = Point::from_xy(x as f32, words.at.y as f32);
                let size = words.size as f32;
                paper
                    .surface
                    .draw_glyphs(at, &glyphs, font, words.text, size, false);
            }
        });
    }

    fn image(&mut self, image: &Image<'_>, brush: &Brush) -> bool {
        let whole = image.whole();
        let Some(shown) = self.shown(image, brush) else {
            return false;
        };
        let size = Size::from_wh(whole.width() as f32, whole.height() as f32);
        let part = path(&kurbo::Shape::to_path(&image.place, 0.1));
        let (Some(size), Some(part)) = (size, part) else {
            return false;
        };
        self.within(brush, |paper| {
            paper.surface.push_clip_path(&part, &FillRule::NonZero);
            paper.surface.push_opacity(opacity(brush));
            let at = Transform::from_translate(whole.x0 as f32, whole.y0 as f32);
            paper.surface.push_transform(&at);
            paper.surface.draw_image(shown, size);
            (0..3).for_each(|_| paper.surface.pop());
        });
        true
    }

    fn clip(&mut self, path: &BezPath, transform: Affine) {
        let mut path = path.clone();
        path.apply_affine(transform);
        // What is clipped to nothing is not seen.
        let path = self::path(&path).or_else(nothing);
        if let Some(path) = path {
            self.surface.push_clip_path(&path, &FillRule::NonZero);
        }
    }

    fn unclip(&mut self) {
        self.surface.pop();
    }
}

fn transform(of: Affine) -> Transform {
    let [a, b, c, d, e, f] = of.as_coeffs().map(|number| number as f32);
    Transform::from_row(a, b, c, d, e, f)
}

fn fill(brush: &Brush) -> Fill {
    Fill {
        paint: color(brush).into(),
        opacity: opacity(brush),
        rule: FillRule::NonZero,
    }
}

fn stroke(line: &Stroke, brush: &Brush) -> krilla::paint::Stroke {
    let dashes: Vec<f32> = line.dash_pattern.iter().map(|dash| *dash as f32).collect();
    krilla::paint::Stroke {
        paint: color(brush).into(),
        width: line.width as f32,
        miter_limit: line.miter_limit as f32,
        line_cap: match line.start_cap {
            Cap::Butt => LineCap::Butt,
            Cap::Square => LineCap::Square,
            Cap::Round => LineCap::Round,
        },
        line_join: match line.join {
            Join::Bevel => LineJoin::Bevel,
            Join::Miter => LineJoin::Miter,
            Join::Round => LineJoin::Round,
        },
        opacity: opacity(brush),
        dash: (!dashes.is_empty()).then_some(StrokeDash {
            array: dashes,
            offset: 0.0,
        }),
    }
}

fn color(brush: &Brush) -> rgb::Color {
    let [r, g, b] = brush.color;
    rgb::Color::new(r, g, b)
}

fn opacity(brush: &Brush) -> NormalizedF32 {
    NormalizedF32::new(brush.opacity).unwrap_or(NormalizedF32::ONE)
}

/// A path as krilla has it, to a hundredth of a unit; `None` for an empty one.
fn path(of: &BezPath) -> Option<Path> {
    let near = |p: kurbo::Point| {
        let near = |number: f64| ((number * 100.0).round() / 100.0) as f32;
        (near(p.x), near(p.y))
    };
    let mut builder = PathBuilder::new();
    for element in of.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                let (x, y) = near(p);
                builder.move_to(x, y);
            }
            PathEl::LineTo(p) => {
                let (x, y) = near(p);
                builder.line_to(x, y);
            }
            PathEl::QuadTo(c, p) => {
                let [c, p] = [c, p].map(near);
                builder.quad_to(c.0, c.1, p.0, p.1);
            }
            PathEl::CurveTo(c, d, p) => {
                let [c, d, p] = [c, d, p].map(near);
                builder.cubic_to(c.0, c.1, d.0, d.1, p.0, p.1);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

/// A file as it is embedded: photographs as they are, if they were held upright.
fn embedded(file: &[u8]) -> Option<krilla::image::Image> {
    if look_at_all(file).is_ok_and(|is| is.media == Media::Jpeg) && held(file) == 1 {
        return krilla::image::Image::from_jpeg(file.to_vec().into(), true).ok();
    }
    let pixels = decoded(file)?;
    let (width, height) = (pixels.width as u32, pixels.height as u32);
    let data = pixels.data.into_flattened();
    Some(krilla::image::Image::from_rgba8(data, width, height))
}

/// An SVG file as pixels, about so many across.
#[cfg(feature = "svg")]
fn drawn(file: &[u8], fonts: &crate::fonts::Fonts, across: f64) -> Option<krilla::image::Image> {
    let drawing = crate::drawing::Drawing::read(file, fonts)?;
    let (width, height) = drawing.size();
    let scale = (across / width).min(MOST_DRAWN / height);
    let seen = kurbo::Rect::new(0.0, 0.0, (width * scale).ceil(), (height * scale).ceil());
    let to_seen = Affine::scale_non_uniform(seen.width() / width, seen.height() / height);
    let drawn = drawing.drawn(to_seen, seen)?;
    let pixels = Pixels::of_drawing(&drawn.pixels)?;
    let (width, height) = (pixels.width as u32, pixels.height as u32);
    let data = pixels.data.into_flattened();
    Some(krilla::image::Image::from_rgba8(data, width, height))
}

fn nothing() -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.push_rect(Rect::from_xywh(0.0, 0.0, f32::EPSILON, f32::EPSILON)?);
    builder.finish()
}
