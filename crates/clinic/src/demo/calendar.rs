//! Which visits there are, and what becomes of them. Pure: days and chance in, visits out.

use domain::time::CivilDate;

use super::{
    Scale,
    dice::Dice,
    house::{OFFERS, PROFESSIONALS},
};

/// A visit, as it will have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) patient: usize,
    pub(super) service: usize,
    pub(super) professional: usize,
    pub(super) day: CivilDate,
    /// Minutes since midnight.
    pub(super) start: i64,
    pub(super) booked_on: CivilDate,
    pub(super) fate: Fate,
    /// Came without an appointment, and takes whoever is free.
    pub(super) walk_in: bool,
}

/// What becomes of a visit. Minutes since midnight of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Treated, noted, charged.
    Done { arrived: i64, started: i64, finished: i64 },
    /// Treated; reception has not charged yet.
    ToCharge { arrived: i64, started: i64, finished: i64 },
    /// With the professional now.
    InRoom { arrived: i64, started: i64 },
    /// In the waiting room now.
    Waiting { arrived: i64 },
    /// Did not come.
    NoShow,
    /// Called off the day before, for one of the reasons.
    Cancelled { reason: &'static str },
    /// Still to come.
    Ahead { confirmed: bool },
}

const REASONS: &[&str] = &[
    "patient_asked",
    "patient_asked",
    "patient_asked",
    "illness",
    "illness",
    "practitioner_absent",
    "booked_by_mistake",
];

/// Brazilian holidays that fall on the same date every year (Leis 662/1949, 6.802/1980, 14.759/2023).
const HOLIDAYS: [&str; 9] = ["01-01", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "11-20", "12-25"];

/// The stretches a professional works on a day of the week, in minutes: what `resources.set_hours` is told.
pub(super) fn hours(professional: usize, day_of_week: u8) -> &'static [(i64, i64)] {
    match day_of_week {
        day if PROFESSIONALS.get(professional).is_some_and(|one| one.away == day) => &[],
        0 => &[],
        6 => &[(480, 780)],
        _ => &[(480, 720), (780, 1140)],
    }
}

