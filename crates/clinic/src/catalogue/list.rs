//! What the clinic offers.

use domain::permission::Permission;
use serde::Deserialize;
use store::View;
use ts_rs::TS;

use super::{Service, services};
use crate::{Command, Never, Outcome, Read, Topic, organization::here};

/// Everything the clinic offers or has offered, with today's prices.
#[derive(Debug, Deserialize, TS)]
pub struct List {}

impl Command for List {
    const NAME: &'static str = "catalogue.list";
    const NEEDS: Permission = Permission::CatalogueView;
    const TOPICS: &'static [Topic] = &[Topic::Catalogue];
    type Output = Vec<Service>;
    type Refusal = Never;
}

impl Read for List {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let today = here(view)?.today;
        Ok(services(view, today)?)
    }
}
