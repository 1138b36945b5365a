//! How an invoice looks.

use domain::money::{Instalment, Locale, Money};

use super::table::{less, table};
use super::{Invoice, Payment, PixPanel};
use crate::PaperError;
use crate::draw::{
    About, Colour, Face, Fonts, Page, Piece, QrModules, Section, Style, flow, hold_together, keep_with_next, mm,
    to_bytes, wrap_text,
};
use crate::furniture::{A4, BODY, LABEL, LEFT, RIGHT, SMALL, STRONG, TITLE, WIDTH, finish, letterhead, tag};
use crate::words::{Words, words};

/// The Central Bank asks for no size; below 30 mm cheap phones fail on cheap printers.
const PIX_SIDE: f32 = mm(34.0);
const _: () = assert!(PIX_SIDE >= mm(30.0));
const GUTTER: f32 = 32.0;
const COLUMN: f32 = (WIDTH - GUTTER) / 2.0;

pub(super) fn render(data: &Invoice) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::open()?;
    let words = words(data.setting.locale);
    let sums = data.sums()?;
    let (paid, open) = (data.paid()?, data.open()?);
    let code = data.pix.as_ref().map(|pix| QrModules::new(&pix.payload)).transpose()?;

    let number = data.number.as_deref().unwrap_or(words.draft_mark);
    let mut opening = vec![letterhead(&fonts, &data.clinic, (words.invoice, SMALL), (number.to_owned(), TITLE))];
    opening.push(parties(&fonts, words, data));
    let mut lines = table(&fonts, data);
    // A total alone on a page totals nothing that can be seen.
    keep_with_next(&mut lines.pieces, 2);
    lines.pieces.push(totals(words, data, sums, paid, open));
    let mut sections = vec![Section { head: None, pieces: opening }, lines];
    if !(data.instalments.is_empty() && data.payments.is_empty()) {
        sections.push(Section { head: None, pieces: vec![Piece::gap(10.0)] });
        sections.push(ledger(words, data));
    }
    if let (Some(pix), Some(code)) = (&data.pix, &code) {
        sections.push(Section { head: None, pieces: pix_panel(&fonts, words, data.setting.locale, pix, code) });
    }
    sections.push(Section { head: None, pieces: notes(&fonts, &data.notes) });

    let mut pages = flow(&fonts, A4, &sections);
    let title = format!("{} {number}", words.invoice);
    finish(&mut pages, data.setting, &title, &data.payer.name, (&title, LABEL));
    let about =
        About { title: &title, author: &data.clinic.name, language: data.setting.locale.tag(), made_at: data.made_at };
    to_bytes(&fonts, pages, &about)
}

/// Who pays, who was treated, and the dates.
fn parties<'a>(fonts: &Fonts, words: &'static Words, data: &'a Invoice) -> Piece<'a> {
    let dates = RIGHT - 150.0;
    let width = dates - LEFT - 20.0;
    let mut below: Vec<String> = wrap_text(fonts, &data.payer.name, STRONG.face, STRONG.size, width);
    let names = below.len();
    let details = [data.payer.tax_id.as_deref(), data.payer.address.as_deref()];
    for detail in details.into_iter().flatten() {
        below.extend(wrap_text(fonts, detail, SMALL.face, SMALL.size, width));
    }
    if let Some(patient) = &data.patient {
        below.extend(wrap_text(fonts, &format!("{}: {patient}", words.patient), SMALL.face, SMALL.size, width));
    }
    let rows = f32::from(u16::try_from(below.len()).unwrap_or(u16::MAX));
    let height = (rows * 12.5 + 14.0).max(32.0) + 18.0;
    Piece::new(height, move |page, y| {
        page.text(LEFT, y + 8.0, LABEL, words.payer);
        for (index, line) in below.iter().enumerate() {
            let at = y + 22.0 + 12.5 * f32::from(u16::try_from(index).unwrap_or(u16::MAX));
            page.text(LEFT, at, if index < names { STRONG } else { SMALL }, line);
        }
        let days = [(words.issued, data.issued_on), (words.due, data.due_on)];
        for ((label, day), x) in days.into_iter().zip([dates, dates + 82.0]) {
            if let Some(day) = day {
                page.text(x, y + 8.0, LABEL, label);
                page.text(x, y + 22.0, BODY, &words.date(day));
            }
        }
        if data.copy {
            tag(page, RIGHT, y + 42.0, words.copy, Colour::Muted);
        }
    })
}

fn totals<'a>(words: &'static Words, data: &'a Invoice, sums: (Money, Money), paid: Money, open: Money) -> Piece<'a> {
    let locale = data.setting.locale;
    let (before, discounts) = sums;
    let discounted = !discounts.is_zero();
    let some_paid = !paid.is_zero();
    let height = 42.0 + if discounted { 38.0 } else { 0.0 } + if some_paid { 34.0 } else { 0.0 };
    Piece::new(height, move |page, y| {
        let left = RIGHT - 230.0;
        let mut at = y + 18.0;
        let mut row = |page: &mut Page<'_>, label: &str, amount: Money, style: Style| {
            page.text(left, at, Style { face: Face::Regular, ..style }, label);
            page.text_right(RIGHT, at, style, &amount.format_number(locale));
            at += 16.0;
        };
        if discounted {
            row(page, words.services, before, BODY);
            row(page, words.discounts, less(discounts), BODY);
            page.rule(left, at - 8.0, 230.0, 0.5, Colour::Hairline);
            at += 6.0;
        }
        at += 5.0;
        page.text(left, at, TITLE, words.total);
        page.text_right(RIGHT, at, TITLE, &data.total.format(locale));
        at += 20.0;
        if some_paid {
            page.text(left, at, BODY, words.paid);
            page.text_right(RIGHT, at, BODY, &paid.format(locale));
            at += 16.0;
            if open.is_zero() {
                page.text_right(RIGHT, at, STRONG, words.settled);
            } else {
                page.text(left, at, STRONG, words.open);
                page.text_right(RIGHT, at, STRONG, &open.format(locale));
            }
        }
    })
}

