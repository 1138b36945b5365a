//! A week, of one practitioner or of all.

use domain::{id::ResourceId, permission::Permission, time::CivilDate};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{AgendaCard, cards_of_days};
use crate::{
    Command, Never, Outcome, Read, Topic,
    organization::here,
    resources::{HoursRule, Span, rules},
};

/// Which week.
#[derive(Debug, Deserialize, TS)]
pub struct Week {
    /// Its first day.
    from: CivilDate,
    /// Whose; everyone's where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    resource_id: Option<ResourceId>,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WeekDay {
    /// The day.
    pub date: CivilDate,
    /// When someone who was asked about is there.
    pub hours: Vec<Span>,
}

/// A week of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgendaWeek {
    /// Its first day.
    pub from: CivilDate,
    /// Seven days.
    pub days: Vec<WeekDay>,
    /// The cards, by start.
    pub cards: Vec<AgendaCard>,
}

impl Command for Week {
    const NAME: &'static str = "agenda.week";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] =
        &[Topic::Agenda, Topic::Reception, Topic::Resources, Topic::Chart, Topic::Documents, Topic::Billing];
    type Output = AgendaWeek;
    type Refusal = Never;
}

impl Read for Week {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let last = self.from.plus_days(6);
        let rules = rules(view, self.resource_id, self.from, last)?;
        let days = (0..7)
            .map(|offset| self.from.plus_days(offset))
            .map(|date| WeekDay { date, hours: open_on(&rules, date) })
            .collect();
        let cards = cards_of_days(view, &here, self.from, last, self.resource_id)?;
        Ok(AgendaWeek { from: self.from, days, cards })
    }
}

/// The stretches in which anyone is there, joined where they touch.
fn open_on(rules: &[HoursRule], date: CivilDate) -> Vec<Span> {
    let mut spans: Vec<Span> = rules.iter().filter_map(|rule| rule.open_on(date)).collect();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
