//! What holds the areas together: transitions and the cards of the inbox. Kinds 160–179.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 160,
        table: "transition",
        class: Class::Fact,
        scope: Scope::Desk,
        write: Permission::AgendaEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "entity_kind"),
            field(11, "entity_id"),
            field(12, "from_status"),
            field(13, "to_status"),
            field(14, "prev_id"),
            field(15, "hlc"),
            field(16, "reason"),
            field(17, "note").personal(),
        ],
    },
    Kind {
        id: 161,
        table: "conflict_record",
        class: Class::ServerOwned,
        scope: Scope::Desk,
        write: Permission::AgendaResolve,
        ids: Ids::Derived,
        fields: &[
            field(10, "kind"),
            field(11, "resource_id"),
            field(12, "first_id"),
            field(13, "second_id"),
            field(14, "raised_at"),
        ],
    },
    Kind {
        id: 162,
        table: "conflict_resolution",
        class: Class::Fact,
        scope: Scope::Desk,
        write: Permission::AgendaResolve,
        ids: Ids::Drawn,
        fields: &[field(10, "card_id"), field(11, "choice"), field(12, "reason")],
    },
];
