use domain::value::Value;
use vault::rusqlite::{Connection, OptionalExtension};

use super::rows::{self, State};
use crate::{StoreError, capture::NetRow};

/// Keeps the server's version of a record that this desk changes for the first time since. A record the server
/// has never sent has no version to keep.
pub(crate) fn keep_shadow(db: &Connection, change: &NetRow) -> Result<(), StoreError> {
    let known: bool = db
        .prepare_cached("select exists (select 1 from record_position where kind = ?1 and record = ?2)")?
        .query_row((change.kind.id, change.record.0), |row| row.get(0))?;
    if !known {
        return Ok(());
    }
    let Some(mut state) = rows::read(db, change.kind, change.record)? else { return Ok(()) };
    state.overlay(&change.old);
    db.prepare_cached("insert into shadow (kind, record, state) values (?1, ?2, ?3) on conflict do nothing")?
        .execute((state.kind, state.record.0, state.encode()))?;
    Ok(())
}

/// The server's version, where this desk keeps one.
pub(super) fn load(db: &Connection, kind: u16, record: domain::id::RecordId) -> Result<Option<State>, StoreError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("select state from shadow where kind = ?1 and record = ?2")?
        .query_row((kind, record.0), |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| State::decode(&bytes, 0)).transpose()
}

/// Replaces the server's version.
pub(super) fn save(db: &Connection, state: &State) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into shadow (kind, record, state) values (?1, ?2, ?3) \
         on conflict (kind, record) do update set state = excluded.state",
    )?
    .execute((state.kind, state.record.0, state.encode()))?;
    Ok(())
}

/// The record holds nothing of this desk's own any more.
pub(super) fn forget(db: &Connection, kind: u16, record: domain::id::RecordId) -> Result<(), StoreError> {
    db.prepare_cached("delete from shadow where kind = ?1 and record = ?2")?.execute((kind, record.0))?;
    Ok(())
}

/// This desk's own changes to a record that the server's states here do not yet contain, oldest first.
pub(super) fn pending(
    db: &Connection,
    kind: u16,
    record: domain::id::RecordId,
    cursor: u64,
) -> Result<Vec<Vec<(u16, Value)>>, StoreError> {
    let mut query = db.prepare_cached(include_str!("sql/pending.sql"))?;
    let mut rows = query.query((record.0, kind, cursor))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(0)?;
        let part = domain::canonical::Part::decode(&body).map_err(|_| StoreError::Journal)?;
        if part.op != domain::canonical::Op::Read {
            out.push(part.fields);
        }
    }
    Ok(out)
}
