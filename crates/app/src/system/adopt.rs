//! Handing this clinic's organization and journal to a server.

use clinic::{Command, Failure, Stop, Topic};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Desk, catalogue::DeskCommand, desk::blocking, sync::LineError};

/// Which server.
#[derive(Debug, Deserialize, TS)]
pub struct Adopt {
    /// Its address.
    server: String,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// It does not answer.
    ServerUnreachable,
    /// It serves another organization, or this desk is not the one that founded.
    AlreadyAdopted,
}

impl Command for Adopt {
    const NAME: &'static str = "system.adopt";
    const NEEDS: Permission = Permission::OrganizationDesks;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = ();
    type Refusal = Refusal;
}

impl DeskCommand for Adopt {
    const SESSION: bool = true;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<(), Stop<Refusal>> {
        let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
        let line = desk.line(&self.server).map_err(|_| Stop::Refused(Refusal::ServerUnreachable))?;
        let certificate = blocking(crate::sync::adopt(&line, &open.store)).map_err(|error| match error {
            LineError::Refused { .. } => Stop::Refused(Refusal::AlreadyAdopted),
            _ => Stop::Refused(Refusal::ServerUnreachable),
        })?;
        open.store.set_server(line.server(), &certificate)?;
        drop(open);
        desk.start_sync();
        Ok(())
    }
}
