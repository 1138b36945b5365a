//! When there is time for a service.

use domain::{
    id::{ResourceId, ServiceId},
    permission::Permission,
    time::CivilDate,
};
use serde::{Deserialize, Serialize};
use store::View;
use ts_rs::TS;

use super::{
    FreeSlot,
    openings::{Wish, find},
    slots::Need,
};
use crate::{
    Command, Outcome, Read, Topic, catalogue::Service, catalogue::service, command::refuse, organization::here,
};

/// For what, with whom, from when.
#[derive(Debug, Deserialize, TS)]
pub struct FreeSlots {
    /// What for.
    service_id: ServiceId,
    /// With whom; anyone where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    resource_id: Option<ResourceId>,
    /// The first day.
    from: CivilDate,
    /// How many days; 14 where absent, never more than 90.
    #[serde(default)]
    #[ts(optional = nullable)]
    days: Option<u8>,
    /// How many slots; 20 where absent, never more than 200.
    #[serde(default)]
    #[ts(optional = nullable)]
    limit: Option<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such service.
    NotFound {
        /// `service`.
        what: &'static str,
    },
}

impl Command for FreeSlots {
    const NAME: &'static str = "agenda.free_slots";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Resources, Topic::Catalogue, Topic::Staff];
    type Output = Vec<FreeSlot>;
    type Refusal = Refusal;
}

impl Read for FreeSlots {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let Some(service) = service(view, self.service_id, self.from)? else {
            return refuse(Refusal::NotFound { what: "service" });
        };
        let wish = Wish {
            need: need(&service),
            practitioner: self.resource_id,
            room: None,
            from: self.from.max(here.today),
            days: i64::from(self.days.unwrap_or(14).min(90)),
            not_before: view.at(),
            except: None,
            limit: usize::from(self.limit.unwrap_or(20).min(200)),
        };
        Ok(find(view, &here, &wish)?)
    }
}

/// What a visit for a service needs.
pub(super) fn need(service: &Service) -> Need {
    Need {
        duration_min: service.duration_min,
        before_min: service.buffer_before_min,
        after_min: service.buffer_after_min,
    }
}
