//! What crosses the wire.
//!
//! Everything is MessagePack whose maps are keyed by short permanent ids, so that a field can be added without
//! breaking a desk that was last updated years ago: unknown keys are skipped, missing ones have a default. An
//! entry travels as the canonical bytes that were signed and is never encoded again.

mod bytes;
mod enrol;
mod feed;
mod frame;
mod request;

use domain::{
    canonical::Hash,
    clock::Hlc,
    id::{DeviceId, GenerationId},
};
pub use enrol::{
    AdoptReply, AdoptRequest, DigestReply, Exchange, ExchangeReply, ExchangeRequest, Health, InviteReply,
    InviteRequest, JoinCode, Newcomer, RefusalReply, RegisterReply, RegisterRequest, joining_proof,
};
pub use feed::{FeedToken, PullPage, PullRequest, Record, RecordClock, SCOPE_FULL, Seen};
pub use frame::{BadFrame, Limits, decode, encode};
pub use request::{CONTACT_HEADER, ContactHeader, Nonce, SignedContact, statement};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The version of the protocol: the first path segment of every route. Raised only when an old peer would
/// misunderstand a new one.
pub const VERSION: u16 = 1;

/// One part of an entry with its salt, as signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WirePart {
    /// What makes the part's hash reveal nothing.
    #[serde(rename = "1", with = "bytes::fixed")]
    pub salt: [u8; 16],
    /// The part's canonical bytes.
    #[serde(rename = "2", with = "bytes::plain")]
    pub body: Vec<u8>,
}

/// One journal entry, as signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireEntry {
    /// The header's canonical bytes.
    #[serde(rename = "1", with = "bytes::plain")]
    pub header: Vec<u8>,
    /// One part per record.
    #[serde(rename = "2")]
    pub parts: Vec<WirePart>,
    /// The chain after this entry.
    #[serde(rename = "3", with = "bytes::fixed")]
    pub chain: Hash,
    /// The device's signature over `chain`.
    #[serde(rename = "4", with = "bytes::fixed")]
    pub signature: [u8; 64],
    /// The server's word that it took this entry in before. Not signed by the desk.
    #[serde(rename = "5", default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Written on top of an earlier life of the server: the positions that its base counts were given anew since.
    #[serde(rename = "6", default, skip_serializing_if = "std::ops::Not::not")]
    pub older: bool,
}

/// The server's word, to itself, that it accepted an entry and when it counts: a server that was put back to an
/// earlier copy takes the entry in again as it did the first time, whatever it would say to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The time the entry counts as.
    #[serde(rename = "1")]
    pub eff: Hlc,
    /// The server's code over the entry's chain and `eff`, by a key that nobody else has.
    #[serde(rename = "2", with = "bytes::fixed")]
    pub code: ReceiptCode,
}

/// What makes a [`Receipt`] the server's.
pub type ReceiptCode = [u8; 16];

/// A desk hands over entries, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// The desk.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The life of its folder.
    #[serde(rename = "2")]
    pub generation: GenerationId,
    /// Consecutive entries of that generation; none asks only how far the server is. When they are judged `again`,
    /// ascending ones.
    #[serde(rename = "3")]
    pub entries: Vec<WireEntry>,
    /// They are kept aside, and what they lacked may have come since: they are judged anew.
    #[serde(rename = "4", default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is merged and kept.
    #[serde(rename = "a")]
    Accepted {
        /// Its place in the organization's sequence.
        #[serde(rename = "1")]
        position: u64,
        /// The time it counts as.
        #[serde(rename = "2")]
        eff: Hlc,
    },
    /// It is kept aside and changes nothing; a person must look.
    #[serde(rename = "q")]
    Quarantined {
        /// A stable code, see [`crate::merge::Reason`]; text, because a newer server may know more of them.
        #[serde(rename = "1")]
        reason: String,
    },
}

/// The verdict on one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The entry's place in its generation.
    #[serde(rename = "1")]
    pub seq: u64,
    /// What became of it.
    #[serde(rename = "2")]
    pub verdict: Verdict,
    /// For an accepted one: what makes its [`Receipt`]. `None` from a server that gives none.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none", with = "bytes::maybe")]
    pub receipt: Option<ReceiptCode>,
}

/// The server's answer to a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushReply {
    /// One verdict for each entry that was looked at, also for those known from an earlier push.
    #[serde(rename = "1")]
    pub outcomes: Vec<Outcome>,
    /// The entry the server wants next. Lower than what was sent: the server lacks earlier ones.
    #[serde(rename = "2")]
    pub expected_seq: u64,
    /// The server's life; another one means that it was restored.
    #[serde(rename = "3")]
    pub epoch: Uuid,
    /// The server's clock, milliseconds UTC, so that a person can be told of a clock that is off.
    #[serde(rename = "4")]
    pub now_ms: i64,
}
