//! Reception: who is expected, who is here, who is in which room, and who has still to be charged.
//!
//! It owns encounters, a patient's presence from arrival to leaving. An arrival moves the appointment as well, and so
//! do start and end; a walk-in gets an appointment that begins as arrived, so that every screen sees one kind of
//! visit. It reads of money only what is left to charge, and knows nothing of what is noted in the room.

mod board;
mod check_in;
mod encounter;
mod finish;
mod start;
mod walk_in;

pub use board::{Board, BoardCard, ReceptionBoard};
pub use check_in::CheckIn;
pub use encounter::VisitRefusal;
pub use finish::Finish;
pub use start::Start;
pub use walk_in::WalkIn;

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Board>();
    catalogue.write::<CheckIn>();
    catalogue.write::<WalkIn>();
    catalogue.write::<Start>();
    catalogue.write::<Finish>();
}
