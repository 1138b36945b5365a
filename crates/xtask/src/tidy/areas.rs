//! Every area of clinic work stands in the same three places under the same name.

use super::Finding;
use crate::tree::Tree;

/// The three sides of an area.
pub(crate) const SIDES: [&str; 3] = ["crates/clinic/src", "ui/src/lib/areas", "docs/areas"];

/// Areas that have no side in `clinic`, and why.
const WITHOUT_RUST: &[&str] = &[
    // Before a folder is open there is no clinic: founding, joining and signing in are commands of the application.
    "start", // The frame around all areas: rail, palette, sync pill and inbox answer to the application.
    "frame", "system", "inbox", "papers", "settings",
];

/// Areas that have no screen of their own, and where they show instead.
const WITHOUT_SCREEN: &[&str] = &[
    // Practitioners, services and opening hours are set up under `organization`'s settings.
    "staff",
    "catalogue",
    "resources",
    "organization",
    "system",
    // Made from the first page, under `start`.
    "demo",
];

/// Every area that is missing on a side. `people-import.md` is a second page of `people`.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let [rust, screens, pages] = SIDES;
    let in_rust = tree.folders(rust);
    let on_screen = tree.folders(screens);
    let written: Vec<&str> =
        tree.paths().filter_map(|path| path.strip_prefix(pages)?.strip_prefix('/')?.strip_suffix(".md")).collect();

    let mut found = Vec::new();
    for area in &in_rust {
        if !on_screen.contains(area) && !WITHOUT_SCREEN.contains(area) {
            found.push(format!("{screens}/{area}: missing; {rust}/{area} exists"));
        }
        if !written.contains(area) {
            found.push(format!("{pages}/{area}.md: missing; {rust}/{area} exists"));
        }
    }
    for area in on_screen.iter().chain(&written) {
        if !in_rust.contains(area) && !WITHOUT_RUST.contains(area) {
            found.push(format!("{rust}/{area}: missing; a screen or a page of that name exists"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_without_its_page_or_its_screen_is_found() {
        let tree = Tree::planted(&[("crates/clinic/src/billing/mod.rs", "")]);

        assert_eq!(check(&tree).len(), 2, "neither a screen nor a page was planted");
    }

    #[test]
    fn a_screen_without_rust_behind_it_is_found() {
        let tree = Tree::planted(&[("ui/src/lib/areas/loyalty/Card.svelte", "")]);

        assert_eq!(check(&tree), ["crates/clinic/src/loyalty: missing; a screen or a page of that name exists"]);
    }

    #[test]
    fn an_area_on_all_sides_is_in_order() {
        let tree = Tree::planted(&[
            ("crates/clinic/src/agenda/mod.rs", ""),
            ("ui/src/lib/areas/agenda/Day.svelte", ""),
            ("docs/areas/agenda.md", ""),
        ]);

        assert!(check(&tree).is_empty(), "it stands in all three places");
    }
}
