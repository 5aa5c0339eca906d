//! Colours as CSS writes them.
//!
//! Owns its names and its functions for what has no hexadecimal form in other programs' files. What is
//! none of them is `None`.

use board::style::Color;

/// Reads a colour: hexadecimal, a name, `rgb()` or `hsl()` in both of their forms.
pub(crate) fn color(text: &str) -> Option<Color> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(color) = Color::parse(&text) {
        return Some(color);
    }
    if let Some(hex) = text.strip_prefix('#') {
        // Four digits are three and a transparency.
        let wide: String = hex.chars().flat_map(|digit| [digit, digit]).collect();
        return (hex.len() == 4).then(|| Color::parse(&format!("#{wide}")))?;
    }
    match text.split_once('(') {
        None => named(&text),
        Some((function, rest)) => {
            let parts = rest.strip_suffix(')')?;
            let parts = parts.split([',', '/', ' ']).map(str::trim);
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let [a, b, c, alpha @ ..] = parts.as_slice() else {
                return None;
            };
            let alpha = alpha.first().map_or(Some(1.0), |alpha| share(alpha, 1.0))?;
            let rgb = match function {
                "rgb" | "rgba" => [share(a, 255.0)?, share(b, 255.0)?, share(c, 255.0)?],
                "hsl" | "hsla" => from_hue(degrees(a)?, share(b, 100.0)?, share(c, 100.0)?),
                _ => return None,
            };
            let [r, g, b] = rgb;
            let parts = [r, g, b, alpha].map(|part| (part * 255.0).round() as u32);
            Some(Color(
                parts.into_iter().fold(0, |all, part| all << 8 | part),
            ))
        }
    }
}

/// A number as a share of `whole`, or percent.
fn share(text: &str, whole: f64) -> Option<f64> {
    let (text, whole) = text
        .strip_suffix('%')
        .map_or((text, whole), |text| (text, 100.0));
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| (number / whole).clamp(0.0, 1.0))
}

fn degrees(text: &str) -> Option<f64> {
    let number: f64 = text.strip_suffix("deg").unwrap_or(text).parse().ok()?;
    number.is_finite().then(|| number.rem_euclid(360.0))
}

