//! The embedded server's key: a file that only its owner may read.
//!
//! A server must start without a person, so its data key lies beside the data (or comes as a systemd credential,
//! which is a file as well). That protects a copy of the data, not a stolen machine.

use std::fs;
use std::io;
use std::path::Path;

use zeroize::Zeroizing;

use crate::durable;
use crate::key::DataKey;

/// A data key in a file, as 64 hexadecimal digits and a line end.
#[derive(Debug)]
pub struct KeyFile;

impl KeyFile {
    /// Writes `key` to `path`, readable by the owner only. An existing file is never replaced: it may be the only
    /// copy of a key.
    pub fn create(path: &Path, key: &DataKey) -> io::Result<()> {
        if path.try_exists()? {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut line = Zeroizing::new(String::with_capacity(65));
        push_hex(&mut line, key.expose());
        line.push('\n');
        durable::replace(path, line.as_bytes())
    }

    /// Reads the key back. Anything but 64 hexadecimal digits is [`io::ErrorKind::InvalidData`].
    pub fn read(path: &Path) -> io::Result<DataKey> {
        let text = Zeroizing::new(fs::read_to_string(path)?);
        let mut key = Zeroizing::new([0_u8; 32]);
        let digits = text.trim();
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
            let pair = str::from_utf8(pair).map_err(io::Error::other)?;
            *byte = u8::from_str_radix(pair, 16).map_err(io::Error::other)?;
        }
        Ok(DataKey::from_bytes(*key))
    }
}

/// Appends `bytes` as lower-case hexadecimal digits.
pub(crate) fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0')));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_key_survives_its_file_and_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.key");
        let key = DataKey::from_bytes(std::array::from_fn(|i| u8::try_from(i * 7 % 256).unwrap()));

        KeyFile::create(&path, &key).unwrap();

        assert_eq!(KeyFile::read(&path).unwrap().expose(), key.expose());
        let again = KeyFile::create(&path, &DataKey::from_bytes([0; 32])).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.key");

        for wrong in ["", "abcd", &"g".repeat(64), &"é".repeat(32), &"0".repeat(66)] {
            fs::write(&path, wrong).unwrap();
            assert_eq!(KeyFile::read(&path).unwrap_err().kind(), io::ErrorKind::InvalidData, "{wrong:?}");
        }
    }
}
