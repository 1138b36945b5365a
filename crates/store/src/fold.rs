//! Folds compute caches: a status from transitions, a balance from payments, a search index from names. They run
//! in the same transaction as what they depend on, after a write and after an apply, so a cache is never stale and
//! never travels.

use domain::{id::RecordId, registry::Kind};
use vault::rusqlite::{self, Connection};

/// Records that changed, with their kinds.
pub type Touched = [(&'static Kind, RecordId)];

/// A cache and how to bring it up to date.
#[derive(Debug, Clone, Copy)]
pub struct Fold {
    /// Its name, for logs.
    pub name: &'static str,
    /// The tables it is computed from.
    pub from: &'static [&'static str],
    /// Brings the cache up to date for the touched records, which are of the tables in `from`.
    pub run: fn(&Connection, &Touched) -> rusqlite::Result<()>,
    /// Computes the whole cache anew.
    pub all: fn(&Connection) -> rusqlite::Result<()>,
}

/// Runs the folds that depend on what was touched.
pub(crate) fn refold(db: &Connection, folds: &[Fold], touched: &Touched) -> rusqlite::Result<()> {
    for fold in folds {
        let concerned: Vec<_> = touched.iter().copied().filter(|(kind, _)| fold.from.contains(&kind.table)).collect();
        if !concerned.is_empty() {
            (fold.run)(db, &concerned)?;
        }
    }
    Ok(())
}
