//! Keys that are two places of the document and one decision: where an element is, and the points or
//! the crop that belong to that place.
//!
//! Owns which places those are. Both are written together, also where one is equal, so that of two
//! people's the same one wins in both. Knows no tool.

use yrs::{Map as _, TransactionMut};

use super::{Document, birth, override_field};
use crate::fields::Value;
use crate::id::ElementId;
use crate::schema::{self, Column, Key};
use crate::style::StyleField;

/// Whose such a key is, and what it is beside the geometry: a column and the key there.
fn beside(key: &Key) -> Option<(&ElementId, Column, String)> {
    match key {
        Key::Path(id) => Some((id, Column::Points, id.to_string())),
        Key::Crop(id) => {
            let crop = Key::Style(id.clone(), StyleField::Crop);
            Some((id, Column::Style, crop.text().into_owned()))
        }
        _ => None,
    }
}

/// What is in effect at both places of a key that has two, of what stands in the document.
// In one piece it can come late.
#[inline(never)]
pub(super) fn read(key: &Key, stands: &dyn Fn(Column, &str) -> Option<Value>) -> Option<Value> {
    let (id, column, name) = beside(key)?;
    let geometry = stands(Column::Geometry, id.as_str());
    let other = stands(column, &name);
    // Who takes back the first change writes what the birth says: a key that is taken away
    // would lose to any other write, and the other of the two might win.
    if let Some(born) = stands(Column::Elements, id.as_str()) {
        let mut element = birth(id.clone(), born);
        for (column, value) in [(column, &other), (Column::Geometry, &geometry)] {
            if let Some(value) = value {
                override_field(&mut element, column, &name, value);
            }
        }
        let points = || element.points().map(|at| Value::Bytes(at.clone()));
        let other = match key {
            Key::Path(_) => points(),
            _ => Some(element.style.get(StyleField::Crop)),
        };
        if let Some(other) = other {
            return Some(Value::list([element.geometry.write(), other]));
        }
    }
    let parts = [geometry.unwrap_or_default(), other.unwrap_or_default()];
    Some(Value::list(parts))
}

impl Document {
    /// Writes both places of a key that has two.
    #[inline(never)]
    pub(super) fn write_joint(
        &self,
        transaction: &mut TransactionMut<'_>,
        key: &Key,
        value: &Value,
    ) {
        let (Some((id, column, name)), Value::List(parts)) = (beside(key), value) else {
            return;
        };
        let places = [(Column::Geometry, id.as_str()), (column, &name)];
        for ((column, name), part) in places.into_iter().zip(parts.iter()) {
            let map = self.roots.column(column);
            map.insert(transaction, name, schema::to_any(part));
        }
    }
}
