//! What a visit brings to an invoice: who, which service, for how much, done by whom.

use domain::{
    id::{AppointmentId, EncounterId, InvoiceId, PatientId, ServiceId, Uuid},
    money::Money,
    time::CivilDate,
};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};

use crate::catalogue::price_on;

/// A visit, or the appointment of one, or just a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) patient: PatientId,
    pub(super) appointment: Option<AppointmentId>,
    pub(super) encounter: Option<EncounterId>,
    pub(super) service: Option<Charged>,
    pub(super) performer: Option<String>,
}

/// The service of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Charged {
    pub(super) id: ServiceId,
    pub(super) name: String,
    /// The price promised at booking, or the one of the list on the day; 0 where neither says.
    pub(super) unit_minor: i64,
}

impl Visit {
    /// The visit of an encounter.
    pub(super) fn of_encounter(view: &View<'_>, id: EncounterId, on: CivilDate) -> rusqlite::Result<Option<Self>> {
        Self::find(view, include_str!("sql/visit_of_encounter.sql"), id.0, on)
    }

    /// The visit of an appointment, with its encounter where the patient has arrived.
    pub(super) fn of_appointment(view: &View<'_>, id: AppointmentId, on: CivilDate) -> rusqlite::Result<Option<Self>> {
        Self::find(view, include_str!("sql/visit_of_appointment.sql"), id.0, on)
    }

    /// A patient without a visit.
    pub(super) fn of_patient(view: &View<'_>, id: PatientId) -> rusqlite::Result<Option<Self>> {
        view.db()
            .prepare_cached(include_str!("sql/patient_exists.sql"))?
            .query_row([id.0], |_| {
                Ok(Self { patient: id, appointment: None, encounter: None, service: None, performer: None })
            })
            .optional()
    }

    fn find(view: &View<'_>, sql: &str, id: Uuid, on: CivilDate) -> rusqlite::Result<Option<Self>> {
        let visit = view.db().prepare_cached(sql)?.query_row(named_params! { ":id": id }, Self::from_row).optional()?;
        let Some((mut visit, promised)) = visit else { return Ok(None) };
        if let Some(service) = &mut visit.service {
            service.unit_minor = match promised {
                Some(minor) => minor,
                None => price_on(view, service.id, on)?.map_or(0, Money::minor),
            };
        }
        Ok(Some(visit))
    }

    /// The visit and the price promised at booking.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<(Self, Option<i64>)> {
        let service: Option<Uuid> = row.get("service_id")?;
        let name: Option<String> = row.get("service_name")?;
        let appointment: Option<Uuid> = row.get("appointment_id")?;
        let encounter: Option<Uuid> = row.get("encounter_id")?;
        let visit = Self {
            patient: PatientId(row.get("patient_id")?),
            appointment: appointment.map(AppointmentId),
            encounter: encounter.map(EncounterId),
            service: service.zip(name).map(|(id, name)| Charged { id: ServiceId(id), name, unit_minor: 0 }),
            performer: row.get("performer")?,
        };
        Ok((visit, row.get("promised_minor")?))
    }

    /// The invoice this visit already has: its draft, or else the issued one, since a visit is charged once.
    pub(super) fn invoice(&self, view: &View<'_>) -> rusqlite::Result<Option<InvoiceId>> {
        view.db()
            .prepare_cached(include_str!("sql/invoice_of_visit.sql"))?
            .query_row(
                named_params! {
                    ":patient": self.patient.0, ":appointment": self.appointment.map(|id| id.0),
                    ":encounter": self.encounter.map(|id| id.0),
                },
                |row| row.get("id").map(InvoiceId),
            )
            .optional()
    }
}
