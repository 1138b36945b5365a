//! The operating system's keychain: a convenience, never the only copy of a key.

use keyring::Entry;
use vault::{Keychain, KeychainError, Secret};

/// The service name under which folders are kept.
const SERVICE: &str = "praxis";

/// Secret Service, Keychain or Credential Manager, whichever the machine has.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeychain;

fn entry(account: &str) -> Result<Entry, KeychainError> {
    Entry::new(SERVICE, account).map_err(|_| KeychainError::NoService)
}

impl Keychain for SystemKeychain {
    fn get(&self, account: &str) -> Result<Option<Secret>, KeychainError> {
        match entry(account)?.get_secret() {
            Ok(secret) => Ok(Some(Secret::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(_) => Err(KeychainError::NoAccess),
        }
    }

    fn set(&self, account: &str, secret: &Secret) -> Result<(), KeychainError> {
        entry(account)?.set_secret(secret.expose()).map_err(|_| KeychainError::NoAccess)
    }

    fn delete(&self, account: &str) -> Result<(), KeychainError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(KeychainError::NoAccess),
        }
    }
}
