//! What holds an organization's data, and what passes between it and the decision.

use std::collections::BTreeMap;

use domain::{
    canonical::{Digest, Hash},
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
    time::Timestamp,
};
use sync::{
    merge::RecordState,
    protocol::{FeedToken, Record, Verdict},
};
use thiserror::Error;

/// A record within an organization.
pub type Key = (u16, RecordId);

/// The backend could not do what was asked. Nothing was changed.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct BackendError(pub String);

/// An organization that this server has adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The tenant.
    pub org: OrgId,
    /// The key that certified the founding desk and this server.
    pub root_key: [u8; 32],
    /// This server's certificate, issued by the root key.
    pub server_certificate: Vec<u8>,
    /// The server's life: a restored server begins another one.
    pub epoch: Uuid,
}

/// A one-use code, as it is kept: not the code, but the key that is derived from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// The organization.
    pub org: OrgId,
    /// The code's public name.
    pub name: String,
    /// What checks a proof.
    pub key: Hash,
    /// Who will sign in at the new desk first.
    pub user: UserId,
    /// Until when, milliseconds UTC by the server's clock.
    pub expires_ms: i64,
    /// Wrong proofs it still bears.
    pub tries_left: u8,
    /// The desk that redeemed it.
    pub used_by: Option<DeviceId>,
}

/// The organization's head row. Whoever holds it is the only one who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The position of the last accepted entry.
    pub seq: u64,
    /// The highest effective time of any entry.
    pub high: Hlc,
    /// The server's life.
    pub epoch: Uuid,
    /// The position at which this life began: behind it, positions of an earlier life mean nothing.
    pub floor: u64,
    /// The hash of the log up to `seq`, see [`super::log_after`].
    pub log: Hash,
}

/// A desk's folder and how far its journal has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The organization.
    pub org: OrgId,
    /// The desk.
    pub device: DeviceId,
    /// The life of its folder.
    pub generation: GenerationId,
    /// Its public key.
    pub key: [u8; 32],
    /// Its certificate.
    pub certificate: Vec<u8>,
    /// The prefix of its series and codes; unique in the organization.
    pub prefix: String,
    /// Shut out.
    pub revoked: bool,
    /// The last entry taken in, accepted or kept aside.
    pub last_seq: u64,
    /// The chain after it.
    pub last_chain: Hash,
    /// The effective time of the last accepted one.
    pub last_eff: Hlc,
}

/// The verdict on an entry of an earlier push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The chain after the entry.
    pub chain: Hash,
    /// What became of it.
    pub verdict: Verdict,
}

/// What role a user held from a position on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// From this position on.
    pub position: u64,
    /// The device that wrote it.
    pub device: DeviceId,
    /// The role's key.
    pub role: String,
    /// May sign in.
    pub active: bool,
}

/// A part as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPart {
    /// The record, when the body could be read.
    pub key: Option<Key>,
    /// `H(salt ‖ body)`: stays when salt and body are erased.
    pub hash: Hash,
    /// The salt.
    pub salt: [u8; 16],
    /// The canonical bytes.
    pub body: Vec<u8>,
}

/// An entry as it is kept, accepted or aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEntry {
    /// Its place in the generation.
    pub seq: u64,
    /// What became of it.
    pub verdict: Verdict,
    /// The highest effective time of any entry up to its position; zero for one kept aside.
    pub high: Hlc,
    /// The hash of the log up to its position; `None` for one kept aside.
    pub log: Option<Hash>,
    /// The canonical header.
    pub header: Vec<u8>,
    /// The chain after it.
    pub chain: Hash,
    /// The device's signature.
    pub signature: [u8; 64],
    /// Its parts.
    pub parts: Vec<KeptPart>,
    /// When the server took it in, by its own clock.
    pub received: Timestamp,
}

/// What a decision needs to know, first round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The organization.
    pub org: OrgId,
    /// The pushing desk.
    pub device: DeviceId,
    /// Its folder's life.
    pub generation: GenerationId,
    /// The pushed entries, first and last.
    pub seqs: (u64, u64),
    /// The records they touch.
    pub keys: Vec<Key>,
    /// The bases they name.
    pub bases: Vec<u64>,
    /// Who acted.
    pub actors: Vec<UserId>,
}

