//! What stays of a picture, and what never does.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::borrow::Cow;

use clean_svg::{Unclean, clean};
use proptest::prelude::*;

fn svg(inside: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{inside}</svg>"#
    )
}

fn cleaned(inside: &str) -> String {
    let svg = svg(inside);
    let clean = clean(svg.as_bytes()).unwrap();
    String::from_utf8(clean.into_owned()).unwrap()
}

#[test]
fn a_font_from_elsewhere_never_stays() {
    for face in [
        "@font-face{font-family:B;src:url(https://example.org/b.woff2)}",
        "@font-face{src:url(data:font/woff2;base64,AA==),url(//example.org/b)}",
        "@font-face{src:url(data:font/woff2;base64,A\"A)}",
        "@font-face{src:url(data:text/html;base64,AA==)}",
        "@font-face{src:url(data:font/woff2;base64,AA==)",
        "@font-face{src:url(data:font/woff2;base64,AA==)}@import url(x)",
        "@font-face{src:\\75rl(https://example.org/b)}",
    ] {
        let clean = cleaned(&format!("<style>{face}</style><path d='M0 0'/>"));
        assert!(!clean.contains("font"), "{face}: {clean}");
    }
}

#[test]
fn a_picture_that_is_clean_stays_as_it_is() {
    for inside in [
        r##"<!-- drawn --><defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>
            <rect width="4" height="4" fill="url(#a)" style="stroke: #000; filter: url('#b')"/>"##,
        r##"<style>.a{fill:url(#g);stroke:#fff}</style><path class="a" d="M0 0L9 9"/><use href="#x"/>"##,
        r#"<image href="data:image/png;base64,iVBORw0KGgo=" width="3" height="3"/><text x="1">A &amp; B</text>"#,
        r##"<style>@font-face{font-family:'B';src:url(data:font/woff2;base64,d09GMg==) format('woff2');unicode-range:U+41}.a{fill:red}</style><text class="a">A</text>"##,
        r##"<filter id="f" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="3 4"/></filter>"##,
    ] {
        let svg = svg(inside);
        assert!(
            matches!(clean(svg.as_bytes()), Ok(Cow::Borrowed(same)) if same == svg.as_bytes()),
            "{inside}"
        );
    }
}

#[test]
fn nothing_stays_that_runs_or_asks_elsewhere() {
    for bad in [
        "<script>alert(1)</script>",
        "<script href=\"x.js\"/>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\">alert</div></foreignObject>",
        "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
        "<rect onload=\"alert(1)\" width=\"1\"/>",
        "<a href=\"javascript:alert(1)\"><rect width=\"1\"/></a>",
        "<a xlink:href=\"https://evil.example/\"><rect width=\"1\"/></a>",
        "<use href=\"https://evil.example/a.svg#b\"/>",
        "<use xlink:href=\"evil.svg#b\"/>",
        "<image href=\"https://evil.example/a.png\"/>",
        "<image href=\"file:///etc/passwd\"/>",
        "<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>",
        "<image href=\"data:image/png;base64,&quot;evil\"/>",
        "<rect fill=\"url(https://evil.example/#a)\"/>",
        "<rect style=\"fill: URL( 'https://evil.example/' )\"/>",
        "<rect style=\"fill: u\\72l(https://evil.example/)\"/>",
        "<style>@import 'https://evil.example/a.css';</style>",
        "<style>a{background:url(//evil.example)}</style>",
        "<style>@font-face{font-family:a;src:url(evil)}</style>",
        "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
        "<animate attributeName=\"onload\" values=\"alert(1)\"/>",
        "<feImage href=\"evil\"/>",
        "<filter><feImage xlink:href=\"https://evil.example\"/></filter>",
        "<?xml-stylesheet href=\"https://evil.example\"?>",
        "<handler type=\"text/javascript\">alert(1)</handler>",
        "<rect evil=\"1\" data-evil=\"2\" evil:x=\"3\" xmlns:evil=\"evil\"/>",
    ] {
        let clean = cleaned(bad);
        let small = clean.to_lowercase();
        for word in [
            "evil", "script", "alert", "onload", "foreign", "passwd", "svg+xml",
        ] {
            assert!(!small.contains(word), "{bad} became {clean}");
        }
        let again = clean_svg::clean(clean.as_bytes()).unwrap();
        assert!(matches!(again, Cow::Borrowed(_)), "{bad}: {clean}");
    }
    assert!(
        cleaned("<a href=\"https://evil.example\"><rect width=\"1\"/></a>")
            .contains("<g><rect width=\"1\"/></g>")
    );
}

#[test]
fn entities_are_spelled_out_and_bombs_refused() {
    let with = |doctype: &str, inside: &str| format!("<!DOCTYPE svg [{doctype}]>{}", svg(inside));
    let plain = with("<!ENTITY red \"#f00\">", "<rect fill=\"&red;\"/>");
    let clean = clean(plain.as_bytes()).unwrap();
    assert!(
        std::str::from_utf8(&clean)
            .unwrap()
            .contains("fill=\"#f00\"")
    );
    let outside = with(
        "<!ENTITY a SYSTEM \"file:///etc/passwd\">",
        "<text>&a;</text>",
    );
    assert!(clean_svg::clean(outside.as_bytes()).is_err_and(|error| error == Unclean::Damaged));
    let mut bomb = "<!ENTITY a0 \"lol\">".to_owned();
    for level in 1..30 {
        bomb += &format!(
            "<!ENTITY a{level} \"{}\">",
            format!("&a{};", level - 1).repeat(10)
        );
    }
    assert_eq!(
        clean_svg::clean(with(&bomb, "<text>&a29;</text>").as_bytes()),
        Err(Unclean::Damaged)
    );
}

