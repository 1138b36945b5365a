//! Moving: another time, another practitioner, another room, or another length.

use domain::{
    id::{AppointmentId, ResourceId, ServiceId, Uuid},
    permission::Permission,
    time::{TZDATA, WallTime},
};
use serde::Deserialize;
use store::{
    Tx,
    rusqlite::{OptionalExtension, named_params},
};
use ts_rs::TS;

use super::{
    AgendaCard, BookingRefusal, Status, card,
    claims::{Held, claim, held, reclaim, release},
    promise::{Seats, check_claims, check_day, check_hours, duration_holds, seats},
    slots::{Need, Place},
};
use crate::{
    Command, Failure, Outcome, Stop, Topic, Write,
    amendment::Change,
    catalogue::service,
    command::refuse,
    organization::{Here, here},
};

/// Where an appointment goes. What is absent stays.
#[derive(Debug, Deserialize, TS)]
pub struct Move {
    /// The appointment.
    appointment_id: AppointmentId,
    /// Its new start.
    start: WallTime,
    /// Another practitioner.
    #[serde(default)]
    #[ts(optional = nullable)]
    resource_id: Option<ResourceId>,
    /// Another room; null for none.
    #[serde(default)]
    #[ts(as = "Option<ResourceId>", optional = nullable)]
    room_id: Change<ResourceId>,
    /// Another length.
    #[serde(default)]
    #[ts(optional = nullable)]
    duration_min: Option<i64>,
    /// Move although the practitioner is not there at that time.
    #[serde(default)]
    #[ts(optional = nullable)]
    outside_hours: Option<bool>,
}

impl Command for Move {
    const NAME: &'static str = "agenda.move";
    const NEEDS: Permission = Permission::AgendaEdit;
    const TOPICS: &'static [Topic] = &[Topic::Agenda, Topic::Reception, Topic::People];
    type Output = AgendaCard;
    type Refusal = BookingRefusal;
}

impl Write for Move {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        relocate(
            tx,
            &here,
            &Relocation {
                appointment: self.appointment_id,
                start: self.start,
                practitioner: self.resource_id,
                room: self.room_id,
                duration_min: self.duration_min,
                outside_hours: self.outside_hours.unwrap_or(false),
            },
        )?;
        Ok(card(tx, &here, self.appointment_id)?.ok_or(Failure::Damaged("the appointment just moved"))?)
    }
}

/// Where an appointment goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relocation {
    pub(super) appointment: AppointmentId,
    pub(super) start: WallTime,
    pub(super) practitioner: Option<ResourceId>,
    pub(super) room: Change<ResourceId>,
    pub(super) duration_min: Option<i64>,
    pub(super) outside_hours: bool,
}

/// What is moved, as it stands.
struct Standing {
    service: Option<ServiceId>,
    start: String,
    duration_min: i64,
    status: Status,
}

/// Moves an appointment and its claims; the claims ask the server anew.
pub(super) fn relocate(tx: &Tx<'_>, here: &Here, to: &Relocation) -> Result<(), Stop<BookingRefusal>> {
    let Some(standing) = standing(tx, to.appointment)? else {
        return refuse(BookingRefusal::NotFound { what: "appointment" });
    };
    if !matches!(standing.status, Status::Scheduled | Status::Confirmed | Status::CheckedIn) {
        return refuse(BookingRefusal::NotMovable { status: standing.status });
    }
    let held = held(tx, to.appointment)?;
    let seat = held.iter().find(|held| !held.is_room).copied();
    let place_held = held.iter().find(|held| held.is_room).copied();
    let Some(practitioner) = to.practitioner.or(seat.map(|seat| seat.resource)) else {
        return refuse(BookingRefusal::NotFound { what: "practitioner" });
    };
    let seats = seats(tx, here, practitioner, to.room.over(place_held.map(|held| held.resource)))?;
    let duration_min = to.duration_min.unwrap_or(standing.duration_min);
    if !duration_holds(duration_min) {
        return refuse(BookingRefusal::DurationInvalid);
    }
    let service = standing.service.map(|id| service(tx, id, to.start.date())).transpose()?.flatten();
    let need = Need {
        duration_min,
        before_min: service.as_ref().map_or(0, |service| service.buffer_before_min),
        after_min: service.as_ref().map_or(0, |service| service.buffer_after_min),
    };
    check_day(here, to.start)?;
    let Ok(place) = need.at(here.zone, to.start) else { return refuse(BookingRefusal::TimeDoesNotExist) };
    check_claims(tx, here, &seats, place.occupied, Some(to.appointment))?;
    // Only the room changes: the hours have been judged before.
    let same_hour = standing.start == to.start.to_string()
        && standing.duration_min == duration_min
        && seat.is_some_and(|seat| seat.resource == practitioner);
    if !to.outside_hours && !same_hour {
        check_hours(tx, here, practitioner, place)?;
    }

    tx.db().prepare_cached(include_str!("sql/move_appointment.sql"))?.execute(named_params! {
        ":id": to.appointment.0, ":start_wall": place.start.to_string(), ":duration_min": duration_min,
        ":zone": here.zone.name(), ":start_at": place.visit.from.millis(), ":end_at": place.visit.to.millis(),
        ":tzdata": TZDATA,
    })?;
    move_claims(tx, here, to.appointment, &seats, place, seat, place_held)?;
    Ok(())
}

fn move_claims(
    tx: &Tx<'_>,
    here: &Here,
    appointment: AppointmentId,
    seats: &Seats,
    place: Place,
    seat: Option<Held>,
    room: Option<Held>,
) -> Result<(), Failure> {
    let wanted = [(seat, Some(seats.practitioner.id)), (room, seats.room.as_ref().map(|room| room.id))];
    for pair in wanted {
        match pair {
            (Some(held), Some(resource)) => reclaim(tx, held.id, resource, place.occupied)?,
            (Some(held), None) => release(tx, held.id)?,
            (None, Some(resource)) => claim(tx, here, appointment, resource, place.occupied)?,
            (None, None) => {}
        }
    }
    Ok(())
}

fn standing(tx: &Tx<'_>, id: AppointmentId) -> Result<Option<Standing>, Failure> {
    let standing = tx
        .db()
        .prepare_cached(include_str!("sql/standing.sql"))?
        .query_row([id.0], |row| {
            Ok(Standing {
                service: row.get::<_, Option<Uuid>>("service_id")?.map(ServiceId),
                start: row.get("start_wall")?,
                duration_min: row.get("duration_min")?,
                status: Status::of_key(&row.get::<_, String>("status")?),
            })
        })
        .optional()?;
    Ok(standing)
}
