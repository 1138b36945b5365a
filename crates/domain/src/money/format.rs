//! Amounts as people read them.

use std::str::FromStr;

use super::{Currency, Money, MoneyError};

/// A place's habits of writing amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Brazilian Portuguese: `R$ 1.800,00`.
    PtBr,
    /// Spanish as in Spain: `1.800,00 €`.
    Es,
    /// Spanish as in Paraguay: `₲ 100.000`.
    EsPy,
    /// English: `R$1,800.00`.
    En,
}

/// Keeps a sign and its number on one line.
const NO_BREAK: char = '\u{a0}';
const MINUS: char = '\u{2212}';

impl Locale {
    /// The locale's BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::PtBr => "pt-BR",
            Self::Es => "es",
            Self::EsPy => "es-PY",
            Self::En => "en",
        }
    }

    /// The currency's sign as this place writes it.
    pub const fn sign(self, currency: Currency) -> &'static str {
        match currency {
            Currency::Brl => "R$",
            Currency::Eur => "€",
            Currency::Usd => match self {
                Self::En => "$",
                Self::PtBr | Self::Es | Self::EsPy => "US$",
            },
            Currency::Gbp => "£",
            Currency::Try => "₺",
            Currency::Pyg => "₲",
        }
    }

    const fn separators(self) -> (char, char) {
        match self {
            Self::PtBr | Self::Es | Self::EsPy => ('.', ','),
            Self::En => (',', '.'),
        }
    }
}

impl FromStr for Locale {
    type Err = MoneyError;

    /// Takes a BCP 47 tag; an unknown region falls back to its language.
    fn from_str(tag: &str) -> Result<Self, MoneyError> {
        let (language, region) = tag.split_once('-').unwrap_or((tag, ""));
        match (language, region) {
            ("pt", _) => Ok(Self::PtBr),
            ("es", "PY") => Ok(Self::EsPy),
            ("es", _) => Ok(Self::Es),
            ("en", _) => Ok(Self::En),
            _ => Err(MoneyError::LocaleUnknown),
        }
    }
}

impl Money {
    /// The amount with its sign: `R$ 1.800,00`, `1.800,00 €`, `−₲ 100.000`. The space does not break.
    pub fn format(self, locale: Locale) -> String {
        let sign = locale.sign(self.currency());
        let number = grouped(self, locale);
        let minus = if self.is_negative() { "\u{2212}" } else { "" };
        match locale {
            Locale::PtBr | Locale::EsPy => format!("{minus}{sign}{NO_BREAK}{number}"),
            // The signs of South America stand before the amount at home, and a bare "es" is mostly read there.
            Locale::Es if matches!(self.currency(), Currency::Brl | Currency::Pyg) => {
                format!("{minus}{sign}{NO_BREAK}{number}")
            }
            Locale::Es => format!("{minus}{number}{NO_BREAK}{sign}"),
            Locale::En => format!("{minus}{sign}{number}"),
        }
    }

    /// The amount without a currency sign, for a column whose heading names it: `−115,00`.
    pub fn format_number(self, locale: Locale) -> String {
        let mut text = grouped(self, locale);
        if self.is_negative() {
            text.insert(0, MINUS);
        }
        text
    }
}

fn grouped(money: Money, locale: Locale) -> String {
    let (thousands, decimal) = locale.separators();
    let plain = money.amount().abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 4);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    fn written(minor: i64, currency: Currency, locale: Locale) -> String {
        Money::from_minor(minor, currency).format(locale).replace(NO_BREAK, " ")
    }

    #[test]
    fn each_place_writes_amounts_its_own_way() {
        use Currency::{Brl, Eur, Gbp, Pyg, Try, Usd};
        use Locale::{En, Es, EsPy, PtBr};

        for (minor, currency, locale, expected) in [
            (180_000, Brl, PtBr, "R$ 1.800,00"),
            (-11_500, Brl, PtBr, "−R$ 115,00"),
            (5, Brl, PtBr, "R$ 0,05"),
            (123_456_789_012, Brl, PtBr, "R$ 1.234.567.890,12"),
            (100_000, Pyg, EsPy, "₲ 100.000"),
            (100_000, Pyg, PtBr, "₲ 100.000"),
            (-999, Pyg, EsPy, "−₲ 999"),
            (180_000, Eur, Es, "1.800,00 €"),
            (-180_000, Eur, Es, "−1.800,00 €"),
            (180_000, Usd, Es, "1.800,00 US$"),
            (180_000, Brl, Es, "R$ 1.800,00"),
            (180_000, Brl, En, "R$1,800.00"),
            (-180_000, Gbp, En, "−£1,800.00"),
            (180_000, Usd, En, "$1,800.00"),
            (180_000, Try, PtBr, "₺ 1.800,00"),
            (100, Usd, EsPy, "US$ 1,00"),
        ] {
            assert_eq!(written(minor, currency, locale), expected);
        }
    }

    #[test]
    fn a_column_shows_numbers_only() {
        let discount = Money::from_minor(-11_500, Currency::Brl);

        assert_eq!(discount.format_number(Locale::PtBr), "−115,00");
        assert_eq!(discount.format_number(Locale::En), "−115.00");
    }

    #[test]
    fn a_tag_with_an_unknown_region_falls_back_to_its_language() {
        assert_eq!("pt-PT".parse(), Ok(Locale::PtBr));
        assert_eq!("es-PY".parse(), Ok(Locale::EsPy));
        assert_eq!("es-MX".parse(), Ok(Locale::Es));
        assert_eq!("en-GB".parse(), Ok(Locale::En));
        assert!("tr".parse::<Locale>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor: i64, which in 0_usize..6) {
            let money = Money::from_minor(minor, Currency::ALL[which]);
            for locale in [Locale::PtBr, Locale::Es, Locale::EsPy, Locale::En] {
                let (thousands, decimal) = locale.separators();
                let plain: String = money.format_number(locale).chars().filter(|&c| c != thousands)
                    .map(|c| if c == decimal { '.' } else if c == MINUS { '-' } else { c }).collect();
                prop_assert_eq!(Money::parse(&plain, money.currency()).unwrap(), money);
            }
        }
    }
}
