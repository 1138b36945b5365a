//! Discarding a draft. It is struck out, not erased; it never had a number.

use domain::{id::InvoiceId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use super::{InvoiceState, load};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization::here};

/// Which draft.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DiscardDraft {
    /// The draft.
    pub invoice_id: InvoiceId,
}

/// Why it stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such draft.
    NotFound,
    /// It has its number, and a number is never given back.
    AlreadyIssued,
}

impl Command for DiscardDraft {
    const NAME: &'static str = "billing.discard_draft";
    const NEEDS: Permission = Permission::BillingEdit;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = ();
    type Refusal = Refusal;
}

impl Write for DiscardDraft {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(draft) = load(tx, &here, self.invoice_id)? else { return refuse(Refusal::NotFound) };
        if draft.state == InvoiceState::Issued {
            return refuse(Refusal::AlreadyIssued);
        }
        for line in &draft.lines {
            tx.db().prepare_cached(include_str!("sql/strike_line.sql"))?.execute((line.id.0, tx.at().millis()))?;
        }
        tx.db().prepare_cached(include_str!("sql/strike_invoice.sql"))?.execute((draft.id.0, tx.at().millis()))?;
        Ok(())
    }
}
