//! Recording an allergy: what everyone who treats must see first.

use domain::{
    id::{AllergyId, PatientId},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{RecordedAllergy, Severity, allergy};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization, people, text};

/// An allergy or intolerance, as told.
#[derive(Debug, Deserialize, TS)]
pub struct AddAllergy {
    /// Whose.
    patient_id: PatientId,
    /// To what.
    substance: String,
    /// What happens, if it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    reaction: Option<String>,
    /// How badly.
    severity: Severity,
}

/// What was recorded.
#[derive(Debug, Serialize, TS)]
pub struct NewAllergy {
    /// Its id.
    pub id: AllergyId,
}

/// Why an allergy is not recorded.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such patient.
    NotFound,
    /// To what?
    SubstanceMissing,
    /// It is on the chart already: strike that one out if it is wrong.
    AlreadyRecorded {
        /// The one that stands.
        id: AllergyId,
    },
}

impl Command for AddAllergy {
    const NAME: &'static str = "chart.add_allergy";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart, Topic::People, Topic::Agenda, Topic::Reception];
    const LONG: &'static [(&'static str, usize)] = &[("reaction", text::REMARKS)];
    type Output = NewAllergy;
    type Refusal = Refusal;
}

impl Write for AddAllergy {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        if !people::is_registered(tx, self.patient_id)? {
            return refuse(Refusal::NotFound);
        }
        let standing = allergy::standing(tx, self.patient_id)?;

        let substance = self.substance.trim();
        if let Err(refusal) = admit(substance, &standing) {
            return refuse(refusal);
        }

        let id = AllergyId(tx.new_id());
        tx.db().execute(
            include_str!("sql/insert_allergy.sql"),
            named_params! {
                ":id": id.0, ":clinic_id": organization::here(tx)?.clinic.0, ":at": tx.at().millis(),
                ":by": tx.actor().0, ":patient_id": self.patient_id.0, ":substance": substance,
                ":reaction": self.reaction.as_deref().map(str::trim).filter(|text| !text.is_empty()),
                ":severity": self.severity.as_str(),
            },
        )?;
        Ok(NewAllergy { id })
    }
}

fn admit(substance: &str, standing: &[RecordedAllergy]) -> Result<(), Refusal> {
    if substance.is_empty() {
        return Err(Refusal::SubstanceMissing);
    }
    let same = |known: &&RecordedAllergy| known.substance.to_lowercase() == substance.to_lowercase();
    match standing.iter().find(same) {
        Some(known) => Err(Refusal::AlreadyRecorded { id: known.id }),
        None => Ok(()),
    }
}
