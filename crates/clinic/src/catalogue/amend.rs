//! Changing what the clinic offers. What is booked keeps the price it was booked at.

use domain::{
    id::{ServiceId, TemplateId},
    permission::Permission,
};
use serde::Deserialize;
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    Service,
    add::{Refusal, holds, template_exists},
    price, service,
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    amendment::{Change, tidy},
    command::refuse,
    organization::here,
    text,
};

/// What changes: an absent field stays, a null one is cleared.
#[derive(Debug, Deserialize, TS)]
pub struct Amend {
    /// Which service.
    id: ServiceId,
    /// Its name.
    #[serde(default)]
    #[ts(optional = nullable)]
    name: Option<String>,
    /// What it is grouped under.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    category: Change<String>,
    /// What patients are told.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    description: Change<String>,
    /// What it costs from today on.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    price: Change<String>,
    /// Minutes the patient is there.
    #[serde(default)]
    #[ts(optional = nullable)]
    duration_min: Option<u32>,
    /// Minutes taken before.
    #[serde(default)]
    #[ts(optional = nullable)]
    buffer_before_min: Option<u32>,
    /// Minutes taken after.
    #[serde(default)]
    #[ts(optional = nullable)]
    buffer_after_min: Option<u32>,
    /// A key of the palette.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    color: Change<String>,
    /// The consent it needs.
    #[serde(default)]
    #[ts(as = "Option<TemplateId>", optional = nullable)]
    consent_template_id: Change<TemplateId>,
    /// Can be booked.
    #[serde(default)]
    #[ts(optional = nullable)]
    active: Option<bool>,
}

impl Command for Amend {
    const NAME: &'static str = "catalogue.amend";
    const NEEDS: Permission = Permission::CatalogueEdit;
    const TOPICS: &'static [Topic] = &[Topic::Catalogue, Topic::Agenda];
    const LONG: &'static [(&'static str, usize)] = &[("description", text::REMARKS)];
    type Output = Service;
    type Refusal = Refusal;
}

impl Write for Amend {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(known) = service(tx, self.id, here.today)? else {
            return refuse(Refusal::NotFound { what: "service" });
        };
        let Some(name) = tidy(Some(self.name.unwrap_or(known.name))) else { return refuse(Refusal::NameMissing) };
        let minutes = |typed: Option<u32>, known: i64| typed.unwrap_or_else(|| u32::try_from(known).unwrap_or(0));
        let duration = minutes(self.duration_min, known.duration_min);
        let before = minutes(self.buffer_before_min, known.buffer_before_min);
        let after = minutes(self.buffer_after_min, known.buffer_after_min);
        if !holds(duration, before, after) {
            return refuse(Refusal::DurationInvalid);
        }
        let template = self.consent_template_id.over(known.consent_template_id);
        if let Some(template) = template
            && !template_exists(tx, template)?
        {
            return refuse(Refusal::NotFound { what: "template" });
        }
        if self.price != Change::Leave {
            let typed = self.price.over(None).filter(|typed| !typed.trim().is_empty());
            match typed.map(|typed| price::read(&typed, here.currency)) {
                Some(None) => return refuse(Refusal::PriceInvalid),
                price => price::put(tx, &here, self.id, price.flatten())?,
            }
        }

        tx.db().execute(
            include_str!("sql/update_service.sql"),
            named_params! {
                ":id": self.id.0, ":name": name, ":category": tidy(self.category.over(known.category)),
                ":description": tidy(self.description.over(known.description)), ":duration_min": duration,
                ":buffer_before_min": before, ":buffer_after_min": after,
                ":color": tidy(self.color.over(known.color)),
                ":consent_template_id": template.map(|id| id.0), ":active": self.active.unwrap_or(known.active),
            },
        )?;
        Ok(service(tx, self.id, here.today)?.ok_or(Failure::Damaged("the service just amended"))?)
    }
}
