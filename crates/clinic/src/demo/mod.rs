//! The demo clinic: a Brazilian aesthetic clinic with four months behind it and two weeks ahead, so that whoever looks
//! at Praxis sees a day in full swing. Nobody in it exists.
//!
//! Everything is done through the areas' own commands, by the people of the clinic, at the times at which it would
//! have happened. The same seed, the same moment and the same source of ids make the same records. Today is laid out
//! around the moment it is made: at any hour someone waits, someone is in a room, someone is to be charged. Consent
//! forms are signed and sealed for the last week only (making PDFs takes most of the time); older visits have none.

mod calendar;
mod dice;
mod doors;
mod hand;
mod house;
mod persons;
mod play;
mod script;

use std::collections::BTreeMap;

use domain::{
    id::UserId,
    permission::Role,
    time::{CivilDate, Timestamp, Zone},
};
use serde_json::{Value, json};
use store::{Actor, Store, StoreError, Tx, WriteFailed, Written};
use thiserror::Error;

pub use house::PROFILE;

use crate::{
    Failure, documents,
    organization::{Admin, add_user, found, profile::profile},
};
use calendar::Calendar;
use dice::Dice;
use doors::Doors;
use house::{OFFERS, PROFESSIONALS};
use play::{House, Play, Staffed, id_of};
use script::Script;

/// The name of the owner, who is also the physician.
pub const OWNER: &str = "Camila Rocha";

/// The password of everyone in the demo. It protects nothing: the demo holds nobody's data.
pub const PASSWORD: &str = "demo-praxis";

/// What the demo is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// Chance.
    pub seed: u64,
    /// The moment it is made for: nothing in it happened later.
    pub now: Timestamp,
    /// How much of it.
    pub scale: Scale,
}

impl Recipe {
    /// When the clinic was founded: the desk's certificate has to be valid from here on.
    pub fn opens(&self) -> Result<Timestamp, DemoFailed> {
        let zone = zone()?;
        let day = zone.date(self.now).plus_days(-self.scale.days_before - 3);
        Ok(zone.start_of(day).plus_minutes(9 * 60))
    }
}

/// How much of a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Patients on file.
    pub patients: usize,
    /// Days of visits before today.
    pub days_before: i64,
    /// Days of bookings after today.
    pub days_after: i64,
    /// The longest gap between two visits of a professional, in minutes.
    pub gap: i64,
    /// For how many days back consent forms are signed and sealed.
    pub consent_days: i64,
}

impl Scale {
    /// Four months: what is shown.
    pub const FULL: Self = Self { patients: 300, days_before: 122, days_after: 14, gap: 360, consent_days: 7 };
    /// A few days, for tests.
    pub const SMALL: Self = Self { patients: 60, days_before: 3, days_after: 2, gap: 300, consent_days: 1 };
}

/// Someone of the demo who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoUser {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// Who signs in with [`PASSWORD`]: the owner, who is also the physician, first; then reception; then those who
    /// treat.
    pub users: Vec<DemoUser>,
    /// How many patients.
    pub patients: usize,
    /// How many visits, past and to come.
    pub visits: usize,
}

