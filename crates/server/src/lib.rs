//! The central server: adopt, register, push, pull.

pub mod core;
pub mod wire;