fn from_hue(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|at| {
        let k = (at + hue / 30.0) % 12.0;
        lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

fn named(name: &str) -> Option<Color> {
    let at = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    NAMES.get(at).map(|(_, rgb)| Color(rgb << 8 | 0xff))
}

#[rustfmt::skip]
const NAMES: [(&str, u32); 148] = [
    ("aliceblue", 0xf0f8ff),
    ("antiquewhite", 0xfaebd7),
    ("aqua", 0x00ffff),
    ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff),
    ("beige", 0xf5f5dc),
    ("bisque", 0xffe4c4),
    ("black", 0x000000),
    ("blanchedalmond", 0xffebcd),
    ("blue", 0x0000ff),
    ("blueviolet", 0x8a2be2),
    ("brown", 0xa52a2a),
    ("burlywood", 0xdeb887),
    ("cadetblue", 0x5f9ea0),
    ("chartreuse", 0x7fff00),
    ("chocolate", 0xd2691e),
    ("coral", 0xff7f50),
    ("cornflowerblue", 0x6495ed),
    ("cornsilk", 0xfff8dc),
    ("crimson", 0xdc143c),
    ("cyan", 0x00ffff),
    ("darkblue", 0x00008b),
    ("darkcyan", 0x008b8b),
    ("darkgoldenrod", 0xb8860b),
    ("darkgray", 0xa9a9a9),
    ("darkgreen", 0x006400),
    ("darkgrey", 0xa9a9a9),
    ("darkkhaki", 0xbdb76b),
    ("darkmagenta", 0x8b008b),
    ("darkolivegreen", 0x556b2f),
    ("darkorange", 0xff8c00),
    ("darkorchid", 0x9932cc),
    ("darkred", 0x8b0000),
    ("darksalmon", 0xe9967a),
    ("darkseagreen", 0x8fbc8f),
    ("darkslateblue", 0x483d8b),
    ("darkslategray", 0x2f4f4f),
    ("darkslategrey", 0x2f4f4f),
    ("darkturquoise", 0x00ced1),
    ("darkviolet", 0x9400d3),
    ("deeppink", 0xff1493),
    ("deepskyblue", 0x00bfff),
    ("dimgray", 0x696969),
    ("dimgrey", 0x696969),
    ("dodgerblue", 0x1e90ff),
    ("firebrick", 0xb22222),
    ("floralwhite", 0xfffaf0),
    ("forestgreen", 0x228b22),
    ("fuchsia", 0xff00ff),
    ("gainsboro", 0xdcdcdc),
    ("ghostwhite", 0xf8f8ff),
    ("gold", 0xffd700),
    ("goldenrod", 0xdaa520),
    ("gray", 0x808080),
    ("green", 0x008000),
    ("greenyellow", 0xadff2f),
    ("grey", 0x808080),
    ("honeydew", 0xf0fff0),
    ("hotpink", 0xff69b4),
    ("indianred", 0xcd5c5c),
    ("indigo", 0x4b0082),
    ("ivory", 0xfffff0),
    ("khaki", 0xf0e68c),
    ("lavender", 0xe6e6fa),
    ("lavenderblush", 0xfff0f5),
    ("lawngreen", 0x7cfc00),
    ("lemonchiffon", 0xfffacd),
    ("lightblue", 0xadd8e6),
    ("lightcoral", 0xf08080),
    ("lightcyan", 0xe0ffff),
    ("lightgoldenrodyellow", 0xfafad2),
    ("lightgray", 0xd3d3d3),
    ("lightgreen", 0x90ee90),
    ("lightgrey", 0xd3d3d3),
    ("lightpink", 0xffb6c1),
    ("lightsalmon", 0xffa07a),
    ("lightseagreen", 0x20b2aa),
    ("lightskyblue", 0x87cefa),
    ("lightslategray", 0x778899),
    ("lightslategrey", 0x778899),
    ("lightsteelblue", 0xb0c4de),
    ("lightyellow", 0xffffe0),
    ("lime", 0x00ff00),
    ("limegreen", 0x32cd32),
    ("linen", 0xfaf0e6),
    ("magenta", 0xff00ff),
    ("maroon", 0x800000),
    ("mediumaquamarine", 0x66cdaa),
    ("mediumblue", 0x0000cd),
    ("mediumorchid", 0xba55d3),
    ("mediumpurple", 0x9370db),
    ("mediumseagreen", 0x3cb371),
    ("mediumslateblue", 0x7b68ee),
    ("mediumspringgreen", 0x00fa9a),
    ("mediumturquoise", 0x48d1cc),
    ("mediumvioletred", 0xc71585),
    ("midnightblue", 0x191970),
    ("mintcream", 0xf5fffa),
    ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5),
    ("navajowhite", 0xffdead),
    ("navy", 0x000080),
    ("oldlace", 0xfdf5e6),
    ("olive", 0x808000),
    ("olivedrab", 0x6b8e23),
    ("orange", 0xffa500),
    ("orangered", 0xff4500),
    ("orchid", 0xda70d6),
    ("palegoldenrod", 0xeee8aa),
    ("palegreen", 0x98fb98),
    ("paleturquoise", 0xafeeee),
    ("palevioletred", 0xdb7093),
    ("papayawhip", 0xffefd5),
    ("peachpuff", 0xffdab9),
    ("peru", 0xcd853f),
    ("pink", 0xffc0cb),
    ("plum", 0xdda0dd),
    ("powderblue", 0xb0e0e6),
    ("purple", 0x800080),
    ("rebeccapurple", 0x663399),
    ("red", 0xff0000),
    ("rosybrown", 0xbc8f8f),
    ("royalblue", 0x4169e1),
    ("saddlebrown", 0x8b4513),
    ("salmon", 0xfa8072),
    ("sandybrown", 0xf4a460),
    ("seagreen", 0x2e8b57),
    ("seashell", 0xfff5ee),
    ("sienna", 0xa0522d),
    ("silver", 0xc0c0c0),
    ("skyblue", 0x87ceeb),
    ("slateblue", 0x6a5acd),
    ("slategray", 0x708090),
    ("slategrey", 0x708090),
    ("snow", 0xfffafa),
    ("springgreen", 0x00ff7f),
    ("steelblue", 0x4682b4),
    ("tan", 0xd2b48c),
    ("teal", 0x008080),
    ("thistle", 0xd8bfd8),
    ("tomato", 0xff6347),
    ("turquoise", 0x40e0d0),
    ("violet", 0xee82ee),
    ("wheat", 0xf5deb3),
    ("white", 0xffffff),
    ("whitesmoke", 0xf5f5f5),
    ("yellow", 0xffff00),
    ("yellowgreen", 0x9acd32),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_colour_is_read() {
        let red = Some(Color(0xff00_00ff));
        for text in [
            "red",
            "#f00",
            "#FF0000",
            "#f00f",
            "rgb(255, 0, 0)",
            "rgb(100% 0% 0%)",
            "rgba(255,0,0,1)",
            "rgb(255 0 0 / 100%)",
            "hsl(0, 100%, 50%)",
            "HSL(360deg 100% 50%)",
        ] {
            assert_eq!(color(text), red, "{text}");
        }
        assert_eq!(color("rgba(0, 0, 255, 0.5)"), Some(Color(0x0000_ff80)));
        assert_eq!(color(" transparent "), Some(Color::NONE));
        assert_eq!(color("hsl(120 100% 25%)"), color("green"));
        for text in [
            "",
            "nothing",
            "#ff",
            "rgb(1,2)",
            "rgb(NaN,0,0)",
            "url(#a)",
            "#gggg",
        ] {
            assert_eq!(color(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted());
    }
}
