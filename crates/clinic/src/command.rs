//! What a command is: a struct whose fields are its input, the permission it needs, the topics it reads or
//! touches, and its own refusals. Areas list their commands; the application joins the lists into one catalogue.

use domain::{id::Uuid, permission::Permission};
use serde::{Serialize, de::DeserializeOwned};
use store::{StoreError, Tx, View, rusqlite};
use thiserror::Error;
use ts_rs::TS;

/// What the screen holds that a command reads or makes stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export_to = "bindings.ts")]
pub enum Topic {
    /// The clinic's data and its users.
    Organization,
    /// Patients.
    People,
    /// Practitioners.
    Staff,
    /// Services and prices.
    Catalogue,
    /// Rooms and hours.
    Resources,
    /// Appointments.
    Agenda,
    /// Visits.
    Reception,
    /// Allergies and notes.
    Chart,
    /// Consents and other papers.
    Documents,
    /// Invoices and payments.
    Billing,
    /// The desk itself: sync, inbox, session.
    System,
}

impl Topic {
    /// The topic that a record of this table belongs to: how records that arrive by sync are announced.
    pub fn of_table(table: &str) -> Self {
        match table {
            "organization" | "clinic" | "user_account" | "device" | "setting" => Self::Organization,
            "patient" | "patient_identifier" | "contact_point" => Self::People,
            "practitioner" | "qualification" => Self::Staff,
            "service" | "service_price" => Self::Catalogue,
            "resource" | "availability_rule" => Self::Resources,
            "appointment" | "resource_allocation" | "transition" => Self::Agenda,
            "encounter" => Self::Reception,
            "allergy_intolerance" | "allergy_review" | "clinical_note" => Self::Chart,
            "document_template" | "document" | "signature" | "consent" => Self::Documents,
            "invoice" | "invoice_line" | "instalment" | "payment" | "payment_allocation" => Self::Billing,
            _ => Self::System,
        }
    }
}

/// One thing a user can ask for.
pub trait Command: DeserializeOwned + TS + Send + 'static {
    /// `area.verb`, stable: it stands in the journal.
    const NAME: &'static str;
    /// What the caller must be allowed to do.
    const NEEDS: Permission;
    /// What a read depends on, or a write makes stale.
    const TOPICS: &'static [Topic];
    /// What is answered.
    type Output: Serialize + TS + 'static;
    /// The fields that hold more than a line, with all within them, and how many characters each may hold.
    const LONG: &'static [(&'static str, usize)] = &[];
    /// Why it may be refused: an enum of codes with data, serialised with `tag = "code"`, never prose.
    type Refusal: Serialize + TS + std::fmt::Debug + 'static;
}

/// A command that only looks.
pub trait Read: Command {
    /// Looks.
    fn run(self, view: &View<'_>) -> Outcome<Self>;

    /// The record whose reading must be kept in the journal (a chart opened, a paper shown), if any: table and id.
    fn audited(&self) -> Option<(&'static str, Uuid)> {
        None
    }
}

/// A command that changes something.
pub trait Write: Command {
    /// Checks, decides, writes. The door journals what was written.
    fn run(self, tx: &Tx<'_>) -> Outcome<Self>;
}

/// The answer, or why there is none.
pub type Outcome<C> = Result<<C as Command>::Output, Stop<<C as Command>::Refusal>>;

/// Why a command did not answer.
#[derive(Debug)]
pub enum Stop<R> {
    /// A rule says no.
    Refused(R),
    /// The machine could not.
    Failed(Failure),
}

/// Something broke that no rule foresees.
#[derive(Debug, Error)]
pub enum Failure {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A paper could not be made.
    #[error("a paper could not be made: {0}")]
    Paper(String),
    /// A record on disk is not what this program writes.
    #[error("a record is damaged: {0}")]
    Damaged(&'static str),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl<R> From<rusqlite::Error> for Stop<R> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(Failure::Store(error.into()))
    }
}

impl<R> From<StoreError> for Stop<R> {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl<R> From<Failure> for Stop<R> {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Refuses.
pub(crate) fn refuse<T, R>(reason: R) -> Result<T, Stop<R>> {
    Err(Stop::Refused(reason))
}

/// A command that is never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Never {}

/// Where areas list their commands: the router and the export of types are both made from it.
pub trait Catalogue {
    /// Lists a read.
    fn read<C: Read>(&mut self);
    /// Lists a write.
    fn write<C: Write>(&mut self);
}
