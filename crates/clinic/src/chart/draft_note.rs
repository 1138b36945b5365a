//! Writing a note. Kept every few seconds while someone types: on this desk, in no journal, and still there after a
//! crash, because each keeping is a committed transaction.

use domain::{
    id::{EncounterId, NoteId, PatientId},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{Draft, NoteKind, draft::StoredDraft, note::StoredNote};
use crate::{Command, Outcome, Topic, Write, command::refuse, people, text};

/// The note as it stands on the screen.
#[derive(Debug, Deserialize, TS)]
pub struct DraftNote {
    /// The draft that is continued; absent for a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    draft_id: Option<NoteId>,
    /// On whose chart.
    patient_id: PatientId,
    /// The visit it belongs to. Fixed when the draft begins.
    #[serde(default)]
    #[ts(optional = nullable)]
    encounter_id: Option<EncounterId>,
    /// The signed note that it amends. Fixed when the draft begins.
    #[serde(default)]
    #[ts(optional = nullable)]
    amends: Option<NoteId>,
    /// Title so far.
    title: String,
    /// Kind.
    kind: NoteKind,
    /// Text so far.
    body: String,
}

/// Why a draft is not kept.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such thing on this patient's chart.
    NotFound {
        /// `patient`, `encounter`, `note` or `draft`.
        what: &'static str,
    },
    /// Someone else writes this draft.
    NotAuthor,
    /// The note to amend is not signed yet: its author can edit it.
    Unsigned,
}

impl Command for DraftNote {
    const NAME: &'static str = "chart.draft_note";
    const NEEDS: Permission = Permission::ChartEdit;
    // Nothing: each keystroke's draft would make the whole chart stale.
    const TOPICS: &'static [Topic] = &[];
    const LONG: &'static [(&'static str, usize)] = &[("body", text::PAGES)];
    type Output = Draft;
    type Refusal = Refusal;
}

impl Write for DraftNote {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let begun = match self.draft_id {
            Some(id) => match StoredDraft::load(tx, id)? {
                Some(draft) if draft.shown.patient_id != self.patient_id => None,
                found => found,
            },
            None => None,
        };
        let (id, encounter_id, amends) = match (self.draft_id, begun) {
            (Some(_), None) => return refuse(Refusal::NotFound { what: "draft" }),
            (_, Some(draft)) if draft.author != tx.actor() => return refuse(Refusal::NotAuthor),
            (_, Some(draft)) => (draft.shown.id, draft.shown.encounter_id, draft.shown.amends),
            (None, None) => {
                if let Some(refusal) = self.may_begin(tx)? {
                    return refuse(refusal);
                }
                (NoteId(tx.new_id()), self.encounter_id, self.amends)
            }
        };

        let draft = Draft {
            id,
            patient_id: self.patient_id,
            encounter_id,
            amends,
            title: self.title,
            kind: self.kind.as_str().to_owned(),
            body: self.body,
            saved_at: tx.at(),
        };
        draft.keep(tx)?;
        Ok(draft)
    }
}

impl DraftNote {
    /// What a new draft points at must be there, and belong to the same patient.
    fn may_begin(&self, tx: &Tx<'_>) -> rusqlite::Result<Option<Refusal>> {
        if !people::is_registered(tx, self.patient_id)? {
            return Ok(Some(Refusal::NotFound { what: "patient" }));
        }
        if let Some(encounter) = self.encounter_id {
            let named = named_params! { ":id": encounter.0, ":patient_id": self.patient_id.0 };
            let known: bool = tx
                .db()
                .prepare_cached(include_str!("sql/encounter_of_patient.sql"))?
                .query_row(named, |row| row.get("known"))?;
            if !known {
                return Ok(Some(Refusal::NotFound { what: "encounter" }));
            }
        }
        let Some(amends) = self.amends else { return Ok(None) };
        Ok(match StoredNote::load(tx, amends)? {
            Some(note) if note.patient == self.patient_id && note.is_signed() => None,
            Some(note) if note.patient == self.patient_id => Some(Refusal::Unsigned),
            Some(_) | None => Some(Refusal::NotFound { what: "note" }),
        })
    }
}
