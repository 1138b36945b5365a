//! The server's answers to entries.

use std::collections::BTreeSet;

use domain::clock::Hlc;
use vault::rusqlite::{Connection, named_params};

use super::{
    shadow::{self, Shown, Touch},
    swap::{Applied, cursor},
};
use crate::{Fold, Store, StoreError, fold};

/// The server's word, to itself, that it accepted an entry: what a server that was put back to an earlier copy of
/// its data needs to take the entry in again as it did the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// When the entry counts.
    pub eff: Hlc,
    /// What makes it the server's.
    pub code: [u8; 16],
}

/// What the server did with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledged {
    /// Taken in at a position.
    Accepted {
        /// The entry's number in this folder's chain.
        seq: u64,
        /// Its place in the organization's sequence.
        position: u64,
        /// The server's word that it took the entry in.
        receipt: Option<Receipt>,
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
                Acknowledged::Accepted { seq, position, receipt } => {
                    let changed = tx.prepare_cached(include_str!("sql/accept.sql"))?.execute(named_params! {
                        ":generation": generation, ":seq": seq, ":position": position,
                        ":eff": receipt.map(|receipt| signed(receipt.eff)),
                        ":receipt": receipt.map(|receipt| receipt.code),
                    })?;
                    (seq, changed)
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
        let (mut touched, mut seen): (Vec<Touch>, _) = (Vec::new(), BTreeSet::new());
        for seq in answered {
            let records = shadow::touched_by(&tx, generation, seq)?;
            touched.extend(records.into_iter().filter(|(kind, record)| seen.insert((kind.id, *record))));
        }
        show_again(&tx, self.folds(), &touched, position)?;
        tx.commit()?;
        Ok(Applied { touched, position })
    }
}

/// A hybrid time as SQLite keeps it.
pub(super) fn signed(time: Hlc) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
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
