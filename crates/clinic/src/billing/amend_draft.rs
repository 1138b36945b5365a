//! Changing a draft's lines. The screen sends all of them; only what differs is journalled.

use domain::{
    id::{InvoiceId, InvoiceLineId, ServiceId},
    money::{MOST_MINOR, Money},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{
    Invoice, InvoiceState,
    amounts::{Amounts, Bad},
    draft::{LineRow, insert_line},
    load,
};
use crate::{Command, Outcome, Topic, Write, command::refuse, organization::here};

/// The lines as they shall be.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AmendDraft {
    /// The draft.
    pub invoice_id: InvoiceId,
    /// All its lines, in order; one that is left out is struck out.
    pub lines: Vec<DraftLine>,
}

/// A line as typed. Amounts are decimals with a dot.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DraftLine {
    /// The line it was; absent for a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<InvoiceLineId>,
    /// The service, when it is one of the catalogue.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub service_id: Option<ServiceId>,
    /// What it says.
    pub description: String,
    /// At most three decimals.
    pub quantity: String,
    /// The price of one.
    pub unit: String,
    /// What is taken off the line.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub discount: Option<String>,
}

/// Why the draft stays as it is. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such draft, or a line that is not one of its own.
    NotFound,
    /// It has its number.
    AlreadyIssued,
    /// A line says nothing.
    DescriptionMissing {
        /// Which line.
        line: u32,
    },
    /// A quantity or price was not understood, or is below zero.
    AmountInvalid {
        /// Which line.
        line: u32,
    },
    /// The discount exceeds the line.
    DiscountTooLarge {
        /// Which line.
        line: u32,
    },
}

impl Command for AmendDraft {
    const NAME: &'static str = "billing.amend_draft";
    const NEEDS: Permission = Permission::BillingEdit;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = Invoice;
    type Refusal = Refusal;
}

impl Write for AmendDraft {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(draft) = load(tx, &here, self.invoice_id)? else { return refuse(Refusal::NotFound) };
        if draft.state == InvoiceState::Issued {
            return refuse(Refusal::AlreadyIssued);
        }

        let (amounts, total) = match read(&self.lines, &draft) {
            Ok(read) => read,
            Err(refusal) => return refuse(refusal),
        };

        let performer = draft.lines.iter().find_map(|line| line.performer.as_deref());
        for ((position, line), amounts) in (1..).zip(&self.lines).zip(amounts) {
            let description = line.description.trim();
            if let Some(id) = line.id {
                update_line(tx, id, position, description, line.service_id, amounts)?;
            } else {
                let id = InvoiceLineId(tx.new_id());
                let row = LineRow { id, position, service_id: line.service_id, description, performer, amounts };
                insert_line(tx, &here, draft.id, &row)?;
            }
        }
        for gone in draft.lines.iter().filter(|old| self.lines.iter().all(|line| line.id != Some(old.id))) {
            tx.db().prepare_cached(include_str!("sql/strike_line.sql"))?.execute((gone.id.0, tx.at().millis()))?;
        }
        tx.db().prepare_cached(include_str!("sql/set_total.sql"))?.execute((draft.id.0, total.minor()))?;

        match load(tx, &here, draft.id)? {
            Some(invoice) => Ok(Invoice { saved_at: tx.at(), ..invoice }),
            None => refuse(Refusal::NotFound),
        }
    }
}

/// The figures of all lines and their sum, or the first thing that is wrong.
fn read(lines: &[DraftLine], draft: &Invoice) -> Result<(Vec<Amounts>, Money), Refusal> {
    let currency = draft.total.currency();
    let mut total = Money::zero(currency);
    let mut amounts = Vec::with_capacity(lines.len());
    for (line, typed) in (1_u32..).zip(lines) {
        if typed.id.is_some_and(|id| draft.lines.iter().all(|known| known.id != id)) {
            return Err(Refusal::NotFound);
        }
        if typed.description.trim().is_empty() {
            return Err(Refusal::DescriptionMissing { line });
        }
        let read = Amounts::parse(&typed.quantity, &typed.unit, typed.discount.as_deref(), currency);
        let read = read.map_err(|bad| match bad {
            Bad::Amount => Refusal::AmountInvalid { line },
            Bad::Discount => Refusal::DiscountTooLarge { line },
        })?;
        total = total.checked_add(read.total).map_err(|_| Refusal::AmountInvalid { line })?;
        if total.minor() > MOST_MINOR {
            return Err(Refusal::AmountInvalid { line });
        }
        amounts.push(read);
    }
    Ok((amounts, total))
}

fn update_line(
    tx: &Tx<'_>,
    id: InvoiceLineId,
    position: i64,
    description: &str,
    service: Option<ServiceId>,
    amounts: Amounts,
) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/update_line.sql"))?.execute(named_params! {
        ":id": id.0, ":position": position, ":service_id": service.map(|id| id.0), ":description": description,
        ":quantity_milli": amounts.quantity_milli, ":unit_minor": amounts.unit.minor(),
        ":discount_minor": amounts.discount.minor(), ":total_minor": amounts.total.minor(),
    })?;
    Ok(())
}
