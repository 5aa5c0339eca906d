//! A scene in an SVG: base64 between comments of its metadata.
//!
//! Owns where that stands. Nothing of the picture itself is read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{MEDIA, pack, unpack};
use crate::bounds::MAX_TEXT_FILE;
use crate::refusal::Refused;

const START: &str = "<!-- payload-start -->";
const END: &str = "<!-- payload-end -->";
const VERSION: &str = "<!-- payload-version:";

/// The text of the scene in an SVG.
///
/// # Errors
/// When there is none, or it is damaged.
pub fn in_svg(svg: &[u8]) -> Result<Vec<u8>, Refused> {
    Refused::unless_at_most(svg.len(), MAX_TEXT_FILE)?;
    let svg = str::from_utf8(svg).map_err(|_| Refused::NoScene)?;
    let (head, rest) = svg.split_once(START).ok_or(Refused::NoScene)?;
    let (payload, _) = rest.split_once(END).ok_or(Refused::NoScene)?;
    if !head.contains(&format!("payload-type:{MEDIA}")) {
        return Err(Refused::NoScene);
    }
    let bytes = STANDARD.decode(payload.trim());
    let bytes = bytes.map_err(|_| Refused::Broken("scene in the picture"))?;
    let version = head.split_once(VERSION).map(|(_, rest)| rest.trim_start());
    // The first version had UTF-8 where there are bytes now.
    let text = match version.is_some_and(|version| version.starts_with('1')) {
        true => String::from_utf8(bytes).map_err(|_| Refused::Broken("scene in the picture"))?,
        false => bytes.into_iter().map(char::from).collect(),
    };
    unpack(&text)
}

/// An SVG with a scene in it, in place of the one that was there.
///
/// # Errors
/// When the picture is none.
pub fn into_svg(svg: &str, scene: &str) -> Result<String, Refused> {
    let bare = without(svg);
    let open = bare.find("<svg").ok_or(Refused::Foreign("SVG"))?;
    let close = bare
        .get(open..)
        .and_then(|rest| rest.find('>'))
        .ok_or(Refused::Foreign("SVG"))?;
    let (head, rest) = bare
        .split_at_checked(open + close + 1)
        .ok_or(Refused::Foreign("SVG"))?;
    let packed = STANDARD.encode(pack(scene));
    Ok(format!(
        "{head}<!-- svg-source:excalidraw --><metadata><!-- payload-type:{MEDIA} -->\
         {VERSION}2 -->{START}{packed}{END}</metadata>{rest}"
    ))
}

/// The same without the scene in it.
fn without(svg: &str) -> String {
    let stands = svg.find(START).zip(svg.find(END));
    let parts =
        stands.and_then(|(start, end)| Some((svg.get(..start)?, svg.get(end + END.len()..)?)));
    let Some((head, rest)) = parts else {
        return svg.to_owned();
    };
    // The metadata around it says nothing else.
    let head = head
        .rfind("<metadata>")
        .and_then(|at| head.get(..at))
        .unwrap_or(head);
    let rest = rest
        .split_once("</metadata>")
        .map_or(rest, |(_, rest)| rest);
    head.replace("<!-- svg-source:excalidraw -->", "") + rest
}
