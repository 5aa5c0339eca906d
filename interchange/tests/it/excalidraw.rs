//! Scenes of Excalidraw through a board and back.

use std::collections::BTreeSet;

use crate::support::{Board, NOW, corpus, elements, read, try_read};
use board::document::{Document, Write};
use board::element::{Element, Kind};
use board::fields::Value;
use board::id::ClientId;
use board::record::Record;
use board::style::StyleField;
use interchange::{Loss, Refused};
use kurbo::Vec2;
use scene::{Node, Scene};
use serde_json::{Value as Json, json};

/// What old programs wrote and new ones say otherwise, and what is computed anew.
const OF_OLD: [&str; 8] = [
    "lastCommittedPoint",
    "strokeSharpness",
    "font",
    "baseline",
    "rawText",
    "boundElementIds",
    "boundElements",
    "index",
];

/// Whether two values are the same, lengths to within half a board unit.
fn is_near(one: &Json, other: &Json, reach: f64) -> bool {
    match (one, other) {
        (Json::Number(a), Json::Number(b)) => {
            (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() <= reach
        }
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_near(a, b, reach))
        }
        (Json::Object(a), Json::Object(b)) => {
            let stands = |(key, value): (&String, &Json)| is_near(value, &b[key], reach);
            a.len() == b.len() && a.iter().all(stands)
        }
        _ => one == other,
    }
}

/// The ids of what is bound to an element, whatever their order.
fn bound(element: &Json) -> BTreeSet<&str> {
    let list = element["boundElements"].as_array();
    let bound = list.into_iter().flatten();
    bound.map(|bound| bound["id"].as_str().unwrap()).collect()
}

fn same_element(file: &str, came: &Json, went: &Json) {
    for (field, value) in came.as_object().unwrap() {
        let reach = match field.as_str() {
            field if OF_OLD.contains(&field) => continue,
            // Old lines begin elsewhere, and old scenes bind what is not there.
            "x" | "y" | "points" if came["id"] == "shifted" => continue,
            "type" if value == "draw" => continue,
            "roundness" if came.get("strokeSharpness").is_some() => continue,
            "startBinding" if came["id"] == "gone" => continue,
            "containerId" if came["id"] == "orphan" || came["id"] == "two-b" => continue,
            "frameId" if came["id"] == "lost" => continue,
            // Boxes are told from their upper left corner.
            "x" | "y" | "width" | "height" if came["id"] == "rect-back" => continue,
            "strokeColor" | "opacity" | "roughness" | "groupIds" if value.is_null() => continue,
            "containerId" if came["id"] == "told-t" => continue,
            "x" | "y" | "width" | "height" | "points" => 0.5,
            "pressures" => 0.02,
            _ => 1e-4,
        };
        let stands = &went[field];
        assert!(
            is_near(value, stands, reach),
            "{file}: {} {field}: {value} became {stands}",
            came["id"],
        );
    }
    if !matches!(came["id"].as_str(), Some("two" | "told")) {
        assert_eq!(bound(came), bound(went), "{file}: {}", came["id"]);
    }
}

#[test]
fn what_nobody_has_touched_goes_back_as_it_came() {
    for (file, text) in corpus() {
        let went = Board::of(read(&text)).scene();
        let gone = ["deleted", "sel", "future", "nothing", "empty", "short-one"];
        let came = elements(&text).into_iter().filter(|element| {
            let id = element["id"].as_str();
            element.is_object() && !id.is_some_and(|id| gone.contains(&id))
        });
        let came: Vec<Json> = came.collect();
        assert_eq!(came.len(), went.len(), "{file}");
        for (came, went) in came.iter().zip(&went) {
            match came["id"].as_str() {
                // One of two that have one name, and one without.
                Some("twin") | None => continue,
                Some(id) => assert_eq!(went["id"], id, "{file}: the order is another"),
            }
            same_element(&file, came, went);
        }
        let indices = |row: &[Json]| row.iter().map(|e| e["index"].clone()).collect::<Vec<_>>();
        assert_eq!(indices(&came), indices(&went), "{file}");
    }
}

