//! When there is time. Pure: opening hours in wall time, minus what is taken, on a grid of wall times.
//!
//! A stretch of hours is continuous: it opens at the first instant at which the wall clock shows its start or later
//! and closes at the first at which it shows its end or later. So a stretch over the night on which the clocks are
//! put forward is an hour shorter, and one over the night on which they are put back an hour longer. A start that
//! the wall clock shows twice is offered once, at its first occurrence; one that it skips is not offered.

use domain::{
    interval::{Interval, fits},
    time::{CivilDate, TimeOfDay, Timestamp, WallTime, Zone},
};

use crate::resources::Span;

/// The grid of starts, in minutes from midnight.
pub(super) const STEP_MIN: i64 = 15;
const DAY_MIN: i64 = 24 * 60;
/// No zone's clocks are put forward by more.
const LONGEST_GAP_MIN: i64 = 180;

/// What a visit needs of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Minutes the patient is there.
    pub duration_min: i64,
    /// Minutes taken before.
    pub before_min: i64,
    /// Minutes taken after.
    pub after_min: i64,
}

/// A visit's place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What the wall clock shows at its start.
    pub start: WallTime,
    /// The visit itself.
    pub visit: Interval,
    /// The visit with its buffers: what is claimed.
    pub occupied: Interval,
}

/// The wall clock never shows the start, or the visit would take no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchTime;

impl Need {
    /// A visit that starts when the wall clock shows `start`.
    pub fn at(self, zone: Zone, start: WallTime) -> Result<Place, NoSuchTime> {
        let from = zone.instant(start).map_err(|_| NoSuchTime)?;
        let to = from.plus_minutes(self.duration_min);
        let visit = Interval::new(from, to).ok_or(NoSuchTime)?;
        let occupied = Interval::new(from.plus_minutes(-self.before_min), to.plus_minutes(self.after_min));
        Ok(Place { start, visit, occupied: occupied.ok_or(NoSuchTime)? })
    }
}

/// The stretches of a day as instants, in order, with those that touch joined.
pub fn open(zone: Zone, day: CivilDate, hours: &[Span]) -> Vec<Interval> {
    let mut spans = hours.to_vec();
    spans.sort_unstable();
    let mut out: Vec<Interval> = Vec::new();
    for span in spans {
        let Some(next) = Interval::new(reached(zone, day.at(span.start)), reached(zone, day.at(span.end))) else {
            continue;
        };
        match out.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => out.push(next),
        }
    }
    out
}

/// The first instant at which the wall clock shows this time or a later one.
fn reached(zone: Zone, wall: WallTime) -> Timestamp {
    (0..=LONGEST_GAP_MIN)
        .find_map(|minutes| zone.instant(later(wall, minutes)).ok())
        .unwrap_or_else(|| zone.start_of(wall.date().plus_days(1)))
}

fn later(wall: WallTime, minutes: i64) -> WallTime {
    WallTime(wall.0 + chrono::Duration::minutes(minutes))
}

/// Whether a visit lies within the open stretches. Buffers may reach beyond: a room is aired after closing.
pub fn within(open: &[Interval], visit: Interval) -> bool {
    open.iter().any(|stretch| stretch.from <= visit.from && visit.to <= stretch.to)
}

