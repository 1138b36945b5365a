use domain::id::{ServiceId, TemplateId, Uuid};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use crate::Failure;

/// A part of a text. Text may hold variables, `{{patient.name}}`, and what stands out between `**` and `**`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A line that stands out.
    Heading {
        /// The line.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
    },
}

impl Block {
    /// The words, whatever the block is.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading { text } | Self::Paragraph { text } => text,
        }
    }

    /// The same block with other words.
    #[must_use]
    pub fn with(&self, text: String) -> Self {
        match self {
            Self::Heading { .. } => Self::Heading { text },
            Self::Paragraph { .. } => Self::Paragraph { text },
        }
    }
}

/// Something that only the person who prepares the document knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateField {
    /// Its variable, `{{region}}`.
    pub key: String,
    /// What the form asks.
    pub label: String,
    /// Whether the document makes no sense without it.
    pub required: bool,
}

/// One thing that may be allowed, apart from the others. Nothing is ever ticked beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Purpose {
    /// What the consent is for, such as `treatment` or `photography` (domain model §2.10).
    pub key: String,
    /// What the patient reads.
    pub label: String,
    /// A second line.
    #[serde(default)]
    pub detail: Option<String>,
    /// Whether the act cannot be done without it.
    pub required: bool,
}

/// What a revision says, as it stands in `document_template.body`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateBody {
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// What is asked when a document is prepared.
    pub fields: Vec<TemplateField>,
    /// What may be allowed.
    pub purposes: Vec<Purpose>,
    /// Whether a witness signs as well.
    pub needs_witness: bool,
}

/// The newest revision of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Template {
    /// The revision.
    pub id: TemplateId,
    /// `consent`.
    pub kind: String,
    /// Its title; may hold variables.
    pub title: String,
    /// Its language.
    pub locale: String,
    /// 1 for the first revision.
    pub version: u32,
    /// The text, in order.
    pub body: Vec<Block>,
    /// What is asked when a document is prepared.
    pub fields: Vec<TemplateField>,
    /// What may be allowed.
    pub purposes: Vec<Purpose>,
    /// Whether a witness signs as well.
    pub needs_witness: bool,
    /// The services that ask for it, by this revision or an older one.
    pub service_ids: Vec<ServiceId>,
}

impl Template {
    /// A revision, newest or not.
    pub(super) fn load(view: &View<'_>, id: TemplateId) -> Result<Option<Self>, Failure> {
        let found = view
            .db()
            .prepare_cached(include_str!("sql/template.sql"))
            .and_then(|mut query| query.query_row(named_params! { ":id": id.0 }, Self::parts).optional())
            .map_err(|error| Failure::Store(error.into()))?;
        found.map(|(template, body)| template.with_body(&body)).transpose()
    }

    /// The revisions that nothing supersedes.
    pub(super) fn newest(view: &View<'_>) -> Result<Vec<Self>, Failure> {
        let rows: Vec<_> = view
            .db()
            .prepare_cached(include_str!("sql/templates.sql"))
            .and_then(|mut query| query.query_map([], Self::parts)?.collect())
            .map_err(|error| Failure::Store(error.into()))?;
        rows.into_iter().map(|(template, body)| template.with_body(&body)).collect()
    }

    fn parts(row: &Row<'_>) -> rusqlite::Result<(Self, String)> {
        let services: Option<String> = row.get("services")?;
        let ids = services.iter().flat_map(|text| text.split(',')).filter_map(|id| Uuid::try_parse(id).ok());
        let template = Self {
            id: TemplateId(row.get("id")?),
            kind: row.get("kind")?,
            title: row.get("title")?,
            locale: row.get("locale")?,
            version: row.get("version")?,
            body: Vec::new(),
            fields: Vec::new(),
            purposes: Vec::new(),
            needs_witness: false,
            service_ids: ids.map(ServiceId).collect(),
        };
        Ok((template, row.get("body")?))
    }

    fn with_body(self, body: &str) -> Result<Self, Failure> {
        let body: TemplateBody = serde_json::from_str(body).map_err(|_| Failure::Damaged("a template's body"))?;
        Ok(Self {
            body: body.blocks,
            fields: body.fields,
            purposes: body.purposes,
            needs_witness: body.needs_witness,
            ..self
        })
    }
}
