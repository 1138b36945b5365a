//! Who may know whom. The table is the architecture; a crate that needs another one is a decision, not an edit here.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::Finding;

/// The workspace's own packages and whom each may know; those that only test are bound by nothing.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("vault", &[]),
    ("store", &["domain", "vault"]),
    ("papers", &["domain"]),
    ("sync", &["domain"]),
    ("verify", &["vault"]),
    ("clinic", &["domain", "store", "papers"]),
    ("app", &["domain", "vault", "store", "sync", "clinic", "papers", "verify"]),
    ("server", &["domain", "vault", "sync"]),
    ("praxis", &["app"]),
    // What it runs stands among its dev-dependencies, which bind nobody.
    ("praxis-hostile", &[]),
    ("praxis-simulation", &[]),
    ("xtask", &[]),
];

/// Parts of other people that have one place each.
const PLACES: &[(&str, &[&str])] = &[
    ("tauri", &["praxis"]),
    ("tauri-build", &["praxis"]),
    ("rusqlite", &["vault", "store", "clinic", "server"]),
    ("tokio-postgres", &["server"]),
    ("axum", &["server"]),
    ("reqwest", &["app"]),
    ("keyring", &["app"]),
    ("printpdf", &["papers"]),
];

/// What only tests: may know anyone, and nobody knows it.
const FREE: &[&str] = &["praxis-tests", "praxis-hostile", "praxis-simulation", "praxis-faults"];

/// A package as `cargo metadata` tells it.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: String,
    pub(crate) dependencies: Vec<Dependency>,
    #[serde(default)]
    pub(crate) metadata: serde_json::Value,
}

/// One line of a `[dependencies]` table.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `None` for an ordinary one, else `dev` or `build`.
    pub(crate) kind: Option<String>,
    pub(crate) rename: Option<String>,
}

impl Dependency {
    fn ships(&self) -> bool {
        self.kind.as_deref() != Some("dev")
    }
}

/// The workspace's packages, without those of others.
pub(crate) fn packages(root: &Path) -> Result<Vec<Package>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("while asking cargo for the packages")?;
    ensure!(told.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&told.stderr));
    let metadata: Metadata = serde_json::from_slice(&told.stdout).context("while reading cargo metadata")?;
    Ok(metadata.packages)
}

/// Every edge of the graph that the tables do not allow. Tests may know anyone.
pub(crate) fn check(packages: &[Package]) -> Vec<Finding> {
    let ours: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut found = Vec::new();
    for package in packages.iter().filter(|package| !FREE.contains(&package.name.as_str())) {
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| *name == package.name) else {
            found
                .push(format!("{}: a new package has no row in who-may-know-whom (xtask tidy/graph.rs)", package.name));
            continue;
        };
        for other in package.dependencies.iter().filter(|other| other.ships()) {
            let name = other.name.as_str();
            if ours.contains(&name) && !allowed.contains(&name) {
                found.push(format!("{}: may not know {name}", package.name));
            }
            let place = PLACES.iter().find(|(part, _)| *part == name);
            if let Some((_, homes)) = place.filter(|(_, homes)| !homes.contains(&package.name.as_str())) {
                found.push(format!("{}: {name} belongs in {} only", package.name, homes.join(", ")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, knows: &[(&str, Option<&str>)]) -> Package {
        Package {
            name: name.to_owned(),
            manifest_path: String::new(),
            metadata: serde_json::Value::Null,
            dependencies: knows
                .iter()
                .map(|(name, kind)| Dependency {
                    name: (*name).to_owned(),
                    kind: kind.map(str::to_owned),
                    rename: None,
                })
                .collect(),
        }
    }

    #[test]
    fn papers_may_not_reach_into_the_store() {
        let house = [package("store", &[]), package("papers", &[("store", None)])];

        assert_eq!(check(&house), ["papers: may not know store"]);
    }

    #[test]
    fn a_test_may_know_anyone() {
        let house = [package("store", &[]), package("papers", &[("store", Some("dev"))])];

        assert!(check(&house).is_empty(), "a test compares sides that must not meet in what ships");
    }

    #[test]
    fn the_network_has_one_place() {
        let house = [package("clinic", &[("reqwest", None)])];

        assert_eq!(check(&house), ["clinic: reqwest belongs in app only"]);
    }

    #[test]
    fn a_new_package_must_take_a_place_in_the_table() {
        let found = check(&[package("shortcut", &[])]);

        assert!(found.iter().any(|finding| finding.starts_with("shortcut:")), "it has no row: {found:?}");
    }
}
