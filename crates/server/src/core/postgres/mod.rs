//! The backend on PostgreSQL: many organizations, several server processes.
//!
//! Every transaction names its organization first; row-level security shows it nothing else, and every statement
//! names it again. What desks wrote is sealed with the organization's key before it is sent, so neither the database
//! nor its backups can be read without the server's key file. The role of these connections owns nothing.
//!
//! The methods block, as the service does; they may be called on any thread that may wait, never inside a task.

mod codes;
mod connections;
mod keys;
mod migrate;
mod read;
mod rows;
mod take_over;
mod write;

use std::{future::Future, path::Path, sync::Arc, time::Duration};

use connections::{Lent, Pool};
use domain::{
    canonical::{Digest, Hash},
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
};
use keys::{Keys, Random, Sealer};
use sync::{merge::RecordState, protocol::FeedToken};
use thiserror::Error;
use tokio::{runtime::Handle, time::timeout};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
    error::SqlState,
};
use vault::KeyFile;

use super::{
    Backend, BackendError, Changes, Device, Facts, Head, Invite, Key, Member, Organization, Page, Wanted, identifier,
    site::{Contact, Site},
};

pub use migrate::migrate;

/// The key beside nothing else: what is in the database is sealed with it.
const KEY_FILE: &str = "server.key";
/// As many as the wire has calls at the same time: none waits for a connection while another holds two.
const CONNECTIONS: usize = 16;
/// The longest anything may take; a statement gives up sooner.
const LONGEST: Duration = Duration::from_mins(2);

const BEGIN: &str = include_str!("sql/begin.sql");
const SNAPSHOT: &str = include_str!("sql/begin_snapshot.sql");

/// Why a database was not opened.
#[derive(Debug, Error)]
pub enum PostgresError {
    /// The address cannot be read.
    #[error("the database's address cannot be read: {0}")]
    Address(String),
    /// It would cross a network in the clear.
    #[error(
        "this server speaks to PostgreSQL without TLS: use a Unix socket or this machine, or say sslmode=disable \
         where the line is protected by other means"
    )]
    Plain,
    /// The key file.
    #[error("the server's key file: {0}")]
    Key(#[from] std::io::Error),
    /// The database was prepared with another key.
    #[error("this database belongs to a server with another key file")]
    OtherKey,
    /// `migrate` was not run, or an older program is on a newer database.
    #[error("the database's schema is version {found}, this program knows {known}: run praxis-server migrate")]
    Schema {
        /// In the database.
        found: i32,
        /// In the program.
        known: i32,
    },
    /// The role could see other organizations or change the tables.
    #[error("the role {role} {why}: the server runs as a role that owns nothing, such as praxis_app")]
    Role {
        /// Its name.
        role: String,
        /// What it could do.
        why: &'static str,
    },
    /// There is no role for the server.
    #[error("there is no role praxis_app: create role praxis_app login password '…'")]
    NoRole,
    /// The database says why.
    #[error("the database: {0}")]
    Database(#[from] BackendError),
}

/// Trouble below the contract.
#[derive(Debug)]
pub(super) enum Trouble {
    Database(tokio_postgres::Error),
    Says(&'static str),
    Backend(BackendError),
}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error)
    }
}

impl From<BackendError> for Trouble {
    fn from(error: BackendError) -> Self {
        Self::Backend(error)
    }
}

impl From<Trouble> for BackendError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            // Code and message; a detail could quote a row.
            Trouble::Database(error) => Self(match error.as_db_error() {
                Some(said) => format!("{} {}", said.code().code(), said.message()),
                None => error.to_string(),
            }),
            Trouble::Says(what) => Self(what.to_owned()),
            Trouble::Backend(error) => error,
        }
    }
}

impl From<Trouble> for PostgresError {
    fn from(trouble: Trouble) -> Self {
        Self::Database(trouble.into())
    }
}

impl Trouble {
    /// Somebody else holds the row, and waiting was in vain.
    fn is_lock(&self) -> bool {
        matches!(self, Self::Database(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE))
    }
}

