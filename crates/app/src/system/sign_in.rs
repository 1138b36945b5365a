//! Signing in and out. Signing out closes the folder: keys and connections are gone.

use clinic::{Command, Failure, Never, Stop, Topic};
use domain::{id::UserId, permission::Permission};
use serde::Deserialize;
use ts_rs::TS;

use super::{OpenProblem, Session};
use crate::{Desk, catalogue::DeskCommand, router::broken};

/// Who, and their password.
#[derive(Debug, Deserialize, TS)]
pub struct SignIn {
    /// Who.
    user_id: UserId,
    /// Their password.
    password: String,
}

impl Command for SignIn {
    const NAME: &'static str = "system.sign_in";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = Session;
    type Refusal = OpenProblem;
}

impl DeskCommand for SignIn {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<Session, Stop<OpenProblem>> {
        // Someone else may step in while the folder is open: it is closed first, so that nothing of theirs stays.
        desk.step_aside();
        let Some((dir, demo)) = desk.folder_to_open() else { return Err(Stop::Refused(OpenProblem::NoFolder)) };
        match desk.sign_in(&dir, demo, self.user_id, &self.password) {
            Ok(()) => session(desk),
            Err(error) => Err(OpenProblem::of(error).map_or_else(broken, Stop::Refused)),
        }
    }
}

/// The session that has just begun.
pub(super) fn session<R>(desk: &Desk) -> Result<Session, Stop<R>> {
    let open = desk.open().ok_or(Failure::Damaged("the folder just opened"))?;
    Ok(Session::of(desk, &open)?.ok_or(Failure::Damaged("the user just signed in"))?)
}

/// Signs out.
#[derive(Debug, Deserialize, TS)]
pub struct SignOut {}

impl Command for SignOut {
    const NAME: &'static str = "system.sign_out";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = ();
    type Refusal = Never;
}

impl DeskCommand for SignOut {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<(), Stop<Never>> {
        desk.close();
        Ok(())
    }
}
