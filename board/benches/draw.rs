//! How long ink takes to outline, points to decode and an element to be hit.
//!
//! `cargo bench -p board --bench draw`. Sizes are those of real strokes: a word has 40 to 120
//! points, a long scribble 600.

use std::hint::black_box;

use board::element::Element;
use board::element::Kind;
use board::element::ink::Ink;
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::outline::outline;
use board::ink::points::{Grid, decode, encode};
use board::order::OrderKey;
use board::style::{Color, Style, Theme};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use kurbo::Point;

/// Loops such as a hand writes, one point every four pixels or so.
fn stroke(count: u32) -> Vec<InkPoint> {
    let point = |i: u32| {
        let t = f64::from(i) * 0.2;
        InkPoint {
            x: 8.0 * t - 18.0 * t.sin(),
            y: -20.0 * t.cos(),
            pressure: 0.5 + 0.2 * (t * 0.7).sin(),
        }
    };
    (0..count).map(point).collect()
}

fn element(geometry: Geometry, style: Style, kind: Kind) -> Element {
    let id = ElementId::from_random(1);
    Element::new(id, OrderKey::default(), "".into(), geometry, style, kind)
}

fn ink(c: &mut Criterion) {
    let mut group = c.benchmark_group("ink");
    for count in [40, 600, 5_000] {
        let points = stroke(count);
        let bytes = encode(&points, Grid::for_zoom(1.0));
        group.throughput(Throughput::Elements(u64::from(count)));
        group.bench_with_input(BenchmarkId::new("outline", count), &points, |b, points| {
            b.iter(|| outline(black_box(points), 2.0));
        });
        group.bench_with_input(BenchmarkId::new("decode", count), &bytes, |b, bytes| {
            b.iter(|| decode(black_box(bytes)));
        });
    }
    group.finish();
}

fn hit(c: &mut Criterion) {
    let mut group = c.benchmark_group("hit");
    let style = Style {
        fill: Color::INK,
        ..Style::default()
    };
    let geometry = Geometry {
        x: 10.0,
        y: 10.0,
        w: 300.0,
        h: 200.0,
        angle: 0.3,
    };
    let ellipse = element(geometry, style.clone(), Kind::ELLIPSE);
    let near = ellipse.placement() * Point::new(0.0, 100.0);
    group.bench_function("ellipse", |b| b.iter(|| ellipse.hit(black_box(near), 4.0)));
    if let Some((geometry, ink)) = Ink::of_points(&stroke(600), Grid::for_zoom(1.0)) {
        let ink = element(geometry, style, Kind::Ink(ink));
        let beside = geometry.center();
        group.bench_function("ink of 600", |b| b.iter(|| ink.hit(black_box(beside), 0.0)));
        group.bench_function("paint ink of 600", |b| b.iter(|| ink.paint(Theme::Light)));
    }
    group.finish();
}

criterion_group!(benches, ink, hit);
criterion_main!(benches);
