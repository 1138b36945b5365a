//! The same stories on the real store: encrypted files, the three doors, the clinic's schema and folds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "tests; the model and the faults are the other target's"
)]

mod faulty;
mod folder;
mod model;
mod oracle;
mod plan;
mod real;
mod work;
mod world;

use plan::Plan;
use real::RealFolder;
use world::{Faults, World};

fn on_the_store(seed: u64, tell: bool) -> Result<(), String> {
    let (plan, dice) = Plan::draw(seed, 14);
    let described = format!("{plan:?}");
    let mut world = World::new(plan, dice, Faults::default(), RealFolder::new);
    world.trace = tell.then(Vec::new);
    let shown = world.run();
    if let Some(trace) = &world.trace {
        for line in trace {
            println!("{line}");
        }
    }
    shown.map(drop).map_err(|why| format!("seed {seed} failed on the store: {why}\nplan: {described}"))
}

/// Seeds of the real store are their own: a seed that fails here is told with `STORE_SEED=n`.
fn half(which: u64) {
    let variable = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    if let Some(seed) = variable("STORE_SEED") {
        if seed % 2 == which {
            on_the_store(seed, true).unwrap_or_else(|why| panic!("{why}"));
        }
        return;
    }
    let seeds = variable("STORE_SEEDS").unwrap_or(50);
    for seed in (0..seeds).filter(|seed| seed % 2 == which) {
        on_the_store(seed, false).unwrap_or_else(|why| panic!("{why}"));
    }
}

#[test]
fn fifty_seeds_agree_on_the_real_store_even_half() {
    half(0);
}

#[test]
fn fifty_seeds_agree_on_the_real_store_odd_half() {
    half(1);
}
