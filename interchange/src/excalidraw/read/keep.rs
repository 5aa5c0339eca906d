//! What stays beside each element of what the file says about it.
//!
//! Owns nothing of its form: it asks what would be written of each, and keeps the difference.

use board::element::{Element, Kind};
use board::fields::Value;
use board::links::{Binding, LinkField};
use serde_json::Value as Json;

use super::super::fields::{Told, Type, Words, fields, sum_of_way, way_of, words};
use super::super::kept::Kept;
use super::super::source::Source;
use super::files::Files;
use super::{Actor, Cast, kind_of};
use crate::json::{Sum, rounded};
use crate::loss::{Loss, Losses};

/// Before the name of the element that an address leads to.
pub(in super::super) const LEADS: &str = "element=";

/// Keeps beside every element what a board has no field for.
pub(super) fn keep(cast: &mut Cast<'_>, files: &Files, losses: &mut Losses) {
    for place in 0..cast.made.len() {
        lead(cast, place);
        let Some(made) = cast.made.get(place) else {
            continue;
        };
        let (kept, unkept) = match (&made.group, made.source) {
            (Some(name), _) => {
                let kept = Kept {
                    id: name.clone(),
                    ..Kept::default()
                };
                (kept, 0)
            }
            (None, Some((source, at))) => of_source(cast, made, source, at, files),
            (None, None) => continue,
        };
        let (value, beyond) = kept.write();
        (0..unkept + beyond).for_each(|_| losses.count(Loss::Unkept));
        if let Some(made) = cast.made.get_mut(place) {
            made.element.keep(value);
        }
    }
}

/// Has an address that leads to an element of the scene lead to it here.
fn lead(cast: &mut Cast<'_>, place: usize) {
    let link = cast
        .made
        .get(place)
        .and_then(|made| made.source?.0.text("link"));
    let Some((_, rest)) = link.and_then(|link| link.split_once(LEADS)) else {
        return;
    };
    let name = rest.split(['&', '#']).next().unwrap_or_default();
    let Some(target) = cast
        .named(name)
        .map(|target| format!("#{}", target.element.id))
    else {
        return;
    };
    if let Some(made) = cast.made.get_mut(place) {
        made.element
            .links
            .set(LinkField::Link, &Value::text(&target));
    }
}

fn of_source(
    cast: &Cast<'_>,
    made: &Actor<'_>,
    source: &Source,
    at: usize,
    files: &Files,
) -> (Kept, u32) {
    let element = &made.element;
    let Some(kind) = kind_of(element) else {
        return (Kept::default(), 0);
    };
    let said = super::make::said(source);
    let own_words = (kind == Type::Text).then(|| Words::told(source, said));
    let told = Told {
        way: made.way.as_ref(),
        words: own_words.as_ref(),
        picture: files.size(source).or_else(|| natural(source)),
        sums: true,
    };
    let (mut kept, mut unkept) = Kept::of(source, at, &fields(element, kind, told));
    let mut place_of_way = 0;
    if let Some(way) = &made.way {
        place_of_way = sum_of_way(element, targets(cast, element));
        keep_way(element, way, place_of_way, &mut kept);
    }
    if let Some(words) = &own_words {
        let sum = words::sum_of(element, 0);
        kept.was
            .insert(words::KEPT.into(), (words.kept(element), sum));
    }
    keep_ends(element, source, &mut kept);
    if let Kind::Image(_) = element.kind {
        let name = source.get("fileId").clone();
        let file = Sum::default().text(element.links.file.as_deref().unwrap_or_default());
        kept.was.insert("fileId".into(), (name, file.end()));
        let status = source.get("status").clone();
        let written = element.links.file.as_ref().map_or("pending", |_| "saved");
        if status != written {
            kept.was.insert("status".into(), (status, file.end()));
        }
    }
    if element
        .links
        .link
        .as_deref()
        .is_some_and(|link| link.starts_with('#'))
        && let Some((before, _)) = source.text("link").and_then(|link| link.split_once(LEADS))
    {
        let before = Json::from(format!("{before}{LEADS}"));
        kept.was
            .insert("link".into(), (before, Sum::of(&Json::from("#"))));
    }
    keep_frame(cast, element, source, &mut kept);
    if let Some((text, at)) = made.label {
        let words = Words::told(text, super::make::said(text));
        let label = words::of_label(element, kind, &words);
        let (mut label, beyond) = Kept::of(text, at, &label);
        let sum = words::sum_of(element, place_of_way);
        label
            .was
            .insert(words::KEPT.into(), (words.kept(element), sum));
        keep_company(cast, source, text, &mut label);
        unkept += beyond;
        kept.text = Some(Box::new(label));
    }
    (kept, unkept)
}

