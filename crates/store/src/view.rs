//! What a command sees of the folder: a [`View`] to read, a [`Tx`] to write. Only the write door makes a `Tx`.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
};

use domain::{
    clock::Hlc,
    id::{RecordId, UserId, Uuid},
    registry::Kind,
    time::Timestamp,
};
use vault::rusqlite::Connection;

use crate::{Entropy, Identity};

/// A consistent picture of the folder, at a time, for someone.
pub struct View<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) at: Timestamp,
    pub(crate) actor: UserId,
    pub(crate) identity: &'a Identity,
}

impl View<'_> {
    /// The connection, for statements that read.
    pub fn db(&self) -> &Connection {
        self.db
    }

    /// Now.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Who looks or acts.
    pub fn actor(&self) -> UserId {
        self.actor
    }

    /// This desk.
    pub fn identity(&self) -> &Identity {
        self.identity
    }
}

/// A write in progress. What it changes in replicated tables becomes one journal entry, or nothing happens at all.
pub struct Tx<'a> {
    pub(crate) view: View<'a>,
    pub(crate) hlc: Hlc,
    pub(crate) entropy: RefCell<&'a mut dyn Entropy>,
    pub(crate) reads: RefCell<Vec<(&'static Kind, RecordId)>>,
    pub(crate) legal: Cell<bool>,
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl Tx<'_> {
    /// The entry's hybrid time: the same for everything this write does.
    pub fn hlc(&self) -> Hlc {
        self.hlc
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        self.entropy.borrow_mut().id(self.at)
    }

    /// Notes in the journal that a record was read: a chart opened, a paper printed, someone signed in.
    pub fn note_read(&self, kind: &'static Kind, record: Uuid) {
        self.reads.borrow_mut().push((kind, RecordId(record)));
    }

    /// Something legal happens here (a number issued, a document sealed): the head is synced to disk with it.
    pub fn mark_legal(&self) {
        self.legal.set(true);
    }
}
