//! A backend in memory: what the simulator runs on for breadth, and the plainest reading of the contract.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    canonical::{Digest, Hash},
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
};
use sync::{
    merge::{RecordState, claims},
    protocol::{FeedToken, Verdict},
};

use super::{
    Backend, BackendError, Changes, Device, Facts, Head, KeptEntry, Key, Known, Member, Organization, Page, Wanted,
};

type Folder = (DeviceId, GenerationId);

#[derive(Debug, Clone)]
struct Held {
    organization: Organization,
    head: Head,
    locked: bool,
    devices: BTreeMap<Folder, Device>,
    entries: BTreeMap<(Folder, u64), KeptEntry>,
    /// Position to entry, and the highest effective time up to it.
    accepted: BTreeMap<u64, ((Folder, u64), Hlc)>,
    records: BTreeMap<Key, RecordState>,
    members: Vec<Member>,
}

type Shared = Arc<Mutex<BTreeMap<OrgId, Held>>>;

/// Organizations in memory. Clones share them, as connections share a database.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    held: Shared,
}

/// A push transaction in memory.
#[derive(Debug)]
pub struct MemoryTx {
    org: OrgId,
    changes: Vec<Changes>,
    lock: Option<Lock>,
}

/// The head row, taken; given back when dropped.
#[derive(Debug)]
struct Lock {
    org: OrgId,
    held: Shared,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(org) = held.get_mut(&self.org) {
            org.locked = false;
        }
    }
}

fn unknown() -> BackendError {
    BackendError("unknown organization".to_owned())
}

impl Memory {
    fn all(&self) -> MutexGuard<'_, BTreeMap<OrgId, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, org: OrgId, look: impl FnOnce(&Held) -> T) -> Result<T, BackendError> {
        self.all().get(&org).map(look).ok_or_else(unknown)
    }

    /// A transaction that never took the head row: what a server without the lock would do. The simulator shows
    /// that it notices.
    pub fn begin_unlocked(&self, org: OrgId) -> MemoryTx {
        MemoryTx { org, changes: Vec::new(), lock: None }
    }

    /// A kept entry, by folder and number.
    pub fn entry(&self, org: OrgId, device: DeviceId, generation: GenerationId, seq: u64) -> Option<KeptEntry> {
        self.read(org, |held| held.entries.get(&((device, generation), seq)).cloned()).ok().flatten()
    }

    /// A copy that shares nothing, without the transactions under way: a backup.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut all = self.all().clone();
        for held in all.values_mut() {
            held.locked = false;
        }
        Self { held: Arc::new(Mutex::new(all)) }
    }

    /// Every record.
    pub fn all_records(&self, org: OrgId) -> Vec<RecordState> {
        self.read(org, |held| held.records.values().cloned().collect()).unwrap_or_default()
    }
}

impl Backend for Memory {
    type Tx = MemoryTx;

    fn begin(&self, org: OrgId) -> Result<Option<MemoryTx>, BackendError> {
        let mut all = self.all();
        let held = all.get_mut(&org).ok_or_else(unknown)?;
        if held.locked {
            return Ok(None);
        }
        held.locked = true;
        let lock = Lock { org, held: Arc::clone(&self.held) };
        Ok(Some(MemoryTx { org, changes: Vec::new(), lock: Some(lock) }))
    }

    fn facts(&self, tx: &mut MemoryTx, wanted: &Wanted) -> Result<Option<Facts>, BackendError> {
        self.read(tx.org, |held| {
            let folder = (wanted.device, wanted.generation);
            let device = held.devices.get(&folder)?.clone();
            let (first, last) = wanted.seqs;
            let known = held
                .entries
                .range((folder, first)..=(folder, last.max(first)))
                .map(|((_, seq), entry)| (*seq, Known { chain: entry.chain, verdict: entry.verdict.clone() }))
                .collect();
            let mut members: Vec<Member> =
                held.members.iter().filter(|member| wanted.actors.contains(&member.user)).cloned().collect();
            members.sort_by_key(|member| member.position);
            Some(Facts {
                head: held.head,
                device,
                known,
                records: wanted
                    .keys
                    .iter()
                    .filter_map(|key| held.records.get(key).map(|record| (*key, record.clone())))
                    .collect(),
                highs: wanted
                    .bases
                    .iter()
                    .chain([&held.head.floor])
                    .filter_map(|base| held.accepted.get(base).map(|(_, high)| (*base, *high)))
                    .collect(),
                members,
                founding: held.members.is_empty(),
            })
        })
    }

    fn records(&self, tx: &mut MemoryTx, keys: &[Key]) -> Result<Vec<RecordState>, BackendError> {
        self.read(tx.org, |held| keys.iter().filter_map(|key| held.records.get(key).cloned()).collect())
    }

