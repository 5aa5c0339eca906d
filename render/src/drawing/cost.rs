//! How much it takes to draw an SVG.
//!
//! Owns an estimate of the steps and of the pixels that are there at once, rather too high than too low, and
//! what of these is too much: drawing cannot be stopped once it has begun. Knows no file.

use kurbo::Rect;
use resvg::tiny_skia::{self, PathSegment, Transform};
use resvg::usvg::filter::{Filter, Kind};
use resvg::usvg::{ClipPath, Group, Image, Mask, Node, Paint, Path, Tree};

/// Most steps, of a nanosecond or two.
const MOST_STEPS: f64 = 5e8;
/// Most pixels that are there at once: 256 MB.
const MOST_PIXELS: f64 = 64e6;
/// Layers reach so many sheets to every side.
const AROUND: f64 = 2.0;
/// Steps for each pixel along an edge.
const EDGE: f64 = 30.0;
/// Steps where two edges cross: they are sorted along each row.
const CROSSING: f64 = 3.0;
/// More dashes of one line are not drawn.
const MOST_DASHES: f64 = 1e6;

/// What was counted by now.
pub(super) struct Cost {
    sheet: Rect,
    steps: f64,
}

/// Where something is drawn.
#[derive(Clone, Copy)]
struct Onto {
    transform: Transform,
    /// What of the sheet, or of a layer, is there to be drawn on.
    area: Rect,
    /// Pixels that are there at once by then.
    pixels: f64,
    /// Whether it is what something is clipped to: layers are as large as the whole then.
    clips: bool,
}

