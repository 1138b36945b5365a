use thiserror::Error;
use vault::rusqlite;

/// Why the store could not do what was asked. A refusal by a clinic's rule is never one of these.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused")]
    Sql(#[from] rusqlite::Error),
    /// A file beside the database could not be read or written.
    #[error("a file of the folder could not be read or written")]
    File(#[from] std::io::Error),
    /// The vault did not open.
    #[error(transparent)]
    Vault(#[from] vault::OpenError),
    /// A write broke a rule of its record kind: nothing was written.
    #[error("{table}: {rule}")]
    Rule {
        /// The table.
        table: &'static str,
        /// The rule.
        rule: &'static str,
    },
    /// A record holds a value that no record may hold.
    #[error("{table} holds a value of a kind that records may not hold")]
    Value {
        /// The table.
        table: String,
    },
    /// The journal on disk is not what this program writes.
    #[error("the journal is damaged")]
    Journal,
    /// Registry and schema disagree: a programming error found at opening.
    #[error("registry and schema disagree: {0}")]
    Registry(String),
    /// The folder has no identity yet, or has one already.
    #[error("the folder is not founded")]
    NotFounded,
}
