//! Begins an area: the same name in Rust, on the screens, in the pages and in the migrations.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::tidy::migrations;
use crate::tree::{Tree, root};

/// Makes the places of the area `name`; refuses one that exists.
pub(crate) fn run(name: &str) -> Result<()> {
    ensure!(
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
        "an area is one noun in lower case, such as `referrals`"
    );
    let root = root()?;
    let number = migrations::next(&Tree::of_git(&root)?, "migrations/desk");
    for (path, text) in places(name, number) {
        begin(&root, &path, &text)?;
        crate::say(&path);
    }
    crate::say("now: `pub mod` and the area's list in crates/clinic/src/lib.rs, its kinds in domain's registry");
    Ok(())
}

fn places(name: &str, number: u32) -> Vec<(String, String)> {
    let title = format!("{}{}", name.get(..1).unwrap_or_default().to_uppercase(), name.get(1..).unwrap_or_default());
    let mut places = vec![
        (
            format!("crates/clinic/src/{name}/mod.rs"),
            format!("//! {title}: what this area owns, and what it refuses to know.\n"),
        ),
        (format!("crates/domain/src/registry/{name}.rs"), format!("//! The record kinds of {name}.\n")),
        (
            format!("ui/src/lib/areas/{name}/README.md"),
            format!("# {title}\n\nThe screens of {name}. What it means: `docs/areas/{name}.md`.\n"),
        ),
        (
            format!("docs/areas/{name}.md"),
            format!("# {title}\n\nIn the clinic's language: who does what here, and which facts must be right.\n"),
        ),
        (
            format!("migrations/desk/{number:04}_{name}.sql"),
            format!("-- {title}. An older application may still open the folder: no.\n"),
        ),
    ];
    places.extend(
        ["pt-BR", "es", "en"].map(|language| (format!("ui/messages/{name}/{language}.json"), "{}\n".to_owned())),
    );
    places
}

fn begin(root: &Path, path: &str, text: &str) -> Result<()> {
    let place = root.join(path);
    ensure!(!place.exists(), "{path} exists already");
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(|| format!("while making {}", folder.display()))?;
    }
    fs::write(&place, text).with_context(|| format!("while writing {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_area_stands_on_all_sides_with_the_next_number() {
        let paths: Vec<String> = places("referrals", 13).into_iter().map(|(path, _)| path).collect();

        assert!(paths.contains(&"crates/clinic/src/referrals/mod.rs".to_owned()), "{paths:?}");
        assert!(paths.contains(&"migrations/desk/0013_referrals.sql".to_owned()), "{paths:?}");
        assert!(paths.contains(&"docs/areas/referrals.md".to_owned()), "{paths:?}");
        assert!(paths.iter().any(|path| path.starts_with("ui/src/lib/areas/referrals/")), "{paths:?}");
    }

    #[test]
    fn a_name_that_is_not_a_noun_in_lower_case_is_refused() {
        assert!(run("New Area").is_err(), "it would not be the same name everywhere");
    }
}
