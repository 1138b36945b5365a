//! Waiting after trouble.

/// Waits that double, with jitter so that a clinic's desks do not all come back at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// After the first trouble, milliseconds.
    pub first_ms: u64,
    /// Never longer than this.
    pub most_ms: u64,
}

impl Default for Retry {
    fn default() -> Self {
        Self { first_ms: 500, most_ms: 60_000 }
    }
}

impl Retry {
    /// How long to wait after `troubles` in a row: between half and all of the doubled time.
    pub fn delay(&self, troubles: u32, dice: u64) -> u64 {
        let doubled = self.first_ms.saturating_mul(1u64 << troubles.saturating_sub(1).min(20)).min(self.most_ms).max(1);
        doubled / 2 + dice % (doubled / 2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_most_and_are_never_less_than_half() {
        let retry = Retry { first_ms: 100, most_ms: 1_000 };
        for (troubles, whole) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1_000), (60, 1_000)] {
            for dice in [0, 7, u64::MAX] {
                let delay = retry.delay(troubles, dice);
                assert!(delay >= whole / 2 && delay <= whole, "{delay} after {troubles} troubles");
            }
        }
    }
}
