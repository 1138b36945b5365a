//! Chart: what is known and noted about a patient's health.
//!
//! It owns allergies (recorded, struck out with a reason, or none known after asking) and clinical notes. A note is
//! written as a *draft*, which stays on this desk and leaves nothing in the journal; once *saved* it is a record that
//! its author may still change; once *signed* it never changes, and another note may *amend* it. The area refuses to
//! know what a visit costs, when it was promised, or what was printed.

mod add_allergy;
mod allergy;
mod content;
mod discard_draft;
mod draft;
mod draft_note;
mod edit_note;
mod no_known_allergies;
mod note;
mod open;
mod save_note;
mod sign_note;
mod strike_allergy;

pub use add_allergy::{AddAllergy, NewAllergy};
pub use allergy::{RecordedAllergy, Severity};
pub use content::NoteContent;
pub use discard_draft::DiscardDraft;
pub use draft::Draft;
pub use draft_note::DraftNote;
pub use edit_note::EditNote;
pub use no_known_allergies::NoKnownAllergies;
pub use note::{Note, NoteKind, NoteState};
pub use open::{Chart, Open};
pub use save_note::SaveNote;
pub use sign_note::SignNote;
pub use strike_allergy::StrikeAllergy;

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Open>();
    catalogue.write::<AddAllergy>();
    catalogue.write::<StrikeAllergy>();
    catalogue.write::<NoKnownAllergies>();
    catalogue.write::<DraftNote>();
    catalogue.write::<DiscardDraft>();
    catalogue.write::<SaveNote>();
    catalogue.write::<EditNote>();
    catalogue.write::<SignNote>();
}
