//! What the clinic offers and for how much. Kinds 40–49.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 40,
        table: "service",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::CatalogueEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "name"),
            field(11, "category"),
            field(12, "description"),
            field(13, "duration_min"),
            field(14, "buffer_before_min"),
            field(15, "buffer_after_min"),
            field(16, "color"),
            field(17, "consent_template_id"),
            field(18, "active"),
        ],
    },
    Kind {
        id: 41,
        table: "service_price",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::CatalogueEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "service_id"),
            field(11, "amount_minor"),
            field(12, "currency"),
            field(13, "valid_from"),
            field(14, "valid_until"),
        ],
    },
];
