//! The backend on an embedded vault file: one clinic on one machine.
//!
//! SQLite has one writer, so holding the writing connection *is* holding the head row; `begin immediate` makes that
//! true of the file as well. Readers have connections of their own and see one snapshot each.

mod connections;
mod read;
mod site;
mod whole;
mod write;

use std::{io, path::Path, sync::Arc};

use connections::Pool;
use domain::{
    canonical::{Digest, Hash},
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
};
use rusqlite::{Connection, OptionalExtension, named_params};
use sync::{merge::RecordState, protocol::FeedToken};
use thiserror::Error;
use vault::{Check, DataKey, Entropy, KeyFile, KeySlots, OpenError, Opening, Vault};

use super::{Backend, BackendError, Changes, Device, Facts, Key, Member, Organization, Page, Wanted};

/// The newest schema this program knows.
const SCHEMA: u32 = 1;
/// The key beside the data: protects a copy, not a stolen machine.
const KEY_FILE: &str = "server.key";
/// The vault's folder within the server's.
const VAULT: &str = "vault";

/// Why a server's folder did not open.
#[derive(Debug, Error)]
pub enum SqliteError {
    /// The vault says why.
    #[error("the server's vault did not open: {0}")]
    Vault(#[from] OpenError),
    /// The key file.
    #[error("the server's key file: {0}")]
    Key(#[from] io::Error),
    /// The schema could not be brought up to date.
    #[error("the server's database: {0}")]
    Database(#[from] rusqlite::Error),
}

/// Organizations on an embedded vault file. Clones share it.
#[derive(Debug, Clone)]
pub struct Sqlite {
    writer: Pool,
    readers: Pool,
    key: Arc<DataKey>,
    /// Keeps the folder locked for as long as anything is open in it.
    _vault: Arc<Vault>,
}

/// A push transaction on the writing connection.
#[derive(Debug)]
pub struct SqliteTx {
    org: OrgId,
    /// Gone once committed.
    writer: Option<Connection>,
    home: Pool,
}

impl SqliteTx {
    fn db(&self) -> Result<&Connection, BackendError> {
        self.writer.as_ref().ok_or_else(|| BackendError("the transaction has ended".to_owned()))
    }
}

impl Drop for SqliteTx {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            self.home.give(writer);
        }
    }
}

impl Sqlite {
    /// Opens the server's folder, or makes it: `server.key` (readable by its owner only) and the vault.
    pub fn open(dir: &Path, now_ms: i64, entropy: &mut dyn Entropy) -> Result<Self, SqliteError> {
        let opening = Opening { program: "praxis-server", now_ms, known_schema: SCHEMA, check: Check::Header };
        let (key_path, vault_path) = (dir.join(KEY_FILE), dir.join(VAULT));
        vault::durable::create_folder(dir)?;
        let key = match KeyFile::read(&key_path) {
            Ok(key) => key,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !vault_path.exists() => {
                let key = DataKey::generate(entropy);
                KeyFile::create(&key_path, &key)?;
                key
            }
            Err(error) => return Err(error.into()),
        };
        let vault = if vault_path.exists() {
            Vault::open(&vault_path, &key, opening)?
        } else {
            let slots = KeySlots::new(&key, entropy);
            Vault::create(&vault_path, &key, &slots, opening, entropy)?
        };
        let writer = vault.writer()?;
        migrate(&writer)?;
        let readers = (0..2).map(|_| vault.reader()).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            writer: Pool::new(vec![writer]),
            readers: Pool::new(readers),
            key: Arc::new(key),
            _vault: Arc::new(vault),
        })
    }

    /// Something read on a connection of its own.
    fn look<T>(&self, look: impl FnOnce(&mut Connection) -> Result<T, BackendError>) -> Result<T, BackendError> {
        let busy = || BackendError("no reading connection is free".to_owned());
        let mut reader = self.readers.take().ok_or_else(busy)?;
        let seen = look(&mut reader);
        self.readers.give(reader);
        seen
    }

    /// One short write outside a push.
    fn write_once<T>(&self, write: impl FnOnce(&Connection) -> Result<T, BackendError>) -> Result<T, BackendError> {
        let busy = || BackendError("the writing connection is busy".to_owned());
        let writer = self.writer.take().ok_or_else(busy)?;
        let done = writer.execute_batch("begin immediate").map_err(BackendError::from).and_then(|()| {
            let done = write(&writer)?;
            writer.execute_batch("commit")?;
            Ok(done)
        });
        self.writer.give(writer);
        done
    }
}

impl From<rusqlite::Error> for BackendError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

