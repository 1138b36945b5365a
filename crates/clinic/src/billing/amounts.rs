//! What a line comes to: quantity × unit, rounded half up once, less its discount.

use domain::money::{Currency, MOST_MINOR, Money, Rounding};
use rust_decimal::Decimal;

/// More than this of one thing is a typing error.
const MOST: i64 = 1_000_000_000;

/// A line's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amounts {
    /// Thousandths.
    pub(super) quantity_milli: i64,
    pub(super) unit: Money,
    pub(super) discount: Money,
    pub(super) total: Money,
}

/// Why a line's figures are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bad {
    /// Not an amount, not a quantity, below zero, too large.
    Amount,
    /// The discount exceeds the line.
    Discount,
}

impl Amounts {
    /// Reads what was typed: decimals with a dot.
    pub(super) fn parse(quantity: &str, unit: &str, discount: Option<&str>, currency: Currency) -> Result<Self, Bad> {
        let quantity_milli = milli(quantity).ok_or(Bad::Amount)?;
        let unit = Money::parse(unit.trim(), currency).map_err(|_| Bad::Amount)?;
        let discount = match discount.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Money::parse(text, currency).map_err(|_| Bad::Amount)?,
            None => Money::zero(currency),
        };
        Self::new(quantity_milli, unit, discount)
    }

    /// Computes the line.
    pub(super) fn new(quantity_milli: i64, unit: Money, discount: Money) -> Result<Self, Bad> {
        let priced = (0..=MOST_MINOR).contains(&unit.minor());
        if !(1..=MOST).contains(&quantity_milli) || !priced || discount.is_negative() {
            return Err(Bad::Amount);
        }
        let total = gross(quantity_milli, unit).ok_or(Bad::Amount)?.checked_sub(discount).map_err(|_| Bad::Amount)?;
        if total.is_negative() {
            return Err(Bad::Discount);
        }
        if total.minor() > MOST_MINOR {
            return Err(Bad::Amount);
        }
        Ok(Self { quantity_milli, unit, discount, total })
    }
}

/// Quantity × unit; `None` where it does not fit.
pub(super) fn gross(quantity_milli: i64, unit: Money) -> Option<Money> {
    unit.times(Decimal::new(quantity_milli, 3), Rounding::HalfUp).ok()
}

/// A quantity as people write it: `1`, `2.5`.
pub(super) fn quantity(milli: i64) -> String {
    Decimal::new(milli, 3).normalize().to_string()
}

fn milli(text: &str) -> Option<i64> {
    let text = text.trim();
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !text.starts_with('.');
    let value = if plain { Decimal::from_str_exact(text).ok()? } else { return None };
    if value.normalize().scale() > 3 {
        return None;
    }
    let value = value.checked_mul(Decimal::from(1000))?.normalize();
    i64::try_from(value.trunc()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn line(quantity: &str, unit: &str, discount: Option<&str>) -> Result<i64, Bad> {
        Amounts::parse(quantity, unit, discount, Currency::Brl).map(|line| line.total.minor())
    }

    #[test]
    fn a_line_is_rounded_once_and_then_discounted() {
        assert_eq!(line("1", "1800", None), Ok(180_000));
        assert_eq!(line("1", "1150.00", Some("115")), Ok(103_500));
        assert_eq!(line("2.5", "0.25", Some("")), Ok(63), "0.625 is half up");
        assert_eq!(line("0.001", "4.99", None), Ok(0));
    }

    #[test]
    fn figures_that_make_no_line_are_refused() {
        for (quantity, unit) in [
            ("0", "1"),
            ("", "1"),
            ("-1", "1"),
            ("1,5", "1"),
            ("1.0001", "1"),
            (".5", "1"),
            ("1", ""),
            ("1", "-1"),
            ("1", "1,50"),
            ("1", "0.001"),
            ("9999999999", "1"),
            ("1000000", "92233720368547758.07"),
            ("1", "92233720368547758.07"),
            ("1.001", "100000000000"),
        ] {
            assert_eq!(line(quantity, unit, None), Err(Bad::Amount), "{quantity} × {unit}");
        }
        assert_eq!(line("1", "10", Some("10.01")), Err(Bad::Discount));
        assert_eq!(line("1", "10", Some("-1")), Err(Bad::Amount));
        assert_eq!(line("1", "10", Some("10")), Ok(0), "a courtesy is a line over nothing");
    }

    proptest! {
        #[test]
        fn the_total_is_the_gross_less_the_discount(milli in 1_i64..50_000, unit in 0_i64..10_000_000, part in 0_i64..=100) {
            let unit = Money::from_minor(unit, Currency::Brl);
            let before = gross(milli, unit).unwrap();
            let discount = Money::from_minor(before.minor() * part / 100, Currency::Brl);

            let line = Amounts::new(milli, unit, discount).unwrap();

            prop_assert_eq!(line.total.checked_add(discount).unwrap(), before);
            prop_assert_eq!(super::milli(&quantity(milli)), Some(milli));
        }
    }
}
