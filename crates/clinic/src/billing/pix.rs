//! The PIX code of an invoice: a QR code and the same as text to copy. Made without any network; nothing confirms
//! it by itself, so the payment is recorded when someone has seen the money arrive.

use domain::{
    id::InvoiceId,
    money::{Currency, Money},
    permission::Permission,
};
use papers::pix::{PixCharge, PixKey, PixRefusal, QrModules, txid};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{ClinicSnapshot, Invoice, load};
use crate::{
    Command, Failure, Outcome, Read, Topic,
    command::refuse,
    organization::{Clinic, here},
};

/// What is to be paid by PIX.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PixOfInvoice {
    /// The invoice, draft or issued.
    pub invoice_id: InvoiceId,
    /// A decimal with a dot; what is open where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub amount: Option<String>,
}

/// The code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PixCode {
    /// The text to copy.
    pub payload: String,
    /// The QR code's rows, each a text of `0` (light) and `1` (dark), without the quiet margin.
    pub modules: Vec<String>,
}

/// Why there is no code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such invoice.
    NotFound,
    /// The clinic has no PIX key, or one that no bank would take, or no city.
    NoPixKey,
    /// PIX moves reais only.
    NotBrl,
    /// Nothing to pay, or more than a code can ask.
    AmountInvalid,
}

impl Command for PixOfInvoice {
    const NAME: &'static str = "billing.pix";
    const NEEDS: Permission = Permission::BillingView;
    const TOPICS: &'static [Topic] = &[Topic::Billing, Topic::Organization];
    type Output = PixCode;
    type Refusal = Refusal;
}

impl Read for PixOfInvoice {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let Some(invoice) = load(view, &here(view)?, self.invoice_id)? else { return refuse(Refusal::NotFound) };
        let payload = match payload(&invoice, &Clinic::load(view)?.into(), self.amount.as_deref()) {
            Ok(payload) => payload,
            Err(refusal) => return refuse(refusal),
        };
        let code = QrModules::new(&payload).map_err(|error| Failure::Paper(error.to_string()))?;
        Ok(PixCode { modules: code.rows(), payload })
    }
}

/// What the payer's bank reads.
pub(super) fn payload(invoice: &Invoice, clinic: &ClinicSnapshot, amount: Option<&str>) -> Result<String, Refusal> {
    if invoice.total.currency() != Currency::Brl {
        return Err(Refusal::NotBrl);
    }
    let key = clinic.pix_key.as_deref().and_then(|key| PixKey::parse(key).ok()).ok_or(Refusal::NoPixKey)?;
    let amount = match amount {
        Some(typed) => Money::parse(typed.trim(), Currency::Brl).map_err(|_| Refusal::AmountInvalid)?,
        None => invoice.open,
    };
    let charge = PixCharge {
        key,
        amount: Some(amount),
        payee: payee(clinic).to_owned(),
        city: clinic.city.clone().unwrap_or_default(),
        txid: invoice.number.as_deref().and_then(txid),
        note: None,
    };
    charge.payload().map_err(|refusal| match refusal {
        PixRefusal::NotBrl => Refusal::NotBrl,
        PixRefusal::Key | PixRefusal::Payee => Refusal::NoPixKey,
        PixRefusal::Amount | PixRefusal::TxId => Refusal::AmountInvalid,
    })
}

/// The name the payer's bank shows.
pub(super) fn payee(clinic: &ClinicSnapshot) -> &str {
    clinic.legal_name.as_deref().unwrap_or(&clinic.name)
}
