//! The card: an appointment as every screen shows it, read with everything on it in one statement.

use domain::{
    id::{AppointmentId, EncounterId, PatientId, ResourceId, ServiceId, Uuid},
    identity::Phone,
    money::Money,
    time::{CivilDate, Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, Row, named_params},
};
use ts_rs::TS;

use crate::{Failure, organization::Here};

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Booked.
    Scheduled,
    /// The patient has said that they come.
    Confirmed,
    /// Here and waiting.
    CheckedIn,
    /// In the room.
    InProgress,
    /// Treated.
    Completed,
    /// Will not take place.
    Cancelled,
    /// The patient did not come.
    NoShow,
}

impl Status {
    /// The word in SQL and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked_in",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
        }
    }

    /// The status of that word; one of a newer peer counts as booked.
    pub fn of_key(key: &str) -> Self {
        [Self::Confirmed, Self::CheckedIn, Self::InProgress, Self::Completed, Self::Cancelled, Self::NoShow]
            .into_iter()
            .find(|status| status.key() == key)
            .unwrap_or(Self::Scheduled)
    }
}

/// What is left to do about a visit's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardMoney {
    /// Nothing yet, or nothing at all.
    None,
    /// Treated and not invoiced.
    ToBill,
    /// Invoiced and open, today or since longer.
    Unpaid,
    /// Invoiced; what is open falls due later, as was agreed.
    Agreed,
    /// Invoiced and paid.
    Paid,
}

/// What the server says to the claim of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Only this desk has promised it.
    Provisional,
    /// It holds.
    Granted,
    /// Another visit claims the same time: a person decides.
    Contested,
}

/// Whose visit it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardPatient {
    /// The patient.
    pub id: PatientId,
    /// The name they go by.
    pub name: String,
    /// Completed years.
    pub age: Option<u32>,
    /// As the clinic's country writes it.
    pub phone: Option<String>,
    /// Substances.
    pub allergies: Vec<String>,
}

/// What it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardService {
    /// The service.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardRoom {
    /// The room.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
}

/// What the desk should see before the patient is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "four independent marks on a card, not a state")]
pub struct CardFlags {
    /// Never treated here before.
    pub new_patient: bool,
    /// The service needs a consent that the patient has not given, or has refused since.
    pub consent_missing: bool,
    /// Owes something.
    pub balance: bool,
    /// Has an allergy on record.
    pub alert: bool,
}

/// An appointment as every screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgendaCard {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// The visit, once the patient has arrived.
    pub encounter_id: Option<EncounterId>,
    /// Whose visit.
    pub patient: CardPatient,
    /// What for; absent for a walk-in that has not said.
    pub service: Option<CardService>,
    /// With whom; absent for a walk-in that nobody has taken yet.
    pub resource_id: Option<ResourceId>,
    /// Their name; empty where there is none yet.
    pub practitioner: String,
    /// Where.
    pub room: Option<CardRoom>,
    /// What the wall clock shows when it starts.
    pub start: WallTime,
    /// What it shows when it ends.
    pub end: WallTime,
    /// When it starts.
    pub start_at: Timestamp,
    /// Where it stands.
    pub status: Status,
    /// What is left to do about its money.
    pub money: CardMoney,
    /// What the server says to its time.
    pub claim: ClaimState,
    /// The server has everything this desk did to it; always, where there is no server.
    pub synced: bool,
    /// Since when the patient waits, while they do.
    pub waiting_since: Option<Timestamp>,
    /// When the visit started.
    pub started_at: Option<Timestamp>,
    /// Minutes since the start, while the patient has not come.
    pub late_min: Option<i64>,
    /// What to see before calling.
    pub flags: CardFlags,
    /// What the desk wrote.
    pub notes: Option<String>,
    /// The price it was booked at.
    pub price: Option<Money>,
}

/// One card.
pub fn card(view: &View<'_>, here: &Here, id: AppointmentId) -> Result<Option<AgendaCard>, Failure> {
    let sql = concat!(include_str!("sql/card.sql"), include_str!("sql/card_of_id.sql"));
    let mut query = view.db().prepare_cached(sql)?;
    let mut rows = query.query(named_params! { ":id": id.0, ":today": here.today.to_string() })?;
    Ok(rows.next()?.map(|row| from_row(row, here, view.at())).transpose()?)
}

