//! Which days of a month have appointments: the dots of the small calendar.

use domain::{permission::Permission, time::CivilDate};
use serde::{Deserialize, Serialize};
use store::{View, rusqlite::named_params};
use ts_rs::TS;

use crate::{Command, Outcome, Read, Topic, command::refuse};

/// Which month.
#[derive(Debug, Deserialize, TS)]
pub struct Marks {
    /// `2026-11`.
    month: String,
}

/// A day with appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Mark {
    /// The day.
    pub date: CivilDate,
    /// How many; cancelled ones do not count.
    pub count: u32,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Not a year and a month.
    MonthInvalid,
}

impl Command for Marks {
    const NAME: &'static str = "agenda.marks";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[Topic::Agenda];
    type Output = Vec<Mark>;
    type Refusal = Refusal;
}

impl Read for Marks {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let Ok(first) = format!("{}-01", self.month).parse::<CivilDate>() else { return refuse(Refusal::MonthInvalid) };
        let until = CivilDate(first.0 + chrono::Months::new(1));
        let mut query = view.db().prepare_cached(include_str!("sql/marks.sql"))?;
        let rows = query
            .query_map(named_params! { ":first": first.to_string(), ":until": until.to_string() }, |row| {
                Ok((row.get::<_, String>("day")?, row.get("count")?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().filter_map(|(day, count)| Some(Mark { date: day.parse().ok()?, count })).collect())
    }
}
