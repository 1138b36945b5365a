//! One keyed connection, with the settings every connection to a vault has.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::key::DataKey;
use crate::key_file::push_hex;

/// The page size of every vault: 8 K reads points slower, 16 K commits nearly three times slower.
pub(crate) const PAGE: u64 = 4096;

/// How a connection uses the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Makes a new file.
    Create,
    /// Writes and checkpoints; there is one.
    Write,
    /// Reads only, and could not write if it tried.
    Read,
    /// Looks at a file without write-ahead log as if it could not change: no lock, no `-wal`, no `-shm`.
    LookStill,
    /// Looks at a file whose last process died: reads the log into memory of its own, writes and removes nothing.
    LookAfterCrash,
}

/// Opens `db` with `key`. SQLCipher reads nothing until the first statement, so a wrong key is not noticed here.
pub(crate) fn connect(db: &Path, key: &DataKey, purpose: Use) -> rusqlite::Result<Connection> {
    let read_write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match purpose {
        Use::Create => Connection::open_with_flags(db, read_write | OpenFlags::SQLITE_OPEN_CREATE),
        Use::Write | Use::LookAfterCrash => Connection::open_with_flags(db, read_write),
        Use::Read => Connection::open_with_flags(db, read_only),
        Use::LookStill => {
            let address = format!("{}?immutable=1", file_uri(db));
            Connection::open_with_flags(address, read_only | OpenFlags::SQLITE_OPEN_URI)
        }
    }?;
    // SQLCipher would report a wrong key on stderr; we return it. Memory security stays off: it pins and unpins every
    // single allocation of SQLite, which took four fifths of the time of a day's writes (decision 6).
    connection.execute_batch("pragma cipher_log_level = none;")?;
    key_with(&connection, key)?;
    match purpose {
        Use::Create => connection.execute_batch(include_str!("sql/create.sql"))?,
        Use::Write => connection.execute_batch(include_str!("sql/write.sql"))?,
        Use::Read | Use::LookStill => connection.execute_batch(include_str!("sql/read.sql"))?,
        Use::LookAfterCrash => {
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            connection.execute_batch(include_str!("sql/look_after_crash.sql"))?;
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(connection)
}

/// Gives the connection its raw 256-bit key: no derivation per connection, that was paid when the slot opened.
fn key_with(connection: &Connection, key: &DataKey) -> rusqlite::Result<()> {
    let raw = key.derive("praxis vault sqlcipher key v1");
    let mut statement = Zeroizing::new(String::with_capacity(96));
    statement.push_str("pragma key = \"x'");
    push_hex(&mut statement, &*raw);
    statement.push_str("'\";");
    connection.execute_batch(&statement)
}

/// `file:` and the path with everything but plain characters percent-encoded.
fn file_uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    let bytes = path_bytes(path);
    if cfg!(windows) && !bytes.starts_with(b"/") {
        uri.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            b':' if cfg!(windows) => uri.push(':'),
            _ => {
                uri.push('%');
                push_hex(&mut uri, &[byte]);
            }
        }
    }
    uri
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn no_path_can_smuggle_in_a_parameter() {
        assert_eq!(file_uri(Path::new("/a b/ç?mode=rw#x")), "file:/a%20b/%c3%a7%3fmode%3drw%23x");
    }
}
