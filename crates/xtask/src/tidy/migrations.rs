//! A released migration is never changed: folders in the field have already run it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::Finding;
use crate::tree::{Tree, root};

/// One line per released migration: the hash of its bytes, two spaces, its path.
const RELEASED: &str = "migrations/released";

/// Every released migration that is gone or not the same, and every gap or repetition in the numbers.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let list = tree.bytes(RELEASED).map(String::from_utf8_lossy).unwrap_or_default();
    for (hash, path) in list.lines().filter_map(|line| line.split_once("  ")) {
        match tree.bytes(path) {
            None => found.push(format!("{path}: released and gone")),
            Some(bytes) if blake3::hash(bytes).to_hex().as_str() != hash => {
                found.push(format!("{path}: released and changed; add a new migration instead"));
            }
            Some(_) => {}
        }
    }
    for folder in ["migrations/desk", "migrations/server/postgres", "migrations/server/sqlite"] {
        let numbers = numbers(tree, folder);
        for (expected, (number, path)) in (1..).zip(&numbers) {
            if *number != Some(expected) {
                found.push(format!("{path}: expected number {expected:04}; migrations are counted without gaps"));
                break;
            }
        }
    }
    found
}

fn is_sql(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "sql")
}

fn numbers<'t>(tree: &'t Tree, folder: &str) -> Vec<(Option<u32>, &'t str)> {
    tree.paths()
        .filter(|path| is_sql(path))
        .filter_map(|path| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            let number = name.trim_start_matches('V').split('_').next().and_then(|digits| digits.parse().ok());
            Some((number, path))
        })
        .collect()
}

/// The number a new migration in `folder` takes.
pub(crate) fn next(tree: &Tree, folder: &str) -> u32 {
    numbers(tree, folder).iter().filter_map(|(number, _)| *number).max().unwrap_or_default() + 1
}

/// Writes the list anew, with every migration there is.
pub(crate) fn release() -> Result<()> {
    let root = root()?;
    let tree = Tree::of_git(&root)?;
    let mut list = String::new();
    for path in tree.paths().filter(|path| path.starts_with("migrations/") && is_sql(path)) {
        let bytes = tree.bytes(path).unwrap_or_default();
        writeln!(list, "{}  {path}", blake3::hash(bytes).to_hex())?;
    }
    fs::write(root.join(RELEASED), list).context("while writing the list of released migrations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_migration_that_was_edited_is_found() {
        let list = format!("{}  migrations/desk/0001_store.sql\n", blake3::hash(b"create table a (id)").to_hex());
        let same = Tree::planted(&[(RELEASED, &list), ("migrations/desk/0001_store.sql", "create table a (id)")]);
        let edited = Tree::planted(&[(RELEASED, &list), ("migrations/desk/0001_store.sql", "create table a (id, b)")]);
        let gone = Tree::planted(&[(RELEASED, &list)]);

        assert!(check(&same).is_empty(), "nothing was changed");
        assert_eq!(check(&edited).len(), 1);
        assert_eq!(check(&gone).len(), 1);
    }

    #[test]
    fn a_gap_in_the_numbers_is_found() {
        let tree = Tree::planted(&[("migrations/desk/0001_store.sql", ""), ("migrations/desk/0003_people.sql", "")]);

        assert_eq!(check(&tree).len(), 1);
    }
}
