//! What should have come out, told independently: a slow and obvious replay of every entry in the order in which
//! the server committed it. Shares the registry and the byte format with the real thing, and no rule.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical::{Header, Op, Part},
    clock::Hlc,
    id::{DeviceId, RecordId, Uuid, derived},
    registry::{self, Class, Ids},
    time::Timestamp,
    value::Value,
};
use sync::protocol::{Verdict, WireEntry};

use crate::{
    folder::{Fields, Key, Tables, Who},
    work::{AUDITOR, GRAIN_MS},
};

/// One entry as the server committed it.
#[derive(Debug, Clone)]
pub(crate) struct Committed {
    pub(crate) who: Who,
    pub(crate) seq: u64,
    pub(crate) verdict: Verdict,
    pub(crate) received: Timestamp,
    /// The desk had the server's word that it was accepted before, as of this time.
    pub(crate) before: Option<Hlc>,
    /// Its base is of an earlier life of the server.
    pub(crate) older: bool,
    /// Where the server's life began.
    pub(crate) floor: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    value: Value,
    eff: u64,
    device: DeviceId,
    position: u64,
}

/// The expected end, and how many writes it is made of.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) tables: Tables,
    /// Field writes of accepted entries.
    pub(crate) written: usize,
    /// Those whose value stands in the end.
    pub(crate) survived: usize,
    /// Those that a later one beat.
    pub(crate) beaten: usize,
    /// Entries kept aside.
    pub(crate) aside: usize,
    /// Cards of the inbox.
    pub(crate) cards: usize,
    /// Entries kept aside that were accepted later.
    pub(crate) judged_again: usize,
}

/// A claim, its row before the entry, and whether the entry itself keeps it.
type Touched = (RecordId, Option<BTreeMap<u16, Cell>>, bool);

#[derive(Default)]
struct World {
    cells: BTreeMap<Key, BTreeMap<u16, Cell>>,
    /// Every accepted write of a field by a desk.
    writes: Vec<(Key, u16, u64, DeviceId)>,
    effs: Vec<(u64, u64)>,
    last_eff: BTreeMap<Who, u64>,
    head: u64,
}

const CLAIM: u16 = 71;
const CARD: u16 = 161;
const SERVER: DeviceId = DeviceId(Uuid::nil());

/// Replays. `written` is every entry that any desk ever committed to its disk.
pub(crate) fn replay(written: &BTreeMap<(Who, u64), WireEntry>, log: &[Committed]) -> Result<Expected, String> {
    let mut world = World::default();
    let mut next: BTreeMap<Who, u64> = BTreeMap::new();
    let mut aside = BTreeSet::new();
    let mut judged_again = 0;
    for commit in log {
        let name = format!("entry {} of {}", commit.seq, commit.who.device);
        let seq = next.entry(commit.who).or_insert(1);
        if aside.remove(&(commit.who, commit.seq)) {
            judged_again += 1;
        } else if commit.seq == *seq {
            *seq += 1;
        } else {
            return Err(format!("{name} came when {seq} was due"));
        }
        let entry = written.get(&(commit.who, commit.seq)).ok_or(format!("{name} was never written"))?;
        let verdict = world.take(commit, entry);
        if verdict != commit.verdict {
            return Err(format!("{name}: {verdict:?} was expected and {:?} came", commit.verdict));
        }
        if matches!(verdict, Verdict::Quarantined { .. }) {
            aside.insert((commit.who, commit.seq));
        }
    }
    let arrived: u64 = next.values().map(|next| next - 1).sum();
    if usize::try_from(arrived).unwrap() != written.len() {
        return Err(format!("{} entries were written and {arrived} arrived", written.len()));
    }
    let survived = world
        .writes
        .iter()
        .filter(|(key, field, eff, device)| {
            let cell = &world.cells[key][field];
            (cell.eff, cell.device) == (*eff, *device)
        })
        .count();
    let beaten = world
        .writes
        .iter()
        .filter(|(key, field, eff, device)| {
            let cell = &world.cells[key][field];
            (cell.eff, cell.device) > (*eff, *device)
        })
        .count();
    world.check_claims()?;
    let cards = world.cells.keys().filter(|key| key.0 == CARD).count();
    Ok(Expected {
        tables: world.tables(),
        written: world.writes.len(),
        survived,
        beaten,
        aside: aside.len(),
        cards,
        judged_again,
    })
}

