//! Whether a journal is whole: every entry chained, signed by a believed device, in its place, none missing.

mod fault;

use std::collections::BTreeMap;
use std::fs;
use std::io;

use ed25519_dalek::{Signature, VerifyingKey};
use vault::Vault;
use vault::rusqlite::{CachedStatement, Connection, OptionalExtension, Row, named_params};

pub use self::fault::{Fault, JournalError, Place};
use crate::bytes::Id;
use crate::certificate::Trust;
use crate::entry::{Entry, Header, Part, PartState, genesis, link, part_hash};
use crate::head::Head;

/// One generation's chain, accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The life of the folder.
    pub generation: Id,
    /// The desk.
    pub device: Id,
    /// How many entries; also the last one's sequence number.
    pub entries: u64,
    /// The last one's hash.
    pub chain: [u8; 32],
}

/// A journal without fault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The generations, in the order in which they began here.
    pub chains: Vec<Chain>,
    /// Parts that are whole.
    pub parts: u64,
    /// Parts that were lawfully erased.
    pub erased: u64,
    /// By how many entries the head is behind the database, which is normal after a crash. `None` when no head
    /// was given.
    pub head_behind: Option<u64>,
}

impl Accepted {
    /// Entries over all generations.
    pub fn entries(&self) -> u64 {
        self.chains.iter().map(|chain| chain.entries).sum()
    }
}

/// Checks the journal of an open folder with its head file, believing what the folder says of its devices.
/// `each` sees every entry after it was accepted.
pub fn check_folder(vault: &Vault, each: &mut dyn FnMut(&Entry)) -> Result<Accepted, JournalError> {
    let db = vault.reader()?;
    let file = match fs::read(vault.dir().join("head")) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(JournalError::Head(error)),
    };
    // One snapshot: the writer may go on meanwhile. Its head may then be ahead of what is read here, so the head
    // was read first.
    let snapshot = db.unchecked_transaction()?;
    let trust = Trust::of_folder(&snapshot)?.ok_or(JournalError::nowhere(Fault::NoIdentity))?;
    let head = match file {
        Some(file) => Some(
            Head::read(&file, &vault.key().derive("praxis head v1"))
                .ok_or(JournalError::nowhere(Fault::HeadUnreadable))?,
        ),
        None => None,
    };
    let accepted = check_journal(&snapshot, &trust, head.as_ref(), each)?;
    if head.is_none() && accepted.entries() > 0 {
        return Err(JournalError::nowhere(Fault::HeadMissing));
    }
    Ok(accepted)
}

/// Checks the journal in `db` against `trust` and, where there is one, the head.
pub fn check_journal(
    db: &Connection,
    trust: &Trust,
    head: Option<&Head>,
    each: &mut dyn FnMut(&Entry),
) -> Result<Accepted, JournalError> {
    let mut journal =
        Check { trust, lives: Vec::new(), by_generation: BTreeMap::new(), head, head_met: false, parts: 0, erased: 0 };
    let mut entries = db.prepare(include_str!("../sql/journal.sql"))?;
    let mut parts = db.prepare_cached(include_str!("../sql/parts.sql"))?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        each(&journal.entry(row, &mut parts)?);
    }
    let stray = db.query_row(include_str!("../sql/stray_part.sql"), [], |row| row.get(0)).optional()?;
    if let Some(ordinal) = stray {
        return Err(JournalError::nowhere(Fault::StrayPart { ordinal }));
    }
    let head_behind = head.map(|head| journal.compare(head)).transpose()?;
    let chains = journal.lives.into_iter().map(|life| life.so_far).collect();
    Ok(Accepted { chains, parts: journal.parts, erased: journal.erased, head_behind })
}

/// One generation while it is walked through.
struct Life {
    so_far: Chain,
    key: VerifyingKey,
}

struct Check<'a> {
    trust: &'a Trust,
    lives: Vec<Life>,
    by_generation: BTreeMap<Id, usize>,
    head: Option<&'a Head>,
    /// The entry that the head names was met, with the head's hash.
    head_met: bool,
    parts: u64,
    erased: u64,
}

