//! How parts of an SVG look: what they say themselves, and what they have from what they are in.
//!
//! Owns the properties that are followed, and which make a part more than boards can say. Knows no shape.

use board::style::{Align, Color, Dash, Family};
use kurbo::Affine;
use roxmltree::Node;

use super::not_ours::NotOurs;
use super::numbers::{Measure, length, share, transform};
use super::sheet::{Sheet, declarations};
use super::unlike::{Setting, is_unread, judge};
use super::values::{Paint, color, family, font_size, longest, paint, reference};

/// What parts have from what they are in, unless they say otherwise.
#[derive(Debug, Clone)]
pub(super) struct Look {
    color: Color,
    fill: Paint,
    stroke: Paint,
    fill_opacity: f64,
    stroke_opacity: f64,
    /// User units.
    pub(super) width: f64,
    /// The longest piece of a dashed line, and how long all of its pattern is, user units.
    on: Option<(f64, f64)>,
    /// Whether lines end where they end.
    pub(super) flat: bool,
    /// Whether lines meet in points.
    pub(super) pointed: bool,
    pub(super) evenodd: bool,
    pub(super) font_size: f64,
    pub(super) family: Family,
    /// Whether the family is another than the one that was asked for.
    pub(super) other_family: bool,
    pub(super) weighty: bool,
    pub(super) leaning: bool,
    pub(super) align: Align,
    /// By how much letters stand below their place, font sizes.
    pub(super) drop: f64,
    pub(super) preserve: bool,
    /// How letters are set otherwise than boards do.
    pub(super) setting: Setting,
    /// Letters from top to bottom.
    pub(super) upright: bool,
    visible: bool,
    /// The ids of what is at the start and at the end of lines.
    pub(super) heads: [Option<String>; 2],
    head_between: bool,
}

impl Default for Look {
    fn default() -> Self {
        let black = Color(0xff);
        Self {
            color: black,
            fill: Paint::Color(black),
            stroke: Paint::Color(Color::NONE),
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            width: 1.0,
            on: None,
            flat: true,
            pointed: true,
            evenodd: false,
            font_size: 16.0,
            family: Family::Rounded,
            other_family: false,
            weighty: false,
            leaning: false,
            align: Align::Left,
            drop: 0.0,
            preserve: false,
            setting: Setting::default(),
            upright: false,
            visible: true,
            heads: [None, None],
            head_between: false,
        }
    }
}

/// What a part says that those in it do not have.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub(super) at: Affine,
    pub(super) opacity: f64,
    pub(super) shown: bool,
    /// Lines as wide as they say, whatever the scale.
    pub(super) fixed_width: bool,
    /// The id of what cuts it off.
    pub(super) clip: Option<String>,
    effect: bool,
    turned_about: bool,
    letters_moved: bool,
}

impl Look {
    /// What a part says, in this look of what it is in. `view` is what per cent are of.
    pub(super) fn of(
        &self,
        node: Node<'_, '_>,
        sheet: &Sheet,
        view: f64,
    ) -> Result<(Self, Own), NotOurs> {
        let mut saying = Saying {
            around: self,
            look: self.clone(),
            own: Own {
                at: Affine::IDENTITY,
                opacity: 1.0,
                shown: true,
                fixed_width: false,
                clip: None,
                effect: false,
                turned_about: false,
                letters_moved: false,
            },
            view,
        };
        for attribute in node.attributes() {
            match attribute.namespace() {
                None => saying.take(attribute.name(), attribute.value())?,
                Some(_) if attribute.name() == "space" => {
                    saying.look.preserve = attribute.value() == "preserve"
                }
                Some(_) => {}
            }
        }
        let mut important = Vec::new();
        let style = node.attribute("style").unwrap_or_default();
        for text in sheet.of(node).chain([style]) {
            for (name, value, is_important) in declarations(text) {
                judge(name)?;
                match is_important {
                    true => important.push((name, value)),
                    false => saying.take(name, value)?,
                }
            }
        }
        for (name, value) in important {
            saying.take(name, value)?;
        }
        let Saying { look, own, .. } = saying;
        if own.shown && (own.effect || own.turned_about && own.at != Affine::IDENTITY) {
            return Err(if own.effect {
                NotOurs::Effect
            } else {
                NotOurs::Skew
            });
        }
        if own.letters_moved && look.upright {
            return Err(NotOurs::Letters);
        }
        Ok((look, own))
    }

