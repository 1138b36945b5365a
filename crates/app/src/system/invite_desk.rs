//! A one-use code for a new desk.

use std::time::Duration;

use clinic::{Command, Failure, Stop, Topic};
use domain::{id::UserId, permission::Permission, time::Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::spoken;

use crate::{Desk, catalogue::DeskCommand, desk::blocking, sync::LineError};

/// How long the person waits for what goes up first.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two questions.
const STEP: Duration = Duration::from_millis(200);

/// What a server says that has not been told of a user yet.
const NOT_HEARD_OF: [&str; 2] = ["not_permitted", "unknown_user"];

/// For whom.
#[derive(Debug, Deserialize, TS)]
pub struct InviteDesk {
    /// Who will sign in at the new desk first.
    user_id: UserId,
}

/// The code, shown once.
#[derive(Debug, Serialize, TS)]
pub struct Invited {
    /// The code: eight words.
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
    /// The server has not heard yet of who invites or of who is invited: what tells of them is on its way there.
    NotSentYet {
        /// Changes that are still to be sent.
        waiting: u64,
    },
    /// The server does not let this user or this desk invite.
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
        let until = desk.host().monotonic() + PATIENCE;
        desk.sync_wake();
        loop {
            // Counted before the question: what goes up meanwhile is a reason to ask again.
            let waiting = open.store.waiting()?;
            match blocking(crate::sync::invite(&line, &open.store, open.user, self.user_id)) {
                Ok(invited) => {
                    let expires_at = Timestamp::from_millis(invited.expires_ms);
                    let code = invited.code.map(spoken::word).join(" ");
                    return Ok(Invited { code, expires_at });
                }
                Err(LineError::Refused { code, .. }) if waiting > 0 && NOT_HEARD_OF.contains(&code.as_str()) => {}
                Err(LineError::Refused { .. }) => return Err(Stop::Refused(Refusal::ServerRefused)),
                Err(_) => return Err(unreachable()),
            }
            if desk.host().monotonic() >= until {
                return Err(Stop::Refused(Refusal::NotSentYet { waiting }));
            }
            std::thread::sleep(STEP);
        }
    }
}
