use domain::{
    id::{PractitionerId, ResourceId, Uuid},
    time::{CivilDate, TimeOfDay},
};
use serde::Serialize;
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use super::{DayHours, put_hours, rules};
use crate::{Failure, organization::Here};

/// Something that can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// `practitioner`, `room` or `equipment`.
    #[serde(rename = "type")]
    #[ts(type = "\"practitioner\" | \"room\" | \"equipment\"")]
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whose time it is.
    pub practitioner_id: Option<PractitionerId>,
    /// How many it takes at once.
    pub capacity: i64,
    /// A key of the palette.
    pub color: Option<String>,
    /// Can be booked.
    pub active: bool,
    /// The week's hours as they stand today.
    pub hours: Vec<DayHours>,
}

impl Resource {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ResourceId(row.get("id")?),
            kind: row.get("type")?,
            name: row.get("name")?,
            practitioner_id: row.get::<_, Option<Uuid>>("practitioner_id")?.map(PractitionerId),
            capacity: row.get("capacity")?,
            color: row.get("color")?,
            active: row.get("active")?,
            hours: Vec::new(),
        })
    }
}

/// Everything that can be booked, without its hours.
pub fn resources(view: &View<'_>) -> rusqlite::Result<Vec<Resource>> {
    view.db()
        .prepare_cached(include_str!("sql/resources.sql"))?
        .query_map(named_params! { ":id": Option::<Uuid>::None }, Resource::from_row)?
        .collect()
}

/// One resource with its hours as they stand on a day.
pub fn resource(view: &View<'_>, id: ResourceId, on: CivilDate) -> Result<Option<Resource>, Failure> {
    let found = view
        .db()
        .prepare_cached(include_str!("sql/resources.sql"))?
        .query_row(named_params! { ":id": id.0 }, Resource::from_row)
        .optional()?;
    let Some(mut resource) = found else { return Ok(None) };
    resource.hours =
        rules(view, Some(id), on, on)?.into_iter().filter(|rule| rule.applies_on(on)).map(|rule| rule.hours).collect();
    Ok(Some(resource))
}

/// The resource of a new practitioner. It begins with usual office hours, so that the agenda works from the first
/// minute; the clinic sets its own under *hours*.
pub fn add_practitioner(
    tx: &Tx<'_>,
    here: &Here,
    practitioner: PractitionerId,
    name: &str,
    color: &str,
) -> Result<ResourceId, Failure> {
    let id = insert(tx, here, "practitioner", name, Some(practitioner), 1, Some(color))?;
    put_hours(tx, here, id, &starting_hours())?;
    Ok(id)
}

/// Monday to Friday, eight to six.
fn starting_hours() -> Vec<DayHours> {
    let hour = |hour: i64| TimeOfDay::from_minutes(hour * 60);
    let Some((start, end)) = hour(8).zip(hour(18)) else { return Vec::new() };
    (1..=5).map(|day| DayHours { day, start, end }).collect()
}

pub(super) fn insert(
    tx: &Tx<'_>,
    here: &Here,
    kind: &str,
    name: &str,
    practitioner: Option<PractitionerId>,
    capacity: i64,
    color: Option<&str>,
) -> rusqlite::Result<ResourceId> {
    let id = ResourceId(tx.new_id());
    tx.db().execute(
        include_str!("sql/insert_resource.sql"),
        named_params! {
            ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0, ":type": kind,
            ":name": name, ":practitioner_id": practitioner.map(|id| id.0), ":capacity": capacity, ":color": color,
        },
    )?;
    Ok(id)
}

/// Keeps a practitioner's resource in step with the practitioner.
pub fn amend_practitioner(tx: &Tx<'_>, id: ResourceId, name: &str, color: &str, active: bool) -> rusqlite::Result<()> {
    tx.db()
        .execute("update resource set name = ?2, color = ?3, active = ?4 where id = ?1", (id.0, name, color, active))?;
    Ok(())
}
