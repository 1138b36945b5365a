//! The apply door and what stands between this desk and its server.
//!
//! What a person sees is *the server's state plus my entries that it has not taken in*. An entry counts as taken
//! in once the server has acknowledged it **and** its position has been swapped in here; until then a state that
//! arrives for a record it touches goes to the shadow, and the entry is replayed on top.

mod acknowledge;
mod outbox;
mod rewind;
mod rows;
mod shadow;
mod standing;
mod swap;

pub use acknowledge::{Acknowledged, Receipt};
pub use outbox::{Most, Outgoing, OutgoingPart};
pub use rows::State;
pub(crate) use shadow::keep_shadow;
pub use standing::{Aside, Standing};
pub use swap::{Applied, Cursor};
