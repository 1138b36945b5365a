//! Preparing a database, by the role that owns it.

use std::path::Path;

use tokio::runtime::Handle;
use vault::{DataKey, KeyFile};

use super::{
    KEY_FILE, Postgres, PostgresError, Trouble,
    connections::Lent,
    keys::{Keys, Random},
};

/// The steps, in order. A released one is never changed.
const STEPS: [&str; 1] = [include_str!("../../../../../migrations/server/postgres/0001_server.sql")];
/// The newest schema this program knows.
pub(super) const KNOWN: i32 = 1;

/// Brings a database to the newest schema and binds it to the key file in `dir`, which is made when the database has
/// none yet. `url` is of the role that owns it, or may make tables in it. Done again, it changes nothing.
pub async fn migrate(url: &str, dir: &Path, runtime: Handle, random: Random) -> Result<(), PostgresError> {
    let path = dir.join(KEY_FILE);
    vault::durable::create_folder(dir)?;
    let key_is_new = !path.try_exists()?;
    if key_is_new {
        let mut random = random;
        KeyFile::create(&path, &DataKey::generate(&mut random))?;
    }
    let owner = Postgres::unchecked(url, dir, runtime, random)?;
    let done = prepare(&owner).await;
    if done.is_err() && key_is_new {
        // Nothing was sealed with it.
        std::fs::remove_file(&path)?;
    }
    done
}

async fn prepare(owner: &Postgres) -> Result<(), PostgresError> {
    let mut lent = owner.pool.take().await?;
    let found = version(&mut lent).await?;
    if found > KNOWN {
        return Err(PostgresError::Schema { found, known: KNOWN });
    }
    if found > 0 {
        check_key(&mut lent, &owner.keys).await?;
    }
    let known = lent.row(include_str!("sql/role_known.sql"), &[]).await?;
    if !known.is_some_and(|row| row.try_get(0).unwrap_or(false)) {
        return Err(PostgresError::NoRole);
    }
    for (number, step) in (1..).zip(STEPS).filter(|(number, _)| *number > found) {
        lent.begin().await?;
        lent.client()?.batch_execute(include_str!("sql/versions_table.sql")).await.map_err(Trouble::from)?;
        lent.execute(include_str!("sql/add_version.sql"), &[&number]).await?;
        lent.client()?.batch_execute(include_str!("sql/versions_grant.sql")).await.map_err(Trouble::from)?;
        lent.client()?.batch_execute(step).await.map_err(Trouble::from)?;
        if number == 1 {
            let (what, check, nobody) = ("server", owner.keys.check(), uuid::Uuid::nil());
            lent.execute(include_str!("sql/add_to_directory.sql"), &[&what, &&check[..], &nobody]).await?;
        }
        lent.commit().await?;
    }
    Ok(())
}

/// The schema's version; 0 for a database that nobody prepared.
pub(super) async fn version(lent: &mut Lent) -> Result<i32, Trouble> {
    let known = lent.row(include_str!("sql/version_known.sql"), &[]).await?;
    if !known.is_some_and(|row| row.try_get(0).unwrap_or(false)) {
        return Ok(0);
    }
    let row = lent.row(include_str!("sql/version.sql"), &[]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

/// The database was prepared with this key.
pub(super) async fn check_key(lent: &mut Lent, keys: &Keys) -> Result<(), PostgresError> {
    let known = lent.rows(include_str!("sql/key_checks.sql"), &[]).await?;
    let own = keys.check();
    let ours = known.iter().any(|row| row.try_get::<_, &[u8]>("id").is_ok_and(|id| id == own));
    if ours { Ok(()) } else { Err(PostgresError::OtherKey) }
}
