//! Migrations: numbered SQL, forward only, unchangeable once released. They change shape; a change of data is a
//! command, so that it travels.

use crate::StoreError;
use vault::rusqlite::Connection;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number: 1, 2, 3 … without gaps.
    pub number: i64,
    /// The file's name.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
    /// Whether an application that does not know this step may still open the folder. If not, `user_version`
    /// rises to this number.
    pub older_may_open: bool,
}

/// The store's own first step.
pub(crate) const STORE: Migration = Migration {
    number: 1,
    name: "0001_store",
    sql: include_str!("../../../migrations/desk/0001_store.sql"),
    older_may_open: false,
};

/// The newest step of a program with these steps: what a vault is opened with.
pub fn newest(own: &[Migration]) -> u32 {
    own.iter().map(|step| step.number).max().and_then(|number| u32::try_from(number).ok()).unwrap_or(1)
}

/// Brings the schema up to date, each step in a transaction of its own.
pub(crate) fn migrate(db: &Connection, own: &[Migration]) -> Result<(), StoreError> {
    db.execute_batch(
        "create table if not exists local_migration (number integer primary key, name text not null) strict",
    )?;
    let done: i64 = db.query_row("select coalesce(max(number), 0) from local_migration", [], |row| row.get(0))?;
    for step in std::iter::once(&STORE).chain(own).filter(|step| step.number > done) {
        let tx = db.unchecked_transaction()?;
        tx.execute_batch(step.sql)?;
        tx.execute("insert into local_migration (number, name) values (?1, ?2)", (step.number, step.name))?;
        if !step.older_may_open {
            tx.pragma_update(None, "user_version", step.number)?;
        }
        tx.commit()?;
        tracing::info!(step = step.name, "migrated");
    }
    Ok(())
}
