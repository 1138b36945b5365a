//! The hybrid logical clock: orders what several desks did, close to wall time, without trusting it.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A hybrid time: 48 bits of milliseconds since 1970 UTC, then a 16-bit counter. Ties between devices are broken
/// by device id, outside this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hlc(pub u64);

const COUNTER_BITS: u32 = 16;

impl Hlc {
    /// The first hybrid time of a millisecond.
    pub fn at(time: Timestamp) -> Self {
        Self(u64::try_from(time.millis()).unwrap_or(0) << COUNTER_BITS)
    }

    /// The wall time this stands near, for showing to people.
    pub fn time(self) -> Timestamp {
        Timestamp::from_millis(i64::try_from(self.0 >> COUNTER_BITS).unwrap_or(i64::MAX))
    }

    /// The smallest later hybrid time. An overflowing counter carries into the milliseconds.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// A device's clock. It never goes back, whatever the wall clock does.
#[derive(Debug, Clone, Copy, Default)]
pub struct HybridClock {
    last: Hlc,
}

impl HybridClock {
    /// A clock that continues after `last`, the highest time this folder has used or seen.
    pub fn after(last: Hlc) -> Self {
        Self { last }
    }

    /// The time of a new event: wall time, or just after the last one when the wall clock stood still or went back.
    pub fn tick(&mut self, now: Timestamp) -> Hlc {
        self.last = Hlc::at(now).max(self.last.next());
        self.last
    }

    /// Learns that `seen` has happened, so that what follows here is ordered after it.
    pub fn observe(&mut self, seen: Hlc) {
        self.last = self.last.max(seen);
    }

    /// The highest time used or seen.
    pub fn last(&self) -> Hlc {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_goes_back_when_the_wall_clock_does() {
        let mut clock = HybridClock::default();
        let first = clock.tick(Timestamp::from_millis(5_000));
        let second = clock.tick(Timestamp::from_millis(1_000));
        assert!(second > first, "what happened later here is ordered later");
        assert_eq!(second.time(), Timestamp::from_millis(5_000));
    }

    #[test]
    fn what_was_seen_is_ordered_before_what_follows() {
        let mut clock = HybridClock::default();
        let seen = Hlc::at(Timestamp::from_millis(9_000));
        clock.observe(seen);
        assert!(clock.tick(Timestamp::from_millis(1)) > seen);
    }

    #[test]
    fn more_events_than_the_counter_holds_in_one_millisecond_stay_ordered() {
        let mut clock = HybridClock::default();
        let mut last = Hlc::default();
        for _ in 0..70_000 {
            let next = clock.tick(Timestamp::from_millis(1));
            assert!(next > last);
            last = next;
        }
    }
}
