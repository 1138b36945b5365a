//! Resources: what can be booked (practitioners' time, rooms, apparatus) and the weekly hours of each, in the
//! clinic's wall time. It knows no appointment.

mod add_room;
mod hours;
mod list;
mod resource;
mod set_hours;

pub use add_room::AddRoom;
pub use hours::{DayHours, HoursRule, Span, rules};
pub use list::List;
pub use resource::{Resource, add_practitioner, amend_practitioner, resource, resources};
pub use set_hours::{SetHours, put_hours};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<List>();
    catalogue.write::<AddRoom>();
    catalogue.write::<SetHours>();
}
