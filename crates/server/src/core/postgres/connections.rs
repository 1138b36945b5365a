//! Connections that are lent out and given back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::id::OrgId;
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_postgres::{Client, Config, NoTls, Row, Statement, types::ToSql};

use super::Trouble;

/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long making one may take.
const CONNECTING: Duration = Duration::from_secs(10);

/// A connection and what was prepared on it.
struct Held {
    client: Client,
    statements: HashMap<&'static str, Statement>,
}

/// At most so many connections to one database, made when they are needed.
#[derive(Clone)]
pub(super) struct Pool {
    config: Arc<Config>,
    free: Arc<Mutex<Vec<Held>>>,
    places: Arc<Semaphore>,
    runtime: Handle,
}

impl Pool {
    pub(super) fn new(config: Config, most: usize, runtime: Handle) -> Self {
        let places = Arc::new(Semaphore::new(most));
        Self { config: Arc::new(config), free: Arc::default(), places, runtime }
    }

    /// Waits a while for a free one, or makes one.
    pub(super) async fn take(&self) -> Result<Lent, Trouble> {
        let waited = timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await;
        let place = waited.ok().and_then(Result::ok).ok_or(Trouble::Says("no connection is free"))?;
        loop {
            let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let held = match free {
                // Closed by the database, which was restarted perhaps.
                Some(held) if held.client.is_closed() => continue,
                Some(held) => held,
                None => self.connect().await?,
            };
            return Ok(Lent { held: Some(held), place: Some(place), pool: self.clone(), open: false });
        }
    }

    async fn connect(&self) -> Result<Held, Trouble> {
        let connecting = timeout(CONNECTING, self.config.connect(NoTls)).await;
        let (client, connection) = connecting.map_err(|_| Trouble::Says("the database does not answer"))??;
        self.runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(code = ?error.code(), "a connection to the database ended");
            }
        });
        client.batch_execute(include_str!("sql/session.sql")).await?;
        Ok(Held { client, statements: HashMap::new() })
    }
}

/// A connection, lent. Dropped in the middle of a transaction it undoes that.
pub(super) struct Lent {
    /// Gone once given back.
    held: Option<Held>,
    place: Option<OwnedSemaphorePermit>,
    pool: Pool,
    /// A transaction is open.
    open: bool,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(held) = self.held.take().filter(|held| !held.client.is_closed()) else { return };
        let (free, place) = (Arc::clone(&self.pool.free), self.place.take());
        if !self.open {
            return free.lock().unwrap_or_else(PoisonError::into_inner).push(held);
        }
        // Whoever drops it may not wait; the place stays taken until it is undone.
        self.pool.runtime.spawn(async move {
            if held.client.batch_execute(include_str!("sql/rollback.sql")).await.is_ok() {
                free.lock().unwrap_or_else(PoisonError::into_inner).push(held);
            }
            drop(place);
        });
    }
}

/// What goes with a statement.
pub(super) type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

impl Lent {
    fn held(&mut self) -> Result<&mut Held, Trouble> {
        self.held.as_mut().ok_or(Trouble::Says("the connection was given back"))
    }

    /// The connection itself, for statements that are sent together.
    pub(super) fn client(&self) -> Result<&Client, Trouble> {
        Ok(&self.held.as_ref().ok_or(Trouble::Says("the connection was given back"))?.client)
    }

    /// Prepares a statement once per connection.
    pub(super) async fn prepared(&mut self, sql: &'static str) -> Result<Statement, Trouble> {
        let held = self.held()?;
        if let Some(statement) = held.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = held.client.prepare(sql).await?;
        held.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    pub(super) async fn rows(&mut self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, Trouble> {
        let statement = self.prepared(sql).await?;
        Ok(self.client()?.query(&statement, params).await?)
    }

    pub(super) async fn row(&mut self, sql: &'static str, params: Params<'_>) -> Result<Option<Row>, Trouble> {
        let statement = self.prepared(sql).await?;
        Ok(self.client()?.query_opt(&statement, params).await?)
    }

    /// Runs it and tells how many rows it touched.
    pub(super) async fn execute(&mut self, sql: &'static str, params: Params<'_>) -> Result<u64, Trouble> {
        let statement = self.prepared(sql).await?;
        Ok(self.client()?.execute(&statement, params).await?)
    }

    /// Begins a transaction in which `org` is the only organization there is.
    pub(super) async fn enter(&mut self, begin: &'static str, org: OrgId) -> Result<(), Trouble> {
        let enter = self.prepared(include_str!("sql/enter.sql")).await?;
        let name = org.0.to_string();
        self.open = true;
        let client = self.client()?;
        // Sent together: one wait instead of two. Without the first the second only speaks of itself.
        let params: Params<'_> = &[&name];
        tokio::try_join!(biased; client.batch_execute(begin), client.query(&enter, params))?;
        Ok(())
    }

    /// Begins a transaction of no organization: for tables that belong to none.
    pub(super) async fn begin(&mut self) -> Result<(), Trouble> {
        self.open = true;
        self.client()?.batch_execute(super::BEGIN).await?;
        Ok(())
    }

    /// Ends the transaction and makes it durable.
    pub(super) async fn commit(&mut self) -> Result<(), Trouble> {
        self.client()?.batch_execute(include_str!("sql/commit.sql")).await?;
        self.open = false;
        Ok(())
    }
}
