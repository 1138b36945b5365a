use domain::{
    id::{RecordId, Uuid},
    registry::{Field, Kind},
    value::Value,
};
use vault::rusqlite::Connection;

use crate::StoreError;

/// A replicated table as the hook sees it: which column is which field. Holds registry and schema against each
/// other in both directions.
pub(crate) struct Shape {
    pub(crate) kind: &'static Kind,
    id: i32,
    fields: Vec<(i32, &'static Field)>,
}

impl Shape {
    pub(crate) fn of(db: &Connection, kind: &'static Kind) -> Result<Self, StoreError> {
        let disagree = |what: &str| StoreError::Registry(format!("{}: {what}", kind.table));
        let mut columns = db.prepare("select cid, name, type, \"notnull\", pk from pragma_table_info(?1)")?;
        let columns: Vec<(i32, String, String, bool, i32)> = columns
            .query_map([kind.table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
            .collect::<Result<_, _>>()?;
        if columns.is_empty() {
            return Err(disagree("in the registry, not in the schema"));
        }
        let mut id = None;
        let mut fields = Vec::new();
        for (index, name, declared, not_null, key) in columns {
            if name == "id" {
                if key != 1 || !not_null || declared != "BLOB" {
                    return Err(disagree("id must be a declared, non-null blob primary key"));
                }
                id = Some(index);
                continue;
            }
            let field = kind.column(&name).ok_or_else(|| disagree(&format!("column {name} is not in the registry")))?;
            fields.push((index, field));
        }
        for field in kind.all_fields() {
            if !fields.iter().any(|(_, known)| known.column == field.column) {
                return Err(disagree(&format!("column {} is not in the schema", field.column)));
            }
        }
        Ok(Self { kind, id: id.ok_or_else(|| disagree("has no id"))?, fields })
    }

    /// The record's id and its replicated values, in the order of the table. `None` when a value is of a type no
    /// record may hold.
    pub(crate) fn read(&self, value: impl Fn(i32) -> Option<Value>) -> Option<(RecordId, Vec<(u16, Value)>)> {
        let id = RecordId(value(self.id)?.as_id().filter(|id| *id != Uuid::nil())?);
        let values = self
            .fields
            .iter()
            .filter(|(_, field)| !field.cache)
            .map(|(index, field)| Some((field.id, value(*index)?)))
            .collect::<Option<_>>()?;
        Some((id, values))
    }
}