/// Every start of a day at which the visit is within the hours and its claim fits beside what is taken.
pub fn starts(
    zone: Zone,
    day: CivilDate,
    hours: &[Span],
    taken: &[(Interval, i64)],
    capacity: i64,
    need: Need,
) -> Vec<Place> {
    let open = open(zone, day, hours);
    if open.is_empty() {
        return Vec::new();
    }
    (0..DAY_MIN / STEP_MIN)
        .filter_map(|step| TimeOfDay::from_minutes(step * STEP_MIN))
        .filter_map(|time| need.at(zone, day.at(time)).ok())
        .filter(|place| within(&open, place.visit) && fits(place.occupied, 1, taken, capacity))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn span(start: i64, end: i64) -> Span {
        Span { start: TimeOfDay::from_minutes(start).unwrap(), end: TimeOfDay::from_minutes(end).unwrap() }
    }

    fn walls(places: &[Place]) -> Vec<String> {
        places.iter().map(|place| place.start.time_of_day().to_string()).collect()
    }

    const HOUR: Need = Need { duration_min: 60, before_min: 0, after_min: 0 };

    #[test]
    fn a_morning_with_one_visit_leaves_what_is_around_it() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let day: CivilDate = "2026-11-18".parse().unwrap();
        let nine = HOUR.at(zone, "2026-11-18T09:00".parse().unwrap()).unwrap();
        let taken = [(nine.occupied, 1)];

        let free = starts(zone, day, &[span(8 * 60, 11 * 60 + 15)], &taken, 1, HOUR);

        assert_eq!(walls(&free), ["08:00", "10:00", "10:15"]);
    }

    #[test]
    fn buffers_keep_visits_apart_and_may_reach_beyond_the_hours() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let day: CivilDate = "2026-11-18".parse().unwrap();
        let need = Need { duration_min: 60, before_min: 0, after_min: 15 };
        let nine = need.at(zone, "2026-11-18T09:00".parse().unwrap()).unwrap();

        let free = starts(zone, day, &[span(8 * 60, 11 * 60 + 15)], &[(nine.occupied, 1)], 1, need);

        assert_eq!(walls(&free), ["10:15"], "08:00 would still be tidied at 09:00; 11:15 to 11:30 is after hours");
    }

    #[test]
    fn the_night_of_the_change_is_shorter_or_longer() {
        let madrid = Zone::named("Europe/Madrid").unwrap();
        let night = [span(60, 240)];

        let spring = starts(madrid, "2026-03-29".parse().unwrap(), &night, &[], 1, HOUR);
        let autumn = starts(madrid, "2026-10-25".parse().unwrap(), &night, &[], 1, HOUR);

        assert_eq!(walls(&spring), ["01:00", "01:15", "01:30", "01:45", "03:00"]);
        let third: Vec<_> = walls(&autumn).into_iter().filter(|wall| wall.starts_with("02")).collect();
        assert_eq!(third, ["02:00", "02:15", "02:30", "02:45"], "each once, though the clock shows it twice");
        assert_eq!(walls(&autumn).last().map(String::as_str), Some("03:00"));
    }

    #[test]
    fn a_time_that_the_clock_skips_is_no_time() {
        let madrid = Zone::named("Europe/Madrid").unwrap();
        assert_eq!(HOUR.at(madrid, "2026-03-29T02:30".parse().unwrap()), Err(NoSuchTime));
    }

    /// The same question answered minute by minute, from nothing but what the wall clock shows.
    fn oracle(
        zone: Zone,
        day: CivilDate,
        hours: &[Span],
        taken: &[(Interval, i64)],
        capacity: i64,
        need: Need,
    ) -> Vec<String> {
        let midnight = zone.start_of(day);
        // A day and a half, so that visits into the next day are seen to leave the hours.
        let clock: Vec<(Timestamp, WallTime)> =
            (0..36 * 60).map(|m| midnight.plus_minutes(m)).map(|at| (at, zone.wall(at))).collect();
        let first = |wall: WallTime| clock.iter().position(|(_, shown)| *shown >= wall).unwrap_or(clock.len());
        let mut is_open = vec![false; clock.len()];
        for span in hours {
            let (from, to) = (first(day.at(span.start)), first(day.at(span.end)));
            is_open.iter_mut().take(to).skip(from).for_each(|minute| *minute = true);
        }
        let load = |at: Timestamp| -> i64 {
            taken.iter().filter(|(i, _)| i.from <= at && at < i.to).map(|(_, units)| *units).sum()
        };
        let mut out: Vec<String> = Vec::new();
        for (index, (at, shown)) in clock.iter().enumerate() {
            let label = shown.time_of_day().to_string();
            let on_grid = shown.date() == day && shown.time_of_day().minutes() % STEP_MIN == 0;
            if !on_grid || out.contains(&label) || clock.iter().take(index).any(|(_, before)| before == shown) {
                continue;
            }
            let length = usize::try_from(need.duration_min).unwrap();
            let inside = (index..index + length).all(|minute| is_open.get(minute).copied().unwrap_or(false));
            let free = (-need.before_min..need.duration_min + need.after_min)
                .all(|minute| load(at.plus_minutes(minute)) < capacity);
            if inside && free {
                out.push(label);
            }
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn slots_agree_with_asking_every_minute(
            which in 0usize..6,
            hours in prop::collection::vec((0i64..95, 1i64..40), 0..4),
            taken in prop::collection::vec((-8i64..100, 1i64..12, 1i64..3), 0..8),
            capacity in 1i64..4,
            duration in 1i64..20, before in 0i64..3, after in 0i64..3,
        ) {
            // Two changes of the clocks, two days without, and two zones that stopped changing theirs.
            let (zone, day) = [
                ("Europe/Madrid", "2026-03-29"), ("Europe/Madrid", "2026-10-25"), ("Europe/Madrid", "2026-06-01"),
                ("America/Sao_Paulo", "2026-11-18"), ("America/Asuncion", "2024-10-06"), ("America/New_York", "2026-11-01"),
            ][which];
            let zone = Zone::named(zone).unwrap();
            let day: CivilDate = day.parse().unwrap();
            // Hours that touch are one stretch and may be given in any order; the day ends at 23:59.
            let hours: Vec<Span> = hours
                .into_iter()
                .map(|(start, length)| span(start * 15, ((start + length) * 15).min(24 * 60 - 1)))
                .collect();
            let midnight = zone.start_of(day);
            let taken: Vec<_> = taken
                .into_iter()
                .filter_map(|(from, length, units)| {
                    let from = midnight.plus_minutes(from * 15);
                    Interval::new(from, from.plus_minutes(length * 15 + 5)).map(|interval| (interval, units))
                })
                .collect();
            let need = Need { duration_min: duration * 10, before_min: before * 10, after_min: after * 10 };

            let found = walls(&starts(zone, day, &hours, &taken, capacity, need));

            prop_assert_eq!(found, oracle(zone, day, &hours, &taken, capacity, need));
        }
    }
}
