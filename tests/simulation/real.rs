//! The real store as a folder of the simulation: an encrypted file, the real doors, the clinic's schema and folds.
//!
//! A crash drops the open folder and opens it again. Killing a process inside a transaction is the crash tests'
//! business; here the process dies between commits.

use std::collections::BTreeMap;

use app::sync::translate;
use clinic::PARTS;
use domain::{
    canonical::{Op, Part},
    certificate::Certificate,
    clock::Hlc,
    id::{RecordId, UserId, Uuid},
    registry::{self, Kind},
    time::Timestamp,
    value::Value,
};
use ed25519_dalek::SigningKey;
use store::{Actor, Identity, Most, Store, StoreError, WriteFailed, newest, sql_value};
use sync::{
    engine::Opened,
    protocol::{Outcome, PullPage, SCOPE_FULL, WireEntry},
};
use tempfile::TempDir;
use vault::{Check, DataKey, KeySlots, Opening, Vault, rusqlite::params_from_iter};

use crate::{
    folder::{Counts, Crashed, Cursor, Fate, Fields, Folder, Tables, Who},
    world::ORG,
};

pub(crate) struct RealFolder {
    dir: TempDir,
    key: DataKey,
    who: Who,
    public: [u8; 32],
    store: Option<Store>,
    seen: Hlc,
    lives: u64,
}

fn random(seed: u64) -> impl FnMut(&mut [u8]) + Send {
    let mut reader = blake3::Hasher::new().update(&seed.to_be_bytes()).finalize_xof();
    move |bytes: &mut [u8]| reader.fill(bytes)
}

fn opening() -> Opening<'static> {
    Opening { program: "simulation", now_ms: 0, known_schema: newest(PARTS.migrations), check: Check::Header }
}

impl RealFolder {
    pub(crate) fn new(who: Who, secret: [u8; 32]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut dice = random(u64::from(secret[0]));
        let key = DataKey::generate(&mut dice);
        let slots = KeySlots::new(&key, &mut dice);
        let vault = Vault::create(&dir.path().join("desk"), &key, &slots, opening(), &mut dice).unwrap();
        let device = SigningKey::from_bytes(&secret);
        let public = device.verifying_key().to_bytes();
        let at = Timestamp::from_millis(1);
        let root = SigningKey::from_bytes(&[9; 32]);
        let certificate = Certificate::issue(&root, ORG, who.device, who.generation, "A", &device.verifying_key(), at);
        let identity = Identity::new(certificate, device, None);
        let store = Store::found(vault, PARTS, &identity, Box::new(random(100))).unwrap();
        Self { dir, key, who, public, store: Some(store), seen: Hlc::default(), lives: 0 }
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn last_seq(&self) -> u64 {
        let last = |view: &store::View<'_>| {
            Ok::<_, StoreError>(view.db().query_row("select coalesce(max(seq), 0) from journal", [], |row| row.get(0))?)
        };
        self.store().read(UserId(Uuid::nil()), Timestamp::default(), last).unwrap()
    }

