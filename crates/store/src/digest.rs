//! Digests: whether two replicas hold the same.

use domain::{
    canonical::{Digest, record_digest},
    id::RecordId,
    registry::{self, Kind},
    value::Value,
};
use vault::rusqlite::Connection;

use crate::{Store, StoreError, row};

/// What a desk holds, in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// Over all replicated columns: equal on desks that agree, and on their server.
    pub replicated: Digest,
    /// Over all caches: equal on desks that agree.
    pub caches: Digest,
}

impl Store {
    /// The digests of everything in the folder.
    pub fn digests(&self) -> Result<Digests, StoreError> {
        self.read(domain::id::UserId(domain::id::Uuid::nil()), domain::time::Timestamp::default(), |view| {
            let mut digests = Digests { replicated: Digest::default(), caches: Digest::default() };
            for kind in registry::kinds() {
                sum(view.db(), kind, row::select_replicated(kind), &mut digests.replicated)?;
                if let Some(caches) = row::select_caches(kind) {
                    sum(view.db(), kind, caches, &mut digests.caches)?;
                }
            }
            Ok(digests)
        })
    }
}

fn sum(db: &Connection, kind: &Kind, (sql, fields): (String, Vec<u16>), into: &mut Digest) -> Result<(), StoreError> {
    let mut query = db.prepare(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id = RecordId(row.get(0)?);
        let values: Vec<Value> = (1..=fields.len())
            .map(|index| row::value(row.get_ref(index)?).ok_or(StoreError::Value { table: kind.table.to_owned() }))
            .collect::<Result<_, _>>()?;
        into.add(&record_digest(kind.id, id, fields.iter().copied().zip(&values)));
    }
    Ok(())
}
