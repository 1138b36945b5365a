use domain::id::{PractitionerId, ResourceId, UserId, Uuid};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

/// What someone is by training (domain model §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Profession {
    /// Physician.
    Doctor,
    /// Surgeon.
    Surgeon,
    /// Nurse.
    Nurse,
    /// Pharmacist.
    Pharmacist,
    /// Biomedical scientist: in Brazil a profession of its own that performs aesthetic procedures (CFBM).
    Biomedical,
    /// Physiotherapist.
    Physiotherapist,
    /// Aesthetician.
    Aesthetician,
    /// Veterinarian.
    Veterinarian,
    /// Therapist.
    Therapist,
    /// Coordinates cases.
    Coordinator,
    /// Helps who treats.
    Assistant,
    /// Anything else.
    Other,
}

impl Profession {
    /// The word in SQL and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Doctor => "doctor",
            Self::Surgeon => "surgeon",
            Self::Nurse => "nurse",
            Self::Pharmacist => "pharmacist",
            Self::Biomedical => "biomedical",
            Self::Physiotherapist => "physiotherapist",
            Self::Aesthetician => "aesthetician",
            Self::Veterinarian => "veterinarian",
            Self::Therapist => "therapist",
            Self::Coordinator => "coordinator",
            Self::Assistant => "assistant",
            Self::Other => "other",
        }
    }
}

/// A registration with a professional council.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Council {
    /// The council: CRM, COREN, CRF ….
    pub body: String,
    /// The number there.
    pub number: String,
    /// The state of a council that is organized by state.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<String>,
}

impl Council {
    /// `CRM-SP 123456`, as it is printed under a signature.
    pub fn label(&self) -> String {
        match &self.state {
            Some(state) => format!("{}-{state} {}", self.body, self.number),
            None => format!("{} {}", self.body, self.number),
        }
    }
}

/// Someone who treats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Practitioner {
    /// Their id.
    pub id: PractitionerId,
    /// Title and name, as patients know them.
    pub name: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: Option<String>,
    /// `Dra.`, `Dr.` ….
    pub title: Option<String>,
    /// What they are by training; a word of a newer peer is shown as it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// Their council and number.
    pub council: Option<Council>,
    /// The resource that is booked.
    pub resource_id: ResourceId,
    /// The colour of their column: a key of the palette, not a value.
    pub color: String,
    /// Can be booked.
    pub active: bool,
    /// The user they sign in as.
    pub user_id: Option<UserId>,
}

/// The colours of columns, given in turn.
pub(super) const PALETTE: [&str; 6] = ["petrol", "blue", "amber", "violet", "green", "rose"];

impl Practitioner {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (given, family, title): (String, Option<String>, Option<String>) =
            (row.get("given")?, row.get("family")?, row.get("title")?);
        let council: Option<(String, String)> = Option::zip(row.get("body")?, row.get("number")?);
        let state: Option<String> = row.get("state")?;
        let color: Option<String> = row.get("color")?;
        Ok(Self {
            id: PractitionerId(row.get("id")?),
            name: full_name(title.as_deref(), &given, family.as_deref()),
            given,
            family,
            title,
            kind: row.get("type")?,
            council: council.map(|(body, number)| Council { body, number, state }),
            resource_id: ResourceId(row.get("resource_id")?),
            color: color.unwrap_or_else(|| PALETTE[0].to_owned()),
            active: row.get("active")?,
            user_id: row.get::<_, Option<Uuid>>("user_id")?.map(UserId),
        })
    }
}

/// Title and name, as patients know them.
pub(super) fn full_name(title: Option<&str>, given: &str, family: Option<&str>) -> String {
    [title, Some(given), family].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Everyone who treats or has treated here, in the order in which they came.
pub fn practitioners(view: &View<'_>) -> rusqlite::Result<Vec<Practitioner>> {
    view.db()
        .prepare_cached(include_str!("sql/practitioners.sql"))?
        .query_map(named_params! { ":id": Option::<Uuid>::None }, Practitioner::from_row)?
        .collect()
}

/// One practitioner.
pub fn practitioner(view: &View<'_>, id: PractitionerId) -> rusqlite::Result<Option<Practitioner>> {
    view.db()
        .prepare_cached(include_str!("sql/practitioners.sql"))?
        .query_row(named_params! { ":id": id.0 }, Practitioner::from_row)
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_council_reads_as_it_is_printed() {
        let mut council = Council { body: "CRM".into(), number: "123456".into(), state: Some("SP".into()) };
        assert_eq!(council.label(), "CRM-SP 123456");
        council.state = None;
        assert_eq!(council.label(), "CRM 123456");
    }

    #[test]
    fn a_name_has_no_holes_where_a_part_is_missing() {
        assert_eq!(full_name(Some("Dra."), "Camila", Some("Rocha")), "Dra. Camila Rocha");
        assert_eq!(full_name(None, "Cher", None), "Cher");
    }
}
