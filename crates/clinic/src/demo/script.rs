//! The order in which it all happened: who did what when. Pure: visits in, events out.

use domain::{
    money::due_dates,
    time::{CivilDate, TimeOfDay, Timestamp, Zone},
};

use super::{
    Scale,
    calendar::{Fate, Visit},
    dice::Dice,
    house::OFFERS,
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Desk,
    Professional(usize),
}

/// Reception may not write in a chart: the physician asks about allergies.
pub(super) const PHYSICIAN: Who = Who::Professional(0);

/// One thing done. Numbers are places in the lists of people and visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Register(usize),
    AskAllergies(usize),
    Book(usize),
    Confirm(usize),
    Cancel(usize, &'static str),
    NoShow(usize),
    CheckIn(usize),
    WalkIn(usize),
    Consent(usize),
    Start(usize),
    Finish(usize),
    Note(usize, Written),
    Charge(usize, Charging),
    PayInstalment(usize, &'static str),
}

/// How far a note got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Signed,
    Saved,
}

/// How a visit is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Charging {
    /// Per cent off.
    pub(super) discount: i64,
    /// Something for home beside the service.
    pub(super) product: bool,
    pub(super) terms: Terms,
}

/// What was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// All at once.
    Paid(&'static str),
    /// A part now, the rest monthly.
    Instalments { method: &'static str, count: u32, first_on: CivilDate },
    /// Later, all of it.
    Later(CivilDate),
    /// Still a draft.
    Draft,
}

/// Things done at one moment by one person: one write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) who: Who,
    pub(super) acts: Vec<Act>,
}

const METHODS: &[&str] = &[
    "pix",
    "pix",
    "pix",
    "pix",
    "credit_card",
    "credit_card",
    "credit_card",
    "debit_card",
    "debit_card",
    "cash",
    "bank_transfer",
];

/// Tells what happened, in order, none of it after `now`.
pub(super) struct Script<'a> {
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
    pub(super) today: CivilDate,
    pub(super) scale: Scale,
    pub(super) dice: &'a mut Dice,
    events: Vec<Event>,
}

impl<'a> Script<'a> {
    pub(super) fn new(zone: Zone, now: Timestamp, scale: Scale, dice: &'a mut Dice) -> Self {
        Self { zone, now, today: zone.date(now), scale, dice, events: Vec::new() }
    }

    /// The events of all visits. `registered` says on which day each person was registered, where not at founding.
    pub(super) fn write(mut self, visits: &[Visit], registered: &[Option<CivilDate>]) -> Vec<Event> {
        for (person, day) in registered.iter().enumerate() {
            if let Some(day) = day {
                self.add(*day, 18 * 60, Who::Desk, Act::Register(person));
                self.add(*day, 18 * 60 + 2, PHYSICIAN, Act::AskAllergies(person));
            }
        }
        let mut consented = Vec::new();
        for (number, visit) in visits.iter().enumerate() {
            self.visit(number, visit, &mut consented);
        }
        self.events.retain(|event| event.at <= self.now);
        // Stable: what was told first at one moment stays first.
        self.events.sort_by_key(|event| (event.at, event.who));
        let mut joined: Vec<Event> = Vec::with_capacity(self.events.len());
        for event in self.events {
            match joined.last_mut() {
                Some(last) if (last.at, last.who) == (event.at, event.who) => last.acts.extend(event.acts),
                _ => joined.push(event),
            }
        }
        joined
    }

