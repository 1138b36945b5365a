//! Who treats. Kinds 20–29.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 20,
        table: "practitioner",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::StaffEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "given").personal(),
            field(11, "family").personal(),
            field(12, "title"),
            field(13, "type"),
            field(14, "color"),
            field(15, "active"),
        ],
    },
    Kind {
        id: 21,
        table: "qualification",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::StaffEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "practitioner_id"),
            field(11, "kind"),
            field(12, "body"),
            field(13, "number"),
            field(14, "state"),
        ],
    },
];
