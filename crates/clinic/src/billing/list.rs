//! The clinic's invoices.

use domain::{id::InvoiceId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{Invoice, load::load_all};
use crate::{Command, Never, Outcome, Read, Topic, organization::here};

/// Which invoices.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ListInvoices {
    /// All where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<InvoiceFilter>,
}

/// A selection of invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceFilter {
    /// Without a number.
    Draft,
    /// Issued and not wholly paid.
    Open,
    /// Drafts and issued ones; discarded drafts never show.
    #[default]
    All,
}

impl Command for ListInvoices {
    const NAME: &'static str = "billing.list";
    const NEEDS: Permission = Permission::BillingView;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = Vec<Invoice>;
    type Refusal = Never;
}

impl Read for ListInvoices {
    /// At most 500, the latest first: a longer list is for a report, not for a screen.
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let sql = match self.state.unwrap_or_default() {
            InvoiceFilter::Draft => include_str!("sql/list_drafts.sql"),
            InvoiceFilter::Open => include_str!("sql/list_open.sql"),
            InvoiceFilter::All => include_str!("sql/list_all.sql"),
        };
        let ids: Vec<InvoiceId> = view
            .db()
            .prepare_cached(sql)?
            .query_map([], |row| row.get("id").map(InvoiceId))?
            .collect::<Result<_, _>>()?;
        Ok(load_all(view, &here(view)?, ids)?)
    }
}
