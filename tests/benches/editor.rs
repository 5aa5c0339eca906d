//! How long a board takes to load, to follow somebody else's move, and to answer a pointer.
//!
//! `cargo bench -p drawbridge-tests --bench editor`. The boards are grids at the density of
//! a real one.

use std::hint::black_box;

use board::document::{Document, Write};
use board::id::ClientId;
use board::protocol::Message;
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use drawbridge_tests::grid::Grid;
use kurbo::{Rect, Vec2};
use scene::Scene;
use wasm_client::boundary::Config;
use wasm_client::editor::Editor;

/// Its elements: every tenth is ink.
fn grid(count: usize) -> Grid {
    Grid {
        count,
        ink_every: 10,
        points: 40,
        first_id: 0,
    }
}

/// Somebody else's document with so many elements.
fn author(count: usize) -> Document {
    let mut document = Document::new(ClientId::from_random(7));
    document.commit(grid(count).births());
    document.take_updates();
    document
}

fn editor() -> Editor {
    let mut editor = Editor::new(&Config {
        seed: "bench".into(),
        browser: "bench".into(),
        name: "bench".into(),
        color: "#3b7bf6".into(),
        dark: false,
        fingers_draw: None,
    });
    editor.resize(1280.0, 800.0, 1.0);
    editor
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.sample_size(10);
    for count in [1_000, 10_000] {
        let state = author(count).replica().encode();
        group.bench_with_input(BenchmarkId::from_parameter(count), &state, |b, state| {
            let open = |mut editor: Editor| {
                let loaded = editor.load(state);
                (loaded, editor)
            };
            b.iter_batched(editor, open, BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn follow(c: &mut Criterion) {
    let count = 10_000;
    let mut theirs = author(count);
    let mut mine = editor();
    let loaded = mine.load(&theirs.replica().encode());
    assert_eq!(loaded, Ok(()));
    let mut turn = 0;
    let mut moved = || {
        turn += 1;
        let mut element = grid(count).element(turn % count);
        // Never twice to the same place: what is already so would make no update.
        let by = Vec2::new(turn as f64 * 0.01, 9.0);
        element.set_geometry(element.geometry.translated(by));
        theirs.commit(vec![Write::place(&element)]);
        let updates = theirs.take_updates();
        let frames = updates
            .iter()
            .map(|update| Message::Update(update).encode());
        let frame = frames.collect::<Vec<_>>().concat();
        assert!(!frame.is_empty(), "every turn moves something");
        frame
    };
    c.bench_function("a remote move on 10000", |b| {
        b.iter_batched(
            &mut moved,
            |frame| mine.receive(&frame),
            BatchSize::PerIteration,
        );
    });
}

fn look(c: &mut Criterion) {
    let mut group = c.benchmark_group("scene");
    for count in [10_000, 100_000] {
        let scene = Scene::rebuild(&author(count));
        let middle = grid(count).place(count / 2);
        let on = middle + Vec2::new(0.0, 30.0);
        let beside = middle + Vec2::new(100.0, 90.0);
        for (name, at) in [("hit", on), ("miss", beside)] {
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter(|| scene.hit(black_box(at), 6.0).is_some());
            });
        }
        let view = Rect::from_origin_size(middle, (1280.0, 800.0));
        group.bench_function(BenchmarkId::new("viewport", count), |b| {
            b.iter(|| scene.in_rect(black_box(view)).len());
        });
    }
    group.finish();
}

criterion_group!(benches, load, follow, look);
criterion_main!(benches);
