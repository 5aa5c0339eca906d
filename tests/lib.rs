//! Helpers shared by the tests that need two of board, wasm-client and server.
