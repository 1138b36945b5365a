//! What a patient usually comes for, with whom, and when that is possible next: what "book from anywhere" proposes.
//! Of somebody who never came nobody knows: then it is what is booked most here, so that a first booking begins filled
//! in too.

use domain::{
    id::{PatientId, ResourceId, ServiceId},
    permission::Permission,
    time::{CivilDate, WallTime},
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{self, OptionalExtension, named_params},
};
use ts_rs::TS;

use super::{
    free_slots::need,
    openings::{Wish, find},
};
use crate::{Command, Never, Outcome, Read, Topic, catalogue::service, organization::here};

/// Whose.
#[derive(Debug, Deserialize, TS)]
pub struct Usual {
    /// The patient.
    patient_id: PatientId,
    /// With whom they want to be booked; matters for somebody who never came.
    #[serde(default)]
    #[ts(optional = nullable)]
    resource_id: Option<ResourceId>,
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UsualBooking {
    /// What they come for most; of somebody who never came, what is booked most since 90 days ago.
    pub service_id: Option<ServiceId>,
    /// With whom; nobody where they never came and nobody was asked for.
    pub resource_id: Option<ResourceId>,
    /// When that is possible next, in the next 60 days.
    pub first_free: Option<FirstFree>,
}

/// The next possible time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FirstFree {
    /// When.
    pub start: WallTime,
    /// With whom.
    pub resource_id: ResourceId,
}

impl Command for Usual {
    const NAME: &'static str = "agenda.usual";
    const NEEDS: Permission = Permission::AgendaView;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Resources, Topic::Catalogue];
    type Output = UsualBooking;
    type Refusal = Never;
}

impl Read for Usual {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let Some((service_id, resource_id)) = own(view, self.patient_id)?.map_or_else(
            || {
                booked_most(view, here.today, self.resource_id)
                    .map(|it| it.map(|service_id| (service_id, self.resource_id)))
            },
            |(service_id, resource_id)| Ok(Some((service_id, Some(resource_id)))),
        )?
        else {
            return Ok(UsualBooking { service_id: None, resource_id: None, first_free: None });
        };
        let first_free = match service(view, service_id, here.today)? {
            None => None,
            Some(service) => {
                let wish = Wish {
                    need: need(&service),
                    practitioner: resource_id,
                    room: None,
                    from: here.today,
                    days: 60,
                    not_before: view.at(),
                    except: None,
                    limit: 1,
                };
                find(view, &here, &wish)?.into_iter().next()
            }
        };
        Ok(UsualBooking {
            service_id: Some(service_id),
            resource_id,
            first_free: first_free.map(|slot| FirstFree { start: slot.start, resource_id: slot.resource_id }),
        })
    }
}

/// What this patient came for most, and with whom.
fn own(view: &View<'_>, patient: PatientId) -> rusqlite::Result<Option<(ServiceId, ResourceId)>> {
    view.db()
        .prepare_cached(include_str!("sql/usual.sql"))?
        .query_row(named_params! { ":patient_id": patient.0 }, |row| {
            Ok((ServiceId(row.get("service_id")?), ResourceId(row.get("resource_id")?)))
        })
        .optional()
}

/// What is booked most, with this practitioner if they were booked for anything.
fn booked_most(view: &View<'_>, today: CivilDate, with: Option<ResourceId>) -> rusqlite::Result<Option<ServiceId>> {
    let mut ask = view.db().prepare_cached(include_str!("sql/booked_most.sql"))?;
    // A wall time begins with its date.
    let since = today.plus_days(-90);
    ask.query_row(named_params! { ":since": since.to_string(), ":resource_id": with.map(|id| id.0) }, |row| {
        Ok(ServiceId(row.get("service_id")?))
    })
    .optional()
}
