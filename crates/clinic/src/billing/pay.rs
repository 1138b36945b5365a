//! Receiving money for an issued invoice. Each payment is a receipt with its own number; what it pays stands in an
//! allocation.

use domain::{
    id::{InvoiceId, PaymentId},
    money::Money,
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{Invoice, InvoiceState, Method, Paper, content, load, series};
use crate::{
    Command, Failure, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Here, here},
};

/// What was received.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Pay {
    /// For which invoice.
    pub invoice_id: InvoiceId,
    /// A decimal with a dot.
    pub amount: String,
    /// How it came in.
    pub method: Method,
}

/// Why it is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such invoice.
    NotFound,
    /// The draft has no number yet.
    NotIssued,
    /// Not an amount above zero.
    AmountInvalid,
    /// More than is open.
    PaymentTooLarge {
        /// What is open.
        open: Money,
    },
}

impl Command for Pay {
    const NAME: &'static str = "billing.pay";
    const NEEDS: Permission = Permission::BillingEdit;
    const TOPICS: &'static [Topic] = &[Topic::Billing, Topic::Agenda, Topic::Reception, Topic::People];
    type Output = Invoice;
    type Refusal = Refusal;
}

impl Write for Pay {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(invoice) = load(tx, &here, self.invoice_id)? else { return refuse(Refusal::NotFound) };
        if invoice.state == InvoiceState::Draft {
            return refuse(Refusal::NotIssued);
        }
        let amount = match amount(&self.amount, invoice.open) {
            Ok(amount) => amount,
            Err(Bad::Amount) => return refuse(Refusal::AmountInvalid),
            Err(Bad::TooLarge { open }) => return refuse(Refusal::PaymentTooLarge { open }),
        };

        receive(tx, &here, &invoice, amount, self.method)?;
        tx.mark_legal();

        load(tx, &here, invoice.id)?.ok_or(Stop::Failed(Failure::Damaged("the invoice just paid")))
    }
}

/// Why an amount is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bad {
    Amount,
    TooLarge { open: Money },
}

/// Reads what was typed against what is open.
pub(super) fn amount(typed: &str, open: Money) -> Result<Money, Bad> {
    let amount = Money::parse(typed.trim(), open.currency()).map_err(|_| Bad::Amount)?;
    match amount.minor() {
        ..=0 => Err(Bad::Amount),
        minor if minor > open.minor() => Err(Bad::TooLarge { open }),
        _ => Ok(amount),
    }
}

/// Writes the payment with its receipt number and what it pays.
pub(super) fn receive(
    tx: &Tx<'_>,
    here: &Here,
    invoice: &Invoice,
    amount: Money,
    method: Method,
) -> Result<PaymentId, Failure> {
    let place = series::next(tx, here, Paper::Receipt)?;
    let id = PaymentId(tx.new_id());
    insert_allocation(tx, here, id, invoice.id, amount).map_err(|error| Failure::Store(error.into()))?;
    let payment = PaymentRow { id, invoice, amount, method, place: &place };
    // A ledger entry is written once, so the hash is taken of the record as it will stand.
    insert_payment(tx, here, &payment, [0; 32]).map_err(|error| Failure::Store(error.into()))?;
    let hash = content::hash(tx.db(), Paper::Receipt, id.0)?;
    tx.db()
        .prepare_cached(include_str!("sql/set_payment_hash.sql"))
        .and_then(|mut update| update.execute((id.0, hash)))
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(id)
}

struct PaymentRow<'a> {
    id: PaymentId,
    invoice: &'a Invoice,
    amount: Money,
    method: Method,
    place: &'a series::Place,
}

fn insert_payment(tx: &Tx<'_>, here: &Here, payment: &PaymentRow<'_>, hash: [u8; 32]) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/insert_payment.sql"))?.execute(named_params! {
        ":id": payment.id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":patient_id": payment.invoice.patient.id.0, ":amount_minor": payment.amount.minor(),
        ":currency": payment.amount.currency().code(), ":method": payment.method.as_str(),
        ":series": payment.place.series, ":generation": payment.place.generation, ":number": payment.place.number,
        ":previous_hash": payment.place.previous, ":content_hash": hash,
    })?;
    Ok(())
}

fn insert_allocation(
    tx: &Tx<'_>,
    here: &Here,
    payment: PaymentId,
    invoice: InvoiceId,
    amount: Money,
) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/insert_allocation.sql"))?.execute(named_params! {
        ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":payment_id": payment.0, ":invoice_id": invoice.0, ":amount_minor": amount.minor(),
        ":currency": amount.currency().code(),
    })?;
    Ok(())
}
