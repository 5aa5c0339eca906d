//! Pictures: those within an SVG, and an SVG that stays one.
//!
//! Owns which may be there, and how they stand in their boxes. Knows no shape.

use board::element::image::Image;
use board::element::{Element, Kind};
use board::fields::Value;
use board::links::LinkField;
use board::picture::Media;
use board::style::Style;
use kurbo::{Affine, Size};
use roxmltree::Node;

use super::make::{element, is_near, placed};
use super::not_ours::NotOurs;
use super::numbers::fit;
use super::shapes::Reading;
use crate::bundle::BundledFile;
use crate::data_url;

/// A picture's file in its box.
pub(super) fn shown(
    file: &BundledFile,
    geometry: board::geometry::Geometry,
    opacity: f64,
) -> Element {
    let style = Style {
        opacity,
        ..Style::default()
    };
    let mut image = element(geometry, style, Kind::Image(Image));
    let hash = Value::text(&file.hash.to_string());
    image.links.set(LinkField::File, &hash);
    image
}

/// The picture of an `image`; `None` where it leads elsewhere, which nobody fetches.
pub(super) fn image(
    reading: Reading<'_>,
    at: Affine,
    opacity: f64,
) -> Result<Option<(Element, BundledFile)>, NotOurs> {
    let Some(address) =
        href(reading.node).filter(|address| address.trim_start().starts_with("data:"))
    else {
        return Ok(None);
    };
    let file = data_url::picture(address.trim()).map_err(|_| NotOurs::Picture)?;
    if file.picture.media == Media::Svg {
        return Err(NotOurs::Picture);
    }
    let pixels = Size::new(file.picture.width.into(), file.picture.height.into());
    let into = reading.boxed(pixels);
    let how = reading
        .node
        .attribute("preserveAspectRatio")
        .unwrap_or_default();
    let put = fit(pixels.to_rect(), into, how).ok_or(NotOurs::Clip)?;
    let stands = put.transform_rect_bbox(pixels.to_rect());
    let (mut geometry, _) = placed(stands, at).ok_or(NotOurs::Skew)?;
    if !is_near(geometry.bounds()) {
        return Err(NotOurs::Far);
    }
    if at.determinant() < 0.0 {
        geometry.h = -geometry.h;
    }
    Ok(Some((shown(&file, geometry, opacity), file)))
}

/// What a node leads to, in either of the two ways to say it.
pub(super) fn href<'n>(node: Node<'n, 'n>) -> Option<&'n str> {
    let xlink = || node.attribute(("http://www.w3.org/1999/xlink", "href"));
    node.attribute("href").or_else(xlink)
}
