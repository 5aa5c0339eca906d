//! What keeps an SVG a picture, and what does not.

use std::fmt::Write as _;

use board::element::Kind;
use board::picture::Media;
use interchange::Refused;
use interchange::svg::{self, NotOurs};
use scene::Scene;

use crate::support::Board;
use crate::svg::{bits, boxed, drawings, one, read, seen, try_read, whole};

/// A part of each kind.
const NOT_OURS: [(&str, NotOurs); 42] = [
    (
        "<linearGradient id='g'/><rect width='9' height='9' fill='url(#g)'/>",
        NotOurs::Paint,
    ),
    (
        "<rect width='9' height='9' stroke='url(#p)'/>",
        NotOurs::Paint,
    ),
    (
        "<g filter='url(#f)'><rect width='9' height='9'/></g>",
        NotOurs::Effect,
    ),
    (
        "<rect width='9' height='9' mask='url(#m)'/>",
        NotOurs::Effect,
    ),
    (
        "<rect width='9' height='9' style='mix-blend-mode:screen'/>",
        NotOurs::Effect,
    ),
    (
        "<clipPath id='c'><circle r='5'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
        NotOurs::Clip,
    ),
    (
        "<clipPath id='c'><rect width='5' height='9'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
        NotOurs::Clip,
    ),
    ("<rect x='150' width='100' height='9'/>", NotOurs::Clip),
    (
        "<svg width='20' height='20'><rect width='40' height='9'/></svg>",
        NotOurs::Clip,
    ),
    (
        "<g transform='skewX(20)'><rect width='9' height='9' stroke='red'/></g>",
        NotOurs::Skew,
    ),
    ("<text y='9' transform='scale(2 1)'>a</text>", NotOurs::Skew),
    (
        "<text y='9' transform='scale(-1 1)'>a</text>",
        NotOurs::Skew,
    ),
    (
        "<path d='M0 0h50v50h-50zM10 10v20h20v-20z'/>",
        NotOurs::Holes,
    ),
    (
        "<path fill-rule='evenodd' d='M50 0L79 90L2 35L98 35L21 90Z'/>",
        NotOurs::Holes,
    ),
    (
        "<g opacity='.5'><rect width='20' height='20'/><rect x='9' width='20' height='20'/></g>",
        NotOurs::Opacity,
    ),
    (
        "<text y='9'><textPath href='#p'>a</textPath></text>",
        NotOurs::Letters,
    ),
    ("<text x='1 9 20' y='9'>abc</text>", NotOurs::Letters),
    ("<text y='9' writing-mode='tb'>abc</text>", NotOurs::Letters),
    ("<text y='9' stroke='red'>abc</text>", NotOurs::Letters),
    ("<text y='9' font-size='2'>abc</text>", NotOurs::Letters),
    (
        "<image width='9' height='9' href='data:image/png;base64,AAAA'/>",
        NotOurs::Picture,
    ),
    ("<style>rect + rect {fill:red}</style>", NotOurs::Sheet),
    ("<foreignObject width='9' height='9'/>", NotOurs::Foreign),
    (
        "<circle r='9' cx='20' cy='20'><animate attributeName='r'/></circle>",
        NotOurs::Foreign,
    ),
    (
        "<style>rect {--own: red}</style><rect width='9' height='9' fill='var(--own, blue)'/>",
        NotOurs::Paint,
    ),
    (
        "<rect width='9' height='9' fill='oklch(70% .2 30)'/>",
        NotOurs::Paint,
    ),
    (
        "<rect width='9' height='9' style='stroke:color-mix(in srgb, red, blue)'/>",
        NotOurs::Paint,
    ),
    (
        "<style>circle {r: 9px}</style><circle cx='50' cy='50'/>",
        NotOurs::Sheet,
    ),
    (
        "<circle cx='50' cy='50' r='40' fill='none' stroke='red' stroke-width='9' stroke-dasharray='80 251'/>",
        NotOurs::Lines,
    ),
    (
        "<path d='M0 9H90' stroke='red' stroke-dasharray='90' stroke-dashoffset='45'/>",
        NotOurs::Lines,
    ),
    (
        "<rect x='20' y='20' width='40' height='40' fill='none' stroke='red' stroke-width='20'/>",
        NotOurs::Lines,
    ),
    (
        "<marker id='m'><path d='M0 0L9 5L0 9z'/></marker><path d='M0 9H90' stroke='red' marker-end='url(#m)'/>",
        NotOurs::Effect,
    ),
    ("<text y='20' direction='rtl'>abc</text>", NotOurs::Letters),
    (
        "<g letter-spacing='4'><text y='20'>abc</text></g>",
        NotOurs::Letters,
    ),
    (
        "<text y='20' style='text-transform:uppercase'>abc</text>",
        NotOurs::Letters,
    ),
    (
        "<text y='20'>one<tspan dx='10'>two</tspan></text>",
        NotOurs::Letters,
    ),
    (
        "<text y='20'>one <tspan fill='red'>two</tspan></text>",
        NotOurs::Letters,
    ),
    (
        "<rect width='90' height='40' fill='#111827'/><text y='20' fill='#f9fafb'>abc</text>",
        NotOurs::Letters,
    ),
    ("<text x='185' y='20'>cut off</text>", NotOurs::Clip),
    ("<path d='M0 0L1e308 5'/>", NotOurs::Far),
    ("<path d='M0 0L5'/>", NotOurs::Damaged),
    (
        "<path d='M5 5L50 25L5 30' stroke='red' marker-mid='url(#m)'/>",
        NotOurs::Effect,
    ),
];

