//! Documents of tldraw on a board.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use board::element::{Element, Kind};
use board::style::{Color, Contour, Dash, Family, FillStyle, Head, Route};
use interchange::{Bundle, Loss, Refused, tldraw};
use kurbo::{Point, Rect};
use serde_json::{Value as Json, json};

pub(crate) fn try_read(text: &[u8]) -> Result<Bundle, Refused> {
    let mut random = fastrand::Rng::with_seed(5);
    tldraw::read(text, &mut || random.u128(..))
}

/// The elements that a bundle brings.
pub(crate) fn elements(bundle: &Bundle) -> Vec<Element> {
    let named = bundle.records.iter();
    let named = named.map(|record| record.element(record.name().expect("a name").clone()));
    named.collect()
}

/// A document of records.
pub(crate) fn document(records: Json) -> Vec<u8> {
    json!({"tldrawFileFormatVersion": 1, "schema": {"schemaVersion": 1}, "records": records})
        .to_string()
        .into_bytes()
}

pub(crate) fn read(records: Json) -> (Vec<Element>, Bundle) {
    let bundle = try_read(&document(records)).expect("a document");
    (elements(&bundle), bundle)
}

pub(crate) fn shape(id: &str, kind: &str, props: Json) -> Json {
    json!({
        "id": format!("shape:{id}"), "typeName": "shape", "type": kind, "parentId": "page:p", "index": id,
        "x": 0, "y": 0, "rotation": 0, "opacity": 1, "isLocked": false, "props": props, "meta": {},
    })
}

pub(crate) fn with(mut shape: Json, fields: Json) -> Json {
    for (field, value) in fields.as_object().expect("fields") {
        shape[field] = value.clone();
    }
    shape
}

pub(crate) fn named<'e>(elements: &'e [Element], id: &str) -> &'e Element {
    let found = elements.iter().find(|element| element.id.as_str() == id);
    found.unwrap_or_else(|| panic!("{id}"))
}

fn is_near(one: Rect, other: Rect) -> bool {
    let sides = [
        one.x0 - other.x0,
        one.y0 - other.y0,
        one.x1 - other.x1,
        one.y1 - other.y1,
    ];
    sides.into_iter().all(|side| side.abs() < 0.02)
}

#[test]
fn what_real_releases_write_is_read_whole() {
    for text in [
        include_str!("../corpus/tldraw-2.0.2.tldr"),
        include_str!("../corpus/tldraw-5.4.2.tldr"),
    ] {
        let bundle = try_read(text.as_bytes()).unwrap();
        let elements = elements(&bundle);
        assert_eq!(elements.len(), 40);
        assert_eq!(bundle.files.len(), 1);
        let told: Vec<Loss> = bundle.losses.iter().map(|(loss, _)| loss).collect();
        assert_eq!(
            told,
            [Loss::Embed, Loss::Bookmark, Loss::Shape, Loss::FilledInk]
        );
        assert!(elements.is_sorted_by(|a, b| a.order < b.order));
        let arrow = named(&elements, "bound");
        let held = |end: &Option<board::links::Binding>| end.as_ref().unwrap().target.to_string();
        assert_eq!(held(&arrow.links.start), "one");
        assert_eq!(held(&arrow.links.end), "two");
        let draw = named(&elements, "draw");
        assert!(matches!(draw.kind, Kind::Ink(_)));
        assert_eq!(draw.inked().len(), 30);
        assert!(
            named(&elements, "label")
                .text()
                .unwrap()
                .starts_with("A label\n")
        );
    }
}

#[test]
fn a_small_document_is_read_whole() {
    let bundle = try_read(include_bytes!("../corpus/small.tldr")).unwrap();
    // Two pages, each a frame.
    assert_eq!(elements(&bundle).len(), 6);
    let told: Vec<Loss> = bundle.losses.iter().map(|(loss, _)| loss).collect();
    assert_eq!(told, [Loss::Page]);
}

