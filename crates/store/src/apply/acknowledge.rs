//! The server's answers to entries.

use domain::id::RecordId;
use vault::rusqlite::Connection;

use super::{rows, shadow, swap::cursor};
use crate::{Store, StoreError, fold};

/// What the server did with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledged {
    /// Taken in at a position.
    Accepted {
        /// The entry's number in this folder's chain.
        seq: u64,
        /// Its place in the organization's sequence.
        position: u64,
    },
    /// Refused; kept here with the reason, its effect taken back where the server has its own version.
    Quarantined {
        /// The entry's number in this folder's chain.
        seq: u64,
        /// Why, as a code.
        reason: String,
    },
}

impl Store {
    /// Takes in the server's answers, in one transaction.
    pub fn acknowledge(&self, answers: &[Acknowledged]) -> Result<(), StoreError> {
        let generation = self.identity().generation.0;
        let mut writer = self.writer();
        let crate::door::Writer { db, capture, .. } = &mut *writer;
        let tx = db.transaction()?;
        let _door = capture.open(false);
        for answer in answers {
            match answer {
                Acknowledged::Accepted { seq, position } => {
                    tx.prepare_cached(
                        "update journal set state = 1, position = ?3 where generation = ?1 and seq = ?2 and state = 0",
                    )?
                    .execute((generation, seq, position))?;
                }
                Acknowledged::Quarantined { seq, reason } => {
                    let changed = tx
                        .prepare_cached(
                            "update journal set state = 2, reason = ?3 where generation = ?1 and seq = ?2 and state = 0",
                        )?
                        .execute((generation, seq, reason))?;
                    if changed > 0 {
                        let touched = take_back(&tx, generation, *seq)?;
                        fold::refold(&tx, self.folds(), &touched)?;
                    }
                }
            }
        }
        tx.commit()?;
        Ok(())
    }
}

/// Shows the server's version again where this desk keeps one: shadow plus what is still waiting.
fn take_back(
    db: &Connection,
    generation: domain::id::Uuid,
    seq: u64,
) -> Result<Vec<(&'static domain::registry::Kind, RecordId)>, StoreError> {
    let mut query = db.prepare_cached(include_str!("sql/touched.sql"))?;
    let records: Vec<(u16, domain::id::Uuid)> =
        query.query_map((generation, seq), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let at = cursor(db)?;
    let mut touched = Vec::new();
    for (kind, record) in records {
        let (Some(kind), record) = (domain::registry::kind(kind), RecordId(record)) else { continue };
        let Some(mut state) = shadow::load(db, kind.id, record)? else { continue };
        let pending = shadow::pending(db, kind.id, record, at)?;
        if pending.is_empty() {
            shadow::forget(db, kind.id, record)?;
        }
        for fields in &pending {
            state.overlay(fields);
        }
        rows::write(db, kind, &state)?;
        touched.push((kind, record));
    }
    Ok(touched)
}
