//! Adding a room.

use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::Tx;
use ts_rs::TS;

use super::{Resource, resource, resource::insert};
use crate::{Command, Failure, Outcome, Topic, Write, amendment::tidy, command::refuse, organization::here};

/// The new room.
#[derive(Debug, Deserialize, TS)]
pub struct AddRoom {
    /// Its name.
    name: String,
    /// How many visits it takes at once; one where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    capacity: Option<u8>,
}

/// Why a room is not taken as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No name.
    NameMissing,
    /// A room takes one visit at least.
    CapacityInvalid,
}

impl Command for AddRoom {
    const NAME: &'static str = "resources.add_room";
    const NEEDS: Permission = Permission::ResourcesEdit;
    const TOPICS: &'static [Topic] = &[Topic::Resources];
    type Output = Resource;
    type Refusal = Refusal;
}

impl Write for AddRoom {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(name) = tidy(Some(self.name)) else { return refuse(Refusal::NameMissing) };
        let capacity = i64::from(self.capacity.unwrap_or(1));
        if capacity == 0 {
            return refuse(Refusal::CapacityInvalid);
        }
        let id = insert(tx, &here, "room", &name, None, capacity, None)?;
        Ok(resource(tx, id, here.today)?.ok_or(Failure::Damaged("the room just added"))?)
    }
}