/// Organizations in a PostgreSQL database. Clones share its connections.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    keys: Arc<Keys>,
    runtime: Handle,
}

/// A push transaction: the head row is held.
pub struct PostgresTx {
    org: OrgId,
    head: Head,
    sealer: Sealer,
    lent: Lent,
}

/// The address, if it may be used without TLS.
fn address(url: &str, name: &str) -> Result<Config, PostgresError> {
    let mut config: Config =
        url.parse().map_err(|error: tokio_postgres::Error| PostgresError::Address(error.to_string()))?;
    let near = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    let near = config.get_hosts().iter().all(near) && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback);
    if !near && config.get_ssl_mode() != SslMode::Disable {
        return Err(PostgresError::Plain);
    }
    if config.get_application_name().is_none() {
        config.application_name(name);
    }
    Ok(config)
}

impl Postgres {
    /// Opens a database that [`migrate`] prepared, with the key file in the folder `dir`. `url` is an address as
    /// libpq takes it, of a role that owns nothing. Connections live on `runtime`.
    pub async fn open(url: &str, dir: &Path, runtime: Handle, random: Random) -> Result<Self, PostgresError> {
        let opened = Self::unchecked(url, dir, runtime, random)?;
        opened.stands_right().await?;
        Ok(opened)
    }

    /// The same for the role that owns the tables: for moving a clinic in, never for serving.
    pub async fn open_as_owner(url: &str, dir: &Path, runtime: Handle, random: Random) -> Result<Self, PostgresError> {
        let opened = Self::unchecked(url, dir, runtime, random)?;
        let mut lent = opened.pool.take().await?;
        migrate::check_key(&mut lent, &opened.keys).await?;
        drop(lent);
        Ok(opened)
    }

    /// Opens without looking who connects: for whoever prepares the database.
    fn unchecked(url: &str, dir: &Path, runtime: Handle, random: Random) -> Result<Self, PostgresError> {
        let config = address(url, "praxis-server")?;
        let key = KeyFile::read(&dir.join(KEY_FILE))?;
        let pool = Pool::new(config, CONNECTIONS, runtime.clone());
        Ok(Self { pool, keys: Arc::new(Keys::new(key, random)), runtime })
    }

    /// The schema is this program's, the key is this database's, and the role could do no harm.
    async fn stands_right(&self) -> Result<(), PostgresError> {
        let mut lent = self.pool.take().await?;
        let (found, known) = (migrate::version(&mut lent).await?, migrate::KNOWN);
        if found != known {
            return Err(PostgresError::Schema { found, known });
        }
        migrate::check_key(&mut lent, &self.keys).await?;
        let standing = lent.row(include_str!("sql/standing.sql"), &[]).await?.ok_or(Trouble::Says("who is this?"))?;
        let says = |column| standing.try_get::<_, bool>(column).map_err(Trouble::from);
        let role = standing.try_get("role").map_err(Trouble::from)?;
        if says("above_rows")? {
            return Err(PostgresError::Role { role, why: "is above row-level security" });
        }
        if says("owner")? {
            return Err(PostgresError::Role { role, why: "owns tables" });
        }
        Ok(())
    }

