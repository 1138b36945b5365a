//! Everything an organization has on the embedded file.

use domain::{
    canonical::Hash,
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    time::Timestamp,
};
use rusqlite::{Connection, Row, named_params};
use sync::{merge::RecordState, protocol::Verdict};

use super::{
    Sqlite,
    read::{self, signed},
};
use crate::core::{
    Backend, BackendError, Device, Head, Invite, KeptEntry, KeptPart, Key, Member, Organization,
    whole::{EntryName, Owned, Whole},
};

fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|value| u64::try_from(value).unwrap_or_default())
}

/// An entry without its parts.
fn entry(row: &Row<'_>) -> rusqlite::Result<Owned> {
    let reason: Option<String> = row.get("reason")?;
    let verdict = match reason {
        Some(reason) => Verdict::Quarantined { reason },
        None => Verdict::Accepted { position: number(row, "position")?, eff: Hlc(number(row, "eff")?) },
    };
    let seq = number(row, "seq")?;
    let name = (DeviceId(row.get("device_id")?), GenerationId(row.get("generation_id")?), seq);
    let entry = KeptEntry {
        seq,
        verdict,
        high: Hlc(number(row, "high")?),
        log: row.get("log")?,
        header: row.get("header")?,
        chain: row.get("chain")?,
        signature: row.get("signature")?,
        parts: Vec::new(),
        received: Timestamp::from_millis(row.get("received")?),
    };
    Ok((name, entry))
}

fn parts(db: &Connection, org: OrgId, name: EntryName) -> Result<Vec<KeptPart>, BackendError> {
    let mut statement = db.prepare_cached(include_str!("sql/whole_parts.sql"))?;
    let named = named_params! { ":org": org.0, ":device": name.0.0, ":generation": name.1.0, ":seq": signed(name.2) };
    let found = statement.query_map(named, |row| {
        let kind: Option<u16> = row.get("kind")?;
        let record: Option<Uuid> = row.get("record_id")?;
        Ok(KeptPart {
            key: kind.zip(record).map(|(kind, record)| (kind, RecordId(record))),
            hash: row.get::<_, Hash>("hash")?,
            salt: row.get("salt")?,
            body: row.get("body")?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

impl Whole for Sqlite {
    fn whole_organization(&self, org: OrgId) -> Result<Option<(Organization, Head)>, BackendError> {
        self.look(|db| {
            let found = read::organization(db, org)?;
            found.map(|organization| Ok((organization, read::head(db, org)?))).transpose()
        })
    }

    fn whole_devices(&self, org: OrgId) -> Result<Vec<Device>, BackendError> {
        self.devices(org)
    }

    fn whole_members(&self, org: OrgId) -> Result<Vec<Member>, BackendError> {
        self.look(|db| {
            let mut statement = db.prepare_cached(include_str!("sql/whole_members.sql"))?;
            let users = statement
                .query_map(named_params! { ":org": org.0 }, |row| Ok(UserId(row.get(0)?)))?
                .collect::<Result<Vec<_>, _>>()?;
            let mut found = Vec::new();
            for user in users {
                found.extend(read::members(db, org, user)?);
            }
            Ok(found)
        })
    }

    fn whole_invites(&self, org: OrgId) -> Result<Vec<Invite>, BackendError> {
        self.look(|db| {
            let mut statement = db.prepare_cached(include_str!("sql/whole_invites.sql"))?;
            let found = statement.query_map(named_params! { ":org": org.0 }, |row| {
                Ok(Invite {
                    org,
                    name: row.get("name")?,
                    key: row.get("code_key")?,
                    user: UserId(row.get("user_id")?),
                    expires_ms: row.get("expires")?,
                    tries_left: row.get("tries_left")?,
                    used_by: row.get::<_, Option<Uuid>>("used_by")?.map(DeviceId),
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    fn whole_entries(&self, org: OrgId, after: Option<EntryName>, most: u32) -> Result<Vec<Owned>, BackendError> {
        let after = after.unwrap_or((DeviceId(Uuid::nil()), GenerationId(Uuid::nil()), 0));
        self.look(|db| {
            let mut statement = db.prepare_cached(include_str!("sql/whole_entries.sql"))?;
            let named = named_params! {
                ":org": org.0, ":device": after.0.0, ":generation": after.1.0, ":seq": signed(after.2), ":most": most,
            };
            let mut found = statement.query_map(named, entry)?.collect::<Result<Vec<_>, _>>()?;
            for (name, entry) in &mut found {
                entry.parts = parts(db, org, *name)?;
            }
            Ok(found)
        })
    }

    fn whole_records(&self, org: OrgId, after: Option<Key>, most: u32) -> Result<Vec<RecordState>, BackendError> {
        let (kind, record) = after.map_or((0, Uuid::nil()), |(kind, record)| (kind, record.0));
        self.look(|db| {
            let mut statement = db.prepare_cached(include_str!("sql/whole_records.sql"))?;
            let named = named_params! { ":org": org.0, ":kind": kind, ":record": record, ":most": most };
            read::states(&mut statement.query(named)?)
        })
    }
}
