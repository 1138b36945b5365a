//! Reading big-endian bytes, and ids.

use std::fmt;

use thiserror::Error;

/// The bytes are not what the format says; at this offset they cease to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("malformed at byte {0}")]
pub struct Malformed(pub usize);

/// A 16-byte id, printed as a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 16]);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            let dash = if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" };
            write!(f, "{dash}{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A reader that walks through bytes and remembers where it is.
pub(crate) struct Walk<'a> {
    whole: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    pub(crate) fn new(whole: &'a [u8]) -> Self {
        Self { whole, rest: whole }
    }

    /// How many bytes were read.
    pub(crate) fn here(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Malformed(self.here()))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let here = self.here();
        self.bytes(N)?.try_into().map_err(|_| Malformed(here))
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        Ok(u8::from_be_bytes(self.fixed()?))
    }

    pub(crate) fn short(&mut self) -> Result<u16, Malformed> {
        Ok(u16::from_be_bytes(self.fixed()?))
    }

    pub(crate) fn long(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_be_bytes(self.fixed()?))
    }

    pub(crate) fn signed(&mut self) -> Result<i64, Malformed> {
        Ok(i64::from_be_bytes(self.fixed()?))
    }

    pub(crate) fn id(&mut self) -> Result<Id, Malformed> {
        Ok(Id(self.fixed()?))
    }

    /// A u32 length and as many bytes.
    pub(crate) fn counted(&mut self) -> Result<&'a [u8], Malformed> {
        let here = self.here();
        let length = u32::from_be_bytes(self.fixed()?);
        self.bytes(usize::try_from(length).map_err(|_| Malformed(here))?)
    }

    /// A u32 length and as many bytes of UTF-8.
    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        let here = self.here();
        str::from_utf8(self.counted()?).map_err(|_| Malformed(here))
    }

    /// A byte that must be this one.
    pub(crate) fn expect(&mut self, wanted: &[u8]) -> Result<(), Malformed> {
        let here = self.here();
        if self.bytes(wanted.len())? == wanted { Ok(()) } else { Err(Malformed(here)) }
    }

    /// Nothing may follow.
    pub(crate) fn end(self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed(self.here())) }
    }
}