#[test]
fn a_second_time_through_changes_nothing() {
    for (file, text) in corpus() {
        let first = Board::of(read(&text)).write();
        let second = Board::of(read(&first.text)).write();
        let pairs = elements(&first.text)
            .into_iter()
            .zip(elements(&second.text));
        for (first, second) in pairs {
            for (field, value) in first.as_object().unwrap() {
                let near = is_near(value, &second[field], 0.02);
                assert!(
                    near,
                    "{file}: {} {field}: {value} {}",
                    first["id"], second[field]
                );
            }
        }
    }
}

/// How many bytes an element takes in a document of its own.
fn stored(element: &Element) -> usize {
    let mut document = Document::new(ClientId::from_random(1));
    document.commit(vec![Write::birth(element)]);
    document.replica().encode().len()
}

#[test]
fn what_is_kept_takes_two_hundred_bytes_in_the_median() {
    let mut kept = Vec::new();
    for (_, text) in corpus() {
        for element in Board::of(read(&text)).document.elements() {
            let mut bare = element.clone();
            bare.keep(Value::Null);
            kept.push(stored(&element) - stored(&bare));
        }
    }
    kept.sort_unstable();
    let median = kept[kept.len() / 2];
    assert!(median <= 200, "{median}");
    assert!(*kept.last().unwrap() < 16 << 10);
}

fn by_id<'a>(scene: &'a [Json], id: &str) -> &'a Json {
    let found = scene.iter().find(|element| element["id"] == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

/// Writes to every element of a board as a person would.
fn edit(board: &mut Board, change: impl Fn(&Node) -> Vec<Write>) {
    let scene = Scene::rebuild(&board.document);
    let writes = scene.in_order().into_iter().flat_map(change).collect();
    board.document.commit(writes);
}

#[test]
fn what_is_moved_here_is_moved_there() {
    for (file, text) in corpus() {
        let mut board = Board::of(read(&text));
        let before = board.scene();
        let by = Vec2::new(1000.0, -500.0);
        edit(&mut board, |node| {
            let mut element = node.element().clone();
            if matches!(element.kind, Kind::Group(_)) {
                return Vec::new();
            }
            element.set_geometry(element.geometry.translated(by));
            vec![Write::place(&element)]
        });
        let after = board.scene();
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before["id"], after["id"], "{file}");
            for (axis, by) in [("x", by.x), ("y", by.y)] {
                let moved = after[axis].as_f64().unwrap() - before[axis].as_f64().unwrap();
                // Ends and words follow what they belong to, each by its own rule.
                let reach = if before["type"] == "arrow" || before["type"] == "text" {
                    20.0
                } else {
                    0.1
                };
                assert!(
                    (moved - by).abs() <= reach,
                    "{file}: {} {axis} {moved}",
                    before["id"]
                );
            }
            for field in [
                "width",
                "height",
                "customData",
                "seed",
                "strokeColor",
                "futureField",
            ] {
                if before["type"] != "arrow" && before["containerId"].is_null() {
                    assert!(
                        is_near(&before[field], &after[field], 0.1),
                        "{file}: {field}"
                    );
                }
            }
            if before["containerId"].is_null() {
                assert!(
                    after["version"].as_f64() > before["version"].as_f64(),
                    "{file}: {after}"
                );
                assert_eq!(after["updated"], NOW);
            }
        }
    }
}