/// Instalments at the left and payments at the right, row by row, so that both go on over the page together.
fn ledger<'a>(words: &'static Words, data: &'a Invoice) -> Section<'a> {
    let locale = data.setting.locale;
    let (due, got) = (&data.instalments, &data.payments);
    // One of the two alone stands at the left.
    let got_at = if due.is_empty() { LEFT } else { LEFT + COLUMN + GUTTER };
    let head = Piece::new(24.0, move |page, y| {
        for (title, x, shown) in [(words.instalments, LEFT, !due.is_empty()), (words.payments, got_at, !got.is_empty())]
        {
            if shown {
                page.text(x, y + 11.0, STRONG, title);
                page.rule(x, y + 18.0, COLUMN, 0.8, Colour::Border);
            }
        }
    });
    let count = due.len();
    let pieces = (0..due.len().max(got.len()))
        .map(|index| {
            Piece::new(18.0, move |page, y| {
                if let Some(instalment) = due.get(index) {
                    instalment_row(page, words, locale, instalment, count, y);
                }
                if let Some(payment) = got.get(index) {
                    payment_row(page, words, locale, payment, got_at, y);
                }
            })
        })
        .collect();
    Section { head: Some(head), pieces }
}

fn instalment_row(page: &mut Page<'_>, words: &Words, locale: Locale, row: &Instalment, count: usize, y: f32) {
    page.text(LEFT, y + 8.5, BODY, &(words.instalment)(row.no, count));
    page.text(LEFT + 68.0, y + 8.5, BODY, &words.long_date(row.due_on));
    page.text_right(LEFT + COLUMN, y + 8.5, BODY, &row.amount.format_number(locale));
    page.rule(LEFT, y + 14.0, COLUMN, 0.5, Colour::Hairline);
}

fn payment_row(page: &mut Page<'_>, words: &Words, locale: Locale, row: &Payment, x: f32, y: f32) {
    let method = row.method.name(words);
    page.text(x, y + 8.5, BODY, &words.date(row.on));
    page.text(x + 68.0, y + 8.5, BODY, method);
    if let Some(receipt) = &row.receipt {
        let after = page.fonts.width(method, BODY.face, BODY.size) + 6.0;
        page.text(x + 68.0 + after, y + 8.5, LABEL, receipt);
    }
    page.text_right(x + COLUMN, y + 8.5, BODY, &row.amount.format_number(locale));
    page.rule(x, y + 14.0, COLUMN, 0.5, Colour::Hairline);
}

fn pix_panel<'a>(
    fonts: &Fonts,
    words: &'static Words,
    locale: Locale,
    pix: &'a PixPanel,
    code: &'a QrModules,
) -> Vec<Piece<'a>> {
    let left = LEFT + PIX_SIDE + 38.0;
    let width = RIGHT - left - 14.0;
    // "Ltda." ends the sentence by itself.
    let payee = pix.payee.strip_suffix('.').unwrap_or(&pix.payee);
    let text = (words.pix_text)(&pix.amount.format(locale), payee);
    let text = wrap_text(fonts, &text, BODY.face, BODY.size, width);
    let copy = Style::new(Face::Regular, 7.5, Colour::Ink);
    let payload = cut(fonts, &pix.payload, copy, width);
    let rows = |lines: &[String], leading: f32| leading * f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let height = (PIX_SIDE + 28.0).max(62.0 + rows(&text, 13.5) + rows(&payload, 10.5));
    let piece = Piece::new(height + 4.0, move |page, y| {
        page.card(LEFT, y, WIDTH, height, Colour::Border, Colour::White);
        code.draw(page, LEFT + 16.0, y + (height - PIX_SIDE) / 2.0, PIX_SIDE);
        let mut at = y + 22.0;
        page.text(left, at, Style::new(Face::Bold, 11.0, Colour::Ink), words.pix_title);
        at += 17.0;
        for line in &text {
            page.text(left, at, BODY, line);
            at += 13.5;
        }
        at += 7.0;
        page.text(left, at, LABEL, words.pix_copy);
        at += 12.0;
        for line in &payload {
            page.text(left, at, copy, line);
            at += 10.5;
        }
    });
    vec![Piece::gap(16.0), piece]
}

/// Cuts a payload into lines, never beside a space: one that is lost in copying would break the payload's check.
fn cut(fonts: &Fonts, payload: &str, style: Style, width: f32) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    for c in payload.chars() {
        line.push(c);
        if fonts.width(&line, style.face, style.size) > width {
            let at = line.char_indices().rev().map(|(at, _)| at).find(|&at| {
                let (before, after) = line.split_at(at);
                !before.ends_with(' ') && !after.starts_with(' ')
            });
            let rest = line.split_off(at.unwrap_or(line.len()));
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line);
    lines
}

fn notes<'a>(fonts: &Fonts, notes: &[String]) -> Vec<Piece<'a>> {
    let mut pieces = vec![Piece::gap(12.0)];
    for note in notes {
        let lines = wrap_text(fonts, note, SMALL.face, SMALL.size, WIDTH);
        let mut lines: Vec<Piece<'a>> = lines
            .into_iter()
            .map(|line| Piece::new(12.5, move |page, y| page.text(LEFT, y + 9.0, SMALL, &line)))
            .collect();
        hold_together(&mut lines);
        pieces.append(&mut lines);
        pieces.push(Piece::gap(4.0));
    }
    pieces
}