    /// The colour of an inside.
    pub(super) fn inside(&self) -> Result<Color, NotOurs> {
        self.painted(self.fill, self.fill_opacity)
    }

    /// The colour of a line.
    pub(super) fn line(&self) -> Result<Color, NotOurs> {
        match self.width > 0.0 {
            true => self.painted(self.stroke, self.stroke_opacity),
            false => Ok(Color::NONE),
        }
    }

    fn painted(&self, paint: Paint, opacity: f64) -> Result<Color, NotOurs> {
        match paint {
            _ if !self.visible || opacity == 0.0 => Ok(Color::NONE),
            Paint::Other => Err(NotOurs::Paint),
            Paint::Current => Ok(faded(self.color, opacity)),
            Paint::Color(color) => Ok(faded(color, opacity)),
        }
    }

    pub(super) fn is_visible(&self) -> bool {
        self.visible
    }

    /// How its lines are interrupted: what is no longer than it is wide is a dot.
    pub(super) fn dash(&self) -> Dash {
        match self.on {
            None => Dash::Solid,
            Some((on, _)) if on <= self.width * 1.5 => Dash::Dotted,
            Some(_) => Dash::Dashed,
        }
    }

    /// How long the pattern of a dashed line is, user units.
    pub(super) fn pattern(&self) -> Option<f64> {
        self.on.map(|(_, pattern)| pattern)
    }

    /// What is at the start and at the end of its lines, by their ids.
    pub(super) fn ends(&self) -> Result<&[Option<String>; 2], NotOurs> {
        match self.head_between {
            true => Err(NotOurs::Effect),
            false => Ok(&self.heads),
        }
    }
}

fn faded(color: Color, opacity: f64) -> Color {
    let alpha = f64::from(color.0 & 0xff) * opacity;
    Color(color.0 & !0xff | alpha.round().clamp(0.0, 255.0) as u32)
}

/// One part as what it says is taken.
struct Saying<'l> {
    around: &'l Look,
    look: Look,
    own: Own,
    view: f64,
}

