use domain::{
    canonical::Hash,
    id::{DocumentId, PatientId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use super::{Block, Content, Purpose, ink};
use crate::Failure;

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Prepared.
    Draft,
    /// The patient, or who decides for them, has signed.
    Signed,
    /// Rendered and sealed: unchangeable.
    Sealed,
    /// The patient said no, and that is kept.
    Refused,
}

/// In what quality someone signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignerRole {
    /// The patient.
    Patient,
    /// Whoever decides for the patient.
    Guardian,
    /// Whoever explained and will act.
    Practitioner,
    /// Someone who saw it.
    Witness,
}

impl SignerRole {
    const ALL: [Self; 4] = [Self::Patient, Self::Guardian, Self::Practitioner, Self::Witness];

    /// The word in records and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Guardian => "guardian",
            Self::Practitioner => "practitioner",
            Self::Witness => "witness",
        }
    }

    /// Whether this signature decides the purposes.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Patient | Self::Guardian)
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A purpose in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GrantedPurpose {
    /// What for.
    pub key: String,
    /// What the patient read.
    pub label: String,
    /// Whether they allowed it.
    pub granted: bool,
}

/// A document in the patient's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// `consent`.
    pub kind: String,
    /// How far it has come.
    pub state: DocumentState,
    /// When it was prepared.
    pub created_at: Timestamp,
    /// When it was sealed.
    pub sealed_at: Option<Timestamp>,
    /// The digits by which people name a sealed document.
    pub short_code: Option<String>,
    /// What was asked and allowed.
    pub purposes: Vec<GrantedPurpose>,
}

/// Who has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignatureRow {
    /// In what quality.
    pub role: SignerRole,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// A document to be read and signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Prepared {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The language it is in.
    pub locale: String,
    /// The template's version.
    pub template_version: u32,
    /// The text, filled in.
    pub blocks: Vec<Block>,
    /// What may be allowed.
    pub purposes: Vec<Purpose>,
    /// Whether a witness signs as well.
    pub needs_witness: bool,
    /// How far it has come.
    pub state: DocumentState,
    /// Who has signed what stands there.
    pub signatures: Vec<SignatureRow>,
}

/// A signature as it was given.
pub(super) struct Given {
    pub(super) row: SignatureRow,
    pub(super) ink: papers::Ink,
}

/// A document as its rules need it; the PDF stays where it is.
pub(super) struct Stored {
    pub(super) id: DocumentId,
    pub(super) patient: PatientId,
    pub(super) kind: String,
    pub(super) created_at: Timestamp,
    pub(super) content: Content,
    pub(super) hash: Hash,
    pub(super) refused_at: Option<Timestamp>,
    pub(super) sealed_at: Option<Timestamp>,
    pub(super) short_code: Option<String>,
    /// Only those given under the content as it stands, in the order in which roles stand on the paper.
    pub(super) signatures: Vec<Given>,
}

/// A row of `document`, its content not read yet.
struct Raw {
    id: DocumentId,
    patient: PatientId,
    kind: String,
    created_at: Timestamp,
    content: String,
    hash: Hash,
    refused_at: Option<Timestamp>,
    sealed_at: Option<Timestamp>,
    short_code: Option<String>,
}

impl Stored {
    pub(super) fn load(view: &View<'_>, id: DocumentId) -> Result<Option<Self>, Failure> {
        let raw = view
            .db()
            .prepare_cached(include_str!("sql/document.sql"))
            .and_then(|mut query| query.query_row(named_params! { ":id": id.0 }, Raw::from_row).optional())
            .map_err(|error| Failure::Store(error.into()))?;
        raw.map(|raw| raw.complete(view)).transpose()
    }

