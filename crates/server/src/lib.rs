//! The central server: adopt, register, push, pull.

pub mod wire;
