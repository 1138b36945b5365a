//! How a receipt looks, on A4 and on a roll.

use super::Receipt;
use crate::PaperError;
use crate::draw::{
    About, Colour, Face, Fonts, Frame, Page, Paper, Piece, Section, Style, flow, hold_together, mm, to_bytes, wrap_text,
};
use crate::furniture::{A4, BODY, LABEL, LEFT, RIGHT, SMALL, STRONG, TITLE, WIDTH, finish, letterhead, tag};
use crate::words::{Words, words};

const AMOUNT: Style = Style::new(Face::Bold, 22.0, Colour::Ink);

pub(super) fn a4(data: &Receipt) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::open()?;
    let words = words(data.setting.locale);
    let mut pieces = vec![letterhead(&fonts, &data.clinic, (words.receipt, SMALL), (data.number.clone(), TITLE))];
    pieces.push(amount(words, data));
    for (label, text) in facts(words, data) {
        pieces.extend(fact(&fonts, label, &text));
    }
    pieces.push(signed(words, data));

    let mut pages = flow(&fonts, A4, &[Section { head: None, pieces }]);
    let title = format!("{} {}", words.receipt, data.number);
    finish(&mut pages, data.setting, &title, &data.payer.name, (&title, LABEL));
    to_bytes(&fonts, pages, &about(data, &title))
}

/// One page as long as it needs to be, 72 mm of it printed, as such printers do.
pub(super) fn roll(data: &Receipt) -> Result<Vec<u8>, PaperError> {
    const EDGE: f32 = mm(4.0);
    const ROLL: f32 = mm(80.0);
    const PRINTED: f32 = ROLL - 2.0 * EDGE;
    let fonts = Fonts::open()?;
    let words = words(data.setting.locale);
    let locale = data.setting.locale;
    // (text, style, centred, leading); set once to know the length.
    let mut rows: Vec<(String, Style, bool, f32)> = Vec::new();
    let small = Style::new(Face::Regular, 7.5, Colour::Ink);
    let body = Style::new(Face::Regular, 9.0, Colour::Ink);
    let strong = Style::new(Face::Bold, 9.0, Colour::Ink);
    let mut put = |text: &str, style: Style, centred: bool, leading: f32| {
        for line in wrap_text(&fonts, text, style.face, style.size, PRINTED) {
            rows.push((line, style, centred, leading));
        }
    };
    put(&data.clinic.name, Style::new(Face::Bold, 12.0, Colour::Ink), true, 15.0);
    for line in data.clinic.details(&fonts, small, PRINTED) {
        put(&line, small, true, 10.5);
    }
    put("", small, true, 10.0);
    put(&format!("{} {}", words.receipt, data.number), strong, true, 13.0);
    if data.copy {
        put(words.copy, strong, true, 13.0);
    }
    put(&data.amount.format(locale), Style::new(Face::Bold, 18.0, Colour::Ink), true, 26.0);
    put("", small, true, 7.0);
    for (label, text) in facts(words, data) {
        put(label, small, false, 10.5);
        put(&text, body, false, 12.5);
        put("", small, false, 4.0);
    }
    put("", small, true, 6.0);
    put(words.thanks, small, true, 10.5);
    if data.setting.demo {
        put(words.demo, strong, true, 14.0);
    }

    let height = rows.iter().map(|row| row.3).sum::<f32>() + 2.0 * EDGE + 8.0;
    let paper = Paper { width: ROLL, height };
    let frame = Frame { paper, top_first: EDGE, top_next: EDGE, bottom: height };
    let pieces = rows
        .iter()
        .map(|(text, style, centred, leading)| {
            Piece::new(*leading, move |page, y| {
                let at = y + leading - style.size * 0.3;
                if *centred {
                    page.text_centre(ROLL / 2.0, at, *style, text);
                } else {
                    page.text(EDGE, at, *style, text);
                }
            })
        })
        .collect();
    let pages = flow(&fonts, frame, &[Section { head: None, pieces }]);
    let title = format!("{} {}", words.receipt, data.number);
    to_bytes(&fonts, pages, &about(data, &title))
}

fn about<'a>(data: &'a Receipt, title: &'a str) -> About<'a> {
    About { title, author: &data.clinic.name, language: data.setting.locale.tag(), made_at: data.made_at }
}

/// What the receipt states, each with its label, in order.
fn facts(words: &'static Words, data: &Receipt) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let tax_id = data.payer.tax_id.as_ref().map(|id| format!("\n{id}")).unwrap_or_default();
    facts.push((words.received_from, format!("{}{tax_id}", data.payer.name)));
    facts.push((words.received_at, words.moment(data.received_at, data.setting.zone)));
    facts.push((words.method, data.method.name(words).to_owned()));
    let invoice = data.invoice.as_ref().map(|number| format!("{} {number}", words.invoice));
    let concerning: Vec<String> = invoice.into_iter().chain(data.concerning.iter().cloned()).collect();
    if !concerning.is_empty() {
        facts.push((words.concerning, concerning.join("\n")));
    }
    if let Some(open) = data.open {
        facts.push((words.still_open, open.format(data.setting.locale)));
    }
    if let Some(name) = &data.received_by {
        facts.push((words.received_by, name.clone()));
    }
    facts
}

fn amount<'a>(words: &'static Words, data: &'a Receipt) -> Piece<'a> {
    Piece::new(64.0, move |page, y| {
        page.text(LEFT, y + 10.0, LABEL, words.amount);
        page.text(LEFT, y + 36.0, AMOUNT, &data.amount.format(data.setting.locale));
        if data.copy {
            tag(page, RIGHT, y + 12.0, words.copy, Colour::Muted);
        }
    })
}

fn fact<'a>(fonts: &Fonts, label: &'static str, text: &str) -> Vec<Piece<'a>> {
    const LABELS: f32 = 120.0;
    let lines = wrap_text(fonts, text, BODY.face, BODY.size, WIDTH - LABELS);
    let mut pieces: Vec<Piece<'a>> = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let top = if index == 0 { 8.0 } else { 0.0 };
            Piece::new(14.0 + top, move |page: &mut Page<'_>, y| {
                if index == 0 {
                    page.rule(LEFT, y, WIDTH, 0.5, Colour::Hairline);
                    page.text(LEFT, y + top + 9.5, SMALL, label);
                }
                page.text(LEFT + LABELS, y + top + 9.5, BODY, &line);
            })
        })
        .collect();
    hold_together(&mut pieces);
    pieces.push(Piece::gap(7.0));
    pieces
}

/// A line to sign on, for those who want ink on paper.
fn signed<'a>(words: &'static Words, data: &'a Receipt) -> Piece<'a> {
    Piece::new(110.0, move |page, y| {
        page.rule(LEFT, y, WIDTH, 0.5, Colour::Hairline);
        let line = y + 78.0;
        page.rule(LEFT, line, 220.0, 0.8, Colour::Ink);
        page.text_within(LEFT, line + 13.0, STRONG, 220.0, &data.clinic.name);
        if let Some(tax_id) = &data.clinic.tax_id {
            page.text(LEFT, line + 25.0, SMALL, tax_id);
        }
        page.text_right(RIGHT, line + 13.0, SMALL, words.thanks);
    })
}
