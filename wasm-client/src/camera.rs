//! Where one looks: the map between the screen and the board.
//!
//! Owns zoom and origin and their limits, and that content lies on whole device pixels: otherwise
//! what was painted before could not be moved without being painted again. Knows nothing of elements.

use board::limits::MAX_COORDINATE;
use kurbo::{Affine, Insets, Point, Rect, Size, Vec2};
use scene::frame_names::View;

/// A point on the screen, in CSS pixels from the canvas's top-left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScreenPoint(pub Point);

/// Smallest zoom: a board of 100,000 elements still fits.
const MIN_ZOOM: f64 = 0.02;
/// Largest zoom: ink is stored to an eighth of a pixel at the zoom it was drawn.
const MAX_ZOOM: f64 = 30.0;
/// The middle of the view goes no farther out: what is drawn at the edge of the view at the smallest
/// zoom still has coordinates that count.
const FARTHEST: f64 = MAX_COORDINATE / 2.0;
/// Room around content that is brought into view, to the window's edges and the page's bars, CSS pixels.
const FIT_MARGIN: f64 = 40.0;
/// What is typed keeps this distance from the edges at least, CSS pixels; above and below it would
/// be under the page's bars.
const CARET_EDGE: Size = Size::new(16.0, 72.0);
/// Where it is brought to when it does not: so far that the view need not move with every letter.
const CARET_ROOM: f64 = 96.0;
/// Where zooming by key or button stops.
const STOPS: [f64; 17] = [
    0.02, 0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0,
];

/// The view of one page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The board point that movements have brought to the canvas's top-left corner.
    wanted: Point,
    /// The nearest one that puts the board's origin on a whole device pixel; the one that is seen.
    origin: Point,
    zoom: f64,
    size: Size,
    /// Device pixels per CSS pixel.
    density: f64,
    /// What of the canvas the system covers from its left, top, right and bottom edge, CSS pixels.
    covered: Insets,
    /// What the page's bars and panels leave free of it, CSS pixels.
    free: Rect,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            wanted: Point::ORIGIN,
            origin: Point::ORIGIN,
            zoom: 1.0,
            size: Size::new(1.0, 1.0),
            density: 1.0,
            covered: Insets::ZERO,
            free: Rect::new(0.0, 0.0, 1.0, 1.0),
        }
    }
}

impl Camera {
    /// Screen pixels per board unit; 1 is 100 %.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// The canvas's size in CSS pixels.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Device pixels per CSS pixel.
    pub fn density(&self) -> f64 {
        self.density
    }

    /// Takes a new canvas size; the middle of the view stays where it is.
    pub fn resize(&mut self, size: Size, density: f64) {
        if density.is_finite() && density > 0.0 {
            self.density = density;
        }
        if size.is_finite() && size.width >= 1.0 && size.height >= 1.0 {
            let first = self.size == Size::new(1.0, 1.0);
            if !first {
                self.wanted += (self.size - size).to_vec2() / 2.0 / self.zoom;
            }
            self.size = size;
            // The page tells what is covered of the new size.
            self.covered = Insets::ZERO;
            self.free = size.to_rect();
        }
        self.settle();
    }

    /// Takes the part of the canvas that nothing of the system covers, CSS pixels.
    pub fn uncover(&mut self, part: Rect) {
        if part.is_finite() {
            let whole = self.size.to_rect();
            let part = part.intersect(whole);
            self.covered = if part.area() > 0.0 {
                whole - part
            } else {
                Insets::ZERO
            };
        }
    }

    /// Takes the part of the canvas that the page's bars and panels leave free, CSS pixels.
    pub fn leave_free(&mut self, part: Rect) {
        if part.is_finite() {
            self.free = part.intersect(self.size.to_rect());
        }
    }

    /// What is free of bars and of what the system covers; all of the canvas if hardly anything is.
    pub fn open(&self) -> Rect {
        let whole = self.size.to_rect();
        let open = self.free.intersect(whole - self.covered);
        if open.width().min(open.height()) < whole.size().min_side() / 4.0 {
            whole
        } else {
            open
        }
    }

    /// Whether all of a part of the board is seen and free of bars.
    pub fn shows(&self, part: Rect) -> bool {
        let seen = self.transform().transform_rect_bbox(part);
        self.open().union(seen) == self.open()
    }

    /// Where one looks: the board point in the middle of the canvas.
    pub fn center(&self) -> Point {
        self.board(self.middle())
    }

    /// Looks at a board point at a zoom.
    pub fn look_at(&mut self, center: Point, zoom: f64) {
        if center.is_finite() && zoom.is_finite() {
            self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
            self.wanted = center - (self.size / self.zoom).to_vec2() / 2.0;
            self.settle();
        }
    }