/// Why the demo could not be made: always an error of the program, since nobody typed anything.
#[derive(Debug, Error)]
pub enum DemoFailed {
    /// The catalogue has no such command.
    #[error("no command {0}")]
    Unknown(&'static str),
    /// A command's input or answer has another shape.
    #[error("{command}: {detail}")]
    Input {
        /// The command.
        command: &'static str,
        /// What differs.
        detail: String,
    },
    /// A command refused.
    #[error("{command} refused: {reason}")]
    Refused {
        /// The command.
        command: &'static str,
        /// Its reason.
        reason: String,
    },
    /// A command could not.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The folder could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<store::rusqlite::Error> for DemoFailed {
    fn from(error: store::rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Makes the demo in a new folder that holds nothing yet: it founds the clinic as well, at [`Recipe::opens`]. `owner` is drawn by whoever makes the key slots; `progress`
/// is told how much is done of how much.
pub fn build(
    store: &Store,
    owner: UserId,
    recipe: &Recipe,
    mut progress: impl FnMut(usize, usize),
) -> Result<Demo, DemoFailed> {
    let zone = zone()?;
    let today = zone.date(recipe.now);
    let mut dice = Dice::new(recipe.seed);
    let people = persons::persons(recipe.scale.patients, today, &mut dice);
    let now_of_day = zone.wall(recipe.now).time_of_day().minutes();
    let visits = {
        let mut calendar = Calendar::new(people.len(), &mut dice);
        calendar.fill(today, recipe.scale);
        calendar.fill_today(today, now_of_day, recipe.scale);
        calendar.visits
    };
    let registered = registered(&visits, people.len(), today, recipe.scale, &mut dice);
    let events = Script::new(zone, recipe.now, recipe.scale, &mut dice).write(&visits, &registered);

    let doors = Doors::new();
    let opened = recipe.opens()?;
    let (house, users) = open_house(store, &doors, owner, opened, today, now_of_day)?;
    let mut play = Play {
        doors: &doors,
        house: &house,
        people: &people,
        visits: &visits,
        dice: &mut dice,
        patients: vec![Value::Null; people.len()],
        made: vec![play::Made::default(); visits.len()],
    };
    let founding: Vec<_> = registered.iter().enumerate().filter(|(_, day)| day.is_none()).map(|(n, _)| n).collect();
    let first: [(_, fn(usize) -> script::Act); 2] =
        [(script::Who::Desk, script::Act::Register), (script::PHYSICIAN, script::Act::AskAllergies)];
    for (minute, (who, act)) in (60..).zip(first) {
        let acts = founding.iter().copied().map(act).collect();
        play.event(store, &script::Event { at: opened.plus_minutes(minute), who, acts })?;
    }
    for (done, event) in events.iter().enumerate() {
        progress(done, events.len());
        play.event(store, event)?;
    }
    progress(events.len(), events.len());
    Ok(Demo { users, patients: people.len(), visits: visits.len() })
}

fn zone() -> Result<Zone, DemoFailed> {
    let zone = profile(PROFILE).and_then(|profile| Zone::named(profile.zone));
    zone.ok_or(DemoFailed::Failed(Failure::Damaged("the zone of the demo's profile")))
}

/// The day each person was registered, where it was on the evening they first booked and not at founding.
fn registered(
    visits: &[calendar::Visit],
    people: usize,
    today: CivilDate,
    scale: Scale,
    dice: &mut Dice,
) -> Vec<Option<CivilDate>> {
    let mut first = vec![None::<CivilDate>; people];
    for visit in visits {
        if let Some(day) = first.get_mut(visit.patient) {
            *day = Some(day.map_or(visit.booked_on, |day| day.min(visit.booked_on)));
        }
    }
    let early = today.plus_days(-scale.days_before + 10);
    first.into_iter().map(|day| day.filter(|day| *day > early && dice.percent(60))).collect()
}

/// Founds the clinic: its data, users, staff, rooms, hours, consent forms and services.
fn open_house(
    store: &Store,
    doors: &Doors,
    owner: UserId,
    at: Timestamp,
    today: CivilDate,
    now: i64,
) -> Result<(House, Vec<DemoUser>), DemoFailed> {
    let profile = profile(PROFILE).ok_or(DemoFailed::Unknown("organization.found"))?;
    let admin = Admin { id: owner, name: OWNER.into() };
    written(store.write(Actor(owner), "organization.found", at, |tx| {
        found(tx, profile, profile.locale, house::clinic(), &admin, true).map_err(|stop| match stop {
            crate::Stop::Refused(reason) => {
                DemoFailed::Refused { command: "organization.found", reason: format!("{reason:?}") }
            }
            crate::Stop::Failed(failure) => DemoFailed::Failed(failure),
        })
    }))?;
    let users =
        written(store.write(Actor(owner), "organization.add_user", at.plus_minutes(10), |tx| sign_up(tx, owner)))?;
    let (desk, treating) =
        (users.get(1).map_or(owner, |user| user.id), users.first().into_iter().chain(users.iter().skip(2)));
    let mut professionals = Vec::new();
    // One after the other: screens show them in the order in which they came.
    for ((number, one), user) in PROFESSIONALS.iter().enumerate().zip(treating) {
        let at = at.plus_minutes(11 + i64::try_from(number).unwrap_or(0));
        professionals.push(written(store.write(Actor(owner), "staff.add", at, |tx| {
            let input = json!({
                "given": one.given, "family": one.family, "title": one.title, "type": one.kind, "color": one.color,
                "council": one.council.map(|(body, number, state)| json!({ "body": body, "number": number, "state": state })),
                "user_id": user.id,
            });
            let resource = id_of(&doors.write(tx, "staff.add", input)?, "resource_id")?;
            let room = doors.write(tx, "resources.add_room", json!({ "name": one.room }))?;
            let hours = json!({ "resource_id": resource, "hours": week(number, today, now) });
            doors.write(tx, "resources.set_hours", hours)?;
            Ok(Staffed { user: user.id, resource: json!(resource), room: json!(id_of(&room, "id")?) })
        }))?);
    }
    let (services, consents) =
        written(store.write(Actor(owner), "catalogue.add", at.plus_minutes(20), |tx| offer(tx, doors)))?;
    Ok((House { desk, professionals, services, consents }, users))
}

/// The people who sign in: the owner, who is there already, reception, and the other professionals.
fn sign_up(tx: &Tx<'_>, owner: UserId) -> Result<Vec<DemoUser>, DemoFailed> {
    let others = PROFESSIONALS.iter().skip(1).map(|one| (format!("{} {}", one.given, one.family), Role::Practitioner));
    let mut users = vec![DemoUser { id: owner, name: OWNER.into(), role: Role::Owner }];
    for (name, role) in [("Lívia Moraes".to_owned(), Role::Reception)].into_iter().chain(others) {
        let user = DemoUser { id: UserId(tx.new_id()), name, role };
        add_user(tx, user.id, &user.name, user.role, None)?;
        users.push(user);
    }
    Ok(users)
}

/// The week's hours. On today's weekday everyone works through, as long as the demo's today needs.
fn week(professional: usize, today: CivilDate, now: i64) -> Vec<Value> {
    let (opens, closes) = calendar::today_hours(now);
    (0..7_u8)
        .flat_map(|day| {
            let usual = calendar::hours(professional, day);
            let spans = if day == today.day_of_week() { vec![(opens, closes)] } else { usual.to_vec() };
            spans.into_iter().map(move |(start, end)| json!({ "day": day, "start": clock(start), "end": clock(end) }))
        })
        .collect()
}

fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Consent forms and services.
fn offer(tx: &Tx<'_>, doors: &Doors) -> Result<(Vec<Value>, Vec<Option<Value>>), DemoFailed> {
    let templates = consent_forms(tx, doors)?;
    let mut services = Vec::new();
    let mut consents = Vec::new();
    for offer in &OFFERS {
        let form = offer.consent.and_then(|word| {
            let title = templates.keys().find(|title| title.contains(word))?;
            templates.get(title).cloned()
        });
        let input = json!({
            "name": offer.name, "category": offer.category, "description": offer.description, "price": offer.price,
            "duration_min": offer.minutes, "buffer_before_min": 0, "buffer_after_min": offer.after,
            "consent_template_id": form.as_ref().and_then(|form| form.get("id")),
        });
        let service = doors.write(tx, "catalogue.add", input)?;
        services.push(json!(id_of(&service, "id")?));
        consents.push(form);
    }
    Ok((services, consents))
}

/// The clinic's consent forms by their titles in lower case.
fn consent_forms(tx: &Tx<'_>, doors: &Doors) -> Result<BTreeMap<String, Value>, DemoFailed> {
    let listed = || doors.read(tx, "documents.templates", json!({}));
    let mut forms = listed()?;
    if forms.as_array().is_none_or(Vec::is_empty) {
        documents::seed(tx, PROFILE)?;
        forms = listed()?;
    }
    let forms = forms.as_array().cloned().unwrap_or_default();
    let titled = forms.into_iter().filter_map(|form| {
        let title = form.get("title").and_then(Value::as_str)?.to_lowercase();
        Some((title, form))
    });
    Ok(titled.collect())
}

/// What a write answered, its failures made one.
fn written<T>(outcome: Result<Written<T>, WriteFailed<DemoFailed>>) -> Result<T, DemoFailed> {
    match outcome {
        Ok(written) => Ok(written.value),
        Err(WriteFailed::Refused(failed)) => Err(failed),
        Err(WriteFailed::Store(error)) => Err(error.into()),
    }
}
