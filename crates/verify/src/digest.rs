//! Digests of what a folder holds, computed from its tables and, separately, from its journal.

use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;
use vault::rusqlite::{self, Connection, types::ValueRef};

use crate::bytes::Id;
use crate::entry::{Entry, Op, Part, PartState, Value};

/// The permanent ids, as data: `kind table field column`, and `cache` where a column never travels.
const PERMANENT_IDS: &str = include_str!("../../domain/src/registry/permanent_ids.txt");

/// A kind's table and its replicated columns, ascending by field id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The kind's permanent id.
    pub kind: u16,
    /// The table's name.
    pub name: String,
    /// Field ids and columns.
    pub fields: Vec<(u16, String)>,
}

/// The sum of record digests modulo 2²⁵⁶, and their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest {
    /// Little-endian limbs of the sum.
    sum: [u64; 4],
    count: u64,
}

/// Why a digest could not be computed.
#[derive(Debug, Error)]
pub enum DigestError {
    /// A line of the list of permanent ids is not one.
    #[error("line {line} of the permanent ids is malformed")]
    PermanentIds {
        /// The line, from 1.
        line: usize,
    },
    /// A column holds what no record may hold: a floating point number, or text that is no UTF-8.
    #[error("table {table} holds a value that no record may hold")]
    Value {
        /// The table.
        table: String,
    },
    /// The database cannot be read.
    #[error("the tables cannot be read")]
    Unreadable(#[from] rusqlite::Error),
}

impl Digest {
    fn add(&mut self, kind: u16, record: &Id, fields: &[(u16, &Value)]) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&kind.to_be_bytes()).update(&record.0);
        let known: Vec<_> = fields.iter().filter(|(_, value)| **value != Value::Null).collect();
        hasher.update(&u16::try_from(known.len()).unwrap_or(u16::MAX).to_be_bytes());
        for (field, value) in known {
            hasher.update(&field.to_be_bytes());
            absorb(&mut hasher, value);
        }
        let mut carry = false;
        let hash = hasher.finalize();
        // The hash is big-endian: its last eight bytes are the lowest limb.
        for (limb, bytes) in self.sum.iter_mut().zip(hash.as_bytes().rchunks_exact(8)) {
            let added = bytes.try_into().map_or(0, u64::from_be_bytes);
            let (once, over) = limb.overflowing_add(added);
            let (twice, again) = once.overflowing_add(u64::from(carry));
            *limb = twice;
            carry = over || again;
        }
        self.count += 1;
    }

    /// How many records.
    pub fn count(&self) -> u64 {
        self.count
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sum.iter().rev().try_for_each(|limb| write!(f, "{limb:016x}"))?;
        write!(f, ":{}", self.count)
    }
}

fn absorb(hasher: &mut blake3::Hasher, value: &Value) {
    let counted = |hasher: &mut blake3::Hasher, tag: u8, bytes: &[u8]| {
        hasher.update(&[tag]).update(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes()).update(bytes);
    };
    match value {
        Value::Null => drop(hasher.update(&[0])),
        Value::Int(number) => drop(hasher.update(&[1]).update(&number.to_be_bytes())),
        Value::Text(text) => counted(hasher, 2, text.as_bytes()),
        Value::Bytes(bytes) => counted(hasher, 3, bytes),
    }
}

/// The replicated tables, read from the list of permanent ids.
pub fn tables() -> Result<Vec<Table>, DigestError> {
    let mut tables: BTreeMap<u16, Table> = BTreeMap::new();
    for (line, text) in PERMANENT_IDS.lines().enumerate() {
        let malformed = || DigestError::PermanentIds { line: line + 1 };
        let words: Vec<&str> = text.split_whitespace().collect();
        let (kind, name, field, column) = match *words.as_slice() {
            [] | [_, _, _, _, "cache"] => continue,
            [kind, name, field, column] => (kind, name, field, column),
            _ => return Err(malformed()),
        };
        let kind = kind.parse().map_err(|_| malformed())?;
        let field = field.parse().map_err(|_| malformed())?;
        let plain =
            |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !plain(name) || !plain(column) {
            return Err(malformed());
        }
        let table = tables.entry(kind).or_insert_with(|| Table { kind, name: name.to_owned(), fields: Vec::new() });
        table.fields.push((field, column.to_owned()));
    }
    let mut tables: Vec<_> = tables.into_values().collect();
    for table in &mut tables {
        table.fields.sort_unstable();
    }
    Ok(tables)
}

