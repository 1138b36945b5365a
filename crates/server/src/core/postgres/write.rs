//! A decision into rows: a statement per table, all sent together.

use domain::id::{OrgId, Uuid};
use sync::{
    merge::{RecordState, claims},
    protocol::Verdict,
};

use super::{
    PostgresTx, Trouble,
    connections::{Lent, Params},
    keys::{PartName, Sealer},
    read::columns,
    rows::{self, signed},
};
use crate::core::{Changes, Device, Head, KeptEntry, Key, Member, Organization, identifier};

/// Takes an organization in; tells whether it is new.
pub(super) async fn found(
    lent: &mut Lent,
    organization: &Organization,
    head: &Head,
    wrapped: &[u8],
) -> Result<bool, Trouble> {
    let added = lent
        .execute(
            include_str!("sql/found.sql"),
            &[
                &organization.org.0,
                &&organization.root_key[..],
                &organization.server_certificate,
                &wrapped,
                &organization.epoch,
                &signed(head.seq),
                &signed(head.high.0),
                &signed(head.floor),
                &&head.log[..],
            ],
        )
        .await?;
    Ok(added == 1)
}

pub(super) async fn enrol(lent: &mut Lent, device: &Device) -> Result<bool, Trouble> {
    let added = lent
        .execute(
            include_str!("sql/enrol.sql"),
            &[
                &device.org.0,
                &device.device.0,
                &device.generation.0,
                &&device.key[..],
                &device.certificate,
                &device.prefix,
                &device.revoked,
                &signed(device.last_seq),
                &&device.last_chain[..],
                &signed(device.last_eff.0),
            ],
        )
        .await?;
    Ok(added == 1)
}

pub(super) async fn changes(tx: &mut PostgresTx, changes: &Changes) -> Result<(), Trouble> {
    let org = tx.org;
    set_head(&mut tx.lent, org, &changes.head).await?;
    advance(&mut tx.lent, &changes.device).await?;
    let whose = &changes.device;
    entries(&mut tx.lent, &tx.sealer, (whose.device.0, whose.generation.0), &changes.entries).await?;
    records(&mut tx.lent, &tx.sealer, &changes.records).await?;
    members(&mut tx.lent, org, &changes.members).await
}

async fn set_head(lent: &mut Lent, org: OrgId, head: &Head) -> Result<(), Trouble> {
    let (seq, high) = (signed(head.seq), signed(head.high.0));
    lent.execute(include_str!("sql/set_head.sql"), &[&org.0, &seq, &high, &&head.log[..]]).await?;
    Ok(())
}

async fn advance(lent: &mut Lent, device: &Device) -> Result<(), Trouble> {
    let (last_seq, last_eff) = (signed(device.last_seq), signed(device.last_eff.0));
    lent.execute(
        include_str!("sql/advance_device.sql"),
        &[&device.org.0, &device.device.0, &device.generation.0, &last_seq, &&device.last_chain[..], &last_eff],
    )
    .await?;
    Ok(())
}

/// Columns of entries, side by side.
#[derive(Default)]
struct Entries<'a> {
    seq: Vec<i64>,
    position: Vec<Option<i64>>,
    eff: Vec<i64>,
    high: Vec<i64>,
    log: Vec<Option<&'a [u8]>>,
    reason: Vec<Option<&'a str>>,
    header: Vec<&'a [u8]>,
    chain: Vec<&'a [u8]>,
    signature: Vec<&'a [u8]>,
    received: Vec<i64>,
}

/// Columns of parts, side by side.
#[derive(Default)]
struct Parts<'a> {
    seq: Vec<i64>,
    ord: Vec<i32>,
    kind: Vec<Option<i32>>,
    record: Vec<Option<Uuid>>,
    hash: Vec<&'a [u8]>,
    sealed: Vec<Vec<u8>>,
}

/// Keeps entries of one folder.
pub(super) async fn entries(
    lent: &mut Lent,
    sealer: &Sealer,
    folder: (Uuid, Uuid),
    kept: &[KeptEntry],
) -> Result<(), Trouble> {
    let (mut e, mut p) = (Entries::default(), Parts::default());
    for entry in kept {
        let (position, eff, reason) = match &entry.verdict {
            Verdict::Accepted { position, eff } => (Some(signed(*position)), signed(eff.0), None),
            Verdict::Quarantined { reason } => (None, 0, Some(reason.as_str())),
        };
        e.seq.push(signed(entry.seq));
        e.position.push(position);
        e.eff.push(eff);
        e.high.push(signed(entry.high.0));
        e.log.push(entry.log.as_ref().map(|log| &log[..]));
        e.reason.push(reason);
        e.header.push(&entry.header);
        e.chain.push(&entry.chain);
        e.signature.push(&entry.signature);
        e.received.push(entry.received.millis());
        for (ord, part) in (0_u32..).zip(&entry.parts) {
            let name = PartName { device: folder.0.into(), generation: folder.1.into(), seq: entry.seq, ord };
            p.seq.push(signed(entry.seq));
            p.ord.push(i32::try_from(ord).map_err(|_| Trouble::Says("an entry has too many parts"))?);
            p.kind.push(part.key.map(|key| i32::from(key.0)));
            p.record.push(part.key.map(|key| key.1.0));
            p.hash.push(&part.hash);
            p.sealed.push(sealer.seal_part(name, &part.salt, &part.body)?);
        }
    }
    let org = sealer.org().0;
    let add_entries = lent.prepared(include_str!("sql/add_entries.sql")).await?;
    let add_parts = lent.prepared(include_str!("sql/add_parts.sql")).await?;
    let db = lent.client()?;
    let entry_columns: Params<'_> = &[
        &org,
        &folder.0,
        &folder.1,
        &e.seq,
        &e.position,
        &e.eff,
        &e.high,
        &e.log,
        &e.reason,
        &e.header,
        &e.chain,
        &e.signature,
        &e.received,
    ];
    let part_columns: Params<'_> =
        &[&org, &folder.0, &folder.1, &p.seq, &p.ord, &p.kind, &p.record, &p.hash, &p.sealed];
    // Sent together: one wait instead of two.
    tokio::try_join!(biased; db.execute(&add_entries, entry_columns), db.execute(&add_parts, part_columns))?;
    Ok(())
}

