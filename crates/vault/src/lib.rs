//! An encrypted SQLite file in a folder of its own: keys, key slots, opening and its errors, versions.
//!
//! The vault owns `clinic.db`, `keyslots.json`, `attempts`, `lock` and `holder` in a data folder, and the one
//! place that knows how to put a file on disk so that it stays there ([`durable`]). It knows nothing of what the
//! tables hold, of journals, of users beyond their id, or of clinics; those live in `store` and above.
//!
//! ```text
//! password ─ argon2id ─┐
//! recovery words ─ argon2id ─┼─ unwraps ─► data key ─ derive ─► SQLCipher's raw key, head MAC, blob keys …
//! OS keychain secret ──┘
//! ```
//!
//! Opening is careful before it is useful. [`Vault::open`] looks at the file through a connection that can
//! neither write nor create anything, and only when all is well takes the folder and opens it for work. So each
//! of the ways opening can fail ([`OpenError`]) leaves every byte of the folder as it was.
//!
//! `rusqlite` is re-exported so that everyone links the same SQLite, with the versions that
//! [`require_versions`] asserts; the system's library is never used.

pub mod durable;
pub mod spoken;

mod attempts;
mod connect;
mod entropy;
mod error;
mod key;
mod key_file;
mod keychain;
mod lock;
mod opening;
mod probe;
mod recovery;
mod slots;
mod value;
mod versions;

pub use attempts::{Attempt, Attempts, Moment, Outcome};
pub use entropy::Entropy;
pub use error::{Damage, OpenError, SlotError};
pub use key::{DataKey, Secret};
pub use key_file::KeyFile;
pub use keychain::{Keychain, KeychainError};
pub use lock::Holder;
pub use opening::{Check, Opening, Vault};
pub use recovery::{RecoveryCode, RecoveryError};
pub use rusqlite;
pub use slots::{KdfCost, KeySlots};
pub use value::{ValueError, ValueKey};
pub use versions::require_versions;

/// How the name of a folder begins that is being made. One that nobody works in was left by a process that was killed,
/// and no one has ever seen what it holds.
pub const PASSING: &str = ".praxis-";
/// The encrypted database inside a data folder.
pub const DATABASE: &str = "clinic.db";
/// The wrapped data key and its check value.
pub const KEY_SLOTS: &str = "keyslots.json";
/// The append-only record of sign-ins tried while the folder was closed.
pub const ATTEMPTS: &str = "attempts";
