//! The house rules that no compiler knows. One rule is one file; each has a test that shows it failing.

mod areas;
mod graph;
mod length;
pub(crate) mod migrations;
mod names;
mod texts;
mod unused;
mod words;

use anyhow::{Result, bail};

use crate::tree::{Tree, root};

/// One broken rule, as it is told: where, and what to do about it.
pub(crate) type Finding = String;

/// Runs every rule and tells all that is broken, not only the first.
pub(crate) fn run() -> Result<()> {
    let found = findings()?;
    for finding in &found {
        crate::say(finding);
    }
    match found.len() {
        0 => Ok(()),
        1 => bail!("tidy: one rule is broken"),
        many => bail!("tidy: {many} rules are broken"),
    }
}

fn findings() -> Result<Vec<Finding>> {
    let root = root()?;
    let tree = Tree::of_git(&root)?;
    let packages = graph::packages(&root)?;
    Ok([
        graph::check(&packages),
        unused::check(&packages, &tree),
        areas::check(&tree),
        texts::check(&tree),
        names::check(&tree),
        length::check(&tree),
        words::check(&tree),
        migrations::check(&tree),
    ]
    .concat())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn nobody_in_this_house_knows_whom_they_may_not() {
        let packages = graph::packages(&root().unwrap()).unwrap();

        assert_eq!(graph::check(&packages), Vec::<Finding>::new());
    }

    #[test]
    fn no_released_migration_of_this_house_was_changed() {
        let tree = Tree::of_git(&root().unwrap()).unwrap();

        assert_eq!(migrations::check(&tree), Vec::<Finding>::new());
    }
}
