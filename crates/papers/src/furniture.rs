//! What every A4 paper shares: letterhead, the head of later pages, the foot, marks.

use domain::money::Locale;
use domain::time::Zone;
use serde::Serialize;

use crate::draw::{Colour, Face, Fonts, Frame, Page, Paper, Piece, Style, mm, wrap_text};
use crate::words::words;

/// Who issues the paper, each text as it is to stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The name over the door.
    pub name: String,
    /// The company's legal name, where it differs.
    pub legal_name: Option<String>,
    /// With its kind: `CNPJ 12.345.678/0001-95`.
    pub tax_id: Option<String>,
    /// Street, number, city in one line.
    pub address: Option<String>,
    /// Formatted.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

impl Letterhead {
    /// What stands below the name: who and where, then the numbers, in lines no wider than `width`.
    pub(crate) fn details(&self, fonts: &Fonts, style: Style, width: f32) -> Vec<String> {
        let join = |parts: &[&Option<String>]| {
            let told = parts.iter().filter_map(|part| part.as_deref());
            told.filter(|text| !text.is_empty() && *text != self.name).collect::<Vec<_>>().join(" · ")
        };
        let lines = [join(&[&self.legal_name, &self.address]), join(&[&self.tax_id, &self.phone, &self.email])];
        let told = lines.into_iter().filter(|line| !line.is_empty());
        told.flat_map(|line| by_parts(fonts, &line, style, width)).collect()
    }
}

/// Sets a line of parts, breaking it after a dot or a comma: the name of a city stays whole, and a number stays with
/// its street. Only a part that is wider than a line breaks at its own spaces.
fn by_parts(fonts: &Fonts, line: &str, style: Style, width: f32) -> Vec<String> {
    const STAYS: char = '\u{a0}';
    let mut text = String::with_capacity(line.len());
    for part in line.split(" · ") {
        if !text.is_empty() {
            text.push(STAYS);
            text.push_str("· ");
        }
        let mut rest = part;
        while let Some((place, after)) = rest.split_once(", ") {
            text.push_str(&kept(fonts, place, style, width));
            text.push(',');
            // "Rua Fidalga, 695": the number is part of the street.
            text.push(if after.starts_with(|c: char| c.is_ascii_digit()) { STAYS } else { ' ' });
            rest = after;
        }
        text.push_str(&kept(fonts, rest, style, width));
    }
    let lines = wrap_text(fonts, &text, style.face, style.size, width);
    lines.into_iter().map(|line| line.replace(STAYS, " ").trim_end_matches(" ·").to_owned()).collect()
}

/// A part whose spaces do not break, where it fits on a line.
fn kept(fonts: &Fonts, part: &str, style: Style, width: f32) -> String {
    if fonts.width(part, style.face, style.size) > width { part.to_owned() } else { part.replace(' ', "\u{a0}") }
}

/// The language, place and condition under which a paper is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The patient's language and way of writing amounts.
    pub locale: Locale,
    /// The clinic's zone, for the instants on the paper.
    pub zone: Zone,
    /// Made in the demo clinic: a watermark says so.
    pub demo: bool,
}

pub(crate) const LEFT: f32 = mm(22.0);
pub(crate) const RIGHT: f32 = mm(188.0);
pub(crate) const WIDTH: f32 = RIGHT - LEFT;

/// The column of an A4 paper.
pub(crate) const A4: Frame = Frame { paper: Paper::A4, top_first: mm(18.0), top_next: mm(26.0), bottom: mm(280.0) };

pub(crate) const NAME: Style = Style::new(Face::Bold, 13.0, Colour::Ink);
pub(crate) const TITLE: Style = Style::new(Face::Bold, 15.0, Colour::Ink);
pub(crate) const LABEL: Style = Style::new(Face::Regular, 8.0, Colour::Muted);
pub(crate) const SMALL: Style = Style::new(Face::Regular, 8.5, Colour::Muted);
pub(crate) const BODY: Style = Style::new(Face::Regular, 9.5, Colour::Ink);
pub(crate) const STRONG: Style = Style::new(Face::Bold, 9.5, Colour::Ink);

