//! Pulling: every record whose position is after a cursor, each once at its newest state.

use domain::{
    canonical::{Hash, Op, Part},
    clock::Hlc,
    id::{DeviceId, RecordId},
    registry,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bytes;

/// The scope of a desk that holds everything; the only one served today.
pub const SCOPE_FULL: &str = "full";

/// A place in the feed, exclusive. Records that one entry changed share a position, so kind and id order them:
/// a page may end between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FeedToken {
    /// The position.
    #[serde(rename = "1")]
    pub position: u64,
    /// The kind, within the position.
    #[serde(rename = "2")]
    pub kind: u16,
    /// The record, within the kind.
    #[serde(rename = "3")]
    pub record: Uuid,
}

impl FeedToken {
    /// Behind everything at `position`: what a cursor stands for.
    pub fn after(position: u64) -> Self {
        Self { position, kind: u16::MAX, record: Uuid::max() }
    }

    /// At a record.
    pub fn at(position: u64, kind: u16, record: RecordId) -> Self {
        Self { position, kind, record: record.0 }
    }
}

/// What a desk goes on from: enough for a server that was put back to an earlier copy to notice it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The position of the place after which it asks.
    #[serde(rename = "1")]
    pub position: u64,
    /// The life of the server that gave it.
    #[serde(rename = "2")]
    pub epoch: Uuid,
    /// The hash of the server's log up to there, see [`PullPage::log`]; `None` at the very beginning.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none", with = "bytes::maybe")]
    pub log: Option<Hash>,
    /// How many of its own entries the server has answered.
    #[serde(rename = "4")]
    pub answered: u64,
}

/// A desk asks for what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// Which part of the organization's data.
    #[serde(rename = "1")]
    pub scope: String,
    /// Everything behind this place.
    #[serde(rename = "2")]
    pub after: FeedToken,
    /// At most this many records; the server may send fewer.
    #[serde(rename = "3")]
    pub limit: u32,
    /// What the desk goes on from; `None` before it knows the server.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// When one field got its value, and from whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordClock {
    /// The field.
    #[serde(rename = "1")]
    pub field: u16,
    /// The effective time of the winning write.
    #[serde(rename = "2")]
    pub eff: Hlc,
    /// The index of the writing device in [`Record::authors`].
    #[serde(rename = "3")]
    pub author: u16,
}

/// A record at its newest state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The kind.
    #[serde(rename = "1")]
    pub kind: u16,
    /// The record.
    #[serde(rename = "2")]
    pub id: RecordId,
    /// The position of the entry that last changed it.
    #[serde(rename = "3")]
    pub position: u64,
    /// All its fields in the canonical form of an inserting part, cleared ones as null.
    #[serde(rename = "4", with = "bytes::plain")]
    pub state: Vec<u8>,
    /// The devices that wrote the values. The nil id is the server itself.
    #[serde(rename = "5")]
    pub authors: Vec<DeviceId>,
    /// One for each field of the state.
    #[serde(rename = "6")]
    pub clocks: Vec<RecordClock>,
}

impl Record {
    /// The state, when its bytes are canonical and about this record.
    pub fn part(&self) -> Option<Part> {
        let part = Part::decode(&self.state).ok()?;
        (part.kind == self.kind && part.record == self.id && part.op == Op::Insert).then_some(part)
    }

    /// The desk that made the record; `None` for the server's own.
    pub fn made_by(&self) -> Option<DeviceId> {
        let clock = self.clocks.iter().find(|clock| clock.field == registry::CREATED_AT.id)?;
        let author = self.authors.get(usize::from(clock.author))?;
        (!author.0.is_nil()).then_some(*author)
    }

    /// The place of this record in the feed.
    pub fn token(&self) -> FeedToken {
        FeedToken::at(self.position, self.kind, self.id)
    }
}

/// The server's answer to a pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullPage {
    /// Records in the order of the feed.
    #[serde(rename = "1")]
    pub records: Vec<Record>,
    /// Where to go on: behind the last record, or behind the head when this page is the last.
    #[serde(rename = "2")]
    pub next: FeedToken,
    /// Nothing was left when this page was read: together with the pages before it, it is the whole truth up to
    /// `next.position`.
    #[serde(rename = "3")]
    pub up_to_date: bool,
    /// The server's life.
    #[serde(rename = "4")]
    pub epoch: Uuid,
    /// The server's clock, milliseconds UTC.
    #[serde(rename = "5")]
    pub now_ms: i64,
    /// The hash of the server's log up to `next.position`: over the chains of all accepted entries in their order.
    #[serde(rename = "6", default, skip_serializing_if = "Option::is_none", with = "bytes::maybe")]
    pub log: Option<Hash>,
}
