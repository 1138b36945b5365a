//! Someone comes without an appointment. They get one that begins as arrived and claims no time: nobody's booking is
//! contested because somebody walked in. The claim comes with the start, when a practitioner really takes them.

use domain::{
    id::{PatientId, ResourceId, ServiceId},
    permission::Permission,
};
use serde::Deserialize;
use store::Tx;
use ts_rs::TS;

use super::{
    BoardCard, VisitRefusal, board,
    encounter::{Arrival, arrive},
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    agenda::{self, Promise, Status, slots::Need},
    catalogue,
    command::refuse,
    organization::here,
    people, resources,
};

/// How long a visit is taken to last when nobody has said what it is for, in minutes.
const UNSAID_MIN: i64 = 30;

/// Someone without an appointment.
#[derive(Debug, Deserialize, TS)]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
pub struct WalkIn {
    /// Who.
    patient_id: PatientId,
    /// What for, if they say.
    #[serde(default)]
    #[ts(optional = nullable)]
    service_id: Option<ServiceId>,
    /// With whom, if it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    resource_id: Option<ResourceId>,
}

impl Command for WalkIn {
    const NAME: &'static str = "reception.walk_in";
    const NEEDS: Permission = Permission::ReceptionEdit;
    const TOPICS: &'static [Topic] = &[Topic::Reception, Topic::Agenda, Topic::People];
    type Output = BoardCard;
    type Refusal = VisitRefusal;
}

impl Write for WalkIn {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        if !people::is_registered(tx, self.patient_id)? {
            return refuse(VisitRefusal::NotFound { what: "patient" });
        }
        let service = match self.service_id {
            None => None,
            Some(id) => match catalogue::service(tx, id, here.today)? {
                Some(service) if service.active => Some(service),
                _ => return refuse(VisitRefusal::NotFound { what: "service" }),
            },
        };
        if let Some(id) = self.resource_id {
            let found = resources::resource(tx, id, here.today)?;
            if !found.is_some_and(|found| found.active && found.kind == "practitioner") {
                return refuse(VisitRefusal::NotFound { what: "practitioner" });
            }
        }

        let need =
            service.as_ref().map_or(Need { duration_min: UNSAID_MIN, before_min: 0, after_min: 0 }, |service| Need {
                duration_min: service.duration_min,
                before_min: service.buffer_before_min,
                after_min: service.buffer_after_min,
            });
        let place = need.at(here.zone, here.wall(tx.at())).map_err(|_| Failure::Damaged("the wall clock shows now"))?;
        let appointment = agenda::promise(
            tx,
            &here,
            &Promise {
                patient: self.patient_id,
                service: self.service_id,
                practitioner: None,
                room: None,
                place,
                need,
                price: service.and_then(|service| service.price),
                notes: None,
                method: board::WALK_IN,
                status: Status::CheckedIn,
            },
        )?;
        arrive(
            tx,
            &here,
            &Arrival {
                appointment,
                patient: self.patient_id,
                service: self.service_id,
                resource: self.resource_id,
                room: None,
            },
        )?;
        board::of_appointment(tx, &here, appointment)
    }
}
