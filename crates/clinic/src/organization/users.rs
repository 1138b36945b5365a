//! Who signs in. Passwords live in the vault's slots, never here.

use domain::{
    id::{PractitionerId, UserId, Uuid},
    permission::{Permission, Role},
};
use serde::{Deserialize, Serialize};
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

use crate::{Command, Never, Outcome, Read, Topic};

/// Someone who signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// May sign in.
    pub active: bool,
    /// The practitioner they are, if any.
    pub practitioner_id: Option<PractitionerId>,
}

impl User {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let role: String = row.get("role")?;
        let practitioner: Option<Uuid> = row.get("practitioner_id")?;
        Ok(Self {
            id: UserId(row.get("id")?),
            name: row.get("name")?,
            // A role of a newer peer may look and change nothing here.
            role: Role::of_key(&role).unwrap_or(Role::Auditor),
            active: row.get("active")?,
            practitioner_id: practitioner.map(PractitionerId),
        })
    }
}

/// Everyone who signs in at this organization.
#[derive(Debug, Deserialize, TS)]
pub struct Users {}

impl Command for Users {
    const NAME: &'static str = "organization.users";
    const NEEDS: Permission = Permission::OrganizationView;
    const TOPICS: &'static [Topic] = &[Topic::Organization];
    type Output = Vec<User>;
    type Refusal = Never;
}

impl Read for Users {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let mut query = view.db().prepare_cached(include_str!("sql/users.sql"))?;
        Ok(query.query_map([], User::from_row)?.collect::<Result<_, _>>()?)
    }
}

/// One user.
pub fn user(view: &View<'_>, id: UserId) -> rusqlite::Result<Option<User>> {
    view.db().prepare_cached(include_str!("sql/user.sql"))?.query_row([id.0], User::from_row).optional()
}

/// Adds someone who signs in.
pub fn add_user(
    tx: &Tx<'_>,
    id: UserId,
    name: &str,
    role: Role,
    practitioner: Option<PractitionerId>,
) -> rusqlite::Result<()> {
    tx.db().execute(
        include_str!("sql/insert_user.sql"),
        named_params! {
            ":id": id.0, ":at": tx.at().millis(), ":by": tx.actor().0, ":name": name, ":role": role.key(),
            ":practitioner_id": practitioner.map(|id| id.0),
        },
    )?;
    Ok(())
}

/// Whether the organization is a demo's: its papers say so, wherever they are printed.
pub fn is_demo(view: &View<'_>) -> rusqlite::Result<bool> {
    view.db().prepare_cached(include_str!("sql/is_demo.sql"))?.query_row([], |row| row.get("demo"))
}

/// The organization's name.
pub fn name(view: &View<'_>) -> rusqlite::Result<String> {
    view.db().query_row("select name from organization where deleted_at is null", [], |row| row.get(0))
}
