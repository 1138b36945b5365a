//! Organization: the tenant, its clinics, who signs in and on which desks. It knows nothing of patients.

mod amend_clinic;
mod clinic;
mod desks;
mod found;
mod here;
pub mod profile;
mod rename_desk;
mod users;

pub use amend_clinic::AmendClinic;
pub use clinic::Clinic;
pub use desks::{Desks, EnrolledDesk, desk_name, enrol};
pub(crate) use found::tax_number;
pub use found::{Admin, ClinicData, Founded, FoundingRefusal, check, found};
pub use here::{Here, here};
pub use rename_desk::RenameDesk;
pub use users::{User, Users, add_user, is_demo, name, user};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.write::<AmendClinic>();
    catalogue.read::<Users>();
    catalogue.read::<Desks>();
    catalogue.write::<RenameDesk>();
}
