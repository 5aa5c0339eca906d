//! Hostile input: a corpus, two ways to make more of it, and a room that must bear it.
//!
//! Used by the mutants (a seed at a time) and by the fuzzer (guided by coverage).

pub mod corpus;
pub mod forge;
pub mod mutate;
pub mod trial;
pub mod view;
