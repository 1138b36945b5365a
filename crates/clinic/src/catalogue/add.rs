//! Adding something the clinic offers.

use domain::{
    id::{ServiceId, TemplateId},
    money::Money,
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, named_params},
};
use ts_rs::TS;

use super::{Service, price, service};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    amendment::tidy,
    command::refuse,
    organization::{Here, here},
    text,
};

/// The new service.
#[derive(Debug, Deserialize, TS)]
pub struct Add {
    /// Its name.
    name: String,
    /// What it is grouped under.
    #[serde(default)]
    #[ts(optional = nullable)]
    category: Option<String>,
    /// What patients are told.
    #[serde(default)]
    #[ts(optional = nullable)]
    description: Option<String>,
    /// A plain decimal in the clinic's currency.
    #[serde(default)]
    #[ts(optional = nullable)]
    price: Option<String>,
    /// Minutes the patient is there.
    duration_min: u32,
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
    #[ts(optional = nullable)]
    color: Option<String>,
    /// The consent it needs.
    #[serde(default)]
    #[ts(optional = nullable)]
    consent_template_id: Option<TemplateId>,
}

/// Why a service is not taken as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No name.
    NameMissing,
    /// A visit takes from a minute to a day, buffers no longer than that.
    DurationInvalid,
    /// Not a plain amount of the clinic's currency, or negative.
    PriceInvalid,
    /// No such service or consent.
    NotFound {
        /// `service` or `template`.
        what: &'static str,
    },
}

/// A service whose data hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewService {
    /// Its name.
    pub name: String,
    /// What it is grouped under.
    pub category: Option<String>,
    /// What patients are told.
    pub description: Option<String>,
    /// What it costs from today on.
    pub price: Option<Money>,
    /// Minutes the patient is there.
    pub duration_min: u32,
    /// Minutes taken before.
    pub buffer_before_min: u32,
    /// Minutes taken after.
    pub buffer_after_min: u32,
    /// A key of the palette.
    pub color: Option<String>,
    /// The consent it needs.
    pub consent_template_id: Option<TemplateId>,
}

impl Command for Add {
    const NAME: &'static str = "catalogue.add";
    const NEEDS: Permission = Permission::CatalogueEdit;
    const TOPICS: &'static [Topic] = &[Topic::Catalogue];
    const LONG: &'static [(&'static str, usize)] = &[("description", text::REMARKS)];
    type Output = Service;
    type Refusal = Refusal;
}

impl Write for Add {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(name) = tidy(Some(self.name)) else { return refuse(Refusal::NameMissing) };
        let (before, after) = (self.buffer_before_min.unwrap_or(0), self.buffer_after_min.unwrap_or(0));
        if !holds(self.duration_min, before, after) {
            return refuse(Refusal::DurationInvalid);
        }
        let price = match self.price.as_deref().filter(|typed| !typed.trim().is_empty()) {
            None => None,
            Some(typed) => match price::read(typed, here.currency) {
                Some(price) => Some(price),
                None => return refuse(Refusal::PriceInvalid),
            },
        };
        if let Some(template) = self.consent_template_id
            && !template_exists(tx, template)?
        {
            return refuse(Refusal::NotFound { what: "template" });
        }
        let new = NewService {
            name,
            category: tidy(self.category),
            description: tidy(self.description),
            price,
            duration_min: self.duration_min,
            buffer_before_min: before,
            buffer_after_min: after,
            color: tidy(self.color),
            consent_template_id: self.consent_template_id,
        };
        let id = admit(tx, &here, &new)?;
        Ok(service(tx, id, here.today)?.ok_or(Failure::Damaged("the service just added"))?)
    }
}

const DAY_MIN: u32 = 24 * 60;

/// Whether a visit of that length with those buffers can be.
pub(super) fn holds(duration: u32, before: u32, after: u32) -> bool {
    (1..=DAY_MIN).contains(&duration) && before <= DAY_MIN && after <= DAY_MIN
}

pub(super) fn template_exists(view: &View<'_>, id: TemplateId) -> rusqlite::Result<bool> {
    view.db()
        .prepare_cached("select 1 from document_template where id = ?1 and deleted_at is null")?
        .query_row([id.0], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}

/// Writes a new service with its first price.
pub fn admit(tx: &Tx<'_>, here: &Here, new: &NewService) -> rusqlite::Result<ServiceId> {
    let id = ServiceId(tx.new_id());
    tx.db().execute(
        include_str!("sql/insert_service.sql"),
        named_params! {
            ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
            ":name": new.name, ":category": new.category, ":description": new.description,
            ":duration_min": new.duration_min, ":buffer_before_min": new.buffer_before_min,
            ":buffer_after_min": new.buffer_after_min, ":color": new.color,
            ":consent_template_id": new.consent_template_id.map(|id| id.0),
        },
    )?;
    price::put(tx, here, id, new.price)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_takes_from_a_minute_to_a_day() {
        assert!(holds(1, 0, 0) && holds(DAY_MIN, DAY_MIN, DAY_MIN));
        assert!(!holds(0, 0, 0) && !holds(DAY_MIN + 1, 0, 0) && !holds(30, DAY_MIN + 1, 0));
    }
}
