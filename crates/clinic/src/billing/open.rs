//! One invoice.

use domain::{id::InvoiceId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{Invoice, load};
use crate::{Command, Outcome, Read, Topic, command::refuse, organization::here};

/// Which invoice.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct OpenInvoice {
    /// The invoice, draft or issued.
    pub invoice_id: InvoiceId,
}

/// Why it is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such invoice, or a draft that was discarded.
    NotFound,
}

impl Command for OpenInvoice {
    const NAME: &'static str = "billing.open";
    const NEEDS: Permission = Permission::BillingView;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = Invoice;
    type Refusal = Refusal;
}

impl Read for OpenInvoice {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        match load(view, &here(view)?, self.invoice_id)? {
            Some(invoice) => Ok(invoice),
            None => refuse(Refusal::NotFound),
        }
    }
}
