//! The consent form: what the patient read, what they allowed, and their hand under it.

mod code;
mod content;
mod layout;

use domain::time::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::{Ink, Letterhead, PaperError, Run, Setting};
pub use code::{CodeRefused, PaperCode};
pub use content::{ContentHash, short_code};

/// A consent form with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The document's id.
    pub id: Uuid,
    /// Language, zone, demo.
    pub setting: Setting,
    /// Who asks.
    pub clinic: Letterhead,
    /// `Termo de consentimento: bioestimulador de colágeno`.
    pub title: String,
    /// The template's version.
    pub version: u32,
    /// Whom it is about; stands at the head of later pages.
    pub patient: String,
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// What may be allowed, one by one.
    pub purposes: Vec<Purpose>,
    /// Everyone who signs, in order. While one of them has not, the paper is a draft and says so.
    pub signatures: Vec<Signature>,
    /// When the text was prepared: the file's date.
    pub made_at: Timestamp,
    /// The device's signature over the content, for the QR code: [`PaperCode::sign`].
    pub code: Option<PaperCode>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Block {
    /// A line that stands out and is never parted from what follows.
    Heading(String),
    /// A paragraph; see [`Run::parse`].
    Paragraph(Vec<Run>),
}

/// One thing that may be allowed or not, apart from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Purpose {
    /// `Fotos no prontuário`.
    pub label: String,
    /// `Só a equipe que atende`.
    pub detail: Option<String>,
    /// Whether the act cannot be done without it.
    pub required: bool,
    /// What was decided; `None` as long as nothing was. Nothing is ever ticked beforehand.
    pub granted: Option<bool>,
}

/// In what quality someone signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The patient.
    Patient,
    /// Whoever decides for the patient.
    Guardian,
    /// Whoever explained and will act.
    Practitioner,
    /// Someone who saw it.
    Witness,
}

/// A place to sign, and what was signed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// In what quality.
    pub role: Role,
    /// The name under the line.
    pub name: String,
    /// `CPF 123.456.789-09`, `CRM-SP 123456`.
    pub detail: Option<String>,
    /// The hand and when it was put there.
    pub written: Option<Written>,
}

/// A signature given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// When the last stroke was accepted.
    pub at: Timestamp,
    /// The strokes.
    pub ink: Ink,
}

impl Consent {
    /// Whether someone has still to sign.
    pub fn is_draft(&self) -> bool {
        self.signatures.is_empty() || self.signatures.iter().any(|signature| signature.written.is_none())
    }
}

/// Makes the paper.
pub fn consent(data: &Consent) -> Result<Vec<u8>, PaperError> {
    layout::render(data)
}
