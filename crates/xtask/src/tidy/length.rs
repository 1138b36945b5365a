//! A file one can hold in one's head: 600 lines at most.

use std::path::Path;

use super::Finding;
use crate::tree::Tree;

const MOST: usize = 600;
const KINDS: &[&str] = &["rs", "ts", "svelte", "css", "sql", "mjs", "js", "sh", "html"];

/// Written by a program, read by one.
const GENERATED: &[&str] = &["ui/src/lib/desk/bindings.ts"];

/// Every file of code that is too long.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts()
        .filter(|(path, _)| !GENERATED.contains(path))
        .filter(|(path, _)| {
            Path::new(path).extension().and_then(|kind| kind.to_str()).is_some_and(|kind| KINDS.contains(&kind))
        })
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > MOST).then(|| format!("{path}: {lines} lines, {MOST} at most; it holds two things"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_one_line_too_long_is_found_and_a_generated_one_is_not() {
        let long = "\n".repeat(MOST + 1);
        let right = "\n".repeat(MOST);
        let tree = Tree::planted(&[
            ("crates/clinic/src/agenda/book.rs", &long),
            ("crates/clinic/src/agenda/move.rs", &right),
            ("ui/src/lib/desk/bindings.ts", &long),
        ]);

        let found = check(&tree);

        assert_eq!(found.len(), 1, "{found:?}");
    }
}
