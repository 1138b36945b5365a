//! Cancelling: the time is free again, and the record says why.

use domain::{id::AppointmentId, permission::Permission};
use serde::Deserialize;
use store::Tx;
use ts_rs::TS;

use super::{
    AgendaCard, Status,
    confirm::{StepRefusal, known, step},
    follow::follow,
};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization::here, system::Why, text};

/// Which appointment, and why.
#[derive(Debug, Deserialize, TS)]
pub struct Cancel {
    /// The appointment.
    appointment_id: AppointmentId,
    /// Why; refused where absent.
    #[serde(default)]
    reason: Option<Reason>,
    /// In someone's own words.
    #[serde(default)]
    #[ts(optional = nullable)]
    note: Option<String>,
}

/// Why an appointment is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The patient asked.
    PatientAsked,
    /// The practitioner cannot be there.
    PractitionerAbsent,
    /// Someone is ill.
    Illness,
    /// It should not have been booked.
    BookedByMistake,
    /// Anything else; the note says what.
    Other,
}

impl Reason {
    /// The word in SQL and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PatientAsked => "patient_asked",
            Self::PractitionerAbsent => "practitioner_absent",
            Self::Illness => "illness",
            Self::BookedByMistake => "booked_by_mistake",
            Self::Other => "other",
        }
    }
}

impl Command for Cancel {
    const NAME: &'static str = "agenda.cancel";
    const NEEDS: Permission = Permission::AgendaEdit;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Reception, Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("note", text::REMARKS)];
    type Output = AgendaCard;
    type Refusal = StepRefusal;
}

impl Write for Cancel {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        known(tx, &here, self.appointment_id)?;
        let Some(reason) = self.reason else { return refuse(StepRefusal::ReasonMissing) };
        let note = self.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        let why = Why { reason: Some(reason.key()), note: note.as_deref() };
        step(tx, self.appointment_id, Status::Cancelled, why)?;
        follow(tx, self.appointment_id)?;
        known(tx, &here, self.appointment_id)
    }
}
