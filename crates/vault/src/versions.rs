//! The oldest SQLite and SQLCipher we run on, asserted where they are linked.

use rusqlite::Connection;

use crate::error::OpenError;

/// SQLite up to 3.51.2 can corrupt a database when two connections reset the WAL at once, and 3.53.4 mends a
/// corruption with ATTACH; SQLCipher 4.18 is the first release on a SQLite with both corrected.
const SQLITE: i32 = 3_053_004;
const CIPHER: (u32, u32) = (4, 18);

/// Refuses to run on a SQLite or SQLCipher that is known to lose data. Every opening asks this first.
pub fn require_versions() -> Result<(), OpenError> {
    let memory = Connection::open_in_memory()?;
    let cipher: String = memory
        .query_row("pragma cipher_version", [], |row| row.get(0))
        .or_else(|error| if error == rusqlite::Error::QueryReturnedNoRows { Ok(String::new()) } else { Err(error) })?;
    if rusqlite::version_number() >= SQLITE && major_minor(&cipher) >= Some(CIPHER) {
        return Ok(());
    }
    Err(OpenError::Unfit { sqlite: rusqlite::version().to_owned(), cipher })
}

/// `(4, 19)` of `4.19.0 community`.
fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split([' ', '.']).map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_link_is_new_enough() {
        assert!(require_versions().is_ok());
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(major_minor("4.19.0 community"), Some((4, 19)));
        assert!(major_minor("4.9.1 community") < Some(CIPHER), "4.9 is older than 4.18");
        assert!(major_minor("") < Some(CIPHER), "no SQLCipher at all is never enough");
    }
}
