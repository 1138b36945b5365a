//! A document as a paper: the sealed bytes as they are, or a draft drawn for the eye.

use domain::id::DocumentId;
use papers::consent::{self, Consent, PaperCode, Written};
use store::{
    View,
    rusqlite::{OptionalExtension, named_params},
};

use super::{Block, SignerRole, document::Stored, facts};
use crate::Failure;

/// A paper as it is shown, printed or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// A name for its file, `….pdf`. The seal's file is this name and `.seal`.
    pub file_name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The detached seal's bytes, of a sealed document.
    pub seal: Option<Vec<u8>>,
}

/// The paper of a document: sealed bytes are never rendered again; anything else is drawn as the draft that it is.
pub fn paper(view: &View<'_>, id: DocumentId) -> Result<Option<Paper>, Failure> {
    let Some(document) = Stored::load(view, id)? else { return Ok(None) };
    let title = document.content.title.clone();
    let file_name = format!("{}.pdf", for_files(&title));
    let sealed = view
        .db()
        .prepare_cached(include_str!("sql/sealed_bytes.sql"))
        .and_then(|mut query| {
            query
                .query_row(named_params! { ":id": id.0 }, |row| {
                    Ok((row.get::<_, Option<Vec<u8>>>("pdf")?, row.get::<_, Option<Vec<u8>>>("seal")?))
                })
                .optional()
        })
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(Some(match sealed {
        Some((Some(pdf), seal)) => Paper { title, file_name, pdf, seal },
        Some((None, _)) => return Err(Failure::Damaged("a sealed document has a PDF")),
        None => Paper { title, file_name, pdf: pdf(&form(&document, false)?)?, seal: None },
    }))
}

/// What sealing renders.
pub(super) struct Rendered {
    pub(super) pdf: Vec<u8>,
    pub(super) short_code: String,
}

/// Renders a signed document for good, with the device's code on it.
pub(super) fn render_final(document: &Stored, key: &store::SigningKey) -> Result<Rendered, Failure> {
    let mut form = form(document, true)?;
    let hash = form.content_hash();
    form.code = Some(PaperCode::sign(document.id.0, &hash, key));
    Ok(Rendered { pdf: pdf(&form)?, short_code: consent::short_code(&hash) })
}

fn pdf(form: &Consent) -> Result<Vec<u8>, Failure> {
    consent::consent(form).map_err(|error| Failure::Paper(error.to_string()))
}

/// The form with its signatures; a draft also has the empty places of those who have still to sign.
fn form(document: &Stored, complete: bool) -> Result<Consent, Failure> {
    let content = &document.content;
    let setting = facts::setting(&content.zone, &content.locale, content.demo)
        .ok_or(Failure::Damaged("a document's language or zone"))?;
    let mut signatures: Vec<consent::Signature> = document
        .signatures
        .iter()
        .map(|given| {
            place(document, given.row.role, &given.row.name, Some(Written { at: given.row.at, ink: given.ink.clone() }))
        })
        .collect();
    if !complete {
        let signed = |wanted: fn(SignerRole) -> bool| document.signatures.iter().any(|given| wanted(given.row.role));
        if !signed(SignerRole::decides) {
            signatures.insert(0, place(document, SignerRole::Patient, &content.patient.name, None));
        }
        if content.needs_witness && !signed(|role| role == SignerRole::Witness) {
            signatures.push(place(document, SignerRole::Witness, "", None));
        }
    }
    let issuer = content.issuer.clone();
    Ok(Consent {
        id: document.id.0,
        setting,
        clinic: papers::Letterhead {
            name: issuer.name,
            legal_name: issuer.legal_name,
            tax_id: issuer.tax_id,
            address: issuer.address,
            phone: issuer.phone,
            email: issuer.email,
        },
        title: content.title.clone(),
        version: content.version,
        patient: content.patient.name.clone(),
        blocks: content.blocks.iter().map(block).collect(),
        purposes: content
            .purposes
            .iter()
            .map(|choice| consent::Purpose {
                label: choice.purpose.label.clone(),
                detail: choice.purpose.detail.clone(),
                required: choice.purpose.required,
                granted: choice.granted,
            })
            .collect(),
        signatures,
        made_at: content.prepared_at,
        code: None,
    })
}

fn place(document: &Stored, role: SignerRole, name: &str, written: Option<Written>) -> consent::Signature {
    let content = &document.content;
    let detail = match role {
        SignerRole::Patient => content.patient.document.clone(),
        SignerRole::Practitioner => {
            content.practitioner.as_ref().filter(|(known, _)| known == name).and_then(|(_, council)| council.clone())
        }
        SignerRole::Guardian | SignerRole::Witness => None,
    };
    let role = match role {
        SignerRole::Patient => consent::Role::Patient,
        SignerRole::Guardian => consent::Role::Guardian,
        SignerRole::Practitioner => consent::Role::Practitioner,
        SignerRole::Witness => consent::Role::Witness,
    };
    consent::Signature { role, name: name.to_owned(), detail, written }
}

fn block(block: &Block) -> consent::Block {
    match block {
        Block::Heading { text } => consent::Block::Heading(text.clone()),
        Block::Paragraph { text } => consent::Block::Paragraph(papers::Run::parse(text)),
    }
}

/// A title as every system takes it for a file's name.
fn for_files(title: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
    let words: String = title.chars().map(safe).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.trim_matches(['.', ' ']).chars().take(80).collect();
    if short.trim().is_empty() { "documento".to_owned() } else { short.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(for_files("Termo de consentimento: peeling"), "Termo de consentimento peeling");
        assert_eq!(for_files("../a\\b|\u{7}c"), "a b c");
        assert_eq!(for_files(" ?: "), "documento");
        assert_eq!(for_files(&"ã".repeat(200)).chars().count(), 80);
    }
}
