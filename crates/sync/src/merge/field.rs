//! Effective time and the merge of one field.

use domain::{clock::Hlc, id::DeviceId, value::Value};
use serde::{Deserialize, Serialize};

/// A field's value and who gave it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldState {
    /// The value; null when it was cleared.
    #[serde(rename = "1")]
    pub value: Value,
    /// The effective time of the write.
    #[serde(rename = "2")]
    pub eff: Hlc,
    /// The writing device; nil for the server itself.
    #[serde(rename = "3")]
    pub device: DeviceId,
    /// The position of the entry that wrote it.
    #[serde(rename = "4")]
    pub position: u64,
}

impl FieldState {
    /// Whether this write beats `other`: the later effective time, then the higher device id. Total over writes of
    /// different devices; two writes of one device never share an effective time.
    pub fn beats(&self, other: &Self) -> bool {
        (self.eff, self.device) > (other.eff, other.device)
    }
}

/// The time a device's entry counts as: after everything it did before, after everything it had seen, and
/// otherwise its own time, but never ahead of the server's clock by itself. Nothing is refused for its clock.
///
/// `previous`: the device's last effective time. `seen`: the highest effective time of any entry at or below the
/// entry's base. `now`: the server's clock.
pub fn effective(previous: Hlc, seen: Hlc, hlc: Hlc, now: Hlc) -> Hlc {
    previous.next().max(seen.next()).max(hlc.min(now))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn effective_time_is_monotone_per_device_and_after_what_was_seen(
            previous: u64, seen: u64, hlc: u64, now: u64,
        ) {
            let (previous, seen) = (Hlc(previous >> 1), Hlc(seen >> 1));
            let eff = effective(previous, seen, Hlc(hlc), Hlc(now));
            prop_assert!(eff > previous && eff > seen);
            prop_assert!(eff <= Hlc(now).max(previous.next()).max(seen.next()), "no clock reaches into the future");
            prop_assert!(Hlc(hlc) > Hlc(now) || eff >= Hlc(hlc), "a clock that is not ahead is believed");
        }
    }
}