    /// Waits for what the database is asked, but not for ever.
    fn wait<T>(&self, asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, BackendError> {
        let late = |_| BackendError("the database did not answer in time".to_owned());
        Ok(self.runtime.block_on(async { timeout(LONGEST, asked).await }).map_err(late)??)
    }

    /// A connection within a transaction of this organization.
    async fn within(&self, begin: &'static str, org: OrgId) -> Result<Lent, Trouble> {
        let mut lent = self.pool.take().await?;
        lent.enter(begin, org).await?;
        Ok(lent)
    }

    /// The same, with the organization's key. Fails when there is no such organization.
    async fn sealed(&self, begin: &'static str, org: OrgId) -> Result<(Lent, Sealer), Trouble> {
        let mut lent = self.within(begin, org).await?;
        let head = lent.row(include_str!("sql/head.sql"), &[&org.0]).await?.ok_or(UNKNOWN)?;
        let sealer = self.keys.of(org, head.try_get("org_key")?)?;
        Ok((lent, sealer))
    }

    /// Reads within one transaction.
    fn look<T>(&self, org: OrgId, look: impl AsyncFnOnce(&mut Lent) -> Result<T, Trouble>) -> Result<T, BackendError> {
        self.wait(async {
            let mut lent = self.within(SNAPSHOT, org).await?;
            let seen = look(&mut lent).await?;
            lent.commit().await?;
            Ok(seen)
        })
    }

    /// One short write outside a push.
    fn write_once<T>(
        &self,
        org: OrgId,
        write: impl AsyncFnOnce(&mut Lent) -> Result<T, Trouble>,
    ) -> Result<T, BackendError> {
        self.wait(async {
            let mut lent = self.within(BEGIN, org).await?;
            let done = write(&mut lent).await?;
            lent.commit().await?;
            Ok(done)
        })
    }

    /// One row of the directory, which belongs to no organization.
    async fn to_directory(&self, what: &str, id: &[u8], org: OrgId) -> Result<(), Trouble> {
        let mut lent = self.pool.take().await?;
        lent.execute(include_str!("sql/add_to_directory.sql"), &[&what, &id, &org.0]).await?;
        Ok(())
    }

    /// Takes the head row, waiting as long as a session waits for a lock.
    async fn take_head(&self, org: OrgId) -> Result<PostgresTx, Trouble> {
        let mut lent = self.within(BEGIN, org).await?;
        let row = lent.row(include_str!("sql/take_head.sql"), &[&org.0]).await?.ok_or(UNKNOWN)?;
        let sealer = self.keys.of(org, row.try_get("org_key")?)?;
        Ok(PostgresTx { org, head: rows::head(&row)?, sealer, lent })
    }
}

/// Nobody of that id is here, or this transaction may not see them.
const UNKNOWN: Trouble = Trouble::Says("unknown organization");

impl Backend for Postgres {
    type Tx = PostgresTx;

    fn begin(&self, org: OrgId) -> Result<Option<PostgresTx>, BackendError> {
        self.wait(async {
            match self.take_head(org).await {
                Ok(tx) => Ok(Some(tx)),
                Err(trouble) if trouble.is_lock() => Ok(None),
                Err(trouble) => Err(trouble),
            }
        })
    }

    fn facts(&self, tx: &mut PostgresTx, wanted: &Wanted) -> Result<Option<Facts>, BackendError> {
        self.wait(read::facts(tx, wanted))
    }

    fn records(&self, tx: &mut PostgresTx, keys: &[Key]) -> Result<Vec<RecordState>, BackendError> {
        self.wait(read::records(tx, keys))
    }

    fn claims(
        &self,
        tx: &mut PostgresTx,
        resource: RecordId,
        window: Interval,
    ) -> Result<Vec<RecordState>, BackendError> {
        self.wait(read::claims(tx, resource, window))
    }

    fn write(&self, tx: &mut PostgresTx, changes: &Changes) -> Result<(), BackendError> {
        self.wait(write::changes(tx, changes))
    }

    fn commit(&self, mut tx: PostgresTx) -> Result<(), BackendError> {
        self.wait(async { tx.lent.commit().await })
    }

    fn found(&self, organization: &Organization) -> Result<bool, BackendError> {
        let org = organization.org;
        let (_, wrapped) = self.keys.fresh(org)?;
        let head =
            Head { seq: 0, high: domain::clock::Hlc::default(), epoch: organization.epoch, floor: 0, log: [0; 32] };
        let new = self.write_once(org, async |lent| write::found(lent, organization, &head, &wrapped).await)?;
        self.wait(self.to_directory("organization", org.0.as_bytes(), org))?;
        Ok(new)
    }

    fn organization(&self, org: OrgId) -> Result<Option<Organization>, BackendError> {
        self.look(org, async |lent| read::organization(lent, org).await)
    }

    fn enrol(&self, device: &Device) -> Result<bool, BackendError> {
        self.write_once(device.org, async |lent| write::enrol(lent, device).await)
    }

