//! When the parts of a price fall due.

use chrono::Months;

use super::{Money, MoneyError, split};
use crate::time::CivilDate;

/// One part of a price paid over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// 1 for the first.
    pub no: u32,
    /// The civil day it falls due.
    pub due_on: CivilDate,
    /// What falls due then.
    pub amount: Money,
}

/// The civil dates of `count` monthly payments, the first on `first`.
///
/// Each falls on the same day of its month, or on the month's last day where that day is missing; the
/// anchor day is kept, so 31 January is followed by 28 February and then by 31 March.
pub fn due_dates(first: CivilDate, count: u32) -> Result<Vec<CivilDate>, MoneyError> {
    (0..count)
        .map(|months| first.0.checked_add_months(Months::new(months)))
        .map(|date| date.map(CivilDate).ok_or(MoneyError::DateOutOfRange))
        .collect()
}

/// A price in `count` monthly parts that sum exactly to it, the first parts larger by at most one unit.
pub fn instalments(total: Money, count: u32, first: CivilDate) -> Result<Vec<Instalment>, MoneyError> {
    let dates = due_dates(first, count)?;
    let amounts = split(total, count)?;
    Ok((1..=count).zip(dates).zip(amounts).map(|((no, due_on), amount)| Instalment { no, due_on, amount }).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::money::Currency;
    use chrono::Datelike;
    use proptest::prelude::*;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_short_month_does_not_move_the_following_dates() {
        let dates = due_dates(day("2027-01-31"), 4).unwrap();

        assert_eq!(dates, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"].map(day));
    }

    #[test]
    fn a_leap_day_is_used_where_there_is_one() {
        let dates = due_dates(day("2028-01-29"), 2).unwrap();

        assert_eq!(dates, ["2028-01-29", "2028-02-29"].map(day));
    }

    #[test]
    fn three_instalments_of_what_is_left_after_a_down_payment() {
        let plan = instalments(Money::from_minor(215_500, Currency::Brl), 3, day("2026-12-18")).unwrap();

        let told: Vec<_> = plan.iter().map(|i| (i.no, i.due_on.to_string(), i.amount.minor())).collect();
        assert_eq!(
            told,
            [
                (1, "2026-12-18".to_owned(), 71_834),
                (2, "2027-01-18".to_owned(), 71_833),
                (3, "2027-02-18".to_owned(), 71_833),
            ]
        );
    }

    proptest! {
        #[test]
        fn dates_keep_their_day_or_are_a_months_last(offset in 0_i64..20_000, count in 1_u32..60) {
            let first = CivilDate(day("2000-01-01").0 + chrono::Duration::days(offset));

            for (index, date) in due_dates(first, count).unwrap().into_iter().enumerate() {
                let (first, date) = (first.0, date.0);
                let months = i64::from(date.year() - first.year()) * 12 + i64::from(date.month()) - i64::from(first.month());
                prop_assert_eq!(usize::try_from(months).unwrap(), index);
                let last = date.succ_opt().unwrap().month() != date.month();
                prop_assert!(date.day() == first.day() || (last && date.day() < first.day()));
            }
        }
    }
}
