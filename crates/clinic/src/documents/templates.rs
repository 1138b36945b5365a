//! The texts that documents are made from.

use domain::permission::Permission;
use serde::Deserialize;
use store::View;
use ts_rs::TS;

use super::Template;
use crate::{Command, Never, Outcome, Read, Topic};

/// The newest revision of every text.
#[derive(Debug, Deserialize, TS)]
pub struct Templates {}

impl Command for Templates {
    const NAME: &'static str = "documents.templates";
    const NEEDS: Permission = Permission::DocumentsView;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::Catalogue];
    type Output = Vec<Template>;
    type Refusal = Never;
}

impl Read for Templates {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        Ok(Template::newest(view)?)
    }
}
