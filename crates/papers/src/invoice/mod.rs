//! The invoice: what was done, what it costs, what was paid and how to pay the rest.

mod layout;
mod table;

use domain::money::{Instalment, Money};
use domain::time::{CivilDate, Timestamp};
use rust_decimal::Decimal;

use crate::{Letterhead, PaperError, Setting};

/// An invoice, issued or still a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Language, zone, demo.
    pub setting: Setting,
    /// Who issues it.
    pub clinic: Letterhead,
    /// `A-000402`; `None` while it is a draft, and the paper says so.
    pub number: Option<String>,
    /// Printed before: the paper is marked as a copy.
    pub copy: bool,
    /// Who pays.
    pub payer: Payer,
    /// Who was treated, where that is someone else.
    pub patient: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<CivilDate>,
    /// The day it falls due, where it has one day and not several.
    pub due_on: Option<CivilDate>,
    /// What was done. There is at least one line.
    pub lines: Vec<Line>,
    /// Sum of the lines.
    pub total: Money,
    /// When the rest falls due, in parts.
    pub instalments: Vec<Instalment>,
    /// What was received.
    pub payments: Vec<Payment>,
    /// How to pay what is open, on invoices in reais.
    pub pix: Option<PixPanel>,
    /// Sentences below everything: taxes, exemptions, what follows.
    pub notes: Vec<String>,
    /// When the data were gathered: the file's date.
    pub made_at: Timestamp,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Name.
    pub name: String,
    /// With its kind: `CPF 123.456.789-09`.
    pub tax_id: Option<String>,
    /// In one line.
    pub address: Option<String>,
}

/// A line of the invoice, in the invoice's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The service or product.
    pub description: String,
    /// `Plano Firmeza facial · sessão 4 de 6 · lote H2180`.
    pub detail: Option<String>,
    /// Who did it.
    pub performer: Option<String>,
    /// How many.
    pub quantity: Decimal,
    /// Price of one.
    pub unit: Money,
    /// What is taken off the line; positive or zero.
    pub discount: Money,
    /// What the line comes to after the discount.
    pub total: Money,
}

/// Money received for the invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The civil day at the clinic.
    pub on: CivilDate,
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// The receipt's number.
    pub receipt: Option<String>,
}

/// How money came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Coins and notes.
    Cash,
    /// PIX.
    Pix,
    /// Debit card.
    DebitCard,
    /// Credit card.
    CreditCard,
    /// Bank transfer.
    BankTransfer,
}

impl Method {
    /// From the word used on the wire and in SQL.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "cash" => Some(Self::Cash),
            "pix" => Some(Self::Pix),
            "debit_card" => Some(Self::DebitCard),
            "credit_card" => Some(Self::CreditCard),
            "bank_transfer" => Some(Self::BankTransfer),
            _ => None,
        }
    }

    pub(crate) fn name(self, words: &crate::words::Words) -> &'static str {
        match self {
            Self::Cash => words.cash,
            Self::Pix => words.pix,
            Self::DebitCard => words.debit_card,
            Self::CreditCard => words.credit_card,
            Self::BankTransfer => words.bank_transfer,
        }
    }
}

/// The PIX panel: see [`crate::pix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixPanel {
    /// The payload, drawn as a QR code and printed as text to copy.
    pub payload: String,
    /// What it asks for.
    pub amount: Money,
    /// To whom, as the payer will see it.
    pub payee: String,
}

impl Invoice {
    /// What is still to be paid.
    pub fn open(&self) -> Result<Money, PaperError> {
        let paid = self.paid()?;
        self.total.checked_sub(paid).map_err(|_| PaperError::SumsDiffer)
    }

    /// What was received.
    pub fn paid(&self) -> Result<Money, PaperError> {
        Money::sum(self.payments.iter().map(|p| p.amount), self.total.currency()).map_err(|_| PaperError::SumsDiffer)
    }

    /// Discounts and the sum before them. Refuses a paper whose lines do not come to its total.
    fn sums(&self) -> Result<(Money, Money), PaperError> {
        let sum = |amounts: &mut dyn Iterator<Item = Money>| {
            Money::sum(amounts, self.total.currency()).map_err(|_| PaperError::SumsDiffer)
        };
        let lines = sum(&mut self.lines.iter().map(|line| line.total))?;
        let discounts = sum(&mut self.lines.iter().map(|line| line.discount))?;
        if lines != self.total {
            return Err(PaperError::SumsDiffer);
        }
        let before = lines.checked_add(discounts).map_err(|_| PaperError::SumsDiffer)?;
        Ok((before, discounts))
    }
}

/// Makes the paper.
pub fn invoice(data: &Invoice) -> Result<Vec<u8>, PaperError> {
    layout::render(data)
}
