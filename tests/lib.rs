//! Helpers shared by the tests that need two of board, wasm-client and server.

pub mod grid;
// They fail loudly, as tests do.
#[allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]
pub mod hostile;