    /// Visits that will not be and still hold time, and visits that go on and hold none though they once did.
    fn astray(&self) -> Vec<String> {
        let sql = "select hex(appointment.id), appointment.status from appointment \
                   join resource_allocation as claim on claim.appointment_id = appointment.id \
                   group by appointment.id \
                   having (appointment.status in ('cancelled', 'no_show')) = (count(*) > count(claim.released_at))";
        self.store()
            .read(UserId(Uuid::nil()), Timestamp::default(), |view| {
                let mut query = view.db().prepare(sql)?;
                let rows = query.query_map([], |row| {
                    Ok(format!("{} visit {} and its claims", row.get::<_, String>(1)?, row.get::<_, String>(0)?))
                })?;
                Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }

    fn counts(&self) -> Counts {
        let standing = self.store().standing().unwrap();
        Counts { next_seq: standing.next_seq, waiting: standing.waiting, quarantined: standing.quarantined }
    }
}

fn wire(entry: store::Outgoing) -> WireEntry {
    translate::wire(entry).unwrap()
}

fn statement(kind: &Kind, part: &Part) -> (String, Vec<Value>) {
    let columns: Vec<&str> = part.fields.iter().map(|(id, _)| kind.field(*id).unwrap().column).collect();
    let mut values: Vec<Value> = part.fields.iter().map(|(_, value)| value.clone()).collect();
    values.push(Value::from(part.record.0));
    let sql = if part.op == Op::Insert {
        let marks = vec!["?"; columns.len() + 1].join(", ");
        format!("insert into {} ({}, id) values ({marks})", kind.table, columns.join(", "))
    } else {
        let sets: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
        format!("update {} set {} where id = ?", kind.table, sets.join(", "))
    };
    (sql, values)
}

impl Folder for RealFolder {
    fn who(&self) -> Who {
        self.who
    }

    fn public_key(&self) -> [u8; 32] {
        self.public
    }

    fn write(&mut self, at: Timestamp, actor: UserId, command: &str, parts: &[Part]) -> Option<WireEntry> {
        let written = self.store().write(Actor(actor), command, at, |tx| {
            for part in parts {
                let kind = registry::kind(part.kind).unwrap();
                if part.op == Op::Read {
                    tx.note_read(kind, part.record.0);
                    continue;
                }
                let (sql, values) = statement(kind, part);
                tx.db().prepare_cached(&sql)?.execute(params_from_iter(values.iter().map(sql_value)))?;
            }
            Ok::<_, StoreError>(())
        });
        let written = match written {
            // The desk's own door refuses what the server would have kept aside.
            Err(WriteFailed::Store(StoreError::Rule { .. })) => return None,
            written => written.unwrap_or_else(|error| panic!("{command}: {error}")),
        };
        let seq = written.entry?;
        Some(wire(self.store().journal(seq - 1, Most::entries(1)).unwrap().remove(0)))
    }

    fn opened(&mut self) -> Opened {
        translate::opened(self.store()).unwrap()
    }

    fn outbox(&self, from_seq: u64, limit: u32) -> Vec<WireEntry> {
        let entries = self.store().journal(from_seq - 1, Most::entries(usize::try_from(limit).unwrap())).unwrap();
        entries.into_iter().map(wire).collect()
    }

    fn lacking(&self, from_seq: u64, limit: u32) -> Vec<WireEntry> {
        let entries = self.store().lacking(from_seq - 1, Most::entries(usize::try_from(limit).unwrap())).unwrap();
        entries.into_iter().map(wire).collect()
    }

    fn record(&mut self, outcomes: &[Outcome]) -> Counts {
        let answers: Vec<_> = outcomes.iter().cloned().map(translate::answer).collect();
        self.store().acknowledge(&answers).unwrap();
        self.counts()
    }

    fn stage(&mut self, page: &PullPage) {
        let (states, highest) = translate::states(page).unwrap();
        self.seen = self.seen.max(highest);
        self.store().stage(SCOPE_FULL, &states).unwrap();
    }

    fn swap(&mut self, to: &Cursor, fate: Fate<'_>) -> Result<(), Crashed> {
        if fate() {
            return Err(Crashed);
        }
        let reached = store::Cursor { position: to.position, epoch: to.epoch, log: to.log };
        self.store().swap_in(SCOPE_FULL, &reached, self.seen).unwrap();
        if fate() { Err(Crashed) } else { Ok(()) }
    }

    fn rewind(&mut self, epoch: Uuid, expected_seq: u64) {
        self.store().rewind(epoch, expected_seq).unwrap();
    }

    fn follow(&mut self, at: Timestamp) -> Option<WireEntry> {
        let before = self.last_seq();
        clinic::agenda::follow_all(self.store(), "2000-01-01".parse().unwrap(), at)
            .unwrap()
            .then(|| wire(self.store().journal(before, Most::entries(1)).unwrap().remove(0)))
    }

    fn restart(&mut self) {
        self.store = None;
        self.seen = Hlc::default();
        self.lives += 1;
        let vault = Vault::open(&self.dir.path().join("desk"), &self.key, opening()).unwrap();
        let store = Store::open(vault, PARTS, Box::new(random(100 + self.lives))).unwrap();
        assert!(store.alarm().is_none(), "the head and the journal agree after a crash between commits");
        self.store = Some(store);
    }

    fn tables(&self) -> Tables {
        self.store()
            .read(UserId(Uuid::nil()), Timestamp::default(), |view| {
                let mut tables = Tables::new();
                for kind in registry::kinds() {
                    let fields: Vec<_> = kind.replicated().collect();
                    let columns: Vec<&str> = fields.iter().map(|field| field.column).collect();
                    let sql = format!("select id, {} from {}", columns.join(", "), kind.table);
                    let mut query = view.db().prepare(&sql)?;
                    let mut rows = query.query([])?;
                    while let Some(row) = rows.next()? {
                        let mut shown = Fields::new();
                        for (index, field) in fields.iter().enumerate() {
                            use vault::rusqlite::types::Value as Sql;
                            let value = match row.get::<_, Sql>(index + 1)? {
                                Sql::Null => continue,
                                Sql::Integer(number) => Value::Int(number),
                                Sql::Text(text) => Value::Text(text),
                                Sql::Blob(bytes) => Value::Bytes(bytes),
                                Sql::Real(_) => panic!("a floating point number"),
                            };
                            shown.insert(field.id, value);
                        }
                        tables.insert((kind.id, RecordId(row.get(0)?)), shown);
                    }
                }
                Ok::<_, StoreError>(tables)
            })
            .unwrap()
    }

    fn statuses(&self) -> BTreeMap<RecordId, Option<String>> {
        self.store()
            .read(UserId(Uuid::nil()), Timestamp::default(), |view| {
                let mut query = view.db().prepare("select id, status from appointment")?;
                let rows = query.query_map([], |row| Ok((RecordId(row.get(0)?), row.get(1)?)))?;
                Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }

    fn leftovers(&self) -> Vec<String> {
        let unsettled = self.store().unsettled().unwrap().into_iter().map(|key| format!("unsettled {key:?}"));
        unsettled.chain(self.astray()).collect()
    }
}
