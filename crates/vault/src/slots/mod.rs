//! Key slots: the data key, wrapped once for each way into the folder, as LUKS does for a disk.
//!
//! Each user's password, the printed recovery code and the OS keychain open a slot of their own; adding or
//! changing one never touches the data. A key-check value tells a wrong secret from a damaged database without
//! opening the database. A PIN never wraps a key.

mod format;
mod wrap;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;
use zeroize::Zeroizing;

use self::format::{FORMAT, File, FormatOnly, Kind, Slot};
use self::wrap::{Opener, unwrap, wrap};
use crate::entropy::{Entropy, draw};
use crate::error::{OpenError, SlotError};
use crate::key::{DataKey, Secret};
use crate::keychain::Keychain;
use crate::recovery::RecoveryCode;
use crate::{KEY_SLOTS, durable};

pub use self::wrap::KdfCost;

/// A folder's key slots, as read from or about to be written to `keyslots.json`.
///
/// Changes happen in memory; [`KeySlots::write`] puts them on disk, whole or not at all.
pub struct KeySlots {
    folder: Uuid,
    check: Vec<u8>,
    revoked_at_ms: Option<i64>,
    slots: Vec<Slot>,
}

impl KeySlots {
    /// Slots for a new folder with this key and a fresh folder id: none yet.
    pub fn new(key: &DataKey, entropy: &mut dyn Entropy) -> Self {
        let folder = uuid::Builder::from_random_bytes(draw(entropy)).into_uuid();
        Self { folder, check: check_value(key, folder), revoked_at_ms: None, slots: Vec::new() }
    }

