//! What can be wrong with a journal, and where.

use std::fmt;
use std::io;

use thiserror::Error;
use vault::OpenError;
use vault::rusqlite;

use crate::bytes::{Id, Malformed};
use crate::certificate::Untrusted;

/// An entry's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The life of the folder.
    pub generation: Id,
    /// The sequence number within it.
    pub seq: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {} of generation {}", self.seq, self.generation)
    }
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// The folder does not say who it is.
    #[error("the folder has no identity")]
    NoIdentity,
    /// The header's bytes are not a header.
    #[error("its header is {0}")]
    Header(Malformed),
    /// The entry is another organization's.
    #[error("it belongs to another organization")]
    OtherOrganization,
    /// No believed certificate names its device.
    #[error("its device is not believed: {0}")]
    Device(Untrusted),
    /// This entry is missing, doubled or out of order.
    #[error("it is missing; entry {found} stands in its place")]
    Sequence {
        /// The sequence number found instead.
        found: u64,
    },
    /// The columns beside the header say something else than the signed header.
    #[error("it is filed under another place than its header says")]
    Misfiled,
    /// A part's bytes do not have the part's hash, or are not a part.
    #[error("its part {ord} was changed")]
    Part {
        /// The part's number.
        ord: i64,
    },
    /// A part is filed under another record than it speaks of.
    #[error("its part {ord} is filed under another record")]
    PartMisfiled {
        /// The part's number.
        ord: i64,
    },
    /// A part has a salt without a body or a body without a salt; an erasure drops both.
    #[error("its part {ord} is half erased")]
    HalfErased {
        /// The part's number.
        ord: i64,
    },
    /// The hash does not follow from the entry before, the header and the parts.
    #[error("its hash does not follow")]
    Chain,
    /// The signature is not the device's.
    #[error("its signature is not the device's")]
    Signature,
    /// A part belongs to no entry.
    #[error("a part belongs to no entry (ordinal {ordinal})")]
    StrayPart {
        /// The ordinal it names.
        ordinal: i64,
    },
    /// The head knows of entries that the database does not hold.
    #[error("it and what follows, {missing} in all, are gone")]
    TailGone {
        /// How many.
        missing: u64,
    },
    /// The head was written for another history.
    #[error("the head remembers another entry in its place")]
    HeadForked,
    /// The head file holds no valid slot.
    #[error("the head file is unreadable")]
    HeadUnreadable,
    /// There are entries but no head file.
    #[error("the head file is missing")]
    HeadMissing,
}

/// Why a journal is not accepted.
#[derive(Debug, Error)]
pub enum JournalError {
    /// A fault, and the first place where it shows.
    #[error("{}{fault}", place_prefix(.place.as_ref()))]
    Rejected {
        /// Where; `None` when it is no single entry's.
        place: Option<Place>,
        /// What.
        fault: Fault,
    },
    /// The database cannot be read: damaged pages, tables that are not there, columns of another type.
    #[error("the journal cannot be read")]
    Unreadable(#[from] rusqlite::Error),
    /// The folder does not open.
    #[error("the folder does not open")]
    Closed(#[from] OpenError),
    /// The head file cannot be read from disk.
    #[error("the head file cannot be read")]
    Head(#[source] io::Error),
}

impl JournalError {
    pub(crate) fn nowhere(fault: Fault) -> Self {
        Self::Rejected { place: None, fault }
    }
}

fn place_prefix(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("{place}: "))
}
