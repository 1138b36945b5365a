//! Everything an organization has, for moving it to another backend.

use domain::id::{DeviceId, GenerationId, OrgId};
use sync::merge::RecordState;

use super::{BackendError, Device, Head, Invite, KeptEntry, Key, Member, Organization};

/// The name of an entry within its organization.
pub type EntryName = (DeviceId, GenerationId, u64);

/// An entry and whose it is.
pub type Owned = (EntryName, KeptEntry);

/// A backend that can tell everything it has, a page at a time and in one order.
pub trait Whole {
    /// The organization and its head.
    fn whole_organization(&self, org: OrgId) -> Result<Option<(Organization, Head)>, BackendError>;

    /// Its folders.
    fn whole_devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError>;

    /// Its roles, ascending by user and position.
    fn whole_members(&self, org: OrgId) -> Result<Vec<Member>, BackendError>;

    /// Its codes, ascending by name.
    fn whole_invites(&self, org: OrgId) -> Result<Vec<Invite>, BackendError>;

    /// Its entries behind that one, at most so many.
    fn whole_entries(&self, org: OrgId, after: Option<EntryName>, most: u32) -> Result<Vec<Owned>, BackendError>;

    /// Its records behind that one, at most so many.
    fn whole_records(&self, org: OrgId, after: Option<Key>, most: u32) -> Result<Vec<RecordState>, BackendError>;
}

/// How much was moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Folders.
    pub devices: u64,
    /// Roles.
    pub members: u64,
    /// One-use codes.
    pub invites: u64,
    /// Journal entries.
    pub entries: u64,
    /// Their parts.
    pub parts: u64,
    /// Records.
    pub records: u64,
}
