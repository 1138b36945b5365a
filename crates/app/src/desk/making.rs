//! Making a folder: under a passing name beside its place, and moved there when it is whole. Whatever ends the process
//! before that leaves no folder in anybody's way.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::time::Timestamp;
use store::{Entropy, Identity, Store};
use vault::{DataKey, KeySlots, PASSING, Vault, durable};

use super::{Desk, DeskError};

/// A folder under a passing name that is younger may be another process's, at the very beginning of making it.
const YOUNG: Duration = Duration::from_mins(10);

/// What a new folder begins with.
pub(super) struct Beginning<'a> {
    pub(super) key: &'a DataKey,
    pub(super) slots: &'a KeySlots,
    pub(super) identity: &'a Identity,
    pub(super) ids: Box<dyn Entropy>,
}

/// A folder that is being made; gone when dropped, unless it was moved to its place.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "what was not finished is removed at another start");
            }
            _ => {}
        }
    }
}

impl Desk {
    /// Makes a folder with what `fill` puts into it and opens it at its place. `fill` gets the store and the folder's
    /// passing path, and tells whether it has become the demo's. On any refusal there is no folder.
    pub(super) fn make<T, E: From<DeskError>>(
        &self,
        begin: Beginning<'_>,
        fill: impl FnOnce(Store, &Path) -> Result<(bool, T), E>,
    ) -> Result<(Store, bool, T), E> {
        let name = u128::from_le_bytes(*self.draw());
        let passing = Passing(self.base().join(format!("{PASSING}{name:032x}")));
        let key = begin.key;
        let store = self.begin(begin, &passing.0).map_err(E::from)?;
        let (demo, made) = fill(store, &passing.0)?;
        let store = self.settle(&passing.0, key, demo).map_err(E::from)?;
        Ok((store, demo, made))
    }

    fn begin(&self, begin: Beginning<'_>, passing: &Path) -> Result<Store, DeskError> {
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        let vault = Vault::create(passing, begin.key, begin.slots, self.opening(), &mut fill)?;
        Ok(Store::found(vault, clinic::PARTS, begin.identity, begin.ids)?)
    }

    /// Moves a whole folder to its place and opens it there.
    fn settle(&self, passing: &Path, key: &DataKey, demo: bool) -> Result<Store, DeskError> {
        let dir = self.folder(demo);
        if dir.exists() {
            return Err(DeskError::FolderNotEmpty);
        }
        durable::rename(passing, &dir)?;
        let vault = Vault::open(&dir, key, self.opening())?;
        Ok(Store::open(vault, clinic::PARTS, self.entropy())?)
    }
}

/// Removes what processes left behind that were killed while they made a folder.
pub(super) fn sweep(base: &Path, now: Timestamp) {
    let Ok(entries) = fs::read_dir(base) else { return };
    let left = entries.filter_map(Result::ok).filter(|entry| entry.file_name().to_string_lossy().starts_with(PASSING));
    for entry in left {
        let old = entry.metadata().and_then(|about| about.modified()).is_ok_and(|since| {
            let since = since.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            now.millis() > i64::try_from((since + YOUNG).as_millis()).unwrap_or(i64::MAX)
        });
        // One that is in use is being made at this moment, by another process.
        if old && !matches!(Vault::holder(&entry.path()), Err(_) | Ok(Some(_))) {
            drop(Passing(entry.path()));
        }
    }
}
