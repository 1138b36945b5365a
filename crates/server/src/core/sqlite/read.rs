//! Rows into what a decision knows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical::Part,
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId},
};
use rusqlite::{Connection, OptionalExtension, Row, Rows, named_params};
use sync::{
    merge::{FieldState, RecordState},
    protocol::{FeedToken, Verdict},
};
use uuid::Uuid;

use super::super::{BackendError, Device, Facts, Head, Key, Known, Member, Organization, Page, Wanted};

/// When, from whom and at which position a field got its value, as kept beside a state.
pub(super) type Clock = (u16, u64, Uuid, u64);

fn bad(what: &str) -> BackendError {
    BackendError(format!("the database holds a {what} that cannot be read"))
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get(column).map(number)
}

/// Positions and numbers as SQLite keeps them; none is ever that high.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn head(db: &Connection, org: OrgId) -> Result<Head, BackendError> {
    db.prepare_cached(include_str!("sql/head.sql"))?
        .query_row(named_params! { ":org": org.0 }, |row| {
            Ok(Head {
                seq: count(row, "seq")?,
                high: Hlc(count(row, "high")?),
                epoch: row.get("epoch")?,
                floor: count(row, "floor")?,
                log: row.get("log")?,
            })
        })
        .optional()?
        .ok_or_else(|| BackendError("unknown organization".to_owned()))
}

pub(super) fn organization(db: &Connection, org: OrgId) -> Result<Option<Organization>, BackendError> {
    let found = db
        .prepare_cached(include_str!("sql/organization.sql"))?
        .query_row(named_params! { ":org": org.0 }, |row| {
            Ok(Organization {
                org,
                root_key: row.get("root_key")?,
                server_certificate: row.get("server_certificate")?,
                epoch: row.get("epoch")?,
            })
        })
        .optional()?;
    Ok(found)
}

fn device_of(org: OrgId, row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        org,
        device: DeviceId(row.get("device_id")?),
        generation: GenerationId(row.get("generation_id")?),
        key: row.get("key")?,
        certificate: row.get("certificate")?,
        prefix: row.get("prefix")?,
        revoked: row.get("revoked")?,
        last_seq: count(row, "last_seq")?,
        last_chain: row.get("last_chain")?,
        last_eff: Hlc(count(row, "last_eff")?),
    })
}

pub(super) fn device(
    db: &Connection,
    org: OrgId,
    device: DeviceId,
    generation: GenerationId,
) -> Result<Option<Device>, BackendError> {
    let found = db
        .prepare_cached(include_str!("sql/device.sql"))?
        .query_row(named_params! { ":org": org.0, ":device": device.0, ":generation": generation.0 }, |row| {
            device_of(org, row)
        })
        .optional()?;
    Ok(found)
}

