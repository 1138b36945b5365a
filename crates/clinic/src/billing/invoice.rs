//! An invoice as screens and papers see it.

use domain::{
    id::{AppointmentId, EncounterId, InvoiceId, InvoiceLineId, PatientId, PaymentId, ServiceId},
    money::Money,
    time::{CivilDate, Timestamp},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::InstalmentState;

/// Whether the invoice has its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// May still change; has no number.
    Draft,
    /// Numbered and unchangeable.
    Issued,
}

/// How far an invoice is paid: computed from allocations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Nothing received.
    Unpaid,
    /// A part received.
    Partial,
    /// All received.
    Paid,
    /// More received than asked: two desks took the same money while apart.
    Overpaid,
}

impl PaymentState {
    /// The state of an invoice over `total` for which `paid` was received, in minor units. An invoice over
    /// nothing is paid.
    pub fn of(total: i64, paid: i64) -> Self {
        match paid.cmp(&total) {
            std::cmp::Ordering::Greater => Self::Overpaid,
            std::cmp::Ordering::Equal => Self::Paid,
            std::cmp::Ordering::Less if paid > 0 => Self::Partial,
            std::cmp::Ordering::Less => Self::Unpaid,
        }
    }
}

/// How money came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Notes and coins.
    Cash,
    /// PIX: nothing confirms it without the bank, so someone saw it arrive.
    Pix,
    /// Debit card, on the card terminal.
    DebitCard,
    /// Credit card, on the card terminal.
    CreditCard,
    /// Bank transfer.
    BankTransfer,
}

impl Method {
    /// Every method, in the order of the payment screen.
    pub const ALL: [Self; 5] = [Self::Cash, Self::Pix, Self::DebitCard, Self::CreditCard, Self::BankTransfer];

    /// The word on the wire and in SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Pix => "pix",
            Self::DebitCard => "debit_card",
            Self::CreditCard => "credit_card",
            Self::BankTransfer => "bank_transfer",
        }
    }
}

/// An invoice, draft or issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Invoice {
    /// Its id, from the draft on.
    pub id: InvoiceId,
    /// Draft or issued.
    pub state: InvoiceState,
    /// `A-000402`, once issued.
    pub number: Option<String>,
    /// Who was treated.
    pub patient: InvoicePatient,
    /// Who pays: frozen at issue.
    pub payer: InvoicePayer,
    /// The clinic's day of issue.
    pub issue_on: Option<CivilDate>,
    /// The last day on which all of it is due.
    pub due_on: Option<CivilDate>,
    /// What is charged, in order.
    pub lines: Vec<InvoiceLine>,
    /// Σ quantity × unit, before discounts.
    pub subtotal: Money,
    /// Σ discounts.
    pub discount: Money,
    /// Σ line totals.
    pub total: Money,
    /// Σ allocations.
    pub paid: Money,
    /// What is still to be paid; never below zero.
    pub open: Money,
    /// How far it is paid.
    pub payment_state: PaymentState,
    /// The plan agreed at issue, if any.
    pub instalments: Vec<InvoiceInstalment>,
    /// What was received for it, oldest first.
    pub payments: Vec<InvoicePayment>,
    /// The appointment it charges.
    pub appointment_id: Option<AppointmentId>,
    /// The visit it charges.
    pub encounter_id: Option<EncounterId>,
    /// When the draft last changed, or when it was issued.
    pub saved_at: Timestamp,
}

/// Who was treated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoicePatient {
    /// Their id.
    pub id: PatientId,
    /// Their name as the clinic calls them, the social name first.
    pub name: String,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoicePayer {
    /// Their legal name.
    pub name: String,
    /// CPF, RUC, NIF …, canonical.
    pub tax_id: Option<String>,
}

/// One thing charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceLine {
    /// Its id.
    pub id: InvoiceLineId,
    /// What it says.
    pub description: String,
    /// The service, when it is one of the catalogue.
    pub service_id: Option<ServiceId>,
    /// Who did it.
    pub performer: Option<String>,
    /// A decimal with at most three places: `1`, `2.5`.
    pub quantity: String,
    /// The price of one.
    pub unit: Money,
    /// What is taken off the line.
    pub discount: Money,
    /// Quantity × unit, rounded half up, less the discount.
    pub total: Money,
}

/// One part of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceInstalment {
    /// 1 for the first.
    pub no: u32,
    /// The civil day it falls due.
    pub due_on: CivilDate,
    /// What falls due then.
    pub amount: Money,
    /// Computed from what was received, in order.
    pub state: InstalmentState,
}

/// Money received for an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoicePayment {
    /// The payment.
    pub id: PaymentId,
    /// What of it pays this invoice.
    pub amount: Money,
    /// How it came in.
    pub method: String,
    /// When.
    pub received_at: Timestamp,
    /// The receipt's number.
    pub receipt_number: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_invoice_is_unpaid_partly_paid_paid_or_overpaid() {
        use PaymentState::{Overpaid, Paid, Partial, Unpaid};

        let states: Vec<_> = [0, 1, 99, 100, 101].into_iter().map(|paid| PaymentState::of(100, paid)).collect();
        assert_eq!(states, [Unpaid, Partial, Partial, Paid, Overpaid]);
        assert_eq!(PaymentState::of(0, 0), Paid);
    }

    #[test]
    fn a_methods_word_is_the_one_on_the_wire() {
        for method in Method::ALL {
            assert_eq!(serde_json::to_string(&method).unwrap(), format!("\"{}\"", method.as_str()));
        }
    }
}
