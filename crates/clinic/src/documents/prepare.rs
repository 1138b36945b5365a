//! Preparing a document: a revision's text becomes what one patient reads, frozen under its hash.

use std::{collections::BTreeMap, str::FromStr};

use domain::{
    id::{AppointmentId, DocumentId, EncounterId, PatientId, TemplateId},
    money::Locale,
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    Block, Content, Prepared, Template, content,
    document::Stored,
    facts::{Facts, Missing, Visit},
    variables,
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    command::refuse,
    organization::{Here, here},
    text,
};

/// A document for a patient.
#[derive(Debug, Deserialize, TS)]
pub struct Prepare {
    /// For whom.
    patient_id: PatientId,
    /// From which text.
    template_id: TemplateId,
    /// The appointment it is for: says what is done and by whom.
    #[serde(default)]
    #[ts(optional = nullable)]
    appointment_id: Option<AppointmentId>,
    /// The visit it is for, where there was no appointment.
    #[serde(default)]
    #[ts(optional = nullable)]
    encounter_id: Option<EncounterId>,
    /// What the template asks, by key, and what the record does not know.
    #[serde(default)]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    values: BTreeMap<String, String>,
}

/// Why it is not prepared.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such thing.
    NotFound {
        /// `patient`, `template` or `visit`.
        what: &'static str,
    },
    /// The text needs these, and neither the record nor the values say them.
    FieldsMissing {
        /// Keys of fields or variables, in the order in which the text asks.
        keys: Vec<String>,
    },
}

impl Command for Prepare {
    const NAME: &'static str = "documents.prepare";
    const NEEDS: Permission = Permission::DocumentsEdit;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::Agenda, Topic::Reception];
    const LONG: &'static [(&'static str, usize)] = &[("values", text::REMARKS)];
    type Output = Prepared;
    type Refusal = Refusal;
}

impl Write for Prepare {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(template) = Template::load(tx, self.template_id)? else {
            return refuse(Refusal::NotFound { what: "template" });
        };
        let locale = Locale::from_str(&template.locale).map_err(|_| Failure::Damaged("a template's language"))?;
        let visit = Visit {
            appointment: self.appointment_id,
            encounter: self.encounter_id,
            // A text of one service speaks of it, also outside a visit.
            service: template.service_ids.first().copied().filter(|_| template.service_ids.len() == 1),
        };
        let facts = match Facts::gather(tx, &here, self.patient_id, visit, locale)? {
            Ok(facts) => facts,
            Err(Missing::Patient) => return refuse(Refusal::NotFound { what: "patient" }),
            Err(Missing::Visit) => return refuse(Refusal::NotFound { what: "visit" }),
        };

        let text = match fill(template, &self.values, |key| facts.value(key, locale, here.today)) {
            Ok(text) => text,
            Err(keys) => return refuse(Refusal::FieldsMissing { keys }),
        };
        let content = Content::new(text, facts, tx.at());

        let id = insert(tx, &here, &self, &content)?;
        let stored = Stored::load(tx, id)?.ok_or(Failure::Damaged("a document that was just prepared"))?;
        Ok(stored.prepared())
    }
}

/// Fills a text in. What the record knows goes first: a typed value never contradicts it.
fn fill(
    template: Template,
    typed: &BTreeMap<String, String>,
    known: impl Fn(&str) -> Option<String>,
) -> Result<content::Prepared, Vec<String>> {
    let typed: BTreeMap<String, String> = typed
        .iter()
        .map(|(key, value)| (key.clone(), value.trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let value = |key: &str| known(key).or_else(|| typed.get(key).cloned());
    let optional = |key: &str| template.fields.iter().any(|field| field.key == key && !field.required);

    let texts = [template.title.as_str()].into_iter().chain(template.body.iter().map(Block::text));
    let required = template.fields.iter().filter(|field| field.required).map(|field| field.key.as_str());
    let mut missing: Vec<String> = Vec::new();
    for key in texts.flat_map(variables::keys).chain(required) {
        if value(key).is_none() && !optional(key) && !missing.iter().any(|seen| seen == key) {
            missing.push(key.to_owned());
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }

    let say = |key: &str| value(key).unwrap_or_else(|| "—".to_owned());
    let blocks = template.body.iter().map(|block| block.with(variables::fill(block.text(), say)));
    Ok(content::Prepared {
        title: variables::fill(&template.title, say),
        blocks: blocks.collect(),
        template: template.id,
        version: template.version,
        locale: template.locale,
        purposes: template.purposes,
        needs_witness: template.needs_witness,
        values: typed,
    })
}

fn insert(tx: &Tx<'_>, here: &Here, asked: &Prepare, content: &Content) -> Result<DocumentId, Failure> {
    let id = DocumentId(tx.new_id());
    let (text, hash) = content.freeze()?;
    tx.db()
        .execute(
            include_str!("sql/insert_document.sql"),
            named_params! {
                ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":patient_id": asked.patient_id.0, ":appointment_id": asked.appointment_id.map(|id| id.0),
                ":template_id": content.template.0, ":title": content.title, ":locale": content.locale,
                ":content": text, ":content_hash": hash,
            },
        )
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::documents::TemplateField;
    use domain::id::Uuid;

    fn template(text: &str) -> Template {
        let field = |key: &str, required| TemplateField { key: key.into(), label: key.into(), required };
        Template {
            id: TemplateId(Uuid::from_u128(1)),
            kind: "consent".into(),
            title: "Termo: {{service.name}}".into(),
            locale: "pt-BR".into(),
            version: 1,
            body: vec![Block::Paragraph { text: text.into() }],
            fields: vec![field("region", true), field("remark", false)],
            purposes: Vec::new(),
            needs_witness: false,
            service_ids: Vec::new(),
        }
    }

    fn known(key: &str) -> Option<String> {
        (key == "patient.name").then(|| "Mariana".to_owned())
    }

    #[test]
    fn what_nobody_knows_is_asked_for_by_key_in_the_texts_order() {
        let missing = fill(template("{{patient.document}} {{remark}} {{patient.name}}"), &BTreeMap::new(), known);
        assert_eq!(missing.err().unwrap(), ["service.name", "patient.document", "region"]);
    }

    #[test]
    fn typed_values_fill_gaps_blank_ones_do_not_and_the_record_wins() {
        let typed = |region: &str| {
            let pairs = [("region", region), ("service.name", "Peeling"), ("patient.name", "Outra")];
            pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
        };
        assert!(fill(template("x"), &typed("  "), known).is_err());

        let text = fill(template("{{patient.name}}: {{region}}, {{remark}}"), &typed(" face "), known).unwrap();

        assert_eq!(text.title, "Termo: Peeling");
        assert_eq!(text.blocks, [Block::Paragraph { text: "Mariana: face, —".into() }]);
    }
}