/// The cards of the days `first..=last`, of one resource or of all, in the order of their start. Cancelled ones
/// included: the screen strikes them through.
pub fn cards_of_days(
    view: &View<'_>,
    here: &Here,
    first: CivilDate,
    last: CivilDate,
    resource: Option<ResourceId>,
) -> Result<Vec<AgendaCard>, Failure> {
    let sql = concat!(include_str!("sql/card.sql"), include_str!("sql/card_of_days.sql"));
    let mut query = view.db().prepare_cached(sql)?;
    let cards = query.query_map(
        named_params! {
            // A wall time begins with its date, so that dates are its bounds.
            ":first": first.to_string(), ":until": last.plus_days(1).to_string(),
            ":resource_id": resource.map(|id| id.0),
            ":today": here.today.to_string(),
        },
        |row| from_row(row, here, view.at()),
    )?;
    Ok(cards.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>, here: &Here, now: Timestamp) -> rusqlite::Result<AgendaCard> {
    let start_at = Timestamp::from_millis(row.get("start_at")?);
    let end_at = Timestamp::from_millis(row.get("end_at")?);
    let start: String = row.get("start_wall")?;
    let status = Status::of_key(&row.get::<_, String>("status")?);
    let born: Option<String> = row.get("birth_date")?;
    let phone: Option<String> = row.get("phone")?;
    let allergies: Option<String> = row.get("allergies")?;
    let allergies: Vec<String> =
        allergies.map(|list| list.split('\u{1f}').map(str::to_owned).collect()).unwrap_or_default();
    let service: Option<(Uuid, String)> = Option::zip(row.get("service_id")?, row.get("service_name")?);
    let room: Option<(Uuid, String)> = Option::zip(row.get("room_id")?, row.get("room_name")?);
    let arrived_at: Option<i64> = row.get("arrived_at")?;
    let started_at: Option<i64> = row.get("started_at")?;
    let price: Option<(i64, String)> = Option::zip(row.get("price_minor")?, row.get("currency")?);
    let late = now.minutes_since(start_at);
    let awaited = matches!(status, Status::Scheduled | Status::Confirmed);
    Ok(AgendaCard {
        appointment_id: AppointmentId(row.get("appointment_id")?),
        encounter_id: row.get::<_, Option<Uuid>>("encounter_id")?.map(EncounterId),
        patient: CardPatient {
            id: PatientId(row.get("patient_id")?),
            name: row.get("patient_name")?,
            age: born.and_then(|born| born.parse::<CivilDate>().ok()).and_then(|born| born.age_on(here.today)),
            phone: phone.map(|phone| Phone::format_stored(&phone, &here.country)),
            allergies: allergies.clone(),
        },
        service: service.map(|(id, name)| CardService { id: ServiceId(id), name }),
        resource_id: row.get::<_, Option<Uuid>>("resource_id")?.map(ResourceId),
        practitioner: row.get("practitioner")?,
        room: room.map(|(id, name)| CardRoom { id: ResourceId(id), name }),
        start: start.parse().unwrap_or_else(|_| here.wall(start_at)),
        end: here.wall(end_at),
        start_at,
        status,
        money: money(row, status)?,
        claim: match row.get::<_, i64>("claim")? {
            0 => ClaimState::Granted,
            1 => ClaimState::Provisional,
            _ => ClaimState::Contested,
        },
        synced: row.get("synced")?,
        waiting_since: arrived_at.filter(|_| status == Status::CheckedIn).map(Timestamp::from_millis),
        started_at: started_at.map(Timestamp::from_millis),
        late_min: (awaited && late > 0).then_some(late),
        flags: CardFlags {
            new_patient: row.get("new_patient")?,
            consent_missing: row.get("consent_missing")?,
            balance: row.get("owes")?,
            alert: !allergies.is_empty(),
        },
        notes: row.get("notes")?,
        price: price.and_then(|(minor, code)| Some(Money::from_minor(minor, code.parse().ok()?))),
    })
}

fn money(row: &Row<'_>, status: Status) -> rusqlite::Result<CardMoney> {
    let total: Option<i64> = row.get("invoiced_minor")?;
    let paid: i64 = row.get("paid_minor")?;
    let later: i64 = row.get("later_minor")?;
    let price: Option<i64> = row.get("price_minor")?;
    Ok(match total {
        Some(total) if paid >= total => CardMoney::Paid,
        Some(total) if paid + later >= total => CardMoney::Agreed,
        Some(_) => CardMoney::Unpaid,
        // A return visit that costs nothing needs no invoice.
        None if status == Status::Completed && price != Some(0) => CardMoney::ToBill,
        None => CardMoney::None,
    })
}
