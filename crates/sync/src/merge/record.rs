//! A record's state at the server and the merge of a part into it.

use std::collections::BTreeMap;

use domain::{
    canonical::{Hash, Op, Part, record_digest},
    clock::Hlc,
    id::{DeviceId, RecordId},
    value::Value,
};

use super::FieldState;
use crate::protocol::{Record, RecordClock};

/// When, from where and at which position a write counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The effective time.
    pub eff: Hlc,
    /// The device; nil for the server itself.
    pub device: DeviceId,
    /// The position of the entry.
    pub position: u64,
}

/// A record as the server holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordState {
    /// The kind.
    pub kind: u16,
    /// The record.
    pub id: RecordId,
    /// The position of the entry that last changed it: its place in the feed.
    pub position: u64,
    /// Its fields, cleared ones with a null value.
    pub fields: BTreeMap<u16, FieldState>,
}

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The fields that took the new value.
    pub won: Vec<u16>,
    /// The fields that a later write keeps. The new value stays in the journal.
    pub lost: Vec<u16>,
}

impl RecordState {
    /// A record nobody has written yet.
    pub fn empty(kind: u16, id: RecordId) -> Self {
        Self { kind, id, position: 0, fields: BTreeMap::new() }
    }

    /// The value of a field; `None` when it is null or was never written.
    pub fn value(&self, field: u16) -> Option<&Value> {
        self.fields.get(&field).map(|state| &state.value).filter(|value| !value.is_null())
    }

    /// Takes writes in, field by field. Order of arrival does not matter, except that it decides `position`.
    pub fn merge<'a>(&mut self, writes: impl IntoIterator<Item = (u16, &'a Value)>, stamp: Stamp) -> Merged {
        let mut merged = Merged::default();
        for (field, value) in writes {
            let new =
                FieldState { value: value.clone(), eff: stamp.eff, device: stamp.device, position: stamp.position };
            if self.fields.get(&field).is_some_and(|current| !new.beats(current)) {
                merged.lost.push(field);
            } else {
                self.fields.insert(field, new);
                self.position = self.position.max(stamp.position);
                merged.won.push(field);
            }
        }
        merged
    }

    /// Sets a field that only the server writes, whatever stands there. Tells whether anything changed.
    pub fn set(&mut self, field: u16, value: Value, stamp: Stamp) -> bool {
        if self.fields.get(&field).is_some_and(|current| current.value == value) {
            return false;
        }
        self.fields.insert(field, FieldState { value, eff: stamp.eff, device: stamp.device, position: stamp.position });
        self.position = self.position.max(stamp.position);
        true
    }

    /// The state in canonical form.
    pub fn part(&self) -> Part {
        Part {
            kind: self.kind,
            record: self.id,
            op: Op::Insert,
            fields: self.fields.iter().map(|(id, state)| (*id, state.value.clone())).collect(),
        }
    }

    /// The digest over the fields that are not null.
    pub fn digest(&self) -> Hash {
        record_digest(self.kind, self.id, self.fields.iter().map(|(id, state)| (*id, &state.value)))
    }

    /// As it travels.
    pub fn to_wire(&self) -> Record {
        let mut authors: Vec<DeviceId> = Vec::new();
        let clocks = self
            .fields
            .iter()
            .map(|(field, state)| {
                let author = authors.iter().position(|author| *author == state.device).unwrap_or_else(|| {
                    authors.push(state.device);
                    authors.len() - 1
                });
                RecordClock { field: *field, eff: state.eff, author: u16::try_from(author).unwrap_or(u16::MAX) }
            })
            .collect();
        Record { kind: self.kind, id: self.id, position: self.position, state: self.part().encode(), authors, clocks }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Clone)]
    struct Write {
        fields: BTreeMap<u16, i64>,
        stamp: Stamp,
    }

    /// Writes as a server sees them: each device's effective times rise, positions are unique.
    fn writes() -> impl Strategy<Value = Vec<Write>> {
        let one = (0u128..3, prop::collection::btree_map(10u16..14, 0i64..100, 1..4), 0u64..4);
        prop::collection::vec(one, 1..9).prop_map(|raw| {
            let mut last = [0u64; 3];
            raw.into_iter()
                .zip(1u64..)
                .map(|((device, fields, step), position)| {
                    let slot = last.get_mut(usize::try_from(device).unwrap()).unwrap();
                    *slot += step + 1;
                    let device = DeviceId(Uuid::from_u128(device + 1));
                    Write { fields, stamp: Stamp { eff: Hlc(*slot), device, position } }
                })
                .collect()
        })
    }

    fn apply(state: &mut RecordState, write: &Write) -> Merged {
        let values: Vec<(u16, Value)> = write.fields.iter().map(|(id, n)| (*id, Value::Int(*n))).collect();
        state.merge(values.iter().map(|(id, value)| (*id, value)), write.stamp)
    }

    fn empty() -> RecordState {
        RecordState::empty(50, RecordId(Uuid::from_u128(9)))
    }

    proptest! {
        #[test]
        fn concurrent_writes_commute(all in writes(), turn in 0usize..9) {
            let (mut one, mut other) = (empty(), empty());
            for write in &all { apply(&mut one, write); }
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            turned.reverse();
            for write in &turned { apply(&mut other, write); }
            prop_assert_eq!(&one.fields, &other.fields);
            prop_assert_eq!(one.digest(), other.digest());
        }

        #[test]
        fn a_write_taken_in_twice_changes_nothing(all in writes()) {
            let mut state = empty();
            for write in &all { apply(&mut state, write); }
            let before = state.clone();
            for write in &all { prop_assert!(apply(&mut state, write).won.is_empty()); }
            prop_assert_eq!(before, state);
        }

        #[test]
        fn a_field_only_ever_moves_to_a_later_write_and_every_write_wins_or_loses(all in writes()) {
            let mut state = empty();
            for write in &all {
                let before = state.clone();
                let merged = apply(&mut state, write);
                prop_assert_eq!(merged.won.len() + merged.lost.len(), write.fields.len());
                for (id, old) in &before.fields {
                    let new = state.fields.get(id).unwrap();
                    prop_assert!(new == old || new.beats(old));
                }
                for id in merged.lost {
                    prop_assert!(state.fields.get(&id).unwrap().eff >= write.stamp.eff);
                }
            }
        }

        #[test]
        fn what_travels_is_what_is_held(all in writes()) {
            let mut state = empty();
            for write in &all { apply(&mut state, write); }
            let wire = state.to_wire();
            let part = wire.part().unwrap();
            prop_assert_eq!(part, state.part());
            for clock in &wire.clocks {
                let field = state.fields.get(&clock.field).unwrap();
                prop_assert_eq!(field.eff, clock.eff);
                prop_assert_eq!(field.device, *wire.authors.get(usize::from(clock.author)).unwrap());
            }
        }
    }
}
