//! An organization moves in from another backend: copied, counted and compared in one transaction, or not at all.

use std::collections::BTreeMap;

use domain::{
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, Uuid},
    time::Timestamp,
};
use sync::merge::RecordState;
use tokio_postgres::Row;

use super::{
    BEGIN, Postgres, Trouble, codes,
    connections::Lent,
    keys::{PartName, Sealer},
    read, rows, write,
};
use crate::core::{
    BackendError, Invite, KeptEntry, KeptPart, Key, Member,
    whole::{EntryName, Moved, Owned, Whole},
};

/// Entries or records at once.
const PAGE: u32 = 500;
const DIFFERS: Trouble = Trouble::Says("what arrived is not what was sent; nothing was moved");

impl Postgres {
    /// Moves `org` in from `source`, which is only read. Refused when this database has an organization already.
    pub fn take_over(&self, source: &impl Whole, org: OrgId) -> Result<Moved, BackendError> {
        Ok(self.runtime.block_on(self.move_in(source, org))?)
    }

    async fn move_in(&self, source: &impl Whole, org: OrgId) -> Result<Moved, Trouble> {
        let mut lent = self.within(BEGIN, org).await?;
        let here = lent.rows(include_str!("sql/organizations.sql"), &[]).await?;
        let half = lent.row(include_str!("sql/head.sql"), &[&org.0]).await?;
        if !here.is_empty() || half.is_some() {
            return Err(Trouble::Says("the database holds an organization already"));
        }
        let (organization, head) = source.whole_organization(org)?.ok_or(super::UNKNOWN)?;
        let (sealer, wrapped) = self.keys.fresh(org)?;
        write::found(&mut lent, &organization, &head, &wrapped).await?;
        copy(source, &mut lent, &sealer).await?;
        let moved = compare(source, &mut lent, &sealer).await?;
        let arrived = read::organization(&mut lent, org).await?;
        let arrived_head = lent.row(include_str!("sql/head.sql"), &[&org.0]).await?.ok_or(DIFFERS)?;
        if arrived != Some(organization) || rows::head(&arrived_head)? != head {
            return Err(DIFFERS);
        }
        let what = "organization";
        lent.execute(include_str!("sql/add_to_directory.sql"), &[&what, &&org.0.as_bytes()[..], &org.0]).await?;
        lent.commit().await?;
        Ok(moved)
    }
}

