//! Why an amount is refused.

use thiserror::Error;

use super::Currency;

/// Why an amount cannot be made or computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Two currencies met in one sum.
    #[error("{left} and {right} do not add up")]
    CurrencyMismatch {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second.
        right: Currency,
    },
    /// The result does not fit 64-bit minor units.
    #[error("the amount is too large")]
    TooLarge,
    /// The text is not a plain decimal number such as `-12.50`.
    #[error("not an amount")]
    NotAnAmount,
    /// The text has more decimals than the currency.
    #[error("{currency} has {exponent} decimals", exponent = currency.exponent())]
    TooManyDecimals {
        /// The currency asked for.
        currency: Currency,
    },
    /// Not one of the currencies known here.
    #[error("unknown currency")]
    CurrencyUnknown,
    /// Not a language whose way of writing amounts is known here.
    #[error("unknown locale")]
    LocaleUnknown,
    /// An amount was to be shared among nobody.
    #[error("there is nothing to share the amount over")]
    NoParts,
    /// A due date would lie outside the calendar.
    #[error("the due date is out of range")]
    DateOutOfRange,
}
