//! The board: everyone of today, by how far they have come.

use std::collections::HashMap;

use domain::{
    id::{AppointmentId, Uuid},
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

use super::VisitRefusal;
use crate::{
    Command, Failure, Never, Outcome, Read, Stop, Topic,
    agenda::{self, AgendaCard, CardMoney, Status},
    command::refuse,
    organization::{Here, here},
};

/// How an appointment of someone who just came is told from the others.
pub(super) const WALK_IN: &str = "walk_in";

/// A card on the board: the appointment's, and what reception needs besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BoardCard {
    /// The appointment.
    #[serde(flatten)]
    pub card: AgendaCard,
    /// When the patient came.
    pub arrived_at: Option<Timestamp>,
    /// Minutes late, waiting or in the room, by where the card stands.
    pub minutes: Option<i64>,
    /// Came without an appointment.
    pub walk_in: bool,
    /// What is still to be charged: what the open invoice lacks, else the draft's total, else the price.
    pub to_charge: Option<Money>,
    /// Papers that wait for a signature or a seal.
    pub pending_documents: i64,
}

/// Today at the reception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceptionBoard {
    /// Booked and not here yet.
    pub expected: Vec<BoardCard>,
    /// Here and waiting, the longest first.
    pub arrived: Vec<BoardCard>,
    /// In a room.
    pub in_room: Vec<BoardCard>,
    /// Treated and not settled.
    pub to_charge: Vec<BoardCard>,
    /// Treated and settled, or did not come.
    pub done: Vec<BoardCard>,
    /// How long everyone of today has waited, on average.
    pub average_wait_min: Option<i64>,
    /// How long the one who waits longest has waited.
    pub longest_wait_min: Option<i64>,
    /// Everything still to be charged.
    pub to_charge_total: Money,
}

/// Today at the reception.
#[derive(Debug, Deserialize, TS)]
pub struct Board {}

impl Command for Board {
    const NAME: &'static str = "reception.board";
    const NEEDS: Permission = Permission::ReceptionView;
    const TOPICS: &'static [Topic] =
        &[Topic::Reception, Topic::Agenda, Topic::Documents, Topic::Billing, Topic::People, Topic::Chart];
    type Output = ReceptionBoard;
    type Refusal = Never;
}

impl Read for Board {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let cards = agenda::cards_of_days(view, &here, here.today, here.today, None)?;
        let mut extras = extras(view, &here, None)?;
        let cards = cards.into_iter().map(|card| {
            let extra = extras.remove(&card.appointment_id.0).unwrap_or_default();
            extra.complete(card, &here, view.at())
        });
        Ok(lay_out(cards.collect(), &here, view.at())?)
    }
}

/// One appointment's card: what every step of a visit answers.
pub(super) fn of_appointment(view: &View<'_>, here: &Here, id: AppointmentId) -> Result<BoardCard, Stop<VisitRefusal>> {
    let Some(card) = agenda::card(view, here, id)? else {
        return refuse(VisitRefusal::NotFound { what: "appointment" });
    };
    let extra = extras(view, here, Some(id))?.remove(&id.0).unwrap_or_default();
    Ok(extra.complete(card, here, view.at()))
}

/// What the agenda's card leaves out.
#[derive(Debug, Clone, Default)]
struct Extra {
    walk_in: bool,
    arrived_at: Option<Timestamp>,
    draft_minor: Option<i64>,
    open_minor: Option<i64>,
    pending: i64,
}

impl Extra {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<(Uuid, Self)> {
        let method: String = row.get("booking_method")?;
        let arrived_at: Option<i64> = row.get("arrived_at")?;
        let extra = Self {
            walk_in: method == WALK_IN,
            arrived_at: arrived_at.map(Timestamp::from_millis),
            draft_minor: row.get("draft_minor")?,
            open_minor: row.get("open_minor")?,
            pending: row.get("pending_documents")?,
        };
        Ok((row.get("id")?, extra))
    }

