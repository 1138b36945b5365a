//! Why a folder did not open, and why a slot was not changed.

use std::io;

use thiserror::Error;

use crate::keychain::KeychainError;
use crate::lock::Holder;

/// Why a folder does not open. Whatever the reason, nothing in the folder was changed, created or removed.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no data folder here: nothing at this path, or neither a database nor key slots in it.
    #[error("there is no data folder here")]
    NoFolder,
    /// Another process works in the folder.
    #[error("the folder is in use by {}", .by.as_ref().map_or("another process", |by| by.program.as_str()))]
    InUse {
        /// Who holds it, when it could be read (it is written just after the lock is taken).
        by: Option<Holder>,
    },
    /// The password or recovery code does not unwrap the key, or the key is another folder's.
    #[error("the password does not fit")]
    WrongPassword,
    /// This user has no password slot in this folder yet: someone who has must let them in first.
    #[error("this user has no key slot in this folder")]
    NoSuchSlot,
    /// The keychain has no fitting entry, or there is no keychain. Ask for the password.
    #[error("the keychain does not hold this folder's key")]
    KeychainEntryGone(#[source] Option<KeychainError>),
    /// `keyslots.json` is not there, or is there but unreadable: restore it, or use a backup.
    #[error("the folder's key slots are missing or unreadable")]
    KeySlotsMissing {
        /// The file exists but cannot be understood.
        damaged: bool,
    },
    /// The key is right (its check value says so) but the database does not decrypt or is not whole.
    #[error("the database file is damaged")]
    FileDamaged(Damage),
    /// A newer application changed the file in a way this one cannot read.
    #[error("the file needs schema {found}, this application knows {known}")]
    SchemaNewer {
        /// The lowest schema an application must know to read the file (`user_version`), or `keyslots.json`'s format.
        found: u32,
        /// The newest one this application knows.
        known: u32,
    },
    /// The organization revoked this desk and its key slots were destroyed.
    #[error("this desk was revoked")]
    DeskRevoked {
        /// When the revocation was obeyed here, in milliseconds since 1970 UTC.
        at_ms: i64,
    },
    /// The program was built with a SQLite or SQLCipher older than the ones that are safe.
    #[error(
        "built with SQLite {sqlite} and SQLCipher {cipher}; SQLite 3.53.4 and SQLCipher 4.18 are the oldest allowed"
    )]
    Unfit {
        /// The version of SQLite found.
        sqlite: String,
        /// The version of SQLCipher found, empty when there is none.
        cipher: String,
    },
    /// The file system refused.
    #[error("the file system refused")]
    Io(#[from] io::Error),
    /// SQLite refused for a reason that says nothing about the file (no memory, no file handles).
    #[error("the database engine refused")]
    Engine(#[from] rusqlite::Error),
}

/// What is wrong with a database whose key is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// `clinic.db` is not there, though the folder's keys are.
    Missing,
    /// Shorter than one page.
    Truncated,
    /// It begins like an unencrypted SQLite file: someone replaced it.
    NotEncrypted,
    /// A page's authentication fails, or the schema cannot be read.
    Unreadable,
}

/// Why a key slot was not added or removed.
#[derive(Debug, Error)]
pub enum SlotError {
    /// The key offered is not this folder's.
    #[error("the key is not this folder's")]
    OtherKey,
    /// The desk is revoked; no slot is ever added again.
    #[error("this desk was revoked")]
    Revoked,
    /// Without this slot neither a password nor the recovery code would open the folder.
    #[error("this is the last way into the folder")]
    LastWayIn,
    /// No such slot.
    #[error("there is no such slot")]
    NotFound,
    /// The cost is outside what this program computes (8 KiB per lane to 1 GiB, 1–16 passes, 1–4 lanes).
    #[error("the key derivation cost is out of range")]
    Cost,
    /// The keychain did not take the secret or did not give it back.
    #[error("the keychain did not keep the secret")]
    Keychain(#[from] KeychainError),
}