impl Saying<'_> {
    /// Takes one property; what makes no sense is passed over, as everybody does.
    fn take(&mut self, name: &str, value: &str) -> Result<(), NotOurs> {
        let value = value.trim();
        if matches!(value, "inherit" | "unset") {
            return Ok(());
        }
        let (look, own) = (&mut self.look, &mut self.own);
        let measure = Measure {
            whole: self.view,
            font_size: look.font_size,
        };
        match name {
            "color" => set(&mut look.color, known(value, color)?),
            "fill" => set(&mut look.fill, known(value, paint)?),
            "stroke" => set(&mut look.stroke, known(value, paint)?),
            "fill-opacity" => set(&mut look.fill_opacity, share(value)),
            "stroke-opacity" => set(&mut look.stroke_opacity, share(value)),
            "stroke-width" => set(&mut look.width, length(value, measure)),
            "stroke-dasharray" => look.on = longest(value),
            "stroke-linecap" => look.flat = value != "round",
            "stroke-linejoin" => look.pointed = value.starts_with("miter"),
            "fill-rule" => look.evenodd = value == "evenodd",
            "visibility" => look.visible = value == "visible",
            "marker" => look.heads = [reference(value), reference(value)],
            "marker-start" => look.heads[0] = reference(value),
            "marker-end" => look.heads[1] = reference(value),
            "marker-mid" => look.head_between = reference(value).is_some(),
            "vector-effect" => own.fixed_width = value == "non-scaling-stroke",
            "opacity" => set(&mut own.opacity, share(value)),
            "display" => own.shown = value != "none",
            "clip-path" => {
                own.clip = (value != "none").then(|| reference(value).unwrap_or_default())
            }
            "filter" | "mask" => own.effect |= value != "none",
            "mix-blend-mode" => own.effect |= value != "normal",
            "transform" => own.at = transform(value).ok_or(NotOurs::Skew)?,
            "transform-origin" | "rotate" => own.turned_about = true,
            "writing-mode" => {
                look.upright = value.contains("tb") || value.contains("vertical");
                own.letters_moved = true;
            }
            _ => self.letters(name, value),
        }
        Ok(())
    }

    fn letters(&mut self, name: &str, value: &str) {
        let (around, look) = (self.around, &mut self.look);
        match name {
            "font-size" => set(&mut look.font_size, font_size(value, around.font_size)),
            "font-family" => set_family(look, value),
            "font" => {
                // The size is the first that is one; the family stands behind it.
                let mut words = value.split_ascii_whitespace();
                let size = |word: &str| {
                    let size = word.split('/').next().unwrap_or(word);
                    let is_size = !size.ends_with(|c: char| c.is_ascii_digit());
                    font_size(size, around.font_size).filter(|_| is_size)
                };
                if let Some(size) = words.by_ref().find_map(size) {
                    look.font_size = size;
                    set_family(look, &words.collect::<Vec<_>>().join(" "));
                }
                look.weighty |= value.contains("bold");
                look.leaning |= value.contains("italic");
            }
            "font-weight" => {
                let weight = value.parse::<f64>().ok();
                look.weighty = weight.map_or(value.starts_with("bold"), |weight| weight >= 600.0);
            }
            "font-style" => look.leaning = value != "normal",
            "text-decoration" | "text-decoration-line" => look.leaning |= value != "none",
            "text-anchor" => {
                look.align = match value {
                    "middle" => Align::Center,
                    "end" => Align::Right,
                    _ => Align::Left,
                }
            }
            "dominant-baseline" | "alignment-baseline" => {
                look.drop = match value {
                    "middle" | "central" | "mathematical" => 0.32,
                    "hanging" | "text-before-edge" | "before-edge" | "text-top" => 0.8,
                    "text-after-edge" | "after-edge" | "ideographic" | "text-bottom" => -0.2,
                    _ => 0.0,
                }
            }
            "white-space" => look.preserve = value.starts_with("pre"),
            _ => look.setting.take(name, value, look.font_size),
        }
    }
}

/// A colour or paint; `None` where it is none for anybody.
fn known<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, NotOurs> {
    match read(value) {
        None if is_unread(value) => Err(NotOurs::Paint),
        read => Ok(read),
    }
}

fn set<T>(at: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *at = value;
    }
}

