//! One entry: may it, does it fit the class of what it touches, and what does it leave behind. All or nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical::{Op, Part},
    clock::Hlc,
    id::{RecordId, UserId, Uuid},
    permission::Role,
    registry,
    value::Value,
};
use sync::merge::{Reason, RecordState, Stamp, admit, claims, effective};

use super::{Desk, Draft, Key, claim};
use crate::core::{Member, Verified};

/// `user_account`.
const USER: u16 = 3;
const USER_ROLE: u16 = 11;
const USER_ACTIVE: u16 = 12;

/// What an accepted entry leaves behind.
pub(super) struct Accepted {
    pub(super) stamp: Stamp,
    pub(super) records: BTreeMap<Key, RecordState>,
    pub(super) changed: BTreeSet<Key>,
    pub(super) members: Vec<Member>,
    pub(super) unread_cards: Vec<Key>,
}

pub(super) fn judge(desk: &Desk, verified: &Verified) -> Result<Accepted, Reason> {
    let parts = verified.parts.as_deref().ok_or(Reason::Malformed)?;
    let header = &verified.header;
    let mut seen = BTreeSet::new();
    if !parts.iter().all(|part| part.op == Op::Read || seen.insert((part.kind, part.record))) {
        return Err(Reason::Malformed);
    }
    let base = desk.base_of(verified);
    let eff = if let Some(before) = verified.before {
        before
    } else {
        permitted(desk, verified, parts, base)?;
        effective(
            desk.facts.device.last_eff,
            desk.high_at(base),
            header.hlc,
            // The last hybrid time of this millisecond, or every entry of it would count as its first.
            Hlc(Hlc::at(desk.now).0 | 0xffff),
        )
    };
    let stamp = Stamp { eff, device: header.device, position: desk.facts.head.seq + 1 };
    let mut draft = Draft { below: &desk.facts.records, over: BTreeMap::new(), changed: BTreeSet::new() };
    let mut moved = Vec::new();
    let mut members = Vec::new();
    for part in parts.iter().filter(|part| part.op != Op::Read) {
        let key = (part.kind, part.record);
        let before = draft.get(&key).cloned();
        if verified.before.is_none() {
            admit(part, before.as_ref(), header.device, base)?;
        } else if part.op == Op::Update && before.is_none() {
            // Its creation is on its way from another desk.
            return Err(Reason::UnknownRecord);
        }
        let merged = draft.edit(key).merge(writable(part), stamp);
        if !merged.won.is_empty() {
            draft.changed.insert(key);
        }
        if claims::is_claim(part.kind) {
            moved.push(claim::Moved::new(part, before.as_ref()));
        }
        if part.kind == USER && (merged.won.contains(&USER_ROLE) || merged.won.contains(&USER_ACTIVE)) {
            members.extend(draft.get(&key).map(|record| member(record, stamp)));
        }
    }
    let unread_cards = claim::judge(desk, &mut draft, &moved, stamp)?;
    let Draft { over, changed, .. } = draft;
    Ok(Accepted { stamp, records: over, changed, members, unread_cards })
}

/// The fields of a part that a desk may write: not caches, and not what only the server says about a claim.
fn writable(part: &Part) -> impl Iterator<Item = (u16, &Value)> {
    let kind = registry::kind(part.kind);
    let claim = claims::is_claim(part.kind);
    part.fields.iter().filter_map(move |(id, value)| {
        let cache = kind.and_then(|kind| kind.field(*id)).is_some_and(|field| field.cache);
        let decided = claim && *id == claims::field::STATE;
        (!cache && !decided).then_some((*id, value))
    })
}

fn member(record: &RecordState, stamp: Stamp) -> Member {
    Member {
        user: UserId(record.id.0),
        position: stamp.position,
        device: stamp.device,
        role: record.value(USER_ROLE).and_then(Value::as_text).unwrap_or_default().to_owned(),
        active: record.value(USER_ACTIVE).and_then(Value::as_int) != Some(0)
            && record.value(registry::DELETED_AT.id).is_none(),
    }
}

/// The role that the actor held at the entry's base must include what each kind needs, and the actor may not have
/// been shut out since. The system itself (the nil id) acts with the desk's authority.
fn permitted(desk: &Desk, verified: &Verified, parts: &[Part], base: u64) -> Result<(), Reason> {
    let header = &verified.header;
    if desk.facts.founding || header.actor.0 == Uuid::nil() {
        return Ok(());
    }
    let mine = desk.facts.members.iter().filter(|member| member.user == header.actor);
    let newest = mine.clone().max_by_key(|member| member.position);
    // A desk that has just joined acts before its first pull: then the first role counts.
    let at_base = mine
        .clone()
        .filter(|member| member.position <= base || member.device == header.device)
        .max_by_key(|member| member.position)
        .or_else(|| mine.min_by_key(|member| member.position));
    let (Some(newest), Some(at_base)) = (newest, at_base) else { return Err(Reason::NotPermitted) };
    let role = Role::of_key(&at_base.role).filter(|_| newest.active && at_base.active).ok_or(Reason::NotPermitted)?;
    let allowed = parts
        .iter()
        .filter(|part| part.op != Op::Read)
        .filter_map(|part| registry::kind(part.kind))
        .all(|kind| role.may(kind.write));
    if allowed { Ok(()) } else { Err(Reason::NotPermitted) }
}

/// A record's id as an id of a kind's record.
pub(super) fn key_of(kind: u16, record: RecordId) -> Key {
    (kind, record)
}