#[test]
fn shapes_look_as_they_did() {
    let props = json!({"geo": "star", "w": 100, "h": 80, "growY": 20, "color": "red", "fill": "pattern", "dash": "dotted",
        "size": "l", "font": "mono", "labelColor": "blue", "align": "end", "verticalAlign": "start", "text": "Hi", "scale": 2});
    let (elements, _) = read(json!([with(
        shape("a", "geo", props),
        json!({"x": 10, "y": 20, "opacity": 0.5})
    )]));
    let [star] = elements.as_slice() else {
        panic!()
    };
    let details = &star.style.details;
    assert!(is_near(
        star.geometry.rect(),
        Rect::new(10.0, 20.0, 110.0, 120.0)
    ));
    assert_eq!(details.contour, Some(Contour::Star));
    assert_eq!(star.style.stroke, Color(0xe031_31ff));
    assert_eq!(
        (star.style.fill, details.fill_style),
        (Color(0xe559_59ff), FillStyle::Hatched)
    );
    assert_eq!((details.dash, details.rough), (Dash::Dotted, 0));
    assert_eq!((star.style.width, star.style.font_size), (10.0, 52.0));
    assert_eq!((details.family, star.style.opacity), (Family::Mono, 0.5));
    assert_eq!(details.label_color, Some(Color(0x4465_e9ff)));
    assert_eq!(star.text(), Some("Hi"));
}

#[test]
fn every_outline_fills_its_box_or_is_counted() {
    let names = [
        "rectangle",
        "ellipse",
        "triangle",
        "diamond",
        "pentagon",
        "hexagon",
        "octagon",
        "star",
        "rhombus",
        "rhombus-2",
        "oval",
        "trapezoid",
        "arrow-right",
        "arrow-left",
        "arrow-up",
        "arrow-down",
        "heart",
        "cloud",
        "x-box",
        "check-box",
        "new",
    ];
    let shapes = names
        .iter()
        .map(|name| shape(name, "geo", json!({"geo": name, "w": 120, "h": 60})));
    let (elements, bundle) = read(Json::Array(shapes.collect()));
    assert_eq!(elements.len(), names.len());
    for element in &elements {
        let reach = if element.id.as_str() == "heart" {
            6.0
        } else {
            0.02
        };
        let frame = element.frame().bounds();
        let apart = [frame.x0, frame.y0, frame.x1 - 120.0, frame.y1 - 60.0];
        assert!(
            apart.iter().all(|side| side.abs() < reach),
            "{} {frame}",
            element.id
        );
    }
    assert_eq!(bundle.losses.of(Loss::Shape), 3);
    let mirrored = named(&elements, "rhombus-2");
    assert!(mirrored.geometry.w < 0.0);
}

#[test]
fn places_add_up_and_parents_hold_what_is_in_them() {
    let frame = with(
        shape("f", "frame", json!({"w": 400, "h": 300, "name": "Plan"})),
        json!({"x": 100, "y": 50, "rotation": std::f64::consts::FRAC_PI_2}),
    );
    let group = with(
        shape("g", "group", json!({})),
        json!({"parentId": "shape:f", "x": 10, "y": 20, "opacity": 0.5, "isLocked": true}),
    );
    let inside = with(
        shape("i", "geo", json!({"geo": "rectangle", "w": 40, "h": 20})),
        json!({"parentId": "shape:g", "x": 5, "y": 5}),
    );
    // Members come before what holds them here.
    let (elements, _) = read(json!([inside, group, frame]));
    let ids: Vec<&str> = elements.iter().map(|element| element.id.as_str()).collect();
    assert_eq!(ids, ["f", "g", "i"]);
    let [frame, group, inside] = elements.as_slice() else {
        panic!()
    };
    assert_eq!(frame.text(), Some("Plan"));
    assert_eq!(group.links.parent.as_ref(), Some(&frame.id));
    assert!(group.links.locked);
    assert_eq!(inside.links.parent.as_ref(), Some(&group.id));
    // A quarter turn about the frame's corner: (15, 25) is (100 - 25, 50 + 15) there.
    assert!(is_near(
        inside.frame().bounds(),
        Rect::new(55.0, 65.0, 75.0, 105.0)
    ));
    assert_eq!(inside.style.opacity, 0.5);
}

