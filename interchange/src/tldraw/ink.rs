//! Strokes of pens and highlighters.
//!
//! Owns the arithmetic between both pens: a stroke is as wide here as there, at every pressure. Knows not how
//! points are stored.

use std::f64::consts::FRAC_PI_2;

use board::element::line::Line;
use board::element::{Element, Kind};
use board::fields::Value;
use board::ink::InkPoint;
use board::style::{Color, Style, StyleField};
use kurbo::Point;

use super::looks::{self, paint, size};
use super::make::{element, finish};
use super::shape::Shape;
use super::tree::Seat;
use crate::excalidraw::fields::simulated;
use crate::loss::{Loss, Losses};
use crate::pen;

/// Ink at middle pressure is so many times as wide as its style says, and so much of that follows pressure.
const WEIGHT: f64 = 1.5;
const THINNING: f64 = 0.6;
/// The pen there for one stroke width of Excalidraw, which simulates pressure as tldraw does.
const OF_EXCALIDRAW: f64 = 4.25;
/// A highlighter there, text sizes.
const HIGHLIGHTER: f64 = 1.12;

pub(super) fn draw(shape: &Shape, seat: &Seat, losses: &mut Losses) -> Option<Element> {
    let mut style = finish(shape);
    let filled = shape.truth("isClosed") && !style.fill.is_none();
    let dashed = matches!(shape.text("dash"), "dashed" | "dotted" | "none");
    if (filled || dashed) && shape.stroke.len() > 2 {
        losses.count(Loss::FilledInk);
        let points = shape.stroke.iter().map(|point| seat.on_page(point.at()));
        let mut points: Vec<Point> = points.collect();
        if filled {
            style.set(StyleField::Closed, &Value::Bool(true));
            // It is drawn back to where it began, or nearly.
            points.dedup();
        } else {
            style.fill = Color::NONE;
        }
        style.set(StyleField::Rough, &Value::Number(0.0));
        let (geometry, line) = Line::through(&points)?;
        return Some(element(geometry, style, Kind::Line(line)));
    }
    let (width, pressures) = pressed(shape);
    let points = shape.stroke.iter().zip(pressures);
    let points = points.map(|(point, pressure)| {
        let at = seat.on_page(point.at());
        InkPoint {
            x: at.x,
            y: at.y,
            pressure,
        }
    });
    let (geometry, ink) = pen::ink(&points.collect::<Vec<_>>())?;
    let mut look = Style {
        stroke: style.stroke,
        ..Style::default()
    };
    look.set(StyleField::Width, &Value::Number(width));
    Some(element(geometry, look, Kind::Ink(ink)))
}

/// How wide a stroke is by its style, and what presses at each of its points: so that it is as wide as there.
fn pressed(shape: &Shape) -> (f64, Vec<f64>) {
    let size = (size(looks::STROKES, shape.text("size")) + 1.0) * shape.scale();
    let count = shape.stroke.len();
    if looks::dash(shape.text("dash")).is_none_or(|(_, rough)| rough == 0) {
        return (size / WEIGHT, vec![0.5; count]);
    }
    type Eased = fn(f64) -> f64;
    let sine: Eased = |share| (share * FRAC_PI_2).sin();
    let pen: Eased = |share| share * 0.65 + (share * FRAC_PI_2).sin() * 0.35;
    let (size, thinning, eased, pressures) = match shape.truth("isPen") {
        true => {
            let told = shape.stroke.iter().map(|point| point.pressure);
            (1.0 + size * 1.2, 0.62, pen, told.collect())
        }
        false => {
            let points: Vec<Point> = shape.stroke.iter().map(InkPoint::at).collect();
            (size, 0.5, sine, simulated(&points, size / OF_EXCALIDRAW))
        }
    };
    let wide = |pressure: f64| 2.0 * size * eased(0.5 - thinning * (0.5 - pressure));
    let middle = wide(0.5);
    let here = |pressure: f64| ((wide(pressure) / middle - 1.0) / THINNING + 1.0) / 2.0;
    let pressures: Vec<f64> = pressures;
    let pressures = pressures.into_iter().map(|one| here(one).clamp(0.0, 1.0));
    (middle / WEIGHT, pressures.collect())
}

pub(super) fn highlight(shape: &Shape, seat: &Seat) -> Option<Element> {
    let points = shape.stroke.iter().map(|point| {
        let at = seat.on_page(point.at());
        InkPoint {
            x: at.x,
            y: at.y,
            pressure: 0.5,
        }
    });
    let (geometry, ink) = pen::ink(&points.collect::<Vec<_>>())?;
    let width = (size(looks::TEXTS, shape.text("size")) * HIGHLIGHTER + 1.0) * shape.scale();
    let mut style = Style {
        fill: paint(shape.text("color")).highlight,
        ..Style::default()
    };
    style.set(StyleField::Width, &Value::Number(width));
    Some(element(geometry, style, Kind::Ink(ink.highlighting())))
}
