use domain::{
    id::{EncounterId, NoteId, PatientId, UserId, Uuid},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use super::NoteContent;

/// What a note is for (domain model §2.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// History taken.
    Anamnesis,
    /// Assessment.
    Assessment,
    /// How it goes.
    ProgressNote,
    /// What was done.
    ProcedureNote,
    /// Discharge.
    Discharge,
    /// What the patient should do.
    Recommendation,
    /// Exercises.
    ExercisePlan,
    /// Nutrition.
    NutritionPlan,
    /// To a colleague.
    ReferralLetter,
    /// Anything else.
    Other,
}

impl NoteKind {
    /// The word in records and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anamnesis => "anamnesis",
            Self::Assessment => "assessment",
            Self::ProgressNote => "progress_note",
            Self::ProcedureNote => "procedure_note",
            Self::Discharge => "discharge",
            Self::Recommendation => "recommendation",
            Self::ExercisePlan => "exercise_plan",
            Self::NutritionPlan => "nutrition_plan",
            Self::ReferralLetter => "referral_letter",
            Self::Other => "other",
        }
    }
}

/// How far a note has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteState {
    /// A record that its author may still change.
    Saved,
    /// Frozen.
    Signed,
    /// Frozen, and another signed note corrects or completes it.
    Amended,
}

/// A clinical note on the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Its title.
    pub title: String,
    /// A [`NoteKind`], or the word of a newer program.
    pub kind: String,
    /// The text.
    pub body: String,
    /// How far it has come.
    pub state: NoteState,
    /// The name of who wrote it.
    pub author: String,
    /// Their council number, such as `CRM-SP 123456`.
    pub author_council: Option<String>,
    /// When it was first saved.
    pub written_at: Timestamp,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// The name of who signed it.
    pub signed_by: Option<String>,
    /// The note that this one amends.
    pub amends: Option<NoteId>,
    /// The newest signed note that amends this one.
    pub amended_by: Option<NoteId>,
    /// The visit it belongs to.
    pub encounter_id: Option<EncounterId>,
}

/// A note and what its screen form leaves out: what the rules ask about.
pub(super) struct StoredNote {
    pub(super) shown: Note,
    pub(super) patient: PatientId,
    pub(super) author: UserId,
}

impl StoredNote {
    pub(super) fn load(view: &View<'_>, id: NoteId) -> rusqlite::Result<Option<Self>> {
        let sql = concat!(include_str!("sql/note.sql"), include_str!("sql/note_of_id.sql"));
        let mut query = view.db().prepare_cached(sql)?;
        query.query_row(named_params! { ":id": id.0 }, Self::from_row).optional()
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let shown = Note::from_row(row)?;
        Ok(Self { shown, patient: PatientId(row.get("patient_id")?), author: UserId(row.get("created_by")?) })
    }

    pub(super) fn is_signed(&self) -> bool {
        self.shown.signed_at.is_some()
    }

    /// What a signature at that time by that user would freeze.
    pub(super) fn content(&self, signed_by: UserId, signed_at: Timestamp) -> NoteContent<'_> {
        NoteContent {
            note: self.shown.id,
            patient: self.patient,
            encounter: self.shown.encounter_id,
            amends: self.shown.amends,
            author: self.author,
            signed_by,
            signed_at,
            kind: &self.shown.kind,
            title: &self.shown.title,
            body: &self.shown.body,
        }
    }
}

impl Note {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = |column: &str| row.get::<_, Option<Uuid>>(column);
        let signed_at = row.get::<_, Option<i64>>("signed_at")?.map(Timestamp::from_millis);
        let amended_by = id("amended_by")?.map(NoteId);
        Ok(Self {
            id: NoteId(row.get("id")?),
            title: row.get("title")?,
            kind: row.get("kind")?,
            body: row.get("body")?,
            state: match (signed_at, amended_by) {
                (None, _) => NoteState::Saved,
                (Some(_), None) => NoteState::Signed,
                (Some(_), Some(_)) => NoteState::Amended,
            },
            author: row.get("author")?,
            author_council: row.get("author_council")?,
            written_at: Timestamp::from_millis(row.get("created_at")?),
            signed_at,
            signed_by: row.get("signed_by")?,
            amends: id("amends_id")?.map(NoteId),
            amended_by,
            encounter_id: id("encounter_id")?.map(EncounterId),
        })
    }

    /// The notes of a patient, the newest first.
    pub(super) fn of_patient(view: &View<'_>, patient: PatientId) -> rusqlite::Result<Vec<Self>> {
        let sql = concat!(include_str!("sql/note.sql"), include_str!("sql/notes_of_patient.sql"));
        let mut query = view.db().prepare_cached(sql)?;
        query.query_map(named_params! { ":patient_id": patient.0 }, Self::from_row)?.collect()
    }
}
