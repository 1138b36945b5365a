//! Patients and how to reach and identify them. Kinds 50–69.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 50,
        table: "patient",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::PeopleEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "code"),
            field(11, "kind"),
            field(12, "given").personal().ask(),
            field(13, "family").personal().ask(),
            field(14, "preferred_name").personal(),
            field(15, "birth_date").personal().ask(),
            field(16, "sex").personal(),
            field(17, "address").personal(),
            field(18, "notes").personal(),
            field(19, "locale"),
            field(20, "status"),
        ],
    },
    Kind {
        id: 51,
        table: "patient_identifier",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::PeopleEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "type"),
            field(12, "value").personal().ask(),
            field(13, "country"),
        ],
    },
    Kind {
        id: 52,
        table: "contact_point",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::PeopleEdit,
        ids: Ids::Drawn,
        fields: &[field(10, "patient_id"), field(11, "system"), field(12, "value").personal().ask(), field(13, "rank")],
    },
];
