//! Not coming: the start has passed and the patient is not here. Who comes later the same day is checked in anyway.

use domain::{id::AppointmentId, permission::Permission};
use serde::Deserialize;
use store::Tx;
use ts_rs::TS;

use super::{
    AgendaCard, Status,
    confirm::{StepRefusal, known, step},
    follow::follow,
};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization::here, system::Why};

/// Which appointment.
#[derive(Debug, Deserialize, TS)]
pub struct NoShow {
    /// The appointment.
    appointment_id: AppointmentId,
}

impl Command for NoShow {
    const NAME: &'static str = "agenda.no_show";
    const NEEDS: Permission = Permission::AgendaEdit;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Reception, Topic::People];
    type Output = AgendaCard;
    type Refusal = StepRefusal;
}

impl Write for NoShow {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let before = known(tx, &here, self.appointment_id)?;
        let awaited = matches!(before.status, Status::Scheduled | Status::Confirmed);
        if awaited && tx.at() < before.start_at {
            return refuse(StepRefusal::TooEarly { start_at: before.start_at });
        }
        step(tx, self.appointment_id, Status::NoShow, Why::default())?;
        follow(tx, self.appointment_id)?;
        known(tx, &here, self.appointment_id)
    }
}
