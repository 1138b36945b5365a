//! Opening an appointment: its card, what should be done before calling, and how it came here.

use domain::{
    id::{AppointmentId, RecordId, Uuid},
    money::Money,
    permission::Permission,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, Row, named_params},
};
use ts_rs::TS;

use super::{AgendaCard, card};
use crate::{
    Command, Outcome, Read, Topic,
    command::refuse,
    organization::{Here, here},
};

/// Which appointment.
#[derive(Debug, Deserialize, TS)]
pub struct Open {
    /// The appointment.
    appointment_id: AppointmentId,
}

/// What should be done before calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckKey {
    /// Birth date, phone and document are known.
    Registration,
    /// Someone has asked for allergies.
    Allergies,
    /// The consent is sealed.
    Consent,
    /// Nothing is owed.
    Balance,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckItem {
    /// What.
    pub key: CheckKey,
    /// It is done.
    pub done: bool,
    /// Registration: what is missing (`birth_date`, `phone`, `document`, by commas). Allergies: the substances.
    /// Consent: its title. Balance: the amount owed, a plain decimal.
    pub detail: Option<String>,
    /// Registration, allergies and balance: the patient. Consent: the document that waits to be signed, if one does.
    #[serde(rename = "ref")]
    pub record: Option<RecordId>,
}

/// A step of its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryRow {
    /// When.
    pub at: Timestamp,
    /// The status it went to.
    pub to: String,
    /// Who did it; empty for the system itself.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

/// An appointment, opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppointmentPage {
    /// Its card.
    pub card: AgendaCard,
    /// What should be done before calling. A consent stands there only when the service needs one.
    pub checklist: Vec<CheckItem>,
    /// Its way, the latest step first. Steps that lost to a concurrent one are shown too.
    pub history: Vec<HistoryRow>,
}

/// Why it is not opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such appointment.
    NotFound,
}

impl Command for Open {
    const NAME: &'static str = "agenda.open";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] =
        &[Topic::Agenda, Topic::Reception, Topic::People, Topic::Chart, Topic::Documents, Topic::Billing];
    type Output = AppointmentPage;
    type Refusal = Refusal;
}

impl Read for Open {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let Some(card) = card(view, &here, self.appointment_id)? else { return refuse(Refusal::NotFound) };
        let checklist = view
            .db()
            .prepare_cached(include_str!("sql/checklist.sql"))?
            .query_row(named_params! { ":appointment_id": self.appointment_id.0 }, |row| {
                checklist(row, &here, &card)
            })?;
        let history = view
            .db()
            .prepare_cached(include_str!("sql/history.sql"))?
            .query_map(named_params! { ":appointment_id": self.appointment_id.0 }, |row| {
                Ok(HistoryRow {
                    at: Timestamp::from_millis(row.get("created_at")?),
                    to: row.get("to_status")?,
                    by: row.get("by_name")?,
                    reason: row.get("reason")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(AppointmentPage { card, checklist, history })
    }
}

fn checklist(row: &Row<'_>, here: &Here, card: &AgendaCard) -> rusqlite::Result<Vec<CheckItem>> {
    let patient = Some(RecordId(card.patient.id.0));
    let mut missing = Vec::new();
    for (column, what) in [("has_birth_date", "birth_date"), ("has_phone", "phone"), ("has_document", "document")] {
        if !row.get::<_, bool>(column)? {
            missing.push(what);
        }
    }
    let allergies = card.patient.allergies.join(", ");
    let asked: bool = row.get("allergies_asked")?;
    let mut items = vec![
        CheckItem {
            key: CheckKey::Registration,
            done: missing.is_empty(),
            detail: (!missing.is_empty()).then(|| missing.join(",")),
            record: patient,
        },
        CheckItem {
            key: CheckKey::Allergies,
            done: asked || !allergies.is_empty(),
            detail: (!allergies.is_empty()).then_some(allergies),
            record: patient,
        },
    ];
    let consent: Option<String> = row.get("consent_title")?;
    if consent.is_some() {
        items.push(CheckItem {
            key: CheckKey::Consent,
            done: !card.flags.consent_missing,
            detail: consent,
            record: row.get::<_, Option<Uuid>>("waiting_document_id")?.map(RecordId),
        });
    }
    let debt = Money::from_minor(row.get("owed_minor")?, here.currency);
    let owes = !debt.is_zero() && !debt.is_negative();
    items.push(CheckItem {
        key: CheckKey::Balance,
        done: !owes,
        detail: owes.then(|| debt.amount().to_string()),
        record: patient,
    });
    Ok(items)
}