/// Columns of records and of what is found by them, side by side.
#[derive(Default)]
struct Records {
    kind: Vec<i32>,
    record: Vec<Uuid>,
    position: Vec<i64>,
    sealed: Vec<Vec<u8>>,
    digest: Vec<Vec<u8>>,
    claims: Vec<(Key, claims::Claim)>,
    released: Vec<Key>,
    borne: Vec<(Key, Vec<u8>)>,
    nameless: Vec<Key>,
}

impl Records {
    fn take(&mut self, record: &RecordState, sealer: &Sealer) -> Result<(), Trouble> {
        let key = (record.kind, record.id);
        let (state, digest) = rows::sealed(record, sealer)?;
        self.kind.push(i32::from(record.kind));
        self.record.push(record.id.0);
        self.position.push(signed(record.position));
        self.sealed.push(state);
        self.digest.push(digest);
        if claims::is_claim(record.kind) {
            match claims::read(record) {
                Ok(Some(claim)) => self.claims.push((key, claim)),
                _ => self.released.push(key),
            }
        }
        if identifier::kinds().any(|kind| kind == record.kind) {
            match identifier::borne(record) {
                Some(plain) => self.borne.push((key, sealer.blind(&plain))),
                None => self.nameless.push(key),
            }
        }
        Ok(())
    }
}

/// Keeps records at their newest states, and what they are found by.
pub(super) async fn records(lent: &mut Lent, sealer: &Sealer, changed: &[RecordState]) -> Result<(), Trouble> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut r = Records::default();
    for record in changed {
        r.take(record, sealer)?;
    }
    let org = sealer.org().0;
    lent.execute(include_str!("sql/put_records.sql"), &[&org, &r.kind, &r.record, &r.position, &r.sealed, &r.digest])
        .await?;
    if !r.claims.is_empty() {
        let (kinds, ids) = columns(r.claims.iter().map(|(key, _)| *key));
        let resources: Vec<Uuid> = r.claims.iter().map(|(_, claim)| claim.resource.0).collect();
        let since: Vec<i64> = r.claims.iter().map(|(_, claim)| claim.interval.from.millis()).collect();
        let until: Vec<i64> = r.claims.iter().map(|(_, claim)| claim.interval.to.millis()).collect();
        lent.execute(include_str!("sql/put_claims.sql"), &[&org, &kinds, &ids, &resources, &since, &until]).await?;
    }
    if !r.released.is_empty() {
        let (kinds, ids) = columns(r.released.into_iter());
        lent.execute(include_str!("sql/drop_claims.sql"), &[&org, &kinds, &ids]).await?;
    }
    if !r.borne.is_empty() {
        let (kinds, ids) = columns(r.borne.iter().map(|(key, _)| *key));
        let blind: Vec<&[u8]> = r.borne.iter().map(|(_, blind)| &blind[..]).collect();
        lent.execute(include_str!("sql/put_identifiers.sql"), &[&org, &kinds, &ids, &blind]).await?;
    }
    if !r.nameless.is_empty() {
        let (kinds, ids) = columns(r.nameless.into_iter());
        lent.execute(include_str!("sql/drop_identifiers.sql"), &[&org, &kinds, &ids]).await?;
    }
    Ok(())
}

/// Keeps roles that changed.
pub(super) async fn members(lent: &mut Lent, org: OrgId, changed: &[Member]) -> Result<(), Trouble> {
    if changed.is_empty() {
        return Ok(());
    }
    let users: Vec<Uuid> = changed.iter().map(|member| member.user.0).collect();
    let positions: Vec<i64> = changed.iter().map(|member| signed(member.position)).collect();
    let devices: Vec<Uuid> = changed.iter().map(|member| member.device.0).collect();
    let roles: Vec<&[u8]> = changed.iter().map(|member| member.role.as_bytes()).collect();
    let active: Vec<bool> = changed.iter().map(|member| member.active).collect();
    lent.execute(include_str!("sql/add_members.sql"), &[&org.0, &users, &positions, &devices, &roles, &active]).await?;
    Ok(())
}
