//! Claims of one entry: granted or contested, and what that means for the others.

use domain::{
    canonical::Part,
    id::{DeviceId, RecordId, Uuid},
    registry,
    value::Value,
};
use sync::merge::{
    Reason, RecordState, Stamp,
    claims::{self, Claim, Verdict, field},
};

use super::{Desk, Draft, Key, entry::key_of};

/// A claim that the entry touches.
pub(super) struct Moved {
    key: Key,
    before: Option<Claim>,
    /// The entry itself says why it is kept.
    kept_now: bool,
}

impl Moved {
    pub(super) fn new(part: &Part, before: Option<&RecordState>) -> Self {
        let kept_now = part.fields.iter().any(|(id, value)| *id == field::KEPT_REASON && !value.is_null());
        let before = before.and_then(|record| claims::read(record).ok().flatten());
        Self { key: key_of(part.kind, part.record), before, kept_now }
    }
}

/// Judges the touched claims in the entry's order, then looks again at the contested ones that a claim which was
/// released or moved had stood in the way of. Returns cards that must be read before the decision counts.
pub(super) fn judge(desk: &Desk, draft: &mut Draft<'_>, moved: &[Moved], stamp: Stamp) -> Result<Vec<Key>, Reason> {
    let stamp = Stamp { device: DeviceId(Uuid::nil()), ..stamp };
    let mut unread = Vec::new();
    let mut freed = Vec::new();
    for claim in moved {
        let record = draft.get(&claim.key).ok_or(Reason::ClaimInvalid)?;
        let Some(now) = claims::read(record).map_err(|_| Reason::ClaimInvalid)? else {
            freed.extend(claim.before);
            say(draft, claim.key, Verdict::Released, stamp);
            continue;
        };
        let stays = claim.before.is_some_and(|before| {
            (before.resource, before.interval, before.units) == (now.resource, now.interval, now.units)
        });
        if stays && now.verdict.is_some() && !claim.kept_now {
            continue;
        }
        if !stays {
            freed.extend(claim.before);
        }
        let kept = claim.kept_now || (now.kept && stays);
        decide(desk, draft, claim.key, now, kept, stamp, &mut unread);
    }
    for free in freed {
        let mut waiting: Vec<Claim> = draft
            .claims(free.resource)
            .into_iter()
            .filter(|claim| claim.verdict == Some(Verdict::Contested) && claim.interval.overlaps(&free.interval))
            .collect();
        waiting.sort_unstable_by_key(|claim| claim.id);
        for claim in waiting {
            let Some(kind) = moved.first().map(|moved| moved.key.0) else { continue };
            decide(desk, draft, key_of(kind, claim.id), claim, false, stamp, &mut unread);
        }
    }
    Ok(unread)
}

fn decide(desk: &Desk, draft: &mut Draft<'_>, key: Key, claim: Claim, kept: bool, stamp: Stamp, unread: &mut Vec<Key>) {
    let capacity = claims::capacity(draft.get(&(claims::RESOURCE, claim.resource)));
    let live = draft.claims(claim.resource);
    let rival = claims::in_the_way(&claim, &live, capacity).filter(|_| !kept).copied();
    let Some(rival) = rival else { return say(draft, key, Verdict::Granted, stamp) };
    let newly = claim.verdict != Some(Verdict::Contested);
    say(draft, key, Verdict::Contested, stamp);
    let card = (claims::CARD, claims::card_id(rival.id, claim.id));
    match draft.get(&card) {
        // A person sees an old card again only when the clash is a new one.
        Some(_) if newly => {
            let raised = Value::Int(desk.now.millis());
            let record = draft.edit(card);
            if record.set(14, raised, stamp) {
                draft.changed.insert(card);
            }
        }
        Some(_) => {}
        None => {
            if !desk.cards_read.contains(&card) {
                unread.push(card);
            }
            let clinic = draft.get(&key).and_then(|record| record.value(registry::CLINIC_ID.id)).cloned();
            raise(draft, card, claims::card_fields(&rival, &claim, clinic.as_ref(), desk.now), stamp);
        }
    }
}

fn raise(draft: &mut Draft<'_>, card: (u16, RecordId), fields: Vec<(u16, Value)>, stamp: Stamp) {
    let record = draft.edit(card);
    for (field, value) in fields {
        record.set(field, value, stamp);
    }
    draft.changed.insert(card);
}

fn say(draft: &mut Draft<'_>, key: Key, verdict: Verdict, stamp: Stamp) {
    if draft.edit(key).set(field::STATE, Value::from(verdict.key()), stamp) {
        draft.changed.insert(key);
    }
}