impl Cost {
    /// On a sheet of so many pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            sheet: Rect::new(0.0, 0.0, width, height),
            steps: 0.0,
        }
    }

    /// `None` when a picture takes too much.
    pub(super) fn within(mut self, tree: &Tree, transform: Transform) -> Option<()> {
        let onto = Onto {
            transform,
            area: self.sheet,
            pixels: self.sheet.area(),
            clips: false,
        };
        self.nodes(tree.root(), onto)
    }

    fn take(&mut self, steps: f64) -> Option<()> {
        self.steps += steps;
        (self.steps <= MOST_STEPS).then_some(())
    }

    /// Takes pixels beside those that are there.
    fn hold(onto: Onto, pixels: f64) -> Option<Onto> {
        let pixels = onto.pixels + pixels;
        (pixels <= MOST_PIXELS).then_some(Onto { pixels, ..onto })
    }

    fn nodes(&mut self, group: &Group, onto: Onto) -> Option<()> {
        group.children().iter().try_for_each(|node| {
            self.take(50.0)?;
            match node {
                Node::Group(group) => self.group(group, onto),
                Node::Path(path) => self.path(path, onto),
                Node::Image(image) => self.image(image, onto),
                Node::Text(text) => self.group(text.flattened(), onto),
            }
        })
    }

    fn group(&mut self, group: &Group, onto: Onto) -> Option<()> {
        let transform = onto.transform.pre_concat(group.transform());
        let onto = Onto { transform, ..onto };
        let isolates = match onto.clips {
            true => group.clip_path().is_some(),
            false => group.should_isolate(),
        };
        if !isolates {
            return self.nodes(group, onto);
        }
        let area = match onto.clips {
            true => onto.area,
            false => self.layer(group, transform),
        };
        let size = area.area();
        self.take(3.0 * size)?;
        let layer = Self::hold(Onto { area, ..onto }, size)?;
        self.nodes(group, layer)?;
        for filter in group.filters() {
            self.filter(filter, layer)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip, layer)?;
        }
        match group.mask() {
            Some(mask) => self.mask(mask, layer),
            None => Some(()),
        }
    }

    /// The pixels of a group that is drawn by itself.
    fn layer(&self, group: &Group, transform: Transform) -> Rect {
        let around = self
            .sheet
            .inset((AROUND * self.sheet.width(), AROUND * self.sheet.height()));
        let own = group.layer_bounding_box();
        if group.filters().is_empty() {
            let seen = boxed(own.to_rect().transform(transform)).inset(4.0);
            return seen.intersect(around).abs();
        }
        // Filters are drawn upright, and what is around may be larger in their space.
        let (across, down) = scales(transform);
        let width = (f64::from(own.width()) * across).min(2.0 * around.width());
        let height = (f64::from(own.height()) * down).min(2.0 * around.height());
        Rect::new(0.0, 0.0, width + 1.0, height + 1.0)
    }

    fn clip(&mut self, clip: &ClipPath, onto: Onto) -> Option<()> {
        self.take(5.0 * onto.area.area())?;
        let mut within = Self::hold(onto, 1.5 * onto.area.area())?;
        within.transform = within.transform.pre_concat(clip.transform());
        within.clips = true;
        self.nodes(clip.root(), within)?;
        match clip.clip_path() {
            Some(clip) => self.clip(clip, Self::hold(onto, 1.5 * onto.area.area())?),
            None => Some(()),
        }
    }

    fn mask(&mut self, mask: &Mask, onto: Onto) -> Option<()> {
        self.take(8.0 * onto.area.area())?;
        let within = Self::hold(onto, 1.5 * onto.area.area())?;
        self.nodes(mask.root(), within)?;
        match mask.mask() {
            Some(mask) => self.mask(mask, within),
            None => Some(()),
        }
    }

    fn filter(&mut self, filter: &Filter, onto: Onto) -> Option<()> {
        let (across, down) = scales(onto.transform);
        let (width, height) = (onto.area.width(), onto.area.height());
        // What each of them makes is kept.
        Self::hold(
            onto,
            (filter.primitives().len() + 2) as f64 * width * height,
        )?;
        for primitive in filter.primitives() {
            let steps = match primitive.kind() {
                Kind::Morphology(spread) => {
                    let reach = |radius: f32, scale: f64, most: f64| {
                        (2.0 * f64::from(radius) * scale + 1.0).min(most)
                    };
                    let window = reach(spread.radius_x().get(), across, width)
                        * reach(spread.radius_y().get(), down, height);
                    3.0 * window
                }
                Kind::ConvolveMatrix(by) => {
                    let matrix = by.matrix();
                    10.0 * f64::from(matrix.columns()) * f64::from(matrix.rows())
                }
                Kind::Turbulence(noise) => 150.0 * f64::from(noise.num_octaves()),
                Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 100.0,
                Kind::Merge(merge) => 4.0 * merge.inputs().len() as f64,
                Kind::DropShadow(_) | Kind::GaussianBlur(_) => 80.0,
                _ => 20.0,
            };
            self.take((steps + 10.0) * width * height)?;
        }
        Some(())
    }

    fn path(&mut self, path: &Path, onto: Onto) -> Option<()> {
        let extent = Extent::of(path.data(), onto.transform);
        let segments = path.data().len() as f64;
        // Beyond what is seen nothing is gone along.
        let across = onto.area.width() + onto.area.height();
        let length = extent.length.min(across * segments);
        self.take(30.0 * segments)?;
        if let Some(fill) = path.fill() {
            let painted = self.paint(fill.paint(), onto)?;
            let seen = extent.bounds.intersect(onto.area).area();
            self.take(EDGE * length + seen.min(extent.swept) * painted + extent.crossings())?;
        }
        let Some(stroke) = path.stroke() else {
            return Some(());
        };
        let (sx, sy) = scales(onto.transform);
        let scale = sx.max(sy).max(1e-9);
        let width = f64::from(stroke.width().get()) * scale;
        let seen = extent.bounds.inset(width).intersect(onto.area).area();
        let painted = self.paint(stroke.paint(), onto)?;
        let swept = (length + width) * (width + 1.0);
        // A line has two edges, which cross one another four times as often.
        let edges = 2.0 * EDGE * length + 4.0 * extent.crossings();
        self.take(edges + seen.min(swept) * painted)?;
        if let Some(dashes) = stroke.dasharray() {
            let round: f32 = dashes.iter().sum();
            let turns = extent.length / scale / f64::from(round).max(1e-9);
            self.take(1000.0 * (turns * dashes.len() as f64).min(MOST_DASHES))?;
        }
        Some(())
    }

    /// Steps for each pixel of a paint.
    fn paint(&mut self, paint: &Paint, onto: Onto) -> Option<f64> {
        match paint {
            Paint::Color(_) => Some(1.0),
            Paint::LinearGradient(gradient) => Some(4.0 + gradient.stops().len() as f64),
            Paint::RadialGradient(gradient) => Some(8.0 + gradient.stops().len() as f64),
            Paint::Pattern(pattern) => {
                let (across, down) = scales(onto.transform.pre_concat(pattern.transform()));
                let width = f64::from(pattern.rect().width()) * across;
                let height = f64::from(pattern.rect().height()) * down;
                self.take(2.0 * width * height)?;
                let mut within = Self::hold(onto, width * height)?;
                within.transform = Transform::from_scale(across as f32, down as f32);
                within.area = Rect::new(0.0, 0.0, width, height);
                within.clips = false;
                self.nodes(pattern.root(), within)?;
                Some(20.0)
            }
        }
    }

    fn image(&mut self, image: &Image, onto: Onto) -> Option<()> {
        // It is decoded each time.
        let decoded = f64::from(image.size().width()) * f64::from(image.size().height());
        self.take(30.0 * decoded)?;
        Self::hold(onto, 2.0 * decoded)?;
        let bounds = boxed(image.bounding_box().transform(onto.transform));
        self.take(20.0 * bounds.intersect(onto.area).area())
    }
}

