//! What elements of a scene say about one another.
//!
//! Owns the fields that name others: groups, frames, containers, ends, and back from these to what they
//! are held by.

use board::bound::meant;
use board::element::{Element, Kind};
use board::hierarchy::ancestors;
use board::id::ElementId;
use board::links::Binding;
use kurbo::{Affine, Point};
use serde_json::{Map, Value as Json, json};

use super::super::fields::{Type, is_area};
use super::super::kept::Kept;
use super::super::read::{LEADS, sum_of_end};
use super::names::Names;
use super::{Object, Shown};
use crate::json::{Sum, rounded};

/// Where an address leads that names an element.
const HERE: &str = "https://excalidraw.com/?";
/// Ends of elbows do not aim at the very middle there, which would be two sides at once.
const OFF_MIDDLE: f64 = 1e-4;

/// What a line holds on to, as it is shown.
pub(super) fn targets<'a>(
    shown: &[Shown<'a>],
    names: &Names,
    element: &Element,
) -> Vec<&'a Element> {
    let ends = [element.links.start.as_ref(), element.links.end.as_ref()];
    let found = ends.into_iter().flatten().filter_map(|end| {
        let place = names.place(&end.target)?;
        Some(shown.get(place)?.element)
    });
    found.collect()
}

/// All that an element is in, the innermost first.
fn above<'a>(shown: &[Shown<'a>], names: &Names, element: &'a Element) -> Vec<&'a Element> {
    let named = |id: &ElementId| Some(shown.get(names.place(id)?)?.element);
    let parent = |id: &ElementId| {
        let parent = named(id)?.links.parent.as_ref()?;
        named(parent)?.kind.holds_others().then_some(parent)
    };
    let ids = ancestors(&element.id, &parent);
    ids.into_iter().filter_map(named).collect()
}