fn set_family(look: &mut Look, value: &str) {
    (look.family, look.other_family) = family(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(attributes: &str, around: &Look) -> Result<(Look, Own), NotOurs> {
        let svg = format!("<svg {attributes}/>");
        let document = roxmltree::Document::parse(&svg).unwrap();
        around.of(document.root_element(), &Sheet::default(), 100.0)
    }

    #[test]
    fn a_part_has_what_it_says_and_else_what_is_around_it() {
        let around = looks(
            "fill='red' stroke='currentColor' color='blue' stroke-width='3'",
            &Look::default(),
        );
        let around = around.unwrap().0;
        let red = Ok(Color(0xff00_00ff));
        assert_eq!(around.inside(), red);
        for (said, fill) in [
            ("", 0xff00_00ff),
            ("fill='inherit'", 0xff00_00ff),
            ("fill='lime'", 0x00ff_00ff),
            ("fill='lime' style='fill:#00f'", 0x0000_ffff),
            ("style='fill:#00f !important;fill:lime'", 0x0000_ffff),
            (
                "style='fill:#00f;fill:color(display-p3 1 0 0)'",
                0x0000_ffff,
            ),
            ("style='fill:light-dark(rgb(0, 255, 0), #000)'", 0x00ff_00ff),
            ("style='fill:var(--own, rgb(0, 255, 0))'", 0x00ff_00ff),
            ("fill='nonsense'", 0xff00_00ff),
            ("fill='currentColor'", 0x0000_ffff),
            ("fill-opacity='50%'", 0xff00_0080),
            ("visibility='hidden'", 0),
            ("fill='none'", 0),
        ] {
            let (look, _) = looks(said, &around).unwrap();
            let is_none = look.inside().unwrap().is_none();
            assert!(
                look.inside() == Ok(Color(fill)) || (fill == 0 && is_none),
                "{said}: {:?}",
                look.inside()
            );
        }
        assert_eq!(
            looks("fill='url(#g)'", &around).unwrap().0.inside(),
            Err(NotOurs::Paint)
        );
        assert_eq!(
            looks("stroke-width='0'", &around).unwrap().0.line(),
            Ok(Color::NONE)
        );
    }

    #[test]
    fn effects_are_not_ours() {
        for (said, why) in [
            ("filter='url(#f)'", NotOurs::Effect),
            ("mask='url(#m)'", NotOurs::Effect),
            ("style='mix-blend-mode:multiply'", NotOurs::Effect),
            ("transform='spin(2)'", NotOurs::Skew),
            (
                "transform='rotate(20)' transform-origin='5 5'",
                NotOurs::Skew,
            ),
            ("writing-mode='tb'", NotOurs::Letters),
        ] {
            assert_eq!(
                looks(said, &Look::default()).map(|_| ()),
                Err(why),
                "{said}"
            );
        }
        for fine in [
            "filter='none'",
            "style='mix-blend-mode:normal'",
            "display='none' filter='url(#f)'",
        ] {
            assert!(looks(fine, &Look::default()).is_ok(), "{fine}");
        }
    }

    #[test]
    fn letters_are_the_nearest_of_ours() {
        for (said, is) in [
            (
                "font-family='Drawbridge Hand, cursive'",
                (Family::Hand, false),
            ),
            ("font-family='sans-serif'", (Family::Rounded, false)),
            ("font-family='Arial, sans-serif'", (Family::Rounded, true)),
            (
                "font-family='&quot;Times New Roman&quot;'",
                (Family::Serif, true),
            ),
            ("font-family='PT Sans Serif'", (Family::Rounded, true)),
            (
                "style='font:bold 12px/1.2 Courier New, monospace'",
                (Family::Mono, true),
            ),
            (
                "font-family='Excalifont, Segoe UI Emoji'",
                (Family::Hand, true),
            ),
        ] {
            let (look, _) = looks(said, &Look::default()).unwrap();
            assert_eq!((look.family, look.other_family), is, "{said}");
        }
        let (look, _) = looks("style='font:italic 700 1.5em Georgia'", &Look::default()).unwrap();
        assert_eq!((look.font_size, look.leaning), (24.0, true));
        let (look, _) = looks("font-size='large' font-weight='600'", &Look::default()).unwrap();
        assert_eq!((look.font_size, look.weighty), (18.0, true));
    }

    #[test]
    fn dashes_are_the_nearest_of_ours() {
        for (said, is) in [
            ("none", Dash::Solid),
            ("0", Dash::Solid),
            ("4 0", Dash::Solid),
            ("5", Dash::Dashed),
            ("5,5", Dash::Dashed),
            ("1 3", Dash::Dotted),
            ("0 4", Dash::Dotted),
        ] {
            let (look, _) = looks(&format!("stroke-dasharray='{said}'"), &Look::default()).unwrap();
            assert_eq!(look.dash(), is, "{said}");
        }
    }
}