fn migrate(writer: &Connection) -> rusqlite::Result<()> {
    let version: u32 = writer.query_row("pragma user_version", [], |row| row.get(0))?;
    if version < 1 {
        let steps = include_str!("../../../../../migrations/server/sqlite/0001_server.sql");
        writer.execute_batch(&format!("begin immediate;\n{steps}\npragma user_version = 1;\ncommit;"))?;
    }
    Ok(())
}

impl Backend for Sqlite {
    type Tx = SqliteTx;

    fn begin(&self, org: OrgId) -> Result<Option<SqliteTx>, BackendError> {
        let Some(writer) = self.writer.take() else { return Ok(None) };
        let tx = SqliteTx { org, writer: Some(writer), home: self.writer.clone() };
        tx.db()?.execute_batch("begin immediate")?;
        Ok(Some(tx))
    }

    fn facts(&self, tx: &mut SqliteTx, wanted: &Wanted) -> Result<Option<Facts>, BackendError> {
        read::facts(tx.db()?, wanted)
    }

    fn records(&self, tx: &mut SqliteTx, keys: &[Key]) -> Result<Vec<RecordState>, BackendError> {
        read::records(tx.db()?, tx.org, keys)
    }

    fn claims(
        &self,
        tx: &mut SqliteTx,
        resource: RecordId,
        window: Interval,
    ) -> Result<Vec<RecordState>, BackendError> {
        let mut statement = tx.db()?.prepare_cached(include_str!("sql/claims.sql"))?;
        let mut rows = statement.query(named_params! {
            ":org": tx.org.0, ":resource": resource.0, ":since": window.from.millis(), ":until": window.to.millis(),
        })?;
        read::states(&mut rows)
    }

    fn write(&self, tx: &mut SqliteTx, changes: &Changes) -> Result<(), BackendError> {
        write::changes(tx.db()?, tx.org, changes)
    }

    fn commit(&self, tx: SqliteTx) -> Result<(), BackendError> {
        Ok(tx.db()?.execute_batch("commit")?)
    }

    fn found(&self, organization: &Organization) -> Result<bool, BackendError> {
        self.write_once(|db| {
            let added = db.execute(
                include_str!("sql/found.sql"),
                named_params! {
                    ":org": organization.org.0, ":root_key": organization.root_key,
                    ":server_certificate": organization.server_certificate, ":epoch": organization.epoch,
                },
            )?;
            Ok(added == 1)
        })
    }

    fn organization(&self, org: OrgId) -> Result<Option<Organization>, BackendError> {
        self.look(|db| read::organization(db, org))
    }

    fn enrol(&self, device: &Device) -> Result<bool, BackendError> {
        self.write_once(|db| write::enrol(db, device))
    }

    fn device(&self, org: OrgId, device: DeviceId, generation: GenerationId) -> Result<Option<Device>, BackendError> {
        self.look(|db| read::device(db, org, device, generation))
    }

    fn devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError> {
        self.look(|db| read::devices(db, org))
    }

    fn member(&self, org: OrgId, user: UserId) -> Result<Option<Member>, BackendError> {
        self.look(|db| Ok(read::members(db, org, user)?.pop()))
    }

    fn log_at(&self, org: OrgId, position: u64) -> Result<Option<Hash>, BackendError> {
        if position == 0 {
            return Ok(Some([0; 32]));
        }
        self.look(|db| {
            let mut statement = db.prepare_cached(include_str!("sql/log_at.sql"))?;
            let named = named_params! { ":org": org.0, ":position": read::signed(position) };
            Ok(statement.query_row(named, |row| row.get(0)).optional()?)
        })
    }

    fn begin_epoch(&self, org: OrgId, known: Uuid, epoch: Uuid) -> Result<(), BackendError> {
        self.write_once(|db| {
            let named = named_params! { ":org": org.0, ":known": known, ":epoch": epoch };
            db.execute(include_str!("sql/begin_epoch.sql"), named)?;
            Ok(())
        })
    }

    fn page(&self, org: OrgId, scope: &str, after: FeedToken, limit: u32) -> Result<Page, BackendError> {
        // One snapshot: the head that is reported and the records that are read belong together.
        self.look(|db| read::page(&*db.transaction()?, org, scope, after, limit))
    }

    fn digest(&self, org: OrgId) -> Result<(u64, Digest), BackendError> {
        self.look(|db| {
            let snapshot = db.transaction()?;
            let head = read::head(&snapshot, org)?;
            let mut digest = Digest::default();
            let mut statement = snapshot.prepare_cached(include_str!("sql/digests.sql"))?;
            let mut rows = statement.query(named_params! { ":org": org.0 })?;
            while let Some(row) = rows.next()? {
                digest.add(&row.get::<_, Hash>(0)?);
            }
            Ok((head.seq, digest))
        })
    }
}
