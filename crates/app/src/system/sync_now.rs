//! Agreeing now, because a person asks.

use std::time::Duration;

use clinic::{Command, Never, Stop, Topic};
use domain::permission::Permission;
use serde::Deserialize;
use ts_rs::TS;

use super::sync_status::{SyncState, state};
use crate::{Desk, catalogue::DeskCommand};

/// How long the person waits for an answer; the engine goes on after it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends and fetches now.
#[derive(Debug, Deserialize, TS)]
pub struct SyncNow {}

impl Command for SyncNow {
    const NAME: &'static str = "system.sync_now";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Agenda];
    type Output = SyncState;
    type Refusal = Never;
}

impl DeskCommand for SyncNow {
    const SESSION: bool = true;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<SyncState, Stop<Never>> {
        desk.sync_now(PATIENCE);
        state(desk)
    }
}
