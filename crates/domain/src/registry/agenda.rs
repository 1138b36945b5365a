//! Promises of time. Kinds 70–79.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 70,
        table: "appointment",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::AgendaEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "service_id"),
            field(12, "start_wall"),
            field(13, "duration_min"),
            field(14, "zone"),
            field(15, "start_at"),
            field(16, "end_at"),
            field(17, "tzdata"),
            field(18, "price_minor"),
            field(19, "currency"),
            field(20, "notes").personal(),
            field(21, "booking_method"),
            field(22, "status").cache(),
        ],
    },
    Kind {
        id: 71,
        table: "resource_allocation",
        class: Class::Claim,
        scope: Scope::Desk,
        write: Permission::AgendaEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "appointment_id"),
            field(11, "resource_id"),
            field(12, "occupied_from"),
            field(13, "occupied_to"),
            field(14, "units"),
            field(15, "phase"),
            field(16, "state"),
            field(17, "released_at"),
            field(18, "kept_reason"),
        ],
    },
];
