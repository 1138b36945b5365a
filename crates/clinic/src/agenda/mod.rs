//! Agenda: promises of time to patients. It owns appointments and the claims they make on practitioners and rooms,
//! and knows when there is time. It reads what other areas say of a patient to mark a card; it writes none of it,
//! and knows nothing of what happens in the room.

mod book;
mod cancel;
mod card;
mod claims;
mod confirm;
mod day;
mod follow;
mod free_slots;
mod marks;
mod no_show;
mod open;
mod openings;
mod promise;
mod proposals;
mod relocate;
mod resolve;
pub mod slots;
mod usual;
mod week;

pub use book::Book;
pub use cancel::{Cancel, Reason};
pub use card::{
    AgendaCard, CardFlags, CardMoney, CardPatient, CardRoom, CardService, ClaimState, Status, card, cards_of_days,
};
pub use claims::{InTheWay, occupy};
pub use confirm::{Confirm, StepRefusal};
pub use day::{AgendaColumn, AgendaDay, Day};
pub use follow::{follow, follow_all};
pub use free_slots::FreeSlots;
pub use marks::{Mark, Marks};
pub use no_show::NoShow;
pub use open::{AppointmentPage, CheckItem, CheckKey, HistoryRow, Open};
pub use openings::FreeSlot;
pub use promise::{BookingRefusal, Promise, promise};
pub use proposals::{Proposal, ProposalKind, Proposals};
pub use relocate::Move;
pub use resolve::{Choice, Resolve};
pub use usual::{FirstFree, Usual, UsualBooking};
pub use week::{AgendaWeek, Week, WeekDay};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Day>();
    catalogue.read::<Week>();
    catalogue.read::<Marks>();
    catalogue.read::<FreeSlots>();
    catalogue.read::<Usual>();
    catalogue.write::<Book>();
    catalogue.write::<Move>();
    catalogue.write::<Confirm>();
    catalogue.write::<Cancel>();
    catalogue.write::<NoShow>();
    catalogue.read::<Open>();
    catalogue.read::<Proposals>();
    catalogue.write::<Resolve>();
}
