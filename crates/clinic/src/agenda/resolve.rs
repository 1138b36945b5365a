//! Deciding a card: one of the two moves, or both stay with a reason. It is an ordinary write: it travels, and when
//! two desks decide the same card both decisions are kept and the later one is shown.

use domain::{
    id::{AppointmentId, CardId, ResourceId},
    permission::Permission,
    time::WallTime,
};
use serde::Deserialize;
use store::Tx;
use ts_rs::TS;

use super::{
    BookingRefusal,
    claims::keep,
    relocate::{Relocation, relocate},
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    amendment::Change,
    command::refuse,
    organization::here,
    system::{InboxCard, decide, inbox_card},
    text,
};

/// Which card, and what is decided.
#[derive(Debug, Deserialize, TS)]
pub struct Resolve {
    /// The card.
    card_id: CardId,
    /// The decision.
    choice: Choice,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Choice {
    /// One of the two moves.
    Move {
        /// Which.
        appointment_id: AppointmentId,
        /// To when.
        start: WallTime,
        /// With whom.
        resource_id: ResourceId,
        /// Where; the room it has where absent.
        #[serde(default)]
        #[ts(optional = nullable)]
        room_id: Option<ResourceId>,
    },
    /// Both stay.
    KeepBoth {
        /// Why.
        reason: String,
    },
}

impl Command for Resolve {
    const NAME: &'static str = "agenda.resolve";
    const NEEDS: Permission = Permission::AgendaResolve;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::System, Topic::Reception, Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("reason", text::REMARKS)];
    type Output = InboxCard;
    type Refusal = BookingRefusal;
}

impl Write for Resolve {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(card) = inbox_card(tx, &here, self.card_id)? else {
            return refuse(BookingRefusal::NotFound { what: "card" });
        };
        if card.resolution.is_some() {
            return refuse(BookingRefusal::AlreadyResolved);
        }
        let (first, second) = (&card.title_data.first, &card.title_data.second);
        match self.choice {
            Choice::Move { appointment_id, start, resource_id, room_id } => {
                if ![first.appointment_id, second.appointment_id].contains(&appointment_id) {
                    return refuse(BookingRefusal::NotFound { what: "appointment" });
                }
                let to = Relocation {
                    appointment: appointment_id,
                    start,
                    practitioner: Some(resource_id),
                    room: room_id.map_or(Change::Leave, Change::Set),
                    duration_min: None,
                    outside_hours: false,
                };
                relocate(tx, &here, &to)?;
                decide(tx, &here, self.card_id, "move", None)?;
            }
            Choice::KeepBoth { reason } => {
                let reason = reason.trim();
                if reason.is_empty() {
                    return refuse(BookingRefusal::ReasonMissing);
                }
                keep(tx, first.allocation, reason)?;
                keep(tx, second.allocation, reason)?;
                decide(tx, &here, self.card_id, "keep_both", Some(reason))?;
            }
        }
        Ok(inbox_card(tx, &here, self.card_id)?.ok_or(Failure::Damaged("the card just decided"))?)
    }
}
