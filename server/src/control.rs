//! The operator's own door: a socket in the data directory, for whoever may write there.
//!
//! Owns which systems have one. What is served is what everybody gets, under another principal. Knows
//! no route.

#[cfg(not(unix))]
mod none;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use self::none::{Control, knock};
#[cfg(unix)]
pub(crate) use self::unix::{Control, knock};
