//! What waits to be sent.

use domain::{canonical::Hash, clock::Hlc};
use vault::rusqlite::{OptionalExtension, named_params};

use super::Receipt;
use crate::{Store, StoreError};

/// How much is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Entries.
    pub entries: usize,
    /// Bytes of their parts. A single entry that is larger is read all the same.
    pub bytes: usize,
}

impl Most {
    /// So many entries, however large.
    pub const fn entries(entries: usize) -> Self {
        Self { entries, bytes: usize::MAX }
    }
}

/// An entry as it is pushed: exactly the bytes that were chained and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number in this folder's chain.
    pub seq: u64,
    /// Canonical header.
    pub header: Vec<u8>,
    /// Its parts, in order.
    pub parts: Vec<OutgoingPart>,
    /// The chain's hash after this entry.
    pub chain: Hash,
    /// The device's signature over `chain`.
    pub signature: [u8; 64],
    /// The server's word that it took the entry in before.
    pub receipt: Option<Receipt>,
    /// Written on top of an earlier life of the server.
    pub older: bool,
}

/// A part as it is pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingPart {
    /// The part's hash, which the chain holds for ever.
    pub hash: Hash,
    /// Salt and canonical part; `None` where lawfully erased.
    pub content: Option<([u8; 16], Vec<u8>)>,
}

impl Store {
    /// Entries of this folder's life that the server has not answered, in order, after `after`, at most `most`.
    pub fn outbox(&self, after: u64, most: Most) -> Result<Vec<Outgoing>, StoreError> {
        self.entries(include_str!("sql/outbox.sql"), after, most)
    }

    /// All entries of this folder's life in order: what a server that adopts the organization takes in, and what
    /// a restored server gets back. In order, after `after`, at most `most`.
    pub fn journal(&self, after: u64, most: Most) -> Result<Vec<Outgoing>, StoreError> {
        self.entries(include_str!("sql/journal.sql"), after, most)
    }

    /// Entries that the server keeps aside because it did not have a record they change, in order, after `after`,
    /// at most `most`. The record may have come there since.
    pub fn lacking(&self, after: u64, most: Most) -> Result<Vec<Outgoing>, StoreError> {
        self.entries(include_str!("sql/lacking.sql"), after, most)
    }

    fn entries(&self, sql: &str, after: u64, most: Most) -> Result<Vec<Outgoing>, StoreError> {
        let generation = self.identity().generation.0;
        self.read(domain::id::UserId(domain::id::Uuid::nil()), domain::time::Timestamp::default(), |view| {
            let first_of_this_server: u64 = view
                .db()
                .prepare_cached("select value from local_fact where name = 'first_of_this_server'")?
                .query_row([], |row| row.get(0))
                .optional()?
                .unwrap_or(0);
            let mut query = view.db().prepare_cached(sql)?;
            let mut rows = query.query(named_params! {
                ":generation": generation, ":after": after, ":limit": i64::try_from(most.entries).unwrap_or(i64::MAX),
            })?;
            let mut parts = view.db().prepare_cached(include_str!("sql/parts.sql"))?;
            let (mut out, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let ordinal: i64 = row.get("ordinal")?;
                let parts: Vec<OutgoingPart> = parts
                    .query_map([ordinal], |row| {
                        let salt: Option<[u8; 16]> = row.get("salt")?;
                        let body: Option<Vec<u8>> = row.get("body")?;
                        Ok(OutgoingPart { hash: row.get("hash")?, content: salt.zip(body) })
                    })?
                    .collect::<Result<_, _>>()?;
                bytes +=
                    parts.iter().filter_map(|part| part.content.as_ref()).map(|(_, body)| body.len()).sum::<usize>();
                if bytes > most.bytes && !out.is_empty() {
                    break;
                }
                let (seq, code): (u64, Option<[u8; 16]>) = (row.get("seq")?, row.get("receipt")?);
                let eff: Option<u64> = row.get("eff")?;
                out.push(Outgoing {
                    seq,
                    header: row.get("header")?,
                    parts,
                    chain: row.get("chain")?,
                    signature: row.get("signature")?,
                    receipt: eff.zip(code).map(|(eff, code)| Receipt { eff: Hlc(eff), code }),
                    older: seq < first_of_this_server,
                });
            }
            Ok(out)
        })
    }

    /// How many entries the server has not acknowledged.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        self.read(domain::id::UserId(domain::id::Uuid::nil()), domain::time::Timestamp::default(), |view| {
            Ok(view.db().query_row("select count(*) from journal where state = 0", [], |row| row.get(0))?)
        })
    }
}
