//! The model of a data folder: the rules of the apply door in two hundred plain lines.
//!
//! What it keeps in `Disk` survives a crash; a transaction is a copy that is put in place whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use domain::{
    canonical::{self, Header, Op, Part},
    clock::{Hlc, HybridClock},
    id::{OrgId, RecordId, UserId, Uuid},
    state::{APPOINTMENT, Transition},
    time::Timestamp,
    value::Value,
};
use ed25519_dalek::{Signer, SigningKey};
use sync::{
    engine::Opened,
    protocol::{FeedToken, Outcome, PullPage, Receipt, Verdict, WireEntry, WirePart},
};

use crate::folder::{Counts, Crashed, Cursor, Fate, Fields, Folder, Key, Tables, Who};

pub(crate) const APPOINTMENT_KIND: u16 = 70;
pub(crate) const TRANSITION_KIND: u16 = 160;
const CARD_KIND: u16 = 161;

/// Deliberate mistakes of the desk, to show that the simulation notices them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DeskFaults {
    /// The cursor is committed before the rows, in a transaction of its own.
    pub(crate) cursor_alone: bool,
    /// Statuses are not folded again after the server's records came in.
    pub(crate) no_refold: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Waiting,
    Accepted { position: u64 },
    Aside { reason: String },
}

#[derive(Debug, Clone)]
struct Entry {
    /// Shared by the copies that transactions make.
    wire: Rc<WireEntry>,
    parts: Rc<Vec<Part>>,
    fate: Answer,
    receipt: Option<Receipt>,
}

#[derive(Debug, Clone, Default)]
struct Disk {
    journal: Vec<Entry>,
    chain: canonical::Hash,
    clock: Hlc,
    view: Tables,
    /// The server's version of records with changes of ours; `None`: the server has no such record.
    shadow: BTreeMap<Key, Option<Fields>>,
    staged: BTreeMap<Key, Fields>,
    staged_to: Option<(FeedToken, Option<canonical::Hash>)>,
    cursor: u64,
    epoch: Option<Uuid>,
    log: Option<canonical::Hash>,
    /// The first entry on top of the server's present life.
    first_of_this_server: u64,
    /// The server's records come anew after a rewind.
    restating: bool,
    statuses: BTreeMap<RecordId, Option<String>>,
}

pub(crate) struct ModelFolder {
    org: OrgId,
    who: Who,
    key: SigningKey,
    faults: DeskFaults,
    salts: u64,
    disk: Disk,
}

impl ModelFolder {
    pub(crate) fn new(org: OrgId, who: Who, secret: [u8; 32], faults: DeskFaults) -> Self {
        let disk = Disk { chain: canonical::genesis(org, who.device, who.generation), ..Disk::default() };
        Self { org, who, key: SigningKey::from_bytes(&secret), faults, salts: 0, disk }
    }
}

impl Disk {
    fn pending(&self) -> impl Iterator<Item = &Part> {
        let cursor = self.cursor;
        self.journal
            .iter()
            .filter(move |entry| match entry.fate {
                Answer::Waiting => true,
                Answer::Accepted { position } => position > cursor,
                Answer::Aside { .. } => false,
            })
            .flat_map(|entry| entry.parts.iter())
            .filter(|part| part.op != Op::Read)
    }

    /// The view of the shadowed records is the server's state plus what is pending; a record without anything
    /// pending needs no shadow.
    fn replay(&mut self) {
        let keys: Vec<Key> = self.shadow.keys().copied().collect();
        let pending: Vec<Part> = self.pending().cloned().collect();
        for key in keys {
            let mut row = self.shadow.get(&key).cloned().flatten();
            let mut mine = false;
            for part in pending.iter().filter(|part| (part.kind, part.record) == key) {
                mine = true;
                change(&mut row, part);
            }
            match row {
                Some(row) => self.view.insert(key, row),
                None => self.view.remove(&key),
            };
            if !mine {
                self.shadow.remove(&key);
            }
        }
    }

    /// Folds again what the touched records belong to, before and after: a transition that went away counts too.
    fn refold(&mut self, touched: &BTreeSet<Key>, before: &Tables) {
        let mut appointments: BTreeSet<RecordId> = BTreeSet::new();
        for (kind, record) in touched {
            match *kind {
                APPOINTMENT_KIND => {
                    appointments.insert(*record);
                }
                TRANSITION_KIND => {
                    let rows = [before.get(&(*kind, *record)), self.view.get(&(*kind, *record))];
                    let of = rows.into_iter().flatten().filter_map(|row| row.get(&11).and_then(Value::as_id));
                    appointments.extend(of.map(RecordId));
                }
                _ => {}
            }
        }
        for appointment in appointments {
            if self.view.contains_key(&(APPOINTMENT_KIND, appointment)) {
                let status = status(&self.view, appointment);
                self.statuses.insert(appointment, status);
            } else {
                self.statuses.remove(&appointment);
            }
        }
    }
}

