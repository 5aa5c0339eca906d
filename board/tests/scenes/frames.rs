//! Frames with what they clip, one in the other; and pictures: whole, cropped, mirrored, turned, seen through.

use board::element::frame::Frame;
use board::element::image::Image;
use board::file::FileHash;
use board::links::LinkField;

use super::*;

/// Two members reach out of a frame, one of them out of a frame within it.
pub(super) fn frame_scene() -> Vec<Element> {
    let frame = |place: Geometry, fill: &str, name: &str| {
        let mut frame = element(
            place,
            style(2.0, "#1e1e1e", fill),
            Kind::Frame(Frame::default()),
        );
        frame.set_text(name);
        frame
    };
    let shape =
        |place: Geometry, fill: &str, kind: Kind| element(place, style(4.0, "#e03131", fill), kind);
    let mut scene = vec![
        frame(at(20.0, 20.0, 400.0, 300.0, 0.0), "#fff9db", "Outer"),
        shape(
            at(340.0, 40.0, 160.0, 80.0, 0.0),
            "#ffc9c9",
            Kind::RECTANGLE,
        ),
        frame(at(60.0, 120.0, 200.0, 260.0, 0.1), "#e7f5ff80", "Inner"),
        shape(
            at(180.0, 200.0, 160.0, 160.0, 0.0),
            "#b2f2bb",
            Kind::ELLIPSE,
        ),
        frame(at(460.0, 160.0, 200.0, 160.0, -0.2), "transparent", ""),
        shape(
            at(480.0, 180.0, 120.0, 90.0, 0.0),
            "#a5d8ff",
            Kind::RECTANGLE,
        ),
    ];
    for (member, parent) in [(1, 0), (2, 0), (3, 2)] {
        let parent = Value::text(born(parent).as_str());
        scene[member].links.set(LinkField::Parent, &parent);
    }
    scene
}

/// None of their files is at hand: what stands in has the box, the part and the direction.
pub(super) fn image_scene() -> Vec<Element> {
    let image = |place: Geometry| {
        let mut image = element(place, ink_style(2.0), Kind::Image(Image));
        let file = Value::text(&FileHash::of(b"a picture").to_string());
        image.links.set(LinkField::File, &file);
        image
    };
    let mut scene = vec![
        image(at(20.0, 20.0, 200.0, 120.0, 0.0)),
        image(at(240.0, 20.0, 120.0, 120.0, 0.0)),
        image(at(380.0, 20.0, -160.0, 120.0, 0.0)),
        image(at(560.0, 20.0, 160.0, -120.0, 0.4)),
        image(at(20.0, 180.0, 200.0, 120.0, 0.0)),
        element(
            at(240.0, 180.0, 120.0, 120.0, 0.0),
            ink_style(2.0),
            Kind::Image(Image),
        ),
        element(
            at(100.0, 160.0, 180.0, 60.0, 0.0),
            style(4.0, "#e03131", "#ffc9c9"),
            Kind::RECTANGLE,
        ),
    ];
    for crop in [1, 3] {
        let part = Value::list([0.25, 0.1, 0.75, 0.9].map(Value::Number));
        scene[crop].restyle(StyleField::Crop, &part);
    }
    scene[4].restyle(StyleField::Opacity, &Value::Number(0.4));
    scene
}
