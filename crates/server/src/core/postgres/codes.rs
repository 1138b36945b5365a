//! One-use codes on PostgreSQL.

use domain::id::{DeviceId, OrgId, UserId, Uuid};
use tokio_postgres::Row;

use super::{BEGIN, Postgres, SNAPSHOT, Trouble, connections::Lent, keys::Sealer, write};
use crate::core::{Device, Invite, site};

pub(super) async fn keep(data: &Postgres, invite: &Invite) -> Result<(), Trouble> {
    let (mut lent, sealer) = data.sealed(BEGIN, invite.org).await?;
    add(&mut lent, &sealer, invite).await?;
    lent.commit().await?;
    // Behind the organization's transaction, not inside it: the directory belongs to no organization.
    data.to_directory("code", invite.name.as_bytes(), invite.org).await
}

/// The row alone.
pub(super) async fn add(lent: &mut Lent, sealer: &Sealer, invite: &Invite) -> Result<(), Trouble> {
    let code_key = sealer.seal_code(&invite.name, &invite.key)?;
    lent.execute(
        include_str!("sql/add_invite.sql"),
        &[
            &invite.org.0,
            &invite.name,
            &code_key,
            &invite.user.0,
            &invite.expires_ms,
            &i32::from(invite.tries_left),
            &invite.used_by.map(|device| device.0),
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn find(data: &Postgres, name: &str) -> Result<Option<Invite>, Trouble> {
    let mut lent = data.pool.take().await?;
    let place: (&str, &[u8]) = ("code", name.as_bytes());
    let Some(row) = lent.row(include_str!("sql/in_directory.sql"), &[&place.0, &place.1]).await? else {
        return Ok(None);
    };
    let org = OrgId(row.try_get("org_id")?);
    drop(lent);
    let (mut lent, sealer) = data.sealed(SNAPSHOT, org).await?;
    let found = lent.row(include_str!("sql/invite.sql"), &[&org.0, &name]).await?;
    lent.commit().await?;
    found.map(|row| invite(&row, &sealer)).transpose()
}

/// One row of `invite`.
pub(super) fn invite(row: &Row, sealer: &Sealer) -> Result<Invite, Trouble> {
    let name: String = row.try_get("name")?;
    Ok(Invite {
        org: sealer.org(),
        key: sealer.open_code(&name, row.try_get("code_key")?)?,
        name,
        user: UserId(row.try_get("user_id")?),
        expires_ms: row.try_get("expires")?,
        tries_left: u8::try_from(row.try_get::<_, i32>("tries_left")?).unwrap_or_default(),
        used_by: row.try_get::<_, Option<Uuid>>("used_by")?.map(DeviceId),
    })
}

pub(super) async fn fail(data: &Postgres, invite: &Invite) -> Result<u8, Trouble> {
    let mut lent = data.within(BEGIN, invite.org).await?;
    let row = lent.row(include_str!("sql/fail_invite.sql"), &[&invite.org.0, &invite.name]).await?;
    lent.commit().await?;
    let tries = row.map(|row| row.try_get::<_, i32>("tries_left")).transpose()?.unwrap_or_default();
    Ok(u8::try_from(tries).unwrap_or_default())
}

pub(super) async fn redeem(data: &Postgres, invite: &Invite, device: &Device) -> Result<(), Trouble> {
    let mut lent = data.within(BEGIN, invite.org).await?;
    // The head row makes two desks that were offered one prefix come one after the other.
    lent.row(include_str!("sql/take_head.sql"), &[&invite.org.0]).await?;
    let taken = lent.row(include_str!("sql/prefix_taken.sql"), &[&invite.org.0, &device.prefix]).await?;
    if taken.is_none_or(|row| row.try_get(0).unwrap_or(true)) {
        return Err(site::prefix_meanwhile(&device.prefix).into());
    }
    let used =
        lent.execute(include_str!("sql/use_invite.sql"), &[&invite.org.0, &invite.name, &device.device.0]).await?;
    if used != 1 {
        return Err(site::used_meanwhile().into());
    }
    write::enrol(&mut lent, device).await?;
    lent.commit().await
}
