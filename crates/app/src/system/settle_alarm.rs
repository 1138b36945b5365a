//! Somebody has seen to what the head of the journal noticed; the record of it stays in the journal.

use clinic::{Command, Failure, Never, Stop, Topic};
use domain::permission::Permission;
use serde::Deserialize;
use ts_rs::TS;

use crate::{Desk, catalogue::DeskCommand};

/// Says that the alarm was seen to.
#[derive(Debug, Deserialize, TS)]
pub struct SettleAlarm {}

impl Command for SettleAlarm {
    const NAME: &'static str = "system.settle_alarm";
    const NEEDS: Permission = Permission::OrganizationDesks;
    const TOPICS: &'static [Topic] = &[Topic::System];
    type Output = ();
    type Refusal = Never;
}

impl DeskCommand for SettleAlarm {
    const SESSION: bool = true;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<(), Stop<Never>> {
        let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
        if open.store.alarm().is_some() {
            open.note_read(Self::NAME, desk.now(), "device", open.store.identity().device.0)?;
            open.store.settle_alarm()?;
            desk.entry_written();
        }
        Ok(())
    }
}
