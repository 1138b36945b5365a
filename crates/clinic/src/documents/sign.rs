//! Signing by hand: the patient decides each purpose and signs; who witnesses signs what was decided.

use std::collections::BTreeMap;

use domain::{id::DocumentId, permission::Permission};
use papers::{Ink, InkPoint};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    Content, DocumentState, Prepared, SignerRole,
    content::ChoiceRefused,
    document::Stored,
    ink::{self, NotASignature},
};
use crate::{Command, Failure, Outcome, Topic, Write, command::refuse, organization::here};

/// A signature under a document.
#[derive(Debug, Deserialize, TS)]
pub struct Sign {
    /// Which document.
    document_id: DocumentId,
    /// In what quality.
    role: SignerRole,
    /// The signer's name.
    name: String,
    /// What was drawn.
    strokes: Vec<Stroke>,
    /// On what.
    pad: Pad,
    /// What the patient, or who decides for them, allows. What is not mentioned is refused.
    #[serde(default)]
    #[ts(as = "Option<Vec<GivenPurpose>>", optional)]
    purposes: Vec<GivenPurpose>,
}

/// One stroke, from pen down to pen up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct Stroke {
    /// x and y in 1/100 CSS pixel from the pad's upper left corner, and milliseconds since the first touch.
    pub points: Vec<(i32, i32, u32)>,
}

/// The field that was drawn on, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
pub struct Pad {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A decision about a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct GivenPurpose {
    /// Which.
    pub key: String,
    /// Allowed or not.
    pub granted: bool,
}

/// Why a signature is not taken.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such document.
    NotFound,
    /// It is sealed.
    AlreadySealed,
    /// The patient refused it: prepare a new one.
    AlreadyRefused,
    /// This person has signed it, or the purposes were decided with another signature.
    AlreadySigned,
    /// What others sign is what the patient decided: the patient signs first.
    PatientFirst,
    /// Whose hand is it?
    NameMissing,
    /// Nothing was drawn.
    SignatureEmpty,
    /// Too little was drawn, or only a line.
    SignatureTooSmall,
    /// More was drawn than a signature has.
    SignatureTooLarge,
    /// The act cannot be done without this purpose: grant it, or refuse the document.
    PurposeRequired {
        /// Which.
        key: String,
    },
    /// The document does not ask this.
    PurposeUnknown {
        /// Which.
        key: String,
    },
}

impl Command for Sign {
    const NAME: &'static str = "documents.sign";
    const NEEDS: Permission = Permission::DocumentsEdit;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::Agenda, Topic::Reception];
    type Output = Prepared;
    type Refusal = Refusal;
}

impl Write for Sign {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(document) = Stored::load(tx, self.document_id)? else { return refuse(Refusal::NotFound) };

        let ink = drawn(&self.strokes, self.pad);
        let content = match self.admit(&document, &ink) {
            Ok(content) => content,
            Err(refusal) => return refuse(refusal),
        };

        let (text, hash) = content.freeze()?;
        if hash != document.hash {
            tx.db().execute(
                include_str!("sql/decide.sql"),
                named_params! { ":id": document.id.0, ":content": text, ":content_hash": hash },
            )?;
        }
        tx.db().execute(
            include_str!("sql/insert_signature.sql"),
            named_params! {
                ":id": tx.new_id(), ":clinic_id": here(tx)?.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":document_id": document.id.0, ":role": self.role.as_str(), ":name": self.name.trim(),
                ":strokes": ink::encode(&ink), ":document_hash": hash,
            },
        )?;
        let signed = Stored::load(tx, document.id)?.ok_or(Failure::Damaged("a document that was just signed"))?;
        Ok(signed.prepared())
    }
}

impl Sign {
    /// Whether the signature is taken, and the content it is put under.
    fn admit(&self, document: &Stored, ink: &Ink) -> Result<Content, Refusal> {
        match document.state() {
            DocumentState::Sealed => return Err(Refusal::AlreadySealed),
            DocumentState::Refused => return Err(Refusal::AlreadyRefused),
            DocumentState::Draft if !self.role.decides() => return Err(Refusal::PatientFirst),
            DocumentState::Draft | DocumentState::Signed => {}
        }
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::NameMissing);
        }
        // Several may witness; nobody signs twice, nor witnesses their own hand.
        let twice = |role: SignerRole, other: &str| {
            (role == self.role && role != SignerRole::Witness) || other.to_lowercase() == name.to_lowercase()
        };
        if document.signatures.iter().any(|given| twice(given.row.role, &given.row.name)) {
            return Err(Refusal::AlreadySigned);
        }
        ink::judge(ink).map_err(|reason| match reason {
            NotASignature::Empty => Refusal::SignatureEmpty,
            NotASignature::TooSmall => Refusal::SignatureTooSmall,
            NotASignature::TooLarge => Refusal::SignatureTooLarge,
        })?;
        if !self.role.decides() {
            return Ok(document.content.clone());
        }
        let given: BTreeMap<&str, bool> = self.purposes.iter().map(|one| (one.key.as_str(), one.granted)).collect();
        document.content.decide(&given).map_err(|refused| match refused {
            ChoiceRefused::Required(key) => Refusal::PurposeRequired { key },
            ChoiceRefused::Unknown(key) => Refusal::PurposeUnknown { key },
            ChoiceRefused::Fixed => Refusal::AlreadySigned,
        })
    }
}

fn drawn(strokes: &[Stroke], pad: Pad) -> Ink {
    let point = |&(x, y, at): &(i32, i32, u32)| InkPoint { x, y, at };
    let strokes = strokes.iter().filter(|stroke| !stroke.points.is_empty());
    Ink {
        strokes: strokes.map(|stroke| stroke.points.iter().map(point).collect()).collect(),
        pad: (pad.width, pad.height),
    }
}
