//! SVG as elements, by what it is made of, and all that keeps it a picture.
//!
//! `UPDATE_GOLDEN=1 cargo test -p interchange --test it` rewrites the golden files; look at them before
//! committing.

use std::fmt::Write as _;
use std::fs;

use board::element::{Element, Kind};
use board::id::ElementId;
use board::style::{Dash, Family, Head, Route};
use interchange::svg::{self, NotOurs};
use interchange::{Bundle, Loss};
use kurbo::Point;
use scene::Scene;

use crate::support::Board;

const DRAWINGS: &str = "tests/corpus/drawings";

/// All drawings of the corpus, by their names.
pub(crate) fn drawings() -> Vec<(String, String)> {
    let files = fs::read_dir(DRAWINGS).unwrap();
    let mut all: Vec<_> = files
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

pub(crate) fn bits() -> impl FnMut() -> u128 {
    let mut random = fastrand::Rng::with_seed(5);
    move || random.u128(..)
}

pub(crate) fn try_read(svg: &str) -> Result<Bundle, NotOurs> {
    svg::elements(svg.as_bytes(), &mut bits())
}

/// What is seen of an SVG's inside, bottom first.
pub(crate) fn read(inside: &str) -> Vec<Element> {
    let bundle = try_read(&whole(inside)).unwrap();
    seen(&bundle)
}

pub(crate) fn seen(bundle: &Bundle) -> Vec<Element> {
    let elements = bundle.records.iter();
    let elements = elements.map(|record| record.element(record.name().unwrap().clone()));
    elements
        .filter(|element| element.kind.is_painted())
        .collect()
}

pub(crate) fn whole(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='200' height='100'>{inside}</svg>"
    )
}

pub(crate) fn one(inside: &str) -> Element {
    let mut elements = read(inside);
    assert_eq!(elements.len(), 1, "{inside}");
    elements.pop().unwrap()
}

pub(crate) fn boxed(element: &Element) -> [i64; 5] {
    let at = element.frame();
    [at.x, at.y, at.w, at.h, at.angle.to_degrees()].map(|number| number.round() as i64)
}

/// A shape of each kind, what it becomes, and its box with its turn.
const SHAPES: [(&str, &str, [i64; 5]); 16] = [
    (
        "<rect x='10' y='20' width='30' height='40' fill='#ff0000'/>",
        "rectangle",
        [10, 20, 30, 40, 0],
    ),
    (
        "<circle cx='50' cy='50' r='10' fill='#ff0000'/>",
        "ellipse",
        [40, 40, 20, 20, 0],
    ),
    (
        "<ellipse cx='50' cy='50' rx='20' ry='10' fill='#ff0000'/>",
        "ellipse",
        [30, 40, 40, 20, 0],
    ),
    (
        "<line x1='5' y1='5' x2='50' y2='25' stroke='red'/>",
        "line",
        [5, 5, 45, 20, 0],
    ),
    (
        "<polyline points='5,5 50,25 5,30' fill='none' stroke='red'/>",
        "line",
        [5, 5, 45, 25, 0],
    ),
    (
        "<polygon points='5,5 50,25 5,30' fill='#ff0000'/>",
        "line",
        [5, 5, 45, 25, 0],
    ),
    (
        "<path d='M5 5L50 25L5 30z' fill='#ff0000'/>",
        "line",
        [5, 5, 45, 25, 0],
    ),
    (
        "<path d='M5 5h40v20h-40z' fill='#ff0000'/>",
        "rectangle",
        [5, 5, 40, 20, 0],
    ),
    (
        "<g transform='translate(10 10) scale(2)'><rect width='30' height='20' fill='#ff0000'/></g>",
        "rectangle",
        [10, 10, 60, 40, 0],
    ),
    (
        "<rect width='40' height='20' transform='translate(100 50) rotate(90)' fill='#ff0000'/>",
        "rectangle",
        [70, 60, 40, 20, 90],
    ),
    (
        "<rect width='40' height='20' transform='translate(50 50) scale(-1 1)' fill='#ff0000'/>",
        "rectangle",
        [10, 50, 40, 20, 180],
    ),
    (
        "<rect width='20' height='20' transform='translate(20 0) scale(4 2)' fill='#ff0000'/>",
        "rectangle",
        [20, 0, 80, 40, 0],
    ),
    (
        "<rect width='20' height='20' transform='skewX(45)' fill='#ff0000'/>",
        "line",
        [0, 0, 40, 20, 0],
    ),
    (
        "<rect width='40' height='20' rx='10' ry='2' fill='#ff0000'/>",
        "line",
        [0, 0, 40, 20, 0],
    ),
    (
        "<line x1='10' y1='50' x2='90' y2='50' stroke='red' stroke-width='12'/>",
        "rectangle",
        [10, 44, 80, 12, 0],
    ),
    (
        "<a href='https://example.org'><rect width='9' height='9' fill='#ff0000'/></a>",
        "rectangle",
        [0, 0, 9, 9, 0],
    ),
];