#[test]
fn arrows_of_every_version_hold_on_and_bend() {
    let boxes = [("a", 0), ("b", 300)].map(|(id, x)| {
        with(
            shape(
                id,
                "geo",
                json!({"geo": "rectangle", "w": 100, "h": 100, "size": "s"}),
            ),
            json!({"x": x}),
        )
    });
    let end = |target: &str| json!({"type": "binding", "boundShapeId": format!("shape:{target}"), "normalizedAnchor": {"x": 0.2, "y": 0.2}, "isExact": false, "isPrecise": false});
    let old = shape(
        "old",
        "arrow",
        json!({"start": end("a"), "end": end("b"), "bend": 0, "size": "s"}),
    );
    let nowhere = json!({"x": 0, "y": 0});
    let new = shape(
        "new",
        "arrow",
        json!({"start": nowhere, "end": nowhere, "bend": -40, "arrowheadStart": "diamond", "arrowheadEnd": "none", "fill": "solid"}),
    );
    let binding = |id: &str, terminal: &str, target: &str| json!({"id": format!("binding:{id}"), "typeName": "binding", "type": "arrow", "fromId": "shape:new", "toId": format!("shape:{target}"), "props": {"terminal": terminal, "normalizedAnchor": {"x": 0.5, "y": 0.25}, "isExact": terminal == "end", "isPrecise": true}});
    let [a, b] = boxes;
    let records = json!([
        a,
        b,
        old,
        new,
        binding("1", "start", "a"),
        binding("2", "end", "b")
    ]);
    let (elements, bundle) = read(records);
    assert!(bundle.losses.is_empty());
    let old = named(&elements, "old");
    assert_eq!(
        old.vertices(),
        [Point::new(50.0, 50.0), Point::new(350.0, 50.0)]
    );
    let start = old.links.start.as_ref().unwrap();
    assert_eq!(
        (
            start.target.as_str(),
            start.u,
            start.v,
            start.inside,
            start.gap
        ),
        ("a", 0.5, 0.5, false, Some(0.0))
    );
    let end = old.links.end.as_ref().unwrap();
    assert_eq!((end.target.as_str(), end.gap), ("b", Some(12.0)));
    let new = named(&elements, "new");
    let details = &new.style.details;
    assert_eq!(details.route, Route::Curved);
    assert_eq!(
        (details.start_head, details.end_head),
        (Some(Head::Diamond), Some(Head::None))
    );
    assert_eq!(new.vertices()[1], Point::new(200.0, -15.0));
    let end = new.links.end.as_ref().unwrap();
    assert_eq!((end.u, end.v, end.inside), (0.5, 0.25, true));
}

#[test]
fn arrows_by_right_angles_stay_so() {
    let nowhere = json!({"x": 0, "y": 0});
    let elbow = shape(
        "elbow",
        "arrow",
        json!({"start": nowhere, "end": {"x": 50, "y": 90}, "kind": "elbow", "richText": {"type": "doc", "content": []}}),
    );
    let (elements, _) = read(json!([elbow]));
    let elbow = named(&elements, "elbow");
    assert_eq!(elbow.style.details.route, Route::Elbow);
    assert!(elbow.links.start.is_none());
}

#[test]
fn ends_on_outlines_that_are_lines_come_from_where_they_came() {
    let five = with(
        shape(
            "five",
            "geo",
            json!({"geo": "trapezoid", "w": 100, "h": 100, "size": "s"}),
        ),
        json!({"x": 300}),
    );
    let end = json!({"type": "binding", "boundShapeId": "shape:five", "normalizedAnchor": {"x": 0.5, "y": 0.5}, "isExact": false});
    let arrow = shape(
        "way",
        "arrow",
        json!({"start": {"type": "point", "x": 0, "y": 50}, "end": end, "bend": 0}),
    );
    let (elements, _) = read(json!([five, arrow]));
    let held = named(&elements, "way").links.end.clone().unwrap();
    let met = board::bound::meant(named(&elements, "five"), &held);
    assert!(
        (met.x - 319.0).abs() < 0.1 && (met.y - 50.0).abs() < 0.1,
        "{met}"
    );
}

