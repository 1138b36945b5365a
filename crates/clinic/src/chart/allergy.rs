use domain::{
    id::{AllergyId, PatientId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, Row, named_params},
};
use ts_rs::TS;

/// How bad the worst reaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Uncomfortable.
    Mild,
    /// Needed treatment.
    Moderate,
    /// Threatened life.
    Severe,
}

impl Severity {
    /// The word in records and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }

    /// The severity of that word. One that this program does not know is taken for the worst: an allergy is shown
    /// too loudly rather than too quietly.
    pub fn of_word(word: &str) -> Self {
        match word {
            "mild" => Self::Mild,
            "moderate" => Self::Moderate,
            _ => Self::Severe,
        }
    }
}

/// An allergy that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordedAllergy {
    /// Its id.
    pub id: AllergyId,
    /// To what.
    pub substance: String,
    /// What happens.
    pub reaction: Option<String>,
    /// How badly.
    pub severity: Severity,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The name of the user who recorded it.
    pub by: String,
}

impl RecordedAllergy {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let severity: String = row.get("severity")?;
        Ok(Self {
            id: AllergyId(row.get("id")?),
            substance: row.get("substance")?,
            reaction: row.get("reaction")?,
            severity: Severity::of_word(&severity),
            recorded_at: Timestamp::from_millis(row.get("created_at")?),
            by: row.get("by")?,
        })
    }
}

/// The patient's allergies that stand, the worst first.
pub(super) fn standing(view: &View<'_>, patient: PatientId) -> rusqlite::Result<Vec<RecordedAllergy>> {
    let mut query = view.db().prepare_cached(include_str!("sql/allergies.sql"))?;
    query.query_map(named_params! { ":patient_id": patient.0 }, RecordedAllergy::from_row)?.collect()
}

/// Whether someone asked and the answer was that none are known.
pub(super) fn none_known(view: &View<'_>, patient: PatientId) -> rusqlite::Result<bool> {
    let mut query = view.db().prepare_cached(include_str!("sql/none_known.sql"))?;
    query.query_row(named_params! { ":patient_id": patient.0 }, |row| row.get("none_known"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_of_a_newer_program_is_taken_for_the_worst() {
        assert_eq!(Severity::of_word("life_threatening"), Severity::Severe);
        for severity in [Severity::Mild, Severity::Moderate, Severity::Severe] {
            assert_eq!(Severity::of_word(severity.as_str()), severity);
        }
    }
}
