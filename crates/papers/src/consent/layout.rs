//! How a consent form looks.

use domain::time::Zone;

use super::{Block, Consent, Purpose, Role, Signature, short_code};
use crate::draw::{
    About, Colour, Face, Fonts, Line, Page, Piece, QrModules, Section, Style, draw_ink, draw_line, flow, hold_together,
    keep_with_next, mm, to_bytes, wrap, wrap_text,
};
use crate::furniture::{A4, BODY, LABEL, LEFT, RIGHT, SMALL, STRONG, TITLE, WIDTH, finish, letterhead};
use crate::words::{Words, words};
use crate::{PaperError, Run};

const TEXT: f32 = 10.0;
const LEADING: f32 = 15.0;
const DETAIL: Style = Style::new(Face::Regular, 9.0, Colour::Muted);
const GUTTER: f32 = 28.0;
const COLUMN: f32 = (WIDTH - GUTTER) / 2.0;
const CODE_SIDE: f32 = mm(21.0);

pub(super) fn render(data: &Consent) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::open()?;
    let words = words(data.setting.locale);
    let code = data.code.map(|code| QrModules::new(&code.text())).transpose()?;

    let version = format!("{} {} · {}", words.version, data.version, data.setting.locale.tag());
    let mut pieces = vec![letterhead(&fonts, &data.clinic, (&version, SMALL), (String::new(), SMALL))];
    pieces.extend(title(&fonts, &data.title));
    for block in &data.blocks {
        pieces.extend(text(&fonts, block));
    }
    pieces.extend(purposes(&fonts, words, &data.purposes));
    if !data.signatures.is_empty() {
        // A signature alone on a page could be moved under another text.
        pieces.push(Piece::gap(10.0));
        keep_with_next(&mut pieces, 2);
        pieces.extend(signatures(&fonts, words, data, code.is_some()));
    }
    if let Some(code) = &code {
        pieces.push(check(&fonts, words, code));
    }

    let mut pages = flow(&fonts, A4, &[Section { head: None, pieces }]);
    let foot = if data.is_draft() {
        (words.consent_draft.to_owned(), Style::new(Face::Bold, 8.0, Colour::Alert))
    } else {
        (format!("{} {}", words.code, short_code(&data.content_hash())), LABEL)
    };
    finish(&mut pages, data.setting, &data.title, &data.patient, (&foot.0, foot.1));
    let about = About {
        title: &data.title,
        author: &data.clinic.name,
        language: data.setting.locale.tag(),
        made_at: data.made_at,
    };
    to_bytes(&fonts, pages, &about)
}

fn title<'a>(fonts: &Fonts, title: &str) -> Vec<Piece<'a>> {
    let lines = wrap_text(fonts, title, TITLE.face, TITLE.size, WIDTH);
    let mut pieces: Vec<Piece<'a>> = lines
        .into_iter()
        .map(|line| Piece::new(20.0, move |page, y| page.text(LEFT, y + 14.0, TITLE, &line)).kept())
        .collect();
    pieces.push(Piece::gap(7.0).kept());
    pieces
}

fn text<'a>(fonts: &Fonts, block: &Block) -> Vec<Piece<'a>> {
    match block {
        Block::Heading(text) => {
            let lines = wrap(fonts, &[Run { text: text.clone(), bold: true }], TEXT, WIDTH);
            let mut pieces = vec![Piece::gap(4.0).kept()];
            pieces.extend(lines.into_iter().map(|line| set(line, Colour::Ink).kept()));
            pieces
        }
        Block::Paragraph(runs) => {
            let mut lines: Vec<Piece<'a>> =
                wrap(fonts, runs, TEXT, WIDTH).into_iter().map(|line| set(line, Colour::Ink)).collect();
            hold_together(&mut lines);
            lines.push(Piece::gap(5.0));
            lines
        }
    }
}

fn set<'a>(line: Line, colour: Colour) -> Piece<'a> {
    Piece::new(LEADING, move |page, y| draw_line(page, &line, LEFT, y + 11.0, TEXT, colour))
}

