//! Files from outside through a board and back.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

mod archive;
mod beside;
mod embedded;
mod excalidraw;
mod library;
mod native;
mod support;
mod svg;
mod svg_bounds;
mod svg_pictures;
mod tldraw;
mod tldraw_bounds;
