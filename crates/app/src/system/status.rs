//! What the first screen needs to know: is there a folder, who may open it, is it open.

use clinic::{Command, Failure, Never, Stop, Topic};
use domain::{id::UserId, permission::Permission};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::KeySlots;

use super::{OpenProblem, Session};
use crate::{Desk, catalogue::DeskCommand};

/// Asks where the desk stands.
#[derive(Debug, Deserialize, TS)]
pub struct Status {}

/// Where the desk stands.
#[derive(Debug, Serialize, TS)]
pub struct DeskStatus {
    /// `no_folder`, `locked` or `open`.
    pub state: DeskState,
    /// Who has a password on this desk.
    pub users: Vec<DeskUser>,
    /// The organization's name, while its folder is open: a closed folder tells nothing.
    pub organization: Option<String>,
    /// The open folder is the demo's, or the demo's would be opened.
    pub demo: bool,
    /// The application's version.
    pub version: String,
    /// Who is signed in.
    pub session: Option<Session>,
    /// Why the folder could not even be looked at.
    pub problem: Option<OpenProblem>,
}

/// Whether a folder is there and open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeskState {
    /// Nothing here yet.
    NoFolder,
    /// A password opens it.
    Locked,
    /// Someone is signed in.
    Open,
}

/// Someone who has a password on this desk.
#[derive(Debug, Serialize, TS)]
pub struct DeskUser {
    /// Their id.
    pub id: UserId,
    /// What the sign-in screen shows.
    pub name: String,
}

impl Command for Status {
    const NAME: &'static str = "system.status";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Organization];
    type Output = DeskStatus;
    type Refusal = Never;
}

impl DeskCommand for Status {
    const SESSION: bool = false;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<DeskStatus, Stop<Never>> {
        let mut status = DeskStatus {
            state: DeskState::NoFolder,
            users: Vec::new(),
            organization: None,
            demo: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            session: None,
            problem: None,
        };
        if let Some(open) = desk.open() {
            status.demo = open.demo;
            status.session = Session::of(desk, &open)?;
            status.organization = status.session.as_ref().map(|session| session.organization.name.clone());
            status.state = if status.session.is_some() { DeskState::Open } else { DeskState::Locked };
        }
        if let Some((dir, demo)) = desk.folder_to_open() {
            if status.state == DeskState::NoFolder {
                status.state = DeskState::Locked;
                status.demo = demo;
            }
            match KeySlots::read(&dir) {
                Ok(slots) => {
                    status.users =
                        slots.users().map(|(id, name)| DeskUser { id: UserId(id), name: name.to_owned() }).collect();
                    if slots.revoked_at_ms().is_some() {
                        status.problem = Some(OpenProblem::DeskRevoked);
                    }
                }
                Err(error) => {
                    let problem = OpenProblem::of_open(error);
                    status.problem = Some(problem.map_err(|error| Failure::Store(error.into()))?);
                }
            }
        }
        Ok(status)
    }
}