impl World {
    fn tables(&self) -> Tables {
        self.cells
            .iter()
            .map(|(key, cells)| {
                let row: Fields = cells
                    .iter()
                    .filter(|(_, cell)| !cell.value.is_null())
                    .map(|(id, cell)| (*id, cell.value.clone()))
                    .collect();
                (*key, row)
            })
            .collect()
    }

    fn take(&mut self, commit: &Committed, entry: &WireEntry) -> Verdict {
        let header = Header::decode(&entry.header).unwrap();
        let parts: Vec<Part> = entry.parts.iter().map(|part| Part::decode(&part.body).unwrap()).collect();
        let base = if commit.older { header.base.min(commit.floor) } else { header.base };
        let refusal = match commit.before {
            Some(_) => self.lacks(&parts).then_some("unknown_record"),
            None => self.refusal(&header, base, &parts),
        };
        if let Some(reason) = refusal {
            return Verdict::Quarantined { reason: reason.to_owned() };
        }
        let previous = self.last_eff.get(&commit.who).copied().unwrap_or(0);
        let seen = self.effs.iter().filter(|(at, _)| *at <= base).map(|(_, eff)| *eff).max().unwrap_or(0);
        let now = u64::try_from(commit.received.millis()).unwrap() << 16 | 0xffff;
        let own = if header.hlc.0 > now { now } else { header.hlc.0 };
        let anew = *[previous + 1, seen + 1, own].iter().max().unwrap();
        let eff = commit.before.map_or(anew, |before| before.0);
        let position = self.head + 1;
        let saved = self.cells.clone();
        let mut touched = Vec::new();
        let mut writes = Vec::new();
        for part in parts.iter().filter(|part| part.op != Op::Read) {
            let key = (part.kind, part.record);
            let row = self.cells.entry(key).or_default();
            for (field, value) in &part.fields {
                if part.kind == CLAIM && *field == 16 {
                    continue;
                }
                writes.push((key, *field, eff, header.device));
                let loses = row.get(field).is_some_and(|cell| (cell.eff, cell.device) > (eff, header.device));
                if !loses {
                    row.insert(*field, Cell { value: value.clone(), eff, device: header.device, position });
                }
            }
            if part.kind == CLAIM {
                let kept = part.fields.iter().any(|(field, value)| *field == 18 && !value.is_null());
                touched.push((part.record, saved.get(&key).cloned(), kept));
            }
        }
        for (claim, ..) in &touched {
            let row = &self.cells[&(CLAIM, *claim)];
            if slots(row).is_none_or(|slots| slots.is_empty()) && !gone(row) {
                self.cells = saved;
                return Verdict::Quarantined { reason: "claim_invalid".to_owned() };
            }
        }
        self.judge(&touched, eff, position, commit.received);
        self.writes.extend(writes);
        self.effs.push((position, eff));
        self.last_eff.insert(commit.who, eff.max(previous));
        self.head = position;
        Verdict::Accepted { position, eff: Hlc(eff) }
    }

    /// A change of a record that is not here.
    fn lacks(&self, parts: &[Part]) -> bool {
        parts.iter().any(|part| part.op == Op::Update && !self.cells.contains_key(&(part.kind, part.record)))
    }

