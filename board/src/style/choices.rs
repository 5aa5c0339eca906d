//! Style values that are one of a few names.
//!
//! Owns the names in the document. What each looks like is its painters'; knows no kind.

use crate::fields::Value;

/// A type of which the document has names.
pub(super) trait Named: Copy + 'static {
    /// All of them and their names.
    const NAMES: &'static [(Self, &'static str)];

    fn named(value: &Value) -> Option<Self> {
        let name = value.as_text()?;
        let row = Self::NAMES.iter().find(|(_, own)| *own == name)?;
        Some(row.0)
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident $key:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: [Self; [$(Self::$variant),*].len()] = [$(Self::$variant),*];

            /// Its name in the document.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }

        impl Named for $name {
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$variant, $key)),*];
        }
    )*};
}

choices! {
    /// The outline of a closed shape.
    Contour {
        /// Four corners.
        Rectangle "rectangle",
        /// The ellipse that fills its box.
        Ellipse "ellipse",
        /// A square on its corner.
        Diamond "diamond",
        /// Apex up.
        Triangle "triangle",
        /// Corners left and right.
        Hexagon "hexagon",
        /// Five points.
        Star "star",
        /// Bumps all around.
        Cloud "cloud",
        /// A speech bubble.
        Bubble "bubble",
        /// A database.
        Cylinder "cylinder",
        /// Leaning to the right.
        Parallelogram "parallelogram",
    }

    /// How a line is interrupted.
    Dash {
        /// Not at all.
        Solid "solid",
        /// By gaps.
        Dashed "dashed",
        /// So that it is dots.
        Dotted "dotted",
    }

    /// How a closed shape is filled.
    FillStyle {
        /// Everywhere.
        Solid "solid",
        /// By lines.
        Hatched "hatched",
        /// By lines in two directions.
        Crossed "crossed",
        /// By one line to and fro.
        Zigzag "zigzag",
    }

    /// A family of fonts.
    Family {
        /// The board's own.
        Rounded "rounded",
        /// As if written by hand.
        Hand "hand",
        /// With serifs.
        Serif "serif",
        /// Every letter as wide as every other.
        Mono "mono",
    }

    /// Where lines of text stand from left to right.
    Align {
        /// At the left edge.
        Left "left",
        /// In the middle.
        Center "center",
        /// At the right edge.
        Right "right",
    }

    /// Where a text stands from top to bottom.
    VerticalAlign {
        /// At the top.
        Top "top",
        /// In the middle.
        Middle "middle",
        /// At the bottom.
        Bottom "bottom",
    }

    /// The way of a line or arrow through its points.
    Route {
        /// Straight from point to point.
        Straight "straight",
        /// Curved through the points.
        Curved "curved",
        /// At right angles.
        Elbow "elbow",
    }

    /// What an end of a line or arrow looks like.
    Head {
        /// Nothing.
        None "none",
        /// Two barbs.
        Arrow "arrow",
        /// A filled triangle.
        Triangle "triangle",
        /// The outline of a triangle.
        TriangleOutline "triangleOutline",
        /// A filled circle.
        Circle "circle",
        /// The outline of a circle.
        CircleOutline "circleOutline",
        /// A filled diamond.
        Diamond "diamond",
        /// The outline of a diamond.
        DiamondOutline "diamondOutline",
        /// A line across.
        Bar "bar",
        /// Crow's foot: one.
        One "one",
        /// Crow's foot: many.
        Many "many",
        /// Crow's foot: one or many.
        OneOrMany "oneOrMany",
        /// Crow's foot: exactly one.
        ExactlyOne "exactlyOne",
        /// Crow's foot: none or one.
        ZeroOrOne "zeroOrOne",
        /// Crow's foot: none or many.
        ZeroOrMany "zeroOrMany",
    }
}
