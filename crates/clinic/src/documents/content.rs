use std::collections::BTreeMap;

use domain::{
    canonical::Hash,
    id::{PatientId, TemplateId},
    time::{CivilDate, Timestamp},
};
use serde::{Deserialize, Serialize};

use super::{Block, Purpose};
use crate::Failure;

/// The version of this form.
const FORM: u32 = 1;

/// What a document says: everything that can be read on it but the signatures.
///
/// It stands in `document.content` as JSON in UTF-8, written once per decision and never rewritten: the stored bytes
/// themselves are canonical, and `document.content_hash` is BLAKE3 over them. A signature names the hash it was put
/// under, so a text changed afterwards has no signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The version of this form, 1.
    form: u32,
    /// The revision it was made from.
    pub template: TemplateId,
    /// That revision's number.
    pub version: u32,
    /// The title, filled in.
    pub title: String,
    /// The language it was read in.
    pub locale: String,
    /// The clinic's zone, for the instants on the paper.
    pub zone: String,
    /// Made in the demo clinic.
    pub demo: bool,
    /// Who asks.
    pub issuer: Issuer,
    /// Who is asked.
    pub patient: Subject,
    /// Who will act, and their council number.
    pub practitioner: Option<(String, Option<String>)>,
    /// What is done.
    pub service: Option<String>,
    /// The text, filled in.
    pub blocks: Vec<Block>,
    /// What was asked when it was prepared.
    pub values: BTreeMap<String, String>,
    /// What may be allowed, and what was decided.
    pub purposes: Vec<Choice>,
    /// Whether a witness signs as well.
    pub needs_witness: bool,
    /// When it was prepared.
    pub prepared_at: Timestamp,
}

/// The clinic, as it stands at the head of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// The name patients know.
    pub name: String,
    /// The company's name, where it differs.
    pub legal_name: Option<String>,
    /// With its kind: `CNPJ 16.727.230/0001-97`.
    pub tax_id: Option<String>,
    /// Street and city in one line.
    pub address: Option<String>,
    /// Formatted.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// The patient, as they stand in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Whose document it is.
    pub id: PatientId,
    /// The name they go by, and the registered one where it differs.
    pub name: String,
    /// With its kind: `CPF 529.982.247-25`.
    pub document: Option<String>,
    /// Date of birth.
    pub birth_date: Option<CivilDate>,
}

/// A purpose and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The purpose.
    #[serde(flatten)]
    pub purpose: Purpose,
    /// `None` until someone signs: nothing is decided beforehand.
    pub granted: Option<bool>,
}

/// Why choices do not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ChoiceRefused {
    /// The act cannot be done without this one.
    Required(String),
    /// The document does not ask this.
    Unknown(String),
    /// Someone signed under other choices.
    Fixed,
}

impl Content {
    /// The bytes that are kept, and their hash.
    pub(super) fn freeze(&self) -> Result<(String, Hash), Failure> {
        let text = serde_json::to_string(self).map_err(|_| Failure::Damaged("a document's content"))?;
        let hash = *blake3::hash(text.as_bytes()).as_bytes();
        Ok((text, hash))
    }

    /// Reads what was kept, if it is what the hash says.
    pub(super) fn thaw(text: &str, hash: &Hash) -> Result<Self, Failure> {
        let content: Self = serde_json::from_str(text).map_err(|_| Failure::Damaged("a document's content"))?;
        if content.form != FORM || blake3::hash(text.as_bytes()).as_bytes() != hash {
            return Err(Failure::Damaged("a document's content"));
        }
        Ok(content)
    }

    /// The content with the patient's choices. What is not mentioned is refused; once decided, nothing is decided
    /// again.
    pub(super) fn decide(&self, given: &BTreeMap<&str, bool>) -> Result<Self, ChoiceRefused> {
        let asked = |key: &str| self.purposes.iter().any(|choice| choice.purpose.key == key);
        if let Some(key) = given.keys().find(|key| !asked(key)) {
            return Err(ChoiceRefused::Unknown((*key).to_owned()));
        }
        let mut decided = self.clone();
        for choice in &mut decided.purposes {
            let granted = given.get(choice.purpose.key.as_str()).copied();
            match choice.granted {
                Some(before) if granted.is_some_and(|now| now != before) => return Err(ChoiceRefused::Fixed),
                Some(_) => {}
                None => choice.granted = Some(granted.unwrap_or(false)),
            }
            if choice.purpose.required && choice.granted != Some(true) {
                return Err(ChoiceRefused::Required(choice.purpose.key.clone()));
            }
        }
        Ok(decided)
    }
}

