//! What it costs to check an update before it is taken in.
//!
//! `cargo bench -p board --bench ingest`. `scan` judges the bytes, `restore` scans, finds the
//! lists and applies; `ingest` also lets the update survive a round trip alone.

use std::hint::black_box;

use board::document::{Document, Write};
use board::element::Element;
use board::element::Kind;
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::order::OrderKey;
use board::replica::Replica;
use board::scan;
use board::style::Style;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// A big board.
const ELEMENTS: u64 = 10_000;

fn rectangle(number: u64) -> Element {
    let geometry = Geometry {
        x: number as f64,
        y: 10.0,
        w: 300.0,
        h: 200.0,
        angle: 0.0,
    };
    let id = ElementId::from_random(number.into());
    let (order, text) = (OrderKey::default(), "".into());
    Element::new(id, order, text, geometry, Style::default(), Kind::RECTANGLE)
}

/// A board of so many elements, and the update that adds one more.
fn board_and_more(elements: u64) -> (Vec<u8>, Vec<u8>) {
    let mut document = Document::new(ClientId::from_random(5));
    let births = (0..elements).map(|number| Write::birth(&rectangle(number)));
    document.commit(births.collect());
    let board = document.replica().encode();
    document.take_updates();
    document.commit(vec![Write::birth(&rectangle(elements))]);
    (board, document.take_updates().concat())
}

fn copy(board: &[u8]) -> Replica {
    let mut replica = Replica::new(ClientId::from_random(1)).weighing();
    let _ = replica.restore(board);
    replica
}

fn small(c: &mut Criterion) {
    let mut group = c.benchmark_group("small update");
    let (board, more) = board_and_more(ELEMENTS);
    group.throughput(Throughput::Bytes(more.len() as u64));
    group.bench_function("scan", |b| b.iter(|| scan::update(black_box(&more))));
    let once = BatchSize::NumIterations(1);
    for (name, board) in [("empty board", &[0, 0][..]), ("10,000 elements", &board)] {
        // The first clocks are not on an empty board: the first update of another one is.
        let first = board_and_more(0).1;
        let more = if board.len() > 2 { &more } else { &first };
        group.bench_function(format!("restore, {name}"), |b| {
            b.iter_batched_ref(|| copy(board), |replica| replica.restore(more), once);
        });
        group.bench_function(format!("ingest, {name}"), |b| {
            b.iter_batched_ref(|| copy(board), |replica| replica.ingest(more), once);
        });
    }
    group.finish();
}

fn whole(c: &mut Criterion) {
    let mut group = c.benchmark_group("board of 10,000 elements");
    group.sample_size(20);
    let (board, _) = board_and_more(ELEMENTS);
    group.throughput(Throughput::Bytes(board.len() as u64));
    group.bench_function("scan", |b| b.iter(|| scan::update(black_box(&board))));
    group.bench_function("scan with places", |b| {
        b.iter(|| scan::update_in_detail(black_box(&board), usize::MAX));
    });
    let empty = || Replica::new(ClientId::from_random(1)).weighing();
    group.bench_function("restore", |b| {
        b.iter_batched_ref(
            empty,
            |replica| replica.restore(&board),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("ingest", |b| {
        b.iter_batched_ref(
            empty,
            |replica| replica.ingest(&board),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, small, whole);
criterion_main!(benches);
