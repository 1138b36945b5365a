//! Bringing in patients from a spreadsheet's export. Each line is admitted by the same rules as the registration
//! form; the report says of each what would be done and why not. Lines that cannot be taken stop the whole file
//! unless the good ones are asked for.

mod dates;
mod headers;
mod known;
mod line;
mod table;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

pub use headers::ImportField;
pub use table::{Encoding, Separator};

use super::{
    Admitted,
    register::{insert_with_code, last_code},
};
use crate::{
    Command, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Here, here},
};
use known::Known;
use line::Columns;
use table::NoTable;

/// A spreadsheet's export.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Import {
    /// The file's bytes, base64.
    pub csv_base64: String,
    /// Report only.
    pub dry_run: bool,
    /// Take the good lines although others are refused.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub keep_good: bool,
}

/// What was, or would be, done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportReport {
    /// How the letters were written.
    pub encoding: Encoding,
    /// What stands between the cells.
    pub separator: Separator,
    /// What the columns mean.
    pub headers: Vec<ImportHeader>,
    /// Each line that is not empty.
    pub lines: Vec<ImportLine>,
    /// How many lines add a patient.
    pub added: usize,
    /// How many lines are refused.
    pub refused: usize,
    /// Whether the patients are on file now.
    pub committed: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportHeader {
    /// Its heading.
    pub column: String,
    /// What it holds; nothing when the heading is not known, and then the column is left alone.
    pub field: Option<ImportField>,
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportLine {
    /// Where it begins; the headings stand on line 1.
    pub line: u64,
    /// What is done with it.
    pub outcome: ImportOutcome,
    /// The name it bears.
    pub name: String,
    /// Why it is refused: codes, of which `identifier_invalid:25` and `duplicate_in_file:12` say more behind a colon
    /// (the digits that would fit; the line it repeats).
    pub reasons: Vec<String>,
}

/// What is done with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// A new patient.
    Add,
    /// Someone on file: left as they are.
    Same,
    /// Not taken.
    Refuse,
}

/// Why the file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ImportRefusal {
    /// No headings, or no lines below them.
    FileEmpty,
    /// More than ten mebibytes.
    FileTooLarge {
        /// The most that is read, in bytes.
        most: usize,
    },
    /// More than fifty thousand lines.
    TooManyLines {
        /// The most that are read.
        most: usize,
    },
    /// Not text: a workbook, or UTF-16. Save it as CSV.
    NotText,
    /// No column is a name.
    NameColumnMissing,
}

impl From<NoTable> for ImportRefusal {
    fn from(reason: NoTable) -> Self {
        match reason {
            NoTable::Empty => Self::FileEmpty,
            NoTable::TooLarge => Self::FileTooLarge { most: table::MOST_BYTES },
            NoTable::TooManyLines => Self::TooManyLines { most: table::MOST_LINES },
            NoTable::NotText => Self::NotText,
        }
    }
}

impl Command for Import {
    const NAME: &'static str = "people.import";
    const NEEDS: Permission = Permission::PeopleImport;
    const TOPICS: &'static [Topic] = &[Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("csv_base64", usize::MAX)];
    type Output = ImportReport;
    type Refusal = ImportRefusal;
}

impl Write for Import {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        // A third more than its bytes is the longest that base64 of a file that is read can be.
        if self.csv_base64.len() > table::MOST_BYTES / 3 * 4 + 8 {
            return refuse(ImportRefusal::FileTooLarge { most: table::MOST_BYTES });
        }
        let Ok(bytes) = BASE64_STANDARD.decode(self.csv_base64.trim()) else { return refuse(ImportRefusal::NotText) };
        let table = table::read(&bytes).map_err(|reason| Stop::Refused(reason.into()))?;
        let fields: Vec<_> = table.headers.iter().map(|heading| headers::field(heading)).collect();
        if !fields.iter().flatten().any(|field| matches!(field, ImportField::Name | ImportField::Given)) {
            return refuse(ImportRefusal::NameColumnMissing);
        }

        let (lines, people) = judge(tx, &here, &table, &fields)?;
        let refused = lines.iter().filter(|line| line.outcome == ImportOutcome::Refuse).count();
        let committed = !self.dry_run && (refused == 0 || self.keep_good);
        if committed {
            insert(tx, &here, &people)?;
        }
        Ok(ImportReport {
            encoding: table.encoding,
            separator: table.separator,
            headers: table
                .headers
                .into_iter()
                .zip(fields)
                .map(|(column, field)| ImportHeader { column, field })
                .collect(),
            lines,
            added: people.len(),
            refused,
            committed,
        })
    }
}

/// What is to be done with each line, and the people it adds.
fn judge(
    tx: &Tx<'_>,
    here: &Here,
    table: &table::Table,
    fields: &[Option<ImportField>],
) -> rusqlite::Result<(Vec<ImportLine>, Vec<Admitted>)> {
    let columns = Columns::of(fields.to_vec(), &table.rows, &here.country);
    let on_file = known::on_file(tx)?;
    let mut in_file = Known::none();
    let mut people = Vec::new();
    let mut lines = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let read = line::read(row, &columns, &here.country, here.today);
        let (outcome, reasons) = match read.person {
            Err(reasons) => (ImportOutcome::Refuse, reasons),
            Ok(person) => {
                if let Some(line) = in_file.find(&person) {
                    (ImportOutcome::Refuse, vec![format!("duplicate_in_file:{line}")])
                } else {
                    in_file.add(&person, row.line);
                    if on_file.find(&person).is_some() {
                        (ImportOutcome::Same, Vec::new())
                    } else {
                        people.push(*person);
                        (ImportOutcome::Add, Vec::new())
                    }
                }
            }
        };
        lines.push(ImportLine { line: row.line, outcome, name: read.name, reasons });
    }
    Ok((lines, people))
}

fn insert(tx: &Tx<'_>, here: &Here, people: &[Admitted]) -> rusqlite::Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let last = last_code(tx, here)?;
    for (number, person) in (last + 1..).zip(people) {
        insert_with_code(tx, here, person, number)?;
    }
    Ok(())
}

/// Letters and digits, lower case and without marks: how headings and names are compared.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
