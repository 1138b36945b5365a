//! The central server: adopt, register, push, pull.
