//! The central server: adopt, register, push, pull.

pub mod core;
pub mod service;
pub mod wire;

use std::{future::Future, path::Path, sync::Arc, time::SystemTime};

use self::core::Backend as _;
use domain::{canonical::Digest, id::OrgId, time::Timestamp};
use service::{PraxisService, Surroundings};
use tokio::net::TcpListener;

/// Serves the folder at `data` until `stop` resolves, then lets requests under way end.
pub async fn run(data: &Path, listener: TcpListener, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let folder = core::Sqlite::open(data, now().millis(), &mut random)?;
    let service = PraxisService::new(folder, Surroundings { now, random });
    let limits = wire::WireLimits::default();
    wire::serve(listener, wire::router(Arc::new(service), limits), limits, stop).await;
    Ok(())
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

/// What the folder at `data` holds, without serving it.
pub fn digests(data: &Path) -> anyhow::Result<Vec<Held>> {
    anyhow::ensure!(data.is_dir(), "there is no such folder");
    let folder = core::Sqlite::open(data, now().millis(), &mut random)?;
    let mut held = Vec::new();
    for org in folder.organizations()? {
        let (position, digest) = folder.digest(org)?;
        held.push(Held { org, position, digest });
    }
    Ok(held)
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
