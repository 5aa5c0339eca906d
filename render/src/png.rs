//! A picture as a PNG, drawn by vello_cpu.
//!
//! Owns the sheet, and when what was painted becomes pixels: all that is painted waits in memory until then.
//! Knows no list but by what is played of it.

mod burden;
mod shown;

use std::collections::HashMap;
use std::sync::Arc;

use ::png::{BitDepth, ColorType, Compression, Encoder, Filter};
use kurbo::{Affine, BezPath, Cap, Circle, PathEl, Point, Rect, Shape as _, Stroke};
use scene::Picture;
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::peniko::{BlendMode, Compose, ImageQuality, ImageSampler, Mix};
use vello_cpu::{ImageSource, Pixmap, RenderContext, Resources};

use self::shown::{Seen, Shown};
use crate::canvas::{Blend, Brush, Canvas, Image, Words};
use crate::play::play;
use crate::work::{MAX_PIXELS, Made, Turns, Unmade, Work};

/// Most tiles that wait to be drawn: some hundred megabytes, and a fifth of a second.
const WAITING: usize = 4_000_000;
/// Most tiles of one path: four hundred megabytes, of lines that cross the sheet thousands of times.
const LARGEST: usize = 16_000_000;

/// A picture as a PNG of so many pixels for each unit.
///
/// # Errors
/// When it is too much, or it is told to stop.
pub fn png(picture: &Picture, work: &mut Work<'_>) -> Result<Made, Unmade> {
    let (width, height) = pixels(picture, work.scale)?;
    let mut canvas = Sheet::new(width, height, WAITING);
    if let Some(ground) = picture.ground {
        let [r, g, b, a] = ground.0.to_be_bytes();
        canvas
            .context
            .set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, a));
        canvas.context.fill_rect(&canvas.all());
    }
    let to_picture = Affine::scale(work.scale);
    let mut turns = Turns::new(work.go_on);
    let around = (work.fonts, work.files);
    let (missing, lacking) = play(&picture.list, to_picture, around, &mut canvas, &mut turns)?;
    let bytes = encoded(canvas.drawn(), picture.ground.is_some())?;
    Ok(Made {
        bytes,
        missing,
        lacking,
    })
}

/// How many pixels it has.
fn pixels(picture: &Picture, scale: f64) -> Result<(u16, u16), Unmade> {
    let side = |units: f64| (units * scale).round().max(1.0) as u64;
    let (width, height) = (side(picture.size.width), side(picture.size.height));
    let all = width.checked_mul(height).filter(|all| *all <= MAX_PIXELS);
    let sides = (u16::try_from(width), u16::try_from(height));
    match (all, sides) {
        (Some(_), (Ok(width), Ok(height))) => Ok((width, height)),
        _ => Err(Unmade::Large(width, height)),
    }
}

fn encoded(pixmap: Pixmap, opaque: bool) -> Result<Vec<u8>, Unmade> {
    let unwritten = |_| Unmade::Unwritten("the PNG encoder failed");
    let (width, height) = (pixmap.width(), pixmap.height());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width.into(), height.into());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    let data: Vec<u8> = if opaque {
        encoder.set_color(ColorType::Rgb);
        let pixels = pixmap.data().iter();
        pixels
            .flat_map(|pixel| [pixel.r, pixel.g, pixel.b])
            .collect()
    } else {
        encoder.set_color(ColorType::Rgba);
        pixmap.take_rgba8(vello_cpu::peniko::ImageAlphaType::Alpha)
    };
    let mut writer = encoder.write_header().map_err(unwritten)?;
    writer.write_image_data(&data).map_err(unwritten)?;
    writer.finish().map_err(unwritten)?;
    Ok(bytes)
}

struct Sheet {
    context: RenderContext,
    /// Tiles that wait to be drawn, and how many may.
    waiting: usize,
    most: usize,
    /// Whether one thing alone was too much.
    over: bool,
    /// What it is clipped to, from the outermost inwards.
    clips: Vec<(BezPath, Affine)>,
    /// Glyphs at font size 1, by font and number.
    outlines: HashMap<(usize, u32), BezPath>,
    blend: Blend,
    pictures: Shown,
}

impl Sheet {
    fn new(width: u16, height: u16, most: usize) -> Self {
        Self {
            context: RenderContext::new(width, height),
            waiting: 0,
            most,
            over: false,
            clips: Vec::new(),
            outlines: HashMap::new(),
            blend: Blend::Over,
            pictures: Shown::default(),
        }
    }

    fn all(&self) -> Rect {
        let (width, height) = (self.context.width(), self.context.height());
        Rect::new(0.0, 0.0, width.into(), height.into())
    }

    /// What is painted by now, as pixels.
    fn drawn(&mut self) -> Pixmap {
        let mut pixmap = Pixmap::new(self.context.width(), self.context.height());
        self.context.flush();
        self.context.render(&mut pixmap, &mut Resources::new());
        pixmap
    }

    /// Counts a path among what waits; false when it alone is too much.
    fn admit(&mut self, path: &BezPath, transform: Affine, width: Option<f64>) -> bool {
        let tiles = burden::of(path, transform, width, self.all());
        self.waiting = self.waiting.saturating_add(tiles);
        self.over |= tiles > LARGEST;
        !self.over
    }

