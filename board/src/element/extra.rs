//! What an importer keeps beside an element.
//!
//! Owns where that stands: behind the positions that the page knows, which it keeps and copies without
//! looking, so that it costs the page nothing. Knows not what is in it.

use std::sync::Arc;

use super::Element;
use crate::fields::Value;

impl Element {
    /// What an importer keeps beside it: an object, else null.
    pub fn extra(&self) -> &Value {
        let rest = self
            .seldom
            .as_ref()
            .and_then(|seldom| seldom.rest.as_deref());
        match rest.and_then(|rest| rest.first()) {
            Some(extra @ Value::Map(_)) => extra,
            _ => &Value::Null,
        }
    }

    /// Keeps an object beside it, or with null nothing; only before its birth.
    pub fn keep(&mut self, extra: Value) {
        self.set_seldom(|seldom| {
            let mut rest = seldom
                .rest
                .take()
                .map_or_else(Vec::new, |rest| rest.to_vec());
            match rest.first_mut() {
                Some(first) => *first = extra,
                None => rest.push(extra),
            }
            let says = rest.iter().any(|value| *value != Value::Null);
            seldom.rest = says.then(|| Arc::new(rest));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::Kind;
    use crate::fields::Slot;
    use crate::geometry::Geometry;
    use crate::id::ElementId;
    use crate::order::OrderKey;
    use crate::style::Style;

    #[test]
    fn what_is_kept_comes_back_from_a_birth_at_the_position_of_the_format() {
        let (id, order) = (ElementId::from_random(1), OrderKey::default());
        let (place, style) = (Geometry::default(), Style::default());
        let mut element = Element::new(id, order, "".into(), place, style, Kind::RECTANGLE);
        assert_eq!(element.extra(), &Value::Null);
        let extra = Value::Map([("app".into(), Value::Bool(true))].into());
        element.keep(extra.clone());
        assert_eq!(element.birth().slots().get(40), Some(&extra));
        assert_eq!(Slot::COUNT, 40, "the page knows no such position");
        let read = Element::read(element.id.clone(), &element.birth());
        assert_eq!((read.extra(), &read), (&extra, &element));
        element.keep(Value::Null);
        assert!(element.birth().slots().len() <= Slot::COUNT);
    }
}