    /// The documents of a patient, the newest first.
    pub(super) fn of_patient(view: &View<'_>, patient: PatientId) -> Result<Vec<Self>, Failure> {
        let rows: Vec<Raw> = view
            .db()
            .prepare_cached(include_str!("sql/documents.sql"))
            .and_then(|mut query| query.query_map(named_params! { ":patient_id": patient.0 }, Raw::from_row)?.collect())
            .map_err(|error| Failure::Store(error.into()))?;
        rows.into_iter().map(|raw| raw.complete(view)).collect()
    }

    pub(super) fn state(&self) -> DocumentState {
        if self.sealed_at.is_some() {
            DocumentState::Sealed
        } else if self.refused_at.is_some() {
            DocumentState::Refused
        } else if self.signatures.iter().any(|given| given.row.role.decides()) {
            DocumentState::Signed
        } else {
            DocumentState::Draft
        }
    }

    pub(super) fn row(&self) -> DocumentRow {
        let purposes = self.content.purposes.iter().map(|choice| GrantedPurpose {
            key: choice.purpose.key.clone(),
            label: choice.purpose.label.clone(),
            granted: choice.granted == Some(true),
        });
        DocumentRow {
            id: self.id,
            title: self.content.title.clone(),
            kind: self.kind.clone(),
            state: self.state(),
            created_at: self.created_at,
            sealed_at: self.sealed_at,
            short_code: self.short_code.clone(),
            purposes: purposes.collect(),
        }
    }

    pub(super) fn prepared(&self) -> Prepared {
        Prepared {
            id: self.id,
            title: self.content.title.clone(),
            locale: self.content.locale.clone(),
            template_version: self.content.version,
            blocks: self.content.blocks.clone(),
            purposes: self.content.purposes.iter().map(|choice| choice.purpose.clone()).collect(),
            needs_witness: self.content.needs_witness,
            state: self.state(),
            signatures: self.signatures.iter().map(|given| given.row.clone()).collect(),
        }
    }
}

impl Raw {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let instant = |column: &str| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp::from_millis));
        Ok(Self {
            id: DocumentId(row.get("id")?),
            patient: PatientId(row.get("patient_id")?),
            kind: row.get("kind")?,
            created_at: Timestamp::from_millis(row.get("created_at")?),
            content: row.get("content")?,
            hash: row.get("content_hash")?,
            refused_at: instant("refused_at")?,
            sealed_at: instant("sealed_at")?,
            short_code: row.get("short_code")?,
        })
    }

    fn complete(self, view: &View<'_>) -> Result<Stored, Failure> {
        let mut signatures = given(view, self.id, &self.hash)?;
        signatures.sort_by_key(|given| (given.row.role, given.row.at));
        Ok(Stored {
            id: self.id,
            patient: self.patient,
            kind: self.kind,
            created_at: self.created_at,
            content: Content::thaw(&self.content, &self.hash)?,
            hash: self.hash,
            refused_at: self.refused_at,
            sealed_at: self.sealed_at,
            short_code: self.short_code,
            signatures,
        })
    }
}

/// The signatures that were given under that hash. A signature holds for no other.
fn given(view: &View<'_>, document: DocumentId, hash: &Hash) -> Result<Vec<Given>, Failure> {
    let rows: Vec<(String, String, i64, Vec<u8>)> = view
        .db()
        .prepare_cached(include_str!("sql/signatures.sql"))
        .and_then(|mut query| {
            query
                .query_map(named_params! { ":document_id": document.0, ":document_hash": hash }, |row| {
                    Ok((row.get("role")?, row.get("name")?, row.get("signed_at")?, row.get("strokes")?))
                })?
                .collect()
        })
        .map_err(|error| Failure::Store(error.into()))?;
    let read = |(role, name, at, strokes): (String, String, i64, Vec<u8>)| {
        let row = SignatureRow { role: SignerRole::of_word(&role)?, name, at: Timestamp::from_millis(at) };
        Some(Given { row, ink: ink::decode(&strokes)? })
    };
    rows.into_iter().map(|row| read(row).ok_or(Failure::Damaged("a signature"))).collect()
}
