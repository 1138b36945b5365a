//! Adding someone who signs in: a record that travels, and a password slot on this desk.

use clinic::{Command, Failure, Stop, Topic, organization, staff};
use domain::{
    id::{PractitionerId, UserId},
    permission::{Permission, Role},
};
use serde::{Deserialize, Serialize};
use store::{Actor, View, WriteFailed};
use ts_rs::TS;

use super::problem::{MINIMUM_PASSWORD, password_holds};
use crate::{Desk, catalogue::DeskCommand, router::broken};

/// Who.
#[derive(Debug, Deserialize, TS)]
pub struct AddUser {
    /// Their name.
    name: String,
    /// What they may do.
    role: Role,
    /// Their first password.
    password: String,
    /// The practitioner they are.
    #[serde(default)]
    #[ts(optional = nullable)]
    practitioner_id: Option<PractitionerId>,
}

/// Someone who can sign in now.
#[derive(Debug, Serialize, TS)]
pub struct AddedUser {
    /// Their id.
    id: UserId,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No name.
    NameMissing,
    /// The password is too short.
    PasswordTooShort {
        /// The least number of characters.
        minimum: u8,
    },
    /// No such practitioner.
    NotFound,
}

impl Command for AddUser {
    const NAME: &'static str = "organization.add_user";
    const NEEDS: Permission = Permission::OrganizationUsers;
    const TOPICS: &'static [Topic] = &[Topic::Organization, Topic::System];
    type Output = AddedUser;
    type Refusal = Refusal;
}

impl DeskCommand for AddUser {
    const SESSION: bool = true;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<AddedUser, Stop<Refusal>> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Stop::Refused(Refusal::NameMissing));
        }
        if !password_holds(&self.password) {
            return Err(Stop::Refused(Refusal::PasswordTooShort { minimum: MINIMUM_PASSWORD }));
        }
        let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
        if let Some(practitioner) = self.practitioner_id {
            let known =
                |view: &View<'_>| Ok::<_, store::StoreError>(staff::practitioner(view, practitioner)?.is_some());
            if !open.store.read(open.user, desk.now(), known)? {
                return Err(Stop::Refused(Refusal::NotFound));
            }
        }
        let written = open.store.write(Actor(open.user), Self::NAME, desk.now(), |tx| {
            let id = UserId(tx.new_id());
            organization::add_user(tx, id, name, self.role, self.practitioner_id)?;
            Ok::<_, store::StoreError>(id)
        });
        let id = match written {
            Ok(written) => written.value,
            Err(WriteFailed::Refused(error) | WriteFailed::Store(error)) => return Err(error.into()),
        };
        // A user without a slot cannot sign in yet and can be let in again; a slot without a user would be a hole.
        desk.let_in(&open, id, name, &self.password).map_err(broken)?;
        Ok(AddedUser { id })
    }
}
