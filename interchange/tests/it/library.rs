//! Libraries of Excalidraw on a board.

use crate::support::Board;
use board::element::{Element, Kind};
use interchange::{Bundle, Loss, Refused, library};
use scene::Scene;
use serde_json::{Value as Json, json};

fn read(library: &Json) -> Result<Bundle, Refused> {
    let mut random = fastrand::Rng::with_seed(3);
    library::read(library.to_string().as_bytes(), &mut || random.u128(..))
}

fn shape(id: &str, x: f64, groups: &[&str]) -> Json {
    json!({"type": "rectangle", "id": id, "x": x, "y": 7000, "width": 300, "height": 200, "groupIds": groups})
}

fn text() -> Json {
    json!({"type": "text", "id": "t", "x": 0, "y": 0, "width": 50, "height": 25, "text": "Hi", "fontSize": 20, "containerId": "a"})
}

#[test]
fn items_lie_in_frames_with_their_names_and_none_on_another() {
    let item = |name: Json, elements: Json| json!({"id": "x", "status": "published", "created": 1, "name": name, "elements": elements});
    let two = json!([
        shape("a", -5000.0, &["g"]),
        shape("b", -4600.0, &["g"]),
        text()
    ]);
    let items: Vec<Json> = (0..9)
        .map(|i| item(json!(format!("Item {i}")), two.clone()))
        .collect();
    let newer =
        json!({"type": "excalidrawlib", "version": 2, "source": "x", "libraryItems": items});
    let lists: Vec<Json> = (0..9).map(|_| two.clone()).collect();
    let older = json!({"type": "excalidrawlib", "version": 1, "library": lists});
    for (library, name) in [(newer, "Item 0"), (older, "")] {
        let board = Board::of(read(&library).unwrap());
        let scene = Scene::rebuild(&board.document);
        let frames: Vec<&Element> = scene
            .frames()
            .into_iter()
            .map(|node| node.element())
            .collect();
        assert_eq!(frames.len(), 9);
        assert_eq!(frames[0].text().unwrap_or_default(), name);
        for (i, frame) in frames.iter().enumerate() {
            for other in &frames[i + 1..] {
                let shared = frame.bounds().intersect(other.bounds());
                assert_eq!(shared.area(), 0.0);
            }
        }
        let tops: std::collections::BTreeSet<i64> =
            frames.iter().map(|f| f.geometry.y as i64).collect();
        assert!(tops.len() > 1, "they are in rows");
        let shapes = scene
            .iter()
            .filter(|node| matches!(node.element().kind, Kind::Closed(_)));
        let shapes: Vec<_> = shapes.collect();
        assert_eq!(shapes.len(), 18);
        for node in &shapes {
            let (id, frame) = node.frames().next().expect("it is in a frame");
            assert!(
                frame.bounds().contains(node.element().frame().center()),
                "{id}"
            );
        }
        let labelled = shapes
            .iter()
            .filter(|node| node.element().is_labelled())
            .count();
        assert_eq!(labelled, 9);
    }
}

#[test]
fn what_is_no_library_is_refused_and_an_empty_one_is_empty() {
    let scene = json!({"type": "excalidraw", "elements": []});
    assert_eq!(read(&scene), Err(Refused::Foreign("Excalidraw library")));
    let newer = json!({"type": "excalidrawlib", "version": 3});
    assert_eq!(read(&newer), Err(Refused::Newer(3)));
    for empty in [
        json!({"type": "excalidrawlib", "libraryItems": []}),
        json!({"type": "excalidrawlib", "libraryItems": [{"elements": []}, 4, null, {}, []]}),
        json!({"type": "excalidrawlib", "libraryItems": [{"elements": [{"type": "rectangle", "isDeleted": true}]}]}),
    ] {
        assert_eq!(read(&empty).unwrap().records, []);
    }
}

#[test]
fn what_is_no_item_and_what_in_one_is_no_element_is_counted_once() {
    let frame = |id: &str, within: &str| json!({"type": "frame", "id": id, "x": 0, "y": 0, "width": 9, "height": 9, "frameId": within});
    for (items, malformed, circles) in [
        (json!([4, null, "a", true]), 4, 0),
        (json!([{"elements": [shape("a", 0.0, &[]), null, 7]}]), 2, 0),
        (json!([[null], {"elements": []}, {}]), 1, 0),
        (
            json!([null, [shape("a", 0.0, &[])], [shape("b", 0.0, &[])]]),
            1,
            0,
        ),
        (
            json!([{"elements": [frame("a", "b"), frame("b", "a")]}]),
            0,
            1,
        ),
        (json!([{"elements": [frame("a", "a")]}, null]), 1, 1),
    ] {
        let library = json!({"type": "excalidrawlib", "version": 2, "libraryItems": items});
        let losses = read(&library).unwrap().losses;
        let counted = (losses.of(Loss::Malformed), losses.of(Loss::Circle));
        assert_eq!(counted, (malformed, circles), "{library}");
    }
}