    /// Moves a caret into view, from its box on the screen; no farther than it must, with some room
    /// around it. One that was `pointed` at may stand at the very edge.
    pub fn reveal(&mut self, caret: Rect, pointed: bool) {
        let seen = self.size.to_rect() - self.covered;
        let edge = |side: f64, edge: f64| if pointed { 0.0 } else { edge.min(side / 4.0) };
        let x = (caret.x0, caret.x1, edge(seen.width(), CARET_EDGE.width));
        let y = (caret.y0, caret.y1, edge(seen.height(), CARET_EDGE.height));
        self.pan(Vec2::new(
            way_into(x, (seen.x0, seen.x1)),
            way_into(y, (seen.y0, seen.y1)),
        ));
    }

    /// Moves a part of the screen out from under what covers it, upwards or to the left, no farther
    /// than it must and never under the bars there. Where there is no room for the `whole` of it, a
    /// `bare` part counts; where there is none for that either, it goes up as far as it can.
    pub fn clear(&mut self, whole: Rect, bare: Rect, cover: Rect) {
        let free = self.free.intersect(self.size.to_rect() - self.covered);
        let out = |part: Rect| {
            let (up, left) = (cover.y0 - part.y1, cover.x0 - part.x1);
            let (above, beside) = (free.y0 - part.y0, free.x0 - part.x0);
            if above <= up {
                Some(Vec2::new(0.0, up.min(0.0)))
            } else {
                (beside <= left).then(|| Vec2::new(left.min(0.0), 0.0))
            }
        };
        let far = || Vec2::new(0.0, (free.y0 - bare.y0).min(0.0));
        self.pan(out(whole).or_else(|| out(bare)).unwrap_or_else(far));
    }

    /// Looks where another camera of this canvas did.
    pub fn look_as(&mut self, other: &Self) {
        (self.wanted, self.zoom) = (other.wanted, other.zoom);
        self.settle();
    }

    /// What of the board is in view.
    pub fn view(&self) -> Rect {
        Rect::from_origin_size(self.origin, self.size / self.zoom)
    }

    /// Screen to board.
    pub fn board(&self, at: ScreenPoint) -> Point {
        self.origin + at.0.to_vec2() / self.zoom
    }

    /// Board to screen.
    pub fn screen(&self, at: Point) -> ScreenPoint {
        ScreenPoint(((at - self.origin) * self.zoom).to_point())
    }

    /// Board to screen, as a map.
    pub fn transform(&self) -> Affine {
        Affine::scale(self.zoom) * Affine::translate(-self.origin.to_vec2())
    }

    /// The same with the zoom, for what stays as large at every one.
    pub(crate) fn upright(&self) -> View {
        View {
            transform: self.transform(),
            zoom: self.zoom,
        }
    }

    /// Where the board's origin is on the screen, a whole number of device pixels.
    pub fn offset(&self) -> Vec2 {
        -self.origin.to_vec2() * self.zoom
    }

    /// Moves the content with a pointer, by screen pixels.
    pub fn pan(&mut self, by: Vec2) {
        if by.is_finite() {
            self.wanted -= by / self.zoom;
            self.settle();
        }
    }

    /// Zooms by a factor; the board point under `at` stays there.
    pub fn zoom_by(&mut self, factor: f64, at: ScreenPoint) {
        self.zoom_to(self.zoom * factor, at);
    }

    /// Zooms to the next stop in or out, about the middle.
    pub fn zoom_step(&mut self, inwards: bool) {
        let beyond = |stop: &&f64| **stop / self.zoom > 1.01;
        let below = |stop: &&f64| **stop / self.zoom < 0.99;
        let stop = if inwards {
            STOPS.iter().find(beyond)
        } else {
            STOPS.iter().rev().find(below)
        };
        if let Some(stop) = stop {
            self.zoom_to(*stop, self.middle());
        }
    }

    /// To 100 %, about the middle.
    pub fn zoom_reset(&mut self) {
        self.zoom_to(1.0, self.middle());
    }

    /// Brings a part of the board into what is free of bars, at no more than 100 %.
    pub fn fit(&mut self, content: Rect) {
        if !content.is_finite() {
            return;
        }
        let open = self.open();
        let margin = FIT_MARGIN.min(open.size().min_side() / 10.0);
        let room = |side: f64, content: f64| (side - 2.0 * margin) / content.max(1e-3);
        let zoom = room(open.width(), content.width())
            .min(room(open.height(), content.height()))
            .clamp(MIN_ZOOM, 1.0);
        self.zoom = zoom;
        self.wanted = content.center() - open.center().to_vec2() / zoom;
        self.settle();
    }

    /// Moves the sides of a box on the screen to where a thin line is not smeared over two pixels.
    pub fn crisp(&self, rect: Rect) -> Rect {
        let half = self.density.round().max(1.0) / 2.0;
        let snap = |along: f64| ((along * self.density - half).round() + half) / self.density;
        Rect::new(snap(rect.x0), snap(rect.y0), snap(rect.x1), snap(rect.y1))
    }

    /// The middle of the screen.
    pub fn middle(&self) -> ScreenPoint {
        ScreenPoint((self.size.to_vec2() / 2.0).to_point())
    }

