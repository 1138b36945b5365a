//! The catalogue: what the clinic offers, how long it takes and for how much. A price is a row with its validity, so
//! that what was promised last month can still be read. It knows no appointment and no invoice; both copy the price.

mod add;
mod amend;
mod list;
mod price;
mod service;

pub use add::{Add, NewService, admit};
pub use amend::Amend;
pub use list::List;
pub use price::price_on;
pub use service::{Service, service, services};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<List>();
    catalogue.write::<Add>();
    catalogue.write::<Amend>();
}