pub(super) fn devices(db: &Connection, org: OrgId) -> Result<Vec<Device>, BackendError> {
    let mut statement = db.prepare_cached(include_str!("sql/devices.sql"))?;
    let found = statement.query_map(named_params! { ":org": org.0 }, |row| device_of(org, row))?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn members(db: &Connection, org: OrgId, user: UserId) -> Result<Vec<Member>, BackendError> {
    let mut statement = db.prepare_cached(include_str!("sql/members.sql"))?;
    let found = statement.query_map(named_params! { ":org": org.0, ":user": user.0 }, |row| {
        Ok(Member {
            user: UserId(row.get("user_id")?),
            position: count(row, "position")?,
            device: DeviceId(row.get("device_id")?),
            role: row.get("role")?,
            active: row.get("active")?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// One row of `record`.
fn state(row: &Row<'_>) -> Result<RecordState, BackendError> {
    let part = Part::decode(&row.get::<_, Vec<u8>>("state")?).map_err(|_| bad("state"))?;
    let clocks: Vec<Clock> =
        rmp_serde::from_slice(&row.get::<_, Vec<u8>>("clocks")?).map_err(|_| bad("set of clocks"))?;
    let fields = part
        .fields
        .into_iter()
        .zip(clocks)
        .map(|((field, value), (clocked, eff, device, position))| {
            let state = FieldState { value, eff: Hlc(eff), device: DeviceId(device), position };
            if field == clocked { Ok((field, state)) } else { Err(bad("clock without its field")) }
        })
        .collect::<Result<BTreeMap<_, _>, _>>()?;
    Ok(RecordState {
        kind: row.get("kind")?,
        id: RecordId(row.get("record_id")?),
        position: count(row, "position")?,
        fields,
    })
}

pub(super) fn states(rows: &mut Rows<'_>) -> Result<Vec<RecordState>, BackendError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(state(row)?);
    }
    Ok(found)
}

pub(super) fn records(db: &Connection, org: OrgId, keys: &[Key]) -> Result<Vec<RecordState>, BackendError> {
    let mut statement = db.prepare_cached(include_str!("sql/record.sql"))?;
    let mut found = Vec::with_capacity(keys.len());
    for (kind, record) in keys {
        let mut rows = statement.query(named_params! { ":org": org.0, ":kind": kind, ":record": record.0 })?;
        found.extend(states(&mut rows)?);
    }
    Ok(found)
}

fn known(db: &Connection, wanted: &Wanted) -> Result<BTreeMap<u64, Known>, BackendError> {
    let mut statement = db.prepare_cached(include_str!("sql/known.sql"))?;
    let found = statement.query_map(
        named_params! {
            ":org": wanted.org.0, ":device": wanted.device.0, ":generation": wanted.generation.0,
            ":first": signed(wanted.seqs.0), ":last": signed(wanted.seqs.1),
        },
        |row| {
            let reason: Option<String> = row.get("reason")?;
            let verdict = match reason {
                Some(reason) => Verdict::Quarantined { reason },
                None => Verdict::Accepted { position: count(row, "position")?, eff: Hlc(count(row, "eff")?) },
            };
            Ok((count(row, "seq")?, Known { chain: row.get("chain")?, verdict }))
        },
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn facts(db: &Connection, wanted: &Wanted) -> Result<Option<Facts>, BackendError> {
    let Some(device) = device(db, wanted.org, wanted.device, wanted.generation)? else { return Ok(None) };
    let head = head(db, wanted.org)?;
    let mut highs = BTreeMap::new();
    for base in wanted.bases.iter().copied().chain([head.floor]).collect::<BTreeSet<u64>>() {
        let high: Option<i64> = db
            .prepare_cached(include_str!("sql/high_at.sql"))?
            .query_row(named_params! { ":org": wanted.org.0, ":position": signed(base) }, |row| row.get(0))
            .optional()?;
        highs.extend(high.map(|high| (base, Hlc(number(high)))));
    }
    let mut all_members = Vec::new();
    for actor in &wanted.actors {
        all_members.extend(members(db, wanted.org, *actor)?);
    }
    let any_member: bool = db
        .prepare_cached(include_str!("sql/any_member.sql"))?
        .query_row(named_params! { ":org": wanted.org.0 }, |row| row.get(0))?;
    Ok(Some(Facts {
        head,
        device,
        known: known(db, wanted)?,
        records: records(db, wanted.org, &wanted.keys)?
            .into_iter()
            .map(|record| ((record.kind, record.id), record))
            .collect(),
        highs,
        members: all_members,
        founding: !any_member,
    }))
}

pub(super) fn page(
    db: &Connection,
    org: OrgId,
    scope: &str,
    after: FeedToken,
    limit: u32,
) -> Result<Page, BackendError> {
    let head = head(db, org)?;
    let mut statement = db.prepare_cached(include_str!("sql/page.sql"))?;
    let mut rows = statement.query(named_params! {
        ":org": org.0, ":scope": scope, ":position": signed(after.position), ":kind": after.kind,
        ":record": after.record, ":limit": limit,
    })?;
    let records = states(&mut rows)?.iter().map(RecordState::to_wire).collect();
    Ok(Page { records, head })
}
