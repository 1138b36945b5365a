//! Drafting the invoice of a visit: its service at the price promised. A visit is charged once, so the draft it has,
//! or else the invoice already issued for it, is what comes back.

use domain::{
    id::{AppointmentId, EncounterId, InvoiceId, InvoiceLineId, PatientId},
    money::Money,
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{Invoice, amounts::Amounts, load, visit::Visit};
use crate::{
    Command, Failure, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Here, here},
};

/// What is to be charged.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(untagged)]
pub enum DraftInvoice {
    /// A visit.
    Encounter {
        /// The visit.
        encounter_id: EncounterId,
    },
    /// An appointment, before or without a visit.
    Appointment {
        /// The appointment.
        appointment_id: AppointmentId,
    },
    /// Something without a visit: an empty draft for the patient.
    Patient {
        /// The patient.
        patient_id: PatientId,
    },
}

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such visit, appointment or patient.
    NotFound,
}

impl Command for DraftInvoice {
    const NAME: &'static str = "billing.draft";
    const NEEDS: Permission = Permission::BillingEdit;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = Invoice;
    type Refusal = Refusal;
}

impl Write for DraftInvoice {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let visit = match self {
            Self::Encounter { encounter_id } => Visit::of_encounter(tx, encounter_id, here.today)?,
            Self::Appointment { appointment_id } => Visit::of_appointment(tx, appointment_id, here.today)?,
            Self::Patient { patient_id } => Visit::of_patient(tx, patient_id)?,
        };
        let Some(visit) = visit else { return refuse(Refusal::NotFound) };
        let (id, saved_at) = match visit.invoice(tx)? {
            Some(existing) => (existing, None),
            None => (insert(tx, &here, &visit)?, Some(tx.at())),
        };
        let mut invoice = load(tx, &here, id)?.ok_or(Stop::Failed(Failure::Damaged("the draft just made")))?;
        invoice.saved_at = saved_at.unwrap_or(invoice.saved_at);
        Ok(invoice)
    }
}

fn insert(tx: &Tx<'_>, here: &Here, visit: &Visit) -> Result<InvoiceId, Failure> {
    let id = InvoiceId(tx.new_id());
    let line = visit.service.as_ref().map(|service| {
        let unit = Money::from_minor(service.unit_minor, here.currency);
        Amounts::new(1000, unit, Money::zero(here.currency)).map(|amounts| (service, amounts))
    });
    let line = line.transpose().map_err(|_| Failure::Damaged("a service's price"))?;
    let total = line.as_ref().map_or(0, |(_, amounts)| amounts.total.minor());
    insert_head(tx, here, id, visit, total).map_err(|error| Failure::Store(error.into()))?;
    if let Some((service, amounts)) = line {
        let line = LineRow {
            id: InvoiceLineId(tx.new_id()),
            position: 1,
            service_id: Some(service.id),
            description: &service.name,
            performer: visit.performer.as_deref(),
            amounts,
        };
        insert_line(tx, here, id, &line).map_err(|error| Failure::Store(error.into()))?;
    }
    Ok(id)
}

fn insert_head(tx: &Tx<'_>, here: &Here, id: InvoiceId, visit: &Visit, total: i64) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/insert_invoice.sql"))?.execute(named_params! {
        ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":patient_id": visit.patient.0, ":appointment_id": visit.appointment.map(|id| id.0),
        ":encounter_id": visit.encounter.map(|id| id.0), ":currency": here.currency.code(), ":total_minor": total,
    })?;
    Ok(())
}

/// A line as it is written.
pub(super) struct LineRow<'a> {
    pub(super) id: InvoiceLineId,
    pub(super) position: i64,
    pub(super) service_id: Option<domain::id::ServiceId>,
    pub(super) description: &'a str,
    pub(super) performer: Option<&'a str>,
    pub(super) amounts: Amounts,
}

pub(super) fn insert_line(tx: &Tx<'_>, here: &Here, invoice: InvoiceId, line: &LineRow<'_>) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/insert_line.sql"))?.execute(named_params! {
        ":id": line.id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":invoice_id": invoice.0, ":position": line.position, ":service_id": line.service_id.map(|id| id.0),
        ":description": line.description, ":performer": line.performer,
        ":quantity_milli": line.amounts.quantity_milli, ":unit_minor": line.amounts.unit.minor(),
        ":discount_minor": line.amounts.discount.minor(), ":total_minor": line.amounts.total.minor(),
    })?;
    Ok(())
}
