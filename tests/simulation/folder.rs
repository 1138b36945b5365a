//! A desk's data folder as the simulation sees it: the model for breadth, the real store for a part of the seeds.

use std::collections::BTreeMap;

use domain::{
    canonical::{Hash, Op, Part},
    id::{DeviceId, GenerationId, RecordId, UserId, Uuid},
    time::Timestamp,
    value::Value,
};
use sync::{
    engine::Opened,
    protocol::{Outcome, PullPage, WireEntry},
};

/// A record within the organization.
pub(crate) type Key = (u16, RecordId);
/// A record's replicated fields that are not null.
pub(crate) type Fields = BTreeMap<u16, Value>;
/// What a replica shows.
pub(crate) type Tables = BTreeMap<Key, Fields>;

/// The process died; what was not committed is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crashed;

/// Asked between any two commits: shall the process die here?
pub(crate) type Fate<'a> = &'a mut dyn FnMut() -> bool;

/// How far the server's states have come, in which life of it, and its log up to there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor {
    pub(crate) position: u64,
    pub(crate) epoch: Uuid,
    pub(crate) log: Option<Hash>,
}

/// Who a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub(crate) device: DeviceId,
    pub(crate) generation: GenerationId,
}

/// Counts after outcomes were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) next_seq: u64,
    pub(crate) waiting: u64,
    pub(crate) quarantined: u64,
}

/// A data folder.
pub(crate) trait Folder {
    /// Who it is.
    fn who(&self) -> Who;
    /// Its public key, for the enrolment.
    fn public_key(&self) -> [u8; 32];
    /// Commits what an actor did, as one entry; returns the entry as it would be pushed, or nothing when nothing
    /// changed.
    fn write(&mut self, at: Timestamp, actor: UserId, command: &str, parts: &[Part]) -> Option<WireEntry>;
    /// What the engine must know.
    fn opened(&mut self) -> Opened;
    /// Entries from `from_seq` on.
    fn outbox(&self, from_seq: u64, limit: u32) -> Vec<WireEntry>;
    /// Entries from `from_seq` on that are kept aside because the server lacked a record.
    fn lacking(&self, from_seq: u64, limit: u32) -> Vec<WireEntry>;
    /// Writes verdicts.
    fn record(&mut self, outcomes: &[Outcome]) -> Counts;
    /// Keeps a page.
    fn stage(&mut self, page: &PullPage);
    /// Brings what is staged into the tables, with the cursor.
    fn swap(&mut self, to: &Cursor, fate: Fate<'_>) -> Result<(), Crashed>;
    /// The server begins another life.
    fn rewind(&mut self, epoch: Uuid, expected_seq: u64);
    /// What the system does once others' records have come in; its entry, if that was one.
    fn follow(&mut self, at: Timestamp) -> Option<WireEntry> {
        let _ = at;
        None
    }
    /// The process died and is started again on the same disk.
    fn restart(&mut self);
    /// What a person sees.
    fn tables(&self) -> Tables;
    /// Folded statuses of appointments.
    fn statuses(&self) -> BTreeMap<RecordId, Option<String>>;
    /// Leftovers that should be gone once everything agrees.
    fn leftovers(&self) -> Vec<String>;
}

/// A part that inserts.
pub(crate) fn insert(kind: u16, record: RecordId, fields: Vec<(u16, Value)>) -> Part {
    sorted(Part { kind, record, op: Op::Insert, fields })
}

/// A part that changes.
pub(crate) fn update(kind: u16, record: RecordId, fields: Vec<(u16, Value)>) -> Part {
    sorted(Part { kind, record, op: Op::Update, fields })
}

fn sorted(mut part: Part) -> Part {
    part.fields.sort_unstable_by_key(|(id, _)| *id);
    part
}

/// Whether two replicas show the same, and where not.
pub(crate) fn same(what: &str, expected: &Tables, shown: &Tables) -> Result<(), String> {
    for key in expected.keys().chain(shown.keys()) {
        let (should, is) = (expected.get(key), shown.get(key));
        if should != is {
            return Err(format!("{what} differs at {key:?}:\n  should be {should:?}\n  is        {is:?}"));
        }
    }
    Ok(())
}
