//! Whether a part may change a record at all, by the class of its kind.

use domain::{
    canonical::{Op, Part},
    id::DeviceId,
    registry::{self, Class, Ids, Kind},
};

use super::RecordState;

/// Why an entry is kept aside. The codes are permanent: they stand in desks' journals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The entry's bytes are signed but are not a canonical entry of this organization.
    Malformed,
    /// The actor did not hold the permission that the kind needs, or no longer may sign in.
    NotPermitted,
    /// A change of a record that the server never took in, such as one whose creation was quarantined.
    UnknownRecord,
    /// A record with this id exists already and its kind draws its ids.
    IdTaken,
    /// A fact or ledger entry is corrected by another one, never changed.
    FactChanged,
    /// The record is sealed: signed, issued or published.
    Sealed,
    /// The record was sealed without having seen another desk's change of the draft: what was signed is not what
    /// would be stored.
    SealedUnseen,
    /// Only the server writes this kind.
    ServerOwned,
    /// A claim without a resource, or whose interval is empty or turned round.
    ClaimInvalid,
}

impl Reason {
    /// The stable code, as it travels and is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotPermitted => "not_permitted",
            Self::UnknownRecord => "unknown_record",
            Self::IdTaken => "id_taken",
            Self::FactChanged => "fact_changed",
            Self::Sealed => "sealed",
            Self::SealedUnseen => "sealed_unseen",
            Self::ServerOwned => "server_owned",
            Self::ClaimInvalid => "claim_invalid",
        }
    }
}

/// Decides whether `part`, written by `device` on top of `base`, may be merged into `existing`.
///
/// A kind that this program does not know is merged by field and its ids may be met twice: a newer peer knows
/// better, and refusing would strand its data.
pub fn admit(part: &Part, existing: Option<&RecordState>, device: DeviceId, base: u64) -> Result<(), Reason> {
    if part.op == Op::Read {
        return Ok(());
    }
    let Some(kind) = registry::kind(part.kind) else {
        return if part.op == Op::Update && existing.is_none() { Err(Reason::UnknownRecord) } else { Ok(()) };
    };
    if kind.class == Class::ServerOwned {
        return Err(Reason::ServerOwned);
    }
    match (part.op, existing) {
        (Op::Update, None) => Err(Reason::UnknownRecord),
        (Op::Insert, Some(_)) if kind.ids == Ids::Drawn => Err(Reason::IdTaken),
        (Op::Insert | Op::Update, Some(existing)) => change(kind, part, existing, device, base),
        (Op::Insert, None) | (Op::Read, _) => Ok(()),
    }
}

fn change(kind: &Kind, part: &Part, existing: &RecordState, device: DeviceId, base: u64) -> Result<(), Reason> {
    match kind.class {
        Class::Merge | Class::Claim | Class::ServerOwned => Ok(()),
        Class::Fact | Class::Ledger => Err(Reason::FactChanged),
        Class::Sealed { once } => {
            let Some(once) = kind.column(once) else { return Ok(()) };
            if existing.value(once.id).is_some() {
                return Err(Reason::Sealed);
            }
            let seals = part.fields.iter().any(|(id, value)| *id == once.id && !value.is_null());
            let unseen = existing.fields.values().any(|field| field.device != device && field.position > base);
            if seals && unseen { Err(Reason::SealedUnseen) } else { Ok(()) }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::{clock::Hlc, id::RecordId, value::Value};
    use uuid::Uuid;

    use super::*;
    use crate::merge::Stamp;

    const PATIENT: u16 = 50;
    const NOTE: u16 = 92;
    const NOTE_BODY: u16 = 14;
    const NOTE_SIGNED_AT: u16 = 16;
    const SETTING: u16 = 5;
    const PAYMENT: u16 = 133;
    const CARD: u16 = 161;

    fn device(n: u128) -> DeviceId {
        DeviceId(Uuid::from_u128(n))
    }

    fn part(kind: u16, op: Op, fields: &[(u16, i64)]) -> Part {
        let fields = fields.iter().map(|(id, n)| (*id, Value::Int(*n))).collect();
        Part { kind, record: RecordId(Uuid::from_u128(1)), op, fields }
    }

    fn held(kind: u16, fields: &[(u16, i64)], by: u128, position: u64) -> RecordState {
        let mut state = RecordState::empty(kind, RecordId(Uuid::from_u128(1)));
        let part = part(kind, Op::Insert, fields);
        let stamp = Stamp { eff: Hlc(position), device: device(by), position };
        state.merge(part.fields.iter().map(|(id, value)| (*id, value)), stamp);
        state
    }

    #[test]
    fn an_id_met_twice_is_one_record_for_derived_ids_and_an_incident_for_drawn_ones() {
        let setting = part(SETTING, Op::Insert, &[(12, 1)]);
        assert_eq!(admit(&setting, Some(&held(SETTING, &[(12, 2)], 2, 1)), device(1), 0), Ok(()));
        let patient = part(PATIENT, Op::Insert, &[(18, 1)]);
        assert_eq!(admit(&patient, Some(&held(PATIENT, &[(18, 2)], 2, 1)), device(1), 9), Err(Reason::IdTaken));
    }

    #[test]
    fn a_change_of_nothing_is_refused() {
        for kind in [PATIENT, NOTE, 60_000] {
            assert_eq!(admit(&part(kind, Op::Update, &[(18, 1)]), None, device(1), 0), Err(Reason::UnknownRecord));
        }
    }

    #[test]
    fn a_payment_is_never_changed() {
        let change = part(PAYMENT, Op::Update, &[(11, 1)]);
        assert_eq!(admit(&change, Some(&held(PAYMENT, &[(11, 9)], 1, 1)), device(1), 1), Err(Reason::FactChanged));
    }

    #[test]
    fn a_signed_note_refuses_a_late_edit_of_its_draft() {
        let edit = part(NOTE, Op::Update, &[(NOTE_BODY, 1)]);
        let draft = held(NOTE, &[(NOTE_BODY, 9)], 2, 3);
        let signed = held(NOTE, &[(NOTE_BODY, 9), (NOTE_SIGNED_AT, 5)], 2, 3);
        assert_eq!(admit(&edit, Some(&draft), device(1), 0), Ok(()));
        assert_eq!(admit(&edit, Some(&signed), device(1), 9), Err(Reason::Sealed));
    }

    #[test]
    fn a_signature_over_a_text_that_another_desk_has_changed_meanwhile_is_kept_aside() {
        let seal = part(NOTE, Op::Update, &[(NOTE_SIGNED_AT, 7)]);
        let draft = held(NOTE, &[(NOTE_BODY, 9)], 2, 3);
        assert_eq!(admit(&seal, Some(&draft), device(1), 3), Ok(()), "it had seen the change");
        assert_eq!(admit(&seal, Some(&draft), device(2), 0), Ok(()), "it is its own change");
        assert_eq!(admit(&seal, Some(&draft), device(1), 2), Err(Reason::SealedUnseen));
    }

    #[test]
    fn a_desk_cannot_write_a_card() {
        assert_eq!(admit(&part(CARD, Op::Insert, &[(10, 1)]), None, device(1), 0), Err(Reason::ServerOwned));
    }

    #[test]
    fn kinds_of_a_newer_peer_are_kept() {
        let unknown = part(60_000, Op::Insert, &[(10, 1)]);
        assert_eq!(admit(&unknown, None, device(1), 0), Ok(()));
        assert_eq!(admit(&unknown, Some(&held(60_000, &[(10, 2)], 2, 1)), device(1), 0), Ok(()));
    }
}
