//! What holds for every drawing: its reach, its bounds, and that it is the same on every machine.

use kurbo::{ParamCurve, ParamCurveNearest, PathEl};
use proptest::prelude::*;

use super::*;
use crate::style::FillStyle;

const STAR: &str = "M50 0 L61 35 L98 35 L68 57 L79 91 L50 70 L21 91 L32 57 L2 35 L39 35 Z";
/// A circle with a diameter of 100.
const ROUND: &str = "M100 50 C100 77.6 77.6 100 50 100 C22.4 100 0 77.6 0 50 \
                     C0 22.4 22.4 0 50 0 C77.6 0 100 22.4 100 50 Z";

fn of(svg: &str) -> BezPath {
    BezPath::from_svg(svg).unwrap()
}

/// FNV-1a over the bits of all coordinates.
fn checksum(path: &BezPath) -> u32 {
    let mut bytes = String::new();
    for point in points(path) {
        bytes += &format!("{:x} {:x} ", point.x.to_bits(), point.y.to_bits());
    }
    seed_of(&bytes)
}

fn points(path: &BezPath) -> impl Iterator<Item = Point> {
    path.elements().iter().flat_map(|el| match *el {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => vec![p],
        PathEl::QuadTo(c, p) => vec![c, p],
        PathEl::CurveTo(c, d, p) => vec![c, d, p],
        PathEl::ClosePath => Vec::new(),
    })
}

fn hand(strength: u8, seed: u32, size: f64) -> Hand {
    Hand {
        strength,
        seed,
        size,
        most: MAX_BUMPS,
    }
}

fn bumps(path: &BezPath) -> usize {
    path.segments().count()
}

#[test]
fn everybody_draws_the_same() {
    let drawn = [
        (STAR, 1, 7),
        (STAR, 3, 8),
        (ROUND, 2, 7),
        (ROUND, 2, u32::MAX),
    ];
    let sums =
        drawn.map(|(svg, strength, seed)| checksum(&hand(strength, seed, 100.0).twice(&of(svg))));
    assert_eq!(sums, [0xef7d57f5, 0xcbdfdc15, 0xe55df8f7, 0xacd7768a]);
}

#[test]
fn the_seed_of_a_name_is_its_hash() {
    assert_eq!(seed_of(""), 0x811c_9dc5);
    assert_eq!(seed_of("foobar"), 0xbf9c_f968);
}

#[test]
fn a_star_has_a_curve_for_each_side_twice() {
    let star = of(STAR);
    assert_eq!(bumps(&hand(2, 1, 100.0).twice(&star)), 20);
    assert_eq!(bumps(&hand(2, 1, 100.0).once(&star)), 10);
}

#[test]
fn a_loop_that_is_drawn_once_closes() {
    let drawn = hand(3, 1, 100.0).once(&of(ROUND));
    let all: Vec<Point> = points(&drawn).collect();
    assert!(length(all[0] - all[all.len() - 1]) < 1e-9);
}

#[test]
fn hatching_keeps_its_lines() {
    let lines = FillStyle::Crossed.lines(&of(STAR), 1.0, MAX_BUMPS);
    let drawn = hand(2, 1, 100.0).lines(&lines);
    assert_eq!(bumps(&drawn), bumps(&lines));
}

#[test]
fn what_cannot_be_measured_stays() {
    let far = of("M0 0 L1e300 1e300");
    assert_eq!(hand(2, 1, f64::NAN).twice(&far), far);
    assert_eq!(reach(2, f64::NAN), 0.0);
    let dot = of("M5 5 L5 5");
    assert_eq!(
        points(&hand(3, 1, 0.0).twice(&dot)).next(),
        Some(Point::new(5.0, 5.0))
    );
}

proptest! {
    // Each case draws and measures a lot.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn drawings_keep_near_shapes(
        seed: u32, strength in 1..=3u8, w in 0.0..2000.0f64, h in 0.0..2000.0f64, round: bool,
    ) {
        let mut path = of(if round { ROUND } else { STAR });
        path.apply_affine(kurbo::Affine::scale_non_uniform(w / 100.0, h / 100.0));
        let size = w.max(h);
        let drawn = hand(strength, seed, size).twice(&path);
        prop_assert_ne!(&drawn, &hand(strength, seed ^ 1, size).twice(&path));
        let most = reach(strength, size) + 0.01 * size;
        for side in drawn.segments() {
            let at = side.eval(0.5);
            let off = path.segments().map(|s| s.nearest(at, 1e-3).distance_sq);
            let off = off.fold(f64::MAX, f64::min).sqrt();
            prop_assert!(off <= most, "{off} of {most}");
        }
    }

    #[test]
    fn drawings_of_anything_are_bounded(
        steps in prop::collection::vec((0..4u8, prop::array::uniform6(-1.0..1.0f64)), 0..300),
        size in prop_oneof![Just(0.0), 0.0..1e7f64], strength: u8, seed: u32, most in 0..MAX_BUMPS,
    ) {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        for (sort, numbers) in steps {
            let [a, b, c, d, e, f] = numbers.map(|n| n * size);
            match sort {
                0 => path.curve_to((a, b), (c, d), (e, f)),
                1 if a > 0.9 * size => path.close_path(),
                2 if a > 0.9 * size => path.move_to((c, d)),
                _ => path.line_to((a, b)),
            }
        }
        let far = reach(strength, size);
        let area = path.control_box().inflate(far, far);
        let hand = Hand { most, ..hand(strength, seed, size) };
        for draw in [Hand::twice, Hand::once, Hand::lines] {
            let drawn = draw(&hand, &path);
            prop_assert!(drawn.is_finite() && (bumps(&drawn) <= most || drawn == path));
            for point in points(&drawn) {
                prop_assert!(point.x >= area.x0 && point.x <= area.x1);
                prop_assert!(point.y >= area.y0 && point.y <= area.y1);
            }
        }
    }
}
