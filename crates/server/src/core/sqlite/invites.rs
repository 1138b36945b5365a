//! One-use codes on the embedded file.

use domain::id::{DeviceId, OrgId, UserId};
use rusqlite::{OptionalExtension, named_params};

use super::{Sqlite, write};
use crate::core::{BackendError, Device, Invite};

impl Sqlite {
    /// Every organization in this file.
    pub fn organizations(&self) -> Result<Vec<OrgId>, BackendError> {
        self.look(|db| {
            let mut statement = db.prepare_cached("select org_id from organization order by org_id")?;
            let found = statement.query_map([], |row| Ok(OrgId(row.get(0)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a code. An earlier one of the same name that nobody may use any more is replaced.
    pub fn invite(&self, invite: &Invite) -> Result<(), BackendError> {
        self.write_once(|db| {
            db.execute(
                include_str!("sql/add_invite.sql"),
                named_params! {
                    ":org": invite.org.0, ":name": invite.name, ":code_key": invite.key, ":user": invite.user.0,
                    ":expires": invite.expires_ms, ":tries_left": invite.tries_left,
                },
            )?;
            db.execute(
                include_str!("sql/add_to_directory.sql"),
                named_params! { ":what": "code", ":id": invite.name.as_bytes(), ":org": invite.org.0 },
            )?;
            Ok(())
        })
    }

    /// The code of that public name, in whichever organization.
    pub fn find_invite(&self, name: &str) -> Result<Option<Invite>, BackendError> {
        self.look(|db| {
            let org: Option<uuid::Uuid> = db
                .prepare_cached("select org_id from directory where what = 'code' and id = :id")?
                .query_row(named_params! { ":id": name.as_bytes() }, |row| row.get(0))
                .optional()?;
            let Some(org) = org else { return Ok(None) };
            let found = db
                .prepare_cached(include_str!("sql/invite.sql"))?
                .query_row(named_params! { ":org": org, ":name": name }, |row| {
                    Ok(Invite {
                        org: OrgId(org),
                        name: name.to_owned(),
                        key: row.get("code_key")?,
                        user: UserId(row.get("user_id")?),
                        expires_ms: row.get("expires")?,
                        tries_left: row.get("tries_left")?,
                        used_by: row.get::<_, Option<uuid::Uuid>>("used_by")?.map(DeviceId),
                    })
                })
                .optional()?;
            Ok(found)
        })
    }

    /// Counts a wrong proof; returns how many tries are left.
    pub fn fail_invite(&self, invite: &Invite) -> Result<u8, BackendError> {
        self.write_once(|db| {
            let left = db
                .prepare_cached(include_str!("sql/fail_invite.sql"))?
                .query_row(named_params! { ":org": invite.org.0, ":name": invite.name }, |row| row.get(0))
                .optional()?;
            Ok(left.unwrap_or(0))
        })
    }

    /// Uses a code up and enrols the desk, in one transaction. Fails when another desk was faster.
    pub fn redeem(&self, invite: &Invite, device: &Device) -> Result<(), BackendError> {
        self.write_once(|db| {
            let used = db.execute(
                include_str!("sql/use_invite.sql"),
                named_params! { ":org": invite.org.0, ":name": invite.name, ":device": device.device.0 },
            )?;
            if used != 1 {
                return Err(BackendError("the code was used meanwhile".to_owned()));
            }
            write::enrol(db, device)?;
            Ok(())
        })
    }
}
