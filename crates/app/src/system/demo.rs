//! The demo clinic: a folder of its own beside the real one, removed with one click.

use clinic::{Command, Never, Stop, Topic};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Session;
use crate::{Desk, DeskError, catalogue::DeskCommand, router::broken};

/// Which demo.
#[derive(Debug, Deserialize, TS)]
pub struct Demo {
    /// The profile's key.
    profile: String,
    /// Chance: the same seed at the same moment makes the same clinic.
    #[serde(default)]
    #[ts(optional = nullable)]
    seed: Option<u64>,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// There is no demo of that profile.
    ProfileUnknown,
    /// There is a demo already.
    FolderNotEmpty,
}

impl Command for Demo {
    const NAME: &'static str = "system.demo";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = Session;
    type Refusal = Refusal;
}

impl DeskCommand for Demo {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<Session, Stop<Refusal>> {
        if self.profile != clinic::demo::PROFILE {
            return Err(Stop::Refused(Refusal::ProfileUnknown));
        }
        match desk.make_demo(self.seed.unwrap_or(1)) {
            Ok(()) => super::sign_in::session(desk),
            Err(DeskError::FolderNotEmpty) => Err(Stop::Refused(Refusal::FolderNotEmpty)),
            Err(error) => Err(broken(error)),
        }
    }
}

/// Leaves the demo and removes its folder.
#[derive(Debug, Deserialize, TS)]
pub struct LeaveDemo {}

impl Command for LeaveDemo {
    const NAME: &'static str = "system.leave_demo";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = ();
    type Refusal = Never;
}

impl DeskCommand for LeaveDemo {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<(), Stop<Never>> {
        desk.remove_demo().map_err(broken)
    }
}
