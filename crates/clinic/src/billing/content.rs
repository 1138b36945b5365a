//! What a number stands for: the exact content of an issued invoice or receipt, and its hash.
//!
//! The content is made of the records themselves in the journal's own form (`docs/formats.md`, "Numbered papers"),
//! so that whoever can read a journal can check a series.

use domain::{
    canonical::{Hash, Op, Part},
    id::{RecordId, Uuid},
    registry::{self, CLINIC_ID, Kind},
    value::Value,
};
use serde::{Deserialize, Serialize};
use store::rusqlite::{self, Connection, types::ValueRef};

use super::Paper;
use crate::{Failure, organization::Clinic};

/// The clinic as it stood on the day of issue: an invoice printed again in ten years says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicSnapshot {
    /// The name patients know.
    pub name: String,
    /// The name on invoices, where it differs.
    pub legal_name: Option<String>,
    /// CNPJ, RUC, NIF …, canonical.
    pub tax_id: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or department.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166.
    pub country: String,
    /// IANA zone.
    pub zone: String,
    /// The key PIX payments went to.
    pub pix_key: Option<String>,
}

impl From<Clinic> for ClinicSnapshot {
    fn from(clinic: Clinic) -> Self {
        Self {
            name: clinic.name,
            legal_name: clinic.legal_name,
            tax_id: clinic.tax_id,
            phone: clinic.phone,
            email: clinic.email,
            address: clinic.address,
            city: clinic.city,
            state: clinic.state,
            postal_code: clinic.postal_code,
            country: clinic.country,
            zone: clinic.zone,
            pix_key: clinic.pix_key,
        }
    }
}

/// The hash of what the numbered paper says: its record without the hash itself, then its parts in order.
pub(super) fn hash(db: &Connection, paper: Paper, id: Uuid) -> Result<Hash, Failure> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(paper.content_tag());
    hasher.update(&encoded(db, paper.table(), id)?);
    for (table, sql) in paper.parts() {
        let mut query = db.prepare_cached(sql).map_err(store)?;
        let ids: Vec<Uuid> = query.query_map([id], |row| row.get("id")).and_then(Iterator::collect).map_err(store)?;
        for part in ids {
            hasher.update(&encoded(db, table, part)?);
        }
    }
    Ok(*hasher.finalize().as_bytes())
}

fn store(error: rusqlite::Error) -> Failure {
    Failure::Store(error.into())
}

/// A record in the journal's form as if inserted now: clinic and own fields, without what is null, computed or the
/// content's own hash. A field added in twenty years is null in today's records and changes nothing.
fn encoded(db: &Connection, table: &str, id: Uuid) -> Result<Vec<u8>, Failure> {
    let kind = registry::kind_of_table(table).ok_or(Failure::Damaged("a billing record's kind"))?;
    let mut fields: Vec<_> = std::iter::once(&CLINIC_ID)
        .chain(kind.fields)
        .filter(|field| !field.cache && field.column != "content_hash")
        .collect();
    fields.sort_unstable_by_key(|field| field.id);
    let columns = fields.iter().map(|field| field.column).collect::<Vec<_>>().join(", ");
    let values = db
        .prepare_cached(&format!("select {columns} from {table} where id = ?1"))
        .and_then(|mut query| {
            query.query_row([id], |row| {
                fields.iter().enumerate().map(|(at, field)| Ok((field.id, value(row.get_ref(at)?)))).collect()
            })
        })
        .map_err(store)?;
    Ok(part(kind, id, values).encode())
}

fn part(kind: &Kind, id: Uuid, fields: Vec<(u16, Value)>) -> Part {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null()).collect();
    Part { kind: kind.id, record: RecordId(id), op: Op::Insert, fields }
}

fn value(column: ValueRef<'_>) -> Value {
    match column {
        // Strict tables of the registry hold no floating point number; the store refuses them.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
