//! The receipt: one payment, for one invoice.

mod layout;

use domain::money::Money;
use domain::time::Timestamp;

use crate::invoice::{Method, Payer};
use crate::{Letterhead, PaperError, Setting};

/// A receipt for money taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Language, zone, demo.
    pub setting: Setting,
    /// Who received.
    pub clinic: Letterhead,
    /// `A-R-000031`.
    pub number: String,
    /// Printed before: the paper is marked as a copy.
    pub copy: bool,
    /// Who paid.
    pub payer: Payer,
    /// How much.
    pub amount: Money,
    /// How.
    pub method: Method,
    /// When, printed on the clinic's clock.
    pub received_at: Timestamp,
    /// Who took it.
    pub received_by: Option<String>,
    /// The invoice's number.
    pub invoice: Option<String>,
    /// What it was for, a line each.
    pub concerning: Vec<String>,
    /// What remains open on the invoice after it.
    pub open: Option<Money>,
    /// When the data were gathered: the file's date.
    pub made_at: Timestamp,
}

/// What the receipt is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sheet {
    /// A4.
    #[default]
    A4,
    /// A roll 80 mm wide, cut to length.
    Roll80,
}

/// Makes the paper.
pub fn receipt(data: &Receipt, sheet: Sheet) -> Result<Vec<u8>, PaperError> {
    match sheet {
        Sheet::A4 => layout::a4(data),
        Sheet::Roll80 => layout::roll(data),
    }
}
