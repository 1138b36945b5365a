//! What a field of a record can hold. There is no floating point number here, by design.

use serde::{Deserialize, Serialize};

/// A field's value, as it stands in the journal, on the wire and in a `STRICT` SQLite column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Value {
    /// Not known, not given or cleared.
    #[default]
    Null,
    /// A whole number: a count, minor units of money, minutes, milliseconds UTC, or 0/1.
    Int(i64),
    /// Text in UTF-8.
    Text(String),
    /// Bytes: an id, a hash, strokes, a small file.
    Bytes(Vec<u8>),
}

impl Value {
    /// The text, when this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Int(_) | Self::Bytes(_) => None,
        }
    }

    /// The number, when this is a number.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Null | Self::Text(_) | Self::Bytes(_) => None,
        }
    }

    /// The id, when this is 16 bytes.
    pub fn as_id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Bytes(bytes) => uuid::Uuid::from_slice(bytes).ok(),
            Self::Null | Self::Int(_) | Self::Text(_) => None,
        }
    }

    /// Nothing is known.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<uuid::Uuid> for Value {
    fn from(id: uuid::Uuid) -> Self {
        Self::Bytes(id.into_bytes().to_vec())
    }
}
