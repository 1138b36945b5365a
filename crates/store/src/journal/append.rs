use domain::{
    canonical::{self, Hash, Header, Op, Part},
    clock::Hlc,
    id::{RecordId, UserId},
    registry::Kind,
};
use vault::rusqlite::{Connection, OptionalExtension, named_params};

use crate::{Entropy, Identity, StoreError, capture::NetRow};

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

/// Appends one entry after `previous`.
pub(crate) fn append(
    db: &Connection,
    identity: &Identity,
    entropy: &mut dyn Entropy,
    previous: Option<Appended>,
    draft: &Draft<'_>,
) -> Result<Appended, StoreError> {
    let seq = previous.map_or(1, |entry| entry.seq + 1);
    let header = Header {
        org: identity.org,
        device: identity.device,
        generation: identity.generation,
        seq,
        hlc: draft.hlc,
        actor: draft.actor,
        command: draft.command.to_owned(),
        base: draft.base,
    }
    .encode();

    let changes = draft.rows.iter().map(|row| {
        let part = Part { kind: row.kind.id, record: row.record, op: row.op, fields: row.new.clone() };
        let old = (!row.old.is_empty()).then(|| Part { fields: row.old.clone(), ..part.clone() }.encode());
        (part, old)
    });
    let reads = draft
        .reads
        .iter()
        .map(|(kind, record)| (Part { kind: kind.id, record: *record, op: Op::Read, fields: Vec::new() }, None));
    let parts: Vec<_> = changes
        .chain(reads)
        .map(|(part, old)| {
            let mut salt = [0; 16];
            entropy.fill(&mut salt);
            let body = part.encode();
            (part.kind, part.record, Part::hash(&salt, &body), salt, body, old)
        })
        .collect();

    let start = canonical::genesis(identity.org, identity.device, identity.generation);
    let hashes: Vec<Hash> = parts.iter().map(|part| part.2).collect();
    let chain = canonical::chain(&previous.map_or(start, |entry| entry.chain), &header, &hashes);
    let ordinal: i64 = db.prepare_cached(include_str!("sql/append.sql"))?.query_row(
        named_params! {
            ":generation": identity.generation.0, ":seq": seq, ":header": header, ":chain": chain,
            ":signature": identity.sign(&chain),
        },
        |row| row.get(0),
    )?;
    let mut insert = db.prepare_cached(include_str!("sql/append_part.sql"))?;
    for (ord, (kind, record, hash, salt, body, old)) in parts.into_iter().enumerate() {
        insert.execute(named_params! {
            ":ordinal": ordinal, ":ord": i64::try_from(ord).unwrap_or(i64::MAX), ":kind": kind, ":record": record.0,
            ":hash": hash, ":salt": salt, ":body": body, ":old": old,
        })?;
    }
    Ok(Appended { ordinal, seq, chain, hlc: draft.hlc })
}
