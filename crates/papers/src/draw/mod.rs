//! Pen and paper: faces and their measures, pages, line and page breaks, ink, QR codes, the finished file.
//!
//! Knows points and colours, and nothing of clinics. Lengths are PDF points (1/72 inch); y grows downwards from the
//! top of the page.

mod file;
mod fonts;
mod ink;
mod page;
mod qr;
mod stack;
mod wrap;

pub(crate) use file::{About, to_bytes};
pub(crate) use fonts::{Face, Fonts};
pub(crate) use ink::draw_ink;
pub use ink::{Ink, InkPoint, InkRefused};
pub(crate) use page::{Colour, Page, Paper, Style, mm};
pub use qr::QrModules;
pub(crate) use stack::{Frame, Piece, Section, flow, hold_together, keep_with_next};
pub use wrap::Run;
pub(crate) use wrap::{Line, draw_line, wrap, wrap_text};
