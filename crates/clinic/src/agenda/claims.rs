//! Claims: the intervals of practitioners and rooms that an appointment takes, buffers included. A claim written
//! here is provisional; the server grants it or contests it, and only a person moves or keeps a contested one.

use domain::{
    id::{AllocationId, AppointmentId, ResourceId},
    interval::{Interval, fits},
    time::{Timestamp, WallTime},
};
use serde::Serialize;
use store::{
    Tx, View,
    rusqlite::{self, Row, named_params},
};
use ts_rs::TS;

use crate::{Failure, organization::Here, resources::Resource};

/// A live claim: not released, of an appointment that is neither cancelled nor missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Live {
    pub(super) resource: ResourceId,
    pub(super) appointment: AppointmentId,
    pub(super) interval: Interval,
    pub(super) units: i64,
    pub(super) patient: String,
    pub(super) start: String,
    pub(super) end_at: Timestamp,
}

/// A visit that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InTheWay {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// Whose.
    pub patient: String,
    /// Its start on the wall clock.
    pub start: WallTime,
    /// Its end.
    pub end: WallTime,
}

/// Live claims that touch an interval, of one resource or of all, without those of one appointment.
pub(super) fn live(
    view: &View<'_>,
    resource: Option<ResourceId>,
    window: Interval,
    except: Option<AppointmentId>,
) -> Result<Vec<Live>, Failure> {
    let mut query = view.db().prepare_cached(include_str!("sql/live_claims.sql"))?;
    let claims = query.query_map(
        named_params! {
            ":resource_id": resource.map(|id| id.0), ":from": window.from.millis(), ":to": window.to.millis(),
            ":except": except.map(|id| id.0),
        },
        from_row,
    )?;
    // A claim of no length (of a damaged peer) takes nothing.
    Ok(claims.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<Live>> {
    let (from, to) = (row.get("occupied_from")?, row.get("occupied_to")?);
    let Some(interval) = Interval::new(Timestamp::from_millis(from), Timestamp::from_millis(to)) else {
        return Ok(None);
    };
    Ok(Some(Live {
        resource: ResourceId(row.get("resource_id")?),
        appointment: AppointmentId(row.get("appointment_id")?),
        interval,
        units: row.get("units")?,
        patient: row.get("patient")?,
        start: row.get("start_wall")?,
        end_at: Timestamp::from_millis(row.get("end_at")?),
    }))
}

/// What stands in the way of claiming an interval of a resource; empty when it fits beside what is there.
pub(super) fn in_the_way(
    view: &View<'_>,
    here: &Here,
    resource: &Resource,
    wanted: Interval,
    except: Option<AppointmentId>,
) -> Result<Vec<InTheWay>, Failure> {
    let live = live(view, Some(resource.id), wanted, except)?;
    let taken: Vec<_> = live.iter().map(|claim| (claim.interval, claim.units)).collect();
    if fits(wanted, 1, &taken, resource.capacity) {
        return Ok(Vec::new());
    }
    Ok(live
        .into_iter()
        .map(|claim| InTheWay {
            appointment_id: claim.appointment,
            patient: claim.patient,
            start: claim.start.parse().unwrap_or_else(|_| here.wall(claim.interval.from)),
            end: here.wall(claim.end_at),
        })
        .collect())
}

/// A claim that an appointment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) id: AllocationId,
    pub(super) resource: ResourceId,
    pub(super) is_room: bool,
    pub(super) interval: Interval,
}

/// The claims that an appointment holds and has not given up.
pub(super) fn held(view: &View<'_>, appointment: AppointmentId) -> rusqlite::Result<Vec<Held>> {
    view.db()
        .prepare_cached(include_str!("sql/held_claims.sql"))?
        .query_map([appointment.0], |row| {
            let at = |column| row.get(column).map(Timestamp::from_millis);
            Ok(Held {
                id: AllocationId(row.get("id")?),
                resource: ResourceId(row.get("resource_id")?),
                is_room: row.get("is_room")?,
                interval: Interval { from: at("occupied_from")?, to: at("occupied_to")? },
            })
        })?
        .collect()
}

/// Claims an interval for an appointment.
pub(super) fn claim(
    tx: &Tx<'_>,
    here: &Here,
    appointment: AppointmentId,
    resource: ResourceId,
    occupied: Interval,
) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/insert_allocation.sql"))?.execute(named_params! {
        ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":appointment_id": appointment.0, ":resource_id": resource.0, ":occupied_from": occupied.from.millis(),
        ":occupied_to": occupied.to.millis(),
    })?;
    Ok(())
}

/// Moves a claim: it asks anew, and whatever a person once said about its overlap is over.
pub(super) fn reclaim(tx: &Tx<'_>, id: AllocationId, resource: ResourceId, occupied: Interval) -> rusqlite::Result<()> {
    tx.db().prepare_cached(include_str!("sql/move_allocation.sql"))?.execute(named_params! {
        ":id": id.0, ":resource_id": resource.0, ":occupied_from": occupied.from.millis(),
        ":occupied_to": occupied.to.millis(),
    })?;
    Ok(())
}

/// Gives one claim up.
pub(super) fn release(tx: &Tx<'_>, id: AllocationId) -> rusqlite::Result<()> {
    tx.db()
        .prepare_cached("update resource_allocation set state = 'released', released_at = ?2 where id = ?1")?
        .execute((id.0, tx.at().millis()))?;
    Ok(())
}

/// The visit begins: who treats and the room are really taken, whatever the agenda says. Someone who walked in claims
/// their time only here; a room that is not the planned one is claimed in its place. It is never refused: the patient
/// is in the room, and an overlap is for the server to notice and for a person to settle.
pub fn occupy(
    tx: &Tx<'_>,
    here: &Here,
    appointment: AppointmentId,
    practitioner: Option<ResourceId>,
    room: Option<ResourceId>,
) -> Result<(), Failure> {
    let held = held(tx, appointment)?;
    let planned = held.first().map(|held| held.interval);
    let Some(interval) = planned.map_or_else(|| from_now(tx, appointment), |planned| Ok(Some(planned)))? else {
        return Ok(());
    };
    for (is_room, wanted) in [(false, practitioner), (true, room)] {
        let Some(wanted) = wanted else { continue };
        match held.iter().find(|held| held.is_room == is_room) {
            Some(held) if held.resource == wanted => {}
            Some(held) => reclaim(tx, held.id, wanted, held.interval)?,
            None => claim(tx, here, appointment, wanted, interval)?,
        }
    }
    tx.db()
        .prepare_cached(
            "update resource_allocation set phase = 'actual' where appointment_id = ?1 and released_at is null",
        )?
        .execute([appointment.0])?;
    Ok(())
}

/// The time of a visit that begins now: its length and what its service needs to tidy up.
fn from_now(tx: &Tx<'_>, appointment: AppointmentId) -> Result<Option<Interval>, Failure> {
    let minutes: i64 = tx
        .db()
        .prepare_cached(include_str!("sql/minutes_taken.sql"))?
        .query_row([appointment.0], |row| row.get("minutes"))?;
    Ok(Interval::new(tx.at(), tx.at().plus_minutes(minutes)))
}

/// Keeps a claim beside the others, with the reason a person gave.
pub(super) fn keep(tx: &Tx<'_>, id: AllocationId, reason: &str) -> rusqlite::Result<()> {
    tx.db()
        .prepare_cached("update resource_allocation set state = 'provisional', kept_reason = ?2 where id = ?1")?
        .execute((id.0, reason))?;
    Ok(())
}
