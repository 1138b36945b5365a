//! Capture: what a write did to the replicated tables, seen by one pre-update hook on the single writer
//! connection and netted to *row, column, old, new*.

mod net;
mod shape;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

pub(crate) use net::{Net, NetRow};
pub(crate) use shape::Shape;
use vault::rusqlite::{
    self, Connection,
    functions::FunctionFlags,
    hooks::{Action, PreUpdateCase},
};

use crate::{StoreError, row};

/// The hook's side and the door's side of one capture.
#[derive(Clone, Default)]
pub(crate) struct Capture {
    net: Arc<Mutex<Net>>,
    shapes: Arc<Mutex<HashMap<String, Arc<Shape>>>>,
    /// Whether the hook records: the write door does, the apply door does not.
    recording: Arc<AtomicBool>,
    /// Whether a door is open at all; the guard triggers ask.
    open: Arc<AtomicBool>,
}

impl Capture {
    /// Installs the hook. Must happen before any statement is prepared: a statement prepared earlier would delete
    /// whole tables without calling it.
    pub(crate) fn install(db: &mut Connection) -> rusqlite::Result<Self> {
        let capture = Self::default();
        let hook = capture.clone();
        db.preupdate_hook(Some(move |_: Action, schema: &str, table: &str, case: &PreUpdateCase| {
            if schema == "main" && hook.recording.load(Ordering::Relaxed) {
                hook.see(table, case);
            }
        }))?;
        let open = Arc::clone(&capture.open);
        db.create_scalar_function("door_is_open", 0, FunctionFlags::SQLITE_UTF8, move |_| {
            Ok(open.load(Ordering::Relaxed))
        })?;
        Ok(capture)
    }

    /// Learns the shape of the replicated tables and guards them against writes outside a door.
    pub(crate) fn watch(&self, db: &Connection) -> Result<(), StoreError> {
        let mut shapes = self.shapes.lock().unwrap_or_else(PoisonError::into_inner);
        shapes.clear();
        for kind in domain::registry::kinds() {
            shapes.insert(kind.table.to_owned(), Arc::new(Shape::of(db, kind)?));
            for event in ["insert", "update", "delete"] {
                db.execute_batch(&format!(
                    "create temp trigger if not exists guard_{table}_{event} before {event} on main.{table} \
                     when not door_is_open() begin select raise(abort, 'written outside a door'); end",
                    table = kind.table
                ))?;
            }
        }
        Ok(())
    }

    /// Opens a door. Dropping the guard shuts it.
    pub(crate) fn open(&self, recording: bool) -> OpenDoor<'_> {
        *self.net.lock().unwrap_or_else(PoisonError::into_inner) = Net::default();
        self.recording.store(recording, Ordering::Relaxed);
        self.open.store(true, Ordering::Relaxed);
        OpenDoor(self)
    }

    /// What has been captured since the door opened.
    pub(crate) fn net(&self) -> Net {
        self.net.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn see(&self, table: &str, case: &PreUpdateCase) {
        let shape = self.shapes.lock().unwrap_or_else(PoisonError::into_inner).get(table).map(Arc::clone);
        let Some(shape) = shape else { return };
        let mut net = self.net.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = match case {
            PreUpdateCase::Insert(new) => shape.read(|i| new.get_new_column_value(i).ok().and_then(row::value)),
            PreUpdateCase::Delete(old) | PreUpdateCase::Update { old_value_accessor: old, .. } => {
                shape.read(|i| old.get_old_column_value(i).ok().and_then(row::value))
            }
            PreUpdateCase::Unknown => None,
        };
        let Some((id, values)) = seen else {
            net.fault = Some(shape.kind.table);
            return;
        };
        match case {
            PreUpdateCase::Insert(_) => net.inserted(shape.kind, id, values),
            PreUpdateCase::Delete(_) => net.deleted(shape.kind, id, values),
            PreUpdateCase::Update { new_value_accessor: new, .. } => {
                match shape.read(|i| new.get_new_column_value(i).ok().and_then(row::value)) {
                    Some((new_id, after)) if new_id == id => net.updated(shape.kind, id, values, after),
                    _ => net.fault = Some(shape.kind.table),
                }
            }
            PreUpdateCase::Unknown => {}
        }
    }
}

/// A door that is open. Shut on drop, whatever happened inside.
pub(crate) struct OpenDoor<'a>(&'a Capture);

impl Drop for OpenDoor<'_> {
    fn drop(&mut self) {
        self.0.recording.store(false, Ordering::Relaxed);
        self.0.open.store(false, Ordering::Relaxed);
    }
}
