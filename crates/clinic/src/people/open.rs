//! Opening a patient's page. It is a reading of the record, and the journal keeps it.

use domain::{
    id::{PatientId, RecordId, Uuid},
    money::Money,
    permission::Permission,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{PatientHeader, PersonRefusal, header};
use crate::{Command, Outcome, Read, Topic, command::refuse, organization::here};

/// Whose page.
#[derive(Debug, Deserialize, TS)]
pub struct Open {
    /// The patient.
    id: PatientId,
}

/// A patient's page.
#[derive(Debug, Serialize, TS)]
pub struct PatientPage {
    /// The two lines that stay in view.
    pub header: PatientHeader,
    /// What the registration form shows.
    pub details: PatientDetails,
    /// What happened, the latest first.
    pub timeline: Vec<TimelineRow>,
}

/// What the registration form shows.
#[derive(Debug, Serialize, TS)]
pub struct PatientDetails {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: Option<String>,
    /// The name they go by.
    pub preferred_name: Option<String>,
    /// Where they live.
    pub address: Option<String>,
    /// What the desk should know.
    pub notes: Option<String>,
    /// Documents, canonical.
    pub identifiers: Vec<StoredIdentifier>,
    /// Phones, E.164.
    pub phones: Vec<String>,
    /// E-mails.
    pub emails: Vec<String>,
    /// When they were registered.
    pub registered_at: Timestamp,
}

/// A document as stored.
#[derive(Debug, Serialize, TS)]
pub struct StoredIdentifier {
    /// Which document.
    #[serde(rename = "type")]
    pub kind: String,
    /// The canonical number.
    pub value: String,
    /// ISO 3166.
    pub country: String,
}

/// Something that happened.
#[derive(Debug, Serialize, TS)]
pub struct TimelineRow {
    /// When.
    pub at: Timestamp,
    /// What sort of thing: `registered`, `visit`, `note`, `document`, `invoice`, `payment`, `appointment`.
    pub kind: String,
    /// Its name: a service, a title, a number.
    pub title: String,
    /// A second line.
    pub detail: Option<String>,
    /// Of money: how much.
    pub amount: Option<Money>,
    /// The record.
    #[serde(rename = "ref")]
    pub record: Option<RecordId>,
}

impl Command for Open {
    const NAME: &'static str = "people.open";
    const NEEDS: Permission = Permission::PeopleView;
    const TOPICS: &'static [Topic] =
        &[Topic::People, Topic::Chart, Topic::Documents, Topic::Billing, Topic::Agenda, Topic::Reception];
    type Output = PatientPage;
    type Refusal = PersonRefusal;
}

impl Read for Open {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        match header(view, &here, self.id)? {
            Some(header) => {
                Ok(PatientPage { header, details: details(view, self.id)?, timeline: timeline(view, self.id)? })
            }
            None => refuse(PersonRefusal::NotFound),
        }
    }

    fn audited(&self) -> Option<(&'static str, Uuid)> {
        Some(("patient", self.id.0))
    }
}

fn details(view: &View<'_>, id: PatientId) -> rusqlite::Result<PatientDetails> {
    let texts = |system: &str| -> rusqlite::Result<Vec<String>> {
        view.db()
            .prepare_cached(include_str!("sql/contacts.sql"))?
            .query_map((id.0, system), |row| row.get("value"))?
            .collect()
    };
    let identifiers = view
        .db()
        .prepare_cached(include_str!("sql/identifiers.sql"))?
        .query_map([id.0], |row| {
            Ok(StoredIdentifier { kind: row.get("type")?, value: row.get("value")?, country: row.get("country")? })
        })?
        .collect::<Result<_, _>>()?;
    view.db().prepare_cached(include_str!("sql/details.sql"))?.query_row([id.0], |row| {
        Ok(PatientDetails {
            given: row.get("given")?,
            family: row.get("family")?,
            preferred_name: row.get("preferred_name")?,
            address: row.get("address")?,
            notes: row.get("notes")?,
            identifiers,
            phones: texts("phone")?,
            emails: texts("email")?,
            registered_at: Timestamp::from_millis(row.get("created_at")?),
        })
    })
}

fn timeline(view: &View<'_>, id: PatientId) -> rusqlite::Result<Vec<TimelineRow>> {
    view.db()
        .prepare_cached(include_str!("sql/timeline.sql"))?
        .query_map(named_params! { ":patient_id": id.0 }, |row| {
            Ok(TimelineRow {
                at: Timestamp::from_millis(row.get("at")?),
                kind: row.get("kind")?,
                title: row.get("title")?,
                detail: row.get("detail")?,
                amount: Option::zip(row.get("amount_minor")?, row.get::<_, Option<String>>("currency")?)
                    .and_then(|(minor, code)| Some(Money::from_minor(minor, code.parse().ok()?))),
                record: row.get::<_, Option<Uuid>>("record")?.map(RecordId),
            })
        })?
        .collect()
}