/// The size of a picture as its crop tells it.
fn natural(source: &Source) -> Option<kurbo::Size> {
    let crop = source.get("crop");
    let number = |field: &str| crop.get(field)?.as_f64();
    Some(kurbo::Size::new(
        number("naturalWidth")?,
        number("naturalHeight")?,
    ))
}

/// What a line or arrow holds on to.
fn targets<'c>(cast: &'c Cast<'_>, element: &Element) -> Vec<&'c Element> {
    let ends = [element.links.start.as_ref(), element.links.end.as_ref()];
    let named = ends.into_iter().flatten();
    let found = named.filter_map(|end| cast.with_id(&end.target));
    found.collect()
}

/// A line goes where the file has it while nothing that decides it changes.
fn keep_way(element: &Element, way: &super::super::fields::Way, sum: u32, kept: &mut Kept) {
    let as_stored = way_of(element).is_some_and(|own| own.is_near(way));
    let bound = element.links.start.is_some() || element.links.end.is_some();
    match as_stored {
        true if bound => drop(kept.was.insert("way".into(), (Json::Null, sum))),
        true => {}
        false => drop(kept.was.insert("way".into(), (way.kept(), sum))),
    }
}

/// What an end says about what it holds on to, but for its name.
fn keep_ends(element: &Element, source: &Source, kept: &mut Kept) {
    let links = &element.links;
    let ends = [("startBinding", &links.start), ("endBinding", &links.end)];
    for (field, end) in ends {
        let (Some(end), Json::Object(told)) = (end, source.get(field)) else {
            continue;
        };
        let mut told = told.clone();
        told.remove("elementId");
        kept.was
            .insert(field.into(), (Json::Object(told), sum_of_end(end)));
    }
}

/// What an element says about its frame where its group says otherwise.
fn keep_frame(cast: &Cast<'_>, element: &Element, source: &Source, kept: &mut Kept) {
    let told = source
        .text("frameId")
        .filter(|name| cast.named(name).is_some());
    let mut at = element;
    let mut frame = None;
    while let (None, Some(parent)) = (frame, at.links.parent.as_ref()) {
        let Some(place) = cast.by_id.get(parent).copied() else {
            break;
        };
        let Some(holder) = cast.made.get(place) else {
            break;
        };
        let is_frame = matches!(holder.element.kind, Kind::Frame(_));
        frame = holder
            .source
            .filter(|_| is_frame)
            .map(|(source, _)| source.id());
        at = &holder.element;
    }
    if frame != told {
        let told = told.map_or(Json::Null, Json::from);
        let sum = Sum::default().text(frame.unwrap_or_default());
        kept.was.insert("frameId".into(), (told, sum.end()));
    }
}

/// What a label says that it is in, where that is not what its shape is in.
fn keep_company(cast: &Cast<'_>, source: &Source, text: &Source, label: &mut Kept) {
    let frame = |source: &Source| {
        let name = source
            .text("frameId")
            .filter(|name| cast.named(name).is_some());
        name.map_or(Json::Null, Json::from)
    };
    let groups = |source: &Source| Json::from(source.groups().collect::<Vec<_>>());
    let pairs = [
        ("frameId", frame(source), frame(text)),
        ("groupIds", groups(source), groups(text)),
    ];
    for (field, shape, own) in pairs {
        if shape != own {
            label.was.insert(field.into(), (own, Sum::of(&shape)));
        }
    }
}

/// A sum of how an end holds on.
pub(in super::super) fn sum_of_end(end: &Binding) -> u32 {
    let sum = Sum::default().number(end.u).number(end.v);
    let inside = Json::Bool(end.inside);
    let gap = end.gap.map_or(Json::Null, rounded);
    sum.json(&inside).json(&gap).end()
}
