//! The patient comes out: treated, and as a rule to be charged.

use domain::{id::EncounterId, permission::Permission};
use serde::Deserialize;
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    BoardCard, VisitRefusal, board,
    encounter::{Encounter, advance},
};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization::here};

/// Finishes a visit.
#[derive(Debug, Deserialize, TS)]
pub struct Finish {
    /// Which.
    encounter_id: EncounterId,
}

impl Command for Finish {
    const NAME: &'static str = "reception.finish";
    const NEEDS: Permission = Permission::ReceptionEdit;
    const TOPICS: &'static [Topic] = &[Topic::Reception, Topic::Agenda, Topic::Billing, Topic::People];
    type Output = BoardCard;
    type Refusal = VisitRefusal;
}

impl Write for Finish {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(encounter) = Encounter::load(tx, self.encounter_id)? else {
            return refuse(VisitRefusal::NotFound { what: "encounter" });
        };
        advance(tx, &encounter, "finished", "completed")?;
        tx.db().execute(
            include_str!("sql/finish.sql"),
            named_params! { ":id": encounter.id.0, ":at": tx.at().millis() },
        )?;
        board::of_appointment(tx, &here, encounter.appointment)
    }
}
