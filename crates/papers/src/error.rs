//! Why a paper is not made.

use thiserror::Error;

/// Why a paper is not made. Nothing is half made: either the bytes are whole or there are none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaperError {
    /// An embedded face cannot be read or cut down: the program itself is damaged.
    #[error("the embedded font is damaged")]
    Font,
    /// The QR code cannot hold the text.
    #[error("too long for a QR code")]
    QrTooLong,
    /// The amounts do not add up, or are in different currencies.
    #[error("the amounts on the paper do not add up")]
    SumsDiffer,
    /// The PDF library refused to write the document.
    #[error("the document cannot be written")]
    Write,
}
