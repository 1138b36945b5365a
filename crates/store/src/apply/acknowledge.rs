//! The server's answers to entries.

use vault::rusqlite::Connection;

use super::{
    shadow::{self, Shown, Touch},
    swap::{Applied, cursor},
};
use crate::{Fold, Store, StoreError, fold};

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
    /// Takes in the server's answers, in one transaction. What an answered entry did is shown by the server's
    /// version from here on: at once when that is here already, else when the cursor passes the entry's position.
    pub fn acknowledge(&self, answers: &[Acknowledged]) -> Result<Applied, StoreError> {
        let generation = self.identity().generation.0;
        let mut writer = self.writer();
        let crate::door::Writer { db, capture, .. } = &mut *writer;
        let tx = db.transaction()?;
        let _door = capture.open(false);
        let mut answered = Vec::new();
        for answer in answers {
            let (seq, changed) = match answer {
                Acknowledged::Accepted { seq, position } => {
                    (seq, tx.prepare_cached(include_str!("sql/accept.sql"))?.execute((generation, seq, position))?)
                }
                Acknowledged::Quarantined { seq, reason } => {
                    (seq, tx.prepare_cached(include_str!("sql/set_aside.sql"))?.execute((generation, seq, reason))?)
                }
            };
            if changed > 0 {
                answered.push(*seq);
            }
        }
        let position = cursor(&tx)?;
        let mut touched: Vec<Touch> = Vec::new();
        for seq in answered {
            for record in shadow::touched_by(&tx, generation, seq)? {
                if !touched.iter().any(|(kind, id)| (kind.id, *id) == (record.0.id, record.1)) {
                    touched.push(record);
                }
            }
        }
        show_again(&tx, self.folds(), &touched, position)?;
        tx.commit()?;
        Ok(Applied { touched, position })
    }
}

/// Shows records anew and brings the caches up to date. A fold finds what a record belongs to in its row; when a
/// row is gone, which only a refusal does, all caches are computed anew.
pub(super) fn show_again(
    db: &Connection,
    folds: &'static [Fold],
    records: &[Touch],
    cursor: u64,
) -> Result<(), StoreError> {
    let mut gone = false;
    for (kind, record) in records {
        gone |= shadow::show(db, kind, *record, cursor)? == Shown::Gone;
    }
    if gone {
        for fold in folds {
            (fold.all)(db)?;
        }
    } else {
        fold::refold(db, folds, records)?;
    }
    Ok(())
}
