//! What a price in instalments would look like. Changes nothing.

use domain::{
    money::{Money, MoneyError, instalments},
    permission::Permission,
    time::CivilDate,
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::instalments::MOST;
use crate::{Command, Outcome, Read, Topic, command::refuse, organization::here};

/// How to split what.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Split {
    /// A decimal with a dot, in the clinic's currency.
    pub total: String,
    /// 1 to 24.
    pub count: u32,
    /// When the first falls due; the others on the same day of the following months.
    pub first_on: CivilDate,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SplitPart {
    /// 1 for the first.
    pub no: u32,
    /// The civil day it falls due.
    pub due_on: CivilDate,
    /// What falls due then.
    pub amount: Money,
}

/// Why there are no parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Not an amount above zero.
    AmountInvalid,
    /// Not 1 to 24, or more parts than the amount has smallest units.
    CountInvalid {
        /// How many there may be at most.
        most: u32,
    },
}

impl Command for Split {
    const NAME: &'static str = "billing.split";
    const NEEDS: Permission = Permission::BillingView;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = Vec<SplitPart>;
    type Refusal = Refusal;
}

impl Read for Split {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        match Money::parse(self.total.trim(), here.currency) {
            Ok(total) if total.minor() > 0 => match parts(total, self.count, self.first_on) {
                Ok(parts) => Ok(parts),
                Err(most) => refuse(Refusal::CountInvalid { most }),
            },
            _ => refuse(Refusal::AmountInvalid),
        }
    }
}

/// The parts of an amount, which sum exactly to it; or how many there may be at most.
pub(super) fn parts(total: Money, count: u32, first_on: CivilDate) -> Result<Vec<SplitPart>, u32> {
    let most = u32::try_from(total.minor().clamp(0, i64::from(MOST))).unwrap_or(MOST);
    if !(1..=most).contains(&count) {
        return Err(most);
    }
    instalments(total, count, first_on)
        .map(|parts| parts.into_iter().map(|p| SplitPart { no: p.no, due_on: p.due_on, amount: p.amount }).collect())
        .map_err(|_: MoneyError| most)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::money::Currency;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_part_is_empty_and_nobody_pays_for_three_years() {
        let split = |minor, count| parts(Money::from_minor(minor, Currency::Brl), count, "2026-12-18".parse().unwrap());

        assert_eq!(split(2, 3), Err(2));
        assert_eq!(split(100, 0), Err(24));
        assert_eq!(split(100_000, 25), Err(24));
        assert_eq!(split(-5, 1), Err(0));
        assert_eq!(split(2, 2).unwrap().len(), 2);
    }

    proptest! {
        #[test]
        fn parts_sum_exactly_to_the_total(minor in 24_i64..1_000_000_000, count in 1_u32..=24) {
            let parts = parts(Money::from_minor(minor, Currency::Brl), count, "2026-01-31".parse().unwrap()).unwrap();

            prop_assert_eq!(parts.iter().map(|part| part.amount.minor()).sum::<i64>(), minor);
            prop_assert!(parts.iter().all(|part| part.amount.minor() > 0));
            prop_assert!(parts.windows(2).all(|pair| pair[0].due_on < pair[1].due_on));
        }
    }
}
