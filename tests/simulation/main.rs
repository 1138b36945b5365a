//! The deterministic simulation: seeds, three desks, one server, lost and repeated and reordered messages, crashes
//! between any two steps, clocks that are wrong. One seed is one story; the same seed is always the same story.
//!
//! `SEEDS=10000 cargo nextest run -p praxis-simulation` runs more of them; `SEED=42` runs one and tells it
//! step by step.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests"
)]

mod faulty;
mod folder;
mod model;
mod oracle;
mod plan;
mod work;
mod world;

use faulty::ServerFaults;
use model::{DeskFaults, ModelFolder};
use plan::Plan;
use world::{Faults, ORG, Shown, World};

/// Runs a seed on model folders.
fn on_the_model(seed: u64, writes: u64, faults: Faults, tell: bool) -> Result<Shown, String> {
    let (plan, dice) = Plan::draw(seed, writes);
    let described = format!("{plan:?}");
    let mut world = World::new(plan, dice, faults, |who, secret| ModelFolder::new(ORG, who, secret, faults.desk));
    world.trace = tell.then(Vec::new);
    let shown = world.run();
    if let Some(trace) = &world.trace {
        for line in trace {
            println!("{line}");
        }
    }
    shown.map_err(|why| format!("seed {seed} failed: {why}\nplan: {described}\nagain: SEED={seed} cargo nextest run -p praxis-simulation agree --no-capture"))
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A quarter of the seeds, so that the quarters run beside each other.
fn a_quarter_agrees(quarter: u64) {
    if let Some(seed) = variable("SEED") {
        if seed % 4 == quarter {
            on_the_model(seed, 30, Faults::default(), true).unwrap_or_else(|why| panic!("{why}"));
        }
        return;
    }
    let mut all = Shown::default();
    let seeds = variable("SEEDS").unwrap_or(1_000);
    for seed in (0..seeds).filter(|seed| seed % 4 == quarter) {
        let shown = on_the_model(seed, 30, Faults::default(), false).unwrap_or_else(|why| panic!("{why}"));
        all.entries += shown.entries;
        all.aside += shown.aside;
        all.beaten += shown.beaten;
        all.cards += shown.cards;
        all.crashes += shown.crashes;
        all.restores += shown.restores;
        all.judged_again += shown.judged_again;
    }
    println!("a quarter of {seeds} seeds: {all:?}");
    // A simulation in which nothing goes wrong proves nothing.
    if seeds < 1_000 {
        return;
    }
    let often = [
        ("kept aside", all.aside),
        ("beaten", all.beaten),
        ("cards", all.cards),
        ("crashes", all.crashes),
        ("restores", all.restores),
    ];
    for (what, count) in often {
        assert!(count > usize::try_from(seeds / 16).unwrap(), "too few {what}: {count}");
    }
}

#[test]
fn a_thousand_seeds_agree_first_quarter() {
    a_quarter_agrees(0);
}

#[test]
fn a_thousand_seeds_agree_second_quarter() {
    a_quarter_agrees(1);
}

#[test]
fn a_thousand_seeds_agree_third_quarter() {
    a_quarter_agrees(2);
}

#[test]
fn a_thousand_seeds_agree_last_quarter() {
    a_quarter_agrees(3);
}

/// The first seed that notices a deliberate mistake, and what it says.
fn noticed(faults: Faults, within: u64) -> String {
    for seed in 0..within {
        if let Err(why) = on_the_model(seed, 30, faults, false) {
            println!("noticed by seed {seed}: {}", why.lines().next().unwrap_or_default());
            return why;
        }
    }
    panic!("{within} seeds did not notice {faults:?}");
}

#[test]
fn a_server_without_the_head_row_lock_is_noticed() {
    let server = ServerFaults { no_head_lock: true, ..ServerFaults::default() };
    noticed(Faults { server, ..Faults::default() }, 100);
}

#[test]
fn a_feed_read_from_the_cursor_on_never_comes_to_rest() {
    let server = ServerFaults { inclusive_feed: true, ..ServerFaults::default() };
    let why = noticed(Faults { server, ..Faults::default() }, 100);
    assert!(why.contains("never came to rest"), "the liveness check should notice: {why}");
}

#[test]
fn a_cursor_committed_without_its_rows_is_noticed() {
    let desk = DeskFaults { cursor_alone: true, ..DeskFaults::default() };
    noticed(Faults { desk, ..Faults::default() }, 200);
}

#[test]
fn a_skipped_refold_is_noticed() {
    let desk = DeskFaults { no_refold: true, ..DeskFaults::default() };
    let why = noticed(Faults { desk, ..Faults::default() }, 1_000);
    assert!(why.contains("shows"), "the caches should tell: {why}");
}
