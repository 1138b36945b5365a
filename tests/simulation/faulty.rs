//! The server's backend with deliberate mistakes, to show that the simulation notices them.

use domain::{
    canonical::{Digest, Hash},
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
    time::Timestamp,
};
use server::core::{
    Backend, BackendError, Changes, Device, Facts, Head, Key, Member, Memory, MemoryTx, Organization, Page, Wanted,
};
use sync::{
    merge::RecordState,
    protocol::{FeedToken, SCOPE_FULL},
};

use crate::{
    folder::{Tables, Who},
    world::ORG,
};

/// What is wrong with the server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ServerFaults {
    /// Pushes do not take the head row.
    pub(crate) no_head_lock: bool,
    /// The feed is read from the cursor on, not behind it.
    pub(crate) inclusive_feed: bool,
}

/// The memory backend, right or wrong.
#[derive(Clone)]
pub(crate) struct Faulty {
    pub(crate) memory: Memory,
    pub(crate) faults: ServerFaults,
}

impl Faulty {
    pub(crate) fn received(&self, who: Who, seq: u64) -> Option<Timestamp> {
        self.memory.entry(ORG, who.device, who.generation, seq).map(|entry| entry.received)
    }

    /// The head row, as any page of the feed bears it.
    pub(crate) fn head(&self) -> Head {
        self.memory.page(ORG, SCOPE_FULL, FeedToken::after(u64::MAX), 1).unwrap().head
    }

    pub(crate) fn tables(&self) -> Tables {
        let fields = |record: &RecordState| {
            record
                .fields
                .iter()
                .filter(|(_, field)| !field.value.is_null())
                .map(|(id, field)| (*id, field.value.clone()))
                .collect()
        };
        self.memory.all_records(ORG).iter().map(|record| ((record.kind, record.id), fields(record))).collect()
    }
}

impl Backend for Faulty {
    type Tx = MemoryTx;

    fn begin(&self, org: OrgId) -> Result<Option<MemoryTx>, BackendError> {
        if self.faults.no_head_lock { Ok(Some(self.memory.begin_unlocked(org))) } else { self.memory.begin(org) }
    }

    fn facts(&self, tx: &mut MemoryTx, wanted: &Wanted) -> Result<Option<Facts>, BackendError> {
        self.memory.facts(tx, wanted)
    }

    fn records(&self, tx: &mut MemoryTx, keys: &[Key]) -> Result<Vec<RecordState>, BackendError> {
        self.memory.records(tx, keys)
    }

    fn claims(
        &self,
        tx: &mut MemoryTx,
        resource: RecordId,
        window: Interval,
    ) -> Result<Vec<RecordState>, BackendError> {
        self.memory.claims(tx, resource, window)
    }

    fn write(&self, tx: &mut MemoryTx, changes: &Changes) -> Result<(), BackendError> {
        self.memory.write(tx, changes)
    }

    fn commit(&self, tx: MemoryTx) -> Result<(), BackendError> {
        self.memory.commit(tx)
    }

    fn found(&self, organization: &Organization) -> Result<bool, BackendError> {
        self.memory.found(organization)
    }

    fn organization(&self, org: OrgId) -> Result<Option<Organization>, BackendError> {
        self.memory.organization(org)
    }

    fn enrol(&self, device: &Device) -> Result<bool, BackendError> {
        self.memory.enrol(device)
    }

    fn device(&self, org: OrgId, device: DeviceId, generation: GenerationId) -> Result<Option<Device>, BackendError> {
        self.memory.device(org, device, generation)
    }

    fn devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError> {
        self.memory.devices(org)
    }

    fn member(&self, org: OrgId, user: UserId) -> Result<Option<Member>, BackendError> {
        self.memory.member(org, user)
    }

    fn log_at(&self, org: OrgId, position: u64) -> Result<Option<Hash>, BackendError> {
        self.memory.log_at(org, position)
    }

    fn begin_epoch(&self, org: OrgId, known: Uuid, epoch: Uuid) -> Result<(), BackendError> {
        self.memory.begin_epoch(org, known, epoch)
    }

    fn page(&self, org: OrgId, scope: &str, mut after: FeedToken, limit: u32) -> Result<Page, BackendError> {
        if self.faults.inclusive_feed {
            // Just before the token, so that what stands at it comes again.
            after.record = Uuid::from_u128(after.record.as_u128().saturating_sub(1));
        }
        self.memory.page(org, scope, after, limit)
    }

    fn digest(&self, org: OrgId) -> Result<(u64, Digest), BackendError> {
        self.memory.digest(org)
    }
}