fn purposes<'a>(fonts: &'a Fonts, words: &'static Words, purposes: &'a [Purpose]) -> Vec<Piece<'a>> {
    let Some(last) = purposes.len().checked_sub(1) else { return vec![] };
    let heading = Run { text: words.purposes.to_owned(), bold: true };
    let mut pieces = vec![Piece::gap(8.0).kept()];
    pieces.extend(wrap(fonts, &[heading], TEXT, WIDTH).into_iter().map(|line| set(line, Colour::Ink).kept()));
    pieces.push(Piece::gap(4.0).kept());
    for (index, purpose) in purposes.iter().enumerate() {
        let wrapped = |text: &str, style: Style| wrap_text(fonts, text, style.face, style.size, WIDTH - 172.0);
        let label = wrapped(&purpose.label, STRONG);
        let detail = purpose.detail.as_deref().map(|text| wrapped(text, DETAIL)).unwrap_or_default();
        let height = 7.5 + 12.0 * rows(&label) + 11.5 * rows(&detail);
        pieces.push(Piece::new(height, move |page, y| {
            page.rule(LEFT, y, WIDTH, 0.5, Colour::Hairline);
            tick_box(page, LEFT + 1.0, y + 4.5, purpose.granted == Some(true));
            let mut at = y + 13.5;
            for line in &label {
                page.text(LEFT + 22.0, at, STRONG, line);
                at += 12.0;
            }
            if let Some(last) = label.last().filter(|_| purpose.required) {
                let after = page.fonts.width(last, STRONG.face, STRONG.size);
                page.text(LEFT + 22.0 + after, at - 12.0, SMALL, &format!(" · {}", words.required));
            }
            for line in &detail {
                page.text(LEFT + 22.0, at - 0.5, DETAIL, line);
                at += 11.5;
            }
            if let Some(granted) = purpose.granted {
                let word = if granted { words.granted } else { words.not_granted };
                page.text_right(RIGHT, y + 13.5, SMALL, word);
            }
            if index == last {
                page.rule(LEFT, y + height, WIDTH, 0.5, Colour::Hairline);
            }
        }));
    }
    pieces
}

/// ☑ or ☐, drawn: few faces have them, and a printed box must not depend on one.
fn tick_box(page: &mut Page<'_>, x: f32, y: f32, ticked: bool) {
    page.card(x, y, 11.5, 11.5, Colour::Ink, Colour::White);
    if ticked {
        page.stroke(&[(x + 2.7, y + 6.0), (x + 5.0, y + 8.5), (x + 9.2, y + 3.2)], 1.5, Colour::Ink);
    }
}

fn signatures<'a>(fonts: &Fonts, words: &'static Words, data: &'a Consent, more: bool) -> Vec<Piece<'a>> {
    let count = data.signatures.len().div_ceil(2);
    let zone = data.setting.zone;
    let mut pieces = Vec::new();
    for (index, row) in data.signatures.chunks(2).enumerate() {
        let fields: Vec<_> = row.iter().map(|signature| Field::new(fonts, words, zone, signature)).collect();
        let height = fields.iter().map(Field::below).fold(0.0, f32::max) + 58.0;
        let piece = Piece::new(height, move |page, y| {
            for ((signature, field), x) in row.iter().zip(&fields).zip([LEFT, LEFT + COLUMN + GUTTER]) {
                if let Some(written) = &signature.written {
                    draw_ink(page, &written.ink, x + 10.0, y + 4.0, COLUMN - 20.0, 43.0);
                }
                page.rule(x, y + 50.0, COLUMN, 0.8, Colour::Ink);
                let mut at = y + 63.0;
                for (lines, style, leading) in [(&field.name, BODY, 12.5), (&field.under, SMALL, 11.5)] {
                    for line in lines {
                        page.text(x, at, style, line);
                        at += leading;
                    }
                }
            }
        });
        pieces.push(if index + 1 < count || more { piece.kept() } else { piece });
    }
    pieces
}

/// What stands under the line someone signs on.
struct Field {
    name: Vec<String>,
    under: Vec<String>,
}

impl Field {
    fn new(fonts: &Fonts, words: &Words, zone: Zone, signature: &Signature) -> Self {
        let wrapped = |text: &str, style: Style| wrap_text(fonts, text, style.face, style.size, COLUMN);
        let role = role(words, signature.role);
        let quality = match &signature.written {
            Some(written) => format!("{role} · {}", words.moment(written.at, zone)),
            None => role.to_owned(),
        };
        let mut under = wrapped(&quality, SMALL);
        under.extend(signature.detail.iter().flat_map(|detail| wrapped(detail, SMALL)));
        Self { name: wrapped(&signature.name, BODY), under }
    }

    fn below(&self) -> f32 {
        12.5 * rows(&self.name) + 11.5 * rows(&self.under)
    }
}

fn rows(lines: &[String]) -> f32 {
    f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX))
}

fn role(words: &Words, role: Role) -> &'static str {
    match role {
        Role::Patient => words.patient,
        Role::Guardian => words.guardian,
        Role::Practitioner => words.practitioner,
        Role::Witness => words.witness,
    }
}

fn check<'a>(fonts: &Fonts, words: &'static Words, code: &'a QrModules) -> Piece<'a> {
    let left = LEFT + CODE_SIDE + 30.0;
    let lines = wrap_text(fonts, words.check_text, SMALL.face, SMALL.size, RIGHT - left - 12.0);
    let height = CODE_SIDE + 20.0;
    Piece::new(height + 10.0, move |page, y| {
        let y = y + 10.0;
        page.card(LEFT, y, WIDTH, height, Colour::Hairline, Colour::White);
        code.draw(page, LEFT + 12.0, y + 10.0, CODE_SIDE);
        page.text(left, y + 24.0, Style::new(Face::Bold, 9.0, Colour::Ink), words.check_title);
        let mut at = y + 38.0;
        for line in &lines {
            page.text(left, at, SMALL, line);
            at += 12.0;
        }
    })
}
