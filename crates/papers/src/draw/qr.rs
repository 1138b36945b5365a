//! QR codes, error correction level M, for paper and for the screen.

use qrcode::{Color, EcLevel, QrCode};

use super::{Colour, Page};
use crate::PaperError;

/// The modules of a QR code, without the quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrModules {
    width: usize,
    dark: Vec<bool>,
}

impl QrModules {
    /// Encodes text at level M.
    pub fn new(text: &str) -> Result<Self, PaperError> {
        let code =
            QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).map_err(|_| PaperError::QrTooLong)?;
        Ok(Self { width: code.width(), dark: code.to_colors().into_iter().map(|c| c == Color::Dark).collect() })
    }

    /// Modules on a side.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Row by row, `1` for dark and `0` for light, as the screen takes it.
    pub fn rows(&self) -> Vec<String> {
        let digit = |dark: &bool| if *dark { '1' } else { '0' };
        self.dark.chunks(self.width).map(|row| row.iter().map(digit).collect()).collect()
    }

    /// Draws the code with a side of `size` points, the quiet zone of four modules outside of it.
    pub(crate) fn draw(&self, page: &mut Page<'_>, x: f32, y: f32, size: f32) {
        let module = size / count(self.width);
        let quiet = 4.0 * module;
        page.fill(x - quiet, y - quiet, size + 2.0 * quiet, size + 2.0 * quiet, Colour::White);
        let mut first = true;
        for (row, modules) in self.dark.chunks(self.width).enumerate() {
            let mut column = 0;
            for stretch in modules.chunk_by(|a, b| a == b) {
                if stretch.first() == Some(&true) {
                    // A hair higher than a module, or some viewers show white seams between the rows.
                    let (left, top) = (x + count(column) * module, y + count(row) * module);
                    let (wide, high) = (count(stretch.len()) * module, module * 1.03);
                    if first {
                        page.fill(left, top, wide, high, Colour::Ink);
                        first = false;
                    } else {
                        page.fill_again(left, top, wide, high);
                    }
                }
                column += stretch.len();
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules on a side")]
fn count(modules: usize) -> f32 {
    modules as f32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn rows_are_as_many_as_columns_and_begin_with_a_finder() {
        let code = QrModules::new("PRAXIS").unwrap();

        let rows = code.rows();

        assert_eq!(rows.len(), code.width());
        assert!(rows.iter().all(|row| row.len() == code.width()));
        assert!(rows[0].starts_with("1111111") && rows[0].ends_with("1111111"));
    }

    #[test]
    fn what_no_code_can_hold_is_refused() {
        assert_eq!(QrModules::new(&"x".repeat(3000)), Err(PaperError::QrTooLong));
    }
}
