//! Staging what arrives and swapping it in, complete, with its cursor.

use domain::{
    canonical::Hash,
    clock::Hlc,
    id::{DeviceId, RecordId, Uuid},
    registry::{self, Kind},
};
use vault::rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    acknowledge::{show_again, signed},
    rows::{self, State},
    shadow::{self, Touch},
};
use crate::{Store, StoreError, door::Writer, fold};

/// What a swap changed here.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The records that look different now.
    pub touched: Vec<(&'static Kind, RecordId)>,
    /// The cursor after it.
    pub position: u64,
}

/// How far a scope has been swapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Everything up to and including this position is here.
    pub position: u64,
    /// The life of the server that gave it.
    pub epoch: Uuid,
    /// The hash of the server's log up to there, where it said so: by it a server that was put back to an earlier
    /// copy of its data notices.
    pub log: Option<Hash>,
}

impl Store {
    /// How far a scope has been swapped in. `None` before the first contact.
    pub fn cursor(&self, scope: &str) -> Result<Option<Cursor>, StoreError> {
        self.read(domain::id::UserId(Uuid::nil()), domain::time::Timestamp::default(), |view| {
            Ok(view
                .db()
                .query_row("select position, epoch, log from cursor where scope = ?1", [scope], |row| {
                    Ok(Cursor { position: row.get(0)?, epoch: row.get(1)?, log: row.get(2)? })
                })
                .optional()?)
        })
    }

    /// Puts a page aside. A state that arrives again replaces the one that waits.
    pub fn stage(&self, scope: &str, states: &[State]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let tx = writer.db.transaction()?;
        {
            let mut stage = tx.prepare_cached(include_str!("sql/stage.sql"))?;
            for state in states {
                stage.execute(named_params! {
                    ":scope": scope, ":kind": state.kind, ":record": state.record.0,
                    ":position": state.position, ":made_by": state.made_by.map(|desk| desk.0),
                    ":state": state.encode(),
                })?;
            }
        }
        tx.commit()?;
        Ok(())
    }

    /// Swaps everything staged in a scope in, with the cursor, in one transaction: all of it or nothing.
    ///
    /// `seen` is the highest hybrid time among the states, so that what this desk does next is ordered after it.
    pub fn swap_in(&self, scope: &str, to: &Cursor, seen: Hlc) -> Result<Applied, StoreError> {
        let mut writer = self.writer();
        let Writer { db, capture, clock, .. } = &mut *writer;
        let tx = db.transaction()?;
        let _door = capture.open(false);
        let staged = staged(&tx, scope)?;
        let whole = cursor(&tx)? == 0;
        tx.execute(
            include_str!("sql/move_cursor.sql"),
            named_params! {
                ":scope": scope, ":position": to.position, ":epoch": to.epoch, ":log": to.log,
            },
        )?;
        let at = cursor(&tx)?;
        let mut touched = Vec::new();
        for state in staged {
            match registry::kind(state.kind) {
                Some(kind) => {
                    place(&tx, kind, state.clone(), at)?;
                    touched.push((kind, state.record));
                }
                None => {
                    for (field, value) in &state.fields {
                        rows::keep_unknown(&tx, &state, *field, value)?;
                    }
                }
            }
            tx.prepare_cached(include_str!("sql/place.sql"))?.execute(named_params! {
                ":kind": state.kind, ":record": state.record.0, ":scope": scope, ":position": state.position,
                ":made_by": state.made_by.map(|desk| desk.0),
            })?;
        }
        tx.execute("delete from staged where scope = ?1", [scope])?;
        if whole {
            touched.extend(super::rewind::drop_withdrawn(&tx)?);
        }
        fold::refold(&tx, self.folds(), &touched)?;
        // Entries that the server had acknowledged are now contained in what is here, also those that changed
        // nothing there because a later write had won.
        let passed = settled(&tx, at)?;
        show_again(&tx, self.folds(), &passed, at)?;
        touched.extend(passed);
        tx.execute(
            "insert into local_fact (name, value) values ('hlc', ?1) \
             on conflict (name) do update set value = max(value, excluded.value)",
            [signed(seen)],
        )?;
        tx.commit()?;
        clock.observe(seen);
        Ok(Applied { touched, position: to.position })
    }
}

/// The lowest cursor: everything up to it is here in every scope.
pub(super) fn cursor(db: &Connection) -> Result<u64, StoreError> {
    Ok(db.query_row("select coalesce(min(position), 0) from cursor", [], |row| row.get(0))?)
}

/// Shows a state that arrived, with this desk's own unanswered changes on top.
fn place(db: &Connection, kind: &'static Kind, mut state: State, at: u64) -> Result<(), StoreError> {
    let pending = shadow::pending(db, kind.id, state.record, at)?;
    if pending.is_empty() {
        shadow::forget(db, kind.id, state.record)?;
    } else {
        shadow::save(db, &state)?;
        for part in &pending {
            state.overlay(&part.fields);
        }
    }
    rows::write(db, kind, &state)
}

/// Shadowed records that hold nothing of this desk's own any more.
fn settled(db: &Connection, at: u64) -> Result<Vec<Touch>, StoreError> {
    let mut query = db.prepare_cached("select kind, record from shadow")?;
    let shadows: Vec<(u16, Uuid)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut settled = Vec::new();
    for (kind, record) in shadows {
        if let Some(kind) = registry::kind(kind)
            && shadow::pending(db, kind.id, RecordId(record), at)?.is_empty()
        {
            settled.push((kind, RecordId(record)));
        }
    }
    Ok(settled)
}

fn staged(db: &Connection, scope: &str) -> Result<Vec<State>, StoreError> {
    let mut query =
        db.prepare_cached("select position, made_by, state from staged where scope = ?1 order by position")?;
    let mut rows = query.query([scope])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get("state")?;
        let made_by: Option<Uuid> = row.get("made_by")?;
        out.push(State { made_by: made_by.map(DeviceId), ..State::decode(&bytes, row.get("position")?)? });
    }
    Ok(out)
}