/// The folded status of an appointment.
pub(crate) fn status(tables: &Tables, appointment: RecordId) -> Option<String> {
    let transitions: Vec<Transition> = tables
        .iter()
        .filter(|((kind, _), row)| {
            *kind == TRANSITION_KIND && row.get(&11).and_then(Value::as_id) == Some(appointment.0)
        })
        .map(|((_, id), row)| Transition {
            id: id.0,
            prev: row.get(&14).and_then(Value::as_id),
            to: row.get(&13).and_then(Value::as_text).unwrap_or_default().to_owned(),
            hlc: Hlc(row.get(&15).and_then(Value::as_int).and_then(|n| u64::try_from(n).ok()).unwrap_or_default()),
        })
        .collect();
    APPOINTMENT.fold(&transitions).status
}

fn change(row: &mut Option<Fields>, part: &Part) {
    if row.is_none() && part.op == Op::Insert {
        *row = Some(Fields::new());
    }
    let Some(row) = row else { return };
    for (id, value) in &part.fields {
        if value.is_null() {
            row.remove(id);
        } else {
            row.insert(*id, value.clone());
        }
    }
}

impl Folder for ModelFolder {
    fn who(&self) -> Who {
        self.who
    }

    fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    fn write(&mut self, at: Timestamp, actor: UserId, command: &str, parts: &[Part]) -> Option<WireEntry> {
        let mut disk = self.disk.clone();
        let mut clock = HybridClock::after(disk.clock);
        let hlc = clock.tick(at);
        disk.clock = clock.last();
        let header = Header {
            org: self.org,
            device: self.who.device,
            generation: self.who.generation,
            seq: u64::try_from(disk.journal.len()).unwrap() + 1,
            hlc,
            actor,
            command: command.to_owned(),
            base: disk.cursor,
        }
        .encode();
        let wire_parts: Vec<WirePart> = parts
            .iter()
            .map(|part| {
                self.salts += 1;
                let salt = blake3::hash(&self.salts.to_be_bytes()).as_bytes()[..16].try_into().unwrap();
                WirePart { salt, body: part.encode() }
            })
            .collect();
        let hashes: Vec<_> = wire_parts.iter().map(|part| Part::hash(&part.salt, &part.body)).collect();
        let chain = canonical::chain(&disk.chain, &header, &hashes);
        let signature = self.key.sign(&chain).to_bytes();
        let wire = WireEntry { header, parts: wire_parts, chain, signature, receipt: None, older: false };
        let mut touched = BTreeSet::new();
        for part in parts.iter().filter(|part| part.op != Op::Read) {
            let key = (part.kind, part.record);
            let mut row = disk.view.get(&key).cloned();
            disk.shadow.entry(key).or_insert_with(|| row.clone());
            change(&mut row, part);
            disk.view.insert(key, row.unwrap());
            touched.insert(key);
        }
        disk.refold(&touched, &self.disk.view);
        disk.chain = chain;
        let (shared, parts) = (Rc::new(wire.clone()), Rc::new(parts.to_vec()));
        disk.journal.push(Entry { wire: shared, parts, fate: Answer::Waiting, receipt: None });
        self.disk = disk;
        Some(wire)
    }

    fn opened(&mut self) -> Opened {
        let disk = &mut self.disk;
        if disk.staged_to.is_some_and(|(token, _)| token.position <= disk.cursor) {
            // What a finished swap left behind.
            disk.staged.clear();
            disk.staged_to = None;
        }
        let (cursor, staged, epoch, log) = (disk.cursor, disk.staged_to, disk.epoch, disk.log);
        let counts = self.counts();
        Opened {
            cursor,
            staged,
            epoch,
            log,
            next_seq: counts.next_seq,
            waiting: counts.waiting,
            quarantined: counts.quarantined,
        }
    }

    fn outbox(&self, from_seq: u64, limit: u32) -> Vec<WireEntry> {
        let skip = usize::try_from(from_seq.max(1) - 1).unwrap();
        let entries = self.disk.journal.iter().zip(1..).skip(skip).take(usize::try_from(limit).unwrap());
        entries.map(|(entry, seq)| self.sent(entry, seq)).collect()
    }

    fn lacking(&self, from_seq: u64, limit: u32) -> Vec<WireEntry> {
        let lacks = |entry: &Entry| matches!(&entry.fate, Answer::Aside { reason } if reason == "unknown_record");
        let entries = self.disk.journal.iter().zip(1..).filter(|(entry, seq)| *seq >= from_seq && lacks(entry));
        entries.take(usize::try_from(limit).unwrap()).map(|(entry, seq)| self.sent(entry, seq)).collect()
    }