/// How far a path goes, in pixels.
struct Extent {
    bounds: Rect,
    length: f64,
    /// The area that it could cover.
    swept: f64,
}

impl Extent {
    /// Steps for the places where a way crosses itself, if it lay about at random.
    fn crossings(&self) -> f64 {
        CROSSING * self.length.powi(2) / self.bounds.area().max(1.0) / std::f64::consts::PI
    }

    fn of(path: &tiny_skia::Path, transform: Transform) -> Self {
        let bounds = boxed(path.bounds().transform(transform));
        let centre = bounds.center();
        let mut extent = Self {
            bounds,
            length: 0.0,
            swept: 0.0,
        };
        let mut at = kurbo::Point::ZERO;
        let mut start = at;
        for segment in path.segments() {
            let mut go = |to: tiny_skia::Point, draws: bool| {
                let mut to = to;
                transform.map_point(&mut to);
                let to = kurbo::Point::new(to.x.into(), to.y.into());
                if draws {
                    extent.length += at.distance(to);
                    extent.swept += (at - centre).cross(to - centre).abs() / 2.0;
                } else {
                    start = to;
                }
                at = to;
            };
            match segment {
                PathSegment::MoveTo(to) => go(to, false),
                PathSegment::LineTo(to) => go(to, true),
                PathSegment::QuadTo(by, to) => [by, to].into_iter().for_each(|to| go(to, true)),
                PathSegment::CubicTo(by, then, to) => {
                    [by, then, to].into_iter().for_each(|to| go(to, true));
                }
                PathSegment::Close => {
                    extent.length += at.distance(start);
                    extent.swept += (at - centre).cross(start - centre).abs() / 2.0;
                    at = start;
                }
            }
        }
        extent
    }
}

fn scales(of: Transform) -> (f64, f64) {
    (f64::from(of.sx.hypot(of.ky)), f64::from(of.kx.hypot(of.sy)))
}

/// What cannot be told is everywhere.
fn boxed(rect: Option<tiny_skia::Rect>) -> Rect {
    rect.map_or(Rect::new(-1e9, -1e9, 1e9, 1e9), |rect| {
        Rect::new(
            rect.left().into(),
            rect.top().into(),
            rect.right().into(),
            rect.bottom().into(),
        )
    })
}
