//! What an appointment holds follows where it stands: cancelled or missed, it gives its claims up; a visit that goes
//! on holds them. Two desks may say both at once. Then the rank decides (a visit that began beats a cancellation),
//! and whoever sees it first makes the claims follow; two who see it write the same.

use std::collections::BTreeSet;

use domain::{
    id::{AppointmentId, Uuid},
    time::{CivilDate, Timestamp},
};
use store::{
    Actor, Store, StoreError, Tx, WriteFailed,
    rusqlite::{self, named_params},
};

/// The name under which the journal keeps what the system does after others' acts came in.
const AFTER_SYNC: &str = "agenda.follow";

/// Makes the claims of an appointment follow its status. What is taken back asks the server anew: the time may be
/// someone else's by now, and then a person decides.
pub fn follow(tx: &Tx<'_>, appointment: AppointmentId) -> rusqlite::Result<()> {
    let sql = concat!(include_str!("sql/strays.sql"), include_str!("sql/strays_of_id.sql"));
    let strays: Vec<(Uuid, Option<i64>)> = tx
        .db()
        .prepare_cached(sql)?
        .query_map(named_params! { ":appointment_id": appointment.0 }, |row| {
            Ok((row.get("id")?, row.get("released_at")?))
        })?
        .collect::<Result<_, _>>()?;
    for (claim, released_at) in strays {
        tx.db().prepare_cached(include_str!("sql/follow.sql"))?.execute(named_params! {
            ":id": claim, ":released_at": released_at,
        })?;
    }
    Ok(())
}

/// Follows after others' acts came in, for visits from `since` on: nobody decides about time that is long over.
/// Answers whether there was anything to do, which is one entry of the system's.
pub fn follow_all(store: &Store, since: CivilDate, now: Timestamp) -> Result<bool, StoreError> {
    let sql = concat!(include_str!("sql/strays.sql"), include_str!("sql/strays_since.sql"));
    let astray = store.read(Actor::SYSTEM.0, now, |view| {
        let mut query = view.db().prepare_cached(sql)?;
        let rows = query.query_map([since.to_string()], |row| row.get("appointment_id").map(AppointmentId))?;
        Ok::<_, StoreError>(rows.collect::<Result<BTreeSet<_>, _>>()?)
    })?;
    if astray.is_empty() {
        return Ok(false);
    }
    let written = store.write(Actor::SYSTEM, AFTER_SYNC, now, |tx| {
        astray.into_iter().try_for_each(|appointment| follow(tx, appointment))
    });
    match written {
        Ok(written) => Ok(written.entry.is_some()),
        Err(WriteFailed::Refused(error)) => Err(error.into()),
        Err(WriteFailed::Store(error)) => Err(error),
    }
}
