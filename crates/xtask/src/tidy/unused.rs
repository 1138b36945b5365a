//! A dependency that no source names is not carried along.

use super::Finding;
use super::graph::Package;
use crate::tree::Tree;

/// Every dependency whose name stands in no Rust file of its package.
///
/// One that is there for its features alone is named, with its reason, under `[package.metadata.tidy] kept`.
pub(crate) fn check(packages: &[Package], tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in packages {
        let folder = home(&package.manifest_path);
        let sources: Vec<&str> =
            tree.texts().filter(|(path, _)| is_source(path, folder)).map(|(_, text)| text).collect();
        for other in &package.dependencies {
            let name = other.rename.as_deref().unwrap_or(&other.name);
            let kept = package.metadata.pointer("/tidy/kept").and_then(|kept| kept.get(name)).is_some();
            let word = name.replace('-', "_");
            if !kept && !sources.iter().any(|text| names(text, &word)) {
                found.push(format!("{}: no source names {name}; take it out of Cargo.toml", package.name));
            }
        }
    }
    found
}

/// The package's folder from the root: `crates/NAME`, `tests`, or nothing for the root package.
fn home(manifest: &str) -> &str {
    let folder = manifest.trim_end_matches("/Cargo.toml");
    ["/crates/", "/tests"]
        .iter()
        .find_map(|mark| folder.rfind(mark).map(|at| folder.get(at + 1..).unwrap_or_default()))
        .unwrap_or_default()
}

fn is_source(path: &str, folder: &str) -> bool {
    // The root package's sources stand in src-tauri.
    let under = if folder.is_empty() { "src-tauri" } else { folder };
    let rust = std::path::Path::new(path).extension().is_some_and(|extension| extension == "rs");
    rust && path.strip_prefix(under).is_some_and(|rest| rest.starts_with('/'))
}

fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|left| left.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|right| right.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::super::graph::Dependency;
    use super::*;

    fn carrying(name: &str, metadata: serde_json::Value) -> Package {
        Package {
            name: "papers".to_owned(),
            manifest_path: "/anywhere/crates/papers/Cargo.toml".to_owned(),
            metadata,
            dependencies: vec![Dependency { name: name.to_owned(), kind: None, rename: None }],
        }
    }

    #[test]
    fn a_dependency_nobody_names_is_found() {
        let tree = Tree::planted(&[("crates/papers/src/lib.rs", "use printpdf::Op; // qrcodes are elsewhere")]);

        let found = check(&[carrying("qrcode", serde_json::Value::Null)], &tree);

        assert_eq!(found, ["papers: no source names qrcode; take it out of Cargo.toml"]);
    }

    #[test]
    fn one_that_is_named_or_kept_with_a_reason_stays() {
        let tree = Tree::planted(&[("crates/papers/src/lib.rs", "use ttf_parser::Face;")]);
        let reason = serde_json::json!({ "tidy": { "kept": { "lopdf": "its features" } } });

        assert!(check(&[carrying("ttf-parser", serde_json::Value::Null)], &tree).is_empty(), "a source names it");
        assert!(check(&[carrying("lopdf", reason)], &tree).is_empty(), "a reason is given");
    }
}