/// The letterhead of the first page; at its right `title` over `under`, each left out where empty.
pub(crate) fn letterhead<'a>(
    fonts: &Fonts,
    clinic: &'a Letterhead,
    title: (&'a str, Style),
    under: (String, Style),
) -> Piece<'a> {
    let right = fonts.width(title.0, title.1.face, title.1.size).max(fonts.width(&under.0, under.1.face, under.1.size));
    let names = wrap_text(fonts, &clinic.name, NAME.face, NAME.size, WIDTH - right - 24.0);
    let details = clinic.details(fonts, SMALL, WIDTH - right - 24.0);
    let rows = |lines: &[String]| f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let text = rows(&names) * 16.0 + rows(&details) * 12.0;
    let height = text.max(30.0) + 14.0;
    Piece::new(height + 16.0, move |page, y| {
        let mut at = y + 11.0;
        for name in &names {
            page.text(LEFT, at, NAME, name);
            at += 16.0;
        }
        for line in &details {
            page.text(LEFT, at - 1.0, SMALL, line);
            at += 12.0;
        }
        page.text_right(RIGHT, y + 10.0, title.1, title.0);
        page.text_right(RIGHT, y + 27.0, under.1, &under.0);
        page.rule(LEFT, y + height, WIDTH, 0.9, Colour::Ink);
    })
}

/// A mark in a frame, its right edge at `x`; returns its width.
pub(crate) fn tag(page: &mut Page<'_>, x: f32, y: f32, text: &str, colour: Colour) -> f32 {
    let style = Style::new(Face::Bold, 8.0, colour);
    let width = page.fonts.width(text, style.face, style.size) + 12.0;
    page.card(x - width, y - 9.5, width, 14.0, colour, Colour::White);
    page.text(x - width + 6.0, y, style, text);
    width
}

/// Heads of later pages, feet and watermark. `left_head` and `right_head` say on every page which paper it is.
pub(crate) fn finish(pages: &mut [Page<'_>], setting: Setting, left_head: &str, right_head: &str, foot: (&str, Style)) {
    let words = words(setting.locale);
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        if index > 0 {
            let half = WIDTH / 2.0 - 10.0;
            let right = page.fonts.width(right_head, SMALL.face, SMALL.size).min(half);
            page.text_within(LEFT, mm(17.0), Style::new(Face::Bold, 8.5, Colour::Ink), half, left_head);
            page.text_within(RIGHT - right, mm(17.0), SMALL, half, right_head);
            page.rule(LEFT, mm(19.5), WIDTH, 0.5, Colour::Border);
        }
        let y = mm(287.0);
        page.text(LEFT, y, LABEL, &(words.page)(index + 1, count));
        page.text_right(RIGHT, y, foot.1, foot.0);
        if setting.demo {
            behind(page, |page| page.watermark(words.demo));
            // Also where a watermark is lost: on a bad copy, and to a program that reads words.
            page.text_centre(page.paper.width / 2.0, y, Style::new(Face::Bold, 8.0, Colour::Muted), words.demo);
        }
    }
}

/// Draws something under all that stands on the page already.
fn behind(page: &mut Page<'_>, draw: impl FnOnce(&mut Page<'_>)) {
    let above = std::mem::take(&mut page.ops);
    draw(page);
    page.ops.extend(above);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_letterhead_breaks_between_its_parts() {
        let fonts = Fonts::open().unwrap();
        let line = "Alameda Estética Ltda. · Alameda das Paineiras, 482, Jardim Paulista · São Paulo/SP";
        let set = |width| by_parts(&fonts, line, SMALL, width);

        assert_eq!(set(500.0), [line]);
        assert_eq!(
            set(310.0),
            ["Alameda Estética Ltda. · Alameda das Paineiras, 482, Jardim Paulista", "São Paulo/SP"]
        );
        assert_eq!(
            set(240.0),
            ["Alameda Estética Ltda. · Alameda das Paineiras, 482,", "Jardim Paulista · São Paulo/SP"]
        );
        // No line holds the street: only then it breaks at its spaces.
        assert_eq!(set(60.0).first().map(String::as_str), Some("Alameda"));
    }
}
