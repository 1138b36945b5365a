use domain::{
    id::{AppointmentId, EncounterId, PatientId, ResourceId, ServiceId, Uuid, derived},
    state::{APPOINTMENT, ENCOUNTER, Machine},
    time::CivilDate,
};
use serde::Serialize;
use store::{
    Tx, View,
    rusqlite::{OptionalExtension, named_params},
};
use ts_rs::TS;

use crate::{
    Failure, Stop,
    command::refuse,
    organization::Here,
    system::{self, Why},
};

/// Why a visit does not go on as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum VisitRefusal {
    /// It does not stand where that step begins.
    TransitionRefused {
        /// Where it stands.
        from: String,
        /// Where it should have gone.
        to: String,
    },
    /// No such thing.
    NotFound {
        /// `appointment`, `encounter`, `patient`, `service`, `practitioner` or `room`.
        what: &'static str,
    },
    /// The appointment is of another day: move it first.
    NotToday {
        /// Its day.
        date: CivilDate,
    },
}

/// A visit as its rules need it.
pub(super) struct Encounter {
    pub(super) id: EncounterId,
    pub(super) appointment: AppointmentId,
    pub(super) resource: Option<ResourceId>,
}

impl Encounter {
    /// A visit; one without an appointment (of an older program) is not shown on the board and not found here.
    pub(super) fn load(view: &View<'_>, id: EncounterId) -> Result<Option<Self>, Failure> {
        let mut query = view.db().prepare_cached(include_str!("sql/encounter.sql"))?;
        let row = query
            .query_row(named_params! { ":id": id.0 }, |row| {
                Ok((row.get::<_, Uuid>("appointment_id")?, row.get::<_, Option<Uuid>>("resource_id")?))
            })
            .optional()?;
        Ok(row.map(|(appointment, resource)| Self {
            id,
            appointment: AppointmentId(appointment),
            resource: resource.map(ResourceId),
        }))
    }
}

/// Who arrives, and for what.
pub(super) struct Arrival {
    pub(super) appointment: AppointmentId,
    pub(super) patient: PatientId,
    pub(super) service: Option<ServiceId>,
    pub(super) resource: Option<ResourceId>,
    pub(super) room: Option<ResourceId>,
}

/// Writes the visit that begins with an arrival, now. Its id follows from the appointment's: two desks that see the
/// same arrival at once write one visit.
pub(super) fn arrive(tx: &Tx<'_>, here: &Here, arrival: &Arrival) -> Result<EncounterId, Stop<VisitRefusal>> {
    let id = EncounterId(derived("encounter", &[&arrival.appointment.bytes()]));
    tx.db().prepare_cached(include_str!("sql/insert_encounter.sql"))?.execute(named_params! {
        ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":appointment_id": arrival.appointment.0, ":patient_id": arrival.patient.0,
        ":service_id": arrival.service.map(|id| id.0), ":resource_id": arrival.resource.map(|id| id.0),
        ":room_id": arrival.room.map(|id| id.0),
    })?;
    step(tx, &ENCOUNTER, id.0, "arrived")?;
    Ok(id)
}

/// Moves visit and appointment together: neither goes on alone.
pub(super) fn advance(
    tx: &Tx<'_>,
    encounter: &Encounter,
    visit_to: &str,
    appointment_to: &str,
) -> Result<(), Stop<VisitRefusal>> {
    step(tx, &ENCOUNTER, encounter.id.0, visit_to)?;
    step(tx, &APPOINTMENT, encounter.appointment.0, appointment_to)
}

/// Takes a step, or gives the machine's refusal.
pub(super) fn step(tx: &Tx<'_>, machine: &'static Machine, entity: Uuid, to: &str) -> Result<(), Stop<VisitRefusal>> {
    match system::advance(tx, machine, entity, to, Why::default())? {
        Ok(_) => Ok(()),
        Err(refused) => refuse(VisitRefusal::TransitionRefused { from: refused.from, to: refused.to }),
    }
}
