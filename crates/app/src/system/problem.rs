use serde::Serialize;
use ts_rs::TS;
use vault::OpenError;

use crate::DeskError;

/// Why a folder does not open: each has its own message and way out, and nothing was changed on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OpenProblem {
    /// The password or recovery code does not fit.
    WrongPassword,
    /// The keychain has lost the entry: use the password.
    KeychainEntryGone,
    /// The key slots are missing: restore them from a backup.
    KeySlotsMissing,
    /// The file is damaged: restore a backup.
    FileDamaged,
    /// A newer application wrote it: update this one.
    SchemaNewer,
    /// The organization revoked this desk.
    DeskRevoked,
    /// Another program works in the folder.
    InUse {
        /// Which.
        by: Option<String>,
    },
    /// There is no folder.
    NoFolder,
    /// This user has no password on this desk yet.
    NoSuchUser,
    /// Too many wrong passwords.
    LockedOut {
        /// How long to wait, in seconds.
        wait_seconds: u64,
    },
    /// A password is too short.
    PasswordTooShort {
        /// The least.
        minimum: u8,
    },
}

/// The shortest password taken (NIST SP 800-63B: eight).
pub(crate) const MINIMUM_PASSWORD: u8 = 8;

/// Refuses a password that is too short. Counted in characters, since people count characters.
pub(crate) fn password_holds(password: &str) -> bool {
    password.chars().count() >= usize::from(MINIMUM_PASSWORD)
}

impl OpenProblem {
    /// The problem behind an error, or the error where it is none that a person can act on.
    pub(crate) fn of(error: DeskError) -> Result<Self, DeskError> {
        Ok(match error {
            // Rounded up: after so many whole seconds the next try is taken.
            DeskError::Wait(wait) => {
                Self::LockedOut { wait_seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) }
            }
            DeskError::Open(error) => Self::of_open(error).map_err(DeskError::Open)?,
            other => return Err(other),
        })
    }

    pub(crate) fn of_open(error: OpenError) -> Result<Self, OpenError> {
        Ok(match error {
            OpenError::NoFolder => Self::NoFolder,
            OpenError::InUse { by } => Self::InUse { by: by.map(|holder| holder.program) },
            OpenError::WrongPassword => Self::WrongPassword,
            OpenError::NoSuchSlot => Self::NoSuchUser,
            OpenError::KeychainEntryGone(_) => Self::KeychainEntryGone,
            OpenError::KeySlotsMissing { .. } => Self::KeySlotsMissing,
            OpenError::FileDamaged(_) => Self::FileDamaged,
            OpenError::SchemaNewer { .. } => Self::SchemaNewer,
            OpenError::DeskRevoked { .. } => Self::DeskRevoked,
            other @ (OpenError::Unfit { .. } | OpenError::Io(_) | OpenError::Engine(_)) => return Err(other),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_seconds_that_are_enough() {
        for (wait, wait_seconds) in [(1, 1), (1000, 1), (1001, 2), (900_000, 900)] {
            let problem = OpenProblem::of(DeskError::Wait(Duration::from_millis(wait))).unwrap();
            assert_eq!(problem, OpenProblem::LockedOut { wait_seconds }, "{wait} ms");
        }
    }
}