/// What everything is given, and what that is there.
fn recoloured() -> [(StyleField, Value, &'static str, Json); 5] {
    [
        (
            StyleField::Stroke,
            Value::text("#9c36b5"),
            "strokeColor",
            json!("#9c36b5"),
        ),
        (
            StyleField::Opacity,
            Value::Number(0.5),
            "opacity",
            json!(50),
        ),
        (
            StyleField::Width,
            Value::Number(8.0),
            "strokeWidth",
            json!(8),
        ),
        (
            StyleField::Dash,
            Value::text("dotted"),
            "strokeStyle",
            json!("dotted"),
        ),
        (StyleField::Rough, Value::Number(2.0), "roughness", json!(2)),
    ]
}

#[test]
fn what_is_recoloured_here_is_recoloured_there() {
    for (file, text) in corpus() {
        let mut board = Board::of(read(&text));
        let before = board.scene();
        let fields = recoloured();
        edit(&mut board, |node| {
            let element = node.element();
            let mut writes = vec![];
            for (field, value, ..) in &fields {
                if element.kind.style_fields().contains(field) {
                    writes.push(Write::style(&element.id, *field, value.clone()));
                }
            }
            writes
        });
        let after = board.scene();
        for (before, after) in before.iter().zip(&after) {
            let kind = before["type"].as_str().unwrap();
            if matches!(kind, "rectangle" | "diamond" | "ellipse" | "line" | "arrow") {
                for (_, _, field, value) in &fields {
                    assert!(
                        is_near(&after[*field], value, 1e-6),
                        "{file}: {} {field}",
                        before["id"]
                    );
                }
            }
            if kind == "text" && before["containerId"].is_null() {
                assert_eq!(after["strokeColor"], "#9c36b5", "{file}");
            }
            for field in [
                "x",
                "y",
                "width",
                "height",
                "customData",
                "roundness",
                "fontFamily",
            ] {
                let near = is_near(&before[field], &after[field], 0.5);
                let follows = kind == "arrow" || !before["containerId"].is_null();
                assert!(near || follows, "{file}: {} {field}", before["id"]);
            }
        }
    }
}

#[test]
fn what_is_typed_here_is_read_there() {
    let text = corpus()
        .into_iter()
        .find(|(name, _)| name == "labels")
        .unwrap()
        .1;
    let mut board = Board::of(read(&text));
    let scene = Scene::rebuild(&board.document);
    let labelled: Vec<_> = scene
        .iter()
        .filter(|node| node.element().is_labelled())
        .map(|node| node.element().id.clone())
        .collect();
    for id in &labelled {
        let splice = board::document::TextSplice {
            at: 0,
            deleted: 0,
            inserted: "Now with many more words: ".into(),
        };
        board.document.splice_text(id, &[splice]);
    }
    let scene = board.scene();
    let label = by_id(&scene, "box-t");
    let expected = "Now with many more words: A label that is wrapped twice";
    assert_eq!(label["originalText"], expected);
    let words = |text: &Json| {
        text.as_str()
            .unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&label["text"]), words(&label["originalText"]));
    assert!(label["text"].as_str().unwrap().contains('\n'));
    assert_eq!(label["containerId"], "box");
    assert!(label["version"].as_f64() > Some(12.0));
    let container = by_id(&scene, "box");
    let within = |axis: &str, side: &str| {
        let of = |element: &Json, field: &str| element[field].as_f64().unwrap();
        let (from, to) = (
            of(container, axis),
            of(container, axis) + of(container, side),
        );
        of(label, axis) >= from && of(label, axis) + of(label, side) <= to
    };
    assert!(
        within("x", "width") && within("y", "height"),
        "{label} {container}"
    );
}

