//! Opening a document: a read that is kept in the journal.

use domain::{
    id::{DocumentId, Uuid},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{DocumentRow, Prepared, document::Stored};
use crate::{Command, Outcome, Read, Topic, command::refuse};

/// Opens a document.
#[derive(Debug, Deserialize, TS)]
pub struct Open {
    /// Which.
    document_id: DocumentId,
}

/// A document, open.
#[derive(Debug, Serialize, TS)]
pub struct OpenedDocument {
    /// What it says.
    #[serde(flatten)]
    pub prepared: Prepared,
    /// How it stands in the list.
    pub row: DocumentRow,
}

/// Why it stays closed.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such document.
    NotFound,
}

impl Command for Open {
    const NAME: &'static str = "documents.open";
    const NEEDS: Permission = Permission::DocumentsView;
    const TOPICS: &'static [Topic] = &[Topic::Documents];
    type Output = OpenedDocument;
    type Refusal = Refusal;
}

impl Read for Open {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        match Stored::load(view, self.document_id)? {
            Some(stored) => Ok(OpenedDocument { prepared: stored.prepared(), row: stored.row() }),
            None => refuse(Refusal::NotFound),
        }
    }

    fn audited(&self) -> Option<(&'static str, Uuid)> {
        Some(("document", self.document_id.0))
    }
}
