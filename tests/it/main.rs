//! The server as a whole, over real sockets and a real store.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

mod actors;
mod damage;
mod dawdlers;
mod deleted;
mod disk;
mod faults;
mod files;
mod http;
mod operator;
mod process;
mod readiness;
mod slow;
mod stopping;
mod store;
mod support;
mod sync;
mod tls;
mod tokens;
mod watching;
