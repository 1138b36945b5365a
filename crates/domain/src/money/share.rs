//! Sharing an amount so that the parts add up to it exactly.

use super::{Money, MoneyError};

/// Splits an amount into `parts` that differ by at most one minor unit, the first ones larger:
/// 100.00 in 3 is 33.34, 33.33, 33.33.
pub fn split(total: Money, parts: u32) -> Result<Vec<Money>, MoneyError> {
    if parts == 0 {
        return Err(MoneyError::NoParts);
    }
    let count = i64::from(parts);
    let (each, rest) = (total.minor() / count, total.minor() % count);
    Ok((0..count)
        .map(|index| {
            let extra = if index < rest.abs() { rest.signum() } else { 0 };
            Money::from_minor(each + extra, total.currency())
        })
        .collect())
}

/// Shares an amount in proportion to `weights` by largest remainder, ties to the earlier part: how a
/// document's discount or tax falls on its lines. A weight of zero receives nothing.
pub fn distribute(total: Money, weights: &[u64]) -> Result<Vec<Money>, MoneyError> {
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    if whole == 0 {
        return Err(MoneyError::NoParts);
    }
    let minor = i128::from(total.minor());
    // |minor| ≤ 2^63 and a weight < 2^64: the product fits i128.
    let exact: Vec<(i128, i128)> = weights
        .iter()
        .map(|&weight| minor * i128::from(weight))
        .map(|product| (product / whole, (product % whole).abs()))
        .collect();
    let handed_out: i128 = exact.iter().map(|(part, _)| part).sum();
    let missing = usize::try_from((minor - handed_out).abs()).map_err(|_| MoneyError::TooLarge)?;

    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(exact.get(index).map_or(0, |e| e.1)));
    let mut parts: Vec<i128> = exact.into_iter().map(|(part, _)| part).collect();
    for index in by_remainder.into_iter().take(missing) {
        if let Some(part) = parts.get_mut(index) {
            *part += minor.signum();
        }
    }
    parts
        .into_iter()
        .map(|part| i64::try_from(part).map_err(|_| MoneyError::TooLarge))
        .map(|part| part.map(|minor| Money::from_minor(minor, total.currency())))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::money::Currency;
    use proptest::prelude::*;

    fn minors(parts: &[Money]) -> Vec<i64> {
        parts.iter().map(|part| part.minor()).collect()
    }

    fn shared(total: i64, weights: &[u64]) -> Vec<i64> {
        minors(&distribute(Money::from_minor(total, Currency::Brl), weights).unwrap())
    }

    #[test]
    fn the_first_parts_carry_the_remainder() {
        let split_up = |minor, n| minors(&split(Money::from_minor(minor, Currency::Brl), n).unwrap());

        assert_eq!(split_up(10_000, 3), [3_334, 3_333, 3_333]);
        assert_eq!(split_up(100, 7), [15, 15, 14, 14, 14, 14, 14]);
        assert_eq!(split_up(2, 3), [1, 1, 0]);
        assert_eq!(split_up(-10_000, 3), [-3_334, -3_333, -3_333]);
        assert_eq!(split(Money::zero(Currency::Brl), 0), Err(MoneyError::NoParts));
    }

    #[test]
    fn the_largest_remainders_get_the_missing_units() {
        assert_eq!(shared(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(shared(11_500, &[180_000, 115_000, 32_000]), [6_330, 4_044, 1_126]);
        assert_eq!(shared(-5, &[0, 1, 1]), [0, -3, -2]);
        assert_eq!(distribute(Money::from_minor(1, Currency::Brl), &[0, 0]), Err(MoneyError::NoParts));
    }

    proptest! {
        #[test]
        fn split_sums_exactly_and_spreads_by_one(minor: i64, parts in 1_u32..400) {
            let got = minors(&split(Money::from_minor(minor, Currency::Eur), parts).unwrap());

            prop_assert_eq!(got.iter().map(|&m| i128::from(m)).sum::<i128>(), i128::from(minor));
            prop_assert!(got.iter().max().unwrap().abs_diff(*got.iter().min().unwrap()) <= 1);
            prop_assert!(got.windows(2).all(|pair| pair[0].unsigned_abs() >= pair[1].unsigned_abs()));
        }

        #[test]
        fn distribute_sums_exactly_and_stays_within_one(minor: i64, weights in prop::collection::vec(any::<u64>(), 1..30)) {
            prop_assume!(weights.iter().any(|&w| w > 0));
            let whole: i128 = weights.iter().map(|&w| i128::from(w)).sum();
            let got = shared(minor, &weights);

            prop_assert_eq!(got.iter().map(|&m| i128::from(m)).sum::<i128>(), i128::from(minor));
            for (&part, &weight) in got.iter().zip(&weights) {
                let floor = i128::from(minor) * i128::from(weight) / whole;
                prop_assert!((i128::from(part) - floor).abs() <= 1);
            }
        }
    }
}
