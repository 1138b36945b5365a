//! Connections that are lent out and given back.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::Connection;

/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// A few connections of one sort.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    shared: Arc<(Mutex<Vec<Connection>>, Condvar)>,
}

impl Pool {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        Self { shared: Arc::new((Mutex::new(connections), Condvar::new())) }
    }

    /// Waits a while for a free one.
    pub(super) fn take(&self) -> Option<Connection> {
        let (free, returned) = &*self.shared;
        let free = free.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut free, _) =
            returned.wait_timeout_while(free, PATIENCE, |free| free.is_empty()).unwrap_or_else(PoisonError::into_inner);
        free.pop()
    }

    /// Gives one back. A transaction that is still open on it is undone.
    pub(super) fn give(&self, connection: Connection) {
        if !connection.is_autocommit() {
            // Should this fail, the next `begin` on the connection fails and says so.
            drop(connection.execute_batch("rollback"));
        }
        let (free, returned) = &*self.shared;
        free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        returned.notify_one();
    }
}
