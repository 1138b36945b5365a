//! A file is named after what it holds; a drawer for everything is not a name. And the root stays readable.

use std::path::Path;

use super::Finding;
use crate::tree::Tree;

const DRAWERS: &[&str] = &["util", "utils", "manager", "managers", "helper", "helpers", "common", "misc", "shared"];

/// Where code lives. Texts and pages may speak of what is common.
const CODE: &[&str] = &["crates/", "src-tauri/", "tests/", "ui/src/", "scripts/"];

const ROOT: &[&str] = &[
    ".cargo",
    ".ci",
    ".config",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".taurignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "README.md",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "icons",
    "migrations",
    "rustfmt.toml",
    "scripts",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
];

/// Every drawer among the names of code, and every stranger at the root.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found: Vec<Finding> = tree
        .paths()
        .filter(|path| CODE.iter().any(|code| path.starts_with(code)))
        .filter(|path| {
            Path::new(path).iter().any(|part| {
                let part = part.to_string_lossy().to_lowercase();
                DRAWERS.contains(&part.split('.').next().unwrap_or_default())
            })
        })
        .map(|path| format!("{path}: name it after what it holds"))
        .collect();

    let mut at_root: Vec<&str> = tree.paths().filter_map(|path| path.split('/').next()).collect();
    at_root.dedup();
    found.extend(
        at_root
            .iter()
            .filter(|name| !ROOT.contains(*name))
            .map(|name| format!("{name}: not on the root's list (xtask tidy/names.rs)")),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_for_everything_is_found() {
        let tree = Tree::planted(&[
            ("crates/clinic/src/people/utils.rs", ""),
            ("ui/src/lib/helpers/date.ts", ""),
            ("ui/messages/common/en.json", "{}"),
        ]);

        assert_eq!(check(&tree).len(), 2, "code has no drawers; texts may have common ones");
    }

    #[test]
    fn a_stranger_at_the_root_is_found() {
        let tree = Tree::planted(&[("notes.txt", ""), ("README.md", "")]);

        assert_eq!(check(&tree), ["notes.txt: not on the root's list (xtask tidy/names.rs)"]);
    }
}
