//! What must not stand in any text: a path of somebody's machine, a promise without an issue.

use super::Finding;
use crate::tree::Tree;

/// The beginnings of paths that exist on one machine only. Split, so that this file passes its own rule.
const MACHINES: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("C:\\Us", "ers"),
];

/// Words of unfinished work; `(#12)` behind one says where it will be finished.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Every such line.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| !is_locked(path)) {
        for (line, words) in (1..).zip(text.lines()) {
            if let Some(machine) = MACHINES.iter().find(|machine| begins_a_path(words, machine)) {
                found.push(format!("{path}:{line}: a path of one machine ({machine})"));
            }
            if PROMISES.iter().any(|promise| stands_alone(words, promise)) && !words.contains("(#") {
                found.push(format!("{path}:{line}: a promise without an issue; write (#number) behind it"));
            }
        }
    }
    found
}

fn is_locked(path: &str) -> bool {
    path.ends_with("package-lock.json") || path == "Cargo.lock"
}

/// Not in the middle of a longer path or an address: `./work/` and `.../home/` are ours to name.
fn begins_a_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).and_then(|left| left.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '}' | '_' | '-' | '$' | '~'))
    })
}

fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|left| left.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|right| right.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let planted = format!("let place = \"{}ana/praxis\";", MACHINES.first().unwrap_or(&""));
        let tree = Tree::planted(&[("crates/app/src/lib.rs", &planted)]);

        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn a_promise_needs_an_issue() {
        let word = PROMISES.first().unwrap_or(&"");
        let bare = format!("// {word} later");
        let bound = format!("// {word} (#12) later");
        let tree = Tree::planted(&[("a.rs", &bare), ("b.rs", &bound), ("c.rs", "// os METODOS")]);

        let found = check(&tree);

        assert_eq!(found.len(), 1, "{found:?}");
    }
}
