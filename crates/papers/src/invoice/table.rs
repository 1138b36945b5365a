//! The table of what was done: columns that are left out when nothing stands in them, a head on every page.

use domain::money::{Locale, Money};
use rust_decimal::Decimal;

use super::{Invoice, Line};
use crate::draw::{Colour, Face, Fonts, Page, Piece, Section, Style, wrap_text};
use crate::furniture::{BODY, LABEL, LEFT, RIGHT, SMALL, STRONG, WIDTH};
use crate::words::{Words, words};

const GAP: f32 = 18.0;
const LONGEST_PERFORMER: f32 = 110.0;

/// Where the columns end, as wide as what stands in them; those without a place are not shown.
struct Columns {
    description: f32,
    performer: Option<(f32, f32)>,
    quantity: f32,
    unit: f32,
    discount: Option<f32>,
}

impl Columns {
    fn of(fonts: &Fonts, words: &Words, data: &Invoice) -> Self {
        let locale = data.setting.locale;
        let widest = |head: &str, face: Face, texts: &mut dyn Iterator<Item = String>| {
            let head = fonts.width(head, LABEL.face, LABEL.size);
            texts.map(|text| fonts.width(&text, face, BODY.size)).fold(head, f32::max)
        };
        let lines = || data.lines.iter();
        let amount = |face, head, of: fn(&Line) -> Money| {
            widest(head, face, &mut lines().map(|line| of(line).format_number(locale))) + GAP
        };

        let mut right = RIGHT - amount(Face::Bold, words.total, |line| line.total);
        let discount = lines().any(|line| !line.discount.is_zero()).then_some(right);
        right -= discount.map_or(0.0, |_| amount(Face::Regular, words.discount, |line| less(line.discount)));
        let unit = right;
        right -= amount(Face::Regular, words.unit, |line| line.unit);
        let quantity = right;
        right -= widest(words.quantity, Face::Regular, &mut lines().map(|line| number(line.quantity, locale))) + GAP;
        let named = lines().any(|line| line.performer.is_some());
        let performer = named.then(|| {
            let people = &mut lines().filter_map(|line| line.performer.clone());
            let width = widest(words.performer, Face::Regular, people).min(LONGEST_PERFORMER);
            (right - width, width + 0.5)
        });
        let end = performer.map_or(right, |(x, _)| x - GAP);
        Self { description: end - LEFT, performer, quantity, unit, discount }
    }
}

/// The lines as a section.
pub(super) fn table<'a>(fonts: &Fonts, data: &'a Invoice) -> Section<'a> {
    let words = words(data.setting.locale);
    let columns = std::rc::Rc::new(Columns::of(fonts, words, data));
    let head = {
        let columns = columns.clone();
        Piece::new(20.0, move |page, y| head(page, words, &columns, y))
    };
    // A long list is set tighter, so that a usual day's invoice stays on one page.
    let pad = if data.lines.len() > 8 { 2.6 } else { 7.0 };
    let pieces = data.lines.iter().map(|line| row(fonts, data.setting.locale, line, columns.clone(), pad)).collect();
    Section { head: Some(head), pieces }
}

fn head(page: &mut Page<'_>, words: &Words, columns: &Columns, y: f32) {
    let y = y + 11.0;
    page.text(LEFT, y, LABEL, words.service);
    if let Some((x, _)) = columns.performer {
        page.text(x, y, LABEL, words.performer);
    }
    page.text_right(columns.quantity, y, LABEL, words.quantity);
    page.text_right(columns.unit, y, LABEL, words.unit);
    if let Some(x) = columns.discount {
        page.text_right(x, y, LABEL, words.discount);
    }
    page.text_right(RIGHT, y, LABEL, words.total);
    page.rule(LEFT, y + 8.0, WIDTH, 0.8, Colour::Border);
}

fn row<'a>(fonts: &Fonts, locale: Locale, line: &'a Line, columns: std::rc::Rc<Columns>, pad: f32) -> Piece<'a> {
    let description = wrap_text(fonts, &line.description, STRONG.face, STRONG.size, columns.description);
    let detail = line.detail.as_deref().map(|text| wrap_text(fonts, text, SMALL.face, SMALL.size, columns.description));
    let detail = detail.unwrap_or_default();
    let performer = line.performer.as_deref().zip(columns.performer);
    let performer = performer.map(|(text, (_, width))| wrap_text(fonts, text, BODY.face, BODY.size, width));
    let performer = performer.unwrap_or_default();
    let rows = |lines: &[String]| f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let text = (rows(&description) * 12.5 + rows(&detail) * 11.5).max(rows(&performer) * 12.5);
    let height = text + 2.0 * pad;
    Piece::new(height, move |page, y| {
        let first = y + pad + 9.3;
        let mut at = first;
        for text in &description {
            page.text(LEFT, at, STRONG, text);
            at += 12.5;
        }
        for text in &detail {
            page.text(LEFT, at - 0.5, SMALL, text);
            at += 11.5;
        }
        if let Some((x, _)) = columns.performer {
            let mut at = first;
            for text in &performer {
                page.text(x, at, BODY, text);
                at += 12.5;
            }
        }
        page.text_right(columns.quantity, first, BODY, &number(line.quantity, locale));
        page.text_right(columns.unit, first, BODY, &line.unit.format_number(locale));
        if let Some(x) = columns.discount.filter(|_| !line.discount.is_zero()) {
            page.text_right(x, first, BODY, &less(line.discount).format_number(locale));
        }
        let strong = Style::new(Face::Bold, BODY.size, Colour::Ink);
        page.text_right(RIGHT, first, strong, &line.total.format_number(locale));
        page.rule(LEFT, y + height, WIDTH, 0.5, Colour::Hairline);
    })
}

/// An amount as it is taken off.
pub(super) fn less(amount: Money) -> Money {
    amount.checked_neg().unwrap_or(amount)
}

/// A quantity without idle zeros, with the place's decimal sign.
fn number(quantity: Decimal, locale: Locale) -> String {
    let text = quantity.normalize().to_string();
    match locale {
        Locale::PtBr | Locale::Es | Locale::EsPy => text.replace('.', ","),
        Locale::En => text,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_quantity_has_no_idle_zeros() {
        let told = |text: &str, locale| number(text.parse().unwrap(), locale);

        assert_eq!(told("1", Locale::PtBr), "1");
        assert_eq!(told("1.000", Locale::PtBr), "1");
        assert_eq!(told("2.50", Locale::PtBr), "2,5");
        assert_eq!(told("2.50", Locale::En), "2.5");
    }
}
