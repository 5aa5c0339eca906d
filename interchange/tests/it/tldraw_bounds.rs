//! What tldraw puts on the clipboard, and documents that are damaged or mean harm.

use board::element::Element;
use interchange::{Loss, Refused};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::tldraw::{document, elements, named, read, shape, try_read, with};

#[test]
fn what_is_on_the_clipboard_is_read_packed_or_not() {
    let shapes = json!([with(
        shape("a", "geo", json!({"geo": "rectangle", "w": 10, "h": 10})),
        json!({})
    )]);
    let data = json!({"shapes": shapes, "rootShapeIds": ["shape:a"], "bindings": [], "assets": [], "schema": {}});
    let plain = json!({"type": "application/tldraw", "kind": "content", "data": data});
    assert_eq!(
        try_read(plain.to_string().as_bytes())
            .unwrap()
            .records
            .len(),
        1
    );
    // As the newest release has it, and as the second has all of it, which the page unwraps.
    let packed = include_str!("../corpus/tldraw-clipboards.json");
    let packed: Vec<Json> = serde_json::from_str(packed).unwrap();
    assert_eq!(packed.len(), 2);
    for clip in packed {
        let bundle = try_read(clip.to_string().as_bytes()).unwrap();
        assert_eq!(elements(&bundle)[0].text(), Some("Größe 🌊"));
    }
    let broken = json!({"type": "application/tldraw", "version": 3, "data": {"assets": [], "otherCompressed": "N4Ig"}});
    assert_eq!(
        try_read(broken.to_string().as_bytes()),
        Err(Refused::Broken("clipboard of tldraw"))
    );
}

#[test]
fn one_bad_record_is_left_out_and_counted() {
    let good = shape("good", "geo", json!({"geo": "rectangle", "w": 10, "h": 10}));
    let (elements, bundle) = read(json!([
        null, 4, "text", [], {}, {"typeName": "shape"}, {"id": "x", "typeName": 7},
        shape("unknown", "poll", json!({})), shape("empty", "text", json!({"text": " "})), shape("none", "draw", json!({})),
        shape("odd", "geo", json!({"geo": 5, "w": "wide", "h": 1e300, "color": null, "size": {}, "dash": [], "text": 3})),
        good, {"id": "camera:c", "typeName": "camera", "x": 1}, {"id": "document:document", "typeName": "document", "name": "Plans"},
    ]));
    let ids: Vec<&str> = elements.iter().map(|element| element.id.as_str()).collect();
    assert_eq!(ids, ["good", "odd"]);
    let counted =
        [Loss::Malformed, Loss::UnknownType, Loss::Empty].map(|loss| bundle.losses.of(loss));
    assert_eq!(counted, [7, 1, 2]);
    assert_eq!(bundle.title.as_deref(), Some("Plans"));
}

#[test]
fn circles_are_cut_and_depth_is_bounded() {
    let frame = |id: String, parent: String| {
        with(
            shape(&id, "frame", json!({"w": 9, "h": 9})),
            json!({"parentId": format!("shape:{parent}")}),
        )
    };
    let circle = (0..3).map(|i| frame(format!("c{i}"), format!("c{}", (i + 1) % 3)));
    let deep = (0..90).map(|i| frame(format!("d{i}"), format!("d{}", i + 1)));
    let own = [frame("self".into(), "self".into())];
    let (elements, bundle) = read(Json::Array(circle.chain(deep).chain(own).collect()));
    assert_eq!(elements.len(), 94);
    assert!(bundle.losses.of(Loss::Circle) >= 3);
    let parent = |element: &Element| element.links.parent.clone();
    for element in &elements {
        let up = |at: &Element| parent(at).map(|id| named(&elements, id.as_str()).clone());
        let levels = std::iter::successors(Some(element.clone()), up).count();
        assert!(levels <= 33, "{levels}");
    }
}

#[test]
fn attacks_get_a_sentence() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep = format!(
        r#"{{"tldrawFileFormatVersion":1,"records":[{{"typeName":"shape","id":"a","type":"geo","props":{deep}}}]}}"#
    );
    assert_eq!(try_read(deep.as_bytes()), Err(Refused::Deep));
    let many = vec![r#"{"typeName":"shape","id":"a","type":"geo"}"#; 100_001].join(",");
    let many = format!(r#"{{"tldrawFileFormatVersion":1,"records":[{many}]}}"#);
    assert_eq!(try_read(many.as_bytes()), Err(Refused::ManyElements));
    let large = shape("a", "text", json!({"text": "a".repeat(5 << 20)}));
    assert_eq!(
        try_read(&document(json!([large]))),
        Err(Refused::LargeElement)
    );
    let files = (0..10_001).map(|i| json!({"typeName": "asset", "id": format!("asset:{i}")}));
    assert_eq!(
        try_read(&document(Json::Array(files.collect()))),
        Err(Refused::ManyFiles)
    );
    for (text, refused) in [
        ("{", Refused::Damaged { line: 1, column: 1 }),
        ("{}", Refused::Foreign("tldraw document")),
        (r#"{"document":{}}"#, Refused::Foreign("tldraw document")),
        (
            r#"{"tldrawFileFormatVersion":2,"records":[]}"#,
            Refused::Newer(2),
        ),
        (
            r#"{"tldrawFileFormatVersion":1,"records":{}}"#,
            Refused::Foreign("tldraw document"),
        ),
    ] {
        assert_eq!(try_read(text.as_bytes()), Err(refused), "{text}");
    }
    let odd = r#"{"tldrawFileFormatVersion":1,"records":[{"typeName":"shape","id":"a","type":"geo","x":1e999}]}"#;
    assert_eq!(
        try_read(odd.as_bytes()).unwrap().losses.of(Loss::Malformed),
        1
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_documents_are_refused_or_read(at: u32, with in prop::sample::select(vec!["", "0", "\"", "-1e6", "null", "}", "shape:one", "NaN"]), length in 0usize..40) {
        for text in [include_str!("../corpus/tldraw-2.0.2.tldr"), include_str!("../corpus/tldraw-5.4.2.tldr")] {
            let at = at as usize % (text.len() - 40);
            let damaged = [&text.as_bytes()[..at], with.as_bytes(), &text.as_bytes()[at + length..]].concat();
            if let Ok(bundle) = try_read(&damaged) {
                prop_assert!(elements(&bundle).iter().all(|element| element.bounds().is_finite()));
            }
        }
    }
}
