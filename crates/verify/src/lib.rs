//! An independent reader of what Praxis keeps for twenty years: journals, heads, certificates, seals, digests.
//!
//! Everything here is written from `docs/formats.md` alone. It shares no code with what writes those bytes, so
//! that a mistake there cannot hide here; the two sides meet only in golden fixtures and in tests. It reads, it
//! never writes, and it names the first bad place it finds.
//!
//! What it can and cannot say: an accepted journal was signed, entry by entry, by keys that the organization's
//! root key vouches for, and has neither gap nor cut tail as far as the head knows. Whoever holds the device's
//! secret key and the data key can still rewrite the whole folder; only what the server remembers shows that.

mod bytes;
mod certificate;
mod digest;
mod entry;
mod head;
mod journal;
mod seal;

pub use bytes::{Id, Malformed};
pub use certificate::{Certificate, Trust, Untrusted};
pub use digest::{Digest, DigestError, Table, replayed, stored, tables};
pub use entry::{Entry, Header, Op, Part, PartState, Value};
pub use head::Head;
pub use journal::{Accepted, Chain, Fault, JournalError, Place, check_folder, check_journal};
pub use seal::{Sealed, UnsealedReason, check_seal};