    fn zoom_to(&mut self, zoom: f64, at: ScreenPoint) {
        if zoom.is_finite() && at.0.is_finite() {
            let fixed = self.wanted + at.0.to_vec2() / self.zoom;
            self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
            self.wanted = fixed - at.0.to_vec2() / self.zoom;
            self.settle();
        }
    }

    /// Keeps the view near and finds the origin that is seen; every movement ends here.
    fn settle(&mut self) {
        let middle = self.wanted + (self.size / 2.0 / self.zoom).to_vec2();
        let near = |along: f64| along.clamp(-FARTHEST, FARTHEST);
        self.wanted += Point::new(near(middle.x), near(middle.y)) - middle;
        let device = self.zoom * self.density;
        self.origin = ((self.wanted.to_vec2() * device).round() / device).to_point();
    }
}

/// How far something from `low` to `high` is to move along an axis, so that it stands between two
/// bounds, `edge` away from both; 0 when it does. What is too long is shown from its middle.
fn way_into((low, high, edge): (f64, f64, f64), (start, end): (f64, f64)) -> f64 {
    let fits = high - low <= end - start - 2.0 * edge;
    let middle = (low + high) / 2.0;
    let (low, high) = if fits { (low, high) } else { (middle, middle) };
    let room = CARET_ROOM.min((end - start - (high - low)) / 2.0).max(edge);
    if low < start + edge {
        start + room - low
    } else if high > end - edge {
        end - room - high
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.resize(Size::new(800.0, 600.0), 2.0);
        camera
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = camera();
        let at = ScreenPoint(Point::new(300.0, 100.0));
        let before = camera.board(at);
        camera.zoom_by(2.5, at);
        camera.pan(Vec2::new(10.0, 0.0));
        camera.pan(Vec2::new(-10.0, 0.0));
        // Half a device pixel each way is lost to the grid.
        assert!((camera.board(at) - before).hypot() < 0.36);
    }

    #[test]
    fn content_lies_on_whole_device_pixels_and_slow_movements_add_up() {
        let mut camera = camera();
        camera.zoom_by(0.77, ScreenPoint(Point::new(301.0, 99.0)));
        let before = camera.offset();
        for _ in 0..100 {
            camera.pan(Vec2::new(0.2, 0.0));
            let device = camera.offset() * 2.0;
            assert!((device - device.round()).hypot() < 1e-6);
        }
        assert!((camera.offset().x - before.x - 20.0).abs() < 0.51);
    }

    #[test]
    fn nobody_gets_lost_beyond_the_coordinates() {
        let mut camera = camera();
        camera.pan(Vec2::new(-1e12, 1e12));
        let view = camera.view();
        assert!(view.x1 < MAX_COORDINATE && view.y0 > -MAX_COORDINATE);
        camera.pan(Vec2::new(100.0, 0.0));
        assert!(
            camera.view().x0 < view.x0,
            "the way back is as long as it looks"
        );
    }

    #[test]
    fn a_caret_is_brought_into_what_is_seen_and_left_alone_there() {
        let caret = |x: f64, y: f64| Rect::new(x, y, x, y + 26.0);
        let mut keyboard = camera();
        keyboard.uncover(Rect::new(0.0, 0.0, 800.0, 300.0));
        for (mut camera, bottom) in [(camera(), 600.0), (keyboard, 300.0)] {
            let before = camera.offset();
            camera.reveal(caret(400.0, 150.0), false);
            assert_eq!(camera.offset(), before);
            for (x, y) in [
                (900.0, 150.0),
                (-40.0, 150.0),
                (400.0, bottom - 5.0),
                (-1e4, -1e4),
            ] {
                let before = camera.offset();
                camera.reveal(caret(x, y), false);
                let at = Point::new(x, y) + (camera.offset() - before);
                let seen = Rect::new(16.0, 72.0, 784.0, bottom - 72.0);
                assert!(
                    seen.contains(at) && seen.contains(at + (0.0, 26.0)),
                    "{x} {y}: {at}"
                );
            }
        }
    }

    #[test]
    fn a_caret_larger_than_the_view_is_shown_by_its_middle() {
        let mut camera = camera();
        let before = camera.offset();
        camera.reveal(Rect::new(400.0, 500.0, 400.0, 2500.0), false);
        let middle = 1500.0 + (camera.offset() - before).y;
        assert!((72.0..528.0).contains(&middle), "{middle}");
        let before = camera.offset();
        camera.reveal(
            Rect::new(400.0, middle - 1000.0, 400.0, middle + 1000.0),
            false,
        );
        assert_eq!(camera.offset(), before, "and stays");
    }

    #[test]
    fn fit_shows_all_of_it() {
        let mut camera = camera();
        let content = Rect::new(-5000.0, 200.0, 3000.0, 900.0);
        camera.fit(content);
        assert_eq!(camera.view().union(content), camera.view());
    }

    #[test]
    fn steps_go_up_and_down_the_same_stops() {
        let mut camera = camera();
        camera.zoom_step(true);
        assert_eq!(camera.zoom(), 1.25);
        camera.zoom_step(false);
        camera.zoom_step(false);
        assert_eq!(camera.zoom(), 0.8);
    }
}
