//! One folder, one process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests; the child speaks on stdout")]

mod desk;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use desk::{Desk, NOON, opening};
use vault::{Holder, OpenError, Opening, Vault};

/// Holds the folder until its stdin closes. Runs only when started by a test below.
#[test]
fn child_that_holds_the_folder() {
    let Ok(dir) = std::env::var("PRAXIS_TEST_HOLDS") else {
        return;
    };
    let desk = Desk::at(dir.as_ref());
    let _vault = Vault::open(&desk.dir, &desk.key, Opening { program: "praxisctl", ..opening() }).unwrap();
    println!("\nholding");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

fn hold(desk: &Desk) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_holds_the_folder", "--nocapture"])
        .env("PRAXIS_TEST_HOLDS", &desk.dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "holding"), "the child opened the folder");
    child
}

#[test]
fn a_second_process_is_told_who_holds_the_folder_and_changes_nothing() {
    let desk = Desk::founded();
    let mut child = hold(&desk);
    let before = desk.fingerprint();

    let error = Vault::open(&desk.dir, &desk.key, opening()).map(drop).unwrap_err();

    let holder = Holder { pid: child.id(), program: "praxisctl".to_owned(), since_ms: NOON };
    assert_eq!(Vault::holder(&desk.dir).unwrap(), Some(holder.clone()));
    match error {
        OpenError::InUse { by } => assert_eq!(by, Some(holder)),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.fingerprint(), before);
    drop(child.stdin.take());
    child.wait().unwrap();
}

#[test]
fn a_killed_process_frees_the_folder() {
    let desk = Desk::founded();
    let mut child = hold(&desk);

    child.kill().unwrap();
    child.wait().unwrap();

    assert_eq!(Vault::holder(&desk.dir).unwrap(), None);
    Vault::open(&desk.dir, &desk.key, opening()).unwrap();
}

#[test]
fn the_same_process_cannot_open_it_twice_but_again_after_closing() {
    let desk = Desk::founded();

    let first = Vault::open(&desk.dir, &desk.key, opening()).unwrap();
    assert!(matches!(Vault::open(&desk.dir, &desk.key, opening()), Err(OpenError::InUse { .. })));
    drop(first);

    Vault::open(&desk.dir, &desk.key, opening()).unwrap();
}

#[test]
fn a_copied_folder_without_its_lock_file_opens_too() {
    let desk = Desk::founded();
    std::fs::remove_file(desk.dir.join("lock")).unwrap();

    let _vault = Vault::open(&desk.dir, &desk.key, opening()).unwrap();

    assert!(matches!(Vault::open(&desk.dir, &desk.key, opening()), Err(OpenError::InUse { .. })));
}
