//! What holds the areas together: transitions, which are the only way a status changes, and the cards of the inbox.
//!
//! It owns `transition`, `conflict_record` and `conflict_resolution` and the status caches folded from the first.
//! It does not know why a visit is started or an appointment cancelled: the areas do, and call [`advance`].

mod inbox;
mod transitions;

pub use inbox::{CardSide, CardTitle, Inbox, InboxCard, InboxCards, decide, inbox_card, open_cards};
pub use transitions::{NotAllowed, STATUSES, Why, advance, status};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Inbox>();
}