/// What [`Content`] is made of when a document is prepared.
pub(super) struct Prepared {
    pub(super) template: TemplateId,
    pub(super) version: u32,
    pub(super) title: String,
    pub(super) locale: String,
    pub(super) blocks: Vec<Block>,
    pub(super) purposes: Vec<Purpose>,
    pub(super) needs_witness: bool,
    pub(super) values: BTreeMap<String, String>,
}

impl Content {
    /// Puts a filled text together with who is asked, by whom and when; nothing is decided yet.
    pub(super) fn new(text: Prepared, facts: super::facts::Facts, prepared_at: Timestamp) -> Self {
        Self {
            form: FORM,
            template: text.template,
            version: text.version,
            title: text.title,
            locale: text.locale,
            zone: facts.zone,
            demo: facts.demo,
            issuer: facts.issuer,
            patient: facts.patient,
            practitioner: facts.practitioner,
            service: facts.service,
            blocks: text.blocks,
            values: text.values,
            purposes: text.purposes.into_iter().map(|purpose| Choice { purpose, granted: None }).collect(),
            needs_witness: text.needs_witness,
            prepared_at,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use domain::id::Uuid;

    fn purpose(key: &str, required: bool) -> Choice {
        let purpose = Purpose { key: key.into(), label: key.into(), detail: None, required };
        Choice { purpose, granted: None }
    }

    pub(in super::super) fn content() -> Content {
        Content {
            form: FORM,
            template: TemplateId(Uuid::from_u128(1)),
            version: 4,
            title: "Termo de consentimento".into(),
            locale: "pt-BR".into(),
            zone: "America/Sao_Paulo".into(),
            demo: false,
            issuer: Issuer {
                name: "Clínica Alameda".into(),
                legal_name: None,
                tax_id: None,
                address: None,
                phone: None,
                email: None,
            },
            patient: Subject {
                id: PatientId(Uuid::from_u128(2)),
                name: "Mariana Silva Costa".into(),
                document: Some("CPF 529.982.247-25".into()),
                birth_date: None,
            },
            practitioner: Some(("Dra. Camila Rocha".into(), Some("CRM-SP 123456".into()))),
            service: None,
            blocks: vec![Block::Paragraph { text: "Autorizo.".into() }],
            values: BTreeMap::new(),
            purposes: vec![purpose("treatment", true), purpose("photography", false)],
            needs_witness: false,
            prepared_at: Timestamp::from_millis(1_795_009_268_000),
        }
    }

    fn granted(content: &Content) -> Vec<Option<bool>> {
        content.purposes.iter().map(|choice| choice.granted).collect()
    }

    #[test]
    fn what_is_not_mentioned_is_refused_never_granted() {
        let decided = content().decide(&BTreeMap::from([("treatment", true)])).unwrap();
        assert_eq!(granted(&decided), [Some(true), Some(false)]);
        assert_eq!(granted(&content()), [None, None]);
    }

    #[test]
    fn a_required_purpose_must_be_granted_and_an_unknown_one_is_refused() {
        let required = Err(ChoiceRefused::Required("treatment".into()));
        assert_eq!(content().decide(&BTreeMap::new()), required);
        assert_eq!(content().decide(&BTreeMap::from([("treatment", false)])), required);
        let unknown = content().decide(&BTreeMap::from([("treatment", true), ("marketing", true)]));
        assert_eq!(unknown, Err(ChoiceRefused::Unknown("marketing".into())));
    }

    #[test]
    fn what_is_decided_is_not_decided_again() {
        let decided = content().decide(&BTreeMap::from([("treatment", true)])).unwrap();
        assert_eq!(decided.decide(&BTreeMap::new()), Ok(decided.clone()));
        assert_eq!(decided.decide(&BTreeMap::from([("photography", true)])), Err(ChoiceRefused::Fixed));
    }

    #[test]
    fn a_content_that_was_changed_on_disk_is_not_read() {
        let (text, hash) = content().freeze().unwrap();
        assert_eq!(Content::thaw(&text, &hash).unwrap(), content());
        assert!(Content::thaw(&text.replace("Autorizo", "Recuso"), &hash).is_err());
    }

    #[test]
    fn the_hash_of_a_content_is_the_golden_one() {
        // Documents on disk are found by it for twenty years: fields are only ever added under a new form.
        let (text, _) = content().freeze().unwrap();
        assert_eq!(text, include_str!("content.golden.json").trim());
    }
}