#[test]
fn lines_and_strokes_of_every_version_have_their_points() {
    let handle = |id: &str, index: &str, x: f64| json!({"id": id, "type": "vertex", "index": index, "x": x, "y": 0});
    let handles = json!({"end": handle("end", "a3", 90.0), "handle:a2": handle("handle:a2", "a2", 40.0), "start": handle("start", "a1", 0.0)});
    let bare = json!({"a1": {"x": 0, "y": 0}, "a3": {"x": 90, "y": 0}, "a2": {"x": 40, "y": 0}});
    let listed = json!([{"x": 0, "y": 0}, {"x": 40, "y": 0}, {"x": 90, "y": 0}]);
    let lines = [
        shape("l1", "line", json!({"handles": handles, "spline": "cubic"})),
        shape("l2", "line", json!({"handles": bare})),
        shape("l3", "line", json!({"points": listed})),
    ];
    // (0, 0, 0.5), (8, 4, 0.5) and (16, 4, 0.5) as halves, and as a float with differences, deep and flat.
    let points = json!([{"x": 0, "y": 0, "z": 0.5}, {"x": 8, "y": 4, "z": 0.5}, {"x": 16, "y": 4}]);
    let strokes = [
        ("d1", json!({"type": "free", "points": points})),
        (
            "d2",
            json!({"type": "free", "points": "AAAAAAA4AEgARAA4AEwARAA4"}),
        ),
        (
            "d3",
            json!({"type": "free", "path": "AAAAAAAAAAAAAAA/AEgARAAAAEgAAAAA"}),
        ),
        (
            "d4",
            json!({"type": "free", "dim": 2, "path": "AAAAAAAAAAAASABEAEgAAA=="}),
        ),
    ];
    let strokes = strokes
        .map(|(id, segment)| shape(id, "draw", json!({"segments": [segment], "dash": "solid"})));
    let (elements, bundle) = read(Json::Array(lines.into_iter().chain(strokes).collect()));
    assert!(bundle.losses.is_empty());
    for id in ["l1", "l2", "l3"] {
        let at: Vec<f64> = named(&elements, id)
            .vertices()
            .iter()
            .map(|at| at.x)
            .collect();
        assert_eq!(at, [0.0, 40.0, 90.0], "{id}");
    }
    assert_eq!(named(&elements, "l1").style.details.route, Route::Curved);
    for id in ["d1", "d2", "d3", "d4"] {
        let at: Vec<(f64, f64)> = named(&elements, id)
            .vertices()
            .iter()
            .map(|at| (at.x, at.y))
            .collect();
        assert_eq!(at, [(0.0, 0.0), (8.0, 4.0), (16.0, 4.0)], "{id}");
    }
}

#[test]
fn rich_text_reads_as_plain_text() {
    let text = |text: &str| json!({"type": "text", "text": text});
    let paragraph = |words: &str| json!({"type": "paragraph", "content": [text(words)]});
    let item = |content: Json| json!({"type": "listItem", "content": content});
    let doc = json!({"type": "doc", "content": [
        {"type": "heading", "attrs": {"level": 1}, "content": [text("Title")]},
        {"type": "paragraph"},
        {"type": "bulletList", "content": [
            item(json!([paragraph("one"), {"type": "orderedList", "attrs": {"start": 3}, "content": [item(json!([paragraph("deep")]))]}])),
            item(json!([paragraph("two")])),
        ]},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "bold", "marks": [{"type": "bold"}]}, {"type": "hardBreak"},
            {"type": "text", "text": "there", "marks": [{"type": "link", "attrs": {"href": "https://example.org/"}}]},
        ]},
    ]});
    let (elements, bundle) = read(json!([shape("t", "text", json!({"richText": doc}))]));
    let said = "Title\n\n• one\n  3. deep\n• two\nbold\nthere";
    assert_eq!(elements[0].text(), Some(said));
    assert_eq!(
        elements[0].links.link.as_deref(),
        Some("https://example.org/")
    );
    assert_eq!(bundle.losses.of(Loss::Marks), 1);
}

