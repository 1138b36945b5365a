//! Finding free time over several days and practitioners: the facts that the pure rule in `slots` needs, read in
//! three statements.

use std::collections::HashMap;

use domain::{
    id::{AppointmentId, ResourceId},
    interval::{Interval, fits},
    time::{CivilDate, Timestamp, WallTime},
};
use serde::Serialize;
use store::View;
use ts_rs::TS;

use super::{
    claims::live,
    slots::{Need, Place, starts},
};
use crate::{
    Failure,
    organization::Here,
    resources::{self, HoursRule, Resource, Span},
};

/// Time that is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FreeSlot {
    /// When the visit would start.
    pub start: WallTime,
    /// When it would end.
    pub end: WallTime,
    /// With whom.
    pub resource_id: ResourceId,
    /// Their name.
    pub practitioner: String,
    /// A room that is free then, if any is.
    pub room_id: Option<ResourceId>,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) need: Need,
    /// With whom; anyone who can be booked where absent.
    pub(super) practitioner: Option<ResourceId>,
    /// The room that is preferred when it is free.
    pub(super) room: Option<ResourceId>,
    pub(super) from: CivilDate,
    pub(super) days: i64,
    /// Nothing earlier than this.
    pub(super) not_before: Timestamp,
    /// Whose own claims do not count.
    pub(super) except: Option<AppointmentId>,
    pub(super) limit: usize,
}

/// The facts of a stretch of days.
struct Facts {
    practitioners: Vec<Resource>,
    rooms: Vec<Resource>,
    rules: Vec<HoursRule>,
    taken: HashMap<ResourceId, Vec<(Interval, i64)>>,
}

/// Free times in the order of their start.
pub(super) fn find(view: &View<'_>, here: &Here, wish: &Wish) -> Result<Vec<FreeSlot>, Failure> {
    let facts = facts(view, here, wish)?;
    let mut out = Vec::new();
    for day in (0..wish.days).map(|offset| wish.from.plus_days(offset)) {
        let mut of_day: Vec<(&Resource, Place)> = Vec::new();
        for practitioner in &facts.practitioners {
            let hours: Vec<Span> = facts
                .rules
                .iter()
                .filter(|rule| rule.resource_id == practitioner.id)
                .filter_map(|rule| rule.open_on(day))
                .collect();
            let taken = facts.taken.get(&practitioner.id).map_or(&[][..], Vec::as_slice);
            let places = starts(here.zone, day, &hours, taken, practitioner.capacity, wish.need);
            of_day.extend(places.into_iter().map(|place| (practitioner, place)));
        }
        // Stable: at the same time, practitioners keep the order of their columns.
        of_day.sort_by_key(|(_, place)| place.visit.from);
        let later = of_day.into_iter().filter(|(_, place)| place.visit.from >= wish.not_before);
        for (practitioner, place) in later.take(wish.limit - out.len()) {
            out.push(FreeSlot {
                start: place.start,
                end: here.wall(place.visit.to),
                resource_id: practitioner.id,
                practitioner: practitioner.name.clone(),
                room_id: facts.free_room(wish.room, place.occupied),
            });
        }
        if out.len() == wish.limit {
            break;
        }
    }
    Ok(out)
}

impl Facts {
    /// The preferred room, or the first, that an interval still fits in.
    fn free_room(&self, preferred: Option<ResourceId>, occupied: Interval) -> Option<ResourceId> {
        let free = |room: &&Resource| {
            let taken = self.taken.get(&room.id).map_or(&[][..], Vec::as_slice);
            fits(occupied, 1, taken, room.capacity)
        };
        let preferred = self.rooms.iter().filter(|room| Some(room.id) == preferred).find(free);
        preferred.or_else(|| self.rooms.iter().find(free)).map(|room| room.id)
    }
}

fn facts(view: &View<'_>, here: &Here, wish: &Wish) -> Result<Facts, Failure> {
    let last = wish.from.plus_days(wish.days);
    let mut practitioners = Vec::new();
    let mut rooms = Vec::new();
    for resource in resources::resources(view)?.into_iter().filter(|resource| resource.active) {
        match resource.kind.as_str() {
            "practitioner" if wish.practitioner.is_none_or(|wanted| wanted == resource.id) => {
                practitioners.push(resource);
            }
            "room" => rooms.push(resource),
            _ => {}
        }
    }
    let rules = resources::rules(view, wish.practitioner, wish.from, last)?;
    let mut taken: HashMap<_, Vec<_>> = HashMap::new();
    // Buffers reach into the days around.
    let window = Interval::new(here.zone.start_of(wish.from.plus_days(-1)), here.zone.start_of(last.plus_days(1)));
    if let Some(window) = window {
        for claim in live(view, None, window, wish.except)? {
            taken.entry(claim.resource).or_default().push((claim.interval, claim.units));
        }
    }
    Ok(Facts { practitioners, rooms, rules, taken })
}
