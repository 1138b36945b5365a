//! Taking a saved note up again. It stays as it is until the draft is saved over it.

use domain::{id::NoteId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use super::{Draft, draft::StoredDraft, note::StoredNote};
use crate::{Command, Outcome, Topic, Write, command::refuse};

/// Makes a saved note a draft again, under its id.
#[derive(Debug, Deserialize, TS)]
pub struct EditNote {
    /// Which.
    note_id: NoteId,
}

/// Why it is not edited.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such note.
    NotFound,
    /// Only its author edits a note.
    NotAuthor,
    /// What is signed is amended, never edited.
    AlreadySigned,
}

impl Command for EditNote {
    const NAME: &'static str = "chart.edit_note";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart];
    type Output = Draft;
    type Refusal = Refusal;
}

impl Write for EditNote {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(note) = StoredNote::load(tx, self.note_id)? else { return refuse(Refusal::NotFound) };
        if note.author != tx.actor() {
            return refuse(Refusal::NotAuthor);
        }
        if note.is_signed() {
            return refuse(Refusal::AlreadySigned);
        }
        if let Some(begun) = StoredDraft::load(tx, self.note_id)? {
            return Ok(begun.shown);
        }

        let draft = Draft {
            id: note.shown.id,
            patient_id: note.patient,
            encounter_id: note.shown.encounter_id,
            amends: note.shown.amends,
            title: note.shown.title,
            kind: note.shown.kind,
            body: note.shown.body,
            saved_at: tx.at(),
        };
        draft.keep(tx)?;
        Ok(draft)
    }
}
