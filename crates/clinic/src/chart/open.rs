//! Opening a chart: a read that is kept in the journal.

use domain::{
    id::{PatientId, Uuid},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{Draft, Note, RecordedAllergy, allergy};
use crate::{
    Command, Outcome, Read, Topic,
    command::refuse,
    organization::here,
    people::{self, PatientHeader},
};

/// Opens a patient's chart.
#[derive(Debug, Deserialize, TS)]
pub struct Open {
    /// Whose.
    patient_id: PatientId,
}

/// A patient's chart.
#[derive(Debug, Serialize, TS)]
pub struct Chart {
    /// Whose.
    pub patient: PatientHeader,
    /// Allergies that stand, the worst first.
    pub allergies: Vec<RecordedAllergy>,
    /// Whether anyone asked: an empty list alone does not say that there are none.
    pub allergies_asked: bool,
    /// Notes, the newest first.
    pub notes: Vec<Note>,
    /// What the viewer is writing here.
    pub drafts: Vec<Draft>,
}

/// Why the chart stays closed.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such patient.
    NotFound,
}

impl Command for Open {
    const NAME: &'static str = "chart.open";
    const NEEDS: Permission = Permission::ChartView;
    const TOPICS: &'static [Topic] = &[Topic::Chart, Topic::People];
    type Output = Chart;
    type Refusal = Refusal;
}

impl Read for Open {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let Some(patient) = people::header(view, &here(view)?, self.patient_id)? else {
            return refuse(Refusal::NotFound);
        };
        let allergies = allergy::standing(view, self.patient_id)?;
        let allergies_asked = !allergies.is_empty() || allergy::none_known(view, self.patient_id)?;
        Ok(Chart {
            patient,
            allergies,
            allergies_asked,
            notes: Note::of_patient(view, self.patient_id)?,
            drafts: Draft::own(view, self.patient_id)?,
        })
    }

    fn audited(&self) -> Option<(&'static str, Uuid)> {
        Some(("patient", self.patient_id.0))
    }
}
