//! The areas of clinic work: a folder per area, a file per verb, its SQL and its pure rules beside it.
//!
//! An area's page (`mod.rs`) says what it owns and what it refuses to know, and lists its commands. Areas read each
//! other's tables through the functions an area's page offers; they write only their own.

pub mod agenda;
mod amendment;
pub mod billing;
pub mod catalogue;
pub mod chart;
pub mod command;
pub mod demo;
pub mod documents;
pub mod organization;
pub mod people;
pub mod reception;
pub mod resources;
pub mod staff;
pub mod system;
pub mod text;

pub use command::{Catalogue, Command, Failure, Never, Outcome, Read, Stop, Topic, Write};
use store::{Fold, Migration, Parts};

/// What the areas bring to a folder.
pub const PARTS: Parts = Parts { migrations: MIGRATIONS, folds: FOLDS };

/// The areas' schema, in order. A released step never changes.
const MIGRATIONS: &[Migration] = &[
    step(2, "0002_organization", include_str!("../../../migrations/desk/0002_organization.sql")),
    step(3, "0003_people", include_str!("../../../migrations/desk/0003_people.sql")),
    step(4, "0004_staff", include_str!("../../../migrations/desk/0004_staff.sql")),
    step(5, "0005_resources", include_str!("../../../migrations/desk/0005_resources.sql")),
    step(6, "0006_catalogue", include_str!("../../../migrations/desk/0006_catalogue.sql")),
    step(7, "0007_agenda", include_str!("../../../migrations/desk/0007_agenda.sql")),
    step(8, "0008_reception", include_str!("../../../migrations/desk/0008_reception.sql")),
    step(9, "0009_chart", include_str!("../../../migrations/desk/0009_chart.sql")),
    step(10, "0010_documents", include_str!("../../../migrations/desk/0010_documents.sql")),
    step(11, "0011_billing", include_str!("../../../migrations/desk/0011_billing.sql")),
    step(12, "0012_system", include_str!("../../../migrations/desk/0012_system.sql")),
];

const fn step(number: i64, name: &'static str, sql: &'static str) -> Migration {
    Migration { number, name, sql, older_may_open: false }
}

/// Caches and how to fold them, in an order in which a fold's inputs come before it.
const FOLDS: &[Fold] = &[people::SEARCH_INDEX, billing::PAID, system::STATUSES];

/// Lists every command of every area.
pub fn commands(catalogue: &mut impl Catalogue) {
    organization::commands(catalogue);
    people::commands(catalogue);
    billing::commands(catalogue);
    staff::commands(catalogue);
    catalogue::commands(catalogue);
    resources::commands(catalogue);
    agenda::commands(catalogue);
    reception::commands(catalogue);
    chart::commands(catalogue);
    documents::commands(catalogue);
    system::commands(catalogue);
}
