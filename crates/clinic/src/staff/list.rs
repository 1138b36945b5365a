//! Who treats here.

use domain::permission::Permission;
use serde::Deserialize;
use store::View;
use ts_rs::TS;

use super::{Practitioner, practitioners};
use crate::{Command, Never, Outcome, Read, Topic};

/// Everyone who treats or has treated here.
#[derive(Debug, Deserialize, TS)]
pub struct List {}

impl Command for List {
    const NAME: &'static str = "staff.list";
    const NEEDS: Permission = Permission::StaffView;
    const TOPICS: &'static [Topic] = &[Topic::Staff, Topic::Organization];
    type Output = Vec<Practitioner>;
    type Refusal = Never;
}

impl Read for List {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        Ok(practitioners(view)?)
    }
}