    fn device(&self, org: OrgId, device: DeviceId, generation: GenerationId) -> Result<Option<Device>, BackendError> {
        self.look(org, async |lent| read::device(lent, org, device, generation).await)
    }

    fn devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError> {
        self.look(org, async |lent| read::devices(lent, org).await)
    }

    fn member(&self, org: OrgId, user: UserId) -> Result<Option<Member>, BackendError> {
        self.look(org, async |lent| read::member(lent, org, user).await)
    }

    fn log_at(&self, org: OrgId, position: u64) -> Result<Option<Hash>, BackendError> {
        if position == 0 {
            return Ok(Some([0; 32]));
        }
        self.look(org, async |lent| read::log_at(lent, org, position).await)
    }

    fn begin_epoch(&self, org: OrgId, known: Uuid, epoch: Uuid) -> Result<(), BackendError> {
        self.write_once(org, async |lent| {
            lent.execute(include_str!("sql/begin_epoch.sql"), &[&org.0, &epoch, &known]).await?;
            Ok(())
        })
    }

    fn page(&self, org: OrgId, scope: &str, after: FeedToken, limit: u32) -> Result<Page, BackendError> {
        self.wait(async {
            let (mut lent, sealer) = self.sealed(SNAPSHOT, org).await?;
            let page = read::page(&mut lent, &sealer, scope, after, limit).await?;
            lent.commit().await?;
            Ok(page)
        })
    }

    fn digest(&self, org: OrgId) -> Result<(u64, Digest), BackendError> {
        self.wait(async {
            let mut lent = self.within(SNAPSHOT, org).await?;
            let head = lent.row(include_str!("sql/head.sql"), &[&org.0]).await?.ok_or(UNKNOWN)?;
            let sealer = self.keys.of(org, head.try_get("org_key")?)?;
            let digest = read::digest(&mut lent, &sealer).await?;
            lent.commit().await?;
            Ok((rows::head(&head)?.seq, digest))
        })
    }
}

impl Site for Postgres {
    fn derive(&self, purpose: &'static str) -> [u8; 32] {
        self.keys.derive(purpose)
    }

    fn organizations(&self) -> Result<Vec<OrgId>, BackendError> {
        self.wait(async {
            let mut lent = self.pool.take().await?;
            let found = lent.rows(include_str!("sql/organizations.sql"), &[]).await?;
            found.iter().map(|row| Ok(OrgId(row.try_get("org_id")?))).collect()
        })
    }

    fn invite(&self, invite: &Invite) -> Result<(), BackendError> {
        self.wait(codes::keep(self, invite))
    }

    fn find_invite(&self, name: &str) -> Result<Option<Invite>, BackendError> {
        self.wait(codes::find(self, name))
    }

    fn fail_invite(&self, invite: &Invite) -> Result<u8, BackendError> {
        self.wait(codes::fail(self, invite))
    }

    fn redeem(&self, invite: &Invite, device: &Device) -> Result<(), BackendError> {
        self.wait(codes::redeem(self, invite, device))
    }

    fn first_contact(&self, contact: &Contact) -> Result<bool, BackendError> {
        let (org, device, nonce) = (contact.org.0, contact.device.0, &contact.nonce[..]);
        self.write_once(contact.org, async |lent| {
            lent.execute(include_str!("sql/forget_contacts.sql"), &[&org, &device, &contact.forget_ms]).await?;
            let added =
                lent.execute(include_str!("sql/first_contact.sql"), &[&org, &device, &nonce, &contact.at_ms]).await?;
            Ok(added == 1)
        })
    }

    fn bearers(&self, org: OrgId, identifier: &str) -> Result<Vec<Key>, BackendError> {
        self.wait(async {
            let (mut lent, sealer) = self.sealed(SNAPSHOT, org).await?;
            let blind = sealer.blind(&identifier::plain(identifier));
            let found = lent.rows(include_str!("sql/bearers.sql"), &[&org.0, &blind]).await?;
            lent.commit().await?;
            found.iter().map(rows::key).collect()
        })
    }
}
