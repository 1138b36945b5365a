//! "Asked, none known" is a fact of its own: a chart without allergies does not say that anyone asked.

use domain::{id::PatientId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::allergy;
use crate::{Command, Outcome, Topic, Write, command::refuse, organization, people};

/// The patient was asked and knows of no allergy.
#[derive(Debug, Deserialize, TS)]
pub struct NoKnownAllergies {
    /// Who.
    patient_id: PatientId,
}

/// Why it is not recorded.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such patient.
    NotFound,
    /// The chart says otherwise: strike those out first, with a reason.
    AllergiesStand {
        /// To what.
        substances: Vec<String>,
    },
}

impl Command for NoKnownAllergies {
    const NAME: &'static str = "chart.no_known_allergies";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart, Topic::People, Topic::Agenda, Topic::Reception];
    type Output = ();
    type Refusal = Refusal;
}

impl Write for NoKnownAllergies {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        if !people::is_registered(tx, self.patient_id)? {
            return refuse(Refusal::NotFound);
        }
        let standing = allergy::standing(tx, self.patient_id)?;

        if !standing.is_empty() {
            let substances = standing.into_iter().map(|allergy| allergy.substance).collect();
            return refuse(Refusal::AllergiesStand { substances });
        }

        tx.db().execute(
            include_str!("sql/insert_review.sql"),
            named_params! {
                ":id": tx.new_id(), ":clinic_id": organization::here(tx)?.clinic.0, ":at": tx.at().millis(),
                ":by": tx.actor().0, ":patient_id": self.patient_id.0,
            },
        )?;
        Ok(())
    }
}
