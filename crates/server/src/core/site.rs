//! What a whole server keeps besides what pushes and pulls need.

use domain::id::{DeviceId, OrgId};
use sync::protocol::Nonce;

use super::{Backend, BackendError, Device, Invite, Key};

/// A backend that a server can stand on: it knows its organizations, keeps one-use codes, and has a key of its own.
pub trait Site: Backend {
    /// 32 bytes that belong to this server and this purpose, such as its own signing key.
    fn derive(&self, purpose: &'static str) -> [u8; 32];

    /// Every organization that is here.
    fn organizations(&self) -> Result<Vec<OrgId>, BackendError>;

    /// Keeps a code. An earlier one of the same name that nobody may use any more is replaced.
    fn invite(&self, invite: &Invite) -> Result<(), BackendError>;

    /// The code of that public name, in whichever organization.
    fn find_invite(&self, name: &str) -> Result<Option<Invite>, BackendError>;

    /// Counts a wrong proof; returns how many tries are left.
    fn fail_invite(&self, invite: &Invite) -> Result<u8, BackendError>;

    /// Uses a code up and enrols the desk, in one transaction. Fails when another desk was faster, with the code or
    /// with the prefix.
    fn redeem(&self, invite: &Invite, device: &Device) -> Result<(), BackendError>;

    /// Whether a desk's contact is the first with this nonce, and remembers it. What is older than `forget` need not
    /// be remembered. A site that one process has for itself leaves this to that process.
    fn first_contact(&self, contact: &Contact) -> Result<bool, BackendError>;

    /// The records that bear an identifier (a document's number, a telephone, an address for mail), however it is
    /// punctuated.
    fn bearers(&self, org: OrgId, identifier: &str) -> Result<Vec<Key>, BackendError>;
}

/// A contact whose signature holds.
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// Whose.
    pub org: OrgId,
    /// The desk.
    pub device: DeviceId,
    /// What it drew.
    pub nonce: Nonce,
    /// When it says it spoke, UTC milliseconds.
    pub at_ms: i64,
    /// Contacts from before this are refused by their time.
    pub forget_ms: i64,
}

/// The error of a redemption that came too late.
pub(super) fn used_meanwhile() -> BackendError {
    BackendError("the code was used meanwhile".to_owned())
}

/// The error of two desks that were offered one prefix.
pub(super) fn prefix_meanwhile(prefix: &str) -> BackendError {
    BackendError(format!("another desk got the prefix {prefix} meanwhile"))
}
