//! The TypeScript side of the catalogue, as committed, is what the catalogue says today.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

#[test]
fn the_committed_bindings_are_fresh() {
    let file = Path::new("../ui/src/lib/desk/bindings.ts");
    let committed = std::fs::read_to_string(file).unwrap();
    assert!(committed == app::bindings::typescript(), "stale: run `make bindings` and commit what it writes");
}

#[test]
fn every_command_is_typed() {
    let typescript = app::bindings::typescript();
    for listed in app::names() {
        assert!(typescript.contains(&format!("\"{}\": {{", listed.name)), "{}", listed.name);
    }
}