/// Adds what an element says about others.
pub(super) fn add(
    shown: &[Shown<'_>],
    names: &Names,
    kept: &[Option<Kept>],
    place: usize,
    fields: &mut Map<String, Json>,
) {
    let Some(Shown { element, .. }) = shown.get(place).copied() else {
        return;
    };
    let kept = kept.get(place).and_then(Option::as_ref);
    let above = above(shown, names, element);
    let name = |element: &Element| {
        let place = names.place(&element.id);
        Json::from(place.map_or("", |place| names.of_place(place)))
    };
    let groups = above
        .iter()
        .take_while(|above| matches!(above.kind, Kind::Group(_)));
    let groups: Vec<Json> = groups.map(|group| name(group)).collect();
    fields.insert("groupIds".into(), Json::Array(groups));
    let frame = above
        .iter()
        .find(|above| matches!(above.kind, Kind::Frame(_)));
    let frame = frame.map_or(Json::Null, |frame| name(frame));
    let sum = Sum::default().text(frame.as_str().unwrap_or_default());
    let told = kept.and_then(|kept| kept.was("frameId", sum.end()));
    let stands = |told: &&Json| told.as_str().is_none_or(|name| names.told(name).is_some());
    let frame = told.filter(stands).cloned().unwrap_or(frame);
    fields.insert("frameId".into(), frame);
    if above.iter().any(|above| above.links.locked) {
        fields.insert("locked".into(), Json::Bool(true));
    }
    fields.insert("boundElements".into(), json!([]));
    lead(names, element, fields);
    match Type::of(element) {
        Some(Type::Text) => drop(fields.insert("containerId".into(), Json::Null)),
        Some(Type::Arrow) => add_ends(shown, names, kept, element, fields),
        Some(Type::Line | Type::Polygon) => {
            for end in ["startBinding", "endBinding"] {
                fields.insert(end.into(), Json::Null);
            }
        }
        _ => {}
    }
}

/// Where an element leads that leads to another.
fn lead(names: &Names, element: &Element, fields: &mut Map<String, Json>) {
    let Some(id) = element
        .links
        .link
        .as_deref()
        .and_then(|link| link.strip_prefix('#'))
    else {
        return;
    };
    let place = ElementId::parse(id).ok().and_then(|id| names.place(&id));
    let link = place.map(|place| {
        let told = fields.get("link").and_then(Json::as_str);
        let told = told.filter(|told| told.ends_with(LEADS)).map(str::to_owned);
        let before = told.unwrap_or_else(|| format!("{HERE}{LEADS}"));
        Json::from(before + names.of_place(place))
    });
    fields.insert("link".into(), link.unwrap_or_default());
}

fn add_ends(
    shown: &[Shown<'_>],
    names: &Names,
    kept: Option<&Kept>,
    element: &Element,
    fields: &mut Map<String, Json>,
) {
    let links = &element.links;
    let ends = [
        ("startBinding", &links.start, false),
        ("endBinding", &links.end, true),
    ];
    for (field, end, is_end) in ends {
        let place = end.as_ref().and_then(|end| names.place(&end.target));
        let target = place
            .and_then(|place| shown.get(place))
            .map(|shown| shown.element);
        let holds = |target: &&Element| {
            let bindable = Type::of(target).is_some_and(is_bindable);
            bindable && !is_area(element)
        };
        let value = match (end, place, target.filter(holds)) {
            (Some(end), Some(place), Some(target)) => {
                let was = kept.and_then(|kept| kept.was(field, sum_of_end(end)));
                let mut value = match was {
                    Some(Json::Object(was)) => was.clone(),
                    _ => binding(element, target, end, is_end),
                };
                value.insert("elementId".into(), Json::from(names.of_place(place)));
                Json::Object(value)
            }
            _ => Json::Null,
        };
        fields.insert(field.into(), value);
    }
}

fn is_bindable(kind: Type) -> bool {
    !matches!(
        kind,
        Type::Line | Type::Polygon | Type::Arrow | Type::Freedraw
    )
}

/// How an end holds on, in the words of the newest release.
fn binding(arrow: &Element, target: &Element, end: &Binding, is_end: bool) -> Map<String, Json> {
    let mut points = if arrow.is_elbow() {
        arrow.bends()
    } else {
        arrow.vertices()
    };
    if is_end {
        points.reverse();
    }
    let tip = points.first().copied().unwrap_or_default();
    let next = points.get(1).copied().unwrap_or(tip);
    let (gap, _) = target.depth(tip);
    let mut value = Map::new();
    value.insert(
        "gap".into(),
        rounded(if end.inside { 1.0 } else { gap.max(1.0) }),
    );
    if !arrow.is_elbow() {
        let aim = meant(target, end);
        value.insert("focus".into(), rounded(focus(target, next, aim)));
        return value;
    }
    value.insert("focus".into(), Json::from(0));
    let frame = target.frame();
    let local = frame.placement().inverse() * tip;
    let share = |at: f64, side: f64| {
        let share = if side == 0.0 { 0.5 } else { at / side.abs() };
        if (share - 0.5).abs() < OFF_MIDDLE {
            0.5 + OFF_MIDDLE
        } else {
            share
        }
    };
    let fixed = [share(local.x, frame.w), share(local.y, frame.h)].map(rounded);
    value.insert("fixedPoint".into(), Json::from(fixed.to_vec()));
    value
}

/// How far off its middle a target is aimed at: where the line from a point crosses its diagonals, as a
/// share of their halves; to the left of the way it is above 0.
fn focus(target: &Element, from: Point, aim: Point) -> f64 {
    let frame = target.frame();
    let upright = Affine::rotate_about(-frame.angle, frame.center());
    let (from, aim, center) = (upright * from, upright * aim, frame.center());
    let way = aim - from;
    let half = frame.rect().size().to_vec2() / 2.0;
    let side = way.cross(center - from);
    if side.abs() < 1e-9 || way.hypot2() == 0.0 {
        return 0.0;
    }
    let axes = match Type::of(target) {
        Some(Type::Diamond) => [(half.x, 0.0), (0.0, half.y)],
        _ => [(half.x, half.y), (half.x, -half.y)],
    };
    let crossed = axes.into_iter().filter_map(|axis| {
        let axis = kurbo::Vec2::from(axis);
        let across = way.cross(axis);
        // The line and the axis meet at so many times the axis from the middle.
        let times = way.cross(from - center) / across;
        (across != 0.0 && axis.hypot2() > 0.0).then_some(times.abs())
    });
    let nearest = crossed.fold(f64::INFINITY, f64::min);
    if nearest.is_finite() {
        nearest.min(1.0) * side.signum()
    } else {
        0.0
    }
}

/// Names a label, and says in whom it is; what cannot hold it is grouped with it.
pub(super) fn add_label(
    names: &Names,
    kept: Option<&Kept>,
    (place, kind): (usize, Type),
    objects: &mut [Object],
    text: &mut Object,
) {
    let Some(object) = objects.first_mut() else {
        return;
    };
    text.fields
        .insert("id".into(), Json::from(names.of_label(place)));
    text.fields.insert("boundElements".into(), json!([]));
    let holds = kind.holds_text();
    if !holds {
        let group = Json::from(format!("{}-group", names.of_place(place)));
        if let Some(Json::Array(groups)) = object.fields.get_mut("groupIds") {
            groups.insert(0, group);
        }
    }
    for field in ["groupIds", "frameId", "locked"] {
        let value = object.fields.get(field).cloned().unwrap_or_default();
        let told = kept.and_then(|kept| kept.was(field, Sum::of(&value)));
        let value = told.cloned().unwrap_or(value);
        text.fields.insert(field.into(), value);
    }
    let container = if holds {
        Json::from(names.of_place(place))
    } else {
        Json::Null
    };
    text.fields.insert("containerId".into(), container);
    if holds {
        let bound = json!([{ "id": names.of_label(place), "type": "text" }]);
        object.fields.insert("boundElements".into(), bound);
    }
}

/// Has what is held say by what.
pub(super) fn bind_back(shown: &[Shown<'_>], names: &Names, objects: &mut [Vec<Object>]) {
    for place in 0..shown.len() {
        let held = objects.get(place).and_then(|objects| objects.first());
        let held = held.map(|object| {
            ["startBinding", "endBinding"].map(|end| {
                object
                    .fields
                    .get(end)?
                    .get("elementId")?
                    .as_str()
                    .map(str::to_owned)
            })
        });
        let Some([start, end]) = held else {
            continue;
        };
        let end = end.filter(|end| start.as_ref() != Some(end));
        let links = shown.get(place).map(|shown| &shown.element.links);
        let ends = [
            (start, links.and_then(|l| l.start.as_ref())),
            (end, links.and_then(|l| l.end.as_ref())),
        ];
        for (name, binding) in ends {
            let at = name
                .and(binding)
                .and_then(|binding| names.place(&binding.target));
            let target = at.and_then(|at| objects.get_mut(at)?.first_mut());
            if let Some(Json::Array(bound)) =
                target.and_then(|target| target.fields.get_mut("boundElements"))
            {
                bound.push(json!({ "id": names.of_place(place), "type": "arrow" }));
            }
        }
    }
}