    fn visit(&mut self, number: usize, visit: &Visit, consented: &mut Vec<(usize, usize)>) {
        let day = visit.day;
        if let (true, Fate::Waiting { arrived }) = (visit.walk_in, visit.fate) {
            return self.add(day, arrived, Who::Desk, Act::WalkIn(number));
        }
        self.add(visit.booked_on, 18 * 60 + 5, Who::Desk, Act::Book(number));
        let eve = day.plus_days(-1).min(self.today.plus_days(-1)).max(visit.booked_on);
        let confirmed = match visit.fate {
            Fate::Ahead { confirmed } => confirmed,
            Fate::Cancelled { .. } => false,
            Fate::NoShow => self.dice.percent(30),
            _ => self.dice.percent(75),
        };
        if confirmed {
            self.add(eve, 18 * 60 + 20, Who::Desk, Act::Confirm(number));
        }
        let professional = Who::Professional(visit.professional);
        let (arrived, started, finished) = match visit.fate {
            Fate::Ahead { .. } => return,
            Fate::Cancelled { reason } => return self.add(eve, 18 * 60 + 40, Who::Desk, Act::Cancel(number, reason)),
            Fate::NoShow => return self.add(day, visit.start + 25, Who::Desk, Act::NoShow(number)),
            Fate::Waiting { arrived } => (arrived, None, None),
            Fate::InRoom { arrived, started } => (arrived, Some(started), None),
            Fate::ToCharge { arrived, started, finished } | Fate::Done { arrived, started, finished } => {
                (arrived, Some(started), Some(finished))
            }
        };
        self.add(day, arrived, Who::Desk, Act::CheckIn(number));
        let Some(started) = started else { return };
        let asked = OFFERS.get(visit.service).is_some_and(|offer| offer.consent.is_some());
        let recent = day >= self.today.plus_days(-self.scale.consent_days);
        if asked && recent && !consented.contains(&(visit.patient, visit.service)) {
            consented.push((visit.patient, visit.service));
            self.add(day, arrived, Who::Desk, Act::Consent(number));
        }
        self.add(day, started, professional, Act::Start(number));
        let Some(finished) = finished else { return };
        self.add(day, finished, professional, Act::Finish(number));
        match self.dice.weighted(&[86, 9, 5]) {
            0 => self.add(day, finished, professional, Act::Note(number, Written::Signed)),
            1 => self.add(day, finished, professional, Act::Note(number, Written::Saved)),
            _ => {}
        }
        if let Fate::Done { .. } = visit.fate {
            self.charge(number, visit, finished + 5);
        }
    }

    fn charge(&mut self, number: usize, visit: &Visit, at: i64) {
        let cents = OFFERS.get(visit.service).map_or(0, super::house::Offer::cents);
        let method = self.dice.pick(METHODS, "pix");
        let terms = match self.dice.weighted(&[
            if cents >= 100_000 { 60 } else { 90 },
            if cents >= 100_000 { 32 } else { 0 },
            6,
            1,
        ]) {
            1 => Terms::Instalments {
                method,
                count: u32::try_from(self.dice.between(2, 4)).unwrap_or(2),
                first_on: visit.day.plus_days(30),
            },
            2 => Terms::Later(visit.day.plus_days(10)),
            3 => Terms::Draft,
            _ => Terms::Paid(method),
        };
        let discount = if self.dice.percent(12) { self.dice.pick(&[5, 10, 10, 15], 10) } else { 0 };
        let product = self.dice.percent(8);
        self.add(visit.day, at, Who::Desk, Act::Charge(number, Charging { discount, product, terms }));

        match terms {
            Terms::Instalments { count, first_on, .. } => {
                for due in due_dates(first_on, count).unwrap_or_default() {
                    // Who misses one misses the next ones too.
                    if !self.dice.percent(88) {
                        break;
                    }
                    let (late, method) = (self.dice.between(-2, 2), self.dice.pick(METHODS, "pix"));
                    self.add(due.plus_days(late), 11 * 60 + 15, Who::Desk, Act::PayInstalment(number, method));
                }
            }
            Terms::Later(due) if self.dice.percent(60) => {
                self.add(due.plus_days(-1), 11 * 60 + 15, Who::Desk, Act::PayInstalment(number, method));
            }
            Terms::Paid(_) | Terms::Later(_) | Terms::Draft => {}
        }
    }

    fn add(&mut self, day: CivilDate, minute: i64, who: Who, act: Act) {
        let wall = TimeOfDay::from_minutes(minute.clamp(0, 1439)).map(|time| day.at(time));
        if let Some(at) = wall.and_then(|wall| self.zone.instant(wall).ok()) {
            self.events.push(Event { at, who, acts: vec![act] });
        }
    }
}
