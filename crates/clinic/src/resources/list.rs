//! What can be booked, with the week's hours.

use std::collections::HashMap;

use domain::permission::Permission;
use serde::Deserialize;
use store::View;
use ts_rs::TS;

use super::{Resource, resources, rules};
use crate::{Command, Never, Outcome, Read, Topic, organization::here};

/// Practitioners, rooms and apparatus.
#[derive(Debug, Deserialize, TS)]
pub struct List {}

impl Command for List {
    const NAME: &'static str = "resources.list";
    const NEEDS: Permission = Permission::ResourcesView;
    const TOPICS: &'static [Topic] = &[Topic::Resources];
    type Output = Vec<Resource>;
    type Refusal = Never;
}

impl Read for List {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let today = here(view)?.today;
        let mut hours: HashMap<_, Vec<_>> = HashMap::new();
        for rule in rules(view, None, today, today)? {
            hours.entry(rule.resource_id).or_default().push(rule.hours);
        }
        let mut resources = resources(view)?;
        for resource in &mut resources {
            resource.hours = hours.remove(&resource.id).unwrap_or_default();
        }
        Ok(resources)
    }
}
