//! A patient's documents.

use domain::{id::PatientId, permission::Permission};
use serde::Deserialize;
use store::View;
use ts_rs::TS;

use super::{DocumentRow, document::Stored};
use crate::{Command, Never, Outcome, Read, Topic};

/// A patient's documents, the newest first.
#[derive(Debug, Deserialize, TS)]
pub struct List {
    /// Whose.
    patient_id: PatientId,
}

impl Command for List {
    const NAME: &'static str = "documents.list";
    const NEEDS: Permission = Permission::DocumentsView;
    const TOPICS: &'static [Topic] = &[Topic::Documents];
    type Output = Vec<DocumentRow>;
    type Refusal = Never;
}

impl Read for List {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        Ok(Stored::of_patient(view, self.patient_id)?.iter().map(Stored::row).collect())
    }
}
