//! The clinical record. Kinds 90–109.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 90,
        table: "allergy_intolerance",
        class: Class::Merge,
        scope: Scope::Desk,
        write: Permission::ChartEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "substance").personal().health().ask(),
            field(12, "reaction").personal().health().ask(),
            field(13, "severity").health().ask(),
            field(14, "struck_reason"),
        ],
    },
    Kind {
        id: 91,
        table: "allergy_review",
        class: Class::Fact,
        scope: Scope::Desk,
        write: Permission::ChartEdit,
        ids: Ids::Drawn,
        fields: &[field(10, "patient_id"), field(11, "none_known").health()],
    },
    Kind {
        id: 92,
        table: "clinical_note",
        class: Class::Sealed { once: "signed_at" },
        scope: Scope::Clinical,
        write: Permission::ChartEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "encounter_id"),
            field(12, "kind"),
            field(13, "title").personal().health().ask(),
            field(14, "body").personal().health().ask(),
            field(15, "amends_id"),
            field(16, "signed_at"),
            field(17, "signed_by"),
            field(18, "content_hash"),
        ],
    },
];
