//! Presence at the clinic. Kinds 80–89.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[Kind {
    id: 80,
    table: "encounter",
    class: Class::Merge,
    scope: Scope::Desk,
    write: Permission::ReceptionEdit,
    // One visit of one appointment, however many desks see the patient come in.
    ids: Ids::Derived,
    fields: &[
        field(10, "appointment_id"),
        field(11, "patient_id"),
        field(12, "service_id"),
        field(13, "resource_id"),
        field(14, "room_id"),
        field(15, "arrived_at"),
        field(16, "started_at"),
        field(17, "finished_at"),
        field(18, "status").cache(),
    ],
}];
