//! Booking: a patient is promised a practitioner's time. Without a network it is provisional, and says so.

use domain::{
    id::{PatientId, ResourceId, ServiceId},
    permission::Permission,
    time::WallTime,
};
use serde::Deserialize;
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension},
};
use ts_rs::TS;

use super::{
    AgendaCard, BookingRefusal, Promise, Status, card, promise,
    promise::{check_claims, check_day, check_hours, duration_holds, seats},
    slots::Need,
};
use crate::{Command, Failure, Outcome, Topic, Write, catalogue::service, command::refuse, organization::here, text};

/// Who wants what, with whom, when.
#[derive(Debug, Deserialize, TS)]
pub struct Book {
    /// The patient.
    patient_id: PatientId,
    /// What for.
    service_id: ServiceId,
    /// With whom: the practitioner's resource.
    resource_id: ResourceId,
    /// Where.
    #[serde(default)]
    #[ts(optional = nullable)]
    room_id: Option<ResourceId>,
    /// What the clinic's wall clock shows at the start.
    start: WallTime,
    /// How long; the service's duration where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    duration_min: Option<i64>,
    /// What the desk wants to remember.
    #[serde(default)]
    #[ts(optional = nullable)]
    notes: Option<String>,
    /// Book although the practitioner is not there at that time.
    #[serde(default)]
    #[ts(optional = nullable)]
    outside_hours: Option<bool>,
}

impl Command for Book {
    const NAME: &'static str = "agenda.book";
    const NEEDS: Permission = Permission::AgendaEdit;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Reception, Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("notes", text::REMARKS)];
    type Output = AgendaCard;
    type Refusal = BookingRefusal;
}

impl Write for Book {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        if !is_patient(tx, self.patient_id)? {
            return refuse(BookingRefusal::NotFound { what: "patient" });
        }
        let Some(service) = service(tx, self.service_id, self.start.date())?.filter(|service| service.active) else {
            return refuse(BookingRefusal::NotFound { what: "service" });
        };
        let seats = seats(tx, &here, self.resource_id, self.room_id)?;
        let need = Need {
            duration_min: self.duration_min.unwrap_or(service.duration_min),
            before_min: service.buffer_before_min,
            after_min: service.buffer_after_min,
        };
        if !duration_holds(need.duration_min) {
            return refuse(BookingRefusal::DurationInvalid);
        }
        check_day(&here, self.start)?;
        let Ok(place) = need.at(here.zone, self.start) else { return refuse(BookingRefusal::TimeDoesNotExist) };
        check_claims(tx, &here, &seats, place.occupied, None)?;
        if !self.outside_hours.unwrap_or(false) {
            check_hours(tx, &here, seats.practitioner.id, place)?;
        }

        let notes = self.notes.map(|notes| notes.trim().to_owned()).filter(|notes| !notes.is_empty());
        let id = promise(
            tx,
            &here,
            &Promise {
                patient: self.patient_id,
                service: Some(self.service_id),
                practitioner: Some(seats.practitioner.id),
                room: seats.room.map(|room| room.id),
                place,
                need,
                price: service.price,
                notes: notes.as_deref(),
                method: "desk",
                status: Status::Scheduled,
            },
        )?;
        Ok(card(tx, &here, id)?.ok_or(Failure::Damaged("the appointment just booked"))?)
    }
}

fn is_patient(view: &View<'_>, id: PatientId) -> rusqlite::Result<bool> {
    view.db()
        .prepare_cached("select 1 from patient where id = ?1 and deleted_at is null")?
        .query_row([id.0], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}
