//! What a seed means: everything the simulation may do, drawn before it begins.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// The dice of one seed.
#[derive(Debug, Clone)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// From 0 to `below`, exclusive.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.number() % below.max(1)
    }

    /// An index into something that long.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap())).unwrap()
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }
}

/// A seed's plan. Each fault is on in a part of the seeds only, so that some seeds are quiet enough to show a
/// mistake that noise would hide.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) desks: usize,
    pub(crate) writes: u64,
    pub(crate) page_records: u32,
    pub(crate) push_entries: u32,
    /// Of a hundred messages.
    pub(crate) lost: u64,
    pub(crate) repeated: u64,
    /// Of a hundred steps.
    pub(crate) desk_crashes: u64,
    pub(crate) server_crashes: u64,
    pub(crate) clock_jumps: u64,
    /// Of a thousand steps: the server is put back to one of its backups, and nobody tells it.
    pub(crate) server_restores: u64,
    /// Each desk's wall clock minus the server's, milliseconds.
    pub(crate) offsets: Vec<i64>,
    /// Of a hundred steps in which something can happen, how many are a person's act: low means long offline days.
    pub(crate) eagerness: u64,
}

impl Plan {
    pub(crate) fn draw(seed: u64, writes: u64) -> (Self, Dice) {
        let mut dice = Dice::new(seed);
        let desks = 3;
        let some = |dice: &mut Dice, most: u64| if dice.percent(60) { dice.below(most) + 1 } else { 0 };
        let plan = Self {
            desks,
            writes: writes / 2 + dice.below(writes),
            page_records: u32::try_from(*dice.pick(&[1u64, 1, 2, 3, 5, 50])).unwrap(),
            push_entries: u32::try_from(*dice.pick(&[1u64, 2, 3, 10])).unwrap(),
            lost: some(&mut dice, 30),
            repeated: some(&mut dice, 30),
            desk_crashes: some(&mut dice, 6),
            server_crashes: some(&mut dice, 4),
            clock_jumps: some(&mut dice, 3),
            server_restores: if dice.percent(40) { dice.below(12) + 3 } else { 0 },
            offsets: (0..desks).map(|_| offset(&mut dice)).collect(),
            eagerness: 2 + dice.below(30),
        };
        (plan, dice)
    }
}

/// Mostly right, sometimes minutes off, sometimes a dead battery or a wrong year.
pub(crate) fn offset(dice: &mut Dice) -> i64 {
    match dice.below(10) {
        0..=5 => 0,
        6 | 7 => i64::try_from(dice.below(1_200_000)).unwrap() - 600_000,
        8 => -11 * 365 * 86_400_000,
        _ => 365 * 86_400_000,
    }
}
