//! A promise of time: what it takes to give one, and how it is written. Booking, moving and the inbox all come here.

use domain::{
    id::{AppointmentId, PatientId, ResourceId, ServiceId},
    interval::Interval,
    money::Money,
    state::APPOINTMENT,
    time::{CivilDate, TZDATA, WallTime},
};
use serde::Serialize;
use store::{Tx, View, rusqlite::named_params};
use ts_rs::TS;

use super::{
    Status,
    claims::{InTheWay, claim, in_the_way},
    slots::{Need, Place, open, within},
};
use crate::{
    Failure, Stop,
    command::refuse,
    organization::Here,
    resources::{Resource, Span, resource, rules},
    system::{self, Why},
};

/// Why time is not promised as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BookingRefusal {
    /// The practitioner or the room is taken.
    Overlaps {
        /// Who or what is taken.
        resource: String,
        /// By whom.
        with: Vec<InTheWay>,
    },
    /// The practitioner is not there at that time.
    OutsideHours {
        /// When they are, that day.
        hours: Vec<Span>,
    },
    /// No such patient, service, practitioner, room, appointment or card.
    NotFound {
        /// Which of them.
        what: &'static str,
    },
    /// The clocks are put forward over this time.
    TimeDoesNotExist,
    /// Too long ago, or too far ahead to promise.
    DayTooFar {
        /// The first day that is taken.
        from: CivilDate,
        /// The last.
        until: CivilDate,
    },
    /// A visit takes from a minute to a day.
    DurationInvalid,
    /// A visit that has begun or ended stays where it was.
    NotMovable {
        /// Where it stands.
        status: Status,
    },
    /// Keeping both needs a reason, for whoever is surprised by it later.
    ReasonMissing,
    /// Someone has decided it meanwhile.
    AlreadyResolved,
}

/// Who and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seats {
    pub(super) practitioner: Resource,
    pub(super) room: Option<Resource>,
}

/// The practitioner's resource and the room, if they can be booked.
pub(super) fn seats(
    view: &View<'_>,
    here: &Here,
    practitioner: ResourceId,
    room: Option<ResourceId>,
) -> Result<Seats, Stop<BookingRefusal>> {
    let bookable = |id, practitioner: bool| -> Result<Option<Resource>, Failure> {
        let found = resource(view, id, here.today)?;
        Ok(found.filter(|found| found.active && (found.kind == "practitioner") == practitioner))
    };
    let Some(practitioner) = bookable(practitioner, true)? else {
        return refuse(BookingRefusal::NotFound { what: "practitioner" });
    };
    let room = match room {
        None => None,
        Some(id) => match bookable(id, false)? {
            Some(room) => Some(room),
            None => return refuse(BookingRefusal::NotFound { what: "room" }),
        },
    };
    Ok(Seats { practitioner, room })
}

/// Refuses a visit that is outside the practitioner's hours of its day.
pub(super) fn check_hours(
    view: &View<'_>,
    here: &Here,
    practitioner: ResourceId,
    place: Place,
) -> Result<(), Stop<BookingRefusal>> {
    let day = place.start.date();
    let hours: Vec<Span> =
        rules(view, Some(practitioner), day, day)?.iter().filter_map(|rule| rule.open_on(day)).collect();
    if within(&open(here.zone, day, &hours), place.visit) {
        return Ok(());
    }
    refuse(BookingRefusal::OutsideHours { hours })
}

/// Refuses a claim that does not fit beside those that are there.
pub(super) fn check_claims(
    view: &View<'_>,
    here: &Here,
    seats: &Seats,
    occupied: Interval,
    except: Option<AppointmentId>,
) -> Result<(), Stop<BookingRefusal>> {
    for resource in std::iter::once(&seats.practitioner).chain(&seats.room) {
        let with = in_the_way(view, here, resource, occupied, except)?;
        if !with.is_empty() {
            return refuse(BookingRefusal::Overlaps { resource: resource.name.clone(), with });
        }
    }
    Ok(())
}

/// How many days back a visit may still be written down, and how many ahead one is promised.
const PAST_DAYS: i64 = 366;
const AHEAD_DAYS: i64 = 5 * 366;

/// Refuses a day that is a slip in the year: the visit would lie where nobody looks.
pub(super) fn check_day(here: &Here, start: WallTime) -> Result<(), Stop<BookingRefusal>> {
    let (from, until) = (here.today.plus_days(-PAST_DAYS), here.today.plus_days(AHEAD_DAYS));
    if (from..=until).contains(&start.date()) { Ok(()) } else { refuse(BookingRefusal::DayTooFar { from, until }) }
}

/// A visit takes from a minute to a day.
pub(super) fn duration_holds(minutes: i64) -> bool {
    (1..=24 * 60).contains(&minutes)
}

/// Everything an appointment is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise<'a> {
    /// To whom.
    pub patient: PatientId,
    /// What for.
    pub service: Option<ServiceId>,
    /// With whom.
    pub practitioner: Option<ResourceId>,
    /// Where.
    pub room: Option<ResourceId>,
    /// When, for how long, with which buffers.
    pub place: Place,
    /// How long the patient is there.
    pub need: Need,
    /// At which price.
    pub price: Option<Money>,
    /// What the desk wrote.
    pub notes: Option<&'a str>,
    /// How it came about: `desk`, `walk_in`, `import` ….
    pub method: &'a str,
    /// `scheduled`, or `checked_in` for someone who is already here.
    pub status: Status,
}

/// Writes an appointment with its claims and its first transition. Whoever calls has checked what must be checked:
/// a walk-in is here, whatever the agenda says.
pub fn promise(tx: &Tx<'_>, here: &Here, made: &Promise<'_>) -> Result<AppointmentId, Failure> {
    let id = AppointmentId(tx.new_id());
    tx.db().prepare_cached(include_str!("sql/insert_appointment.sql"))?.execute(named_params! {
        ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":patient_id": made.patient.0, ":service_id": made.service.map(|id| id.0),
        ":start_wall": made.place.start.to_string(), ":duration_min": made.need.duration_min,
        ":zone": here.zone.name(), ":start_at": made.place.visit.from.millis(),
        ":end_at": made.place.visit.to.millis(), ":tzdata": TZDATA, ":price_minor": made.price.map(Money::minor),
        ":currency": made.price.map(|price| price.currency().code()), ":notes": made.notes,
        ":booking_method": made.method,
    })?;
    for resource in made.practitioner.into_iter().chain(made.room) {
        claim(tx, here, id, resource, made.place.occupied)?;
    }
    match system::advance(tx, &APPOINTMENT, id.0, made.status.key(), Why::default())? {
        Ok(_) => Ok(id),
        Err(_) => Err(Failure::Damaged("an appointment begins as scheduled or checked in")),
    }
}
