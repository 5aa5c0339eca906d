//! The kind of what this client cannot read: a newer kind, or a damaged record.
//!
//! Owns the record as it was found, and gives it back. It is neither painted nor touched.

use std::sync::Arc;

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::fields::{Birth, Slot, Value};
use crate::style::{StyleField, Theme};

/// A record that is kept as it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    slots: Arc<[Value]>,
}

impl Unknown {
    pub(super) fn read(birth: &Birth) -> Self {
        Self {
            slots: birth.slots().into(),
        }
    }

    pub(super) fn birth(&self) -> Birth {
        Birth::new(self.slots.to_vec())
    }
}

impl Shape for Unknown {
    fn name(&self) -> &str {
        let name = self.slots.get(Slot::Kind as usize);
        name.and_then(Value::as_text).unwrap_or_default()
    }

    fn style_fields(&self) -> &'static [StyleField] {
        &[]
    }

    fn silhouette(&self, _body: &Body<'_>) -> Silhouette {
        Silhouette::empty()
    }
}

impl Look for Unknown {
    fn paint(&self, _body: &Body<'_>, _theme: Theme, _list: &mut DisplayList) {}
}
