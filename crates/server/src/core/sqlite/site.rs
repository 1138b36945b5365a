//! A whole server on the embedded file.

use domain::id::{DeviceId, OrgId, UserId};
use rusqlite::{OptionalExtension, named_params};

use super::{Sqlite, read, write};
use crate::core::{
    BackendError, Device, Invite, Key, identifier,
    site::{self, Contact, Site},
};

impl Site for Sqlite {
    fn derive(&self, purpose: &'static str) -> [u8; 32] {
        *self.key.derive(purpose)
    }

    fn organizations(&self) -> Result<Vec<OrgId>, BackendError> {
        self.look(|db| {
            let mut statement = db.prepare_cached("select org_id from organization order by org_id")?;
            let found = statement.query_map([], |row| Ok(OrgId(row.get(0)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    fn invite(&self, invite: &Invite) -> Result<(), BackendError> {
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

    fn find_invite(&self, name: &str) -> Result<Option<Invite>, BackendError> {
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

    fn fail_invite(&self, invite: &Invite) -> Result<u8, BackendError> {
        self.write_once(|db| {
            let left = db
                .prepare_cached(include_str!("sql/fail_invite.sql"))?
                .query_row(named_params! { ":org": invite.org.0, ":name": invite.name }, |row| row.get(0))
                .optional()?;
            Ok(left.unwrap_or(0))
        })
    }

    fn redeem(&self, invite: &Invite, device: &Device) -> Result<(), BackendError> {
        self.write_once(|db| {
            let taken = db
                .prepare_cached(include_str!("sql/prefix_taken.sql"))?
                .query_row(named_params! { ":org": invite.org.0, ":prefix": device.prefix }, |row| row.get(0))?;
            if taken {
                return Err(site::prefix_meanwhile(&device.prefix));
            }
            let used = db.execute(
                include_str!("sql/use_invite.sql"),
                named_params! { ":org": invite.org.0, ":name": invite.name, ":device": device.device.0 },
            )?;
            if used != 1 {
                return Err(site::used_meanwhile());
            }
            write::enrol(db, device)?;
            Ok(())
        })
    }

    fn first_contact(&self, _contact: &Contact) -> Result<bool, BackendError> {
        // One process has the folder, and remembers for itself.
        Ok(true)
    }

    fn bearers(&self, org: OrgId, identifier: &str) -> Result<Vec<Key>, BackendError> {
        let wanted = identifier::plain(identifier);
        // One clinic's few thousand, in a file that is encrypted whole: no index is kept for it.
        self.look(|db| {
            let mut found = Vec::new();
            for kind in identifier::kinds() {
                let mut statement = db.prepare_cached(include_str!("sql/bearing.sql"))?;
                let mut rows = statement.query(named_params! { ":org": org.0, ":kind": kind })?;
                let bearing = read::states(&mut rows)?;
                let theirs = bearing.iter().filter(|record| identifier::borne(record).as_ref() == Some(&wanted));
                found.extend(theirs.map(|record| (record.kind, record.id)));
            }
            Ok(found)
        })
    }
}
