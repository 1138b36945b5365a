//! One folder, one process: the lock, and the note that says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::durable;
use crate::error::OpenError;

/// The empty file that is locked.
pub(crate) const LOCK: &str = "lock";
/// Beside the lock and not in it: on Windows nobody else can read a file that is locked.
const HOLDER: &str = "holder";

/// Who works in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process's id.
    pub pid: u32,
    /// Which program it is (`praxis`, `praxisctl`).
    pub program: String,
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: i64,
}

/// The lock itself; the folder is free again when this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    file: File,
    dir: PathBuf,
}

impl FolderLock {
    /// Takes the lock if the lock file is there, without changing anything. `None` when there is no lock file
    /// yet (a folder copied without it): then it is made only after the folder proved to open.
    pub(crate) fn take_existing(dir: &Path) -> Result<Option<Self>, OpenError> {
        match OpenOptions::new().read(true).write(true).open(dir.join(LOCK)) {
            Ok(file) => Self::lock(dir, file).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes the lock file and takes the lock.
    pub(crate) fn create(dir: &Path) -> Result<Self, OpenError> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(dir.join(LOCK))?;
        Self::lock(dir, file)
    }

    /// Writes down who holds the folder.
    pub(crate) fn sign(&self, program: &str, since_ms: i64) -> Result<(), OpenError> {
        let holder = Holder { pid: std::process::id(), program: program.to_owned(), since_ms };
        let text = serde_json::to_vec(&holder).map_err(std::io::Error::from)?;
        Ok(durable::replace(&self.dir.join(HOLDER), &text)?)
    }

    fn lock(dir: &Path, file: File) -> Result<Self, OpenError> {
        match file.try_lock() {
            Ok(()) => Ok(Self { file, dir: dir.to_owned() }),
            Err(TryLockError::WouldBlock) => {
                let by = fs::read(dir.join(HOLDER)).ok().and_then(|text| serde_json::from_slice(&text).ok());
                Err(OpenError::InUse { by })
            }
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing the file would do as well; a child that inherited the handle would keep it, this does not.
        drop(self.file.unlock());
    }
}
