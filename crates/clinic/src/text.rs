//! What a typed text may be: no longer than its place, and made of characters that can be shown and printed.

/// Characters that a field of one line may hold: more than any name, address or reason needs.
pub const LINE: usize = 300;
/// Characters that remarks may hold.
pub const REMARKS: usize = 10_000;
/// Characters that a clinical note or the text of a paper may hold.
pub const PAGES: usize = 200_000;

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It has more characters than this.
    TooLong(usize),
    /// It holds a character that cannot be shown: a zero byte, an escape, half a picture.
    Unreadable,
}

/// Whether a text fits. Tabs and line breaks are text; other control characters are not, since nobody typed them.
pub fn fits(text: &str, most: usize) -> Result<(), Unfit> {
    // Every character takes a byte at least: a text of so few bytes need not be counted.
    if text.len() > most && text.chars().nth(most).is_some() {
        return Err(Unfit::TooLong(most));
    }
    let typed = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    if text.chars().all(typed) { Ok(()) } else { Err(Unfit::Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(fits(&"ã".repeat(LINE), LINE), Ok(()));
        assert_eq!(fits(&"ã".repeat(LINE + 1), LINE), Err(Unfit::TooLong(LINE)));
        assert_eq!(fits("", 0), Ok(()));
    }

    #[test]
    fn what_nobody_can_type_is_no_text() {
        for wrong in ["Ana\0", "\u{1b}[31m", "\u{7f}", "\u{85}"] {
            assert_eq!(fits(wrong, LINE), Err(Unfit::Unreadable), "{wrong:?}");
        }
        assert_eq!(fits("two\r\n\tlines · José 😀", LINE), Ok(()));
    }
}
