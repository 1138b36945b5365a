//! The registry: every kind of record that travels, declared once.
//!
//! A kind names its table, how replicas agree on it, who receives it and who may write it; each field says
//! whether it is personal or health data, whether it is a cache that never travels, and whether a concurrent
//! change asks a person. Ids of kinds and fields are **permanent**: they stand in journals that are kept for
//! twenty years. A retired one is never used again. A test in the store holds the registry against the migrated
//! schema in both directions.

mod agenda;
mod billing;
mod catalogue;
mod chart;
mod documents;
mod organization;
mod people;
mod reception;
mod resources;
mod staff;
mod system;

use crate::permission::Permission;

/// How replicas agree about a kind (the classes of the domain model, §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// a: merged field by field, the later change wins.
    Merge,
    /// b: inserted once, never changed; an error is corrected by a second fact.
    Fact,
    /// c: a fact with an amount; balances are sums, corrections are reversals.
    Ledger,
    /// d: a draft merged by field until the named column is filled; unchangeable from then on.
    Sealed {
        /// The column that is null in a draft.
        once: &'static str,
    },
    /// e: an exclusive claim, decided by the server: granted, or contested until a person decides.
    Claim,
    /// g: written by the server alone; a desk holds a copy.
    ServerOwned,
}

/// Who receives a kind (architecture: full, front desk, practitioner).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every desk of the clinic.
    Desk,
    /// Desks that may see charts.
    Clinical,
}

/// How a kind's ids come about, and so what an insert of an existing id means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// Drawn by the client: an id inserted twice is an incident and is quarantined.
    Drawn,
    /// Derived from scope and key: two inserts of one id are the same record and merge by field.
    Derived,
}

/// A field of a kind.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "four independent marks of a declaration, not a state")]
pub struct Field {
    /// Permanent id within the kind.
    pub id: u16,
    /// The column in the desk's table.
    pub column: &'static str,
    /// Identifies or concerns a person.
    pub personal: bool,
    /// Concerns a person's health.
    pub health: bool,
    /// Computed here from other records; never captured and never sent.
    pub cache: bool,
    /// A concurrent change goes to a person; otherwise the loser stays in history silently.
    pub ask: bool,
}

impl Field {
    /// Marks personal data.
    #[must_use]
    pub const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// Marks health data.
    #[must_use]
    pub const fn health(mut self) -> Self {
        self.health = true;
        self
    }

    /// Marks a cache.
    #[must_use]
    pub const fn cache(mut self) -> Self {
        self.cache = true;
        self
    }

    /// Marks a field whose concurrent change a person decides.
    #[must_use]
    pub const fn ask(mut self) -> Self {
        self.ask = true;
        self
    }
}

/// A plain field.
pub const fn field(id: u16, column: &'static str) -> Field {
    Field { id, column, personal: false, health: false, cache: false, ask: false }
}

/// The fields every record has besides its id; their permanent ids are 1 to 9 in every kind.
pub const ENVELOPE: &[Field] = &[CLINIC_ID, CREATED_AT, CREATED_BY, DELETED_AT];
/// The clinic the record belongs to; null for the organization's own records.
pub const CLINIC_ID: Field = field(2, "clinic_id");
/// When it was created, UTC milliseconds by the creating desk's clock.
pub const CREATED_AT: Field = field(3, "created_at");
/// The user who created it.
pub const CREATED_BY: Field = field(4, "created_by");
/// When it was struck out; null while it stands.
pub const DELETED_AT: Field = field(5, "deleted_at");

/// A kind of record that travels.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Permanent id.
    pub id: u16,
    /// The desk's table; also the kind's name in logs and tools.
    pub table: &'static str,
    /// How replicas agree.
    pub class: Class,
    /// Who receives it.
    pub scope: Scope,
    /// Who may write it; checked again by the server on push.
    pub write: Permission,
    /// How ids come about.
    pub ids: Ids,
    /// The fields beyond the envelope.
    pub fields: &'static [Field],
}

impl Kind {
    /// Envelope and own fields.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        ENVELOPE.iter().chain(self.fields)
    }

    /// The fields that travel.
    pub fn replicated(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.all_fields().filter(|field| !field.cache)
    }

    /// The field of that permanent id.
    pub fn field(&self, id: u16) -> Option<&'static Field> {
        self.all_fields().find(|field| field.id == id)
    }

    /// The field of that column.
    pub fn column(&self, column: &str) -> Option<&'static Field> {
        self.all_fields().find(|field| field.column == column)
    }
}

/// Every kind, in an order in which a record's parents come before it.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        organization::KINDS,
        staff::KINDS,
        resources::KINDS,
        documents::TEMPLATES,
        catalogue::KINDS,
        people::KINDS,
        agenda::KINDS,
        reception::KINDS,
        chart::KINDS,
        documents::KINDS,
        billing::KINDS,
        system::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// The kind of that permanent id.
pub fn kind(id: u16) -> Option<&'static Kind> {
    kinds().find(|kind| kind.id == id)
}

/// The kind that stands in that table.
pub fn kind_of_table(table: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.table == table)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_of_kinds_and_fields_are_unique_and_leave_the_envelope_alone() {
        let mut seen = BTreeSet::new();
        for kind in kinds() {
            assert!(seen.insert(kind.id), "kind id {} is used twice", kind.id);
            let mut fields = BTreeSet::new();
            for field in kind.all_fields() {
                assert!(fields.insert(field.id), "{}.{}: field id used twice", kind.table, field.column);
            }
            assert!(kind.fields.iter().all(|field| field.id >= 10), "{}: 1 to 9 are the envelope's", kind.table);
        }
    }

    #[test]
    fn a_sealed_kind_names_a_column_it_has() {
        for kind in kinds() {
            if let Class::Sealed { once } = kind.class {
                assert!(kind.column(once).is_some(), "{} has no column {once}", kind.table);
            }
        }
    }

    #[test]
    fn permanent_ids_are_the_ones_already_on_disk() {
        // Grows with the registry; a line here never changes.
        let pinned = include_str!("permanent_ids.txt");
        let line = |kind: &Kind, f: &Field| {
            let cache = if f.cache { " cache" } else { "" };
            format!("{} {} {} {}{cache}", kind.id, kind.table, f.id, f.column)
        };
        let now: BTreeSet<String> = kinds().flat_map(|kind| kind.all_fields().map(move |f| line(kind, f))).collect();
        for line in pinned.lines().filter(|line| !line.trim().is_empty()) {
            assert!(now.contains(line), "on disk for twenty years and gone from the registry: {line}");
        }
        let pinned: BTreeSet<&str> = pinned.lines().collect();
        for line in &now {
            assert!(pinned.contains(line.as_str()), "add this line to permanent_ids.txt: {line}");
        }
    }
}
