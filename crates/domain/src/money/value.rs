//! The amount itself, its arithmetic and its form on the wire.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Currency, MoneyError};

/// The most minor units of a price or an invoice: a hundred thousand million reais. A clinic's sums over all its years
/// stay within 64 bits, also in the database.
pub const MOST_MINOR: i64 = 10_000_000_000_000;

/// How a fraction of a minor unit is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename_all = "snake_case")]
pub enum Rounding {
    /// Half goes away from zero: 0.125 → 0.13 (the rule of most invoices).
    HalfUp,
    /// Half goes to the even neighbour: 0.125 → 0.12, 0.135 → 0.14.
    HalfEven,
    /// Towards zero: what exceeds a minor unit is dropped.
    Down,
}

/// An exact amount of one currency. May be negative (a credit, a refund).
///
/// On the wire: `{"amount":"1800.00","currency":"BRL"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Money {
    // Scale equals the currency's exponent and the mantissa fits i64; only `from_minor` makes one.
    #[ts(type = "string")]
    amount: Decimal,
    #[ts(type = "string")]
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl From<Money> for Wire {
    fn from(money: Money) -> Self {
        Self { amount: money.amount.to_string(), currency: money.currency }
    }
}

impl TryFrom<Wire> for Money {
    type Error = MoneyError;

    fn try_from(wire: Wire) -> Result<Self, MoneyError> {
        Self::parse(&wire.amount, wire.currency)
    }
}

