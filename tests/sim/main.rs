//! Simulated worlds: several editors and a room, a bad network and a bad disk, in one thread.
//!
//! Every seed is a world. A failure prints its seed, and
//! `DRAWBRIDGE_SEED=… cargo test -p drawbridge-tests --test sim` runs that world again;
//! `DRAWBRIDGE_SEEDS=10000` soaks through so many random ones.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

mod checks;
mod glass;
mod log;
mod network;
mod outcomes;
mod page;
mod person;
mod record;
mod server;
mod world;

use world::World;

/// Steps of one world: many short ones find more than a long one.
const STEPS: usize = 1_200;
/// Worlds that every run goes through, before one that nobody has seen.
const SEEDS: u64 = 24;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a number"))
}

fn run(seed: u64) -> World {
    let mut world = World::new(seed);
    world.live(STEPS);
    world.come_to_rest();
    checks::all(&mut world);
    world
}

/// Runs a world and says which it was if anything in it fails.
fn run_loudly(seed: u64) -> World {
    struct Cry(u64);
    impl Drop for Cry {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was DRAWBRIDGE_SEED={}", self.0);
            }
        }
    }
    let _cry = Cry(seed);
    run(seed)
}

#[test]
fn worlds_come_to_rest_and_lose_nothing() {
    if let Some(seed) = number("DRAWBRIDGE_SEED") {
        run_loudly(seed);
        return;
    }
    let soak = number("DRAWBRIDGE_SEEDS");
    let mut worked = (0, 0);
    let fixed = if soak.is_some() { 0 } else { SEEDS };
    let random = (0..soak.unwrap_or(1)).map(|_| fastrand::u64(..));
    for seed in (1..=fixed).chain(random) {
        if seed > SEEDS {
            println!("DRAWBRIDGE_SEED={seed}");
        }
        let world = run_loudly(seed);
        worked.0 += world.record.len();
        worked.1 += world.restarts;
    }
    println!("{} updates, {} restarts of the server", worked.0, worked.1);
    assert!(
        soak.is_some() || worked.0 > 1_000 && worked.1 > 10,
        "worlds in which nothing happens"
    );
}

#[test]
fn a_seed_is_one_world() {
    let (one, again) = (run_loudly(3), run_loudly(3));
    // Not byte by byte: undoing in a text writes what it brings back in any order.
    let outcome = |world: &World| (world.now, world.restarts, world.record.len());
    assert_eq!(outcome(&one), outcome(&again));
    let boards = [one, again].map(|mut world| world.pages.remove(0).editor);
    assert!(
        boards[0].scene() == boards[1].scene(),
        "a failure could not be replayed"
    );
}
