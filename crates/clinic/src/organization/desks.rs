//! The desks of the organization: every one writes its own record when it begins, so that all can name it.

use domain::{id::DeviceId, permission::Permission, time::Timestamp};
use serde::{Deserialize, Serialize};
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, named_params},
};
use ts_rs::TS;

use crate::{Command, Never, Outcome, Read, Topic};

/// A desk of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EnrolledDesk {
    /// Its id.
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// The prefix of its series and chart codes.
    pub prefix: String,
    /// Since when it belongs to the organization, by its own clock.
    pub since: Timestamp,
    /// It is this one.
    pub here: bool,
}

/// Every desk of this organization.
#[derive(Debug, Deserialize, TS)]
pub struct Desks {}

impl Command for Desks {
    const NAME: &'static str = "organization.desks";
    const NEEDS: Permission = Permission::OrganizationView;
    const TOPICS: &'static [Topic] = &[Topic::Organization];
    type Output = Vec<EnrolledDesk>;
    type Refusal = Never;
}

impl Read for Desks {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = view.identity().device;
        let mut query = view.db().prepare_cached(include_str!("sql/desks.sql"))?;
        let desks = query.query_map([], |row| {
            let id = DeviceId(row.get("id")?);
            Ok(EnrolledDesk {
                id,
                name: row.get("name")?,
                prefix: row.get("prefix")?,
                since: Timestamp::from_millis(row.get("created_at")?),
                here: id == here,
            })
        })?;
        Ok(desks.collect::<Result<_, _>>()?)
    }
}

/// Writes this desk's record, where the clinic is here and the record is not.
pub fn enrol(tx: &Tx<'_>) -> rusqlite::Result<()> {
    let identity = tx.identity();
    tx.db().execute(
        include_str!("sql/insert_device.sql"),
        named_params! {
            ":id": identity.device.0, ":at": tx.at().millis(), ":by": tx.actor().0, ":prefix": identity.prefix,
            ":public_key": identity.certificate.key, ":generation_id": identity.generation.0,
            ":certificate": identity.certificate.encode(),
        },
    )?;
    Ok(())
}

/// What people call a desk; empty before its record has arrived.
pub fn desk_name(view: &View<'_>, desk: DeviceId) -> rusqlite::Result<String> {
    let name = view.db().query_row("select name from device where id = ?1", [desk.0], |row| row.get(0)).optional()?;
    Ok(name.unwrap_or_default())
}
