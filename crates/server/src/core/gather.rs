//! Reading what a decision needs: the touched records and, for claims, everything they may stand in the way of.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::{RecordId, Uuid},
    interval::Interval,
    time::Timestamp,
    value::Value,
};
use sync::merge::{
    RecordState,
    claims::{self, field},
};

use super::{Backend, BackendError, Facts, Key, Verified, Wanted};

/// What the pushed entries name.
pub(super) fn wanted(batch: &[Verified], device: &super::Device) -> Wanted {
    let parts = || batch.iter().flat_map(|entry| entry.parts.iter().flatten());
    let mut keys: BTreeSet<Key> = parts().map(|part| (part.kind, part.record)).collect();
    for part in parts().filter(|part| claims::is_claim(part.kind)) {
        let resource = part.fields.iter().find(|(id, _)| *id == field::RESOURCE).and_then(|(_, value)| value.as_id());
        keys.extend(resource.map(|id| (claims::RESOURCE, RecordId(id))));
    }
    let bases: BTreeSet<u64> = batch.iter().map(|entry| entry.header.base).collect();
    let actors: BTreeSet<_> = batch.iter().map(|entry| entry.header.actor).collect();
    Wanted {
        org: device.org,
        device: device.device,
        generation: device.generation,
        seqs: (batch.first().map_or(0, |entry| entry.header.seq), batch.last().map_or(0, |entry| entry.header.seq)),
        keys: keys.into_iter().collect(),
        bases: bases.into_iter().collect(),
        actors: actors.into_iter().collect(),
    }
}

/// Adds to the facts what the batch's claims need: the live claims around every interval that any of them had,
/// gets or passes through, around the contested ones among those, and the resources themselves.
pub(super) fn claims_around<B: Backend>(
    backend: &B,
    tx: &mut B::Tx,
    facts: &mut Facts,
    batch: &[Verified],
) -> Result<(), BackendError> {
    let mut touched: BTreeMap<RecordId, Span> = BTreeMap::new();
    for part in batch.iter().flat_map(|entry| entry.parts.iter().flatten()) {
        if claims::is_claim(part.kind) {
            let span = touched.entry(part.record).or_default();
            if let Some(existing) = facts.records.get(&(part.kind, part.record)) {
                existing.fields.iter().for_each(|(id, state)| span.take(*id, &state.value));
            }
            part.fields.iter().for_each(|(id, value)| span.take(*id, value));
        }
    }
    let mut windows: BTreeMap<RecordId, Interval> = BTreeMap::new();
    for span in touched.values() {
        for resource in &span.resources {
            if let Some(interval) = span.window() {
                let window = windows.entry(RecordId(*resource)).or_insert(interval);
                *window = hull(*window, interval);
            }
        }
    }
    for (resource, mut window) in windows {
        loop {
            let found = backend.claims(tx, resource, window)?;
            let wider = found.iter().filter_map(contested).fold(window, hull);
            let done = wider == window;
            window = wider;
            if done {
                // What the batch itself touches was read by its key and may not be replaced by an older copy.
                for record in found {
                    facts.records.entry((record.kind, record.id)).or_insert(record);
                }
                break;
            }
        }
        let resources = backend.records(tx, &[(claims::RESOURCE, resource)])?;
        for record in resources {
            facts.records.entry((record.kind, record.id)).or_insert(record);
        }
    }
    Ok(())
}

fn contested(record: &RecordState) -> Option<Interval> {
    let claim = claims::read(record).ok().flatten()?;
    (claim.verdict == Some(claims::Verdict::Contested)).then_some(claim.interval)
}

fn hull(one: Interval, other: Interval) -> Interval {
    Interval { from: one.from.min(other.from), to: one.to.max(other.to) }
}

/// Everything a claim's fields say or come to say within a batch.
#[derive(Default)]
struct Span {
    resources: BTreeSet<Uuid>,
    instants: BTreeSet<Timestamp>,
}

impl Span {
    fn take(&mut self, field: u16, value: &Value) {
        match field {
            field::RESOURCE => self.resources.extend(value.as_id()),
            field::FROM | field::TO => self.instants.extend(value.as_int().map(Timestamp::from_millis)),
            _ => {}
        }
    }

    fn window(&self) -> Option<Interval> {
        Interval::new(*self.instants.first()?, *self.instants.last()?)
    }
}
