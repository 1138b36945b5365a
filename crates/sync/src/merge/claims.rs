//! Exclusive claims: who gets the hour.
//!
//! The first claim the server accepts is *granted*; a later one that does not fit beside the live ones is stored,
//! *contested*, and raises a card. Nothing is moved or cancelled by a clock. A live claim is one that is neither
//! released nor struck out; contested ones count as live, so that every overlap is shown to a person. Claims of one
//! appointment never contest each other (its planned and its actual room). A claim that a person keeps with a
//! reason is granted beside the others.
//!
//! When a claim is released or moved, the contested ones it stood in the way of are looked at again, and those that
//! fit now are granted: a person made the room.

use domain::{
    id::{RecordId, Uuid, derived},
    interval::{Interval, fits},
    registry::{self, Class},
    time::Timestamp,
    value::Value,
};

use super::RecordState;

/// A claim's fields, by permanent id (`resource_allocation`, kind 71).
pub mod field {
    /// The appointment it serves.
    pub const APPOINTMENT: u16 = 10;
    /// What is claimed.
    pub const RESOURCE: u16 = 11;
    /// From when, milliseconds UTC, buffers included.
    pub const FROM: u16 = 12;
    /// Until when, exclusive.
    pub const TO: u16 = 13;
    /// How much of the capacity.
    pub const UNITS: u16 = 14;
    /// What the server decided: `granted`, `contested`, `released`.
    pub const STATE: u16 = 16;
    /// When it was given up.
    pub const RELEASED_AT: u16 = 17;
    /// Why a person keeps it beside another.
    pub const KEPT_REASON: u16 = 18;
}

/// The kind of a card.
pub const CARD: u16 = 161;
/// The kind whose records are claimed.
pub const RESOURCE: u16 = 30;
/// How much of a resource there is, `resource.capacity`.
const RESOURCE_CAPACITY: u16 = 13;

/// A live claim, read from its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The allocation.
    pub id: RecordId,
    /// What it claims.
    pub resource: RecordId,
    /// For whom; `None` when it serves no appointment.
    pub appointment: Option<Uuid>,
    /// When.
    pub interval: Interval,
    /// How much.
    pub units: i64,
    /// What the server has decided so far.
    pub verdict: Option<Verdict>,
    /// A person keeps it beside others.
    pub kept: bool,
}

/// What the server says to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds the time.
    Granted,
    /// It is stored, and a person must decide.
    Contested,
    /// It was given up.
    Released,
}

impl Verdict {
    /// As it stands in `resource_allocation.state`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Contested => "contested",
            Self::Released => "released",
        }
    }
}

/// Whether the kind is a claim.
pub fn is_claim(kind: u16) -> bool {
    registry::kind(kind).is_some_and(|kind| kind.class == Class::Claim)
}

/// What a record claims: `Ok(None)` when it is given up, an error when it claims nothing that can be.
pub fn read(record: &RecordState) -> Result<Option<Claim>, BadClaim> {
    let deleted = record.value(registry::DELETED_AT.id).is_some();
    if deleted || record.value(field::RELEASED_AT).is_some() {
        return Ok(None);
    }
    let instant = |field| record.value(field).and_then(Value::as_int).map(Timestamp::from_millis).ok_or(BadClaim);
    let resource = record.value(field::RESOURCE).and_then(Value::as_id).ok_or(BadClaim)?;
    let interval = Interval::new(instant(field::FROM)?, instant(field::TO)?).ok_or(BadClaim)?;
    let units = record.value(field::UNITS).and_then(Value::as_int).unwrap_or(1);
    if units < 1 {
        return Err(BadClaim);
    }
    Ok(Some(Claim {
        id: record.id,
        resource: RecordId(resource),
        appointment: record.value(field::APPOINTMENT).and_then(Value::as_id),
        interval,
        units,
        verdict: match record.value(field::STATE).and_then(Value::as_text) {
            Some("granted") => Some(Verdict::Granted),
            Some("contested") => Some(Verdict::Contested),
            _ => None,
        },
        kept: record.value(field::KEPT_REASON).is_some(),
    }))
}

/// The record claims nothing that can be: no resource, or an interval that is empty or turned round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadClaim;

/// How much there is of a resource; 1 when nothing says otherwise.
pub fn capacity(resource: Option<&RecordState>) -> i64 {
    resource.and_then(|resource| resource.value(RESOURCE_CAPACITY)).and_then(Value::as_int).unwrap_or(1).max(1)
}

/// The claim that stands in the way of `wanted`, when it does not fit beside the other live ones: the granted one
/// with the lowest id, or the contested one when no granted one overlaps. `None` means that it fits.
pub fn in_the_way<'a>(wanted: &Claim, live: &'a [Claim], capacity: i64) -> Option<&'a Claim> {
    let rivals: Vec<&Claim> = live.iter().filter(|other| rival(wanted, other)).collect();
    let taken: Vec<_> = rivals.iter().map(|other| (other.interval, other.units)).collect();
    if fits(wanted.interval, wanted.units, &taken, capacity) {
        return None;
    }
    rivals.into_iter().min_by_key(|other| (other.verdict != Some(Verdict::Granted), other.id))
}

