//! The patient says no. That is kept as carefully as a yes: the text they were shown, when, and why if they say so.

use domain::{id::DocumentId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{DocumentRow, DocumentState, document::Stored, seal::keep_decision};
use crate::{Command, Failure, Outcome, Topic, Write, command, text};

/// Records a refusal.
#[derive(Debug, Deserialize, TS)]
pub struct Refuse {
    /// Of which document.
    document_id: DocumentId,
    /// Why, if the patient says so. Nobody has to.
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}

/// Why it is not recorded.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such document.
    NotFound,
    /// It is sealed: what was granted is withdrawn, not refused.
    AlreadySealed,
    /// It is refused.
    AlreadyRefused,
}

impl Command for Refuse {
    const NAME: &'static str = "documents.refuse";
    const NEEDS: Permission = Permission::DocumentsEdit;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::Agenda, Topic::Reception];
    const LONG: &'static [(&'static str, usize)] = &[("reason", text::REMARKS)];
    type Output = DocumentRow;
    type Refusal = Refusal;
}

impl Write for Refuse {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(document) = Stored::load(tx, self.document_id)? else { return command::refuse(Refusal::NotFound) };
        match document.state() {
            DocumentState::Sealed => return command::refuse(Refusal::AlreadySealed),
            DocumentState::Refused => return command::refuse(Refusal::AlreadyRefused),
            DocumentState::Draft | DocumentState::Signed => {}
        }

        tx.db().execute(
            include_str!("sql/refuse.sql"),
            named_params! {
                ":id": document.id.0, ":at": tx.at().millis(),
                ":reason": self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()),
            },
        )?;
        for choice in &document.content.purposes {
            keep_decision(tx, &document, &choice.purpose.key, false)?;
        }
        let refused = Stored::load(tx, document.id)?.ok_or(Failure::Damaged("a document that was just refused"))?;
        Ok(refused.row())
    }
}
