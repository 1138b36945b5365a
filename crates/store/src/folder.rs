//! The open folder.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    clock::{Hlc, HybridClock},
    id::UserId,
    time::Timestamp,
};
use vault::{
    Vault,
    rusqlite::{self, Connection, OptionalExtension},
};

use crate::{
    Actor, Entropy, Fold, HeadAlarm, Identity, Migration, StoreError, Tx, View, WriteFailed, Written,
    capture::Capture,
    door::Writer,
    head::{self, HeadFile},
    journal, migration,
};

/// What the clinic's areas bring to a folder: the shape of their tables and what is computed from them.
#[derive(Clone, Copy)]
pub struct Parts {
    /// Migrations from number 2 on.
    pub migrations: &'static [Migration],
    /// Caches and how to fold them.
    pub folds: &'static [Fold],
}

/// A desk's data folder, open. One writer owns writing; readers are separate and see consistent pictures.
pub struct Store {
    vault: Vault,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
    identity: Identity,
    parts: Parts,
    alarm: Mutex<Option<HeadAlarm>>,
}

impl Store {
    /// Makes a new folder in the vault: schema and identity. The first write is the caller's.
    pub fn found(
        vault: Vault,
        parts: Parts,
        identity: &Identity,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        Self::start(vault, parts, Some(identity), entropy)
    }

    /// Opens a folder: brings the schema up to date, checks it against the registry and the head against the
    /// journal.
    pub fn open(vault: Vault, parts: Parts, entropy: Box<dyn Entropy>) -> Result<Self, StoreError> {
        Self::start(vault, parts, None, entropy)
    }

    fn start(
        vault: Vault,
        parts: Parts,
        founding: Option<&Identity>,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let mut db = vault.writer()?;
        let capture = Capture::install(&mut db)?;
        migration::migrate(&db, parts.migrations)?;
        capture.watch(&db)?;
        if let Some(identity) = founding {
            identity.save(&db)?;
        }
        let identity = Identity::load(&db)?;
        let last = journal::last(&db, &identity)?;
        let (mut head, remembered) = HeadFile::open(&vault.dir().join("head"), *vault.key().derive("praxis head v1"))?;
        let mut alarm = head::compare(remembered, identity.generation, last.map_or(0, |entry| entry.seq), |seq| {
            journal::chain_at(&db, &identity, seq)
        });
        if alarm.is_none()
            && let (Some(remembered), Some(last)) = (remembered, last)
            && remembered.generation == identity.generation
            && remembered.seq < last.seq
        {
            // The process ended between a commit and its head. Left behind, the head would not miss those entries.
            if journal::is_own_after(&db, &identity, remembered.seq, remembered.chain)? {
                head.write(identity.generation, last.seq, last.chain, true)?;
            } else {
                alarm = Some(HeadAlarm::Forked);
            }
        }
        if let Some(alarm) = alarm {
            tracing::error!(?alarm, "the head and the journal disagree");
        }
        // The next entry moves the head on; what it noticed is kept until somebody has seen to it.
        let alarm = match alarm {
            Some(alarm) => Some(alarm.keep(&db)?),
            None => HeadAlarm::kept(&db)?,
        };
        let seen: Option<i64> =
            db.query_row("select value from local_fact where name = 'hlc'", [], |row| row.get(0)).optional()?;
        let seen = Hlc(seen.and_then(|seen| u64::try_from(seen).ok()).unwrap_or(0));
        let after = last.map_or(Hlc::default(), |entry| entry.hlc).max(seen);
        let writer = Writer { db, capture, head, clock: HybridClock::after(after), entropy, last };
        Ok(Self {
            vault,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            identity,
            parts,
            alarm: Mutex::new(alarm),
        })
    }

    /// The folder's place.
    pub fn dir(&self) -> &Path {
        self.vault.dir()
    }

    /// The encrypted file, for an independent reader and for its keys.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Who the folder is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What the head noticed, at this opening or an earlier one, and nobody has seen to.
    pub fn alarm(&self) -> Option<HeadAlarm> {
        *self.alarm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody has seen to what the head noticed: it is not told any more.
    pub fn settle_alarm(&self) -> Result<(), StoreError> {
        HeadAlarm::forget(&self.writer().db)?;
        *self.alarm.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// A person or a job did something: captured and journalled, or nothing at all. One entry, or several of one
    /// transaction where it is too large to be sent as one.
    pub fn write<T, E>(
        &self,
        actor: Actor,
        command: &str,
        at: Timestamp,
        run: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, WriteFailed<E>> {
        self.writer().write(&self.identity, self.parts.folds, actor, command, at, run)
    }

    /// A consistent picture, for reading.
    pub fn read<T, E>(&self, actor: UserId, at: Timestamp, look: impl FnOnce(&View<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError> + From<rusqlite::Error>,
    {
        let pooled = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let db = match pooled {
            Some(db) => db,
            None => self.vault.reader().map_err(StoreError::from)?,
        };
        let answer = {
            let picture = db.unchecked_transaction()?;
            let answer = look(&View { db: &picture, at, actor, identity: &self.identity });
            picture.finish()?;
            answer
        };
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(db);
        answer
    }

    /// Computes every cache anew. A test holds this equal to what the increments gave.
    pub fn refold_all(&self) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let Writer { db, capture, .. } = &mut *writer;
        let tx = db.transaction()?;
        let _door = capture.open(false);
        for fold in self.parts.folds {
            (fold.all)(&tx)?;
        }
        tx.commit()?;
        Ok(())
    }

    pub(crate) fn folds(&self) -> &'static [Fold] {
        self.parts.folds
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        // A panic in a command rolled its transaction back; the connection is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let writer = self.writer.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writer.head.sync() {
            tracing::warn!(%error, "the head could not be synced at closing");
        }
    }
}