async fn copy(source: &impl Whole, lent: &mut Lent, sealer: &Sealer) -> Result<(), Trouble> {
    let org = sealer.org();
    for device in source.whole_devices(org)? {
        write::enrol(lent, &device).await?;
    }
    write::members(lent, org, &source.whole_members(org)?).await?;
    for invite in source.whole_invites(org)? {
        codes::add(lent, sealer, &invite).await?;
        let what = "code";
        lent.execute(include_str!("sql/add_to_directory.sql"), &[&what, &invite.name.as_bytes(), &org.0]).await?;
    }
    let mut after = None;
    loop {
        let page = source.whole_entries(org, after, PAGE)?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        // A statement takes the entries of one folder.
        let mut folders: BTreeMap<(Uuid, Uuid), Vec<KeptEntry>> = BTreeMap::new();
        for ((device, generation, _), entry) in page {
            folders.entry((device.0, generation.0)).or_default().push(entry);
        }
        for (folder, entries) in folders {
            write::entries(lent, sealer, folder, &entries).await?;
        }
    }
    let mut after = None;
    loop {
        let page = source.whole_records(org, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some((last.kind, last.id));
        write::records(lent, sealer, &page).await?;
    }
}

/// Reads everything back and holds it against the source.
async fn compare(source: &impl Whole, lent: &mut Lent, sealer: &Sealer) -> Result<Moved, Trouble> {
    let org = sealer.org();
    let mut moved = Moved::default();
    let devices = source.whole_devices(org)?;
    let members = source.whole_members(org)?;
    let mut invites = source.whole_invites(org)?;
    let mut held_invites = all_invites(lent, sealer).await?;
    // Two databases need not agree on the order of texts.
    for all in [&mut invites, &mut held_invites] {
        all.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    }
    let same = read::devices(lent, org).await? == devices
        && all_members(lent, org).await? == members
        && held_invites == invites;
    if !same {
        return Err(DIFFERS);
    }
    (moved.devices, moved.members, moved.invites) = (count(&devices), count(&members), count(&invites));
    let mut after = None;
    loop {
        let sent = source.whole_entries(org, after, PAGE)?;
        if sent != entries(lent, sealer, after).await? {
            return Err(DIFFERS);
        }
        let Some((last, _)) = sent.last() else { break };
        after = Some(*last);
        moved.entries += count(&sent);
        moved.parts += sent.iter().map(|(_, entry)| count(&entry.parts)).sum::<u64>();
    }
    let mut after = None;
    loop {
        let sent = source.whole_records(org, after, PAGE)?;
        if sent != records(lent, sealer, after).await? {
            return Err(DIFFERS);
        }
        let Some(last) = sent.last() else { break };
        after = Some((last.kind, last.id));
        moved.records += count(&sent);
    }
    Ok(moved)
}

fn count<T>(all: &[T]) -> u64 {
    all.len() as u64
}

async fn all_members(lent: &mut Lent, org: OrgId) -> Result<Vec<Member>, Trouble> {
    let found = lent.rows(include_str!("sql/whole_members.sql"), &[&org.0]).await?;
    found.iter().map(rows::member).collect()
}

async fn all_invites(lent: &mut Lent, sealer: &Sealer) -> Result<Vec<Invite>, Trouble> {
    let found = lent.rows(include_str!("sql/whole_invites.sql"), &[&sealer.org().0]).await?;
    found.iter().map(|row| codes::invite(row, sealer)).collect()
}

async fn entries(lent: &mut Lent, sealer: &Sealer, after: Option<EntryName>) -> Result<Vec<Owned>, Trouble> {
    let org = sealer.org().0;
    let (device, generation, seq) = after.map_or((Uuid::nil(), Uuid::nil(), 0), |(d, g, s)| (d.0, g.0, s));
    let (seq, most) = (rows::signed(seq), i64::from(PAGE));
    let found = lent.rows(include_str!("sql/whole_entries.sql"), &[&org, &device, &generation, &seq, &most]).await?;
    let mut all = Vec::with_capacity(found.len());
    for row in &found {
        let name: EntryName = (
            DeviceId(row.try_get("device_id")?),
            GenerationId(row.try_get("generation_id")?),
            rows::number(row.try_get("seq")?),
        );
        let of: (Uuid, Uuid, i64) = (name.0.0, name.1.0, rows::signed(name.2));
        let kept = lent.rows(include_str!("sql/whole_parts.sql"), &[&org, &of.0, &of.1, &of.2]).await?;
        let parts = (0_u32..).zip(&kept).map(|(ord, row)| part(row, sealer, name, ord)).collect::<Result<_, _>>()?;
        all.push((name, entry(row, name.2, parts)?));
    }
    Ok(all)
}

fn entry(row: &Row, seq: u64, parts: Vec<KeptPart>) -> Result<KeptEntry, Trouble> {
    let log: Option<&[u8]> = row.try_get("log")?;
    let log = log.map(TryInto::try_into).transpose().map_err(|_| DIFFERS)?;
    Ok(KeptEntry {
        seq,
        verdict: rows::verdict(row)?,
        high: Hlc(rows::number(row.try_get("high")?)),
        log,
        header: row.try_get("header")?,
        chain: rows::bytes(row, "chain")?,
        signature: rows::bytes(row, "signature")?,
        parts,
        received: Timestamp::from_millis(row.try_get("received")?),
    })
}

fn part(row: &Row, sealer: &Sealer, (device, generation, seq): EntryName, ord: u32) -> Result<KeptPart, Trouble> {
    let (kind, record): (Option<i32>, Option<Uuid>) = (row.try_get("kind")?, row.try_get("record_id")?);
    let key = kind.zip(record).map(|(kind, record)| Ok::<Key, Trouble>((rows::kind(kind)?, RecordId(record))));
    let (salt, body) = sealer.open_part(PartName { device, generation, seq, ord }, row.try_get("sealed")?)?;
    Ok(KeptPart { key: key.transpose()?, hash: rows::bytes(row, "hash")?, salt, body })
}

async fn records(lent: &mut Lent, sealer: &Sealer, after: Option<Key>) -> Result<Vec<RecordState>, Trouble> {
    let (kind, record) = after.map_or((0, Uuid::nil()), |(kind, record)| (i32::from(kind), record.0));
    let most = i64::from(PAGE);
    let found = lent.rows(include_str!("sql/whole_records.sql"), &[&sealer.org().0, &kind, &record, &most]).await?;
    found.iter().map(|row| rows::state(row, sealer)).collect()
}
