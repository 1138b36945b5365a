//! Signing a note: from here on it never changes, and its hash says so.

use domain::{id::NoteId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{Note, draft::StoredDraft, note::StoredNote};
use crate::{Command, Failure, Outcome, Topic, Write, command::refuse};

/// Signs a saved note.
#[derive(Debug, Deserialize, TS)]
pub struct SignNote {
    /// Which.
    note_id: NoteId,
}

/// Why it is not signed.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such note.
    NotFound,
    /// A signature answers for one's own words.
    NotAuthor,
    /// It is signed.
    AlreadySigned,
    /// Its author has begun to change it on this desk: save or discard that first.
    UnsavedDraft {
        /// The draft.
        draft_id: NoteId,
    },
}

impl Command for SignNote {
    const NAME: &'static str = "chart.sign_note";
    const NEEDS: Permission = Permission::ChartSign;
    const TOPICS: &'static [Topic] = &[Topic::Chart];
    type Output = Note;
    type Refusal = Refusal;
}

impl Write for SignNote {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(note) = StoredNote::load(tx, self.note_id)? else { return refuse(Refusal::NotFound) };
        if note.author != tx.actor() {
            return refuse(Refusal::NotAuthor);
        }
        if note.is_signed() {
            return refuse(Refusal::AlreadySigned);
        }
        if let Some(draft) = StoredDraft::load(tx, self.note_id)? {
            return refuse(Refusal::UnsavedDraft { draft_id: draft.shown.id });
        }

        tx.db().execute(
            include_str!("sql/sign_note.sql"),
            named_params! {
                ":id": self.note_id.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":content_hash": note.content(tx.actor(), tx.at()).hash(),
            },
        )?;
        let note = StoredNote::load(tx, self.note_id)?.ok_or(Failure::Damaged("a note that was just signed"))?;
        Ok(note.shown)
    }
}
