//! What must hold after a kill, by the independent reader and by plain SQL.

use std::path::Path;

use store::Store;
use vault::rusqlite::Connection;
use vault::{Check, DataKey, Vault};
use verify::{Entry, PartState, check_folder, replayed, stored, tables};

use crate::child::{KEY, opening, random};

/// A write that the child said was on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    number: i64,
    /// The entry's sequence number.
    pub(crate) seq: u64,
}

impl Acknowledged {
    /// Of a child's line, if it is an acknowledgement.
    pub(crate) fn heard(line: &str) -> Option<Self> {
        let (number, seq) = line.strip_prefix("@ack ")?.split_once(' ')?;
        Some(Self { number: number.parse().ok()?, seq: seq.parse().ok()? })
    }
}

/// A folder that is sound.
pub(crate) struct Judged {
    /// The write that had begun is not there: the signal hit its transaction.
    pub(crate) killed_inside: bool,
    /// The signal came between a commit and its head.
    pub(crate) head_was_behind: bool,
    /// All payments that the folder now holds; the next kill must not lose the unacknowledged one either, once it
    /// was seen.
    pub(crate) now_known: Vec<Acknowledged>,
}

/// Opens the folder as its next user would, page by page, and holds it against what was acknowledged.
pub(crate) fn judge(
    dir: &Path,
    acknowledged: &[Acknowledged],
    heard_up_to: u64,
    begun: bool,
) -> Result<Judged, String> {
    let vault = Vault::open(dir, &DataKey::from_bytes(KEY), opening(Check::EveryPage)).map_err(told)?;
    let mut entries = Vec::new();
    let accepted = check_folder(&vault, &mut |entry| entries.push(entry.clone())).map_err(told)?;
    // The head is written after the commit and before the acknowledgement, so it may lack what was never heard of
    // (a kill while the log is synced leaves a commit without head or acknowledgement), and nothing else.
    let remembered = accepted.head_behind.map(|behind| accepted.entries() - behind);
    if remembered.is_none_or(|seq| seq < heard_up_to) {
        return Err(format!("the head remembers {remembered:?}, entry {heard_up_to} was acknowledged"));
    }
    let db = vault.reader().map_err(told)?;
    whole(&db, &entries)?;
    let payments = payments(&db)?;
    let store = Store::open(vault, clinic::PARTS, Box::new(random())).map_err(told)?;
    let moved = check_folder(store.vault(), &mut |_| {}).map_err(told)?;
    if (store.alarm(), moved.head_behind) != (None, Some(0)) {
        return Err(format!("opening leaves the head {:?} behind, with {:?}", moved.head_behind, store.alarm()));
    }
    if let Some((payment, at)) = payments.iter().zip(1..).find(|(payment, at)| payment.number != *at) {
        return Err(format!("number {} stands where {at} belongs: one is missing or twice", payment.number));
    }
    if let Some(lost) = acknowledged.iter().find(|ack| !payments.contains(ack)) {
        return Err(format!("{lost:?} was acknowledged and is gone"));
    }
    let unheard = payments.len() - acknowledged.len();
    if unheard > usize::from(begun) {
        return Err(format!("{unheard} writes are there that nobody began"));
    }
    let head_was_behind = accepted.head_behind != Some(0);
    Ok(Judged { killed_inside: begun && unheard == 0, head_was_behind, now_known: payments })
}

/// Rows and journal tell the same story, and no row points nowhere.
fn whole(db: &Connection, entries: &[Entry]) -> Result<(), String> {
    let tables = tables().map_err(told)?;
    let (by_rows, by_journal) = (stored(db, &tables).map_err(told)?, replayed(entries.iter()));
    if by_rows != by_journal {
        return Err(format!("the tables hold {by_rows}, the journal adds up to {by_journal}"));
    }
    let dangling = db.prepare("pragma foreign_key_check").and_then(|mut check| check.exists([])).map_err(told)?;
    if dangling {
        return Err("a row points to none".to_owned());
    }
    // One write is one entry: a patient, a payment, and from the second on an amended patient, or none of them.
    let halves = entries.iter().filter(|entry| entry.header.command == "kill9.pay");
    let wrong = halves.zip(1..).find(|(entry, number)| {
        let whole = entry.parts.iter().all(|part| matches!(part, PartState::Kept(_)));
        !whole || entry.parts.len() != if *number == 1 { 2 } else { 3 }
    });
    wrong.map_or(Ok(()), |(entry, number)| Err(format!("write {number} has {} parts", entry.parts.len())))
}

/// Each payment with the number of the entry that made it, in the order of their numbers.
fn payments(db: &Connection) -> Result<Vec<Acknowledged>, String> {
    let mut query = db.prepare(include_str!("payments.sql")).map_err(told)?;
    let rows = query.query_map([], |row| {
        let seq: i64 = row.get("seq")?;
        Ok(Acknowledged { number: row.get("number")?, seq: u64::try_from(seq).unwrap_or(0) })
    });
    rows.and_then(Iterator::collect).map_err(told)
}

/// An error with all its causes, in one line.
fn told(error: impl std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
