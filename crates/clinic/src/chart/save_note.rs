//! Saving a note: the draft becomes a record that every desk with charts receives. Its author may still change it.

use domain::{id::NoteId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{Draft, Note, draft::StoredDraft, note::StoredNote};
use crate::{Command, Failure, Outcome, Topic, Write, command::refuse, organization};

/// Makes a draft a record.
#[derive(Debug, Deserialize, TS)]
pub struct SaveNote {
    /// Which.
    draft_id: NoteId,
}

/// Why the draft stays a draft. Its text is never lost by a refusal.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such draft on this desk.
    NotFound,
    /// Someone else writes it.
    NotAuthor,
    /// A note says something, under a title.
    Empty {
        /// `title` or `body`.
        field: &'static str,
    },
    /// The note was signed meanwhile, perhaps on another desk: amend it.
    AlreadySigned,
}

impl Command for SaveNote {
    const NAME: &'static str = "chart.save_note";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart];
    type Output = Note;
    type Refusal = Refusal;
}

impl Write for SaveNote {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(draft) = StoredDraft::load(tx, self.draft_id)? else { return refuse(Refusal::NotFound) };
        let saved = StoredNote::load(tx, self.draft_id)?;

        if draft.author != tx.actor() {
            return refuse(Refusal::NotAuthor);
        }
        let draft = draft.shown;
        if let Some(field) = blank(&draft) {
            return refuse(Refusal::Empty { field });
        }
        if saved.as_ref().is_some_and(StoredNote::is_signed) {
            return refuse(Refusal::AlreadySigned);
        }

        if saved.is_some() {
            tx.db().execute(
                include_str!("sql/update_note.sql"),
                named_params! {
                    ":id": draft.id.0, ":kind": draft.kind, ":title": draft.title.trim(), ":body": draft.body.trim_end(),
                },
            )?;
        } else {
            tx.db().execute(
                include_str!("sql/insert_note.sql"),
                named_params! {
                    ":id": draft.id.0, ":clinic_id": organization::here(tx)?.clinic.0, ":at": tx.at().millis(),
                    ":by": tx.actor().0, ":patient_id": draft.patient_id.0,
                    ":encounter_id": draft.encounter_id.map(|id| id.0), ":amends_id": draft.amends.map(|id| id.0),
                    ":kind": draft.kind, ":title": draft.title.trim(), ":body": draft.body.trim_end(),
                },
            )?;
        }
        Draft::drop_from(tx, draft.id)?;
        let note = StoredNote::load(tx, draft.id)?.ok_or(Failure::Damaged("a note that was just saved"))?;
        Ok(note.shown)
    }
}

fn blank(draft: &Draft) -> Option<&'static str> {
    [("title", &draft.title), ("body", &draft.body)]
        .into_iter()
        .find(|(_, text)| text.trim().is_empty())
        .map(|(field, _)| field)
}
