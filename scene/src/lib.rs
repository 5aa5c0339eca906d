//! A board as it is drawn: elements in paint order, with all that is derived from them.
//!
//! Owns what follows from a document for whoever shows it, a page or a picture. Does no I/O, reads no
//! clock, and knows neither an editor nor a view.

mod clipping;
mod damage;
mod daylight;
pub mod frame_names;
mod painting;
mod picture;
mod scene;
mod selection;

pub use self::clipping::Clips;
pub use self::damage::Damage;
pub use self::daylight::{Daylight, is_picture};
pub use self::painting::{ShownFrame, place, stack};
pub use self::picture::{Look, Part, Picture, Pictures, Unpainted};
pub use self::scene::holds::{Shown, depends, holds_on};
pub use self::scene::seen::{Moved, Seen};
pub use self::scene::{Node, Scene, sort_nodes};
pub use self::selection::{Selection, selection_of};
