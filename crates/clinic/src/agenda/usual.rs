//! What a patient usually comes for, with whom, and when that is possible next: what "book from anywhere" proposes.

use domain::{
    id::{PatientId, ResourceId, ServiceId, Uuid},
    permission::Permission,
    time::WallTime,
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{OptionalExtension, named_params},
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
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UsualBooking {
    /// What they come for most.
    pub service_id: Option<ServiceId>,
    /// With whom.
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
        let usual: Option<(Uuid, Uuid)> = view
            .db()
            .prepare_cached(include_str!("sql/usual.sql"))?
            .query_row(named_params! { ":patient_id": self.patient_id.0 }, |row| {
                Ok((row.get("service_id")?, row.get("resource_id")?))
            })
            .optional()?;
        let Some((service_id, resource_id)) = usual else {
            return Ok(UsualBooking { service_id: None, resource_id: None, first_free: None });
        };
        let (service_id, resource_id) = (ServiceId(service_id), ResourceId(resource_id));
        let first_free = match service(view, service_id, here.today)? {
            None => None,
            Some(service) => {
                let wish = Wish {
                    need: need(&service),
                    practitioner: Some(resource_id),
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
            resource_id: Some(resource_id),
            first_free: first_free.map(|slot| FirstFree { start: slot.start, resource_id: slot.resource_id }),
        })
    }
}
