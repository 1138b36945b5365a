//! People: patients, how to reach them and by which documents they are known. They are found by any part of a
//! name, by phone or document. It knows nothing of what happens to them at the clinic.

mod amend;
mod header;
mod import;
mod index;
mod known;
mod open;
mod person;
mod register;
mod search;

pub use amend::Amend;
pub use header::{Allergy, DocumentNumber, PatientHeader, header};
pub use import::{
    Encoding, Import, ImportField, ImportHeader, ImportLine, ImportOutcome, ImportRefusal, ImportReport, Separator,
};
pub use index::SEARCH_INDEX;
pub use known::is_registered;
pub use open::{Open, PatientDetails, PatientPage, TimelineRow};
pub(crate) use person::email;
pub use person::{Admitted, IdentifierInput, PersonInput, PersonRefusal, Sex, admit};
pub use register::{Register, insert_patient};
pub use search::{PersonHit, Search};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Search>();
    catalogue.read::<Open>();
    catalogue.write::<Register>();
    catalogue.write::<Amend>();
    catalogue.write::<Import>();
}
