//! The operating system's keychain, as the vault needs it. The application brings the real one.

use thiserror::Error;

use crate::key::Secret;

/// Why a keychain gave no answer. None of these is a reason to lose data: the password still opens the folder.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeychainError {
    /// No keychain service runs here at all (a bare server, a session without a bus).
    #[error("this system has no keychain service")]
    NoService,
    /// A service answers but its storage is locked or was refused to us.
    #[error("the keychain is locked or refused access")]
    NoAccess,
    /// Anything else the platform reported; the text is for the log, not for people.
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// Where a folder's unlocking secret may rest between two starts.
///
/// A convenience, never the only copy: desktops change their keychain (`KWallet` to GNOME) and lose what was in it.
pub trait Keychain {
    /// The secret kept under `account`, or `None` when there is no such entry.
    fn get(&self, account: &str) -> Result<Option<Secret>, KeychainError>;
    /// Keeps `secret` under `account`, replacing what was there.
    fn set(&self, account: &str, secret: &Secret) -> Result<(), KeychainError>;
    /// Forgets `account`; no entry is no error.
    fn delete(&self, account: &str) -> Result<(), KeychainError>;
}
