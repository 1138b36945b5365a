//! The write door: begin, run, net the capture, refold, append the entry, commit, write the head; or nothing.

use domain::{
    clock::HybridClock,
    id::{RecordId, UserId, Uuid},
    registry::Kind,
    time::Timestamp,
};
use std::cell::{Cell, RefCell};
use thiserror::Error;
use vault::rusqlite::{self, Connection, TransactionBehavior};

use crate::{
    Fold, Identity, StoreError, Tx, View,
    capture::{Capture, NetRow},
    entropy::Entropy,
    fold,
    head::HeadFile,
    journal::{self, Appended, Draft},
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor(pub UserId);

impl Actor {
    /// The system itself: a job, the founding of a folder.
    pub const SYSTEM: Self = Self(UserId(Uuid::nil()));
}

/// A write that is on disk.
#[derive(Debug)]
pub struct Written<T> {
    /// What the command answers.
    pub value: T,
    /// The number in this folder's chain of its entry, of the last one where a large write is several; `None` when
    /// nothing that travels was touched.
    pub entry: Option<u64>,
    /// The records that were written.
    pub touched: Vec<(&'static Kind, RecordId)>,
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum WriteFailed<E> {
    /// The command refused.
    #[error("refused")]
    Refused(E),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<E> From<rusqlite::Error> for WriteFailed<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Everything the one writer owns.
pub(crate) struct Writer {
    pub(crate) db: Connection,
    pub(crate) capture: Capture,
    pub(crate) head: HeadFile,
    pub(crate) clock: HybridClock,
    pub(crate) entropy: Box<dyn Entropy>,
    pub(crate) last: Option<Appended>,
}

impl Writer {
    pub(crate) fn write<T, E>(
        &mut self,
        identity: &Identity,
        folds: &[Fold],
        actor: Actor,
        command: &str,
        at: Timestamp,
        run: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, WriteFailed<E>> {
        let Self { db, capture, head, clock, entropy, last } = self;
        let hlc = clock.tick(at);
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let door = capture.open(true);

        let tx = Tx {
            view: View { db: &transaction, at, actor: actor.0, identity },
            hlc,
            entropy: RefCell::new(entropy.as_mut()),
            reads: RefCell::new(Vec::new()),
            legal: Cell::new(false),
        };
        let value = run(&tx).map_err(WriteFailed::Refused)?;
        let (reads, legal) = (tx.reads.take(), tx.legal.get());
        fold::refold(&transaction, folds, &capture.net().touched())?;
        let rows = capture.net().into_rows()?;
        drop(door);

        let touched: Vec<_> = rows.iter().map(|row| (row.kind, row.record)).collect();
        if rows.is_empty() && reads.is_empty() {
            transaction.commit()?;
            return Ok(Written { value, entry: None, touched });
        }
        keep_shadows(&transaction, &rows)?;
        let base = lowest_cursor(&transaction)?;
        let draft = Draft { actor: actor.0, command, hlc, base, rows: &rows, reads: &reads };
        let appended = journal::append(&transaction, identity, entropy.as_mut(), clock, *last, &draft)?;
        transaction.commit()?;

        // The change is on disk. From here on nothing may make the caller believe that it is not.
        *last = Some(appended);
        if let Err(error) = head.write(identity.generation, appended.seq, appended.chain, legal) {
            tracing::error!(%error, "the head could not be written; it will be behind, which is harmless");
        }
        Ok(Written { value, entry: Some(appended.seq), touched })
    }
}

/// What the actor could have seen of the server: the lowest cursor, 0 before the first contact.
fn lowest_cursor(db: &Connection) -> Result<u64, StoreError> {
    Ok(db.prepare_cached("select coalesce(min(position), 0) from cursor")?.query_row([], |row| row.get(0))?)
}

/// Keeps the server's version of a record before this desk's first change to it.
fn keep_shadows(db: &Connection, rows: &[NetRow]) -> Result<(), StoreError> {
    for row in rows.iter().filter(|row| !row.old.is_empty()) {
        crate::apply::keep_shadow(db, row)?;
    }
    Ok(())
}