#[test]
fn copies_are_bound_to_copies_under_names_of_their_own() {
    for (file, text) in corpus() {
        let mut board = Board::of(read(&text));
        let before = board.scene();
        let scene = Scene::rebuild(&board.document);
        let records = scene
            .in_order()
            .into_iter()
            .map(|node| Record::of(node.element()));
        let records: Vec<Record> = records.collect();
        drop(scene);
        board.bear(records);
        let after = board.scene();
        assert_eq!(after.len(), 2 * before.len(), "{file}");
        let ids: BTreeSet<&str> = after.iter().map(|e| e["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), after.len(), "{file}: names are there twice");
        for element in &after {
            let others = ["startBinding", "endBinding"].map(|end| &element[end]["elementId"]);
            let others = others
                .into_iter()
                .chain([&element["containerId"], &element["frameId"]]);
            for other in others.filter_map(Json::as_str) {
                assert!(ids.contains(other), "{file}: {other}");
            }
            for id in bound(element) {
                let back = by_id(&after, id);
                let text = format!("{back}");
                assert!(
                    text.contains(element["id"].as_str().unwrap()),
                    "{file}: {back}"
                );
            }
        }
        for original in &before {
            let stands = by_id(&after, original["id"].as_str().unwrap());
            assert_eq!(stands["type"], original["type"], "{file}");
        }
    }
}

#[test]
fn who_moves_what_an_arrow_holds_on_to_moves_its_end() {
    let text = corpus()
        .into_iter()
        .find(|(name, _)| name == "arrows")
        .unwrap()
        .1;
    let mut board = Board::of(read(&text));
    let before = board.scene();
    let target = board.document.elements().into_iter().find(|element| {
        *element.extra() != Value::Null && element.geometry.x == 300.0 && element.geometry.y == 40.0
    });
    let mut target = target.expect("the ellipse");
    target.set_geometry(target.geometry.translated(Vec2::new(200.0, 300.0)));
    board.document.commit(vec![Write::place(&target)]);
    let after = board.scene();
    let end = |scene: &[Json], id: &str| {
        let arrow = by_id(scene, id);
        let points = arrow["points"].as_array().unwrap();
        let last = points.last().unwrap();
        let at = |axis: &str, place: usize| {
            arrow[axis].as_f64().unwrap() + last[place].as_f64().unwrap()
        };
        (at("x", 0), at("y", 1))
    };
    let ((x0, y0), (x1, y1)) = (end(&before, "ab"), end(&after, "ab"));
    assert!(
        x1 > x0 + 100.0 && y1 > y0 + 200.0,
        "({x0}, {y0}) ({x1}, {y1})"
    );
    let arrow = by_id(&after, "ab");
    assert_eq!(arrow["points"][0], json!([0, 0]));
    // What holds on to nothing that moved is as it was.
    assert_eq!(by_id(&before, "turned"), by_id(&after, "turned"));
    assert_eq!(by_id(&before, "pinned"), by_id(&after, "pinned"));
}

#[test]
fn what_cannot_be_taken_is_counted() {
    let losses = |name: &str| {
        let text = corpus()
            .into_iter()
            .find(|(file, _)| file == name)
            .unwrap()
            .1;
        read(&text).losses
    };
    let odd = losses("oddities");
    assert_eq!(odd.of(Loss::Malformed), 3);
    assert_eq!(odd.of(Loss::UnknownType), 1);
    assert_eq!(odd.of(Loss::Embed), 2);
    assert_eq!(odd.of(Loss::Empty), 1);
    let images = losses("images");
    assert_eq!(
        (images.of(Loss::NoFile), images.of(Loss::UnfitFile)),
        (2, 1)
    );
    assert_eq!(losses("labels").of(Loss::SecondText), 1);
    assert!(losses("shapes").is_empty());
}

#[test]
fn what_is_farther_out_than_a_board_reaches_is_left_out_and_counted() {
    let near = json!({"id": "near", "x": 0, "y": 0, "width": 10, "height": 10});
    let far = [
        json!({"x": 9e6, "width": 9e6}),
        json!({"y": 9e6, "height": 9e6}),
    ];
    for kind in ["rectangle", "ellipse", "diamond", "text", "image", "frame"] {
        let with = |change: &Json| {
            let mut element = near.clone();
            let fields = element.as_object_mut().unwrap();
            fields.insert("type".into(), kind.into());
            fields.insert("text".into(), "far".into());
            fields.extend(change.as_object().unwrap().clone());
            json!({"type": "excalidraw", "elements": [element]}).to_string()
        };
        assert_eq!(read(&with(&json!({}))).records.len(), 1, "{kind}");
        for change in &far {
            let bundle = read(&with(change));
            assert!(bundle.records.is_empty(), "{kind} {change}");
            assert_eq!(bundle.losses.of(Loss::Empty), 1, "{kind} {change}");
        }
    }
}

#[test]
fn a_copy_of_a_copy_of_an_older_page_keeps_what_it_does_not_know() {
    let text = corpus()
        .into_iter()
        .find(|(name, _)| name == "shapes")
        .unwrap()
        .1;
    let bundle = read(&text);
    for record in bundle.records {
        let name = record.name().unwrap().clone();
        let element = record.element(name.clone());
        let again = Record::decode(&Record::of(&element).encode()).unwrap();
        let copy = again.element(name);
        assert_ne!(copy.extra(), &Value::Null);
        assert_eq!(copy, element);
    }
}

#[test]
fn what_is_no_scene_is_refused_by_a_sentence() {
    let cases: [(Vec<u8>, &str); 8] = [
        (b"".to_vec(), "line 1"),
        (
            b"{\"type\": \"excalidraw\", \"elements\": [{]}".to_vec(),
            "line 1, column",
        ),
        (b"[1, 2]".to_vec(), "no scene"),
        (b"{}".to_vec(), "no Excalidraw scene"),
        (
            b"{\"type\":\"excalidraw\",\"version\":9}".to_vec(),
            "newer version",
        ),
        (
            b"{\"type\":\"excalidraw\",\"elements\":[{\"x\":NaN}]}".to_vec(),
            "no JSON",
        ),
        (b"\x89PNG\r\n".to_vec(), "no JSON"),
        (
            format!(
                "{{\"type\":\"excalidraw\",\"elements\":[{{\"a\":{}{}}}]}}",
                "[".repeat(10_000),
                "]".repeat(10_000),
            )
            .into_bytes(),
            "nested too deeply",
        ),
    ];
    for (text, sentence) in cases {
        let refused = try_read(&text).expect_err(sentence);
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
}

#[test]
fn what_is_beyond_bounds_is_refused_with_the_numbers() {
    let many = format!(
        "{{\"type\":\"excalidraw\",\"elements\":[{}{{}}]}}",
        "{\"type\":\"rectangle\"},".repeat(1_000_000)
    );
    assert_eq!(try_read(many.as_bytes()), Err(Refused::ManyElements));
    drop(many);
    let large = format!(
        "{{\"type\":\"excalidraw\",\"elements\":[{{\"a\":\"{}\"}}]}}",
        "x".repeat(5 << 20)
    );
    assert_eq!(try_read(large.as_bytes()), Err(Refused::LargeElement));
    let huge = vec![b' '; 200_000_000];
    let refused = try_read(&huge).expect_err("too large");
    assert_eq!(
        refused.to_string(),
        "the file has 191 MiB, and no more than 128 are read"
    );
}

#[test]
fn what_is_too_much_to_keep_is_counted_and_the_rest_is_kept() {
    let shape = |more: Json| {
        let mut shape = json!({"type": "rectangle", "id": "a", "x": 0, "y": 0, "width": 10, "height": 10, "small": 7});
        shape
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"type": "excalidraw", "elements": [shape]}).to_string()
    };
    let many: serde_json::Map<String, Json> = (0..200_000)
        .map(|i| (format!("field{i:06}"), json!(i)))
        .collect();
    let some: serde_json::Map<String, Json> = (0..4)
        .map(|i| (format!("field{i}"), json!("x".repeat(6_000))))
        .collect();
    let deep = (0..60).fold(json!(1), |inside, _| json!([inside]));
    for (more, least) in [
        (json!(many), 150_000),
        (json!(some), 2),
        (json!({"customData": deep}), 1),
    ] {
        let bundle = read(&shape(more));
        assert!(
            bundle.losses.of(Loss::Unkept) >= least,
            "{:?}",
            bundle.losses
        );
        let scene = Board::of(bundle).scene();
        assert_eq!((&scene[0]["small"], scene.len()), (&json!(7), 1));
    }
}

#[test]
fn circles_of_frames_and_groups_are_cut() {
    let frame = |id: &str, inside: &str, groups: &[&str]| json!({"type": "frame", "id": id, "x": 0, "y": 0, "width": 10, "height": 10, "frameId": inside, "groupIds": groups});
    let shape = |groups: &[&str], frame: &str| json!({"type": "rectangle", "x": 0, "y": 0, "width": 10, "height": 10, "groupIds": groups, "frameId": frame});
    let scene = json!({"type": "excalidraw", "elements": [
        frame("a", "b", &[]), frame("b", "c", &[]), frame("c", "a", &["g"]),
        shape(&["g", "h"], "a"), shape(&["h", "g"], "b"), shape(&["g", "g"], "c"),
    ]});
    let bundle = read(&scene.to_string());
    assert!(bundle.losses.of(Loss::Circle) > 0);
    assert_eq!(Board::of(bundle).scene().len(), 6);
}
