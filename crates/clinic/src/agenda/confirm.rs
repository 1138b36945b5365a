//! Confirming: the patient has said that they come.

use domain::{id::AppointmentId, permission::Permission, state::APPOINTMENT, time::Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use super::{AgendaCard, Status, card};
use crate::{
    Command, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Here, here},
    system::{self, Why},
};

/// Which appointment.
#[derive(Debug, Deserialize, TS)]
pub struct Confirm {
    /// The appointment.
    appointment_id: AppointmentId,
}

/// Why an appointment does not go where it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StepRefusal {
    /// It does not stand where that step begins.
    TransitionRefused {
        /// Where it stands.
        from: String,
        /// Where it should have gone.
        to: String,
    },
    /// A cancellation says why.
    ReasonMissing,
    /// Nobody has failed to come before the start.
    TooEarly {
        /// The start.
        start_at: Timestamp,
    },
    /// No such appointment.
    NotFound,
}

impl Command for Confirm {
    const NAME: &'static str = "agenda.confirm";
    const NEEDS: Permission = Permission::AgendaEdit;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Reception, Topic::People];
    type Output = AgendaCard;
    type Refusal = StepRefusal;
}

impl Write for Confirm {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        known(tx, &here, self.appointment_id)?;
        step(tx, self.appointment_id, Status::Confirmed, Why::default())?;
        known(tx, &here, self.appointment_id)
    }
}

/// The appointment's card, or the refusal that there is none.
pub(super) fn known(tx: &Tx<'_>, here: &Here, id: AppointmentId) -> Result<AgendaCard, Stop<StepRefusal>> {
    match card(tx, here, id)? {
        Some(card) => Ok(card),
        None => refuse(StepRefusal::NotFound),
    }
}

/// Takes a step, or gives the machine's refusal.
pub(super) fn step(tx: &Tx<'_>, id: AppointmentId, to: Status, why: Why<'_>) -> Result<(), Stop<StepRefusal>> {
    match system::advance(tx, &APPOINTMENT, id.0, to.key(), why)? {
        Ok(_) => Ok(()),
        Err(refused) => refuse(StepRefusal::TransitionRefused { from: refused.from, to: refused.to }),
    }
}