impl Money {
    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// From a count of minor units (cents; whole guaraníes), as the database keeps it.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { amount: Decimal::new(minor, currency.exponent()), currency }
    }

    /// Reads a plain decimal with a dot (`"1800"`, `"1800.5"`, `"-3.10"`), never rounding.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let unsigned = amount.strip_prefix('-').unwrap_or(amount);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(MoneyError::NotAnAmount);
        }
        let value = Decimal::from_str_exact(amount).map_err(|_| MoneyError::TooLarge)?;
        if value.normalize().scale() > currency.exponent() {
            return Err(MoneyError::TooManyDecimals { currency });
        }
        Self::round(value, currency, Rounding::Down)
    }

    /// The one place where a fraction becomes money.
    pub fn round(value: Decimal, currency: Currency, mode: Rounding) -> Result<Self, MoneyError> {
        let strategy = match mode {
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
            Rounding::Down => RoundingStrategy::ToZero,
        };
        let mut settled = value.round_dp_with_strategy(currency.exponent(), strategy);
        settled.rescale(currency.exponent());
        if settled.scale() != currency.exponent() {
            return Err(MoneyError::TooLarge);
        }
        i64::try_from(settled.mantissa())
            .map(|minor| Self::from_minor(minor, currency))
            .map_err(|_| MoneyError::TooLarge)
    }

    /// The amount as a decimal with exactly the currency's decimals.
    pub const fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The count of minor units, as the database keeps it.
    #[expect(clippy::cast_possible_truncation, reason = "every constructor goes through an i64 of minor units")]
    pub const fn minor(self) -> i64 {
        self.amount.mantissa() as i64
    }

    /// Whether nothing is owed either way.
    pub const fn is_zero(self) -> bool {
        self.minor() == 0
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor() < 0
    }

    /// The sum of two amounts of one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference of two amounts of one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// The same amount with the other sign.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        Self::zero(self.currency).checked_sub(self)
    }

    /// The amount times a quantity, a rate or a share (`0.05` for five per cent).
    pub fn times(self, factor: Decimal, mode: Rounding) -> Result<Self, MoneyError> {
        let product = self.amount.checked_mul(factor).ok_or(MoneyError::TooLarge)?;
        Self::round(product, self.currency, mode)
    }

    /// The sum of many amounts of one currency; zero when there are none.
    pub fn sum(amounts: impl IntoIterator<Item = Self>, currency: Currency) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        op(self.minor(), other.minor()).map(|minor| Self::from_minor(minor, self.currency)).ok_or(MoneyError::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    fn brl(minor: i64) -> Money {
        Money::from_minor(minor, Currency::Brl)
    }

    #[test]
    fn the_wire_form_always_has_the_currencys_decimals() {
        let wire = |money: Money| serde_json::to_string(&money).unwrap();

        assert_eq!(wire(brl(180_000)), r#"{"amount":"1800.00","currency":"BRL"}"#);
        assert_eq!(wire(brl(-5)), r#"{"amount":"-0.05","currency":"BRL"}"#);
        assert_eq!(wire(brl(0)), r#"{"amount":"0.00","currency":"BRL"}"#);
        assert_eq!(wire(Money::from_minor(100_000, Currency::Pyg)), r#"{"amount":"100000","currency":"PYG"}"#);
    }

    #[test]
    fn reading_fills_up_decimals_and_never_rounds() {
        let read = |amount| Money::parse(amount, Currency::Brl);

        assert_eq!(read("1800"), Ok(brl(180_000)));
        assert_eq!(read("1800.5"), Ok(brl(180_050)));
        assert_eq!(read("1800.500"), Ok(brl(180_050)));
        assert_eq!(read("-0.05"), Ok(brl(-5)));
        assert_eq!(read("0.005"), Err(MoneyError::TooManyDecimals { currency: Currency::Brl }));
        for nonsense in ["", "-", "1,50", "1.", ".5", "1e3", "+1", " 1", "1_000", "--1", "1.2.3"] {
            assert_eq!(read(nonsense), Err(MoneyError::NotAnAmount), "{nonsense:?}");
        }
        assert_eq!(read("92233720368547758.08"), Err(MoneyError::TooLarge));
        assert_eq!(read("99999999999999999999999999999999"), Err(MoneyError::TooLarge));
        assert!(serde_json::from_str::<Money>(r#"{"amount":"1.5","currency":"PYG"}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount":1.5,"currency":"BRL"}"#).is_err());
    }

    #[test]
    fn rounding_modes_differ_only_where_they_should() {
        let round = |text: &str, mode| {
            Money::round(Decimal::from_str_exact(text).unwrap(), Currency::Brl, mode).unwrap().minor()
        };

        for (text, up, even, down) in [
            ("0.125", 13, 12, 12),
            ("0.135", 14, 14, 13),
            ("-0.125", -13, -12, -12),
            ("0.129", 13, 13, 12),
            ("7", 700, 700, 700),
        ] {
            assert_eq!(round(text, Rounding::HalfUp), up, "{text} half up");
            assert_eq!(round(text, Rounding::HalfEven), even, "{text} half even");
            assert_eq!(round(text, Rounding::Down), down, "{text} down");
        }
    }

    #[test]
    fn taxes_rounded_by_line_or_by_document_may_differ() {
        let rate = Decimal::new(1, 1);

        let by_line =
            Money::sum((0..3).map(|_| brl(105).times(rate, Rounding::HalfUp).unwrap()), Currency::Brl).unwrap();
        let by_document = brl(315).times(rate, Rounding::HalfUp).unwrap();

        assert_eq!((by_line.minor(), by_document.minor()), (33, 32));
    }

    #[test]
    fn guaranies_with_tax_inside_round_to_whole_ones() {
        let share = |total: i64, divisor: i64| {
            let amount = Decimal::from(total) / Decimal::from(divisor);
            Money::round(amount, Currency::Pyg, Rounding::HalfUp).unwrap().minor()
        };

        assert_eq!(
            [share(100_000, 11), share(100_000, 21), share(55_000, 11), share(55_000, 21)],
            [9_091, 4_762, 5_000, 2_619]
        );
    }

    #[test]
    fn currencies_do_not_mix_and_sums_do_not_wrap() {
        assert_eq!(
            brl(1).checked_add(Money::from_minor(1, Currency::Pyg)),
            Err(MoneyError::CurrencyMismatch { left: Currency::Brl, right: Currency::Pyg })
        );
        assert_eq!(brl(i64::MAX).checked_add(brl(1)), Err(MoneyError::TooLarge));
        assert_eq!(brl(i64::MIN).checked_neg(), Err(MoneyError::TooLarge));
    }

    proptest! {
        #[test]
        fn minor_units_survive_the_wire(minor: i64, which in 0_usize..6) {
            let money = Money::from_minor(minor, Currency::ALL[which]);
            let text = serde_json::to_string(&money).unwrap();

            prop_assert_eq!(money.minor(), minor);
            prop_assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), money);
        }

        #[test]
        fn an_invoice_and_its_credit_are_nothing(lines in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..40)) {
            let issued = Money::sum(lines.iter().map(|&m| brl(m)), Currency::Brl).unwrap();
            let credit = issued.checked_neg().unwrap();

            prop_assert!(issued.checked_add(credit).unwrap().is_zero());
            prop_assert_eq!(issued.minor(), lines.iter().sum::<i64>());
        }

        #[test]
        fn rounding_moves_less_than_one_minor_unit(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..8) {
            let value = Decimal::new(mantissa, scale);
            for mode in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down] {
                let moved = (Money::round(value, Currency::Brl, mode).unwrap().amount() - value).abs();
                let limit = if mode == Rounding::Down { Decimal::new(1, 2) } else { Decimal::new(5, 3) };
                prop_assert!(moved <= limit, "{value} moved by {moved}");
            }
        }
    }
}
