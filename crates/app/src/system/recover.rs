//! The way back in with the printed recovery code: it gives a user a new password.

use clinic::{Command, Stop, Topic};
use domain::{id::UserId, permission::Permission};
use serde::Deserialize;
use ts_rs::TS;
use vault::RecoveryCode;

use super::{
    OpenProblem, Session,
    problem::{MINIMUM_PASSWORD, password_holds},
};
use crate::{Desk, catalogue::DeskCommand, router::broken};

/// The code and whose password is lost.
#[derive(Debug, Deserialize, TS)]
pub struct Recover {
    /// The printed words.
    words: Vec<String>,
    /// Who signs in.
    user_id: UserId,
    /// Their new password.
    new_password: String,
}

impl Command for Recover {
    const NAME: &'static str = "system.recover";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = Session;
    type Refusal = OpenProblem;
}

impl DeskCommand for Recover {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<Session, Stop<OpenProblem>> {
        if !password_holds(&self.new_password) {
            return Err(Stop::Refused(OpenProblem::PasswordTooShort { minimum: MINIMUM_PASSWORD }));
        }
        let Ok(code) = RecoveryCode::parse(&self.words.join(" ")) else {
            return Err(Stop::Refused(OpenProblem::WrongPassword));
        };
        desk.step_aside();
        let Some((dir, demo)) = desk.folder_to_open() else { return Err(Stop::Refused(OpenProblem::NoFolder)) };
        match desk.recover(&dir, demo, &code, self.user_id, &self.new_password) {
            Ok(()) => super::sign_in::session(desk),
            Err(error) => Err(OpenProblem::of(error).map_or_else(broken, Stop::Refused)),
        }
    }
}