#[test]
fn what_rules_of_style_show_counts_as_what_attributes_do() {
    let mut masks = r#"<mask id="m0"><rect/></mask>"#.to_owned();
    let mut style = String::new();
    for level in 1..=40 {
        style += &format!(".l{level} {{ mask: url(#m{}) }}", level - 1);
        let twice = format!("<rect class=\"l{level}\"/>").repeat(2);
        masks += &format!("<mask id=\"m{level}\">{twice}</mask>");
    }
    let bomb = svg(&format!("<style>{style}</style>{masks}"));
    assert_eq!(clean(bomb.as_bytes()), Err(Unclean::Uses));

    let gradients = r##"<style>.a,*{fill:url(#g)}</style><linearGradient id="g"><stop class="a"/></linearGradient>
        <path class="a" d="M0 0L9 9L0 9"/>"##;
    let shown = clean_svg::shown(svg(gradients).as_bytes()).unwrap();
    // Of the path, by either rule, and of the root, two more each.
    assert_eq!((shown.elements, shown.rules), (11, 2));
}

#[test]
fn a_picture_says_how_much_it_is() {
    let marked = r##"<marker id="m"><path/><path/></marker><path id="p" d="M0 0L9 9L0 9" marker-mid="url(#m)"/>
        <use href="#p"/><text>four</text>"##;
    let shown = clean_svg::shown(svg(marked).as_bytes()).unwrap();
    assert_eq!(
        shown.marks,
        2 * 6 * 3,
        "two ways of twelve letters, three elements"
    );
    assert!(shown.elements >= 9 && shown.depth >= 3, "{shown:?}");
    assert!(shown.letters > 40 && shown.words >= 4, "{shown:?}");
}

#[test]
fn depth_and_repetition_are_bounded() {
    let deep = format!("{}{}", "<g>".repeat(5_000), "</g>".repeat(5_000));
    assert_eq!(clean(svg(&deep).as_bytes()), Err(Unclean::Deep));
    for circle in [
        r##"<use id="a" href="#a"/>"##,
        r##"<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>"##,
        r##"<pattern id="p"><rect fill="url(#p)"/></pattern>"##,
        r##"<style>.a{fill:url(#p)}</style><pattern id="p"><rect class="b a"/></pattern>"##,
        r##"<style>g > rect:hover{mask:url('#m')}</style><mask id="m"><rect/></mask>"##,
        r##"<style>#a{clip-path:URL(#c)}</style><clipPath id="c"><rect id="a"/></clipPath>"##,
        r##"<style>[x], :is(b){marker:url(#m)}</style><marker id="m"><rect/></marker>"##,
    ] {
        assert_eq!(
            clean(svg(circle).as_bytes()),
            Err(Unclean::Uses),
            "{circle}"
        );
    }
    let mut laughs = r#"<g id="u0"><rect/></g>"#.to_owned();
    for level in 1..12 {
        let uses = format!("<use href=\"#u{}\"/>", level - 1).repeat(10);
        laughs += &format!("<g id=\"u{level}\">{uses}</g>");
    }
    assert_eq!(clean(svg(&laughs).as_bytes()), Err(Unclean::Uses));
    let blur = cleaned(
        "<feGaussianBlur stdDeviation=\"1e9\"/><filter width=\"1e12\"/><feTurbulence numOctaves=\"99\"/>",
    );
    assert!(!blur.contains("1e") && !blur.contains("99"), "{blur}");
}

#[test]
fn what_is_no_svg_is_refused() {
    for bad in [
        &b"<html/>"[..],
        b"",
        b"<svg",
        b"\xff<svg/>",
        b"<svg></g></svg>",
        b"hello",
    ] {
        assert_eq!(clean(bad), Err(Unclean::Damaged));
    }
    assert_eq!(clean(&vec![b' '; 21 << 20]), Err(Unclean::Large));
}

proptest! {
    #[test]
    fn what_was_cleaned_is_clean(parts in prop::collection::vec(prop::sample::select(vec![
        "<g>", "</g>", "<script>", "</script>", "<rect fill='url(#a)'/>", "<use href='#a'/>", "<a href='x'>", "</a>",
        "text & ", "&lt;b&gt;", "<style>a{b:url(x)}</style>", "<path d='M0 0' onclick='x'/>", "<![CDATA[<script>]]>", "<!-- -->",
    ]), 0..12)) {
        let picture = svg(&parts.concat());
        if let Ok(once) = clean(picture.as_bytes()) {
            let twice = clean(&once).unwrap();
            prop_assert_eq!(&*twice, &*once);
            let text = String::from_utf8(once.into_owned()).unwrap();
            prop_assert!(!text.contains("<script") || text.contains("<![CDATA["));
            prop_assert!(!text.contains("onclick"));
        }
    }
}