impl Check<'_> {
    fn entry(&mut self, row: &Row<'_>, parts: &mut CachedStatement<'_>) -> Result<Entry, JournalError> {
        let ordinal: i64 = row.get("ordinal")?;
        // SQLite has no unsigned numbers; a negative one is no place and will not be the one expected.
        let seq = u64::try_from(row.get::<_, i64>("seq")?).unwrap_or(0);
        let place = Place { generation: Id(row.get("generation")?), seq };
        let fault = |fault| JournalError::Rejected { place: Some(place), fault };

        let header_bytes: Vec<u8> = row.get("header")?;
        let header = Header::read(&header_bytes).map_err(|at| fault(Fault::Header(at)))?;
        let life = self.life(&header).map_err(fault)?;
        let expected = life.so_far.entries + 1;
        if place.seq != expected {
            // The first bad place is the one that should have come.
            let missing = Place { seq: expected, ..place };
            return Err(JournalError::Rejected { place: Some(missing), fault: Fault::Sequence { found: place.seq } });
        }
        if header.generation != place.generation || header.seq != place.seq || header.device != life.so_far.device {
            return Err(fault(Fault::Misfiled));
        }

        let (states, hashes) = read_parts(parts, ordinal, place)?;
        let chain = link(&life.so_far.chain, &header_bytes, &hashes);
        if row.get::<_, [u8; 32]>("chain")? != chain {
            return Err(fault(Fault::Chain));
        }
        let signature = Signature::from_bytes(&row.get::<_, [u8; 64]>("signature")?);
        life.key.verify_strict(&chain, &signature).map_err(|_| fault(Fault::Signature))?;

        life.so_far.entries = place.seq;
        life.so_far.chain = chain;
        self.meet_head(place, &chain).map_err(fault)?;
        let erased = states.iter().filter(|state| matches!(state, PartState::Erased { .. })).count();
        self.erased += erased as u64;
        self.parts += (states.len() - erased) as u64;
        Ok(Entry { ordinal, header, parts: states })
    }

    fn life(&mut self, header: &Header) -> Result<&mut Life, Fault> {
        if header.organization != self.trust.organization() {
            return Err(Fault::OtherOrganization);
        }
        let at = if let Some(at) = self.by_generation.get(&header.generation) {
            *at
        } else {
            let key = self.trust.key_of(header.device, header.generation).map_err(Fault::Device)?;
            let Header { generation, device, .. } = *header;
            let so_far = Chain { generation, device, entries: 0, chain: genesis(header) };
            self.lives.push(Life { so_far, key });
            self.by_generation.insert(generation, self.lives.len() - 1);
            self.lives.len() - 1
        };
        self.lives.get_mut(at).ok_or(Fault::Misfiled)
    }

    fn meet_head(&mut self, place: Place, chain: &[u8; 32]) -> Result<(), Fault> {
        let Some(head) = self.head.filter(|head| head.generation == place.generation && head.seq == place.seq) else {
            return Ok(());
        };
        self.head_met = true;
        if head.chain == *chain { Ok(()) } else { Err(Fault::HeadForked) }
    }

    /// How far the head is behind, or the alarm that it is ahead.
    fn compare(&self, head: &Head) -> Result<u64, JournalError> {
        let here = self.by_generation.get(&head.generation).and_then(|at| self.lives.get(*at));
        let last = here.map_or(0, |life| life.so_far.entries);
        if head.seq > last {
            let place = Place { generation: head.generation, seq: last + 1 };
            return Err(JournalError::Rejected {
                place: Some(place),
                fault: Fault::TailGone { missing: head.seq - last },
            });
        }
        debug_assert!(self.head_met || head.seq == 0, "an entry at or after the head's was walked past");
        Ok(last - head.seq)
    }
}

/// An entry's parts, each checked against its own hash, and the hash of all their hashes.
fn read_parts(
    parts: &mut CachedStatement<'_>,
    ordinal: i64,
    place: Place,
) -> Result<(Vec<PartState>, blake3::Hasher), JournalError> {
    let mut states = Vec::new();
    let mut hashes = blake3::Hasher::new();
    let mut rows = parts.query(named_params! { ":ordinal": ordinal })?;
    while let Some(row) = rows.next()? {
        let ord: i64 = row.get("ord")?;
        let fault = |fault| JournalError::Rejected { place: Some(place), fault };
        let hash: [u8; 32] = row.get("hash")?;
        let (kind, record) = (row.get("kind")?, Id(row.get("record")?));
        let state = match (row.get::<_, Option<[u8; 16]>>("salt")?, row.get::<_, Option<Vec<u8>>>("body")?) {
            (Some(salt), Some(body)) => {
                if part_hash(&salt, &body) != hash {
                    return Err(fault(Fault::Part { ord }));
                }
                let part = Part::read(&body).map_err(|_| fault(Fault::Part { ord }))?;
                if (part.kind, part.record) != (kind, record) {
                    return Err(fault(Fault::PartMisfiled { ord }));
                }
                PartState::Kept(part)
            }
            (None, None) => PartState::Erased { kind, record },
            _ => return Err(fault(Fault::HalfErased { ord })),
        };
        hashes.update(&hash);
        states.push(state);
    }
    Ok((states, hashes))
}