#[test]
fn each_shape_becomes_what_it_is() {
    for (inside, kind, is) in SHAPES {
        let element = one(inside);
        assert_eq!(
            (element.kind.name(), boxed(&element)),
            (kind, is),
            "{inside}"
        );
    }
}

#[test]
fn looks_are_kept() {
    let element = one(
        "<rect width='80' height='40' rx='6' fill='#abc' stroke='rgb(10,20,30)' stroke-width='3' stroke-dasharray='9 3' opacity='.5' transform='scale(1.5)'/>",
    );
    let style = &element.style;
    assert_eq!(style.fill.to_text(), "#aabbcc");
    assert_eq!(style.stroke.to_text(), "#0a141e");
    assert_eq!((style.width, style.opacity), (4.5, 0.5));
    assert_eq!(
        (style.details.corner, style.details.dash),
        (Some(9.0), Dash::Dashed)
    );
    let line = one(
        "<defs><marker id='m'><path d='M0 0L9 5L0 9z' fill='context-stroke'/></marker></defs><path d='M0 0L50 0' stroke='red' marker-end='url(#m)'/>",
    );
    let heads = (line.style.details.start_head, line.style.details.end_head);
    assert_eq!(heads, (None, Some(Head::Triangle)));
    let wave = one("<path d='M0 50C30 0 60 0 90 50S150 100 180 50' fill='none' stroke='red'/>");
    assert_eq!(wave.style.details.route, Route::Curved);
    let fixed = one(
        "<g transform='scale(4)'><path d='M0 0L20 9' stroke='red' stroke-width='2' vector-effect='non-scaling-stroke'/></g>",
    );
    assert_eq!(fixed.style.width, 2.0);
}

#[test]
fn an_inside_and_its_outline_are_one_element_where_they_can_be() {
    let both = "<path d='M5 5L50 25L5 30z' fill='red'/><path d='M5 5L50 25L5 30z' fill='none' stroke='blue'/>";
    let element = one(both);
    assert!(!element.style.fill.is_none() && !element.style.stroke.is_none());
    let apart = "<g><path d='M5 5L50 25L5 30z' fill='red'/></g><g><path d='M5 5L50 25L5 30z' fill='none' stroke='blue'/></g>";
    assert_eq!(read(apart).len(), 2);
    // Filled as if it went back, its line does not.
    let open = read("<path d='M5 5L50 25L5 30' fill='red' stroke='blue'/>");
    assert_eq!(open.len(), 2);
    assert!(open[0].style.details.closed && open[0].style.stroke.is_none());
    assert!(!open[1].style.details.closed && open[1].style.fill.is_none());
}

#[test]
fn several_parts_are_a_group_and_one_is_none() {
    let groups = |inside: &str| {
        let bundle = try_read(&whole(inside)).unwrap();
        let all: Vec<Element> = bundle
            .records
            .iter()
            .map(|record| record.element(record.name().unwrap().clone()))
            .collect();
        all.iter()
            .filter(|element| matches!(element.kind, Kind::Group(_)))
            .count()
    };
    let rect = "<rect width='9' height='9'/>";
    assert_eq!(groups(rect), 0);
    assert_eq!(groups(&format!("<g><g>{rect}</g></g>")), 0);
    assert_eq!(groups(&format!("{rect}{rect}")), 1);
    assert_eq!(groups(&format!("<g>{rect}{rect}</g>{rect}")), 2);
    let deep = format!(
        "{}{rect}{rect}{}",
        "<g>".repeat(50),
        format!("{rect}</g>").repeat(50)
    );
    let bundle = try_read(&whole(&deep)).unwrap();
    let board = Board::of(bundle.clone());
    assert_eq!(
        Scene::rebuild(&board.document).in_order().len(),
        bundle.records.len()
    );
}

