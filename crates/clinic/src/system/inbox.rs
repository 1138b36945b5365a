//! The inbox: what only a person can decide. The server writes a card when two desks have promised the same time;
//! the card is open until a person decides it, or until the two no longer touch because someone moved one of them.

use domain::{
    id::{AllocationId, AppointmentId, CardId, Uuid},
    permission::Permission,
    registry,
    time::{Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};
use store::{
    Tx, View,
    rusqlite::{self, Row, named_params},
};
use ts_rs::TS;

use crate::{
    Command, Failure, Never, Outcome, Read, Topic,
    organization::{Here, here},
};

/// The cards.
#[derive(Debug, Deserialize, TS)]
pub struct Inbox {}

/// Open and resolved cards, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InboxCards {
    /// What waits for a person.
    pub open: Vec<InboxCard>,
    /// What was decided, or has dissolved by itself.
    pub resolved: Vec<InboxCard>,
}

/// What a person is asked to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InboxCard {
    /// The card.
    pub id: CardId,
    /// `double_booking`.
    #[ts(type = "\"double_booking\" | \"invalid_transition\" | \"field_clash\"")]
    pub kind: String,
    /// When it was raised.
    pub at: Timestamp,
    /// What it is about.
    pub title_data: CardTitle,
    /// `move` or `keep_both`; `dissolved` when the two no longer touch though nobody decided the card.
    pub resolution: Option<String>,
    /// When it was decided.
    pub resolved_at: Option<Timestamp>,
    /// By whom.
    pub resolved_by: Option<String>,
}

/// Two visits at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardTitle {
    /// The practitioner or room they share.
    pub resource: String,
    /// The one that was there.
    pub first: CardSide,
    /// The one that is contested.
    pub second: CardSide,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardSide {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// Whose.
    pub patient: String,
    /// What for; empty where it was not said.
    pub service: String,
    /// When it starts.
    pub start: WallTime,
    /// When it ends.
    pub end: WallTime,
    /// Who promised it.
    pub booked_by: String,
    /// On which desk; empty before its name has arrived.
    pub desk: String,
    /// When.
    pub booked_at: Timestamp,
    /// The claim.
    #[serde(skip)]
    #[ts(skip)]
    pub allocation: AllocationId,
}

impl Command for Inbox {
    const NAME: &'static str = "system.inbox";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Agenda, Topic::Organization];
    type Output = InboxCards;
    type Refusal = Never;
}

impl Read for Inbox {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let (open, resolved) = cards(view, &here, None)?.into_iter().partition(|card| card.resolution.is_none());
        Ok(InboxCards { open, resolved })
    }
}

/// The cards that wait for a person.
pub fn open_cards(view: &View<'_>, here: &Here) -> Result<Vec<InboxCard>, Failure> {
    let mut cards = cards(view, here, None)?;
    cards.retain(|card| card.resolution.is_none());
    Ok(cards)
}

/// One card.
pub fn inbox_card(view: &View<'_>, here: &Here, id: CardId) -> Result<Option<InboxCard>, Failure> {
    Ok(cards(view, here, Some(id))?.into_iter().next())
}

/// Writes down what a person decided about a card.
pub fn decide(tx: &Tx<'_>, here: &Here, card: CardId, choice: &str, reason: Option<&str>) -> Result<(), Failure> {
    tx.db().prepare_cached(include_str!("sql/insert_resolution.sql"))?.execute(named_params! {
        ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":card_id": card.0, ":choice": choice, ":reason": reason,
    })?;
    Ok(())
}

fn cards(view: &View<'_>, here: &Here, id: Option<CardId>) -> Result<Vec<InboxCard>, Failure> {
    let claim = registry::kind_of_table("resource_allocation").map(|kind| kind.id);
    let mut query = view.db().prepare_cached(include_str!("sql/cards.sql"))?;
    let cards = query.query_map(
        named_params! { ":id": id.map(|id| id.0), ":claim": claim, ":device": view.identity().device.0 },
        |row| from_row(row, here),
    )?;
    Ok(cards.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>, here: &Here) -> rusqlite::Result<InboxCard> {
    let choice: Option<String> = row.get("choice")?;
    let clashes: bool = row.get("clashes")?;
    Ok(InboxCard {
        id: CardId(row.get("id")?),
        kind: row.get("kind")?,
        at: Timestamp::from_millis(row.get("raised_at")?),
        title_data: CardTitle {
            resource: row.get("resource")?,
            first: side(row, here, "first")?,
            second: side(row, here, "second")?,
        },
        resolution: choice.or_else(|| (!clashes).then(|| "dissolved".to_owned())),
        resolved_at: row.get::<_, Option<i64>>("resolved_at")?.map(Timestamp::from_millis),
        resolved_by: row.get("resolved_by")?,
    })
}

fn side(row: &Row<'_>, here: &Here, which: &str) -> rusqlite::Result<CardSide> {
    let column = |name: &str| format!("{which}_{name}");
    let start: String = row.get(column("start_wall").as_str())?;
    let end_at: i64 = row.get(column("end_at").as_str())?;
    let start_at: i64 = row.get(column("start_at").as_str())?;
    Ok(CardSide {
        appointment_id: AppointmentId(row.get(column("appointment_id").as_str())?),
        patient: row.get(column("patient").as_str())?,
        service: row.get(column("service").as_str())?,
        start: start.parse().unwrap_or_else(|_| here.wall(Timestamp::from_millis(start_at))),
        end: here.wall(Timestamp::from_millis(end_at)),
        booked_by: row.get(column("booked_by").as_str())?,
        desk: row.get(column("desk").as_str())?,
        booked_at: Timestamp::from_millis(row.get(column("booked_at").as_str())?),
        allocation: AllocationId(row.get::<_, Uuid>(column("id").as_str())?),
    })
}
