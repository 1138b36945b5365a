//! The head: what the journal's end was, kept outside the database.

use crate::bytes::{Id, Malformed, Walk};

const SLOT: usize = 128;
const BEFORE_MAC: usize = 96;

/// The newest valid slot of a head file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The life of the folder it was written in.
    pub generation: Id,
    /// Raised at each writing.
    pub counter: u64,
    /// The journal's last sequence number.
    pub seq: u64,
    /// The journal's last hash.
    pub chain: [u8; 32],
}

impl Head {
    /// Reads the two slots of a head file; the valid one with the higher counter counts. `None` when neither
    /// carries a MAC under `key` (BLAKE3's `derive_key` of the data key under `praxis head v1`).
    pub fn read(file: &[u8], key: &[u8; 32]) -> Option<Self> {
        file.chunks_exact(SLOT).take(2).filter_map(|slot| Self::of_slot(slot, key)).max_by_key(|head| head.counter)
    }

    fn of_slot(slot: &[u8], key: &[u8; 32]) -> Option<Self> {
        let (stated, mac) = slot.split_at_checked(BEFORE_MAC)?;
        let mac: [u8; 32] = mac.try_into().ok()?;
        let genuine = blake3::keyed_hash(key, stated) == blake3::Hash::from_bytes(mac);
        if genuine { Self::stated(stated).ok() } else { None }
    }

    fn stated(stated: &[u8]) -> Result<Self, Malformed> {
        let mut walk = Walk::new(stated);
        walk.expect(&[1, 0, 0, 0, 0, 0, 0, 0])?;
        let head = Self { generation: walk.id()?, counter: walk.long()?, seq: walk.long()?, chain: walk.fixed()? };
        walk.expect(&[0; 24])?;
        walk.end()?;
        Ok(head)
    }
}
