//! The head: the last sequence and hash of the journal, kept outside the database.
//!
//! SQLite drops a damaged tail of its write-ahead log without a word. The head notices: when it is ahead of the
//! database, changes are gone, and how many. It cannot see a whole folder rolled back; only the server's nonce can.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use domain::{canonical::Hash, id::GenerationId};
use vault::rusqlite::{self, Connection, OptionalExtension};

const SLOT: usize = 128;
const MACED: usize = 96;
const VERSION: u8 = 1;

/// What the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The life of the folder.
    pub generation: GenerationId,
    /// Raised at every writing.
    pub counter: u64,
    /// The journal's last sequence number.
    pub seq: u64,
    /// The journal's last hash.
    pub chain: Hash,
}

/// Changes are gone: the head knows of more than the database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadAlarm {
    /// The database ends this many entries early.
    Gone {
        /// How many entries are missing.
        changes: u64,
    },
    /// The database holds another history than the head was written for, or one that goes on with entries which
    /// this device did not write.
    Forked,
}

impl HeadAlarm {
    /// Keeps the alarm beyond this opening.
    pub(crate) fn keep(self, db: &Connection) -> rusqlite::Result<Self> {
        let changes = match self {
            Self::Gone { changes } => i64::try_from(changes).unwrap_or(i64::MAX),
            Self::Forked => 0,
        };
        db.execute("insert or replace into local_fact (name, value) values ('head_alarm', ?1)", [changes])?;
        Ok(self)
    }

    /// The alarm of an earlier opening.
    pub(crate) fn kept(db: &Connection) -> rusqlite::Result<Option<Self>> {
        let changes: Option<i64> =
            db.query_row("select value from local_fact where name = 'head_alarm'", [], |row| row.get(0)).optional()?;
        Ok(changes.map(|changes| match u64::try_from(changes) {
            Ok(changes) if changes > 0 => Self::Gone { changes },
            _ => Self::Forked,
        }))
    }

    pub(crate) fn forget(db: &Connection) -> rusqlite::Result<()> {
        db.execute("delete from local_fact where name = 'head_alarm'", []).map(drop)
    }
}

pub(crate) struct HeadFile {
    file: File,
    mac_key: [u8; 32],
    counter: u64,
}

impl HeadFile {
    pub(crate) fn open(path: &Path, mac_key: [u8; 32]) -> std::io::Result<(Self, Option<Head>)> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::with_capacity(2 * SLOT);
        file.read_to_end(&mut bytes)?;
        let head = bytes.chunks_exact(SLOT).filter_map(|slot| decode(slot, &mac_key)).max_by_key(|head| head.counter);
        Ok((Self { file, mac_key, counter: head.map_or(0, |head| head.counter) }, head))
    }

    /// Writes the slot that does not hold the current head, so that a torn write leaves the other one.
    pub(crate) fn write(&mut self, generation: GenerationId, seq: u64, chain: Hash, sync: bool) -> std::io::Result<()> {
        self.counter += 1;
        let slot = encode(&Head { generation, counter: self.counter, seq, chain }, &self.mac_key);
        self.file.seek(SeekFrom::Start((self.counter % 2) * SLOT as u64))?;
        self.file.write_all(&slot)?;
        if sync { self.file.sync_data() } else { Ok(()) }
    }

    pub(crate) fn sync(&self) -> std::io::Result<()> {
        self.file.sync_data()
    }
}

/// Compares what the head remembers with what the database holds.
pub(crate) fn compare(
    head: Option<Head>,
    generation: GenerationId,
    last: u64,
    chain_at: impl FnOnce(u64) -> Option<Hash>,
) -> Option<HeadAlarm> {
    let head = head.filter(|head| head.generation == generation)?;
    if head.seq > last {
        return Some(HeadAlarm::Gone { changes: head.seq - last });
    }
    (head.seq > 0 && chain_at(head.seq) != Some(head.chain)).then_some(HeadAlarm::Forked)
}

fn encode(head: &Head, mac_key: &[u8; 32]) -> Vec<u8> {
    let mut slot = vec![VERSION];
    slot.resize(8, 0);
    slot.extend_from_slice(head.generation.0.as_bytes());
    slot.extend_from_slice(&head.counter.to_be_bytes());
    slot.extend_from_slice(&head.seq.to_be_bytes());
    slot.extend_from_slice(&head.chain);
    slot.resize(MACED, 0);
    let mac = blake3::keyed_hash(mac_key, &slot);
    slot.extend_from_slice(mac.as_bytes());
    slot
}

fn decode(slot: &[u8], mac_key: &[u8; 32]) -> Option<Head> {
    let (body, mac) = slot.split_at_checked(MACED)?;
    // blake3::Hash compares in constant time.
    if blake3::keyed_hash(mac_key, body) != blake3::Hash::from_slice(mac).ok()? || body.first() != Some(&VERSION) {
        return None;
    }
    let u64_at = |at: usize| body.get(at..at + 8)?.try_into().ok().map(u64::from_be_bytes);
    Some(Head {
        generation: GenerationId(domain::id::Uuid::from_slice(body.get(8..24)?).ok()?),
        counter: u64_at(24)?,
        seq: u64_at(32)?,
        chain: body.get(40..72)?.try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn generation() -> GenerationId {
        GenerationId(domain::id::Uuid::from_u128(9))
    }

    #[test]
    fn the_last_written_head_is_read_back_and_a_torn_slot_leaves_the_one_before() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("head");
        let (mut file, none) = HeadFile::open(&path, KEY).unwrap();
        assert_eq!(none, None);
        for seq in 1..=5 {
            file.write(generation(), seq, [u8::try_from(seq).unwrap(); 32], false).unwrap();
        }
        let (_, head) = HeadFile::open(&path, KEY).unwrap();
        assert_eq!(head.unwrap().seq, 5);

        let mut bytes = std::fs::read(&path).unwrap();
        bytes[SLOT + 50] ^= 1; // counter 5 lies in the second slot
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(HeadFile::open(&path, KEY).unwrap().1.unwrap().seq, 4);
    }

    #[test]
    fn a_head_made_with_another_key_counts_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("head");
        HeadFile::open(&path, KEY).unwrap().0.write(generation(), 1, [1; 32], true).unwrap();
        assert_eq!(HeadFile::open(&path, [8; 32]).unwrap().1, None);
    }

    #[test]
    fn ahead_is_an_alarm_with_a_count_and_behind_is_normal() {
        let head = Some(Head { generation: generation(), counter: 3, seq: 9, chain: [9; 32] });
        assert_eq!(compare(head, generation(), 6, |_| None), Some(HeadAlarm::Gone { changes: 3 }));
        assert_eq!(compare(head, generation(), 12, |_| Some([9; 32])), None);
        assert_eq!(compare(head, generation(), 12, |_| Some([0; 32])), Some(HeadAlarm::Forked));
    }
}
