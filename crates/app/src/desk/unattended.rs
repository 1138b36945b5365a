//! The folder without anybody at the desk: where the keychain gives its key, it goes on agreeing with the server from
//! the start of the program, before the first sign-in. No command answers meanwhile; a password is still asked for.

use std::{path::Path, sync::PoisonError};

use domain::id::{UserId, Uuid};
use store::Store;
use vault::{DataKey, KeySlots, OpenError, Vault};

use super::{Desk, DeskError, OpenFolder};

/// Who is signed in when nobody is.
pub(super) const NOBODY: UserId = UserId(Uuid::nil());

impl Desk {
    /// Opens the folder with the keychain's key for as long as nobody is signed in, where it has a server to agree
    /// with. Does nothing where a folder is open, has no keychain slot or no server, or the keychain does not answer:
    /// the password opens it as well. Answers whether it is open now.
    pub fn open_unattended(&self) -> bool {
        let opened = self.by_keychain();
        if let Err(error) = &opened {
            tracing::info!(%error, "the folder waits for a password");
        }
        matches!(opened, Ok(true))
    }

    fn by_keychain(&self) -> Result<bool, DeskError> {
        let Some((dir, demo)) = self.folder_to_open() else { return Ok(false) };
        let slots = KeySlots::read(&dir)?;
        let Some(keychain) = self.host().keychain().filter(|_| slots.has_keychain()) else { return Ok(false) };
        // The system may ask the person to unlock the keychain. Whoever signs in meanwhile does not wait for that.
        let key = slots.by_keychain(keychain.as_ref())?;
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        if self.held().is_some() {
            return Ok(false);
        }
        let vault = Vault::open(&dir, &key, self.opening())?;
        let store = Store::open(vault, clinic::PARTS, self.entropy())?;
        // Nothing to do without a server: then another program may have the folder.
        if store.server()?.is_none() {
            return Ok(false);
        }
        self.put(Some(OpenFolder { store, user: NOBODY, demo }));
        self.start_sync();
        Ok(true)
    }

    /// Has the keychain hold the folder's key, where it answers and does not yet. A desktop that lost its keychain, or
    /// changed it, gets it back with the next password.
    pub(super) fn entrust(&self, dir: &Path, key: &DataKey, slots: &mut KeySlots) {
        let Some(keychain) = self.host().keychain() else { return };
        // One that is locked or away now still has what it had.
        if !matches!(slots.by_keychain(keychain.as_ref()), Err(OpenError::KeychainEntryGone(None))) {
            return;
        }
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        let added = slots.add_keychain(key, keychain.as_ref(), &mut fill).map_err(DeskError::from);
        // A convenience: the password opens.
        if let Err(error) = added.and_then(|()| Ok(slots.write(dir)?)) {
            tracing::info!(%error, "no keychain slot");
        }
    }
}