fn rival(one: &Claim, other: &Claim) -> bool {
    let same_visit = one.appointment.is_some() && one.appointment == other.appointment;
    one.id != other.id && one.resource == other.resource && !same_visit && one.interval.overlaps(&other.interval)
}

/// The id of the card of two claims: the same whoever raises it and whichever came first.
pub fn card_id(one: RecordId, other: RecordId) -> RecordId {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    RecordId(derived("conflict", &[low.0.as_bytes(), high.0.as_bytes()]))
}

/// A card's fields. `first` was there, `second` is contested.
pub fn card_fields(first: &Claim, second: &Claim, clinic: Option<&Value>, raised: Timestamp) -> Vec<(u16, Value)> {
    let mut fields = Vec::new();
    if let Some(clinic) = clinic {
        fields.push((registry::CLINIC_ID.id, clinic.clone()));
    }
    fields.extend([
        (registry::CREATED_AT.id, Value::Int(raised.millis())),
        (10, Value::from("double_booking")),
        (11, Value::from(second.resource.0)),
        (12, Value::from(first.id.0)),
        (13, Value::from(second.id.0)),
        (14, Value::Int(raised.millis())),
    ]);
    fields
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn claim(id: u128, from: i64, to: i64, verdict: Option<Verdict>) -> Claim {
        Claim {
            id: RecordId(Uuid::from_u128(id)),
            resource: RecordId(Uuid::from_u128(100)),
            appointment: Some(Uuid::from_u128(1000 + id)),
            interval: Interval::new(Timestamp::from_millis(from), Timestamp::from_millis(to)).unwrap(),
            units: 1,
            verdict,
            kept: false,
        }
    }

    #[test]
    fn the_card_names_the_granted_claim_before_a_contested_one() {
        let live = [claim(1, 0, 10, Some(Verdict::Contested)), claim(2, 5, 15, Some(Verdict::Granted))];
        assert_eq!(in_the_way(&claim(3, 6, 9, None), &live, 1).unwrap().id, live[1].id);
        assert_eq!(in_the_way(&claim(3, 0, 4, None), &live, 1).unwrap().id, live[0].id);
        assert!(in_the_way(&claim(3, 15, 20, None), &live, 1).is_none());
        assert!(in_the_way(&claim(3, 0, 4, None), &live, 2).is_none(), "a room for two");
    }

    #[test]
    fn claims_of_one_appointment_and_of_other_resources_are_no_rivals() {
        let mut planned = claim(1, 0, 10, Some(Verdict::Granted));
        let actual = claim(2, 0, 10, None);
        planned.appointment = actual.appointment;
        assert!(in_the_way(&actual, &[planned], 1).is_none());
        let mut elsewhere = claim(3, 0, 10, Some(Verdict::Granted));
        elsewhere.resource = RecordId(Uuid::from_u128(101));
        assert!(in_the_way(&actual, &[elsewhere], 1).is_none());
    }

    #[test]
    fn two_claims_have_one_card_from_either_side() {
        let (one, other) = (RecordId(Uuid::from_u128(1)), RecordId(Uuid::from_u128(2)));
        assert_eq!(card_id(one, other), card_id(other, one));
    }

    #[test]
    fn a_card_has_only_fields_the_registry_knows() {
        let card = registry::kind(CARD).unwrap();
        let (one, other) = (claim(1, 0, 1, None), claim(2, 0, 1, None));
        let fields = card_fields(&one, &other, Some(&Value::Int(1)), Timestamp::from_millis(5));
        assert!(fields.iter().all(|(id, _)| card.field(*id).is_some()));
        assert!(fields.windows(2).all(|pair| pair[0].0 < pair[1].0), "ascending");
        let allocation = registry::kinds().find(|kind| kind.class == Class::Claim).unwrap();
        for (id, column) in [
            (field::APPOINTMENT, "appointment_id"),
            (field::RESOURCE, "resource_id"),
            (field::FROM, "occupied_from"),
            (field::TO, "occupied_to"),
            (field::UNITS, "units"),
            (field::STATE, "state"),
            (field::RELEASED_AT, "released_at"),
            (field::KEPT_REASON, "kept_reason"),
        ] {
            assert_eq!(allocation.field(id).unwrap().column, column);
        }
        let resource = registry::kind(RESOURCE).unwrap();
        assert_eq!((resource.table, resource.field(RESOURCE_CAPACITY).unwrap().column), ("resource", "capacity"));
        assert_eq!(card.table, "conflict_record");
    }
}
