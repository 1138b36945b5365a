//! Consents and other papers. Kinds 110–129.

use super::{Class, Ids, Kind, Scope, field};
use crate::permission::Permission;

/// Templates come before the services that point at them.
pub(super) const TEMPLATES: &[Kind] = &[Kind {
    id: 110,
    table: "document_template",
    class: Class::Sealed { once: "published_at" },
    scope: Scope::Desk,
    write: Permission::DocumentsTemplates,
    ids: Ids::Drawn,
    fields: &[
        field(10, "kind"),
        field(11, "title"),
        field(12, "locale"),
        field(13, "version"),
        field(14, "body"),
        field(15, "published_at"),
        field(16, "supersedes_id"),
    ],
}];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        id: 111,
        table: "document",
        class: Class::Sealed { once: "sealed_at" },
        scope: Scope::Desk,
        write: Permission::DocumentsEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "appointment_id"),
            field(12, "template_id"),
            field(13, "kind"),
            field(14, "title"),
            field(15, "locale"),
            field(16, "content").personal().health(),
            field(17, "content_hash"),
            field(18, "refused_at"),
            field(19, "refused_reason").personal(),
            field(20, "pdf").personal().health(),
            field(21, "seal"),
            field(22, "short_code"),
            field(23, "sealed_at"),
        ],
    },
    Kind {
        id: 112,
        table: "signature",
        class: Class::Fact,
        scope: Scope::Desk,
        write: Permission::DocumentsEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "document_id"),
            field(11, "role"),
            field(12, "name").personal(),
            field(13, "method"),
            field(14, "strokes").personal(),
            field(15, "document_hash"),
            field(16, "signed_at"),
        ],
    },
    Kind {
        id: 113,
        table: "consent",
        class: Class::Fact,
        scope: Scope::Desk,
        write: Permission::DocumentsEdit,
        ids: Ids::Drawn,
        fields: &[
            field(10, "patient_id"),
            field(11, "document_id"),
            field(12, "purpose"),
            field(13, "decision"),
            field(14, "effective_at"),
        ],
    },
];
