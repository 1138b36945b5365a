//! State machines. A status is never written: it is the *fold* of transition facts, so that two desks that act
//! at once lose neither act.
//!
//! Each transition names the one its author had seen (`prev`). Transitions with the same `prev` are concurrent:
//! what physically happened beats what was decided (the rank); a pair that the table does not rank becomes a card
//! and the status stays where both began.

mod appointment;
mod encounter;

pub use appointment::APPOINTMENT;
pub use encounter::ENCOUNTER;
use uuid::Uuid;

use crate::clock::Hlc;

/// One act on a record's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The fact's id.
    pub id: Uuid,
    /// The transition its author had seen; `None` for the first.
    pub prev: Option<Uuid>,
    /// The new status.
    pub to: String,
    /// When, by the author's hybrid clock.
    pub hlc: Hlc,
}

/// A machine: which status may follow which, and what beats what.
#[derive(Debug)]
pub struct Machine {
    /// The machine's entity, as it stands in `transition.entity_kind`.
    pub entity: &'static str,
    /// Statuses a record may begin with.
    pub initial: &'static [&'static str],
    /// Allowed steps.
    pub steps: &'static [(&'static str, &'static str)],
    /// Concurrent outcomes, the strongest first. A status that is not listed is unranked.
    pub ranks: &'static [&'static str],
}

/// What the transitions of a record amount to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The status; `None` when there is no valid transition.
    pub status: Option<String>,
    /// The last transition that counts: the `prev` of the next act.
    pub last: Option<Uuid>,
    /// Transitions that lost to a concurrent one. They stay in the history.
    pub outdone: Vec<Uuid>,
    /// Concurrent transitions that no rank decides: a person must.
    pub unranked: Vec<Uuid>,
}

impl Machine {
    /// Whether a step is allowed.
    pub fn allows(&self, from: &str, to: &str) -> bool {
        self.steps.contains(&(from, to))
    }

    fn rank(&self, status: &str) -> Option<usize> {
        self.ranks.iter().position(|ranked| *ranked == status)
    }

    /// Folds the transitions of one record, in whatever order they arrived. Concurrent ones to the same status are one
    /// act: what follows on any of them counts.
    pub fn fold(&self, transitions: &[Transition]) -> Folded {
        let mut folded = Folded::default();
        let mut seen = vec![None];
        loop {
            let mut candidates: Vec<_> = transitions
                .iter()
                .filter(|t| seen.contains(&t.prev) && !seen.contains(&Some(t.id)))
                .filter(|t| match &folded.status {
                    Some(from) => self.allows(from, &t.to),
                    None => self.initial.contains(&t.to.as_str()),
                })
                .collect();
            candidates.sort_unstable_by_key(|t| (t.hlc, t.id));
            let Some(first) = candidates.first() else { return folded };
            if candidates.iter().any(|t| t.to != first.to) {
                if candidates.iter().any(|t| self.rank(&t.to).is_none()) {
                    folded.unranked = candidates.iter().map(|t| t.id).collect();
                    return folded;
                }
                candidates.sort_by_key(|t| self.rank(&t.to));
            }
            let Some(winner) = candidates.first() else { return folded };
            seen = candidates.iter().filter(|t| t.to == winner.to).map(|t| Some(t.id)).collect();
            folded.outdone.extend(candidates.iter().skip(1).map(|t| t.id));
            folded.status = Some(winner.to.clone());
            folded.last = Some(winner.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn act(id: u128, prev: Option<u128>, to: &str, hlc: u64) -> Transition {
        Transition { id: Uuid::from_u128(id), prev: prev.map(Uuid::from_u128), to: to.to_owned(), hlc: Hlc(hlc) }
    }

    #[test]
    fn what_happened_beats_what_was_planned() {
        let folded = APPOINTMENT.fold(&[
            act(1, None, "scheduled", 1),
            act(2, Some(1), "cancelled", 9),
            act(3, Some(1), "checked_in", 5),
            act(4, Some(3), "in_progress", 6),
        ]);
        assert_eq!(folded.status.as_deref(), Some("in_progress"));
        assert_eq!(folded.outdone, [Uuid::from_u128(2)], "the cancellation is kept and ignored");
    }

    #[test]
    fn the_same_act_twice_is_one_act() {
        let folded = APPOINTMENT.fold(&[
            act(1, None, "scheduled", 1),
            act(2, Some(1), "checked_in", 4),
            act(3, Some(1), "checked_in", 3),
        ]);
        assert_eq!((folded.last, folded.outdone), (Some(Uuid::from_u128(3)), vec![Uuid::from_u128(2)]));
    }

    #[test]
    fn what_follows_on_either_of_two_equal_acts_counts() {
        let folded = APPOINTMENT.fold(&[
            act(1, None, "scheduled", 1),
            act(2, Some(1), "checked_in", 3),
            act(3, Some(1), "checked_in", 4),
            act(4, Some(3), "in_progress", 6),
            act(5, Some(2), "cancelled", 7),
        ]);
        assert_eq!((folded.status.as_deref(), folded.last), (Some("in_progress"), Some(Uuid::from_u128(4))));
    }

    #[test]
    fn an_unranked_pair_waits_for_a_person() {
        let machine = Machine { entity: "x", initial: &["a"], steps: &[("a", "b"), ("a", "c")], ranks: &["b"] };
        let folded = machine.fold(&[act(1, None, "a", 1), act(2, Some(1), "b", 2), act(3, Some(1), "c", 3)]);
        assert_eq!(folded.status.as_deref(), Some("a"));
        assert_eq!(folded.unranked.len(), 2);
    }

    #[test]
    fn a_step_the_machine_does_not_allow_counts_for_nothing() {
        let folded = APPOINTMENT.fold(&[act(1, None, "scheduled", 1), act(2, Some(1), "completed", 2)]);
        assert_eq!(folded.status.as_deref(), Some("scheduled"));
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_never_matters(
            acts in prop::collection::vec((1u128..12, prop::option::of(1u128..12), 0usize..8, 0u64..6), 1..12),
            turn in 0usize..12,
        ) {
            let statuses = ["scheduled", "confirmed", "checked_in", "in_progress", "completed", "cancelled", "no_show", "x"];
            let mut seen = std::collections::BTreeSet::new();
            let mut acts: Vec<_> = acts.into_iter()
                .filter(|(id, ..)| seen.insert(*id))
                .map(|(id, prev, to, hlc)| act(id, prev, statuses[to], hlc)).collect();
            let before = APPOINTMENT.fold(&acts);
            let turn = turn % acts.len();
            acts.rotate_left(turn);
            prop_assert_eq!(before, APPOINTMENT.fold(&acts));
        }
    }
}
