use domain::{
    id::{EncounterId, NoteId, PatientId, UserId, Uuid},
    time::Timestamp,
};
use serde::Serialize;
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

/// A note being written. It is on this desk only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Draft {
    /// The id that the note will have, or has.
    pub id: NoteId,
    /// On whose chart.
    pub patient_id: PatientId,
    /// The visit it belongs to.
    pub encounter_id: Option<EncounterId>,
    /// The signed note that it will amend.
    pub amends: Option<NoteId>,
    /// Its title so far.
    pub title: String,
    /// A note's kind.
    pub kind: String,
    /// The text so far.
    pub body: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// A draft and who writes it.
pub(super) struct StoredDraft {
    pub(super) shown: Draft,
    pub(super) author: UserId,
}

impl StoredDraft {
    pub(super) fn load(view: &View<'_>, id: NoteId) -> rusqlite::Result<Option<Self>> {
        let mut query = view.db().prepare_cached(include_str!("sql/draft.sql"))?;
        query
            .query_row(named_params! { ":id": id.0 }, |row| {
                Ok(Self { shown: Draft::from_row(row)?, author: UserId(row.get("author_id")?) })
            })
            .optional()
    }
}

impl Draft {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = |column: &str| row.get::<_, Option<Uuid>>(column);
        Ok(Self {
            id: NoteId(row.get("id")?),
            patient_id: PatientId(row.get("patient_id")?),
            encounter_id: id("encounter_id")?.map(EncounterId),
            amends: id("amends_id")?.map(NoteId),
            title: row.get("title")?,
            kind: row.get("kind")?,
            body: row.get("body")?,
            saved_at: Timestamp::from_millis(row.get("saved_at")?),
        })
    }

    /// What the viewer is writing about a patient, the latest first. Nobody reads another's draft.
    pub(super) fn own(view: &View<'_>, patient: PatientId) -> rusqlite::Result<Vec<Self>> {
        let mut query = view.db().prepare_cached(include_str!("sql/drafts.sql"))?;
        query
            .query_map(named_params! { ":patient_id": patient.0, ":author_id": view.actor().0 }, Self::from_row)?
            .collect()
    }

    /// Keeps the draft as the actor's, over an older version of it.
    pub(super) fn keep(&self, tx: &Tx<'_>) -> rusqlite::Result<()> {
        tx.db().execute(
            include_str!("sql/keep_draft.sql"),
            named_params! {
                ":id": self.id.0, ":patient_id": self.patient_id.0, ":encounter_id": self.encounter_id.map(|id| id.0),
                ":amends_id": self.amends.map(|id| id.0), ":author_id": tx.actor().0, ":kind": self.kind,
                ":title": self.title, ":body": self.body, ":saved_at": self.saved_at.millis(),
            },
        )?;
        Ok(())
    }

    /// Drops the draft.
    pub(super) fn drop_from(tx: &Tx<'_>, id: NoteId) -> rusqlite::Result<()> {
        tx.db().execute(include_str!("sql/drop_draft.sql"), named_params! { ":id": id.0 })?;
        Ok(())
    }
}
