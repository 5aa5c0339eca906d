//! What an end of a line or arrow holds on to.
//!
//! Owns the value as the document has it. Where the end is because of it is derived elsewhere.

use crate::fields::Value;
use crate::id::ElementId;

/// The widest gap between an end and an outline, board units.
const MAX_GAP: f64 = 1e4;

/// One end's hold: `[target, u, v, inside, gap]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The element that it holds on to.
    pub target: ElementId,
    /// The point that is meant, a share of the target's upright width; of a line, of its length.
    pub u: f64,
    /// The same of its height; of a line nothing.
    pub v: f64,
    /// Whether the end is at that very point, and not at the outline on the way there.
    pub inside: bool,
    /// How far from the outline it stops, board units; none: as wide as usual.
    pub gap: Option<f64>,
}

impl Binding {
    /// Reads a value; `None` when it names no element.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let Value::List(items) = value else {
            return None;
        };
        let at = |place: usize| items.get(place).unwrap_or(&Value::Null);
        let share = |place| at(place).number().unwrap_or(0.5).clamp(0.0, 1.0);
        Some(Self {
            target: ElementId::parse(at(0).as_text()?).ok()?,
            u: share(1),
            v: share(2),
            inside: matches!(at(3), Value::Bool(true)),
            gap: at(4).number().map(|gap| gap.clamp(0.0, MAX_GAP)),
        })
    }

    /// The value, trailing defaults left out.
    pub fn write(&self) -> Value {
        let mut items = vec![
            Value::text(self.target.as_str()),
            Value::Number(self.u),
            Value::Number(self.v),
        ];
        if self.inside || self.gap.is_some() {
            items.push(Value::Bool(self.inside));
        }
        items.extend(self.gap.map(Value::Number));
        Value::List(items.into())
    }
}
