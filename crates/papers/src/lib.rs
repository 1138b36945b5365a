//! Papers: pure functions from data to the bytes of a PDF. Same data, same bytes.
//!
//! A paper knows no database, no clock and no screen. It is set in one embedded family, cut down to the characters it
//! uses, in the patient's language. What a paper says is decided by its caller; how it looks is decided here. Sealed
//! bytes are never rendered again.
//!
//! Known limit: neither PDF/A nor a tagged PDF (printpdf writes neither).

pub mod consent;
mod draw;
mod error;
mod furniture;
pub mod invoice;
pub mod pix;
pub mod receipt;
pub mod seal;
mod words;

pub use draw::{Ink, InkPoint, InkRefused, QrModules, Run};
pub use error::PaperError;
pub use furniture::{Letterhead, Setting};
