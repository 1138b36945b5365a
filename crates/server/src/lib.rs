//! The central server: adopt, register, push, pull.

pub mod core;
pub mod service;
pub mod wire;

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use self::core::{Backend as _, Moved, Postgres, Site, Sqlite};
use anyhow::{Context as _, ensure};
use domain::{canonical::Digest, id::OrgId, time::Timestamp};
use service::{PraxisService, Surroundings};
use tokio::{
    net::TcpListener,
    runtime::{Handle, Runtime},
};

/// Where a server's data lies.
#[derive(Debug, Clone)]
pub struct Storage {
    /// The server's folder: its key and, without a database, everything.
    pub data: PathBuf,
    /// A PostgreSQL's address, as libpq takes it.
    pub database: Option<String>,
    /// How many organizations may make this server theirs.
    pub organizations: usize,
}

/// An embedded file in that folder, for one organization.
impl From<&Path> for Storage {
    fn from(data: &Path) -> Self {
        Self { data: data.to_owned(), database: None, organizations: 1 }
    }
}

impl From<&PathBuf> for Storage {
    fn from(data: &PathBuf) -> Self {
        Self::from(data.as_path())
    }
}

/// Serves until `stop` resolves, then lets requests under way end.
pub async fn run(
    storage: impl Into<Storage>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let storage = storage.into();
    let around = Surroundings { now, random, organizations: storage.organizations };
    match &storage.database {
        None => {
            let folder = Sqlite::open(&storage.data, now().millis(), &mut random)?;
            serve(PraxisService::new(folder, around), listener, stop).await;
        }
        Some(url) => {
            let database = Postgres::open(url, &storage.data, Handle::current(), random).await?;
            serve(PraxisService::new(database, around), listener, stop).await;
        }
    }
    Ok(())
}

async fn serve<S: Site + Send + Sync + 'static>(
    service: PraxisService<S>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) {
    let limits = wire::WireLimits::default();
    wire::serve(listener, wire::router(Arc::new(service), limits), limits, stop).await;
}

/// What a server holds of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The organization.
    pub org: OrgId,
    /// The newest position of its feed.
    pub position: u64,
    /// Over all replicated columns, as a desk that has them all computes it.
    pub digest: Digest,
}

/// What a server holds, without serving it. Not for use inside a task.
pub fn digests(storage: impl Into<Storage>) -> anyhow::Result<Vec<Held>> {
    let storage = storage.into();
    ensure!(storage.data.is_dir(), "there is no such folder");
    match &storage.database {
        None => held(&Sqlite::open(&storage.data, now().millis(), &mut random)?),
        Some(url) => {
            let runtime = Runtime::new()?;
            held(&runtime.block_on(Postgres::open(url, &storage.data, runtime.handle().clone(), random))?)
        }
    }
}

fn held(site: &impl Site) -> anyhow::Result<Vec<Held>> {
    let mut held = Vec::new();
    for org in site.organizations()? {
        let (position, digest) = site.digest(org)?;
        held.push(Held { org, position, digest });
    }
    Ok(held)
}

/// The records of an organization that bear an identifier. Not for use inside a task.
pub fn find(storage: impl Into<Storage>, org: OrgId, identifier: &str) -> anyhow::Result<Vec<core::Key>> {
    let storage = storage.into();
    Ok(match &storage.database {
        None => Sqlite::open(&storage.data, now().millis(), &mut random)?.bearers(org, identifier)?,
        Some(url) => {
            let runtime = Runtime::new()?;
            let database = runtime.block_on(Postgres::open(url, &storage.data, runtime.handle().clone(), random))?;
            database.bearers(org, identifier)?
        }
    })
}

/// Prepares a database and binds it to the key file in `data`, as the role that owns it. Not for use inside a task.
pub fn migrate(data: &Path, owner: &str) -> anyhow::Result<()> {
    let runtime = Runtime::new()?;
    Ok(runtime.block_on(core::migrate(owner, data, runtime.handle().clone(), random))?)
}

/// Moves the clinic in the embedded file at `data` into a database, as the role that owns that, and prepares the
/// database first. The file is only read; from then on the server is started with both. Not for use inside a task.
pub fn move_to(data: &Path, owner: &str) -> anyhow::Result<(OrgId, Moved)> {
    ensure!(data.join("vault").is_dir(), "there is no embedded server in that folder");
    let file = Sqlite::open(data, now().millis(), &mut random).context("while opening the embedded file")?;
    let organizations = file.organizations()?;
    let [org] = organizations.as_slice() else { anyhow::bail!("the embedded file holds no clinic") };
    migrate(data, owner).context("while preparing the database")?;
    let runtime = Runtime::new()?;
    let database = runtime.block_on(Postgres::open_as_owner(owner, data, runtime.handle().clone(), random))?;
    let moved = database.take_over(&file, *org)?;
    let (sent, arrived) = (file.digest(*org)?, database.digest(*org)?);
    ensure!(sent == arrived, "the digests differ: {} was sent, {} arrived", sent.1, arrived.1);
    Ok((*org, moved))
}

/// The server's clock. A time before 1970 is a machine without one.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The system's randomness. Without any there can be no key and no code: the process ends.
fn random(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        tracing::error!("the system gives no randomness");
        std::process::abort();
    }
}
