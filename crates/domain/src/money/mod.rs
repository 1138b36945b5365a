//! Money: an exact amount in one currency, and the few things a clinic does with it.
//!
//! An amount always has exactly as many decimals as its currency (`1800.00` BRL, `100000` PYG) and
//! fits the signed 64-bit count of minor units that the database keeps. Nothing here is a float.
//! Rounding happens in one function, [`Money::round`], with its mode as data, because tax rules
//! differ in it. Money knows nothing of invoices, taxes or people.

mod currency;
mod error;
mod format;
mod instalments;
mod share;
mod value;

pub use currency::Currency;
pub use error::MoneyError;
pub use format::Locale;
pub use instalments::{Instalment, due_dates, instalments};
pub use share::{distribute, split};
pub use value::{MOST_MINOR, Money, Rounding};
