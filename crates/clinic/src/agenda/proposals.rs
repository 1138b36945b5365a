//! Ways out of a double booking: the next free time, another practitioner or room at the same time, or keeping both.
//! The desk computes them, from what it knows now; a person chooses.

use domain::{
    id::{AppointmentId, CardId, ResourceId},
    permission::Permission,
    time::{Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{
    AgendaCard, BookingRefusal, FreeSlot, Status, card,
    openings::{Wish, find},
    slots::Need,
};
use crate::{
    Command, Failure, Outcome, Read, Topic, catalogue,
    command::refuse,
    organization::{Here, here},
    system::{InboxCard, inbox_card},
};

/// How many days ahead a free time is looked for.
const HORIZON_DAYS: i64 = 30;

/// Of which card.
#[derive(Debug, Deserialize, TS)]
pub struct Proposals {
    /// The card.
    card_id: CardId,
}

/// What sort of way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// The same practitioner, at another time.
    Move,
    /// The same time, with another practitioner or in another room.
    OtherResource,
    /// Both stay, with a reason.
    KeepBoth,
}

/// A way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Proposal {
    /// What sort.
    pub kind: ProposalKind,
    /// Which of the two would move.
    pub appointment_id: AppointmentId,
    /// When it would start.
    pub start: Option<WallTime>,
    /// With whom.
    pub resource_id: Option<ResourceId>,
    /// Their name.
    pub practitioner: Option<String>,
    /// Where.
    pub room_id: Option<ResourceId>,
    /// The one to try first.
    pub recommended: bool,
}

impl Command for Proposals {
    const NAME: &'static str = "agenda.proposals";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Resources, Topic::System];
    type Output = Vec<Proposal>;
    type Refusal = BookingRefusal;
}

impl Read for Proposals {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let Some(inbox) = inbox_card(view, &here, self.card_id)? else {
            return refuse(BookingRefusal::NotFound { what: "card" });
        };
        let Some(mover) = mover(view, &here, &inbox)? else {
            return Ok(rank(None, None, inbox.title_data.second.appointment_id));
        };
        let need = need(view, &here, &mover)?;
        let next = find(view, &here, &wish(&here, &mover, need, view.at(), Aim::Next))?.into_iter().next();
        let beside = find(view, &here, &wish(&here, &mover, need, view.at(), Aim::SameTime))?
            .into_iter()
            .find(|slot| slot.start == mover.start && elsewhere(slot, &mover));
        Ok(rank(next, beside, mover.appointment_id))
    }
}

/// Which of the two would move: the contested one, or the other when that one has begun.
fn mover(view: &View<'_>, here: &Here, inbox: &InboxCard) -> Result<Option<AgendaCard>, Failure> {
    for side in [&inbox.title_data.second, &inbox.title_data.first] {
        let movable = card(view, here, side.appointment_id)?
            .filter(|card| matches!(card.status, Status::Scheduled | Status::Confirmed | Status::CheckedIn));
        if movable.is_some() {
            return Ok(movable);
        }
    }
    Ok(None)
}

/// The visit's own length, with the buffers of its service.
fn need(view: &View<'_>, here: &Here, mover: &AgendaCard) -> Result<Need, Failure> {
    let service = match &mover.service {
        Some(service) => catalogue::service(view, service.id, here.today)?,
        None => None,
    };
    let minutes = here.zone.instant(mover.end).map_or(0, |end| end.minutes_since(mover.start_at));
    Ok(Need {
        duration_min: minutes.max(1),
        before_min: service.as_ref().map_or(0, |service| service.buffer_before_min),
        after_min: service.as_ref().map_or(0, |service| service.buffer_after_min),
    })
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The next time with the same practitioner.
    Next,
    /// Anyone, on the same day.
    SameTime,
}

fn wish(here: &Here, mover: &AgendaCard, need: Need, now: Timestamp, aim: Aim) -> Wish {
    let day = mover.start.date();
    Wish {
        need,
        practitioner: mover.resource_id.filter(|_| aim == Aim::Next),
        room: mover.room.as_ref().map(|room| room.id),
        from: if aim == Aim::Next { day.max(here.today) } else { day },
        days: if aim == Aim::Next { HORIZON_DAYS } else { 1 },
        not_before: if aim == Aim::Next { now.max(mover.start_at.plus_minutes(1)) } else { mover.start_at },
        except: Some(mover.appointment_id),
        // The same day at the same time: every practitioner's slots of the day may come before it.
        limit: if aim == Aim::Next { 1 } else { 1_000 },
    }
}

/// Another practitioner, or the same one in another room.
fn elsewhere(slot: &FreeSlot, mover: &AgendaCard) -> bool {
    let room = mover.room.as_ref().map(|room| room.id);
    Some(slot.resource_id) != mover.resource_id || (slot.room_id.is_some() && slot.room_id != room)
}

/// The ways out in the order in which to try them; the first that moves is recommended.
fn rank(next: Option<FreeSlot>, beside: Option<FreeSlot>, moves: AppointmentId) -> Vec<Proposal> {
    let of = |kind, slot: FreeSlot| Proposal {
        kind,
        appointment_id: moves,
        start: Some(slot.start),
        resource_id: Some(slot.resource_id),
        practitioner: Some(slot.practitioner),
        room_id: slot.room_id,
        recommended: false,
    };
    let mut out: Vec<Proposal> = next
        .map(|slot| of(ProposalKind::Move, slot))
        .into_iter()
        .chain(beside.map(|slot| of(ProposalKind::OtherResource, slot)))
        .collect();
    out.push(Proposal {
        kind: ProposalKind::KeepBoth,
        appointment_id: moves,
        start: None,
        resource_id: None,
        practitioner: None,
        room_id: None,
        recommended: false,
    });
    if let Some(first) = out.first_mut() {
        first.recommended = first.kind != ProposalKind::KeepBoth;
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::id::Uuid;

    use super::*;

    fn slot(start: &str) -> FreeSlot {
        FreeSlot {
            start: start.parse().unwrap(),
            end: start.parse().unwrap(),
            resource_id: ResourceId(Uuid::from_u128(1)),
            practitioner: "Beatriz".into(),
            room_id: None,
        }
    }

    fn kinds(proposals: &[Proposal]) -> Vec<(ProposalKind, bool)> {
        proposals.iter().map(|proposal| (proposal.kind, proposal.recommended)).collect()
    }

    #[test]
    fn the_same_practitioner_later_comes_first_and_keeping_both_is_never_recommended() {
        use ProposalKind::{KeepBoth, Move, OtherResource};
        let id = AppointmentId(Uuid::from_u128(9));
        let (next, beside) = (|| Some(slot("2026-11-18T14:30")), || Some(slot("2026-11-18T13:45")));

        assert_eq!(kinds(&rank(next(), beside(), id)), [(Move, true), (OtherResource, false), (KeepBoth, false)]);
        assert_eq!(kinds(&rank(None, beside(), id)), [(OtherResource, true), (KeepBoth, false)]);
        assert_eq!(kinds(&rank(None, None, id)), [(KeepBoth, false)]);
    }
}