    /// Draws what waits, and goes on upon that.
    fn draw(&mut self) {
        let below = ImageSource::Pixmap(Arc::new(self.drawn()));
        self.context.reset();
        self.blend = Blend::Over;
        self.context.set_paint(vello_cpu::Image {
            image: below,
            sampler: ImageSampler {
                quality: ImageQuality::Low,
                ..ImageSampler::default()
            },
        });
        self.context.fill_rect(&self.all());
        for (path, transform) in &self.clips {
            self.context.set_transform(*transform);
            self.context.push_clip_path(path);
        }
        self.waiting = 0;
    }

    fn take_up(&mut self, brush: &Brush) {
        let [r, g, b] = brush.color;
        let color = AlphaColor::<Srgb>::from_rgba8(r, g, b, 255);
        self.context.set_transform(brush.transform);
        self.context.set_paint(color.with_alpha(brush.opacity));
        if self.blend != brush.blend {
            self.blend = brush.blend;
            let mix = match brush.blend {
                Blend::Over => Mix::Normal,
                Blend::Multiply => Mix::Multiply,
                Blend::Screen => Mix::Screen,
            };
            self.context
                .set_blend_mode(BlendMode::new(mix, Compose::SrcOver));
        }
    }
}

impl Canvas for Sheet {
    fn settle(&mut self) -> Result<bool, Unmade> {
        if self.over {
            return Err(Unmade::Much);
        }
        let due = self.waiting > self.most;
        if due {
            self.draw();
        }
        Ok(due)
    }

    fn fill(&mut self, path: &BezPath, brush: &Brush) {
        if self.admit(path, brush.transform, None) {
            self.take_up(brush);
            self.context.fill_path(path);
        }
    }

    fn stroke(&mut self, path: &BezPath, stroke: &Stroke, brush: &Brush) {
        if !self.admit(path, brush.transform, Some(stroke.width)) {
            return;
        }
        self.take_up(brush);
        self.context.set_stroke(stroke.clone());
        self.context.stroke_path(path);
        let dots = dots(path, stroke);
        if !dots.elements().is_empty() {
            self.context.fill_path(&dots);
        }
    }

    fn words(&mut self, words: &Words<'_>, brush: &Brush) {
        self.take_up(brush);
        let sheet = self.all();
        for run in &words.line.runs {
            for glyph in &run.glyphs {
                let key = (run.face.number, glyph.id);
                let outline = self.outlines.entry(key);
                let outline = outline.or_insert_with(|| run.font.outline(glyph.id));
                let at = words.at.to_vec2() + kurbo::Vec2::new(glyph.x * words.size, 0.0);
                let place = Affine::translate(at) * Affine::scale(words.size);
                let place = brush.transform * place;
                self.waiting += burden::of(outline, place, None, sheet);
                self.context.set_transform(place);
                self.context.fill_path(outline);
            }
        }
    }

    fn image(&mut self, image: &Image<'_>, brush: &Brush) -> bool {
        let (pixmap, to_place) = match self.pictures.see(image, brush.transform, self.all()) {
            Seen::Pixels(pixmap, to_place) => (pixmap, to_place),
            Seen::Outside => return true,
            Seen::Unfit => return false,
        };
        self.take_up(brush);
        self.context.set_paint(vello_cpu::Image {
            image: ImageSource::Pixmap(pixmap),
            sampler: ImageSampler {
                quality: ImageQuality::Medium,
                alpha: brush.opacity,
                ..ImageSampler::default()
            },
        });
        self.context.set_paint_transform(to_place);
        self.waiting += burden::of(&image.place.to_path(1.0), brush.transform, None, self.all());
        self.context.fill_rect(&image.place);
        self.context.reset_paint_transform();
        true
    }

    fn clip(&mut self, path: &BezPath, transform: Affine) {
        // The list goes on within it: of one that is too much nothing is kept but its place.
        let path = match self.admit(path, transform, None) {
            true => path.clone(),
            false => BezPath::new(),
        };
        self.context.set_transform(transform);
        self.context.push_clip_path(&path);
        self.clips.push((path, transform));
    }

    fn unclip(&mut self) {
        self.context.pop_clip();
        self.clips.pop();
    }
}

/// What a round pen leaves that touches down and does not move: vello leaves that out.
fn dots(path: &BezPath, stroke: &Stroke) -> BezPath {
    let mut dots = BezPath::new();
    if stroke.start_cap != Cap::Round {
        return dots;
    }
    // Where the pen has not moved from yet, and whether it touched down there.
    let mut still: Option<(Point, bool)> = None;
    let mut leave = |still: Option<(Point, bool)>| {
        if let Some((at, true)) = still {
            dots.extend(Circle::new(at, stroke.width / 2.0).path_elements(0.01));
        }
    };
    for element in path.elements() {
        still = match (*element, still) {
            (PathEl::MoveTo(at), before) => {
                leave(before);
                Some((at, false))
            }
            (PathEl::ClosePath, Some((at, _))) => Some((at, true)),
            (PathEl::LineTo(to), Some((at, _))) if to == at => Some((at, true)),
            _ => None,
        };
    }
    leave(still);
    dots
}

#[cfg(test)]
mod tests;
