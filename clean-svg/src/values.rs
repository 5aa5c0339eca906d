//! What attributes and style sheets may say.
//!
//! Owns references: to what is in the same picture, and to pixels that are in it. Knows no element.

/// Pictures within a picture, as they may begin.
const PIXELS: [&str; 5] = [
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/jpg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];
/// A font within a picture, as it begins.
const FONT: &str = "data:font/woff2;base64,";
/// Widest blur, in units of the picture: the time that it takes grows with it.
const MAX_BLUR: f64 = 250.0;
/// Most octaves of noise, which take a pass each.
const MAX_OCTAVES: f64 = 8.0;
/// Largest filter region, shares of what is filtered, or units of the picture.
const MAX_REGION: f64 = 20_000.0;

/// Whether an attribute of an element may say so.
pub(crate) fn may_say(element: &str, name: &str, value: &str) -> bool {
    match name {
        "stdDeviation" | "radius" => numbers(value).all(|number| number.abs() <= MAX_BLUR),
        "numOctaves" => numbers(value).all(|number| number <= MAX_OCTAVES),
        "x" | "y" | "width" | "height" if element == "filter" => {
            numbers(value).all(|number| number.abs() <= MAX_REGION)
        }
        _ => is_local(value),
    }
}

fn numbers(value: &str) -> impl Iterator<Item = f64> {
    let parts = value.split([' ', ',', '\t', '\n', '\r']);
    let parts =
        parts.map(|part| part.trim_end_matches(|c: char| c == '%' || c.is_ascii_alphabetic()));
    let parts = parts.filter(|part| !part.is_empty());
    // What is no number is too large.
    parts.map(|part| {
        part.parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .unwrap_or(f64::INFINITY)
    })
}

/// Whether a style sheet may stay: it names nothing but what is in the picture, or has fonts in itself, as
/// pictures of boards have.
pub(crate) fn may_style(css: &str) -> bool {
    let mut rest = String::with_capacity(css.len());
    let mut blocks = css.split("@font-face");
    rest.push_str(blocks.next().unwrap_or_default());
    for block in blocks {
        let Some((face, after)) = block.split_once('}') else {
            return false;
        };
        let Some(face) = without_fonts(face) else {
            return false;
        };
        rest.push_str(&face);
        rest.push('}');
        rest.push_str(after);
    }
    is_local(&rest)
}

/// What is left of a rule without the bytes of its fonts; none where those are no such bytes.
fn without_fonts(face: &str) -> Option<String> {
    let mut parts = face.split("url(");
    let mut rest = parts.next()?.to_owned();
    for part in parts {
        let (font, after) = part.strip_prefix(FONT)?.split_once(')')?;
        let digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        if !font.bytes().all(digit) {
            return None;
        }
        rest.push_str(after);
    }
    Some(rest)
}

/// Whether a style sheet, or a value, names nothing but what is in the picture: a backslash could hide what
/// it names, and a comment too.
pub(crate) fn is_local(css: &str) -> bool {
    let small = css.to_ascii_lowercase();
    let hidden = small.contains(['\\', '@']) || small.contains("/*");
    let runs = [
        "expression",
        "javascript:",
        "-moz-binding",
        "behavior",
        "image(",
        "image-set(",
        "src(",
    ];
    if hidden || runs.iter().any(|word| small.contains(word)) {
        return false;
    }
    small.match_indices("url(").all(|(at, word)| {
        let rest = small.get(at + word.len()..).unwrap_or_default();
        rest.trim_start()
            .trim_start_matches(['"', '\''])
            .starts_with('#')
    })
}

/// The names in the picture that a value, or a rule of style, shows by `url(`.
pub(crate) fn named(value: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    value.split('(').filter_map(move |part| {
        let function = before.as_bytes().last_chunk::<3>();
        before = part;
        let inside = part.split(')').next()?.trim();
        let url = function.is_some_and(|name| name.eq_ignore_ascii_case(b"url"));
        url.then(|| local(inside.trim_matches(['"', '\''])))
            .flatten()
    })
}

/// The name in the same picture that a reference means.
pub(crate) fn local(reference: &str) -> Option<&str> {
    reference
        .trim()
        .strip_prefix('#')
        .filter(|name| !name.is_empty())
}

/// Whether a reference is pixels.
pub(crate) fn is_pixels(reference: &str) -> bool {
    let (head, body) = reference.split_at(reference.find(',').map_or(0, |at| at + 1));
    let digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/= \n\r\t".contains(&byte);
    PIXELS.contains(&head.trim_start().to_ascii_lowercase().as_str()) && body.bytes().all(digit)
}
