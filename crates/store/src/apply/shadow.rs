//! The server's version of a record that this desk has changed, and what a person sees of both.

use domain::{
    canonical::{Op, Part},
    id::{RecordId, Uuid},
    registry::{self, Kind},
};
use vault::rusqlite::{Connection, OptionalExtension};

use super::rows::{self, State};
use crate::{StoreError, capture::NetRow};

/// Keeps the server's version of a record that this desk changes for the first time since. A record the server
/// has never sent has no version to keep.
pub(crate) fn keep_shadow(db: &Connection, change: &NetRow) -> Result<(), StoreError> {
    if !known(db, change.kind.id, change.record)? {
        return Ok(());
    }
    let Some(mut state) = rows::read(db, change.kind, change.record)? else { return Ok(()) };
    state.overlay(&change.old);
    db.prepare_cached("insert into shadow (kind, record, state) values (?1, ?2, ?3) on conflict do nothing")?
        .execute((state.kind, state.record.0, state.encode()))?;
    Ok(())
}

/// The server's version, where this desk keeps one.
pub(super) fn load(db: &Connection, kind: u16, record: RecordId) -> Result<Option<State>, StoreError> {
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
pub(super) fn forget(db: &Connection, kind: u16, record: RecordId) -> Result<(), StoreError> {
    db.prepare_cached("delete from shadow where kind = ?1 and record = ?2")?.execute((kind, record.0))?;
    Ok(())
}

/// What this desk did to a record that the server's states here do not yet contain, oldest first.
pub(super) fn pending(db: &Connection, kind: u16, record: RecordId, cursor: u64) -> Result<Vec<Part>, StoreError> {
    let mut query = db.prepare_cached(include_str!("sql/pending.sql"))?;
    let mut rows = query.query((record.0, kind, cursor))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(0)?;
        let part = Part::decode(&body).map_err(|_| StoreError::Journal)?;
        if part.op != Op::Read {
            out.push(part);
        }
    }
    Ok(out)
}

/// What became of a record when it was shown anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// It stands as the server has it and this desk left it.
    Stands,
    /// The server never took it in and nothing of ours waits: it is gone from the tables. Its entries stay in the
    /// journal, with the reason.
    Gone,
}

/// Makes a record what a person should see: the server's version plus what waits here. Called when fewer of our
/// entries wait than before: some were answered, or the cursor passed them.
pub(super) fn show(db: &Connection, kind: &'static Kind, record: RecordId, cursor: u64) -> Result<Shown, StoreError> {
    let pending = pending(db, kind.id, record, cursor)?;
    let kept = load(db, kind.id, record)?;
    if kept.is_none() && known(db, kind.id, record)? {
        // The row is the server's version already.
        return Ok(Shown::Stands);
    }
    let mut state = kept;
    for part in &pending {
        if state.is_none() && part.op == Op::Insert {
            state = Some(State { kind: kind.id, record, position: 0, made_by: None, fields: Vec::new() });
        }
        if let Some(state) = &mut state {
            state.overlay(&part.fields);
        }
    }
    if pending.is_empty() {
        forget(db, kind.id, record)?;
    }
    if let Some(state) = state {
        rows::write(db, kind, &state)?;
        Ok(Shown::Stands)
    } else {
        rows::remove(db, kind, record)?;
        Ok(Shown::Gone)
    }
}

/// Whether the server has ever sent the record.
fn known(db: &Connection, kind: u16, record: RecordId) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("select exists (select 1 from record_position where kind = ?1 and record = ?2)")?
        .query_row((kind, record.0), |row| row.get(0))?)
}

/// The records that an entry of this folder touched.
pub(super) fn touched_by(db: &Connection, generation: Uuid, seq: u64) -> Result<Vec<Touch>, StoreError> {
    let mut query = db.prepare_cached(include_str!("sql/touched.sql"))?;
    let records: Vec<(u16, Uuid)> =
        query.query_map((generation, seq), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(records
        .into_iter()
        .filter_map(|(kind, record)| registry::kind(kind).map(|kind| (kind, RecordId(record))))
        .collect())
}

/// A record with its kind.
pub(super) type Touch = (&'static Kind, RecordId);
