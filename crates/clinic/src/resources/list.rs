//! What can be booked, with the week's hours.

use std::collections::HashMap;

use domain::{id::Uuid, permission::Permission};
use serde::Deserialize;
use store::{View, rusqlite::named_params};
use ts_rs::TS;

use super::{Resource, rules};
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
        let mut query = view.db().prepare_cached(include_str!("sql/resources.sql"))?;
        let mut resources = query
            .query_map(named_params! { ":id": Option::<Uuid>::None }, Resource::from_row)?
            .collect::<Result<Vec<_>, _>>()?;
        for resource in &mut resources {
            resource.hours = hours.remove(&resource.id).unwrap_or_default();
        }
        Ok(resources)
    }
}
