//! The journal: each committed write is one entry. It is the outbox, the audit trail, the history and the source
//! of freshness at once.

mod append;
pub mod history;
mod own;

pub(crate) use append::{Appended, Draft, append, chain_at, last};
pub use history::{Change, EntryRow};
pub(crate) use own::is_own_after;
