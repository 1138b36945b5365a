//! Giving a desk the name people call it by: Recepção, Sala 2.

use domain::{id::DeviceId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use crate::{Command, Outcome, Topic, Write, amendment::tidy, command::refuse};

/// Which desk, and its name.
#[derive(Debug, Deserialize, TS)]
pub struct RenameDesk {
    /// The desk.
    desk_id: DeviceId,
    /// Its name.
    name: String,
}

/// Why it keeps its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No name.
    NameMissing,
    /// Another desk is called so: nobody could tell them apart.
    NameTaken,
    /// No such desk.
    NotFound,
}

impl Command for RenameDesk {
    const NAME: &'static str = "organization.rename_desk";
    const NEEDS: Permission = Permission::OrganizationDesks;
    const TOPICS: &'static [Topic] = &[Topic::Organization, Topic::System];
    type Output = ();
    type Refusal = Refusal;
}

impl Write for RenameDesk {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let Some(name) = tidy(Some(self.name)) else { return refuse(Refusal::NameMissing) };
        let taken: bool = tx.db().query_row(
            "select exists (select 1 from device where name = ?2 and id <> ?1 and deleted_at is null)",
            (self.desk_id.0, &name),
            |row| row.get(0),
        )?;
        if taken {
            return refuse(Refusal::NameTaken);
        }
        let renamed = tx
            .db()
            .execute("update device set name = ?2 where id = ?1 and deleted_at is null", (self.desk_id.0, &name))?;
        if renamed == 0 { refuse(Refusal::NotFound) } else { Ok(()) }
    }
}
