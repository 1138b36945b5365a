use domain::{
    canonical::{self, Hash, Header, Op, Part},
    clock::{Hlc, HybridClock},
    id::{RecordId, UserId},
    registry::Kind,
};
use vault::rusqlite::{Connection, OptionalExtension, named_params};

use crate::{Entropy, Identity, StoreError, capture::NetRow};

/// An entry holds no more bytes of parts than this, or a single larger part: so that it reaches a server over a poor
/// line within the server's patience, and no limit of a frame stands in its way. A write that changes more (an import)
/// is several entries of one transaction.
const MOST_BYTES: usize = 1 << 19;

/// Where the chain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Appended {
    pub(crate) ordinal: i64,
    pub(crate) seq: u64,
    pub(crate) chain: Hash,
    pub(crate) hlc: Hlc,
}

/// The last entry of this folder's life.
pub(crate) fn last(db: &Connection, identity: &Identity) -> Result<Option<Appended>, StoreError> {
    let row: Option<(i64, u64, Hash, Vec<u8>)> = db
        .prepare_cached(include_str!("sql/last.sql"))?
        .query_row(named_params! { ":generation": identity.generation.0 }, |row| {
            Ok((row.get("ordinal")?, row.get("seq")?, row.get("chain")?, row.get("header")?))
        })
        .optional()?;
    row.map(|(ordinal, seq, chain, header)| {
        let hlc = Header::decode(&header).map_err(|_| StoreError::Journal)?.hlc;
        Ok(Appended { ordinal, seq, chain, hlc })
    })
    .transpose()
}

/// The chain's hash after the entry of that number.
pub(crate) fn chain_at(db: &Connection, identity: &Identity, seq: u64) -> Option<Hash> {
    db.query_row(
        "select chain from journal where generation = ?1 and seq = ?2",
        (identity.generation.0, i64::try_from(seq).ok()?),
        |row| row.get(0),
    )
    .ok()
}

/// Everything an entry is made of.
pub(crate) struct Draft<'a> {
    pub(crate) actor: UserId,
    pub(crate) command: &'a str,
    pub(crate) hlc: Hlc,
    pub(crate) base: u64,
    pub(crate) rows: &'a [NetRow],
    pub(crate) reads: &'a [(&'static Kind, RecordId)],
}

/// A part with its salt, ready to be chained.
struct Salted {
    kind: u16,
    record: RecordId,
    hash: Hash,
    salt: [u8; 16],
    body: Vec<u8>,
    old: Option<Vec<u8>>,
}

/// Appends a write after `previous`: one entry, or several where it changes more than [`MOST_BYTES`].
pub(crate) fn append(
    db: &Connection,
    identity: &Identity,
    entropy: &mut dyn Entropy,
    clock: &mut HybridClock,
    mut previous: Option<Appended>,
    draft: &Draft<'_>,
) -> Result<Appended, StoreError> {
    let changes = draft.rows.iter().map(|row| {
        let part = Part { kind: row.kind.id, record: row.record, op: row.op, fields: row.new.clone() };
        let old = (!row.old.is_empty()).then(|| Part { fields: row.old.clone(), ..part.clone() }.encode());
        (part, old)
    });
    let reads = draft
        .reads
        .iter()
        .map(|(kind, record)| (Part { kind: kind.id, record: *record, op: Op::Read, fields: Vec::new() }, None));
    let (mut parts, mut bytes, mut hlc) = (Vec::new(), 0, draft.hlc);
    for (part, old) in changes.chain(reads) {
        let body = part.encode();
        if bytes + body.len() > MOST_BYTES && !parts.is_empty() {
            previous = Some(append_one(db, identity, previous, draft, hlc, &parts)?);
            (bytes, hlc) = (0, clock.tick(hlc.time()));
            parts.clear();
        }
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        bytes += body.len();
        let hash = Part::hash(&salt, &body);
        parts.push(Salted { kind: part.kind, record: part.record, hash, salt, body, old });
    }
    append_one(db, identity, previous, draft, hlc, &parts)
}

fn append_one(
    db: &Connection,
    identity: &Identity,
    previous: Option<Appended>,
    draft: &Draft<'_>,
    hlc: Hlc,
    parts: &[Salted],
) -> Result<Appended, StoreError> {
    let seq = previous.map_or(1, |entry| entry.seq + 1);
    let header = Header {
        org: identity.org,
        device: identity.device,
        generation: identity.generation,
        seq,
        hlc,
        actor: draft.actor,
        command: draft.command.to_owned(),
        base: draft.base,
    }
    .encode();
    let start = canonical::genesis(identity.org, identity.device, identity.generation);
    let hashes: Vec<Hash> = parts.iter().map(|part| part.hash).collect();
    let chain = canonical::chain(&previous.map_or(start, |entry| entry.chain), &header, &hashes);
    let ordinal: i64 = db.prepare_cached(include_str!("sql/append.sql"))?.query_row(
        named_params! {
            ":generation": identity.generation.0, ":seq": seq, ":header": header, ":chain": chain,
            ":signature": identity.sign(&chain),
        },
        |row| row.get(0),
    )?;
    let mut insert = db.prepare_cached(include_str!("sql/append_part.sql"))?;
    for (ord, part) in (0i64..).zip(parts) {
        insert.execute(named_params! {
            ":ordinal": ordinal, ":ord": ord, ":kind": part.kind, ":record": part.record.0, ":hash": part.hash,
            ":salt": part.salt, ":body": part.body, ":old": part.old,
        })?;
    }
    Ok(Appended { ordinal, seq, chain, hlc })
}