#[test]
fn pages_are_frames_side_by_side_and_one_page_is_none() {
    let page = |id: &str, name: &str, index: &str| json!({"id": id, "typeName": "page", "name": name, "index": index});
    let on = |id: &str, page: &str, x: f64| {
        with(
            shape(id, "geo", json!({"geo": "rectangle", "w": 50, "h": 50})),
            json!({"parentId": page, "x": x}),
        )
    };
    let pages = [
        page("page:z", "First", "a1"),
        page("page:e", "Empty", "a2"),
        page("page:a", "Second", "a3"),
    ];
    let all = pages
        .iter()
        .cloned()
        .chain([on("b", "page:a", -900.0), on("a", "page:z", 700.0)]);
    let (elements, bundle) = read(Json::Array(all.collect()));
    let ids: Vec<&str> = elements
        .iter()
        .filter(|e| !matches!(e.kind, Kind::Frame(_)))
        .map(|e| e.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "b"]);
    let frames: Vec<&Element> = elements
        .iter()
        .filter(|e| matches!(e.kind, Kind::Frame(_)))
        .collect();
    let names: Vec<&str> = frames.iter().filter_map(|frame| frame.text()).collect();
    assert_eq!(names, ["First", "Second"]);
    assert!(frames[0].bounds().x1 < frames[1].bounds().x0);
    for (frame, id) in frames.iter().zip(ids) {
        let inside = named(&elements, id);
        assert_eq!(inside.links.parent.as_ref(), Some(&frame.id));
        assert!(frame.frame().contains(inside.frame().center()));
    }
    assert_eq!(bundle.losses.of(Loss::Page), 2);
    let (alone, bundle) = read(Json::Array(
        pages
            .into_iter()
            .chain([on("a", "page:z", 700.0)])
            .collect(),
    ));
    assert_eq!((alone.len(), bundle.losses.is_empty()), (1, true));
    assert_eq!(alone[0].geometry.x, 700.0);
}

#[test]
fn an_svg_among_the_files_has_nothing_in_it_that_runs() {
    let clean =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4"/></svg>"#;
    let runs = clean.replace(
        "<rect",
        "<script>alert(1)</script><rect onload=\"alert(1)\"",
    );
    let image = |src: &str| {
        let src = format!("data:image/svg+xml;base64,{}", STANDARD.encode(src));
        let asset =
            json!({"id": "asset:a", "typeName": "asset", "type": "image", "props": {"src": src}});
        let props = json!({"w": 30, "h": 20, "assetId": "asset:a"});
        read(json!([asset, shape("a", "image", props)])).1
    };
    assert_eq!(image(clean).files[0].bytes, clean.as_bytes());
    assert_eq!(image(&runs).files[0].bytes, clean.as_bytes());
    let bomb = clean.replace("<rect", &"<g>".repeat(1000));
    assert_eq!(image(&bomb).losses.of(Loss::UnfitFile), 1);
}

#[test]
fn images_bring_their_files_and_others_are_counted() {
    let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let asset = |id: &str, src: &str| json!({"id": id, "typeName": "asset", "type": "image", "props": {"src": src, "name": "a.png"}});
    let image = |id: &str, asset: &str, more: Json| {
        shape(
            id,
            "image",
            with(json!({"w": 30, "h": 20, "assetId": asset}), more),
        )
    };
    let (elements, bundle) = read(json!([
        asset("asset:a", png),
        asset("asset:b", "https://example.org/b.png"),
        asset("asset:c", "data:text/html,hello"),
        image(
            "a",
            "asset:a",
            json!({"flipX": true, "crop": {"topLeft": {"x": 0.5, "y": 0}, "bottomRight": {"x": 1, "y": 1}}})
        ),
        image("again", "asset:a", json!({})),
        image("b", "asset:b", json!({})),
        image("c", "asset:c", json!({})),
        image("d", "asset:none", json!({})),
        shape(
            "v",
            "video",
            json!({"w": 30, "h": 20, "assetId": "asset:b"})
        ),
    ]));
    assert_eq!(bundle.files.len(), 1);
    let file = bundle.files[0].hash.to_string();
    for id in ["a", "again"] {
        assert_eq!(
            named(&elements, id).links.file.as_deref(),
            Some(file.as_str())
        );
    }
    let flipped = named(&elements, "a");
    assert!(flipped.geometry.w < 0.0);
    assert_eq!(
        flipped.style.details.crop,
        Some(Rect::new(0.5, 0.0, 1.0, 1.0))
    );
    for id in ["b", "v"] {
        assert_eq!(
            named(&elements, id).links.link.as_deref(),
            Some("https://example.org/b.png")
        );
    }
    let counted = [Loss::NoFile, Loss::UnfitFile, Loss::Video].map(|loss| bundle.losses.of(loss));
    assert_eq!(counted, [2, 1, 1]);
}
