//! Drawings and the elements that they become, drawn by the same program and compared.
//!
//! Letters are left out: theirs are of fonts that are not here.

use board::display::DisplayList;
use board::style::Theme;
use board::svg::svg;
use kurbo::{Rect, Size};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use scene::{Look, Part, Pictures};

use crate::support::Board;
use crate::svg::{drawings, try_read};

/// Longer side of what is compared, pixels.
const SIDE: f32 = 400.0;
/// So far apart a channel may be after both are blurred, of 255.
const NEAR: u8 = 48;
/// So many of a thousand pixels may be farther: dashes are as long as ours.
const PER_THOUSAND: usize = 8;

/// Pixels on white.
fn drawn(svg: &str) -> (Size, Pixmap) {
    let tree = Tree::from_str(svg, &Options::default()).unwrap();
    let size = tree.size();
    let scale = SIDE / size.width().max(size.height());
    let (width, height) = (
        (size.width() * scale).ceil(),
        (size.height() * scale).ceil(),
    );
    let mut pixels = Pixmap::new(width as u32, height as u32).unwrap();
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    (Size::new(size.width().into(), size.height().into()), pixels)
}

/// The same without colours that resvg does not know: the light one of two, and none of wider screens.
fn plain(svg: &str) -> String {
    let svg = svg.replace("fill:color(display-p3 0.8510 0.8510 0.8510);", "");
    let mut parts = svg.split("light-dark(");
    let mut light = parts.next().unwrap().to_owned();
    for part in parts {
        let (first, behind) = part.split_once("), ").unwrap();
        light.extend([first, ")", behind.split_once("))").unwrap().1]);
    }
    light
}

/// The elements of a drawing, as our own SVG.
fn as_ours(original: &str, size: Size) -> String {
    let bundle = try_read(original).unwrap();
    let files = bundle.files.clone();
    let board = Board::of(bundle);
    let look = Look {
        theme: Theme::Light,
        transparent: true,
        unnamed: String::new(),
    };
    let region = Part::Region(size.to_rect());
    let picture = Pictures::of(&board.document, look)
        .paint(&region, &mut |_: &DisplayList| true)
        .unwrap();
    let mut text = svg(
        &picture.list,
        Rect::from_origin_size((0.0, 0.0), size),
        None,
    );
    for file in files {
        let address = format!(
            "data:{};base64,{}",
            file.picture.media.name(),
            base64(&file.bytes)
        );
        text = text.replace(&file.hash.to_string(), &address);
    }
    text
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine as _;
    ::base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// How many of a thousand pixels differ.
fn apart(one: &Pixmap, other: &Pixmap) -> usize {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let (across, down) = (one.width() as usize, one.height() as usize);
    let at = |pixels: &Pixmap, x: usize, y: usize, channel: usize| {
        let near = |x: usize, y: usize| {
            u32::from(pixels.data()[(y.min(down - 1) * across + x.min(across - 1)) * 4 + channel])
        };
        let all = (0..9).map(|nth| {
            near(
                (x + nth % 3).saturating_sub(1),
                (y + nth / 3).saturating_sub(1),
            )
        });
        (all.sum::<u32>() / 9) as u8
    };
    let mut far = 0;
    for y in 0..down {
        for x in 0..across {
            let differs =
                |channel| at(one, x, y, channel).abs_diff(at(other, x, y, channel)) > NEAR;
            far += usize::from((0..3).any(differs));
        }
    }
    far * 1000 / (across * down)
}

#[test]
fn elements_look_as_the_drawing_does() {
    for (name, original) in drawings() {
        let (size, theirs) = drawn(&plain(&original));
        let (_, ours) = drawn(&as_ours(&original, size));
        let far = apart(&theirs, &ours);
        if far > PER_THOUSAND {
            let to = std::env::temp_dir();
            theirs
                .save_png(to.join(format!("{name}-theirs.png")))
                .unwrap();
            ours.save_png(to.join(format!("{name}-ours.png"))).unwrap();
        }
        assert!(
            far <= PER_THOUSAND,
            "{name}: {far} of a thousand differ; both are in the temporary directory"
        );
    }
}
