//! Reading and writing a record's row by its kind.

use domain::{
    canonical::{Op, Part},
    id::{DeviceId, RecordId},
    registry::Kind,
    value::Value,
};
use vault::rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::{StoreError, row};

/// A record's state as it travels from the server: what is not null, by permanent field id, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The kind's permanent id; possibly one this program does not know yet.
    pub kind: u16,
    /// The record.
    pub record: RecordId,
    /// Its place in the organization's sequence.
    pub position: u64,
    /// The desk that made it; `None` for the server's own records.
    pub made_by: Option<DeviceId>,
    /// Its fields.
    pub fields: Vec<(u16, Value)>,
}

impl State {
    /// The bytes in which a state is staged and shadowed: the canonical form of an insert.
    pub(super) fn encode(&self) -> Vec<u8> {
        Part { kind: self.kind, record: self.record, op: Op::Insert, fields: self.fields.clone() }.encode()
    }

    pub(super) fn decode(bytes: &[u8], position: u64) -> Result<Self, StoreError> {
        let part = Part::decode(bytes).map_err(|_| StoreError::Journal)?;
        Ok(Self { kind: part.kind, record: part.record, position, made_by: None, fields: part.fields })
    }

    /// Puts newer values over this state.
    pub(super) fn overlay(&mut self, fields: &[(u16, Value)]) {
        for (id, value) in fields {
            match self.fields.binary_search_by_key(id, |(known, _)| *known) {
                Ok(at) => {
                    if let Some(slot) = self.fields.get_mut(at) {
                        slot.1 = value.clone();
                    }
                }
                Err(at) => self.fields.insert(at, (*id, value.clone())),
            }
        }
    }
}

/// The record's replicated fields as they stand here.
pub(super) fn read(db: &Connection, kind: &'static Kind, record: RecordId) -> Result<Option<State>, StoreError> {
    let (sql, fields) = row::select_replicated(kind);
    let values = db
        .prepare_cached(&format!("{sql} where id = ?1"))?
        .query_row([record.0], |row| {
            (1..=fields.len()).map(|index| Ok(row::value(row.get_ref(index)?))).collect::<Result<Vec<_>, _>>()
        })
        .optional()?;
    let Some(values) = values else { return Ok(None) };
    let fields = fields
        .into_iter()
        .zip(values)
        .map(|(id, value)| value.map(|value| (id, value)).ok_or(StoreError::Value { table: kind.table.to_owned() }))
        .collect::<Result<_, _>>()?;
    Ok(Some(State { kind: kind.id, record, position: 0, made_by: None, fields }))
}

/// Makes the row equal to the state. Fields this program does not know are kept beside the record.
pub(super) fn write(db: &Connection, kind: &'static Kind, state: &State) -> Result<(), StoreError> {
    let known: Vec<_> = kind.replicated().collect();
    let columns: Vec<&str> = known.iter().map(|field| field.column).collect();
    let marks = vec!["?"; known.len() + 1];
    let sets: Vec<String> = known.iter().map(|field| format!("{0} = excluded.{0}", field.column)).collect();
    let sql = format!(
        "insert into {} (id, {}) values ({}) on conflict (id) do update set {}",
        kind.table,
        columns.join(", "),
        marks.join(", "),
        sets.join(", ")
    );
    let null = Value::Null;
    let id = Value::from(state.record.0);
    let values = std::iter::once(&id).chain(
        known.iter().map(|field| state.fields.iter().find(|(id, _)| *id == field.id).map_or(&null, |(_, value)| value)),
    );
    db.prepare_cached(&sql)?.execute(params_from_iter(values.map(row::sql_value)))?;
    let unknown = state.fields.iter().filter(|(id, value)| kind.field(*id).is_none() && !value.is_null());
    for (field, value) in unknown {
        keep_unknown(db, state, *field, value)?;
    }
    Ok(())
}

/// Takes a row away that the server never took in. Nothing that any other desk has seen is ever removed.
pub(super) fn remove(db: &Connection, kind: &'static Kind, record: RecordId) -> Result<(), StoreError> {
    db.prepare_cached(&format!("delete from {} where id = ?1", kind.table))?.execute([record.0])?;
    Ok(())
}

/// Keeps a field of a newer peer beside the record.
pub(super) fn keep_unknown(db: &Connection, state: &State, field: u16, value: &Value) -> Result<(), StoreError> {
    let one = Part { kind: state.kind, record: state.record, op: Op::Update, fields: vec![(field, value.clone())] };
    db.prepare_cached(include_str!("sql/keep_unknown.sql"))?.execute((
        state.kind,
        state.record.0,
        field,
        one.encode(),
    ))?;
    Ok(())
}
