//! What may be in a picture.
//!
//! Owns the names, sorted, so that they are found by halves.

/// Elements that stay, in the namespace of SVG.
#[rustfmt::skip]
const ELEMENTS: [&str; 50] = [
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge",
    "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile",
    "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask", "path", "pattern",
    "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "symbol", "text", "textPath",
    "tspan", "use",
];

/// Elements of which what is in them stays, as a group.
const GROUPS: [&str; 2] = ["a", "switch"];

/// Attributes that stay; what they say is looked at too.
#[rustfmt::skip]
const ATTRIBUTES: [&str; 155] = [
    "alignment-baseline", "amplitude", "azimuth", "baseFrequency", "baseline-shift", "bias", "class", "clip",
    "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters",
    "cx", "cy", "d", "diffuseConstant", "direction", "display", "divisor", "dominant-baseline", "dx", "dy",
    "edgeMode", "elevation", "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits",
    "flood-color", "flood-opacity", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-stretch", "font-style", "font-variant", "font-weight", "fr", "fx", "fy", "gradientTransform",
    "gradientUnits", "height", "id", "image-rendering", "in", "in2", "intercept", "isolation", "k1", "k2",
    "k3", "k4", "kernelMatrix", "lengthAdjust", "letter-spacing", "lighting-color", "limitingConeAngle",
    "marker-end", "marker-mid", "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask",
    "mask-type", "maskContentUnits", "maskUnits", "method", "mix-blend-mode", "mode", "numOctaves", "offset",
    "opacity", "operator", "order", "orient", "overflow", "paint-order", "pathLength", "patternContentUnits",
    "patternTransform", "patternUnits", "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha",
    "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "result", "rotate", "rx", "ry",
    "scale", "seed", "shape-rendering", "side", "slope", "spacing", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "style", "surfaceScale", "tableValues", "targetX", "targetY",
    "text-anchor", "text-decoration", "text-rendering", "textLength", "transform", "transform-origin", "type",
    "unicode-bidi", "values", "vector-effect", "version", "viewBox", "visibility", "width", "word-spacing",
    "writing-mode", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z",
];

/// Whether an element stays.
pub(crate) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// Whether what is in an element stays without it.
pub(crate) fn is_group(name: &str) -> bool {
    GROUPS.contains(&name)
}

/// Whether an attribute stays, if what it says may.
pub(crate) fn is_attribute(name: &str) -> bool {
    ATTRIBUTES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_name_nothing_that_runs() {
        assert!(ELEMENTS.is_sorted() && ATTRIBUTES.is_sorted());
        assert!(
            !ATTRIBUTES
                .iter()
                .any(|name| name.starts_with("on") || name.contains("href"))
        );
        for bad in [
            "script",
            "foreignObject",
            "animate",
            "set",
            "feImage",
            "iframe",
            "handler",
        ] {
            assert!(!is_element(bad) && !is_group(bad), "{bad}");
        }
    }
}
