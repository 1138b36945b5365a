//! A database of its own for a test, in the PostgreSQL that the run started.
#![allow(dead_code, reason = "each test program takes what it needs")]

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use server::core::{Postgres, PostgresError};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};

/// A prepared database and the folder with the server's key.
pub(crate) struct Database {
    pub(crate) name: String,
    pub(crate) folder: TempDir,
    runtime: Option<Runtime>,
}

/// The folder of the socket.
pub(crate) fn socket() -> PathBuf {
    let told = std::env::var_os("PRAXIS_POSTGRES");
    told.expect("PRAXIS_POSTGRES says where PostgreSQL is: cargo nextest run, or scripts/postgres run …").into()
}

pub(crate) fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).unwrap();
}

fn url_in(role: &str, database: &str) -> String {
    let socket = socket().display().to_string().replace('/', "%2F");
    format!("postgresql://{role}@{socket}/{database}")
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// One that exists and that nobody prepared.
    pub(crate) fn empty() -> Self {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("praxis_{}_{number}", std::process::id());
        let made = Self { name, folder: tempfile::tempdir().unwrap(), runtime: Some(Runtime::new().unwrap()) };
        let url = url_in("praxis_owner", "postgres");
        made.runtime().block_on(async {
            let client = connect(&url).await;
            client.batch_execute(&format!("create database {}", made.name)).await.unwrap();
        });
        made
    }

    /// A prepared one.
    pub(crate) fn new() -> Self {
        let made = Self::empty();
        made.prepare_with(&made.data()).unwrap();
        made
    }

    /// Prepares it, with the key in that folder.
    pub(crate) fn prepare_with(&self, data: &Path) -> Result<(), PostgresError> {
        let runtime = self.runtime();
        runtime.block_on(server::core::migrate(&self.owner(), data, runtime.handle().clone(), random))
    }

    /// The address as the role that the server runs as.
    pub(crate) fn app(&self) -> String {
        url_in("praxis_app", &self.name)
    }

    /// The address as the role that owns the tables.
    pub(crate) fn owner(&self) -> String {
        url_in("praxis_owner", &self.name)
    }

    /// The address as the role that row-level security does not hold.
    pub(crate) fn above(&self) -> String {
        url_in("postgres", &self.name)
    }

    /// The folder with the server's key.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().unwrap()
    }

    /// A server's connections to it.
    pub(crate) fn open(&self) -> Postgres {
        self.open_with(&self.data())
    }

    pub(crate) fn open_with(&self, data: &Path) -> Postgres {
        let runtime = self.runtime();
        runtime.block_on(Postgres::open(&self.app(), data, runtime.handle().clone(), random)).unwrap()
    }

    /// Where the server's data lies.
    pub(crate) fn storage(&self) -> server::Storage {
        server::Storage { data: self.data(), database: Some(self.app()), organizations: 1 }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A test may end inside a task, where a runtime may not wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A connection of the test's own.
pub(crate) async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