    fn refusal(&self, header: &Header, base: u64, parts: &[Part]) -> Option<&'static str> {
        let writes = parts.iter().any(|part| part.op != Op::Read);
        if header.actor == AUDITOR && writes {
            return Some("not_permitted");
        }
        for part in parts.iter().filter(|part| part.op != Op::Read) {
            let kind = registry::kind(part.kind).unwrap();
            let row = self.cells.get(&(part.kind, part.record));
            match row {
                None if part.op == Op::Update => return Some("unknown_record"),
                None => {}
                Some(_) if part.op == Op::Insert && kind.ids == Ids::Drawn => return Some("id_taken"),
                Some(row) => match kind.class {
                    Class::Fact | Class::Ledger => return Some("fact_changed"),
                    Class::Sealed { once } => {
                        let once = kind.column(once).unwrap().id;
                        if row.get(&once).is_some_and(|cell| !cell.value.is_null()) {
                            return Some("sealed");
                        }
                        let unseen = row.values().any(|c| c.position > base && c.device != header.device);
                        if unseen && part.fields.iter().any(|(field, value)| *field == once && !value.is_null()) {
                            return Some("sealed_unseen");
                        }
                    }
                    Class::Merge | Class::Claim | Class::ServerOwned => {}
                },
            }
        }
        None
    }

    /// Claims, counted grain by grain.
    fn judge(&mut self, touched: &[Touched], eff: u64, position: u64, now: Timestamp) {
        let mut freed: Vec<(Value, BTreeSet<i64>)> = Vec::new();
        for (claim, before, kept_now) in touched {
            let row = self.cells[&(CLAIM, *claim)].clone();
            let was = before.as_ref().filter(|row| !gone(row));
            if gone(&row) {
                freed.extend(was.map(|row| (row[&11].value.clone(), slots(row).unwrap())));
                self.say(*claim, "released", eff, position);
                continue;
            }
            let same =
                |row: &BTreeMap<u16, Cell>| [11, 12, 13, 14].map(|field| row.get(&field).map(|c| c.value.clone()));
            let stays = was.is_some_and(|was| same(was) == same(&row));
            if stays && !kept_now {
                continue;
            }
            if !stays {
                freed.extend(was.map(|row| (row[&11].value.clone(), slots(row).unwrap())));
            }
            self.grant_or_contest(*claim, *kept_now, eff, position, now);
        }
        for (resource, free) in freed {
            let waiting: Vec<RecordId> = self
                .live()
                .filter(|(_, row)| row[&11].value == resource && state(row) == Some("contested"))
                .filter(|(_, row)| slots(row).unwrap().intersection(&free).next().is_some())
                .map(|(id, _)| id)
                .collect();
            for claim in waiting {
                self.grant_or_contest(claim, false, eff, position, now);
            }
        }
    }

    fn live(&self) -> impl Iterator<Item = (RecordId, &BTreeMap<u16, Cell>)> {
        self.cells.iter().filter(|((kind, _), row)| *kind == CLAIM && !gone(row)).map(|((_, id), row)| (*id, row))
    }

    fn rivals(&self, claim: RecordId) -> Vec<(RecordId, BTreeSet<i64>, bool)> {
        let mine = &self.cells[&(CLAIM, claim)];
        let wanted = slots(mine).unwrap();
        self.live()
            .filter(|(id, row)| *id != claim && row[&11].value == mine[&11].value && row[&10].value != mine[&10].value)
            .filter_map(|(id, row)| {
                let shared: BTreeSet<i64> = slots(row).unwrap().intersection(&wanted).copied().collect();
                (!shared.is_empty()).then(|| (id, shared, state(row) == Some("granted")))
            })
            .collect()
    }

    fn capacity(&self, resource: &Value) -> usize {
        let room = RecordId(resource.as_id().unwrap());
        usize::try_from(self.cells[&(30, room)][&13].value.as_int().unwrap()).unwrap()
    }

    fn grant_or_contest(&mut self, claim: RecordId, kept: bool, eff: u64, position: u64, now: Timestamp) {
        let row = self.cells[&(CLAIM, claim)].clone();
        let rivals = self.rivals(claim);
        let capacity = self.capacity(&row[&11].value);
        let full = slots(&row)
            .unwrap()
            .iter()
            .any(|slot| rivals.iter().filter(|(_, shared, _)| shared.contains(slot)).count() + 1 > capacity);
        if kept || !full {
            return self.say(claim, "granted", eff, position);
        }
        let newly = state(&row) != Some("contested");
        self.say(claim, "contested", eff, position);
        let granted: Vec<_> = rivals.iter().filter(|(.., granted)| *granted).collect();
        let first = granted.iter().map(|rival| rival.0).min().or_else(|| rivals.iter().map(|rival| rival.0).min());
        let first = first.unwrap();
        let (low, high) = if first < claim { (first, claim) } else { (claim, first) };
        let card = (CARD, RecordId(derived("conflict", &[low.0.as_bytes(), high.0.as_bytes()])));
        let cell = |value: Value| Cell { value, eff, device: SERVER, position };
        let raised = Value::Int(now.millis());
        if let Some(existing) = self.cells.get_mut(&card) {
            if newly && existing[&14].value != raised {
                existing.insert(14, cell(raised));
            }
            return;
        }
        let fields = [
            (2, row[&2].value.clone()),
            (3, raised.clone()),
            (10, "double_booking".into()),
            (11, row[&11].value.clone()),
            (12, first.0.into()),
            (13, claim.0.into()),
            (14, raised),
        ];
        self.cells.insert(card, fields.into_iter().map(|(field, value)| (field, cell(value))).collect());
    }

    fn say(&mut self, claim: RecordId, verdict: &str, eff: u64, position: u64) {
        let row = self.cells.get_mut(&(CLAIM, claim)).unwrap();
        if state(row) != Some(verdict) {
            row.insert(16, Cell { value: verdict.into(), eff, device: SERVER, position });
        }
    }

    /// Whatever the order of arrival: nothing overfull goes unseen, and each contested claim has its card.
    fn check_claims(&self) -> Result<(), String> {
        for (id, row) in self.live() {
            let rivals = self.rivals(id);
            match state(row) {
                Some("contested") => {
                    let carded = rivals.iter().any(|(rival, ..)| {
                        let (low, high) = if *rival < id { (*rival, id) } else { (id, *rival) };
                        let card = RecordId(derived("conflict", &[low.0.as_bytes(), high.0.as_bytes()]));
                        self.cells.contains_key(&(CARD, card))
                    });
                    if !carded {
                        return Err(format!("claim {id} is contested and no card names it with a live rival"));
                    }
                }
                Some("granted") if !row.contains_key(&18) => {
                    let capacity = self.capacity(&row[&11].value);
                    let beside = rivals
                        .iter()
                        .filter(|(rival, _, granted)| *granted && !self.cells[&(CLAIM, *rival)].contains_key(&18));
                    let mut load: BTreeMap<i64, usize> = BTreeMap::new();
                    beside
                        .for_each(|(_, shared, _)| shared.iter().for_each(|slot| *load.entry(*slot).or_default() += 1));
                    if load.values().any(|others| others + 1 > capacity) {
                        return Err(format!("claim {id} is granted beyond the capacity"));
                    }
                }
                Some("granted") => {}
                other => return Err(format!("claim {id} is {other:?}")),
            }
        }
        Ok(())
    }
}

fn gone(row: &BTreeMap<u16, Cell>) -> bool {
    [5, 17].iter().any(|field| row.get(field).is_some_and(|cell| !cell.value.is_null()))
}

fn state(row: &BTreeMap<u16, Cell>) -> Option<&str> {
    row.get(&16).and_then(|cell| cell.value.as_text())
}

fn slots(row: &BTreeMap<u16, Cell>) -> Option<BTreeSet<i64>> {
    let (from, to) = (row.get(&12)?.value.as_int()?, row.get(&13)?.value.as_int()?);
    Some((from / GRAIN_MS..to / GRAIN_MS).collect())
}
