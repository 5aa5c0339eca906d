//! A scene of 10,000 elements, read into records and written: 40 % ink of 40 points, 25 % filled
//! rectangles, 15 % ellipses, 10 % lines, 10 % texts.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use interchange::excalidraw;
use serde_json::{Value as Json, json};

const ELEMENTS: usize = 10_000;

fn element(at: usize, random: &mut fastrand::Rng) -> Json {
    let mut number = |most: f64| (random.f64() * most * 100.0).round() / 100.0;
    let (x, y) = (number(20_000.0), number(20_000.0));
    let mut points = |count: usize| -> Vec<Json> {
        let (mut x, mut y) = (0.0, 0.0);
        let step = |_| {
            let point = json!([x, y]);
            x += number(16.0) - 8.0;
            y += number(16.0) - 8.0;
            point
        };
        (0..count).map(step).collect()
    };
    let own = match at % 20 {
        0..8 => {
            json!({"type": "freedraw", "points": points(40), "pressures": [], "simulatePressure": true})
        }
        8..13 => {
            json!({"type": "rectangle", "backgroundColor": "#a5d8ff", "roundness": {"type": 3}})
        }
        13..16 => json!({"type": "ellipse", "roundness": {"type": 2}}),
        16..18 => json!({"type": "line", "points": points(3), "roundness": {"type": 2}}),
        _ => json!({
            "type": "text", "text": "Some words on a board", "originalText": "Some words on a board",
            "fontSize": 20, "fontFamily": 5, "textAlign": "left", "verticalAlign": "top",
            "containerId": null, "autoResize": true, "lineHeight": 1.25,
        }),
    };
    let mut element = json!({
        "id": format!("element-{at:012}"), "x": x, "y": y, "width": 120, "height": 80, "angle": 0,
        "strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid",
        "strokeWidth": 2, "strokeStyle": "solid", "roughness": 1, "opacity": 100, "groupIds": [],
        "frameId": null, "index": format!("b{at:04}V"), "roundness": null, "seed": at * 7919,
        "version": 12, "versionNonce": at * 104_729, "isDeleted": false, "boundElements": [],
        "updated": 1_700_000_000_000_u64, "link": null, "locked": false,
    });
    if let (Json::Object(element), Json::Object(own)) = (&mut element, own) {
        element.extend(own);
    }
    element
}

fn scene() -> String {
    let mut random = fastrand::Rng::with_seed(12);
    let elements: Vec<Json> = (0..ELEMENTS).map(|at| element(at, &mut random)).collect();
    json!({"type": "excalidraw", "version": 2, "elements": elements}).to_string()
}

fn read(c: &mut Criterion) {
    let scene = scene();
    let mut random = fastrand::Rng::with_seed(3);
    c.bench_function("read a scene of 10,000 elements", |b| {
        b.iter(|| {
            let bundle = excalidraw::read(black_box(scene.as_bytes()), &mut || random.u128(..));
            assert_eq!(bundle.map(|bundle| bundle.records.len()), Ok(ELEMENTS));
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = read
}
criterion_main!(benches);
