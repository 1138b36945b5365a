//! Statuses change by transition facts and are folded from them, so that two desks that act at once lose neither
//! act (domain model §1, "status rule").

use std::collections::BTreeSet;

use domain::{
    clock::Hlc,
    id::Uuid,
    state::{APPOINTMENT, ENCOUNTER, Folded, Machine, Transition},
};
use store::{
    Fold, Touched, Tx, View,
    rusqlite::{self, Connection, OptionalExtension, named_params},
};

use crate::{Failure, organization::here};

/// The statuses of appointments and encounters, folded from their transitions.
pub const STATUSES: Fold =
    Fold { name: "system.statuses", from: &["transition", "appointment", "encounter"], run: refold, all };

/// Why a status changes. Nothing is said about steps that explain themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Why<'a> {
    /// A reason's key, such as `patient_asked`.
    pub reason: Option<&'a str>,
    /// In someone's own words.
    pub note: Option<&'a str>,
}

/// The machine does not allow the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAllowed {
    /// Where the record stands; empty when it has no status yet.
    pub from: String,
    /// Where it should have gone.
    pub to: String,
}

/// Moves a record to a status: writes the transition that follows the last one that counts, and brings the status
/// cache up to date at once, so that the same write may read it. The inner error says that the machine refuses.
pub fn advance(
    tx: &Tx<'_>,
    machine: &'static Machine,
    entity: Uuid,
    to: &str,
    why: Why<'_>,
) -> Result<Result<Uuid, NotAllowed>, Failure> {
    let folded = fold(tx.db(), machine, entity)?;
    let allowed = match &folded.status {
        Some(from) => machine.allows(from, to),
        None => machine.initial.contains(&to),
    };
    if !allowed {
        return Ok(Err(NotAllowed { from: folded.status.unwrap_or_default(), to: to.to_owned() }));
    }
    let id = tx.new_id();
    tx.db().prepare_cached(include_str!("sql/insert_transition.sql"))?.execute(named_params! {
        ":id": id, ":clinic_id": here(tx)?.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":entity_kind": machine.entity, ":entity_id": entity, ":from_status": folded.status, ":to_status": to,
        ":prev_id": folded.last, ":hlc": i64::try_from(tx.hlc().0).unwrap_or(i64::MAX), ":reason": why.reason,
        ":note": why.note,
    })?;
    settle(tx.db(), machine, entity)?;
    Ok(Ok(id))
}

/// Where a record stands.
pub fn status(view: &View<'_>, machine: &'static Machine, entity: Uuid) -> Result<Option<String>, Failure> {
    Ok(fold(view.db(), machine, entity)?.status)
}

fn fold(db: &Connection, machine: &'static Machine, entity: Uuid) -> rusqlite::Result<Folded> {
    let transitions: Vec<Transition> = db
        .prepare_cached(include_str!("sql/transitions_of.sql"))?
        .query_map(named_params! { ":entity_kind": machine.entity, ":entity_id": entity }, |row| {
            Ok(Transition {
                id: row.get("id")?,
                prev: row.get("prev_id")?,
                to: row.get("to_status")?,
                hlc: Hlc(u64::try_from(row.get::<_, i64>("hlc")?).unwrap_or(0)),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(machine.fold(&transitions))
}

/// Makes the cache say what the transitions amount to.
fn settle(db: &Connection, machine: &'static Machine, entity: Uuid) -> rusqlite::Result<()> {
    let status = fold(db, machine, entity)?.status;
    let sql = match machine.entity {
        "appointment" => "update appointment set status = ?2 where id = ?1 and status is not ?2",
        _ => "update encounter set status = ?2 where id = ?1 and status is not ?2",
    };
    db.prepare_cached(sql)?.execute((entity, status))?;
    Ok(())
}

fn machine_of(entity: &str) -> Option<&'static Machine> {
    [&APPOINTMENT, &ENCOUNTER].into_iter().find(|machine| machine.entity == entity)
}

fn refold(db: &Connection, touched: &Touched) -> rusqlite::Result<()> {
    let mut entities = BTreeSet::new();
    for (kind, record) in touched {
        if kind.table == "transition" {
            let entity: Option<(String, Uuid)> = db
                .prepare_cached("select entity_kind, entity_id from transition where id = ?1")?
                .query_row([record.0], |row| Ok((row.get("entity_kind")?, row.get("entity_id")?)))
                .optional()?;
            entities.extend(entity);
        } else {
            entities.insert((kind.table.to_owned(), record.0));
        }
    }
    for (entity, id) in entities {
        // Transitions of a machine that this program does not know wait for the program that does.
        if let Some(machine) = machine_of(&entity) {
            settle(db, machine, id)?;
        }
    }
    Ok(())
}

fn all(db: &Connection) -> rusqlite::Result<()> {
    for (machine, sql) in [(&APPOINTMENT, "select id from appointment"), (&ENCOUNTER, "select id from encounter")] {
        let ids: Vec<Uuid> = db.prepare(sql)?.query_map([], |row| row.get("id"))?.collect::<Result<_, _>>()?;
        ids.into_iter().try_for_each(|id| settle(db, machine, id))?;
    }
    Ok(())
}
