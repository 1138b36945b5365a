//! What a decision needs to know, asked in as few waits as possible.

use std::collections::BTreeMap;

use domain::{
    canonical::{Digest, Hash},
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    interval::Interval,
};
use sync::{merge::RecordState, protocol::FeedToken};
use tokio_postgres::Row;

use super::{PostgresTx, Trouble, connections::Lent, keys::Sealer, rows};
use crate::core::{Device, Facts, Key, Member, Organization, Page, Wanted};

/// Kinds and records side by side.
pub(super) fn columns(keys: impl Iterator<Item = Key>) -> (Vec<i32>, Vec<Uuid>) {
    keys.map(|(kind, record)| (i32::from(kind), record.0)).unzip()
}

fn states(found: &[Row], sealer: &Sealer) -> Result<Vec<RecordState>, Trouble> {
    found.iter().map(|row| rows::state(row, sealer)).collect()
}

pub(super) async fn facts(tx: &mut PostgresTx, wanted: &Wanted) -> Result<Option<Facts>, Trouble> {
    let org = wanted.org.0;
    let head = tx.head;
    let highs: Vec<i64> = wanted.bases.iter().copied().chain([head.floor]).map(rows::signed).collect();
    let actors: Vec<Uuid> = wanted.actors.iter().map(|actor| actor.0).collect();
    let (kinds, records) = columns(wanted.keys.iter().copied());
    let (first, last) = (rows::signed(wanted.seqs.0), rows::signed(wanted.seqs.1));
    let lent = &mut tx.lent;
    let ask_device = lent.prepared(include_str!("sql/device.sql")).await?;
    let ask_known = lent.prepared(include_str!("sql/known.sql")).await?;
    let ask_highs = lent.prepared(include_str!("sql/highs.sql")).await?;
    let ask_members = lent.prepared(include_str!("sql/members.sql")).await?;
    let ask_any = lent.prepared(include_str!("sql/any_member.sql")).await?;
    let ask_records = lent.prepared(include_str!("sql/records.sql")).await?;
    let db = lent.client()?;
    let (device, generation) = (wanted.device.0, wanted.generation.0);
    let (device, known, highs, members, any, records) = tokio::try_join!(
        async { db.query_opt(&ask_device, &[&org, &device, &generation]).await },
        async { db.query(&ask_known, &[&org, &device, &generation, &first, &last]).await },
        async { db.query(&ask_highs, &[&org, &highs]).await },
        async { db.query(&ask_members, &[&org, &actors]).await },
        async { db.query_one(&ask_any, &[&org]).await },
        async { db.query(&ask_records, &[&org, &kinds, &records]).await },
    )?;
    let Some(device) = device else { return Ok(None) };
    let high = |row: &Row| Ok((rows::number(row.try_get("position")?), Hlc(rows::number(row.try_get("high")?))));
    Ok(Some(Facts {
        head,
        device: rows::device(wanted.org, &device)?,
        known: known.iter().map(rows::known).collect::<Result<_, _>>()?,
        records: states(&records, &tx.sealer)?.into_iter().map(|record| ((record.kind, record.id), record)).collect(),
        highs: highs.iter().map(high).collect::<Result<BTreeMap<_, _>, Trouble>>()?,
        members: members.iter().map(rows::member).collect::<Result<_, _>>()?,
        founding: !any.try_get::<_, bool>(0)?,
    }))
}

pub(super) async fn records(tx: &mut PostgresTx, keys: &[Key]) -> Result<Vec<RecordState>, Trouble> {
    let (kinds, records) = columns(keys.iter().copied());
    let found = tx.lent.rows(include_str!("sql/records.sql"), &[&tx.org.0, &kinds, &records]).await?;
    states(&found, &tx.sealer)
}

pub(super) async fn claims(
    tx: &mut PostgresTx,
    resource: RecordId,
    window: Interval,
) -> Result<Vec<RecordState>, Trouble> {
    let (since, until) = (window.from.millis(), window.to.millis());
    let found = tx.lent.rows(include_str!("sql/claims.sql"), &[&tx.org.0, &resource.0, &since, &until]).await?;
    states(&found, &tx.sealer)
}

pub(super) async fn organization(lent: &mut Lent, org: OrgId) -> Result<Option<Organization>, Trouble> {
    let found = lent.row(include_str!("sql/organization.sql"), &[&org.0]).await?;
    found.map(|row| rows::organization(org, &row)).transpose()
}

pub(super) async fn device(
    lent: &mut Lent,
    org: OrgId,
    device: DeviceId,
    generation: GenerationId,
) -> Result<Option<Device>, Trouble> {
    let found = lent.row(include_str!("sql/device.sql"), &[&org.0, &device.0, &generation.0]).await?;
    found.map(|row| rows::device(org, &row)).transpose()
}

pub(super) async fn devices(lent: &mut Lent, org: OrgId) -> Result<Vec<Device>, Trouble> {
    let found = lent.rows(include_str!("sql/devices.sql"), &[&org.0]).await?;
    found.iter().map(|row| rows::device(org, row)).collect()
}

pub(super) async fn member(lent: &mut Lent, org: OrgId, user: UserId) -> Result<Option<Member>, Trouble> {
    let found = lent.rows(include_str!("sql/members.sql"), &[&org.0, &vec![user.0]]).await?;
    found.last().map(rows::member).transpose()
}

pub(super) async fn log_at(lent: &mut Lent, org: OrgId, position: u64) -> Result<Option<Hash>, Trouble> {
    let found = lent.row(include_str!("sql/log_at.sql"), &[&org.0, &rows::signed(position)]).await?;
    found.map(|row| rows::bytes(&row, "log")).transpose()
}

/// A page of the feed. The caller's transaction is one snapshot.
pub(super) async fn page(
    lent: &mut Lent,
    sealer: &Sealer,
    scope: &str,
    after: FeedToken,
    limit: u32,
) -> Result<Page, Trouble> {
    let org = sealer.org().0;
    let head = lent.row(include_str!("sql/head.sql"), &[&org]).await?.ok_or(Trouble::Says("unknown organization"))?;
    let (position, kind, limit) = (rows::signed(after.position), i32::from(after.kind), i64::from(limit));
    let found =
        lent.rows(include_str!("sql/page.sql"), &[&org, &scope, &position, &kind, &after.record, &limit]).await?;
    let records = states(&found, sealer)?.iter().map(RecordState::to_wire).collect();
    Ok(Page { records, head: rows::head(&head)? })
}

/// The digest of every record. The caller's transaction is one snapshot.
pub(super) async fn digest(lent: &mut Lent, sealer: &Sealer) -> Result<Digest, Trouble> {
    let mut digest = Digest::default();
    for row in lent.rows(include_str!("sql/digests.sql"), &[&sealer.org().0]).await? {
        digest.add(&rows::digest(&row, sealer)?);
    }
    Ok(digest)
}