/// Who visits whom when.
pub(super) struct Calendar<'a> {
    dice: &'a mut Dice,
    patients: usize,
    /// Who has been treated by each professional: people come back to whom they know.
    regulars: [Vec<usize>; 4],
    busy_today: Vec<usize>,
    pub(super) visits: Vec<Visit>,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(patients: usize, dice: &'a mut Dice) -> Self {
        Self { dice, patients, regulars: Default::default(), busy_today: Vec::new(), visits: Vec::new() }
    }

    /// Everything from the first day to the last but today.
    pub(super) fn fill(&mut self, today: CivilDate, scale: Scale) {
        for offset in -scale.days_before..=scale.days_after {
            let day = today.plus_days(offset);
            let holiday = HOLIDAYS.iter().any(|date| day.to_string().ends_with(date));
            if offset == 0 || holiday {
                continue;
            }
            self.busy_today.clear();
            for professional in 0..PROFESSIONALS.len() {
                self.day_of(professional, day, today, scale);
            }
        }
    }

    fn day_of(&mut self, professional: usize, day: CivilDate, today: CivilDate, scale: Scale) {
        let longest_gap = if day < today { scale.gap } else { scale.gap * 2 / 3 };
        for &(opens, closes) in hours(professional, day.day_of_week()) {
            let mut at = opens;
            loop {
                at += self.dice.between(0, longest_gap / 5) * 5;
                let service = self.service(professional);
                let (minutes, after) = length(service);
                if at + minutes + after > closes {
                    break;
                }
                let fate = if day < today { self.past(at, minutes) } else { self.ahead() };
                self.book(professional, service, day, at, today, scale, fate);
                at = five(at + minutes + after);
            }
        }
    }

    fn past(&mut self, start: i64, minutes: i64) -> Fate {
        match self.dice.weighted(&[86, 6, 8]) {
            1 => Fate::NoShow,
            2 => Fate::Cancelled { reason: self.dice.pick(REASONS, "other") },
            _ => self.done(start, minutes),
        }
    }

    fn ahead(&mut self) -> Fate {
        match self.dice.weighted(&[55, 38, 7]) {
            1 => Fate::Ahead { confirmed: true },
            2 => Fate::Cancelled { reason: self.dice.pick(REASONS, "other") },
            _ => Fate::Ahead { confirmed: false },
        }
    }

    /// Early or a little late, begun soon after, over within the time.
    fn done(&mut self, start: i64, minutes: i64) -> Fate {
        let arrived = (start + self.dice.between(-15, 4)).max(0);
        let started = start.max(arrived) + self.dice.between(1, 6);
        let finished = started + minutes - self.dice.between(6, 12).min(minutes / 3);
        Fate::Done { arrived, started, finished }
    }

    fn service(&mut self, professional: usize) -> usize {
        let Some(one) = PROFESSIONALS.get(professional) else { return 0 };
        let weights: Vec<i64> = one.services.iter().map(|(_, weight)| *weight).collect();
        one.services.get(self.dice.weighted(&weights)).map_or(0, |(service, _)| *service)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one visit, each its own thing")]
    fn book(
        &mut self,
        professional: usize,
        service: usize,
        day: CivilDate,
        start: i64,
        today: CivilDate,
        scale: Scale,
        fate: Fate,
    ) {
        let patient = self.patient(professional);
        let opened = today.plus_days(-scale.days_before - 2);
        let ahead = [self.dice.between(1, 3), self.dice.between(3, 10), self.dice.between(8, 24)];
        let ahead = ahead.get(self.dice.weighted(&[3, 4, 3])).copied().unwrap_or(1);
        let booked_on = day.plus_days(-ahead).min(today.plus_days(-1)).max(opened);
        self.visits.push(Visit { patient, service, professional, day, start, booked_on, fate, walk_in: false });
    }

    /// Someone who has no other visit that day, more likely someone who has been there before.
    fn patient(&mut self, professional: usize) -> usize {
        let mut patient = 0;
        for _ in 0..50 {
            let known = self.regulars.get(professional).filter(|known| !known.is_empty() && self.dice.percent(55));
            patient = match known {
                Some(known) => known.get(self.dice.below(known.len())).copied().unwrap_or(0),
                None => self.dice.below(self.patients),
            };
            if !self.busy_today.contains(&patient) {
                break;
            }
        }
        self.busy_today.push(patient);
        if let Some(known) = self.regulars.get_mut(professional) {
            known.push(patient);
        }
        patient
    }

    /// Today, so that at whatever hour it is someone waits, someone is in a room, someone is to be charged.
    ///
    /// Visits are laid out from now in both directions: each professional stands somewhere else in their day.
    pub(super) fn fill_today(&mut self, today: CivilDate, now: i64, scale: Scale) {
        self.busy_today.clear();
        let (opens, closes) = today_hours(now);
        for (professional, one) in PROFESSIONALS.iter().enumerate() {
            let longest = one.services.iter().map(|(service, _)| *service).max_by_key(|s| length(*s).0).unwrap_or(0);
            let (minutes, after) = length(longest);
            // What is at hand now: in a room (twice), just finished, or waiting because the one before ran late.
            let (start, fate) = match professional {
                0 => (now - 20, Fate::InRoom { arrived: now - 31, started: now - 17 }),
                1 => (now - minutes + 10, Fate::InRoom { arrived: now - minutes - 2, started: now - minutes + 13 }),
                2 => (
                    now - minutes - 12,
                    Fate::ToCharge { arrived: now - minutes - 24, started: now - minutes - 10, finished: now - 8 },
                ),
                _ => (now - 10, Fate::Waiting { arrived: now - 18 }),
            };
            let start = start / 5 * 5;
            let earliest = match fate {
                Fate::InRoom { arrived, .. } | Fate::ToCharge { arrived, .. } | Fate::Waiting { arrived } => arrived,
                _ => start,
            };
            let mut forward = five(now + 10);
            let mut backward = now;
            if earliest.min(start) >= opens && start + minutes + after <= closes {
                self.book(professional, longest, today, start, today, scale, fate);
                forward = five(start + minutes + after);
                backward = start;
            }
            self.before(professional, today, backward, opens, now, scale);
            self.after(professional, today, forward.max(five(now + 5)), closes, now, scale);
        }
        // Someone who just came by, for a first consultation.
        if now >= 15 {
            let (patient, arrived) = (self.patient(0), now - 9);
            let fate = Fate::Waiting { arrived };
            let came = Visit {
                patient,
                service: 0,
                professional: 0,
                day: today,
                start: arrived,
                booked_on: today,
                fate,
                walk_in: true,
            };
            self.visits.push(came);
        }
    }

    fn before(&mut self, professional: usize, today: CivilDate, until: i64, opens: i64, now: i64, scale: Scale) {
        let mut until = until;
        let mut latest = true;
        // One of the day has not come.
        let mut missed = professional != 1;
        loop {
            let service = self.service(professional);
            let (minutes, after) = length(service);
            let start = (until - minutes - after - self.dice.between(0, 8) * 5) / 5 * 5;
            if start - 15 < opens.min(until) || start < 15 {
                return;
            }
            let fate = match self.done(start, minutes) {
                Fate::Done { arrived, started, finished } => {
                    let finished = finished.min(until - 2).min(now - 9);
                    // The last one of the fourth professional still stands at the counter.
                    if latest && professional == 3 || finished > now - 16 {
                        Fate::ToCharge { arrived, started, finished }
                    } else {
                        Fate::Done { arrived, started, finished }
                    }
                }
                other => other,
            };
            let stays_away = !latest && (!missed || self.dice.percent(6));
            missed |= stays_away;
            let fate = if stays_away { Fate::NoShow } else { fate };
            self.book(professional, service, today, start, today, scale, fate);
            latest = false;
            until = start;
        }
    }

    fn after(&mut self, professional: usize, today: CivilDate, from: i64, closes: i64, now: i64, scale: Scale) {
        let mut at = from;
        let mut next = true;
        loop {
            let service = self.service(professional);
            let (minutes, after) = length(service);
            if at + minutes + after > closes {
                return;
            }
            let fate = if next && matches!(professional, 1 | 2) && at - now <= 40 && now >= 8 {
                Fate::Waiting { arrived: now - if professional == 1 { 6 } else { 3 } }
            } else if self.dice.percent(8) {
                Fate::Cancelled { reason: self.dice.pick(REASONS, "other") }
            } else {
                Fate::Ahead { confirmed: self.dice.percent(70) }
            };
            self.book(professional, service, today, at, today, scale, fate);
            next = false;
            at = five(at + minutes + after + self.dice.between(0, 12) * 5);
        }
    }
}

