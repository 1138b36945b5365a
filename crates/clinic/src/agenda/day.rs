//! A day: a column for each practitioner, and the cards in it.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{PractitionerId, ResourceId},
    permission::Permission,
    time::CivilDate,
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{AgendaCard, cards_of_days};
use crate::{
    Command, Never, Outcome, Read, Topic,
    organization::here,
    resources::{Span, rules},
    staff::{Council, practitioners},
    system,
};

/// Which day.
#[derive(Debug, Deserialize, TS)]
pub struct Day {
    /// The day at the clinic.
    date: CivilDate,
}

/// A practitioner's column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgendaColumn {
    /// What is booked.
    pub resource_id: ResourceId,
    /// Whose time it is.
    pub practitioner_id: Option<PractitionerId>,
    /// Their name.
    pub name: String,
    /// Council and number, or nothing.
    pub subtitle: String,
    /// What they are by training, as [`crate::staff::Profession::key`] writes it.
    pub profession: String,
    /// A key of the palette.
    pub color: String,
    /// When they are there that day.
    pub hours: Vec<Span>,
}

/// A day of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgendaDay {
    /// The day.
    pub date: CivilDate,
    /// The practitioners who can be booked or have cards.
    pub columns: Vec<AgendaColumn>,
    /// The cards, by start.
    pub cards: Vec<AgendaCard>,
    /// Double bookings of the day that wait for a person.
    pub conflicts: usize,
}

impl Command for Day {
    const NAME: &'static str = "agenda.day";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[
        Topic::Agenda,
        Topic::Reception,
        Topic::Staff,
        Topic::Resources,
        Topic::Chart,
        Topic::Documents,
        Topic::Billing,
    ];
    type Output = AgendaDay;
    type Refusal = Never;
}

impl Read for Day {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let cards = cards_of_days(view, &here, self.date, self.date, None)?;
        let mut hours: HashMap<ResourceId, Vec<Span>> = HashMap::new();
        for rule in rules(view, None, self.date, self.date)? {
            if let Some(span) = rule.open_on(self.date) {
                hours.entry(rule.resource_id).or_default().push(span);
            }
        }
        let busy: HashSet<_> = cards.iter().filter_map(|card| card.resource_id).collect();
        let columns = practitioners(view)?
            .into_iter()
            .filter(|practitioner| practitioner.active || busy.contains(&practitioner.resource_id))
            .map(|practitioner| AgendaColumn {
                resource_id: practitioner.resource_id,
                practitioner_id: Some(practitioner.id),
                subtitle: practitioner.council.as_ref().map(Council::label).unwrap_or_default(),
                name: practitioner.name,
                profession: practitioner.kind,
                color: practitioner.color,
                hours: hours.remove(&practitioner.resource_id).unwrap_or_default(),
            })
            .collect();
        let conflicts = system::open_cards(view, &here)?
            .iter()
            .filter(|card| {
                [&card.title_data.first, &card.title_data.second].iter().any(|side| side.start.date() == self.date)
            })
            .count();
        Ok(AgendaDay { date: self.date, columns, cards, conflicts })
    }
}
