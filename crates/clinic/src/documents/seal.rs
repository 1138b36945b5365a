//! Sealing: the document is rendered once, sealed by this device, and never changes or is rendered again.

use domain::{id::DocumentId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{DocumentRow, DocumentState, SignerRole, document::Stored, paper};
use crate::{Command, Failure, Outcome, Topic, Write, command::refuse, organization::here};

/// Seals a signed document.
#[derive(Debug, Deserialize, TS)]
pub struct Seal {
    /// Which.
    document_id: DocumentId,
}

/// The document in its list, and its seal.
#[derive(Debug, Serialize, TS)]
pub struct SealedDocument {
    /// How it stands in the list.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// The seal.
    pub seal: SealShown,
}

/// What people compare of a seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SealShown {
    /// The digits printed on the paper.
    pub short_code: String,
    /// SHA-256 of the PDF, in hexadecimal digits.
    pub sha256: String,
    /// The certified key of the device that sealed, in hexadecimal digits.
    pub certificate: String,
}

/// Why it is not sealed.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such document.
    NotFound,
    /// It is sealed.
    AlreadySealed,
    /// The patient refused it.
    AlreadyRefused,
    /// Someone has still to sign.
    SignatureMissing {
        /// In what quality.
        roles: Vec<SignerRole>,
    },
}

impl Command for Seal {
    const NAME: &'static str = "documents.seal";
    const NEEDS: Permission = Permission::DocumentsEdit;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::People, Topic::Agenda, Topic::Reception];
    type Output = SealedDocument;
    type Refusal = Refusal;
}

impl Write for Seal {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(document) = Stored::load(tx, self.document_id)? else { return refuse(Refusal::NotFound) };

        match document.state() {
            DocumentState::Sealed => return refuse(Refusal::AlreadySealed),
            DocumentState::Refused => return refuse(Refusal::AlreadyRefused),
            DocumentState::Draft | DocumentState::Signed => {}
        }
        let roles = missing(&document);
        if !roles.is_empty() {
            return refuse(Refusal::SignatureMissing { roles });
        }

        let identity = tx.identity();
        let rendered = paper::render_final(&document, identity.key())?;
        let certificate = identity.certificate.encode();
        let seal = papers::seal::seal(&rendered.pdf, document.id.0, tx.at(), certificate, identity.key());
        tx.db().execute(
            include_str!("sql/seal.sql"),
            named_params! {
                ":id": document.id.0, ":pdf": rendered.pdf, ":seal": seal.to_bytes(),
                ":short_code": rendered.short_code, ":at": tx.at().millis(),
            },
        )?;
        for choice in &document.content.purposes {
            keep_decision(tx, &document, &choice.purpose.key, choice.granted == Some(true))?;
        }
        tx.mark_legal();

        let sealed = Stored::load(tx, document.id)?.ok_or(Failure::Damaged("a document that was just sealed"))?;
        Ok(SealedDocument {
            row: sealed.row(),
            seal: SealShown {
                short_code: rendered.short_code,
                sha256: hex::encode(seal.sha256),
                certificate: hex::encode(identity.certificate.key),
            },
        })
    }
}

/// Who has still to sign.
fn missing(document: &Stored) -> Vec<SignerRole> {
    let signed = |wanted: fn(SignerRole) -> bool| document.signatures.iter().any(|given| wanted(given.row.role));
    let mut roles = Vec::new();
    if !signed(SignerRole::decides) {
        roles.push(SignerRole::Patient);
    }
    if document.content.needs_witness && !signed(|role| role == SignerRole::Witness) {
        roles.push(SignerRole::Witness);
    }
    roles
}

/// Keeps what was decided about a purpose: a fact, from now on.
pub(super) fn keep_decision(tx: &Tx<'_>, document: &Stored, purpose: &str, granted: bool) -> Result<(), Failure> {
    let clinic = here(tx)?.clinic;
    tx.db()
        .prepare_cached(include_str!("sql/insert_consent.sql"))
        .and_then(|mut insert| {
            insert.execute(named_params! {
                ":id": tx.new_id(), ":clinic_id": clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":patient_id": document.patient.0, ":document_id": document.id.0, ":purpose": purpose,
                ":decision": if granted { "granted" } else { "refused" },
            })
        })
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(())
}
