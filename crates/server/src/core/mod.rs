//! The server without its wire: takes entries in, merges them and serves the feed.
//!
//! A push is a job of separate steps (take the head row, read, decide, write, commit), so that a simulator can
//! stop it or run another between any two of them. The decision is a pure function of what was read. What holds
//! the organization's data is a [`Backend`], and one that a whole server can stand on is a [`Site`]; the suite in
//! `tests/contract` is what each one must pass.

mod backend;
mod decide;
mod gather;
mod identifier;
mod memory;
mod postgres;
mod pull;
mod push;
mod receipt;
mod site;
mod sqlite;
mod verify;
mod whole;

pub use backend::{
    Backend, BackendError, Changes, Device, Facts, Head, Invite, KeptEntry, KeptPart, Key, Known, Member, Organization,
    Page, Wanted,
};
pub use decide::{Decision, decide};
pub use memory::{Memory, MemoryTx};
pub use postgres::{Postgres, PostgresError, PostgresTx, migrate};
pub use pull::pull;
pub use push::{Progress, PushJob, push};
pub use receipt::{ReceiptKey, log_after};
pub use site::{Contact, Site};
pub use sqlite::{Sqlite, SqliteError, SqliteTx};
pub use verify::{Refusal, Verified, verify};
pub use whole::{EntryName, Moved, Owned, Whole};
