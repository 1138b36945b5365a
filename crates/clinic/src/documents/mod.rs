//! Documents: consents and other papers that a patient reads, decides on and signs.
//!
//! A *template* is a published revision of a text and never changes; a new revision supersedes it. From it a document
//! is *prepared* for one patient: variables are filled in and the content is frozen under its hash. It is *signed* by
//! hand, purpose by purpose, and *sealed*: rendered once as a PDF, with a detached seal, unchangeable. Or it is
//! *refused*, and the refusal is kept. The area refuses to know how a page looks (papers do) and where files lie (the
//! application does).

mod add_template;
mod content;
mod document;
mod facts;
pub mod ink;
mod list;
mod open;
mod paper;
mod prepare;
mod refuse;
mod seal;
mod seed;
mod sign;
mod template;
mod templates;
mod variables;

pub use add_template::AddTemplate;
pub use content::{Choice, Content, Issuer, Subject};
pub use document::{DocumentRow, DocumentState, GrantedPurpose, Prepared, SignatureRow, SignerRole};
pub use list::List;
pub use open::{Open, OpenedDocument};
pub use paper::{Paper, paper};
pub use prepare::Prepare;
pub use refuse::Refuse;
pub use seal::{Seal, SealShown, SealedDocument};
pub use seed::{SeededTemplate, seed};
pub use sign::{GivenPurpose, Pad, Sign, Stroke};
pub use template::{Block, Purpose, Template, TemplateBody, TemplateField};
pub use templates::Templates;

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.read::<Templates>();
    catalogue.write::<AddTemplate>();
    catalogue.read::<List>();
    catalogue.read::<Open>();
    catalogue.write::<Prepare>();
    catalogue.write::<Sign>();
    catalogue.write::<Seal>();
    catalogue.write::<Refuse>();
}
