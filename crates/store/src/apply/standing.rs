//! Where this folder stands with its server.

use domain::{
    certificate::Certificate,
    clock::Hlc,
    id::{RecordId, UserId, Uuid},
    time::Timestamp,
};
use vault::rusqlite::OptionalExtension;

use crate::{Store, StoreError};

/// Counts over this folder's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The first entry that the server has not answered.
    pub next_seq: u64,
    /// How many it has not answered.
    pub waiting: u64,
    /// How many it keeps aside.
    pub quarantined: u64,
}

/// An entry that the server keeps aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its number in this folder's chain.
    pub seq: u64,
    /// The command's name.
    pub command: String,
    /// Why, as a code.
    pub reason: String,
    /// When it was written, by this desk's clock.
    pub at: Hlc,
}

impl Store {
    /// Where the folder stands.
    pub fn standing(&self) -> Result<Standing, StoreError> {
        let generation = self.identity().generation.0;
        self.read(UserId(Uuid::nil()), Timestamp::default(), |view| {
            Ok(view.db().query_row(include_str!("sql/standing.sql"), [generation], |row| {
                Ok(Standing {
                    next_seq: row.get("next_seq")?,
                    waiting: row.get("waiting")?,
                    quarantined: row.get("quarantined")?,
                })
            })?)
        })
    }

    /// What the server keeps aside, newest first.
    pub fn set_aside(&self) -> Result<Vec<Aside>, StoreError> {
        self.read(UserId(Uuid::nil()), Timestamp::default(), |view| {
            let mut query = view.db().prepare_cached(include_str!("sql/aside.sql"))?;
            let rows = query.query_map([], |row| {
                Ok((row.get::<_, u64>("seq")?, row.get::<_, Vec<u8>>("header")?, row.get::<_, String>("reason")?))
            })?;
            let mut out = Vec::new();
            for row in rows {
                let (seq, header, reason) = row?;
                let header = domain::canonical::Header::decode(&header).map_err(|_| StoreError::Journal)?;
                out.push(Aside { seq, command: header.command, reason, at: header.hlc });
            }
            Ok(out)
        })
    }

    /// The server's address; `None` while the folder has none.
    pub fn server(&self) -> Result<Option<String>, StoreError> {
        self.read(UserId(Uuid::nil()), Timestamp::default(), |view| {
            Ok(view
                .db()
                .query_row("select value from local_fact where name = 'server'", [], |row| row.get(0))
                .optional()?)
        })
    }

    /// Remembers the server's address and its certificate by the root key: who checks a seal of another desk needs
    /// to know whom the organization lets vouch for desks.
    pub fn set_server(&self, address: &str, certificate: &Certificate) -> Result<(), StoreError> {
        self.writer().db.execute(include_str!("sql/set_server.sql"), (address, certificate.encode()))?;
        Ok(())
    }

    /// Records whose server's version is kept because of what this desk did to them, and pages that wait. Both are
    /// empty once everything agrees.
    pub fn unsettled(&self) -> Result<Vec<(u16, RecordId)>, StoreError> {
        self.read(UserId(Uuid::nil()), Timestamp::default(), |view| {
            let mut query = view.db().prepare_cached(include_str!("sql/unsettled.sql"))?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, RecordId(row.get(1)?))))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
