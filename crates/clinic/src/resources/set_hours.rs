//! Setting the week's hours from today on. What held until yesterday stays on record: past days keep their hours.

use std::collections::BTreeSet;

use domain::{id::ResourceId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{DayHours, Resource, resource, rules};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    command::refuse,
    organization::{Here, here},
};

/// The whole week; a day that is not named is closed.
#[derive(Debug, Deserialize, TS)]
pub struct SetHours {
    /// Whose hours.
    resource_id: ResourceId,
    /// The stretches of each day.
    hours: Vec<DayHours>,
}

/// Why hours are not taken as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// A stretch ends before it starts, two overlap, or there is no such day.
    HoursInvalid {
        /// The day of the week.
        day: u8,
    },
    /// No such resource.
    NotFound,
}

impl Command for SetHours {
    const NAME: &'static str = "resources.set_hours";
    const NEEDS: Permission = Permission::ResourcesEdit;
    const TOPICS: &'static [Topic] = &[Topic::Resources, Topic::Agenda];
    type Output = Resource;
    type Refusal = Refusal;
}

impl Write for SetHours {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        if resource(tx, self.resource_id, here.today)?.is_none() {
            return refuse(Refusal::NotFound);
        }
        if let Some(day) = wrong_day(&self.hours) {
            return refuse(Refusal::HoursInvalid { day });
        }
        put_hours(tx, &here, self.resource_id, &self.hours)?;
        Ok(resource(tx, self.resource_id, here.today)?.ok_or(Failure::Damaged("the resource just changed"))?)
    }
}

/// The first day of the week whose stretches do not hold.
fn wrong_day(hours: &[DayHours]) -> Option<u8> {
    let mut sorted = hours.to_vec();
    sorted.sort_unstable();
    let alone = sorted.iter().find(|h| h.day > 6 || h.start >= h.end).map(|h| h.day);
    let pair = sorted.windows(2).find_map(|pair| match pair {
        [one, next] if one.day == next.day && next.start < one.end => Some(one.day),
        _ => None,
    });
    alone.or(pair)
}

/// Makes the week's hours the given ones from today on. Rules that stay the same are left alone; one that began
/// today never held on a past day and is struck out.
pub fn put_hours(tx: &Tx<'_>, here: &Here, id: ResourceId, hours: &[DayHours]) -> Result<(), Failure> {
    let mut wanted: BTreeSet<DayHours> = hours.iter().copied().collect();
    let today = here.today;
    // The first hours anyone writes down are how it has been so far.
    let known: bool = tx.db().query_row(
        "select exists (select 1 from availability_rule where resource_id = ?1 and deleted_at is null)",
        [id.0],
        |row| row.get(0),
    )?;
    let effective_from = known.then(|| today.to_string());
    for rule in rules(tx, Some(id), today, today)? {
        if wanted.remove(&rule.hours) {
            continue;
        }
        if rule.from == Some(today) {
            tx.db()
                .execute("update availability_rule set deleted_at = ?2 where id = ?1", (rule.id, tx.at().millis()))?;
        } else {
            tx.db().execute(
                "update availability_rule set effective_until = ?2 where id = ?1",
                (rule.id, today.plus_days(-1).to_string()),
            )?;
        }
    }
    for hours in wanted {
        tx.db().execute(
            include_str!("sql/insert_rule.sql"),
            named_params! {
                ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":resource_id": id.0, ":day_of_week": hours.day, ":starts": hours.start.to_string(),
                ":ends": hours.end.to_string(), ":effective_from": effective_from,
            },
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn hours(day: u8, start: &str, end: &str) -> DayHours {
        DayHours { day, start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    #[test]
    fn a_morning_and_an_afternoon_hold_and_may_touch() {
        assert_eq!(wrong_day(&[hours(1, "13:00", "18:00"), hours(1, "08:00", "13:00")]), None);
        assert_eq!(wrong_day(&[hours(1, "08:00", "12:00"), hours(2, "08:00", "12:00")]), None);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_day() {
        assert_eq!(wrong_day(&[hours(2, "12:00", "08:00")]), Some(2));
        assert_eq!(wrong_day(&[hours(3, "08:00", "08:00")]), Some(3));
        assert_eq!(wrong_day(&[hours(7, "08:00", "09:00")]), Some(7));
        assert_eq!(wrong_day(&[hours(4, "12:00", "18:00"), hours(4, "08:00", "12:01")]), Some(4));
    }
}
