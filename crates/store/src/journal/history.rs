//! What happened to a record, as this desk knows it.

use domain::{
    canonical::{Header, Part},
    id::Uuid,
};
use vault::rusqlite::named_params;

use crate::{StoreError, View};

/// An entry as far as it concerns one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Who, when, by which command.
    pub header: Header,
    /// What was done.
    pub change: Change,
    /// The server has it.
    pub acknowledged: bool,
}

/// What an entry did to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// New values.
    pub new: Part,
    /// The values before, where there were any.
    pub old: Option<Part>,
}

/// Everything this desk did to a record, oldest first.
pub fn of_record(view: &View<'_>, record: Uuid) -> Result<Vec<EntryRow>, StoreError> {
    let mut query = view.db().prepare_cached(include_str!("sql/of_record.sql"))?;
    let mut rows = query.query(named_params! { ":record": record })?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let header: Vec<u8> = row.get("header")?;
        let body: Vec<u8> = row.get("body")?;
        let old: Option<Vec<u8>> = row.get("old")?;
        out.push(EntryRow {
            header: Header::decode(&header).map_err(|_| StoreError::Journal)?,
            change: Change {
                new: Part::decode(&body).map_err(|_| StoreError::Journal)?,
                old: old.map(|old| Part::decode(&old).map_err(|_| StoreError::Journal)).transpose()?,
            },
            acknowledged: row.get::<_, i64>("state")? == 1,
        });
    }
    Ok(out)
}
