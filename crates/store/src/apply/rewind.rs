//! The server was put back to an earlier copy of its data, and begins another life.

use domain::{
    id::{RecordId, Uuid},
    registry::{self, Class},
};
use vault::rusqlite::{Connection, named_params};

use super::{
    acknowledge::show_again,
    shadow::{self, Touch},
    swap::{Applied, cursor},
};
use crate::{Store, StoreError, door::Writer};

impl Store {
    /// Makes the folder ready for the server's new life, in one transaction: what is staged is forgotten, every
    /// record will be asked for again, and the entries from `expected_seq` on, which that server lacks, wait to be
    /// sent once more. What a person sees stays as it is until the server's states arrive: a record that the server
    /// has lost is kept here, and comes back to it from the desk that made it.
    pub fn rewind(&self, epoch: Uuid, expected_seq: u64) -> Result<Applied, StoreError> {
        let generation = self.identity().generation.0;
        let mut writer = self.writer();
        let Writer { db, capture, .. } = &mut *writer;
        let tx = db.transaction()?;
        let _door = capture.open(false);
        let from = named_params! { ":generation": generation, ":seq": expected_seq };
        let aside: Vec<u64> = tx
            .prepare_cached(include_str!("sql/aside_from.sql"))?
            .query_map(from, |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        tx.execute(include_str!("sql/wait_again.sql"), from)?;
        tx.execute(include_str!("sql/begin_again.sql"), named_params! { ":generation": generation })?;
        tx.execute("delete from staged", [])?;
        tx.execute("update cursor set position = 0, epoch = ?1, log = null", [epoch])?;
        for kind in registry::kinds().filter(|kind| kind.class == Class::ServerOwned) {
            tx.execute("delete from record_position where kind = ?1", [kind.id])?;
        }
        // What was kept aside had been taken back; now it waits like the rest and is shown.
        let mut touched: Vec<Touch> = Vec::new();
        for seq in aside {
            touched.extend(shadow::touched_by(&tx, generation, seq)?);
        }
        let position = cursor(&tx)?;
        show_again(&tx, self.folds(), &touched, position)?;
        tx.commit()?;
        Ok(Applied { touched, position })
    }
}

/// Records that only the server writes and that it no longer has, after all it has arrived: cards of a life that is
/// over. They are raised anew where their reason still stands.
pub(super) fn drop_withdrawn(db: &Connection) -> Result<Vec<Touch>, StoreError> {
    let mut dropped = Vec::new();
    for kind in registry::kinds().filter(|kind| kind.class == Class::ServerOwned) {
        let withdrawn = format!(
            "delete from {} where id not in (select record from record_position where kind = ?1) returning id",
            kind.table
        );
        let ids: Vec<Uuid> =
            db.prepare_cached(&withdrawn)?.query_map([kind.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        dropped.extend(ids.into_iter().map(|id| (kind, RecordId(id))));
    }
    Ok(dropped)
}