/// The digest of what the tables hold.
pub fn stored(db: &Connection, tables: &[Table]) -> Result<Digest, DigestError> {
    let mut digest = Digest::default();
    for table in tables {
        // Names come from the list of permanent ids, where only plain words pass.
        let columns = table.fields.iter().flat_map(|(_, column)| [", ", column.as_str()]);
        let sql: String = ["select id"].into_iter().chain(columns).chain([" from ", table.name.as_str()]).collect();
        let mut query = db.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let id = Id(row.get(0)?);
            let values: Vec<(u16, Value)> = table
                .fields
                .iter()
                .zip(1..)
                .map(|((field, _), index)| Ok((*field, read(row.get_ref(index)?, table)?)))
                .collect::<Result<_, DigestError>>()?;
            let borrowed: Vec<_> = values.iter().map(|(field, value)| (*field, value)).collect();
            digest.add(table.kind, &id, &borrowed);
        }
    }
    Ok(digest)
}

/// The digest of what a journal's entries add up to: each insert, then each update over it. On a desk that never
/// met a server this equals [`stored`], or a write went past the journal.
pub fn replayed<'a>(entries: impl Iterator<Item = &'a Entry>) -> Digest {
    let mut records: BTreeMap<(u16, Id), BTreeMap<u16, &'a Value>> = BTreeMap::new();
    for part in entries.flat_map(|entry| &entry.parts) {
        if let PartState::Kept(Part { kind, record, op: Op::Insert | Op::Update, fields }) = part {
            let now = records.entry((*kind, *record)).or_default();
            now.extend(fields.iter().map(|(field, value)| (*field, value)));
        }
    }
    let mut digest = Digest::default();
    for ((kind, record), fields) in &records {
        let fields: Vec<_> = fields.iter().map(|(field, value)| (*field, *value)).collect();
        digest.add(*kind, record, &fields);
    }
    digest
}

fn read(value: ValueRef<'_>, table: &Table) -> Result<Value, DigestError> {
    let wrong = || DigestError::Value { table: table.name.clone() };
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(text) => Ok(Value::Text(str::from_utf8(text).map_err(|_| wrong())?.to_owned())),
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_records_digest_is_the_golden_one() {
        let fixture = include_str!("../../domain/src/canonical.golden.txt");
        let golden = |name: &str| {
            fixture.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap().to_owned()
        };
        let part = Part::read(&hex::decode(golden("part")).unwrap()).unwrap();
        let fields: Vec<_> = part.fields.iter().map(|(field, value)| (*field, value)).collect();

        let mut digest = Digest::default();
        digest.add(part.kind, &part.record, &fields);

        assert_eq!(digest.to_string(), format!("{}:1", golden("record_digest")));
    }

    #[test]
    fn the_sum_carries_over_all_limbs_and_wraps() {
        let mut digest = Digest { sum: [u64::MAX; 4], count: 0 };
        let mut alone = Digest::default();
        for digest in [&mut digest, &mut alone] {
            digest.add(1, &Id([0; 16]), &[]);
        }

        // 2²⁵⁶ − 1 plus a digest is that digest less one.
        let less_one = alone.sum.first().unwrap() - 1;
        assert_eq!(digest.sum.first(), Some(&less_one));
        assert_eq!(digest.sum.get(1..), alone.sum.get(1..));
    }

    #[test]
    fn the_tables_leave_caches_out() {
        let tables = tables().unwrap();
        let appointment = tables.iter().find(|table| table.name == "appointment").unwrap();

        assert!(appointment.fields.iter().all(|(_, column)| column != "status"));
        assert!(appointment.fields.iter().any(|(_, column)| column == "created_by"));
        assert!(tables.len() > 30);
    }
}
