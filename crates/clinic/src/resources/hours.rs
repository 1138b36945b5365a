//! Weekly hours: rules in the clinic's wall time, each valid from a day and until another.

use domain::{
    id::{ResourceId, Uuid},
    time::{CivilDate, TimeOfDay},
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{Row, named_params},
};
use ts_rs::TS;

use crate::Failure;

/// A stretch of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Span {
    /// From.
    pub start: TimeOfDay,
    /// Until.
    pub end: TimeOfDay,
}

/// A stretch of every such day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct DayHours {
    /// 0 = Sunday … 6 = Saturday.
    pub day: u8,
    /// From.
    pub start: TimeOfDay,
    /// Until; a shift over midnight is two rows.
    pub end: TimeOfDay,
}

impl DayHours {
    /// The stretch without its day.
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// Hours with their validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursRule {
    /// The record.
    pub id: Uuid,
    /// Whose hours.
    pub resource_id: ResourceId,
    /// Which hours.
    pub hours: DayHours,
    /// The first day they hold; always so far where absent.
    pub from: Option<CivilDate>,
    /// The last day they hold; until further notice where absent.
    pub until: Option<CivilDate>,
}

impl HoursRule {
    /// Whether the rule speaks about that day at all, whatever its day of the week.
    pub fn applies_on(&self, day: CivilDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The stretch it opens on a day.
    pub fn open_on(&self, day: CivilDate) -> Option<Span> {
        (self.applies_on(day) && self.hours.day == day.day_of_week()).then(|| self.hours.span())
    }

    fn from_row(row: &Row<'_>) -> Result<Self, Failure> {
        let time = |column: &str| -> Result<TimeOfDay, Failure> {
            row.get::<_, String>(column)?.parse().map_err(|_| Failure::Damaged("a time of day of an hours rule"))
        };
        let date = |column: &str| -> Result<Option<CivilDate>, Failure> {
            let text: Option<String> = row.get(column)?;
            text.map(|text| text.parse().map_err(|_| Failure::Damaged("a date of an hours rule"))).transpose()
        };
        Ok(Self {
            id: row.get("id")?,
            resource_id: ResourceId(row.get("resource_id")?),
            hours: DayHours { day: row.get("day_of_week")?, start: time("starts")?, end: time("ends")? },
            from: date("effective_from")?,
            until: date("effective_until")?,
        })
    }
}

/// The rules that hold on some day of `first..=last`, of one resource or of all.
pub fn rules(
    view: &View<'_>,
    resource: Option<ResourceId>,
    first: CivilDate,
    last: CivilDate,
) -> Result<Vec<HoursRule>, Failure> {
    let mut query = view.db().prepare_cached(include_str!("sql/rules.sql"))?;
    let mut rows = query.query(named_params! {
        ":resource_id": resource.map(|id| id.0), ":first": first.to_string(), ":last": last.to_string(),
    })?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(HoursRule::from_row(row)?);
    }
    Ok(out)
}