    fn claims(
        &self,
        tx: &mut MemoryTx,
        resource: RecordId,
        window: Interval,
    ) -> Result<Vec<RecordState>, BackendError> {
        self.read(tx.org, |held| {
            held.records
                .values()
                .filter(|record| claims::is_claim(record.kind))
                .filter(|record| {
                    claims::read(record)
                        .ok()
                        .flatten()
                        .is_some_and(|claim| claim.resource == resource && claim.interval.overlaps(&window))
                })
                .cloned()
                .collect()
        })
    }

    fn write(&self, tx: &mut MemoryTx, changes: &Changes) -> Result<(), BackendError> {
        tx.changes.push(changes.clone());
        Ok(())
    }

    fn commit(&self, mut tx: MemoryTx) -> Result<(), BackendError> {
        let lock = tx.lock.take();
        let mut all = self.all();
        let held = all.get_mut(&tx.org).ok_or_else(unknown)?;
        for changes in tx.changes {
            let folder = (changes.device.device, changes.device.generation);
            for entry in changes.entries {
                if let Verdict::Accepted { position, .. } = entry.verdict {
                    held.accepted.insert(position, ((folder, entry.seq), entry.high));
                }
                held.entries.insert((folder, entry.seq), entry);
            }
            for record in changes.records {
                held.records.insert((record.kind, record.id), record);
            }
            held.members.extend(changes.members);
            held.devices.insert(folder, changes.device);
            held.head = changes.head;
        }
        drop(all);
        drop(lock);
        Ok(())
    }

    fn found(&self, organization: &Organization) -> Result<bool, BackendError> {
        let mut all = self.all();
        if all.contains_key(&organization.org) {
            return Ok(false);
        }
        let held = Held {
            organization: organization.clone(),
            head: Head { seq: 0, high: Hlc::default(), epoch: organization.epoch, floor: 0, log: [0; 32] },
            locked: false,
            devices: BTreeMap::new(),
            entries: BTreeMap::new(),
            accepted: BTreeMap::new(),
            records: BTreeMap::new(),
            members: Vec::new(),
        };
        all.insert(organization.org, held);
        Ok(true)
    }

    fn organization(&self, org: OrgId) -> Result<Option<Organization>, BackendError> {
        Ok(self.all().get(&org).map(|held| held.organization.clone()))
    }

    fn enrol(&self, device: &Device) -> Result<bool, BackendError> {
        let mut all = self.all();
        let held = all.get_mut(&device.org).ok_or_else(unknown)?;
        let folder = (device.device, device.generation);
        if held.devices.contains_key(&folder) {
            return Ok(false);
        }
        held.devices.insert(folder, device.clone());
        Ok(true)
    }

    fn device(&self, org: OrgId, device: DeviceId, generation: GenerationId) -> Result<Option<Device>, BackendError> {
        Ok(self.all().get(&org).and_then(|held| held.devices.get(&(device, generation)).cloned()))
    }

    fn devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError> {
        self.read(org, |held| held.devices.values().cloned().collect())
    }

    fn member(&self, org: OrgId, user: UserId) -> Result<Option<Member>, BackendError> {
        self.read(org, |held| {
            held.members.iter().filter(|member| member.user == user).max_by_key(|member| member.position).cloned()
        })
    }

    fn log_at(&self, org: OrgId, position: u64) -> Result<Option<Hash>, BackendError> {
        self.read(org, |held| {
            let entry = held.accepted.get(&position).and_then(|(name, _)| held.entries.get(name));
            if position == 0 { Some([0; 32]) } else { entry.and_then(|entry| entry.log) }
        })
    }

    fn begin_epoch(&self, org: OrgId, known: Uuid, epoch: Uuid) -> Result<(), BackendError> {
        let mut all = self.all();
        let held = all.get_mut(&org).ok_or_else(unknown)?;
        if held.locked {
            return Err(BackendError("the organization is busy".to_owned()));
        }
        if held.head.epoch == known {
            (held.head.epoch, held.head.floor) = (epoch, held.head.seq);
            held.organization.epoch = epoch;
        }
        Ok(())
    }

    fn page(&self, org: OrgId, _scope: &str, after: FeedToken, limit: u32) -> Result<Page, BackendError> {
        self.read(org, |held| {
            let mut behind: Vec<(FeedToken, &RecordState)> = held
                .records
                .values()
                .map(|record| (FeedToken::at(record.position, record.kind, record.id), record))
                .filter(|(token, _)| *token > after)
                .collect();
            behind.sort_unstable_by_key(|(token, _)| *token);
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            let records = behind.into_iter().take(limit).map(|(_, record)| record.to_wire()).collect();
            Page { records, head: held.head }
        })
    }

    fn digest(&self, org: OrgId) -> Result<(u64, Digest), BackendError> {
        self.read(org, |held| {
            let mut digest = Digest::default();
            held.records.values().for_each(|record| digest.add(&record.digest()));
            (held.head.seq, digest)
        })
    }
}