    /// Reads a data folder's slots. A revoked folder's are read as well: its slots are gone, its state is not.
    pub fn read(dir: &Path) -> Result<Self, OpenError> {
        let text = match fs::read(dir.join(KEY_SLOTS)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let anything = dir.join(crate::DATABASE).try_exists()?;
                return Err(if anything { OpenError::KeySlotsMissing { damaged: false } } else { OpenError::NoFolder });
            }
            Err(error) => return Err(error.into()),
        };
        let damaged = |_| OpenError::KeySlotsMissing { damaged: true };
        let FormatOnly { format } = serde_json::from_slice(&text).map_err(damaged)?;
        if format > FORMAT {
            return Err(OpenError::SchemaNewer { found: format, known: FORMAT });
        }
        let file: File = serde_json::from_slice(&text).map_err(damaged)?;
        let sane = |slot: &Slot| slot.stretch.as_ref().is_none_or(|stretch| stretch.cost.is_sane());
        if file.format != FORMAT || file.check.len() != 32 || !file.slots.iter().all(sane) {
            return Err(OpenError::KeySlotsMissing { damaged: true });
        }
        Ok(Self { folder: file.folder, check: file.check, revoked_at_ms: file.revoked_at_ms, slots: file.slots })
    }

    /// Writes the slots into the folder, replacing the old ones atomically.
    pub fn write(&self, dir: &Path) -> io::Result<()> {
        let file = File {
            format: FORMAT,
            folder: self.folder,
            check: self.check.clone(),
            revoked_at_ms: self.revoked_at_ms,
            slots: self.slots.clone(),
        };
        let mut text = serde_json::to_vec_pretty(&file)?;
        text.push(b'\n');
        durable::replace(&dir.join(KEY_SLOTS), &text)
    }

    /// The folder's id: made once, part of every wrapping and the keychain's account name.
    pub fn folder(&self) -> Uuid {
        self.folder
    }

    /// When this desk obeyed a revocation, in milliseconds since 1970 UTC.
    pub fn revoked_at_ms(&self) -> Option<i64> {
        self.revoked_at_ms
    }

    /// The users whose password opens the folder, with the label each slot carries.
    pub fn users(&self) -> impl Iterator<Item = (Uuid, &str)> {
        self.slots.iter().filter_map(|slot| match &slot.kind {
            Kind::Password { user, label } => Some((*user, label.as_str())),
            Kind::Recovery | Kind::Keychain => None,
        })
    }

    /// Whether a recovery code was made.
    pub fn has_recovery(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind == Kind::Recovery)
    }

    /// Whether a keychain may hold the folder's secret.
    pub fn has_keychain(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind == Kind::Keychain)
    }

    /// Whether `key` is this folder's: its check value, compared in constant time.
    pub fn fits(&self, key: &DataKey) -> bool {
        let here: Result<[u8; 32], _> = self.check.as_slice().try_into();
        // blake3's hash compares in constant time; an array does not.
        here.is_ok_and(|here| blake3::Hash::from_bytes(here) == check_hash(key, self.folder))
    }

    /// Lets `user` in by `password`, replacing the slot they had. The label is what the sign-in screen shows and
    /// is stored in the clear.
    pub fn add_password(
        &mut self,
        key: &DataKey,
        user: Uuid,
        label: &str,
        password: &str,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<(), SlotError> {
        self.may_add(key)?;
        let password = composed(password);
        let kind = Kind::Password { user, label: label.to_owned() };
        let slot = wrap(key, self.folder, kind, &Opener::Human(password.as_bytes()), Some(cost), entropy)?;
        self.slots.retain(|slot| !is_password_of(slot, user));
        self.slots.push(slot);
        Ok(())
    }

    /// Makes a new recovery code, which from now on is the only valid one. Show it once; it is not kept.
    pub fn add_recovery(
        &mut self,
        key: &DataKey,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<RecoveryCode, SlotError> {
        self.may_add(key)?;
        let code = RecoveryCode::generate(entropy);
        let slot = wrap(key, self.folder, Kind::Recovery, &Opener::Human(code.expose()), Some(cost), entropy)?;
        self.slots.retain(|slot| slot.kind != Kind::Recovery);
        self.slots.push(slot);
        Ok(code)
    }

    /// Lets the keychain open the folder. The entry is read back before the slot counts, because some services
    /// accept a secret and then do not have it.
    pub fn add_keychain(
        &mut self,
        key: &DataKey,
        keychain: &dyn Keychain,
        entropy: &mut dyn Entropy,
    ) -> Result<(), SlotError> {
        self.may_add(key)?;
        let secret = Secret::new(draw::<32>(entropy).to_vec());
        keychain.set(&self.account(), &secret)?;
        let kept = keychain.get(&self.account())?;
        if kept.as_ref().map(Secret::expose) != Some(secret.expose()) {
            return Err(SlotError::Keychain(crate::KeychainError::NoAccess));
        }
        let slot = wrap(key, self.folder, Kind::Keychain, &Opener::Machine(secret.expose()), None, entropy)?;
        self.slots.retain(|slot| slot.kind != Kind::Keychain);
        self.slots.push(slot);
        Ok(())
    }

    /// Takes a user's password slot away. The last slot a person can open stays: a keychain alone is no way in.
    pub fn remove_password(&mut self, user: Uuid) -> Result<(), SlotError> {
        if !self.slots.iter().any(|slot| is_password_of(slot, user)) {
            return Err(SlotError::NotFound);
        }
        let human_left = |slot: &Slot| slot.kind != Kind::Keychain && !is_password_of(slot, user);
        if !self.slots.iter().any(human_left) {
            return Err(SlotError::LastWayIn);
        }
        self.slots.retain(|slot| !is_password_of(slot, user));
        Ok(())
    }

    /// Takes the keychain's slot away and asks the keychain to forget; that it cannot is no error, since the
    /// secret it may still hold opens nothing any more.
    pub fn remove_keychain(&mut self, keychain: &dyn Keychain) {
        self.slots.retain(|slot| slot.kind != Kind::Keychain);
        drop(keychain.delete(&self.account()));
    }

    /// The data key by this user's password. Costs one key derivation, right or wrong.
    pub fn by_password(&self, user: Uuid, password: &str) -> Result<DataKey, OpenError> {
        self.not_revoked()?;
        let slot = self.slots.iter().find(|slot| is_password_of(slot, user)).ok_or(OpenError::NoSuchSlot)?;
        let key = unwrap(slot, self.folder, &Opener::Human(composed(password).as_bytes()));
        self.checked(key.ok_or(OpenError::WrongPassword)?)
    }

    /// The data key by the recovery code. Costs one key derivation, right or wrong.
    pub fn by_recovery(&self, code: &RecoveryCode) -> Result<DataKey, OpenError> {
        self.not_revoked()?;
        let slot = self.slots.iter().find(|slot| slot.kind == Kind::Recovery).ok_or(OpenError::NoSuchSlot)?;
        let key = unwrap(slot, self.folder, &Opener::Human(code.expose()));
        self.checked(key.ok_or(OpenError::WrongPassword)?)
    }

    /// The data key by the keychain. Whatever goes wrong with the keychain is [`OpenError::KeychainEntryGone`]:
    /// the caller asks for the password.
    pub fn by_keychain(&self, keychain: &dyn Keychain) -> Result<DataKey, OpenError> {
        self.not_revoked()?;
        let gone = || OpenError::KeychainEntryGone(None);
        let slot = self.slots.iter().find(|slot| slot.kind == Kind::Keychain).ok_or_else(gone)?;
        let secret = keychain.get(&self.account()).map_err(|error| OpenError::KeychainEntryGone(Some(error)))?;
        let secret = secret.ok_or_else(gone)?;
        self.checked(unwrap(slot, self.folder, &Opener::Machine(secret.expose())).ok_or_else(gone)?)
    }

    /// Obeys a revocation: destroys every slot in the folder and says so in their place. Without a slot the data
    /// key is nowhere, and the database is noise. Works on a folder whose slots are damaged or already gone.
    pub fn revoke(dir: &Path, at_ms: i64) -> Result<(), OpenError> {
        let path = dir.join(KEY_SLOTS);
        let mut slots = match Self::read(dir) {
            Ok(slots) => slots,
            Err(OpenError::KeySlotsMissing { .. } | OpenError::SchemaNewer { .. }) => {
                Self { folder: Uuid::nil(), check: vec![0; 32], revoked_at_ms: None, slots: Vec::new() }
            }
            Err(error) => return Err(error),
        };
        let old = OpenOptions::new().write(true).open(&path).ok();
        slots.revoked_at_ms.get_or_insert(at_ms);
        slots.slots.clear();
        slots.write(dir)?;
        if let Some(old) = old {
            scrub(old);
        }
        Ok(())
    }

    /// The keychain's account name for this folder.
    fn account(&self) -> String {
        self.folder.to_string()
    }

    fn may_add(&self, key: &DataKey) -> Result<(), SlotError> {
        if self.revoked_at_ms.is_some() {
            return Err(SlotError::Revoked);
        }
        if self.fits(key) { Ok(()) } else { Err(SlotError::OtherKey) }
    }

    fn not_revoked(&self) -> Result<(), OpenError> {
        match self.revoked_at_ms {
            Some(at_ms) => Err(OpenError::DeskRevoked { at_ms }),
            None if self.slots.is_empty() => Err(OpenError::KeySlotsMissing { damaged: false }),
            None => Ok(()),
        }
    }

    /// A key that its slot authenticated but the check value does not know means the file was pieced together.
    fn checked(&self, key: DataKey) -> Result<DataKey, OpenError> {
        if self.fits(&key) { Ok(key) } else { Err(OpenError::KeySlotsMissing { damaged: true }) }
    }
}

/// Passwords are compared as composed Unicode: `ã` is one password whether typed with one key or two.
fn composed(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

fn is_password_of(slot: &Slot, user: Uuid) -> bool {
    matches!(&slot.kind, Kind::Password { user: theirs, .. } if *theirs == user)
}

fn check_hash(key: &DataKey, folder: Uuid) -> blake3::Hash {
    blake3::keyed_hash(&key.derive("praxis vault key check v1"), folder.as_bytes())
}

fn check_value(key: &DataKey, folder: Uuid) -> Vec<u8> {
    check_hash(key, folder).as_bytes().to_vec()
}

/// Overwrites a file that no longer has a name. Best effort: the slots are gone either way, this only shortens
/// how long their bytes linger on the disk.
fn scrub(mut old: fs::File) {
    let length = old.metadata().map_or(0, |metadata| metadata.len());
    let zeroes = vec![0; usize::try_from(length).unwrap_or(0)];
    drop(old.write_all(&zeroes).and_then(|()| old.sync_all()));
}

#[cfg(test)]
mod tests;