#[test]
fn one_part_that_is_not_ours_makes_all_of_it_a_picture() {
    let rect = "<rect width='50' height='50'/>";
    for (part, why) in NOT_OURS {
        let svg = whole(&format!("{rect}{part}"));
        assert_eq!(try_read(&svg), Err(why), "{part}");
        let bundle = svg::read(svg.as_bytes(), &mut bits()).unwrap();
        let [image] = seen(&bundle).try_into().unwrap();
        assert!(matches!(image.kind, Kind::Image(_)), "{part}");
        assert_eq!(boxed(&image), [0, 0, 200, 100, 0]);
        assert_eq!(bundle.files[0].picture.media, Media::Svg);
    }
}

#[test]
fn what_is_not_seen_keeps_nothing_from_being_ours() {
    for part in [
        "<g display='none'><rect filter='url(#f)'/></g>",
        "<rect width='9' height='9' fill='none'/>",
        "<rect x='300' width='9' height='9'/>",
        "<defs><linearGradient id='g'/><filter id='f'/></defs>",
        "<script>alert(1)</script><title>A title</title><metadata/>",
        "<switch><foreignObject width='9'/><g/></switch>",
        "<use href='#nobody'/>",
        "<image href='https://example.org/a.png' width='9' height='9'/>",
        "<style>@font-face{src:url(data:x)} .none:hover{fill:url(#g)}</style>",
        "<clipPath id='c'><path d='M0 0h200v100H0z'/></clipPath><g clip-path='url(#c)'/>",
    ] {
        let element = one(&format!("<rect width='50' height='50'/>{part}"));
        assert_eq!(boxed(&element), [0, 0, 50, 50, 0], "{part}");
    }
    // A board is a sheet of paper itself.
    let on_paper =
        read("<rect width='100%' height='100%' fill='#fff'/><circle cx='50' cy='50' r='10'/>");
    assert_eq!(on_paper.len(), 1);
    assert_eq!(
        read("<rect width='100%' height='100%' fill='#ffe'/><circle cx='50' cy='50' r='10'/>")
            .len(),
        2
    );
    // As graphviz draws it.
    let short = "<polygon fill='white' stroke='transparent' points='0,0 0,99 197,99 197,0 0,0'/>";
    assert_eq!(
        read(&format!("{short}<circle cx='50' cy='50' r='10'/>")).len(),
        1
    );
    assert_eq!(
        read("<rect width='100%' height='100%' fill='#fff'/>").len(),
        1
    );
}

