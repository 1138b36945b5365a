//! The wire: what stands between the network and the server's work.
//!
//! It accepts connections, loses patience with those that say nothing, half of something or too much, and hands
//! whole requests of bounded size to a [`Service`]. It knows no route and no format; those are the service's.
//!
//! `axum::serve` has no header timeout, and even one would not cover a connection that sends nothing at all. So
//! the accept loop is ours: a deadline for the first byte and between requests, one for the whole head (hyper's),
//! one for the whole body, one for a client that does not read its answer; and a cap on connections, beyond which
//! one is told to come back and closed.

mod accept;
mod limits;
mod patience;
mod route;

pub use accept::serve;
pub use limits::WireLimits;
pub use route::{Answer, Ask, Service, router};
