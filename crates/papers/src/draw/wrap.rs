//! Breaking paragraphs into lines.

use serde::{Deserialize, Serialize};

use super::{Colour, Face, Fonts, Page, Style};

/// A stretch of a paragraph in one weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The words. A line feed starts a new line.
    pub text: String,
    /// Whether they stand out.
    pub bold: bool,
}

impl Run {
    /// Splits text in which `**…**` marks what stands out. A mark without its partner is kept as it is.
    ///
    /// ```
    /// let runs = papers::Run::parse("Eu, **Ana**, autorizo.");
    /// assert_eq!(runs.len(), 3);
    /// assert!(runs[1].bold && runs[1].text == "Ana");
    /// ```
    pub fn parse(text: &str) -> Vec<Self> {
        let mut pieces: Vec<String> = text.split("**").map(str::to_owned).collect();
        if pieces.len().is_multiple_of(2)
            && let Some(last) = pieces.pop()
            && let Some(before) = pieces.last_mut()
        {
            before.push_str("**");
            before.push_str(&last);
        }
        let runs = pieces.into_iter().enumerate().map(|(index, text)| Self { text, bold: index % 2 == 1 });
        runs.filter(|run| !run.text.is_empty()).collect()
    }

    /// One run in the ordinary weight.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false }
    }
}

/// A set line: stretches of text, each in its weight, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line(pub(crate) Vec<(String, Face)>);

#[cfg(test)]
impl Line {
    fn text(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// Breaks runs into lines no wider than `width`, at ordinary spaces; a word wider than a line is cut.
pub(crate) fn wrap(fonts: &Fonts, runs: &[Run], size: f32, width: f32) -> Vec<Line> {
    let mut lines = vec![Setter::default()];
    let mut word: Vec<(String, Face)> = Vec::new();
    let mut space = false;
    let place = |lines: &mut Vec<Setter>, word: &mut Vec<(String, Face)>, space: &mut bool| {
        if !word.is_empty() {
            set_word(fonts, lines, std::mem::take(word), *space, size, width);
            *space = false;
        }
    };
    for run in runs {
        let face = if run.bold { Face::Bold } else { Face::Regular };
        for c in run.text.chars() {
            match c {
                '\n' => {
                    place(&mut lines, &mut word, &mut space);
                    lines.push(Setter::default());
                    space = false;
                }
                ' ' | '\t' | '\r' => {
                    place(&mut lines, &mut word, &mut space);
                    space = true;
                }
                _ => match word.last_mut() {
                    Some((text, last)) if *last == face => text.push(c),
                    _ => word.push((c.to_string(), face)),
                },
            }
        }
    }
    place(&mut lines, &mut word, &mut space);
    lines.into_iter().map(|line| line.line).collect()
}

/// [`wrap`] for text of one weight, as plain lines.
pub(crate) fn wrap_text(fonts: &Fonts, text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
    let run = Run { text: text.to_owned(), bold: face == Face::Bold };
    let lines = wrap(fonts, &[run], size, width);
    lines.into_iter().map(|line| line.0.into_iter().map(|(text, _)| text).collect()).collect()
}

/// Draws a line from `x` on the baseline `y`.
pub(crate) fn draw_line(page: &mut Page<'_>, line: &Line, x: f32, y: f32, size: f32, colour: Colour) {
    let mut x = x;
    for (text, face) in &line.0 {
        page.text(x, y, Style::new(*face, size, colour), text);
        x += page.fonts.width(text, *face, size);
    }
}

#[derive(Default)]
struct Setter {
    line: Line,
    width: f32,
}

impl Setter {
    fn push(&mut self, text: &str, face: Face, width: f32) {
        match self.line.0.last_mut() {
            Some((before, last)) if *last == face => before.push_str(text),
            _ => self.line.0.push((text.to_owned(), face)),
        }
        self.width += width;
    }
}

fn set_word(fonts: &Fonts, lines: &mut Vec<Setter>, word: Vec<(String, Face)>, space: bool, size: f32, width: f32) {
    let measure = |text: &str, face| fonts.width(text, face, size);
    let needed: f32 = word.iter().map(|(text, face)| measure(text, *face)).sum();
    let Some(line) = lines.last_mut() else { return };
    // The space before a word belongs to what stands before it: bold stops at the last bold letter.
    let space_face = line.line.0.last().map_or(Face::Regular, |(_, face)| *face);
    let gap = if space && line.width > 0.0 { measure(" ", space_face) } else { 0.0 };
    if line.width + gap + needed <= width {
        if gap > 0.0 {
            line.push(" ", space_face, gap);
        }
        for (text, face) in word {
            line.push(&text, face, measure(&text, face));
        }
        return;
    }
    let mut fresh = Setter::default();
    if line.width == 0.0 {
        std::mem::swap(line, &mut fresh);
        lines.pop();
    }
    for (text, face) in word {
        for c in text.chars() {
            let mut buffer = [0; 4];
            let letter = c.encode_utf8(&mut buffer);
            let advance = measure(letter, face);
            if fresh.width + advance > width && fresh.width > 0.0 {
                lines.push(std::mem::take(&mut fresh));
            }
            fresh.push(letter, face, advance);
        }
    }
    lines.push(fresh);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::open().unwrap();
        wrap(&fonts, &Run::parse(text), 10.0, width).iter().map(Line::text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_at_line_feeds() {
        assert_eq!(set("um dois três\nquatro", 400.0), ["um dois três", "quatro"]);
        assert_eq!(set("um dois", 20.0), ["um", "dois"]);
        assert_eq!(set("", 20.0), [""]);
    }

    #[test]
    fn an_amount_stays_with_its_sign() {
        assert_eq!(set("total de R$\u{a0}5", 52.0), ["total de", "R$\u{a0}5"]);
    }

    #[test]
    fn weights_do_not_separate_a_word_from_its_comma() {
        let fonts = Fonts::open().unwrap();
        let lines = wrap(&fonts, &Run::parse("Eu, **Ana**, sim"), 10.0, 300.0);

        assert_eq!(lines.len(), 1);
        let told: Vec<_> = lines[0].0.iter().map(|(text, face)| (text.as_str(), *face)).collect();
        assert_eq!(told, [("Eu, ", Face::Regular), ("Ana", Face::Bold), (", sim", Face::Regular)]);
    }

    #[test]
    fn a_mark_without_its_partner_is_text() {
        assert_eq!(Run::parse("2 ** 3"), [Run::plain("2 ** 3")]);
        assert_eq!(Run::parse("**a** ** b").len(), 2);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_is_too_wide(text in "[a-zç ]{0,120}", width in 20.0_f32..300.0) {
            let fonts = Fonts::open().unwrap();
            let lines = wrap(&fonts, &[Run::plain(text.clone())], 10.0, width);

            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.iter().map(Line::text).collect::<String>()), letters(&text));
            for line in &lines {
                prop_assert!(fonts.width(&line.text(), Face::Regular, 10.0) <= width + 0.01);
            }
        }
    }
}