#[test]
fn what_is_too_much_is_a_picture_or_refused_and_never_waited_for() {
    let rects = |count: usize| whole(&"<rect width='9' height='9'/>".repeat(count));
    assert_eq!(
        try_read(&rects(1_000)).map(|bundle| bundle.records.len()),
        Ok(1_001)
    );
    assert_eq!(try_read(&rects(1_001)), Err(NotOurs::Many));
    assert_eq!(try_read(&whole(&"<g/>".repeat(20_001))), Err(NotOurs::Many));
    assert_eq!(
        try_read(&whole(&format!(
            "{}<rect/>{}",
            "<g>".repeat(200),
            "</g>".repeat(200)
        ))),
        Err(NotOurs::Deep)
    );
    let points = "1 1 2 9 ".repeat(15_000);
    assert_eq!(
        try_read(&whole(&format!(
            "<polyline points='{points}' fill='none' stroke='red'/>"
        ))),
        Err(NotOurs::Many)
    );
    // Each shows the one before ten times.
    let mut uses = "<rect id='u0' width='1' height='1'/>".to_owned();
    for level in 1..10 {
        let before = format!("<use href='#u{}'/>", level - 1);
        write!(uses, "<g id='u{level}'>{}</g>", before.repeat(10)).unwrap();
    }
    assert_eq!(try_read(&whole(&uses)), Err(NotOurs::Many));
    assert!(matches!(
        svg::read(whole(&uses).as_bytes(), &mut bits()),
        Err(Refused::Drawing(_))
    ));
    assert_eq!(
        try_read(&whole("<g id='a'><use href='#a'/></g>")),
        Err(NotOurs::Deep)
    );
    let deep = whole(&format!(
        "{}{}",
        "<g>".repeat(10_000),
        "</g>".repeat(10_000)
    ));
    assert!(matches!(
        svg::read(deep.as_bytes(), &mut bits()),
        Err(Refused::Drawing(_))
    ));
    let million = rects(1_000_000);
    assert!(svg::read(million.as_bytes(), &mut bits()).is_err());
    for odd in ["", "<svg", "<html/>", "<svg xmlns='x'/>", "<svg>&a;</svg>"] {
        assert!(try_read(odd).is_err(), "{odd}");
    }
    for number in ["NaN", "1e308", "-1e308", "inf", "1e999", "0x10"] {
        for shape in [
            format!("<rect width='{number}' height='9'/>"),
            format!("<g transform='scale({number})'><circle r='9'/></g>"),
            format!("<path d='M0 0A{number} 5 0 0 1 9 9'/>"),
            format!("<text y='9' font-size='{number}'>a</text>"),
            format!("<path d='M0 0L9 9' stroke='red' stroke-width='{number}'/>"),
        ] {
            let bundle = svg::read(whole(&shape).as_bytes(), &mut bits()).unwrap();
            let bounds = seen(&bundle)[0].frame();
            assert!(bounds.x.abs() < 1e6 && bounds.w.abs() < 1e6, "{shape}");
        }
    }
}

#[test]
fn long_ways_take_no_longer_than_others() {
    // As far as they can be from a curve through few points, and out of sight.
    let mut way = String::new();
    for nth in 0..4_000 {
        let to = nth * 37 % 160;
        write!(
            way,
            "C{} {} {} 9 {to} {}",
            to + 40,
            nth % 9,
            to - 30,
            nth * 53 % 70
        )
        .unwrap();
    }
    for look in [
        "fill='none' stroke='red'",
        "fill-rule='evenodd'",
        "transform='translate(900 0)'",
    ] {
        let path = format!("<path {look} d='M0 0{way}'/>");
        let read = try_read(&whole(&path.repeat(20)));
        assert!(
            matches!(read, Err(NotOurs::Many | NotOurs::Holes | NotOurs::Clip)),
            "{look}: {read:?}"
        );
    }
}

/// Drawings with a part cut out, put twice, or another number in it.
#[test]
fn what_is_broken_anywhere_is_elements_a_picture_or_refused() {
    let mut random = fastrand::Rng::with_seed(11);
    let odd = [
        "1e308", "-1", "0", "NaN", "1e-30", "99999999", "'", "<g>", "</g>", "%",
    ];
    for (name, drawing) in drawings() {
        for nth in 0..60 {
            let mut bytes = drawing.clone().into_bytes();
            for _ in 0..random.usize(1..4) {
                let from = random.usize(..bytes.len());
                let to = (from + random.usize(..40)).min(bytes.len());
                let with = match random.u8(..3) {
                    0 => Vec::new(),
                    1 => bytes[from..to].repeat(2),
                    _ => odd[random.usize(..odd.len())].into(),
                };
                bytes.splice(from..to, with);
            }
            if let Ok(bundle) = svg::read(&bytes, &mut bits()) {
                let count = bundle.records.len();
                let board = Board::of(bundle);
                let stands = Scene::rebuild(&board.document).in_order().len();
                assert_eq!(stands, count, "{name} {nth}");
            }
        }
    }
}
