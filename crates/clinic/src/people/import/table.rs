//! From the bytes of a spreadsheet export to rows of text. Nothing here knows what a column means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest file that is read: 10 MiB.
pub(super) const MOST_BYTES: usize = 10 * 1024 * 1024;
/// The most lines below the headers.
pub(super) const MOST_LINES: usize = 50_000;
/// A cell with more line breaks than this is a quote that was never closed.
const MOST_BREAKS: usize = 20;

/// How the file's letters were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1252, which holds ISO 8859-1: whatever is not UTF-8.
    #[serde(rename = "latin-1")]
    Latin1,
}

/// What stands between the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Separator {
    /// `,`
    #[serde(rename = ",")]
    Comma,
    /// `;`, where the comma is the decimal sign.
    #[serde(rename = ";")]
    Semicolon,
}

/// Why a file is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoTable {
    Empty,
    TooLarge,
    TooManyLines,
    NotText,
}

/// A file as rows of trimmed cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) encoding: Encoding,
    pub(super) separator: Separator,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it begins in the file; the headers stand on line 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// A quote was opened and not closed: the cells are not what they seem.
    pub(super) unclosed: bool,
}

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Result<Table, NoTable> {
    if bytes.len() > MOST_BYTES {
        return Err(NoTable::TooLarge);
    }
    let (encoding, text) = decode(bytes)?;
    let separator = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(match separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
        })
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers().map_err(|_| NoTable::NotText)?.iter().map(str::to_owned).collect();
    if headers.iter().all(String::is_empty) {
        return Err(NoTable::Empty);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| NoTable::NotText)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_LINES {
            return Err(NoTable::TooManyLines);
        }
        rows.push(Row {
            line: record.position().map_or(0, csv::Position::line),
            unclosed: record.iter().any(|cell| cell.matches('\n').count() > MOST_BREAKS),
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    if rows.is_empty() { Err(NoTable::Empty) } else { Ok(Table { encoding, separator, headers, rows }) }
}

fn decode(bytes: &[u8]) -> Result<(Encoding, String), NoTable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // UTF-16 and workbooks hold zero bytes; no text export does.
    if bytes.contains(&0) || bytes.starts_with(b"PK\x03\x04") {
        return Err(NoTable::NotText);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Encoding::Utf8, text.to_owned())),
        Err(_) => Ok((Encoding::Latin1, encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())),
    }
}

/// The sign that stands more often in the first line, outside of quotes.
fn separator(text: &str) -> Separator {
    let (mut commas, mut semicolons, mut quoted) = (0, 0, false);
    for c in text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => commas += 1,
            ';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { Separator::Semicolon } else { Separator::Comma }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn letters_survive_either_encoding_and_the_mark_at_the_beginning() {
        let utf8 = read("\u{feff}Nome;Telefone\nJoão Conceição;11\n".as_bytes()).unwrap();
        assert_eq!((utf8.encoding, utf8.headers[0].as_str()), (Encoding::Utf8, "Nome"));
        let latin = read(b"Nome;Obs\nJo\xe3o Concei\xe7\xe3o;\x80 50\n").unwrap();
        assert_eq!(latin.encoding, Encoding::Latin1);
        assert_eq!(latin.rows[0].cells, ["João Conceição", "€ 50"]);
    }

    #[test]
    fn quoted_cells_may_hold_separators_quotes_and_line_breaks() {
        let table = read(b"Name,\"Notes; etc\"\n\"Silva, Ana\",\"said \"\"no\"\"\ntwice\"\n\n,,\nBia,\n").unwrap();

        assert_eq!(table.separator, Separator::Comma);
        assert_eq!(table.rows[0].cells, ["Silva, Ana", "said \"no\"\ntwice"]);
        assert_eq!((table.rows[1].line, table.rows[1].cells[0].as_str()), (6, "Bia"));
        assert_eq!(table.rows.len(), 2, "empty lines are nothing");
    }

    #[test]
    fn what_is_no_text_table_is_refused() {
        assert_eq!(read(b""), Err(NoTable::Empty));
        assert_eq!(read(b"Nome\n\n"), Err(NoTable::Empty));
        assert_eq!(read(b"PK\x03\x04..."), Err(NoTable::NotText));
        assert_eq!(read(b"N\0o\0m\0e\0"), Err(NoTable::NotText));
        assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]), Err(NoTable::TooLarge));
        let many = format!("Nome\n{}", "Ana\n".repeat(MOST_LINES + 1));
        assert_eq!(read(many.as_bytes()), Err(NoTable::TooManyLines));
    }

    #[test]
    fn a_quote_that_never_closes_is_noticed() {
        let table = read(format!("Nome\n\"Ana\n{}", "Bia\n".repeat(30)).as_bytes()).unwrap();
        assert!(table.rows[0].unclosed);
    }
}
