//! Half-open intervals of time and the one capacity rule that desk and server share.

use crate::time::Timestamp;

/// `[from, to)` in UTC. Ten to eleven and eleven to twelve do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first instant inside.
    pub from: Timestamp,
    /// The first instant after.
    pub to: Timestamp,
}

impl Interval {
    /// `None` when the interval would be empty or turned round.
    pub fn new(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// The two share at least one instant.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// Whether `wanted` (taking `units`) still fits beside `taken` under `capacity`: at every instant of `wanted`
/// the units in use stay within the capacity.
pub fn fits(wanted: Interval, units: i64, taken: &[(Interval, i64)], capacity: i64) -> bool {
    // The load can only rise where an interval begins, so it is enough to look there.
    taken
        .iter()
        .map(|(interval, _)| interval.from.max(wanted.from))
        .chain([wanted.from])
        .filter(|at| *at >= wanted.from && *at < wanted.to)
        .all(|at| {
            let load: i64 = taken
                .iter()
                .filter(|(interval, _)| interval.from <= at && at < interval.to)
                .map(|(_, units)| *units)
                .sum();
            load.saturating_add(units) <= capacity
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn span(from: i64, to: i64) -> Interval {
        Interval::new(Timestamp::from_millis(from), Timestamp::from_millis(to)).unwrap()
    }

    #[test]
    fn touching_ends_do_not_overlap() {
        assert!(!span(0, 10).overlaps(&span(10, 20)));
        assert!(fits(span(10, 20), 1, &[(span(0, 10), 1)], 1));
        assert!(!fits(span(9, 20), 1, &[(span(0, 10), 1)], 1));
    }

    proptest! {
        #[test]
        fn the_rule_agrees_with_counting_every_instant(
            wanted in (0i64..20, 1i64..10), units in 1i64..3, capacity in 1i64..5,
            taken in prop::collection::vec((0i64..25, 1i64..8, 1i64..3), 0..8),
        ) {
            let want = span(wanted.0, wanted.0 + wanted.1);
            let taken: Vec<_> = taken.into_iter().map(|(from, length, units)| (span(from, from + length), units)).collect();
            let brute = (want.from.millis()..want.to.millis()).all(|at| {
                let load: i64 = taken.iter()
                    .filter(|(i, _)| i.from.millis() <= at && at < i.to.millis()).map(|(_, u)| *u).sum();
                load + units <= capacity
            });
            prop_assert_eq!(fits(want, units, &taken, capacity), brute);
        }
    }
}
