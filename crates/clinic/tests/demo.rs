//! The demo clinic, made in real encrypted folders.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{
    billing::faults,
    demo::{Demo, Recipe, Scale, build},
};
use domain::{
    id::{UserId, Uuid},
    time::Timestamp,
};
use founded::{MORNING, empty_folder};
use store::{Store, StoreError};
use tempfile::TempDir;

const OWNER: UserId = UserId(Uuid::from_u128(4));

fn made(seed: u64, now: Timestamp, scale: Scale) -> (TempDir, Store, Demo) {
    let (dir, store) = empty_folder();
    let demo = build(&store, OWNER, &Recipe { seed, now, scale }, |_, _| {}).unwrap_or_else(|error| panic!("{error}"));
    (dir, store, demo)
}

fn count(store: &Store, now: Timestamp, sql: &str) -> i64 {
    store
        .read(OWNER, now, |view| view.db().query_row(sql, [], |row| row.get(0)).map_err(StoreError::from))
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn the_same_seed_and_moment_make_the_same_clinic_and_another_seed_another() {
    let now = MORNING.plus_minutes(100);
    let digest = |seed| {
        let (_dir, store, _) = made(seed, now, Scale::SMALL);
        store.digests().unwrap()
    };
    let first = digest(1);
    assert_eq!(first.replicated, digest(1).replicated);
    assert_ne!(first.replicated, digest(2).replicated);
}

#[test]
fn at_any_hour_the_clinic_is_at_work_and_its_books_are_in_order() {
    // The dead of night, and a Sunday.
    for now in [-6 * 60, (4 * 24 + 2) * 60].map(|minutes| MORNING.plus_minutes(minutes)) {
        let (_dir, store, demo) = made(7, now, Scale::SMALL);
        assert_eq!((demo.users.len(), demo.patients), (5, 60));
        let many = |sql: &str| count(&store, now, sql);
        assert_eq!(many("select count(*) from patient"), 60);
        for status in ["arrived", "in_progress", "finished"] {
            let sql = format!("select count(*) from encounter where status = '{status}'");
            assert!(many(&sql) > 0, "{now}: nobody is {status}");
        }
        let to_charge = "select count(*) from encounter e where status = 'finished'
            and not exists (select 1 from invoice i where i.encounter_id = e.id)";
        assert!(many(to_charge) > 0, "{now}: nobody is to be charged");
        let ahead = format!(
            "select count(*) from appointment where start_at > {} and status in ('scheduled', 'confirmed')",
            now.millis()
        );
        assert!(many(&ahead) > 0, "{now}: nothing is booked");
        assert!(many("select count(*) from clinical_note where signed_at is not null") > 0);
        assert!(many("select count(*) from document where sealed_at is not null") > 0);
        assert!(many("select count(*) from payment") > 0);
        assert_eq!(many(&format!("select count(*) from encounter where arrived_at > {}", now.millis())), 0);
        let faults = store.read(OWNER, now, |view| Ok::<_, StoreError>(faults(view).unwrap())).unwrap();
        assert_eq!(faults, []);
        let before = store.digests().unwrap();
        store.refold_all().unwrap();
        assert_eq!(store.digests().unwrap(), before, "folding anew finds the same");
    }
}

/// `cargo nextest run -p clinic --run-ignored only the_whole_demo --no-capture` tells how long it takes.
#[test]
#[ignore = "makes all four months: for measuring"]
fn the_whole_demo_is_made() {
    let now = MORNING.plus_minutes(100);
    let (_dir, store, demo) = made(1, now, Scale::FULL);
    let sealed = count(&store, now, "select count(*) from document where sealed_at is not null");
    let entries = count(&store, now, "select count(*) from journal");
    let invoices = count(&store, now, "select count(*) from invoice where issued_at is not null");
    assert!(demo.visits > 450 && invoices > 300 && sealed > 5, "{demo:?}: {invoices} invoices, {sealed} sealed");
    assert!(entries > 1_000, "{entries} entries");
}
