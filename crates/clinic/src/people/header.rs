//! The patient's header: the two lines that stay in view on every screen of that person.

use domain::{
    id::PatientId,
    identity::{Identifier, IdentifierType, Phone},
    money::Money,
    time::{CivilDate, Timestamp, WallTime},
};
use serde::Serialize;
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use crate::{Failure, organization::Here};

/// A document as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentNumber {
    /// Which document.
    #[serde(rename = "type")]
    pub kind: String,
    /// `529.982.247-25`.
    pub formatted: String,
}

/// An allergy as the header shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Allergy {
    /// To what.
    pub substance: String,
    /// What happens.
    pub reaction: Option<String>,
    /// `mild`, `moderate` or `severe`.
    pub severity: String,
}

/// Who this is, at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PatientHeader {
    /// The patient.
    pub id: PatientId,
    /// Chart code.
    pub code: String,
    /// The name they go by.
    pub name: String,
    /// The name on their document.
    pub legal_name: String,
    /// Date of birth.
    pub birth_date: Option<CivilDate>,
    /// Completed years.
    pub age: Option<u32>,
    /// `male`, `female`, `unknown`.
    pub sex: String,
    /// Their first document.
    pub document: Option<DocumentNumber>,
    /// Their phone as the clinic's country writes it.
    pub phone: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// What they owe; negative where they have credit.
    pub balance: Money,
    /// The next appointment.
    pub next_visit: Option<WallTime>,
    /// The last day they were here.
    pub last_visit: Option<CivilDate>,
    /// Known allergies, the most severe first.
    pub allergies: Vec<Allergy>,
    /// Whether anyone has asked. Unknown is not none.
    pub allergies_asked: bool,
}

/// The header of one patient.
pub fn header(view: &View<'_>, here: &Here, id: PatientId) -> Result<Option<PatientHeader>, Failure> {
    load(view, here, id).map_err(|error| Failure::Store(error.into()))
}

fn load(view: &View<'_>, here: &Here, id: PatientId) -> rusqlite::Result<Option<PatientHeader>> {
    let header = view
        .db()
        .prepare_cached(include_str!("sql/header.sql"))?
        .query_row(named_params! { ":id": id.0, ":now": view.at().millis() }, |row| from_row(row, here))
        .optional()?;
    let Some(mut header) = header else { return Ok(None) };
    header.allergies = view
        .db()
        .prepare_cached(include_str!("sql/allergies.sql"))?
        .query_map([id.0], |row| {
            Ok(Allergy {
                substance: row.get("substance")?,
                reaction: row.get("reaction")?,
                severity: row.get("severity")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    header.allergies_asked |= !header.allergies.is_empty();
    Ok(Some(header))
}

fn from_row(row: &Row<'_>, here: &Here) -> rusqlite::Result<PatientHeader> {
    let given: String = row.get("given")?;
    let family: Option<String> = row.get("family")?;
    let preferred: Option<String> = row.get("preferred_name")?;
    let birth_date = date(row, "birth_date")?;
    let document: Option<(String, String)> = Option::zip(row.get("document_type")?, row.get("document_value")?);
    let phone: Option<String> = row.get("phone")?;
    let last_visit: Option<i64> = row.get("last_visit")?;
    let next_visit: Option<String> = row.get("next_visit")?;
    Ok(PatientHeader {
        id: PatientId(row.get("id")?),
        code: row.get("code")?,
        name: full_name(preferred.as_deref().unwrap_or(&given), family.as_deref()),
        legal_name: full_name(&given, family.as_deref()),
        birth_date,
        age: birth_date.and_then(|born| born.age_on(here.today)),
        sex: row.get("sex")?,
        document: document.map(|(kind, value)| formatted(kind, value)),
        phone: phone.map(|phone| Phone::format_stored(&phone, &here.country)),
        email: row.get("email")?,
        balance: Money::from_minor(row.get("balance_minor")?, here.currency),
        next_visit: next_visit.and_then(|wall| wall.parse().ok()),
        last_visit: last_visit.map(|at| here.zone.date(Timestamp::from_millis(at))),
        allergies: Vec::new(),
        allergies_asked: row.get("allergies_asked")?,
    })
}

pub(super) fn full_name(given: &str, family: Option<&str>) -> String {
    family.map_or_else(|| given.to_owned(), |family| format!("{given} {family}"))
}

pub(super) fn formatted(kind: String, value: String) -> DocumentNumber {
    let formatted = match kind.parse::<IdentifierType>() {
        Ok(known) => Identifier::format_stored(known, &value),
        Err(_) => value,
    };
    DocumentNumber { kind, formatted }
}

/// A civil date column. Text that is no date (of a newer peer) counts as not given.
pub(super) fn date(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<CivilDate>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}
