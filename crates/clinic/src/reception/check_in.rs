//! Check-in: one key. What is missing (a consent, an allergy never asked) is listed beside, and stops nobody.

use domain::{id::AppointmentId, permission::Permission, state::APPOINTMENT};
use serde::Deserialize;
use store::Tx;
use ts_rs::TS;

use super::{
    BoardCard, VisitRefusal, board,
    encounter::{Arrival, arrive, step},
};
use crate::{
    Command, Outcome, Topic, Write,
    agenda::{self, Status},
    command::refuse,
    organization::here,
};

/// Someone who is expected has come.
#[derive(Debug, Deserialize, TS)]
pub struct CheckIn {
    /// Their appointment.
    appointment_id: AppointmentId,
}

impl Command for CheckIn {
    const NAME: &'static str = "reception.check_in";
    const NEEDS: Permission = Permission::ReceptionEdit;
    const TOPICS: &'static [Topic] = &[Topic::Reception, Topic::Agenda, Topic::People];
    type Output = BoardCard;
    type Refusal = VisitRefusal;
}

impl Write for CheckIn {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(card) = agenda::card(tx, &here, self.appointment_id)? else {
            return refuse(VisitRefusal::NotFound { what: "appointment" });
        };
        if card.start.date() != here.today {
            return refuse(VisitRefusal::NotToday { date: card.start.date() });
        }

        step(tx, &APPOINTMENT, self.appointment_id.0, Status::CheckedIn.key())?;
        agenda::follow(tx, self.appointment_id)?;
        arrive(
            tx,
            &here,
            &Arrival {
                appointment: self.appointment_id,
                patient: card.patient.id,
                service: card.service.map(|service| service.id),
                resource: card.resource_id,
                room: card.room.map(|room| room.id),
            },
        )?;
        board::of_appointment(tx, &here, self.appointment_id)
    }
}
