//! The embedded family and its measures, and the cut-down copies that go into a file.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontMetrics, ParsedFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;
use unicode_normalization::UnicodeNormalization;

use crate::PaperError;

const REGULAR: &[u8] = include_bytes!("../../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/Inter-SemiBold.ttf");

/// Shown for what the family cannot write (an emoji in a name): a paper is made all the same.
const MISSING: char = '?';

/// The two weights a paper is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    Bold,
}

impl Face {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    /// The resource name in the file. Fixed, since printpdf would draw one from a process-wide counter.
    pub(crate) const fn resource(self) -> &'static str {
        match self {
            Self::Regular => "R",
            Self::Bold => "B",
        }
    }

    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }

    /// The six capitals before the plus say that the face was cut down.
    const fn name(self) -> &'static str {
        match self {
            Self::Regular => "PRAXIS+Inter-Regular",
            Self::Bold => "PRAXIS+Inter-SemiBold",
        }
    }
}

/// Both faces, opened.
pub(crate) struct Fonts {
    regular: ttf_parser::Face<'static>,
    bold: ttf_parser::Face<'static>,
}

impl Fonts {
    pub(crate) fn open() -> Result<Self, PaperError> {
        let open = |face: Face| ttf_parser::Face::parse(face.bytes(), 0).map_err(|_| PaperError::Font);
        Ok(Self { regular: open(Face::Regular)?, bold: open(Face::Bold)? })
    }

    const fn face(&self, face: Face) -> &ttf_parser::Face<'static> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The text as it will stand on the page: composed, without invisible characters, and with a mark in place of
    /// what the family cannot write. Both faces cover the same characters.
    pub(crate) fn prepare(&self, text: &str) -> String {
        text.nfc()
            .filter_map(|c| match c {
                '\u{a0}' | '\u{202f}' | '\u{2007}' | '\t' | '\n' | '\r' => Some(' '),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
                    None
                }
                c if c.is_control() => None,
                c if self.regular.glyph_index(c).is_some() => Some(c),
                _ => Some(MISSING),
            })
            .collect()
    }

    /// Width of prepared or raw text in points. Counts the whole thousandths that stand in the file, so that what is
    /// measured is what a viewer draws.
    pub(crate) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let face = self.face(face);
        let thousandths: i64 = self.prepare(text).chars().map(|c| advance(face, c)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line is far shorter than 2^23 thousandths of its size")]
        let ems = thousandths as f32 / 1000.0;
        ems * size
    }

    /// A copy of a face with nothing but the given characters, ready to be embedded.
    pub(crate) fn cut_down(&self, face: Face, used: &BTreeSet<char>) -> Result<ParsedFont, PaperError> {
        let source = self.face(face);
        let mut remapper = GlyphRemapper::new();
        let mut characters = BTreeMap::new();
        let mut widths = BTreeMap::new();
        for &c in used {
            if let Some(glyph) = source.glyph_index(c) {
                let kept = remapper.remap(glyph.0);
                characters.insert(u32::from(c), kept);
                widths.insert(kept, source.glyph_hor_advance(glyph).unwrap_or(0));
            }
        }
        let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| PaperError::Font)?;
        let bounds = source.global_bounding_box();
        let mut font = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(face.name().to_owned()),
            characters,
            widths,
            source.units_per_em(),
            FontMetrics { ascent: source.ascender(), descent: source.descender() },
        );
        font.pdf_font_metrics = PdfFontMetricsStub {
            units_per_em: source.units_per_em(),
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            us_weight_class: source.weight().to_number(),
            ..PdfFontMetricsStub::default()
        };
        Ok(font)
    }
}

/// Thousandths of an em, cut as printpdf cuts them when it writes the widths.
fn advance(face: &ttf_parser::Face<'_>, c: char) -> i64 {
    let units = face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0);
    i64::from(units) * 1000 / i64::from(face.units_per_em())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_family_writes_every_language_and_sign_we_print() {
        let fonts = Fonts::open().unwrap();
        let needed = "ÃÇÑÕŞĞİ ₲ € R$ ₺ £ áéíóúâêôãõàçü ñ¿¡ ışğöü ªº§ –—−·×…“”‘’ ✓→ Ω Жд 0123456789";

        assert_eq!(fonts.prepare(needed), needed);
        for face in Face::ALL {
            for c in needed.chars() {
                assert!(fonts.face(face).glyph_index(c).is_some(), "{face:?} lacks {c}");
            }
        }
    }

    #[test]
    fn what_cannot_be_written_is_marked_and_what_cannot_be_seen_is_dropped() {
        let fonts = Fonts::open().unwrap();

        assert_eq!(fonts.prepare("Ana 🌷\u{200b}\u{ad} R$\u{a0}5\u{7}"), "Ana ? R$ 5");
        assert_eq!(fonts.prepare("c\u{327}a\u{303}o"), "ção", "decomposed letters are composed");
    }

    #[test]
    fn figures_are_of_equal_width() {
        let fonts = Fonts::open().unwrap();

        for face in Face::ALL {
            let widths: BTreeSet<_> = ('0'..='9').map(|c| advance(fonts.face(face), c)).collect();
            assert_eq!(widths.len(), 1, "{face:?}");
        }
    }
}
