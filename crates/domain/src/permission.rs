//! Permission keys. A command declares one; the router checks it, and the server checks the record kinds a push
//! writes. There is no wildcard: a role is a list.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// What someone may do. The key is stable and stands in roles, the matrix and the audit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(type = "string")]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $key)] $name),+
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable key, `area.what`.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

permissions! {
    /// See the clinic's data, its users and settings.
    OrganizationView = "organization.view",
    /// Change the clinic's data and settings.
    OrganizationEdit = "organization.edit",
    /// Add people who sign in, and change their roles.
    OrganizationUsers = "organization.users",
    /// Adopt a server, invite and revoke desks.
    OrganizationDesks = "organization.desks",
    /// Find patients and see their identification.
    PeopleView = "people.view",
    /// Register patients and change their identification.
    PeopleEdit = "people.edit",
    /// Bring in patients from a spreadsheet.
    PeopleImport = "people.import",
    /// See who treats.
    StaffView = "staff.view",
    /// Add practitioners and change their data.
    StaffEdit = "staff.edit",
    /// See services and prices.
    CatalogueView = "catalogue.view",
    /// Change services and prices.
    CatalogueEdit = "catalogue.edit",
    /// See rooms and working hours.
    ResourcesView = "resources.view",
    /// Change rooms and working hours.
    ResourcesEdit = "resources.edit",
    /// See the agenda.
    AgendaView = "agenda.view",
    /// Book, move and cancel.
    AgendaEdit = "agenda.edit",
    /// Decide what the inbox asks about the agenda.
    AgendaResolve = "agenda.resolve",
    /// See who is expected, waiting and in a room.
    ReceptionView = "reception.view",
    /// Check in, call, start and finish visits.
    ReceptionEdit = "reception.edit",
    /// Open a chart.
    ChartView = "chart.view",
    /// Write allergies and notes.
    ChartEdit = "chart.edit",
    /// Sign notes.
    ChartSign = "chart.sign",
    /// See consent forms and other papers.
    DocumentsView = "documents.view",
    /// Prepare papers and take signatures.
    DocumentsEdit = "documents.edit",
    /// Change the texts papers are made from.
    DocumentsTemplates = "documents.templates",
    /// See invoices, payments and balances.
    BillingView = "billing.view",
    /// Draft and issue invoices, take payments.
    BillingEdit = "billing.edit",
    /// See whether desks agree, and send now.
    SystemSync = "system.sync",
    /// Print papers and save them as files.
    SystemPrint = "system.print",
}

/// A built-in role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Founded or took over the organization.
    Owner,
    /// Runs the system for the owner.
    Admin,
    /// Runs the clinic.
    Manager,
    /// Treats.
    Practitioner,
    /// Helps who treats; signs nothing.
    Assistant,
    /// Receives patients; sees no chart.
    Reception,
    /// Takes money.
    Cashier,
    /// Looks and changes nothing.
    Auditor,
}

impl Role {
    /// Every role, the most trusted first.
    pub const ALL: &'static [Self] = &[
        Self::Owner,
        Self::Admin,
        Self::Manager,
        Self::Practitioner,
        Self::Assistant,
        Self::Reception,
        Self::Cashier,
        Self::Auditor,
    ];

    /// The key in records and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Practitioner => "practitioner",
            Self::Assistant => "assistant",
            Self::Reception => "reception",
            Self::Cashier => "cashier",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }

    /// Whether the role includes a permission.
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        let looks = matches!(
            permission,
            P::OrganizationView
                | P::PeopleView
                | P::StaffView
                | P::CatalogueView
                | P::ResourcesView
                | P::AgendaView
                | P::ReceptionView
                | P::SystemSync
        );
        let front_desk = matches!(
            permission,
            P::PeopleEdit
                | P::AgendaEdit
                | P::AgendaResolve
                | P::ReceptionEdit
                | P::DocumentsView
                | P::DocumentsEdit
                | P::BillingView
                | P::SystemPrint
        );
        match self {
            Self::Owner | Self::Admin => true,
            Self::Manager => !matches!(permission, P::OrganizationDesks | P::ChartSign),
            Self::Practitioner => {
                looks || front_desk || matches!(permission, P::ChartView | P::ChartEdit | P::ChartSign | P::BillingEdit)
            }
            Self::Assistant => looks || front_desk || matches!(permission, P::ChartView | P::ChartEdit),
            Self::Reception => looks || front_desk || matches!(permission, P::BillingEdit | P::PeopleImport),
            Self::Cashier => looks || matches!(permission, P::BillingView | P::BillingEdit | P::SystemPrint),
            Self::Auditor => looks || matches!(permission, P::ChartView | P::DocumentsView | P::BillingView),
        }
    }

    /// The permission keys of the role.
    pub fn permissions(self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|permission| self.may(*permission)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reception_sees_no_chart_and_nobody_but_the_practitioner_side_signs() {
        assert!(!Role::Reception.may(Permission::ChartView));
        let signers: Vec<_> = Role::ALL.iter().filter(|role| role.may(Permission::ChartSign)).collect();
        assert_eq!(signers, [&Role::Owner, &Role::Admin, &Role::Practitioner]);
    }

    #[test]
    fn every_key_names_an_area_and_is_unique() {
        let mut keys: Vec<_> = Permission::ALL.iter().map(|p| p.key()).collect();
        assert!(keys.iter().all(|key| key.contains('.')));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Permission::ALL.len());
    }

    #[test]
    fn every_permission_is_held_by_a_role_and_refused_to_another_or_is_a_plain_look() {
        for permission in Permission::ALL {
            assert!(Role::ALL.iter().any(|role| role.may(*permission)), "{}", permission.key());
        }
    }
}
