//! How long elbow arrows take to route.
//!
//! `cargo bench -p elbow --bench elbow`. Bars: 50 arrows whose simple ways are free in 2 ms
//! together, and one among 32 obstacles in 1.5 ms.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use elbow::{Side, Stop, route};
use fastrand::Rng;
use kurbo::Rect;

const GAP: f64 = 5.0;

/// Boxes that are apart, on an area as wide and high as this.
fn boxes(count: usize, area: f64, rng: &mut Rng) -> Vec<Rect> {
    let mut boxes: Vec<Rect> = Vec::new();
    while boxes.len() < count {
        let (x, y) = (rng.f64() * area, rng.f64() * area);
        let (w, h) = (40.0 + 80.0 * rng.f64(), 30.0 + 50.0 * rng.f64());
        let rect = Rect::new(x, y, x + w, y + h);
        if boxes
            .iter()
            .all(|other| !other.inflate(12.0, 12.0).overlaps(rect))
        {
            boxes.push(rect);
        }
    }
    boxes
}

/// A tree of boxes, each joined to the one above, as charts are: every way is free.
fn free(c: &mut Criterion) {
    let row = |i: usize, y: f64| {
        let x = 160.0 * i as f64;
        Rect::new(x, y, x + 100.0, y + 60.0)
    };
    let arrows: Vec<(Stop, Stop, Vec<Rect>)> = (0..50)
        .map(|i| {
            let (from, to) = (row(i / 2, 0.0), row(i, 160.0));
            let others = (0..8).filter(|j| i != *j).map(|j| row(j, 160.0));
            (Stop::on(from, GAP), Stop::on(to, GAP), others.collect())
        })
        .collect();
    c.bench_function("50 free elbows", |b| {
        b.iter(|| {
            for (from, to, obstacles) in &arrows {
                black_box(route(from, to, &[], obstacles));
            }
        });
    });
}

fn searched(c: &mut Criterion) {
    let mut group = c.benchmark_group("searched elbow");
    for obstacles in [0, 8, 32] {
        let mut rng = Rng::with_seed(7);
        let area = 140.0 * (obstacles as f64 + 2.0).sqrt();
        let mut scenes = Vec::new();
        for _ in 0..20 {
            let mut all = boxes(obstacles + 2, area, &mut rng);
            all.sort_by(|a, b| (a.x0 + a.y0).total_cmp(&(b.x0 + b.y0)));
            let (first, last) = (all.remove(0), all.pop());
            // Away from each other, no simple way can do.
            let leaving = |body, side| Stop {
                leaves: Some(side),
                ..Stop::on(body, GAP)
            };
            let from = leaving(first, Side::Left);
            let to = leaving(last.unwrap_or_default(), Side::Right);
            scenes.push((from, to, all));
        }
        group.bench_with_input(
            BenchmarkId::from_parameter(obstacles),
            &scenes,
            |b, scenes| {
                let mut turn = scenes.iter().cycle();
                b.iter(|| {
                    let (from, to, obstacles) = turn.next()?;
                    Some(route(from, to, &[], obstacles))
                });
            },
        );
    }
    group.finish();
}

/// The worst: an end behind a closed wall, so that all other ways are tried before it is crossed.
fn walled(c: &mut Criterion) {
    let mut rng = Rng::with_seed(7);
    let mut obstacles = boxes(28, 700.0, &mut rng);
    let end = Rect::new(900.0, 300.0, 960.0, 340.0);
    obstacles.extend([
        Rect::new(850.0, 240.0, 1010.0, 250.0),
        Rect::new(850.0, 390.0, 1010.0, 400.0),
        Rect::new(840.0, 240.0, 850.0, 400.0),
        Rect::new(1010.0, 240.0, 1020.0, 400.0),
    ]);
    let from = Stop::on(Rect::new(-200.0, 300.0, -100.0, 360.0), GAP);
    let to = Stop::on(end, GAP);
    c.bench_function("walled elbow", |b| {
        b.iter(|| route(&from, &to, &[], black_box(&obstacles)));
    });
}

criterion_group!(benches, free, searched, walled);
criterion_main!(benches);