#[test]
fn words_stand_where_they_are_told() {
    let baseline = |element: &Element| {
        let Kind::Text(text) = &element.kind else {
            panic!("no text")
        };
        let line = text.layout(&element.style).lines[0].clone();
        let place = element.placement();
        let at = |share: f64| place * Point::new(line.left + line.width * share, line.baseline);
        [at(0.0), at(0.5), at(1.0)]
    };
    for (inside, nth, is) in [
        ("<text x='20' y='40'>Words</text>", 0, (20.0, 40.0)),
        (
            "<text x='90' y='40' text-anchor='middle'>Words</text>",
            1,
            (90.0, 40.0),
        ),
        (
            "<text x='90' y='40' style='text-anchor:end'>Words</text>",
            2,
            (90.0, 40.0),
        ),
        (
            "<text transform='translate(50 80) rotate(-90)'>Words</text>",
            0,
            (50.0, 80.0),
        ),
        (
            "<text transform='rotate(30)' x='60' y='10' text-anchor='middle'>Words</text>",
            1,
            (46.96, 38.66),
        ),
        (
            "<text transform='scale(.5)' x='60' y='60' dx='4'>Words</text>",
            0,
            (32.0, 30.0),
        ),
        (
            "<text y='50' dominant-baseline='hanging' font-size='10'>Words</text>",
            0,
            (0.0, 58.0),
        ),
    ] {
        let at = baseline(&one(inside))[nth];
        assert!((at - Point::from(is)).hypot() < 0.1, "{inside}: {at:?}");
    }
    let lines = one(
        "<text x='10' y='20' font-size='10'><tspan x='10'>One</tspan><tspan x='10' dy='12'>two</tspan><tspan x='10' dy='12'>three</tspan></text>",
    );
    assert_eq!(lines.text(), Some("One\ntwo\nthree"));
    assert!((lines.style.details.line_height - 1.2).abs() < 1e-9);
    let apart = read("<text x='10' y='20'>One<tspan x='90'>two</tspan></text>");
    assert_eq!(
        apart.iter().filter_map(Element::text).collect::<Vec<_>>(),
        ["One", "two"]
    );
    let spaced = one("<text x='10' y='20'>\n  One\n  <tspan>two </tspan>\n three </text>");
    assert_eq!(spaced.text(), Some("One two three"));
    let kept = one("<text x='10' y='20' xml:space='preserve'>One   two</text>");
    assert_eq!(kept.text(), Some("One   two"));
}

#[test]
fn letters_that_are_lacking_are_counted() {
    let bundle = try_read(&whole(
        "<text y='9' font-family='Arial'>a <tspan font-weight='bold'>b</tspan></text>",
    ))
    .unwrap();
    let counted = [Loss::Family, Loss::Marks].map(|loss| bundle.losses.of(loss));
    assert_eq!(counted, [1, 1]);
    let bundle = try_read(&whole("<text y='9' font-family='monospace'>a</text>")).unwrap();
    assert_eq!(seen(&bundle)[0].style.details.family, Family::Mono);
    assert!(bundle.losses.lines().is_empty());
}

/// What an element is and looks like, in a line.
fn line(element: &Element, level: usize) -> String {
    let at = element.frame();
    let mut line = format!("{}{}", "  ".repeat(level), element.kind.name());
    if matches!(element.kind, Kind::Group(_)) {
        return line;
    }
    let numbers = [at.x, at.y, at.w, at.h].map(|number| format!("{number:.1}"));
    write!(line, " {}", numbers.join(" ")).unwrap();
    if at.angle != 0.0 {
        write!(line, " turned {:.0}°", at.angle.to_degrees()).unwrap();
    }
    let vertices = element.vertices();
    if !vertices.is_empty() {
        write!(line, " through {}", vertices.len()).unwrap();
    }
    let style = element.style.only(element.kind.style_fields());
    for field in board::style::StyleField::ALL {
        let (value, usual) = (style.get(field), board::style::Style::default().get(field));
        if value != usual {
            write!(line, " {}={value:?}", field.key()).unwrap();
        }
    }
    if let Some(text) = element.text() {
        write!(line, " {text:?}").unwrap();
    }
    line
}

#[test]
fn drawings_of_other_programs_are_elements_as_they_are_kept() {
    for (name, svg) in drawings() {
        let bundle = try_read(&svg).unwrap_or_else(|why| panic!("{name}: {why}"));
        let elements: Vec<Element> = bundle
            .records
            .iter()
            .map(|record| record.element(record.name().unwrap().clone()))
            .collect();
        let parent = |id: &ElementId| {
            elements
                .iter()
                .find(|element| element.id == *id)
                .and_then(|element| element.links.parent.clone())
        };
        let mut lines = String::new();
        for element in &elements {
            let levels = std::iter::successors(element.links.parent.clone(), parent).count();
            writeln!(lines, "{}", line(element, levels)).unwrap();
        }
        for loss in bundle.losses.lines() {
            writeln!(lines, "{loss}").unwrap();
        }
        let path = format!("tests/golden/drawings/{name}.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all("tests/golden/drawings").unwrap();
            fs::write(&path, &lines).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap_or_default(),
            lines,
            "{name}"
        );
    }
}