/// What a decision knows.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The head row, held.
    pub head: Head,
    /// The pushing desk.
    pub device: Device,
    /// Verdicts on those of the pushed entries that are known.
    pub known: BTreeMap<u64, Known>,
    /// States of the touched records that exist, and of whatever was gathered around them.
    pub records: BTreeMap<Key, RecordState>,
    /// For each base, and for the head's floor, the highest effective time up to it.
    pub highs: BTreeMap<u64, Hlc>,
    /// Roles of the actors, ascending by position.
    pub members: Vec<Member>,
    /// The organization has no users yet: its founding entry is on its way.
    pub founding: bool,
}

/// What a decision changes, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The head row after it.
    pub head: Head,
    /// The pushing desk after it.
    pub device: Device,
    /// Entries to keep. One that was kept aside is replaced.
    pub entries: Vec<KeptEntry>,
    /// Records whose state changed.
    pub records: Vec<RecordState>,
    /// Roles that changed.
    pub members: Vec<Member>,
}

/// A page of the feed as the backend reads it, in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Records behind the token, in order, at most as many as asked for.
    pub records: Vec<Record>,
    /// The head row in the same snapshot.
    pub head: Head,
}

/// What holds organizations. Every method sees one organization only.
///
/// The transaction of a push is in the caller's hands: [`Backend::begin`] takes the head row and with it the right
/// to decide; dropping the transaction gives it back and leaves no trace.
pub trait Backend {
    /// A push transaction that holds the head row.
    type Tx;

    /// Takes the head row. `None` when another push holds it and waiting was in vain.
    fn begin(&self, org: OrgId) -> Result<Option<Self::Tx>, BackendError>;

    /// Reads what a decision needs. `None` when the device is not enrolled.
    fn facts(&self, tx: &mut Self::Tx, wanted: &Wanted) -> Result<Option<Facts>, BackendError>;

    /// Reads records; those that do not exist are left out.
    fn records(&self, tx: &mut Self::Tx, keys: &[Key]) -> Result<Vec<RecordState>, BackendError>;

    /// Reads the live claims of a resource that share an instant with the window.
    fn claims(&self, tx: &mut Self::Tx, resource: RecordId, window: Interval)
    -> Result<Vec<RecordState>, BackendError>;

    /// Writes a decision. Not visible to anyone before the commit.
    fn write(&self, tx: &mut Self::Tx, changes: &Changes) -> Result<(), BackendError>;

    /// Makes what was written durable and visible, and gives the head row back.
    fn commit(&self, tx: Self::Tx) -> Result<(), BackendError>;

    /// Takes an organization in. An organization that is here already stays as it is; tells whether it is new.
    fn found(&self, organization: &Organization) -> Result<bool, BackendError>;

    /// An organization.
    fn organization(&self, org: OrgId) -> Result<Option<Organization>, BackendError>;

    /// Enrols a folder. One that is enrolled already stays as it is; tells whether it is new.
    fn enrol(&self, device: &Device) -> Result<bool, BackendError>;

    /// A folder.
    fn device(&self, org: OrgId, device: DeviceId, generation: GenerationId) -> Result<Option<Device>, BackendError>;

    /// Every folder of the organization.
    fn devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError>;

    /// The newest role of a user.
    fn member(&self, org: OrgId, user: UserId) -> Result<Option<Member>, BackendError>;

    /// The hash of the log up to a position; zero at 0, `None` behind the head.
    fn log_at(&self, org: OrgId, position: u64) -> Result<Option<Hash>, BackendError>;

    /// Begins another life of the server, if `known` is still the present one. Takes the head row for it; fails
    /// when that stays taken.
    fn begin_epoch(&self, org: OrgId, known: Uuid, epoch: Uuid) -> Result<(), BackendError>;

    /// A page of the feed behind `after`, exclusive.
    fn page(&self, org: OrgId, scope: &str, after: FeedToken, limit: u32) -> Result<Page, BackendError>;

    /// The digest of every record, and the position it stands for.
    fn digest(&self, org: OrgId) -> Result<(u64, Digest), BackendError>;
}
