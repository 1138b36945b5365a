//! The currencies a clinic may bill in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MoneyError;

/// An ISO 4217 currency; crosses every boundary as its three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub enum Currency {
    /// Brazilian real.
    #[serde(rename = "BRL")]
    Brl,
    /// Euro.
    #[serde(rename = "EUR")]
    Eur,
    /// United States dollar.
    #[serde(rename = "USD")]
    Usd,
    /// Pound sterling.
    #[serde(rename = "GBP")]
    Gbp,
    /// Turkish lira.
    #[serde(rename = "TRY")]
    Try,
    /// Paraguayan guaraní: the one without decimals.
    #[serde(rename = "PYG")]
    Pyg,
}

impl Currency {
    /// Every currency known here, in a stable order.
    pub const ALL: [Self; 6] = [Self::Brl, Self::Eur, Self::Usd, Self::Gbp, Self::Try, Self::Pyg];

    /// The ISO 4217 letters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Brl => "BRL",
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Try => "TRY",
            Self::Pyg => "PYG",
        }
    }

    /// How many decimals an amount has (ISO 4217 "exponent").
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Brl | Self::Eur | Self::Usd | Self::Gbp | Self::Try => 2,
            Self::Pyg => 0,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        Self::ALL.into_iter().find(|currency| currency.code() == code).ok_or(MoneyError::CurrencyUnknown)
    }
}
