//! Throwing a draft away. A note that was saved before stays as it was saved.

use domain::{id::NoteId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use super::{Draft, draft::StoredDraft};
use crate::{Command, Outcome, Topic, Write, command::refuse};

/// Throws a draft away.
#[derive(Debug, Deserialize, TS)]
pub struct DiscardDraft {
    /// Which.
    draft_id: NoteId,
}

/// Why it is kept.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such draft on this desk.
    NotFound,
    /// Someone else writes it.
    NotAuthor,
}

impl Command for DiscardDraft {
    const NAME: &'static str = "chart.discard_draft";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart];
    type Output = ();
    type Refusal = Refusal;
}

impl Write for DiscardDraft {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        match StoredDraft::load(tx, self.draft_id)? {
            None => refuse(Refusal::NotFound),
            Some(draft) if draft.author != tx.actor() => refuse(Refusal::NotAuthor),
            Some(_) => Ok(Draft::drop_from(tx, self.draft_id)?),
        }
    }
}
