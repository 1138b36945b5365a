//! What can be booked, and when. Kinds 30–39.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 30,
        table: "resource",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::ResourcesEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "type"),
            field(11, "name"),
            field(12, "practitioner_id"),
            field(13, "capacity"),
            field(14, "color"),
            field(15, "active"),
        ],
    },
    Kind {
        id: 31,
        table: "availability_rule",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::ResourcesEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "resource_id"),
            field(11, "day_of_week"),
            field(12, "starts"),
            field(13, "ends"),
            field(14, "effective_from"),
            field(15, "effective_until"),
        ],
    },
];
