//! Making a data folder and opening it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, ErrorCode};

use crate::connect::{Use, connect};
use crate::entropy::{Entropy, draw};
use crate::error::{Damage, OpenError};
use crate::key::DataKey;
use crate::lock::{FolderLock, Holder};
use crate::probe::{judge, probe};
use crate::slots::KeySlots;
use crate::versions::require_versions;
use crate::{DATABASE, durable};

/// Who opens a folder, and how carefully.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The program's name, for whoever finds the folder taken.
    pub program: &'a str,
    /// Now, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The newest schema the program knows. `user_version` in the file is the *lowest* schema an application must
    /// know to read it: a migration that older applications can live with leaves it alone.
    pub known_schema: u32,
    /// How much of the file is checked before it is opened.
    pub check: Check,
}

/// How much of the database is authenticated at opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Page 1 and the schema: under a millisecond. Any other damaged page is noticed when it is read.
    Header,
    /// Every page (about 390 MB/s): after a crash of the machine, before a backup, when asked to.
    EveryPage,
}

/// An open data folder: the lock on it, and connections to its database.
///
/// Keep it as long as any connection lives; dropping it frees the folder for another process.
#[derive(Debug)]
pub struct Vault {
    dir: PathBuf,
    key: DataKey,
    writer_taken: AtomicBool,
    _lock: FolderLock,
}

impl Vault {
    /// Makes a data folder at `dir` with these slots and an empty database, and opens it.
    ///
    /// `dir` must not exist or be empty; anything else is left alone ([`io::ErrorKind::DirectoryNotEmpty`]).
    /// The folder is prepared under another name beside `dir` and moved into place when it is whole, so no crash
    /// leaves half a folder under its final name.
    pub fn create(
        dir: &Path,
        key: &DataKey,
        slots: &KeySlots,
        opening: Opening<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, OpenError> {
        require_versions()?;
        if !slots.fits(key) {
            return Err(OpenError::WrongPassword);
        }
        let dir = &std::path::absolute(dir)?;
        let parent = dir.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        refuse_occupied(dir)?;
        durable::create_folder(parent)?;
        let draft = parent.join(format!("{}{:032x}", crate::PASSING, u128::from_le_bytes(draw(entropy))));
        let moved = prepare(&draft, key, slots).and_then(|()| Ok(move_into_place(&draft, dir)?));
        if let Err(error) = moved {
            // Best effort: the draft has a name of its own and never held anything.
            drop(fs::remove_dir_all(&draft));
            return Err(error);
        }
        Self::open(dir, key, opening)
    }

    /// Opens the folder at `dir` with its data key. On any error nothing in the folder has changed.
    pub fn open(dir: &Path, key: &DataKey, opening: Opening<'_>) -> Result<Self, OpenError> {
        require_versions()?;
        let dir = std::path::absolute(dir)?;
        let lock = FolderLock::take_existing(&dir)?;
        let slots = KeySlots::read(&dir)?;
        if let Some(at_ms) = slots.revoked_at_ms() {
            return Err(OpenError::DeskRevoked { at_ms });
        }
        if !slots.fits(key) {
            return Err(OpenError::WrongPassword);
        }
        probe(&dir.join(DATABASE), key, opening.known_schema, opening.check)?;
        let lock = match lock {
            Some(lock) => lock,
            None => FolderLock::create(&dir)?,
        };
        lock.sign(opening.program, opening.now_ms)?;
        Ok(Self { dir, key: key.duplicate(), writer_taken: AtomicBool::new(false), _lock: lock })
    }

    /// Who works in the folder at `dir`, if anyone: for a program that only wants to know.
    pub fn holder(dir: &Path) -> Result<Option<Holder>, OpenError> {
        match FolderLock::take_existing(dir) {
            Ok(_free) => Ok(None),
            Err(OpenError::InUse { by }) => Ok(by),
            Err(error) => Err(error),
        }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The data key, to derive sub-keys from and to wrap in further slots.
    pub fn key(&self) -> &DataKey {
        &self.key
    }

    /// The connection that writes and checkpoints. There is one: a second call is refused with
    /// `SQLITE_BUSY`, since two writers' checkpoints are what corrupted WAL databases before SQLite 3.51.3.
    ///
    /// WAL, `synchronous=FULL`, 64 MB cache, foreign keys, `secure_delete`; no statement is prepared on it yet, so
    /// hooks may still be installed.
    pub fn writer(&self) -> Result<Connection, OpenError> {
        if self.writer_taken.swap(true, Ordering::AcqRel) {
            let busy =
                rusqlite::ffi::Error { code: ErrorCode::DatabaseBusy, extended_code: rusqlite::ffi::SQLITE_BUSY };
            let why = "the writer connection of this vault is already in use".to_owned();
            return Err(rusqlite::Error::SqliteFailure(busy, Some(why)).into());
        }
        let writer = connect(&self.dir.join(DATABASE), &self.key, Use::Write).map_err(judge)?;
        let mode: String = writer.query_row("pragma journal_mode", [], |row| row.get(0)).map_err(judge)?;
        // Anything else would mean a file system without shared memory, where WAL silently is not WAL.
        if mode == "wal" { Ok(writer) } else { Err(OpenError::FileDamaged(Damage::Unreadable)) }
    }

    /// A connection that only reads; as many as are useful, each on a thread of its own.
    pub fn reader(&self) -> Result<Connection, OpenError> {
        connect(&self.dir.join(DATABASE), &self.key, Use::Read).map_err(judge)
    }

    /// Authenticates every page of the main file on this connection.
    pub fn check_every_page(connection: &Connection) -> Result<(), OpenError> {
        crate::probe::every_page(connection)
    }
}

fn refuse_occupied(dir: &Path) -> Result<(), OpenError> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(io::Error::from(io::ErrorKind::DirectoryNotEmpty).into()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Fills the draft: the database first, the slots last, since slots are what makes a folder openable.
fn prepare(draft: &Path, key: &DataKey, slots: &KeySlots) -> Result<(), OpenError> {
    durable::create_folder(draft)?;
    let db = draft.join(DATABASE);
    let connection = connect(&db, key, Use::Create)?;
    // Closing checkpoints and removes the log; an error here is a disk that is full.
    connection.close().map_err(|(_, error)| error)?;
    File::options().write(true).open(&db)?.sync_all()?;
    slots.write(draft)?;
    durable::append(&draft.join(crate::lock::LOCK), b"")?;
    durable::sync_folder(draft)?;
    Ok(())
}

fn move_into_place(draft: &Path, dir: &Path) -> io::Result<()> {
    // Windows does not rename over a folder, not even an empty one. `remove_dir` refuses a full one, which closes
    // the gap since we looked.
    match fs::remove_dir(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => durable::rename(draft, dir),
    }
}
