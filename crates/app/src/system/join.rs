//! Joining an organization from a new desk.

use clinic::{Command, Stop, Topic};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use sync::protocol::JoinCode;
use ts_rs::TS;
use vault::spoken;

use super::{
    Session,
    problem::{MINIMUM_PASSWORD, password_holds},
};
use crate::{Desk, DeskError, catalogue::DeskCommand, desk::JoinError, router::broken, sync::LineError};

/// Where, with what, and the password the user will have on this desk.
#[derive(Debug, Deserialize, TS)]
pub struct Join {
    /// The server's address.
    server: String,
    /// The eight words of the one-use code, as they were typed.
    code: String,
    /// The password on this desk.
    password: String,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Not eight words that belong together: a slip, which costs no try.
    CodeMisread,
    /// This word, counted from 1, is none of those a code is made of.
    CodeWordUnknown {
        /// Its place.
        place: u8,
    },
    /// Not the code.
    CodeWrong {
        /// Tries left.
        tries_left: u8,
    },
    /// It is too late for this code, it was used, or it never was one.
    CodeExpired,
    /// The server does not answer.
    ServerUnreachable,
    /// The password is too short.
    PasswordTooShort {
        /// The least number of characters.
        minimum: u8,
    },
    /// There is a clinic on this desk already.
    FolderNotEmpty,
}

impl Command for Join {
    const NAME: &'static str = "system.join";
    const NEEDS: Permission = Permission::OrganizationView;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Organization];
    type Output = Session;
    type Refusal = Refusal;
}

impl DeskCommand for Join {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<Session, Stop<Refusal>> {
        if !password_holds(&self.password) {
            return Err(Stop::Refused(Refusal::PasswordTooShort { minimum: MINIMUM_PASSWORD }));
        }
        let code = read(&self.code).map_err(Stop::Refused)?;
        match desk.join(&self.server, &code, &self.password) {
            Ok(()) => super::sign_in::session(desk),
            Err(JoinError::Line(LineError::Refused { code, tries_left })) => Err(Stop::Refused(match tries_left {
                Some(tries_left) if code == "code_wrong" => Refusal::CodeWrong { tries_left },
                _ => Refusal::CodeExpired,
            })),
            Err(JoinError::Line(_)) => Err(Stop::Refused(Refusal::ServerUnreachable)),
            Err(JoinError::Desk(DeskError::FolderNotEmpty)) => Err(Stop::Refused(Refusal::FolderNotEmpty)),
            Err(JoinError::Desk(error)) => Err(broken(error)),
        }
    }
}

/// The code that was typed.
fn read(typed: &str) -> Result<JoinCode, Refusal> {
    let words = spoken::heard(typed);
    if let Some(place) = words.iter().position(Option::is_none) {
        return Err(Refusal::CodeWordUnknown { place: u8::try_from(place + 1).unwrap_or(u8::MAX) });
    }
    let groups: Vec<u16> = words.into_iter().flatten().collect();
    groups.try_into().ok().and_then(JoinCode::of_groups).ok_or(Refusal::CodeMisread)
}
