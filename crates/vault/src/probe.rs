//! Looking at a database without touching it.
//!
//! SQLite's own read-only mode is not harmless: on a database with a write-ahead log it makes `-wal` and `-shm`
//! files. So a file without a log is read as immutable; one with a log (its last process died) through a
//! connection that keeps the log's index in memory and neither checkpoints nor cleans up. Either way what fails
//! here leaves the folder as it was.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use crate::connect::{PAGE, Use, connect};
use crate::error::{Damage, OpenError};
use crate::key::DataKey;
use crate::opening::Check;

/// The first bytes of an unencrypted SQLite file.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Whether `db` opens with `key`, is not newer than `known_schema`, and is as whole as `check` asks.
pub(crate) fn probe(db: &Path, key: &DataKey, known_schema: u32, check: Check) -> Result<(), OpenError> {
    looks_like_a_database(db)?;
    let how = if has_log(db)? { Use::LookAfterCrash } else { Use::LookStill };
    let connection = connect(db, key, how).map_err(judge)?;
    let found = read_schema(&connection).map_err(judge)?;
    if found > known_schema {
        return Err(OpenError::SchemaNewer { found, known: known_schema });
    }
    match check {
        Check::Header => Ok(()),
        Check::EveryPage => every_page(&connection),
    }
}

/// Authenticates every page of the main file; the first bad one is damage.
pub(crate) fn every_page(connection: &Connection) -> Result<(), OpenError> {
    let mut statement = connection.prepare("pragma cipher_integrity_check").map_err(judge)?;
    let first = statement.query_map([], |row| row.get::<_, String>(0)).map_err(judge)?.next();
    match first {
        None => Ok(()),
        Some(Ok(_page)) => Err(OpenError::FileDamaged(Damage::Unreadable)),
        Some(Err(error)) => Err(judge(error)),
    }
}

/// With a key known to be right, SQLite's complaints about the file are damage; those about the machine are not.
pub(crate) fn judge(error: rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked,
        ) => OpenError::Engine(error),
        _ => OpenError::FileDamaged(Damage::Unreadable),
    }
}

fn looks_like_a_database(db: &Path) -> Result<(), OpenError> {
    let mut file = match File::open(db) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(OpenError::FileDamaged(Damage::Missing));
        }
        Err(error) => return Err(error.into()),
    };
    if file.metadata()?.len() < PAGE {
        return Err(OpenError::FileDamaged(Damage::Truncated));
    }
    let mut start = [0; 16];
    file.read_exact(&mut start)?;
    if start == *PLAIN { Err(OpenError::FileDamaged(Damage::NotEncrypted)) } else { Ok(()) }
}

fn has_log(db: &Path) -> io::Result<bool> {
    let mut log = db.as_os_str().to_owned();
    log.push("-wal");
    match fs::metadata(PathBuf::from(log)) {
        Ok(log) => Ok(log.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads the schema (so that page 1 and the schema's pages are authenticated) and returns `user_version`.
fn read_schema(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    connection.query_row("pragma user_version", [], |row| row.get(0))
}
