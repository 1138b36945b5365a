//! The patient goes in: the visit begins, and the practitioner and the room are really taken.

use domain::{
    id::{EncounterId, ResourceId},
    permission::Permission,
};
use serde::Deserialize;
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    BoardCard, VisitRefusal, board,
    encounter::{Encounter, advance},
};
use crate::{Command, Outcome, Topic, Write, agenda, command::refuse, organization::here, resources};

/// Starts a visit.
#[derive(Debug, Deserialize, TS)]
pub struct Start {
    /// Which.
    encounter_id: EncounterId,
    /// The room, where it is not the planned one.
    #[serde(default)]
    #[ts(optional = nullable)]
    room_id: Option<ResourceId>,
}

impl Command for Start {
    const NAME: &'static str = "reception.start";
    const NEEDS: Permission = Permission::ReceptionEdit;
    const TOPICS: &'static [Topic] = &[Topic::Reception, Topic::Agenda, Topic::Resources];
    type Output = BoardCard;
    type Refusal = VisitRefusal;
}

impl Write for Start {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(encounter) = Encounter::load(tx, self.encounter_id)? else {
            return refuse(VisitRefusal::NotFound { what: "encounter" });
        };
        if let Some(id) = self.room_id {
            let found = resources::resource(tx, id, here.today)?;
            if !found.is_some_and(|found| found.active && found.kind != "practitioner") {
                return refuse(VisitRefusal::NotFound { what: "room" });
            }
        }

        advance(tx, &encounter, "in_progress", "in_progress")?;
        tx.db().execute(
            include_str!("sql/start.sql"),
            named_params! { ":id": encounter.id.0, ":at": tx.at().millis(), ":room_id": self.room_id.map(|id| id.0) },
        )?;
        agenda::occupy(tx, &here, encounter.appointment, encounter.resource, self.room_id)?;
        board::of_appointment(tx, &here, encounter.appointment)
    }
}
