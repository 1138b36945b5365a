//! A desk's data folder on a vault.
//!
//! The store owns the three doors through which a folder changes, the capture of what a write did, the journal,
//! the head, and what a desk remembers of its server. It knows no clinic word: tables and their meaning come from
//! the registry, and what is computed from them from the folds it is given.
//!
//! - [`Store::write`]: a person or a job did something. Captured and journalled.
//! - [`Store::apply`]: what the server sent. Not captured.
//! - migrations: change shape only, at opening.

mod apply;
mod capture;
mod digest;
mod door;
mod entropy;
mod error;
mod fold;
mod folder;
mod head;
mod identity;
mod journal;
mod migration;
mod row;
mod view;

pub use apply::{Acknowledged, Applied, Aside, Cursor, Most, Outgoing, OutgoingPart, Receipt, Standing, State};
pub use digest::Digests;
pub use door::{Actor, WriteFailed, Written};
pub use ed25519_dalek::SigningKey;
pub use entropy::Entropy;
pub use error::StoreError;
pub use fold::{Fold, Touched};
pub use folder::{Parts, Store};
pub use head::{Head, HeadAlarm};
pub use identity::Identity;
pub use journal::{Change, EntryRow, history};
pub use migration::{Migration, newest};
pub use row::sql_value;
pub use vault::rusqlite;
pub use view::{Tx, View};
