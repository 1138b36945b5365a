//! A decision into rows.

use domain::{id::OrgId, time::Timestamp};
use rusqlite::{Connection, named_params};
use sync::{
    merge::{RecordState, claims},
    protocol::Verdict,
};

use super::{
    super::{BackendError, Changes, Device, KeptEntry},
    read::{Clock, signed},
};

pub(super) fn enrol(db: &Connection, device: &Device) -> Result<bool, BackendError> {
    let added = db.execute(
        include_str!("sql/enrol.sql"),
        named_params! {
            ":org": device.org.0, ":device": device.device.0, ":generation": device.generation.0,
            ":key": device.key, ":certificate": device.certificate, ":prefix": device.prefix,
            ":revoked": device.revoked, ":last_seq": signed(device.last_seq), ":last_chain": device.last_chain,
            ":last_eff": signed(device.last_eff.0),
        },
    )?;
    Ok(added == 1)
}

pub(super) fn changes(db: &Connection, org: OrgId, changes: &Changes) -> Result<(), BackendError> {
    db.prepare_cached(include_str!("sql/set_head.sql"))?.execute(named_params! {
        ":org": org.0, ":seq": signed(changes.head.seq), ":high": signed(changes.head.high.0),
        ":log": changes.head.log,
    })?;
    let device = &changes.device;
    db.prepare_cached(include_str!("sql/advance_device.sql"))?.execute(named_params! {
        ":org": org.0, ":device": device.device.0, ":generation": device.generation.0,
        ":last_seq": signed(device.last_seq), ":last_chain": device.last_chain,
        ":last_eff": signed(device.last_eff.0),
    })?;
    for entry in &changes.entries {
        add_entry(db, org, device, entry)?;
    }
    for record in &changes.records {
        put_record(db, org, record)?;
    }
    for member in &changes.members {
        db.prepare_cached(include_str!("sql/add_member.sql"))?.execute(named_params! {
            ":org": org.0, ":user": member.user.0, ":position": signed(member.position),
            ":device": member.device.0, ":role": member.role, ":active": member.active,
        })?;
    }
    Ok(())
}

fn add_entry(db: &Connection, org: OrgId, device: &Device, entry: &KeptEntry) -> Result<(), BackendError> {
    let (position, eff, reason) = match &entry.verdict {
        Verdict::Accepted { position, eff } => (Some(signed(*position)), signed(eff.0), None),
        Verdict::Quarantined { reason } => (None, 0, Some(reason.as_str())),
    };
    let received: Timestamp = entry.received;
    db.prepare_cached(include_str!("sql/add_entry.sql"))?.execute(named_params! {
        ":org": org.0, ":device": device.device.0, ":generation": device.generation.0, ":seq": signed(entry.seq),
        ":position": position, ":eff": eff, ":high": signed(entry.high.0), ":log": entry.log, ":reason": reason,
        ":header": entry.header, ":chain": entry.chain, ":signature": entry.signature,
        ":received": received.millis(),
    })?;
    let mut add_part = db.prepare_cached(include_str!("sql/add_part.sql"))?;
    for (ord, part) in (0i64..).zip(&entry.parts) {
        add_part.execute(named_params! {
            ":org": org.0, ":device": device.device.0, ":generation": device.generation.0,
            ":seq": signed(entry.seq), ":ord": ord, ":kind": part.key.map(|key| key.0),
            ":record": part.key.map(|key| key.1.0), ":hash": part.hash, ":salt": part.salt, ":body": part.body,
        })?;
    }
    Ok(())
}

fn put_record(db: &Connection, org: OrgId, record: &RecordState) -> Result<(), BackendError> {
    let clocks: Vec<Clock> =
        record.fields.iter().map(|(field, state)| (*field, state.eff.0, state.device.0, state.position)).collect();
    let clocks = rmp_serde::to_vec(&clocks).map_err(|error| BackendError(error.to_string()))?;
    db.prepare_cached(include_str!("sql/put_record.sql"))?.execute(named_params! {
        ":org": org.0, ":kind": record.kind, ":record": record.id.0, ":position": signed(record.position),
        ":state": record.part().encode(), ":clocks": clocks, ":digest": record.digest(),
    })?;
    if !claims::is_claim(record.kind) {
        return Ok(());
    }
    if let Ok(Some(claim)) = claims::read(record) {
        db.prepare_cached(include_str!("sql/put_claim.sql"))?.execute(named_params! {
            ":org": org.0, ":kind": record.kind, ":record": record.id.0, ":resource": claim.resource.0,
            ":since": claim.interval.from.millis(), ":until": claim.interval.to.millis(),
        })?;
    } else {
        db.prepare_cached(include_str!("sql/drop_claim.sql"))?
            .execute(named_params! { ":org": org.0, ":kind": record.kind, ":record": record.id.0 })?;
    }
    Ok(())
}
