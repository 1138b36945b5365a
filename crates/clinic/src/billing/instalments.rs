//! Instalments: parts of an invoice that fall due over time. They are agreed at issue and never change; whether one
//! is paid is computed from what was received, oldest first.

use domain::time::CivilDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether a part of a plan is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentState {
    /// Not due yet, or due today.
    Open,
    /// Covered by what was received.
    Paid,
    /// Due before today and not covered.
    Overdue,
}

/// How many instalments a plan may have. More than two years is credit, which a clinic does not give.
pub(super) const MOST: u32 = 24;

/// The states of a plan's parts `(due, amount)` in their order. What was paid at issue, before the plan, is the
/// difference between the invoice's total and the plan's; it covers no instalment.
pub(super) fn states(total: i64, paid: i64, parts: &[(CivilDate, i64)], today: CivilDate) -> Vec<InstalmentState> {
    let planned: i64 = parts.iter().map(|(_, amount)| amount).sum();
    let mut left = paid.saturating_sub(total.saturating_sub(planned));
    parts
        .iter()
        .map(|&(due, amount)| {
            left = left.saturating_sub(amount);
            if left >= 0 {
                InstalmentState::Paid
            } else if due < today {
                InstalmentState::Overdue
            } else {
                InstalmentState::Open
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use InstalmentState::{Open, Overdue, Paid};

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    fn plan() -> Vec<(CivilDate, i64)> {
        vec![(day("2026-12-18"), 71_834), (day("2027-01-18"), 71_833), (day("2027-02-18"), 71_833)]
    }

    #[test]
    fn what_was_paid_at_issue_covers_no_instalment() {
        let at = |paid, today: &str| states(315_500, paid, &plan(), day(today));

        assert_eq!(at(100_000, "2026-12-18"), [Open, Open, Open]);
        assert_eq!(at(100_000, "2026-12-19"), [Overdue, Open, Open]);
        assert_eq!(at(171_834, "2027-01-20"), [Paid, Overdue, Open]);
        assert_eq!(at(171_833, "2027-01-20"), [Overdue, Overdue, Open], "a cent short is not paid");
        assert_eq!(at(315_500, "2030-01-01"), [Paid, Paid, Paid]);
    }

    proptest! {
        #[test]
        fn paid_ones_come_first_and_only_a_full_payment_pays_all(paid in 0_i64..400_000, days in 0_i64..120) {
            let states = states(315_500, paid, &plan(), day("2026-12-01").plus_days(days));

            let first_unpaid = states.iter().position(|state| *state != Paid).unwrap_or(states.len());
            prop_assert!(states[first_unpaid..].iter().all(|state| *state != Paid));
            prop_assert_eq!(first_unpaid == states.len(), paid >= 315_500);
        }
    }
}
