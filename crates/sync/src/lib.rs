//! How replicas agree: protocol types, merge rules and the engine as a pure state machine.
//!
//! A desk pushes the *entries* of its journal and pulls the *states* of records; the server alone merges. Nothing
//! here opens a socket, reads a clock, draws a random number or knows a table: whoever calls brings them, so the
//! same code runs under the desk's driver, inside the server and under the simulator.
//!
//! - [`protocol`]: what crosses the wire, its frames and what a request signs.
//! - [`merge`]: what the server decides: effective times, fields, admission of entries, claims.
//! - [`engine`]: the desk's two loops, push and pull, as `step(state, event) -> (state, actions)`.

pub mod engine;
pub mod merge;
pub mod protocol;
