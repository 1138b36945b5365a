//! What is true on paper and needed by desk *and* server: ids, clocks, dates, identity numbers, intervals,
//! permission keys, the registry of record kinds, state machines with their ranks and fold, the canonical form
//! of a journal entry and its chain, certificates.
//!
//! Nothing here reads a clock, draws a random number or opens a file: time, randomness and actor are arguments.

pub mod canonical;
pub mod certificate;
pub mod clock;
pub mod id;
pub mod identity;
pub mod interval;
pub mod money;
pub mod permission;
pub mod registry;
pub mod state;
pub mod time;
pub mod value;
