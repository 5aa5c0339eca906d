//! The group: elements that are taken as one. It is not painted, and its box is that of its members.
//!
//! Owns its name. Who its members are is `hierarchy.rs`'s.

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "group";

/// Elements that are taken as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Group;

impl Shape for Group {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        &[]
    }

    fn silhouette(&self, _body: &Body<'_>) -> Silhouette {
        Silhouette::empty()
    }
}

impl Look for Group {
    fn paint(&self, _body: &Body<'_>, _theme: Theme, _list: &mut DisplayList) {}
}