/// Today's opening, in minutes: the usual day without a break, or longer where now lies at its edge or outside.
pub(super) fn today_hours(now: i64) -> (i64, i64) {
    let opens = ((now - 180).clamp(0, 480)) / 60 * 60;
    let closes = ((now + 240).clamp(1140, 1435) + 59) / 60 * 60;
    (opens, closes.min(1435))
}

/// A service's length and the time to clear up after it.
pub(super) fn length(service: usize) -> (i64, i64) {
    OFFERS.get(service).map_or((30, 0), |offer| (offer.minutes, offer.after))
}

/// The next full five minutes.
fn five(minutes: i64) -> i64 {
    (minutes + 4).div_euclid(5) * 5
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn visits(seed: u64, now: i64) -> Vec<Visit> {
        let mut dice = Dice::new(seed);
        let today: CivilDate = "2026-11-21".parse().unwrap();
        let mut calendar = Calendar::new(300, &mut dice);
        calendar.fill(today, Scale::FULL);
        calendar.fill_today(today, now, Scale::FULL);
        calendar.visits
    }

    #[test]
    fn nobody_is_in_two_places_and_no_professional_has_two_visits_at_once() {
        for (seed, now) in [(1, 640), (2, 20), (3, 1420), (4, 180), (5, 900)] {
            let visits = visits(seed, now);
            for (index, one) in visits.iter().enumerate() {
                let (minutes, after) = length(one.service);
                for other in visits.iter().skip(index + 1).filter(|other| other.day == one.day) {
                    assert_ne!(one.patient, other.patient, "{seed} {one:?}");
                    if one.professional == other.professional && !one.walk_in && !other.walk_in {
                        let (their_minutes, their_after) = length(other.service);
                        let apart = one.start + minutes + after <= other.start
                            || other.start + their_minutes + their_after <= one.start;
                        assert!(apart, "seed {seed}: {one:?} {other:?}");
                    }
                }
                assert!(one.walk_in || one.booked_on < one.day && one.booked_on < "2026-11-21".parse().unwrap());
            }
        }
    }

    #[test]
    fn there_are_four_months_of_visits_and_two_weeks_of_bookings() {
        let visits = visits(1, 640);
        assert!((450..900).contains(&visits.len()), "{}", visits.len());
        let ahead = visits.iter().filter(|visit| matches!(visit.fate, Fate::Ahead { .. })).count();
        assert!(ahead > 40, "{ahead}");
        for fate in [Fate::NoShow, Fate::Cancelled { reason: "illness" }] {
            assert!(visits.iter().any(|visit| visit.fate == fate), "{fate:?}");
        }
    }

    #[test]
    fn at_every_hour_someone_waits_someone_is_in_a_room_and_someone_is_to_be_charged() {
        for now in (100..1380).step_by(20) {
            let today = visits(9, now).into_iter().filter(|visit| visit.day.to_string() == "2026-11-21");
            let (mut waiting, mut in_room, mut to_charge, mut ahead, mut walked_in) = (0, 0, 0, 0, 0);
            for visit in today {
                walked_in += i32::from(visit.walk_in);
                match visit.fate {
                    Fate::Waiting { arrived } => {
                        waiting += 1;
                        assert!(arrived <= now);
                    }
                    Fate::InRoom { arrived, started } => {
                        in_room += 1;
                        assert!(arrived <= started && started <= now);
                    }
                    Fate::ToCharge { arrived, started, finished } | Fate::Done { arrived, started, finished } => {
                        to_charge += i32::from(matches!(visit.fate, Fate::ToCharge { .. }));
                        assert!(arrived <= started && started < finished && finished < now, "{now}: {visit:?}");
                    }
                    Fate::Ahead { .. } => {
                        ahead += 1;
                        assert!(visit.start > now);
                    }
                    Fate::NoShow | Fate::Cancelled { .. } => {}
                }
            }
            assert!(waiting >= 2 && in_room >= 1 && to_charge >= 1, "{now}: {waiting} {in_room} {to_charge} {ahead}");
            assert_eq!(walked_in, 1, "{now}");
        }
    }
}