    fn record(&mut self, outcomes: &[Outcome]) -> Counts {
        let mut disk = self.disk.clone();
        let before = disk.view.clone();
        for outcome in outcomes {
            let entry = disk.journal.get_mut(usize::try_from(outcome.seq).unwrap() - 1).unwrap();
            entry.fate = match &outcome.verdict {
                Verdict::Accepted { position, eff } => {
                    disk.clock = disk.clock.max(*eff);
                    entry.receipt = outcome.receipt.map(|code| Receipt { eff: *eff, code });
                    Answer::Accepted { position: *position }
                }
                Verdict::Quarantined { .. } if entry.fate != Answer::Waiting => continue,
                Verdict::Quarantined { reason } => Answer::Aside { reason: reason.clone() },
            };
        }
        disk.replay();
        let touched = differing(&before, &disk.view);
        disk.refold(&touched, &before);
        self.disk = disk;
        self.counts()
    }

    fn stage(&mut self, page: &PullPage) {
        let mut disk = self.disk.clone();
        for record in &page.records {
            let part = record.part().unwrap();
            let mut row = Some(Fields::new());
            change(&mut row, &part);
            disk.staged.insert((record.kind, record.id), row.unwrap());
            let highest = record.clocks.iter().map(|clock| clock.eff).max().unwrap_or_default();
            disk.clock = disk.clock.max(highest);
        }
        disk.staged_to = Some((page.next, page.log));
        self.disk = disk;
    }

    fn swap(&mut self, to: &Cursor, fate: Fate<'_>) -> Result<(), Crashed> {
        if self.faults.cursor_alone {
            self.disk.cursor = to.position;
            if fate() {
                return Err(Crashed);
            }
        }
        let mut disk = self.disk.clone();
        let mut touched: BTreeSet<Key> = disk.staged.keys().copied().collect();
        let before = disk.view.clone();
        if std::mem::take(&mut disk.restating) {
            // Cards of the server's earlier life that it has not raised again.
            disk.view.retain(|key, _| key.0 != CARD_KIND || disk.staged.contains_key(key));
        }
        for (key, row) in std::mem::take(&mut disk.staged) {
            if let Some(shadow) = disk.shadow.get_mut(&key) {
                *shadow = Some(row);
            } else {
                disk.view.insert(key, row);
            }
        }
        disk.staged_to = None;
        disk.cursor = to.position;
        (disk.epoch, disk.log) = (Some(to.epoch), to.log);
        disk.replay();
        touched.extend(differing(&before, &disk.view));
        if !self.faults.no_refold {
            disk.refold(&touched, &before);
        }
        if fate() {
            return Err(Crashed);
        }
        self.disk = disk;
        Ok(())
    }

    fn rewind(&mut self, epoch: Uuid, expected_seq: u64) {
        let mut disk = self.disk.clone();
        let before = disk.view.clone();
        let mut shown = BTreeSet::new();
        for (entry, _) in disk.journal.iter_mut().zip(1..).filter(|(_, seq)| *seq >= expected_seq) {
            entry.fate = Answer::Waiting;
            shown.extend(entry.parts.iter().filter(|part| part.op != Op::Read).map(|part| (part.kind, part.record)));
        }
        for key in shown {
            disk.shadow.entry(key).or_insert_with(|| before.get(&key).cloned());
        }
        disk.first_of_this_server = u64::try_from(disk.journal.len()).unwrap() + 1;
        disk.staged.clear();
        disk.staged_to = None;
        (disk.cursor, disk.epoch, disk.log, disk.restating) = (0, Some(epoch), None, true);
        disk.replay();
        let touched = differing(&before, &disk.view);
        disk.refold(&touched, &before);
        self.disk = disk;
    }

    fn restart(&mut self) {}

    fn tables(&self) -> Tables {
        self.disk.view.clone()
    }

    fn statuses(&self) -> BTreeMap<RecordId, Option<String>> {
        self.disk.statuses.clone()
    }

    fn leftovers(&self) -> Vec<String> {
        let mut left = Vec::new();
        left.extend(self.disk.shadow.keys().map(|key| format!("shadow of {key:?}")));
        left.extend(self.disk.staged.keys().map(|key| format!("staged {key:?}")));
        left.extend(self.disk.pending().map(|part| format!("pending {part:?}")));
        left
    }
}

impl ModelFolder {
    /// An entry as it is sent.
    fn sent(&self, entry: &Entry, seq: u64) -> WireEntry {
        let older = seq < self.disk.first_of_this_server;
        WireEntry { receipt: entry.receipt, older, ..(*entry.wire).clone() }
    }

    fn counts(&self) -> Counts {
        let count = |fits: &dyn Fn(&Answer) -> bool| {
            u64::try_from(self.disk.journal.iter().filter(|entry| fits(&entry.fate)).count()).unwrap()
        };
        let answered = self.disk.journal.iter().take_while(|entry| entry.fate != Answer::Waiting).count();
        Counts {
            next_seq: u64::try_from(answered).unwrap() + 1,
            waiting: count(&|fate| *fate == Answer::Waiting),
            quarantined: count(&|fate| matches!(fate, Answer::Aside { .. })),
        }
    }
}

fn differing(before: &Tables, after: &Tables) -> BTreeSet<Key> {
    before.keys().chain(after.keys()).filter(|key| before.get(key) != after.get(key)).copied().collect()
}
