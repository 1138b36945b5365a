//! Staff: who treats, with their council and number. It knows neither hours, which are the resources', nor who signs
//! in, which is the organization's; adding a practitioner makes the resource that is booked.

mod add;
mod amend;
mod list;
mod practitioner;

pub use add::{Add, Admission, Refusal, admit};
pub use amend::Amend;
pub use list::List;
pub use practitioner::{Council, Practitioner, Profession, practitioner, practitioners};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<List>();
    catalogue.write::<Add>();
    catalogue.write::<Amend>();
}
