//! How long the wire waits, and for how much.

use std::time::Duration;

/// The wire's limits. [`WireLimits::default`] is what a clinic's server runs with; a test may be less patient.
#[derive(Debug, Clone, Copy)]
pub struct WireLimits {
    /// Connections at the same time. One costs about 20 KB, and the file-descriptor limit must leave room for it.
    pub connections: usize,
    /// Calls of the service at the same time; it blocks (SQLite does), so each takes a thread.
    pub calls: usize,
    /// How long a call may wait for its turn before it is told to come back.
    pub turn: Duration,
    /// From accepting to the first byte.
    pub first_byte: Duration,
    /// Between two requests on one connection.
    pub idle: Duration,
    /// For a whole request head, however it trickles.
    pub head: Duration,
    /// For a whole body, however it trickles.
    pub body: Duration,
    /// For a client that has stopped reading its answer.
    pub stall: Duration,
    /// For requests under way when the server is told to stop.
    pub farewell: Duration,
}

impl Default for WireLimits {
    fn default() -> Self {
        Self {
            connections: 4096,
            calls: 16,
            turn: Duration::from_secs(10),
            first_byte: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            head: Duration::from_secs(10),
            body: Duration::from_mins(1),
            stall: Duration::from_secs(30),
            farewell: Duration::from_secs(10),
        }
    }
}
