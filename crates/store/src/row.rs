//! Values between SQLite and the registry.

use domain::{registry::Kind, value::Value};
use vault::rusqlite::{
    self, ToSql,
    types::{ToSqlOutput, ValueRef},
};

/// Reads a column. Floating point numbers are refused: no record holds one.
pub(crate) fn value(column: ValueRef<'_>) -> Option<Value> {
    match column {
        ValueRef::Null => Some(Value::Null),
        ValueRef::Integer(number) => Some(Value::Int(number)),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).ok().map(Value::Text),
        ValueRef::Blob(bytes) => Some(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => None,
    }
}

/// Writes a value.
pub fn sql_value(value: &Value) -> impl ToSql + '_ {
    struct Out<'a>(&'a Value);
    impl ToSql for Out<'_> {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(ToSqlOutput::Borrowed(match self.0 {
                Value::Null => ValueRef::Null,
                Value::Int(number) => ValueRef::Integer(*number),
                Value::Text(text) => ValueRef::Text(text.as_bytes()),
                Value::Bytes(bytes) => ValueRef::Blob(bytes),
            }))
        }
    }
    Out(value)
}

/// `select id, …` of a kind's replicated fields, in ascending order of field id.
pub(crate) fn select_replicated(kind: &Kind) -> (String, Vec<u16>) {
    select(kind, |field| !field.cache)
}

/// `select id, …` of a kind's caches.
pub(crate) fn select_caches(kind: &Kind) -> Option<(String, Vec<u16>)> {
    let (sql, fields) = select(kind, |field| field.cache);
    (!fields.is_empty()).then_some((sql, fields))
}

fn select(kind: &Kind, wanted: impl Fn(&domain::registry::Field) -> bool) -> (String, Vec<u16>) {
    let mut fields: Vec<_> = kind.all_fields().filter(|field| wanted(field)).collect();
    fields.sort_unstable_by_key(|field| field.id);
    let columns: Vec<&str> = std::iter::once("id").chain(fields.iter().map(|field| field.column)).collect();
    (format!("select {} from {}", columns.join(", "), kind.table), fields.iter().map(|field| field.id).collect())
}