    fn complete(self, card: AgendaCard, here: &Here, now: Timestamp) -> BoardCard {
        let minor = |minor: i64| Money::from_minor(minor, here.currency);
        let to_charge = match card.money {
            CardMoney::Unpaid => self.open_minor.map(minor),
            CardMoney::ToBill => self.draft_minor.map(minor).or(card.price),
            CardMoney::None | CardMoney::Agreed | CardMoney::Paid => None,
        };
        let minutes = match card.status {
            Status::Scheduled | Status::Confirmed => card.late_min,
            Status::CheckedIn => card.waiting_since.map(|since| now.minutes_since(since).max(0)),
            Status::InProgress => card.started_at.map(|since| now.minutes_since(since).max(0)),
            Status::Completed | Status::Cancelled | Status::NoShow => None,
        };
        // A consent that the service asks for and nobody has prepared is as pending as one that waits for a hand.
        let unprepared = i64::from(self.pending == 0 && card.flags.consent_missing);
        BoardCard {
            arrived_at: self.arrived_at,
            minutes,
            walk_in: self.walk_in,
            to_charge,
            pending_documents: self.pending + unprepared,
            card,
        }
    }
}

fn extras(view: &View<'_>, here: &Here, only: Option<AppointmentId>) -> Result<HashMap<Uuid, Extra>, Failure> {
    let rows = if let Some(id) = only {
        let sql = concat!(include_str!("sql/board.sql"), include_str!("sql/board_of_id.sql"));
        let mut query = view.db().prepare_cached(sql)?;
        query.query_map(named_params! { ":id": id.0 }, Extra::from_row)?.collect::<Result<_, _>>()?
    } else {
        let sql = concat!(include_str!("sql/board.sql"), include_str!("sql/board_of_day.sql"));
        let mut query = view.db().prepare_cached(sql)?;
        let day = named_params! { ":first": here.today.to_string(), ":until": here.today.plus_days(1).to_string() };
        query.query_map(day, Extra::from_row)?.collect::<Result<_, _>>()?
    };
    Ok(rows)
}

/// Lays the cards out by how far the patients have come. Who cancelled is not expected and stands nowhere.
fn lay_out(cards: Vec<BoardCard>, here: &Here, now: Timestamp) -> Result<ReceptionBoard, Failure> {
    let waits: Vec<i64> = cards.iter().filter_map(|card| wait(card, now)).collect();
    let count = i64::try_from(waits.len()).unwrap_or(i64::MAX);
    let average = waits.iter().sum::<i64>().checked_div(count);

    let of = |wanted: fn(&BoardCard) -> bool| cards.iter().filter(|card| wanted(card)).cloned().collect::<Vec<_>>();
    let settled = |card: &BoardCard| card.to_charge.is_none_or(Money::is_zero);
    let mut arrived = of(|card| card.card.status == Status::CheckedIn);
    arrived.sort_by_key(|card| card.arrived_at);
    let treated = of(|card| card.card.status == Status::Completed);
    let (mut done, to_charge): (Vec<_>, Vec<_>) = treated.into_iter().partition(settled);
    done.extend(of(|card| card.card.status == Status::NoShow));

    let owed = to_charge.iter().filter_map(|card| card.to_charge).filter(|owed| owed.currency() == here.currency);
    let to_charge_total = Money::sum(owed, here.currency).map_err(|_| Failure::Damaged("amounts too large to add"))?;
    Ok(ReceptionBoard {
        expected: of(|card| matches!(card.card.status, Status::Scheduled | Status::Confirmed)),
        longest_wait_min: arrived.iter().filter_map(|card| card.minutes).max(),
        arrived,
        in_room: of(|card| card.card.status == Status::InProgress),
        to_charge,
        done,
        average_wait_min: average,
        to_charge_total,
    })
}

/// How long someone waited, or has waited so far.
fn wait(card: &BoardCard, now: Timestamp) -> Option<i64> {
    let until = match card.card.status {
        Status::CheckedIn => now,
        _ => card.card.started_at?,
    };
    Some(until.minutes_since(card.arrived_at?).max(0))
}
