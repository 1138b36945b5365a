//! A one-use code for a new desk.

use clinic::{Command, Failure, Stop, Topic};
use domain::{id::UserId, permission::Permission, time::Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Desk, catalogue::DeskCommand, desk::blocking, sync::LineError};

/// For whom.
#[derive(Debug, Deserialize, TS)]
pub struct InviteDesk {
    /// Who will sign in at the new desk first.
    user_id: UserId,
}

/// The code, shown once.
#[derive(Debug, Serialize, TS)]
pub struct Invited {
    /// The code.
    code: String,
    /// Until when.
    expires_at: Timestamp,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// It does not answer, or this clinic has no server.
    ServerUnreachable,
    /// The server does not know that this user may invite.
    ServerRefused,
}

impl Command for InviteDesk {
    const NAME: &'static str = "system.invite_desk";
    const NEEDS: Permission = Permission::OrganizationDesks;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = Invited;
    type Refusal = Refusal;
}

impl DeskCommand for InviteDesk {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<Invited, Stop<Refusal>> {
        let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
        let unreachable = || Stop::Refused(Refusal::ServerUnreachable);
        let server = open.store.server()?.ok_or_else(unreachable)?;
        let line = desk.line(&server).map_err(|_| unreachable())?;
        let invited = blocking(crate::sync::invite(&line, &open.store, open.user, self.user_id));
        let invited = invited.map_err(|error| match error {
            LineError::Refused { .. } => Stop::Refused(Refusal::ServerRefused),
            _ => unreachable(),
        })?;
        Ok(Invited { code: invited.code, expires_at: Timestamp::from_millis(invited.expires_ms) })
    }
}
