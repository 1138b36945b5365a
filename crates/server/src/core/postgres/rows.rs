//! Rows and the types they are.

use std::collections::BTreeMap;

use domain::{
    canonical::{Hash, Part},
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId},
};
use sync::{
    merge::{FieldState, RecordState},
    protocol::Verdict,
};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Trouble, keys::Sealer};
use crate::core::{Device, Head, Key, Known, Member, Organization};

/// When, from whom and at which position a field got its value.
type Clock = (u16, u64, Uuid, u64);

/// Positions and numbers as PostgreSQL keeps them; none is ever that high.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

fn count(row: &Row, column: &str) -> Result<u64, Trouble> {
    Ok(number(row.try_get(column)?))
}

pub(super) fn bytes<const N: usize>(row: &Row, column: &str) -> Result<[u8; N], Trouble> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| Trouble::Says("a column has another length than it must have"))
}

pub(super) fn key(row: &Row) -> Result<Key, Trouble> {
    Ok((kind(row.try_get("kind")?)?, RecordId(row.try_get("record_id")?)))
}

pub(super) fn kind(kind: i32) -> Result<u16, Trouble> {
    u16::try_from(kind).map_err(|_| Trouble::Says("a kind is no kind"))
}

pub(super) fn head(row: &Row) -> Result<Head, Trouble> {
    Ok(Head {
        seq: count(row, "seq")?,
        high: Hlc(count(row, "high")?),
        epoch: row.try_get("epoch")?,
        floor: count(row, "floor")?,
        log: bytes(row, "log")?,
    })
}

pub(super) fn organization(org: OrgId, row: &Row) -> Result<Organization, Trouble> {
    Ok(Organization {
        org,
        root_key: bytes(row, "root_key")?,
        server_certificate: row.try_get("server_certificate")?,
        epoch: row.try_get("epoch")?,
    })
}

pub(super) fn device(org: OrgId, row: &Row) -> Result<Device, Trouble> {
    Ok(Device {
        org,
        device: DeviceId(row.try_get("device_id")?),
        generation: GenerationId(row.try_get("generation_id")?),
        key: bytes(row, "key")?,
        certificate: row.try_get("certificate")?,
        prefix: row.try_get("prefix")?,
        revoked: row.try_get("revoked")?,
        last_seq: count(row, "last_seq")?,
        last_chain: bytes(row, "last_chain")?,
        last_eff: Hlc(count(row, "last_eff")?),
    })
}

pub(super) fn member(row: &Row) -> Result<Member, Trouble> {
    let role: Vec<u8> = row.try_get("role")?;
    Ok(Member {
        user: UserId(row.try_get("user_id")?),
        position: count(row, "position")?,
        device: DeviceId(row.try_get("device_id")?),
        role: String::from_utf8(role).map_err(|_| Trouble::Says("a role is no text"))?,
        active: row.try_get("active")?,
    })
}

pub(super) fn verdict(row: &Row) -> Result<Verdict, Trouble> {
    let reason: Option<String> = row.try_get("reason")?;
    Ok(match reason {
        Some(reason) => Verdict::Quarantined { reason },
        None => Verdict::Accepted { position: count(row, "position")?, eff: Hlc(count(row, "eff")?) },
    })
}

pub(super) fn known(row: &Row) -> Result<(u64, Known), Trouble> {
    Ok((count(row, "seq")?, Known { chain: bytes(row, "chain")?, verdict: verdict(row)? }))
}

/// What is kept of a record: clocks and state together, and the digest; both sealed.
pub(super) fn sealed(record: &RecordState, sealer: &Sealer) -> Result<(Vec<u8>, Vec<u8>), Trouble> {
    let unwritten = || Trouble::Says("a state could not be written");
    let clocks: Vec<Clock> =
        record.fields.iter().map(|(field, state)| (*field, state.eff.0, state.device.0, state.position)).collect();
    let clocks = rmp_serde::to_vec(&clocks).map_err(|_| unwritten())?;
    let length = u32::try_from(clocks.len()).map_err(|_| unwritten())?;
    let kept = [&length.to_be_bytes()[..], &clocks, &record.part().encode()].concat();
    let key = (record.kind, record.id);
    Ok((sealer.seal_record(key, &kept)?, sealer.seal_digest(key, &record.digest())?))
}

/// One row of `record`.
pub(super) fn state(row: &Row, sealer: &Sealer) -> Result<RecordState, Trouble> {
    let unreadable = || Trouble::Says("a state cannot be read");
    let (kind, id) = key(row)?;
    let kept = sealer.open_record((kind, id), row.try_get("sealed")?)?;
    let (length, kept) = kept.split_first_chunk::<4>().ok_or_else(unreadable)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| unreadable())?;
    let (clocks, state) = kept.split_at_checked(length).ok_or_else(unreadable)?;
    let clocks: Vec<Clock> = rmp_serde::from_slice(clocks).map_err(|_| unreadable())?;
    let part = Part::decode(state).map_err(|_| unreadable())?;
    if (part.kind, part.record) != (kind, id) || part.fields.len() != clocks.len() {
        return Err(unreadable());
    }
    let fields = part
        .fields
        .into_iter()
        .zip(clocks)
        .map(|((field, value), (clocked, eff, device, position))| {
            let state = FieldState { value, eff: Hlc(eff), device: DeviceId(device), position };
            if field == clocked { Ok((field, state)) } else { Err(unreadable()) }
        })
        .collect::<Result<BTreeMap<_, _>, _>>()?;
    Ok(RecordState { kind, id, position: count(row, "position")?, fields })
}

/// One row of `digests`.
pub(super) fn digest(row: &Row, sealer: &Sealer) -> Result<Hash, Trouble> {
    sealer.open_digest(key(row)?, row.try_get("digest")?)
}
