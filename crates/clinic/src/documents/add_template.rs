//! Publishing a text. A revision is frozen from the moment it exists; a change is a new one that supersedes it.

use std::str::FromStr;

use domain::{id::TemplateId, money::Locale, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{Block, Purpose, Template, TemplateBody, TemplateField, variables};
use crate::{Command, Failure, Outcome, Topic, Write, command::refuse, organization::here, text};

/// A text.
#[derive(Debug, Deserialize, TS)]
pub struct AddTemplate {
    /// Its title; may hold variables.
    title: String,
    /// Its language: `pt-BR`, `es`, `en`.
    locale: String,
    /// The text, in order.
    body: Vec<Block>,
    /// What is asked when a document is prepared.
    fields: Vec<TemplateField>,
    /// What may be allowed.
    purposes: Vec<Purpose>,
    /// Whether a witness signs as well.
    needs_witness: bool,
    /// The revision that this one replaces.
    #[serde(default)]
    #[ts(optional = nullable)]
    supersedes_id: Option<TemplateId>,
}

/// Why a text is not published.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// A paper has a title.
    TitleMissing,
    /// A paper says something.
    BodyMissing,
    /// Not a language that papers are made in.
    LocaleUnknown,
    /// The text asks for something that neither the system nor a field knows.
    VariableUnknown {
        /// The variable.
        key: String,
    },
    /// Two fields or two purposes have the same key, or one has none.
    KeyInvalid {
        /// The key.
        key: String,
    },
    /// There is no such revision to replace.
    NotFound,
    /// A newer revision has replaced that one already.
    AlreadySuperseded,
}

impl Command for AddTemplate {
    const NAME: &'static str = "documents.add_template";
    const NEEDS: Permission = Permission::DocumentsTemplates;
    const TOPICS: &'static [Topic] = &[Topic::Documents];
    const LONG: &'static [(&'static str, usize)] =
        &[("text", text::PAGES), ("label", text::REMARKS), ("detail", text::REMARKS)];
    type Output = Template;
    type Refusal = Refusal;
}

impl Write for AddTemplate {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let newest = Template::newest(tx)?;
        let title = self.title.trim().to_owned();
        let body = TemplateBody {
            blocks: self.body,
            fields: self.fields,
            purposes: self.purposes,
            needs_witness: self.needs_witness,
        };

        if let Err(refusal) = admit(&title, &self.locale, &body) {
            return refuse(refusal);
        }
        let version = match self.supersedes_id {
            None => 1,
            Some(id) => match newest.iter().find(|template| template.id == id) {
                Some(older) => older.version + 1,
                None if Template::load(tx, id)?.is_some() => return refuse(Refusal::AlreadySuperseded),
                None => return refuse(Refusal::NotFound),
            },
        };

        let id = publish(tx, &title, &self.locale, version, &body, self.supersedes_id)?;
        Ok(Template::load(tx, id)?.ok_or(Failure::Damaged("a template that was just published"))?)
    }
}

/// Whether a text can be published: every variable has a source, every key stands for one thing.
pub(super) fn admit(title: &str, locale: &str, body: &TemplateBody) -> Result<(), Refusal> {
    if title.is_empty() {
        return Err(Refusal::TitleMissing);
    }
    if body.blocks.iter().all(|block| block.text().trim().is_empty()) {
        return Err(Refusal::BodyMissing);
    }
    if Locale::from_str(locale).is_err() {
        return Err(Refusal::LocaleUnknown);
    }
    unique(body.fields.iter().map(|field| field.key.as_str()))?;
    unique(body.purposes.iter().map(|purpose| purpose.key.as_str()))?;
    let known = |key: &str| variables::KNOWN.contains(&key) || body.fields.iter().any(|field| field.key == key);
    let texts = body.blocks.iter().map(Block::text).chain([title]);
    match texts.flat_map(variables::keys).find(|key| !known(key)) {
        Some(key) => Err(Refusal::VariableUnknown { key: key.to_owned() }),
        None => Ok(()),
    }
}

fn unique<'a>(keys: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for key in keys {
        if key.trim().is_empty() || variables::KNOWN.contains(&key) || !seen.insert(key) {
            return Err(Refusal::KeyInvalid { key: key.to_owned() });
        }
    }
    Ok(())
}

/// Writes a revision, published.
pub(super) fn publish(
    tx: &Tx<'_>,
    title: &str,
    locale: &str,
    version: u32,
    body: &TemplateBody,
    supersedes: Option<TemplateId>,
) -> Result<TemplateId, Failure> {
    let id = TemplateId(tx.new_id());
    let body = serde_json::to_string(body).map_err(|_| Failure::Damaged("a template's body"))?;
    let clinic = here(tx)?.clinic;
    tx.db()
        .execute(
            include_str!("sql/insert_template.sql"),
            named_params! {
                ":id": id.0, ":clinic_id": clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0, ":title": title,
                ":locale": locale, ":version": version, ":body": body, ":supersedes_id": supersedes.map(|id| id.0),
            },
        )
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> TemplateBody {
        let region = TemplateField { key: "region".into(), label: "Região".into(), required: true };
        TemplateBody {
            blocks: vec![Block::Paragraph { text: text.into() }],
            fields: vec![region],
            purposes: Vec::new(),
            needs_witness: false,
        }
    }

    #[test]
    fn a_text_may_ask_for_what_the_system_or_a_field_knows_and_for_nothing_else() {
        assert_eq!(admit("Termo", "pt-BR", &body("{{patient.name}}, {{region}}, {{date}}")), Ok(()));
        let unknown = Err(Refusal::VariableUnknown { key: "patient.shoe_size".into() });
        assert_eq!(admit("Termo", "pt-BR", &body("{{patient.shoe_size}}")), unknown);
        assert_eq!(admit("{{patient.shoe_size}}", "pt-BR", &body("x")), unknown);
    }

    #[test]
    fn a_text_without_title_words_or_language_is_refused() {
        assert_eq!(admit("", "pt-BR", &body("x")), Err(Refusal::TitleMissing));
        assert_eq!(admit("Termo", "pt-BR", &body(" ")), Err(Refusal::BodyMissing));
        assert_eq!(admit("Termo", "tlh", &body("x")), Err(Refusal::LocaleUnknown));
    }

    #[test]
    fn a_key_stands_for_one_thing() {
        let mut twice = body("x");
        twice.fields.push(TemplateField { key: "region".into(), label: "Outra".into(), required: false });
        assert_eq!(admit("Termo", "pt-BR", &twice), Err(Refusal::KeyInvalid { key: "region".into() }));
        let mut shadowing = body("x");
        shadowing.fields.push(TemplateField { key: "patient.name".into(), label: "Nome".into(), required: false });
        assert_eq!(admit("Termo", "pt-BR", &shadowing), Err(Refusal::KeyInvalid { key: "patient.name".into() }));
    }
}
