//! Why a number is refused.

use thiserror::Error;

/// Why what was typed is not a number of the kind it claims to be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdentityRefusal {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A character that such a number never has.
    #[error("unexpected character")]
    Alphabet,
    /// Too short or too long.
    #[error("wrong length")]
    Length,
    /// Well formed, but never issued: all digits equal, a reserved range.
    #[error("never issued")]
    NeverIssued,
    /// The check characters do not fit the rest; these would.
    #[error("for this root it ends in {expected}")]
    CheckDigits {
        /// The check characters that fit what stands before them.
        expected: String,
    },
}

impl IdentityRefusal {
    /// The check characters that would fit, where that is what is wrong.
    pub fn expected(&self) -> Option<&str> {
        match self {
            Self::CheckDigits { expected } => Some(expected),
            Self::Empty | Self::Alphabet | Self::Length | Self::NeverIssued => None,
        }
    }
}
