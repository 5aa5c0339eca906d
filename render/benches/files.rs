//! How long a picture of 10,000 elements takes as each kind of file, from the bytes of the board to those of
//! the file.
//!
//! `cargo bench -p render --bench files`. The bars: SVG 120 ms, PNG of 4,096 by 4,096 500 ms, PDF 900 ms.

use board::document::Document;
use board::id::ClientId;
use board::style::Theme;
use criterion::{Criterion, criterion_group, criterion_main};
use render::{Fonts, Letters, Made, Unmade, Work, pdf, png, svg};
use scene::{Look, Part, Picture, Pictures};

#[path = "../scenes/many.rs"]
mod many;

type Make = fn(Picture, &mut Work<'_>) -> Result<Made, Unmade>;

fn made(bytes: &[u8], fonts: &Fonts, make: Make) -> Option<Made> {
    let mut document = Document::new(ClientId::from_random(2));
    document.apply(bytes).ok()?;
    let look = Look {
        theme: Theme::Light,
        transparent: false,
        unnamed: "Frame".into(),
    };
    let pictures = Pictures::of(&document, look);
    let picture = pictures.paint(&Part::Whole, &mut |_| true).ok()?;
    let longest = picture.size.width.max(picture.size.height);
    let mut work = Work {
        fonts,
        scale: 4096.0 / longest,
        files: &|_| None,
        go_on: &mut || true,
    };
    make(picture, &mut work).ok()
}

fn files(c: &mut Criterion) {
    let bytes = many::bytes(10_000);
    let fonts = Fonts::default();
    let mut group = c.benchmark_group("10000 elements");
    group.sample_size(10);
    let makes: [(&str, Make); 4] = [
        ("svg", |picture, work| {
            svg(&picture, Letters::Embedded, work)
        }),
        ("svg outlined", |picture, work| {
            svg(&picture, Letters::Outlined, work)
        }),
        ("png", |picture, work| png(&picture, work)),
        ("pdf", |picture, work| pdf(&[picture], work)),
    ];
    for (name, make) in makes {
        let length = made(&bytes, &fonts, make).map(|made| made.bytes.len());
        assert!(length.is_some(), "it can be made");
        println!("{name}: {length:?} bytes");
        group.bench_function(name, |b| b.iter(|| made(&bytes, &fonts, make)));
    }
    group.finish();
}

criterion_group!(benches, files);
criterion_main!(benches);
