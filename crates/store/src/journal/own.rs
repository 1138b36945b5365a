use domain::canonical::{self, Hash, Header, Part};
use vault::rusqlite::{Connection, named_params};

use crate::{Identity, StoreError};

/// Whether every entry after the one of that number and hash chains on it without a gap, has the parts that it says,
/// and is signed by this device for this life of the folder: then nobody but this folder wrote them.
pub(crate) fn is_own_after(db: &Connection, identity: &Identity, seq: u64, chain: Hash) -> Result<bool, StoreError> {
    let mut entries = db.prepare_cached(include_str!("../apply/sql/journal.sql"))?;
    let mut rows =
        entries.query(named_params! { ":generation": identity.generation.0, ":after": seq, ":limit": -1 })?;
    let (mut seq, mut chain) = (seq, chain);
    while let Some(row) = rows.next()? {
        let header: Vec<u8> = row.get("header")?;
        let Some(parts) = part_hashes(db, row.get("ordinal")?)? else { return Ok(false) };
        (seq, chain) = (seq + 1, canonical::chain(&chain, &header, &parts));
        let here = Header::decode(&header).is_ok_and(|header| {
            header.seq == seq && header.generation == identity.generation && header.device == identity.device
        });
        if !here || row.get::<_, Hash>("chain")? != chain || !identity.signed(&chain, &row.get("signature")?) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The hashes of an entry's parts, in order; `None` when one is not its part's.
fn part_hashes(db: &Connection, ordinal: i64) -> Result<Option<Vec<Hash>>, StoreError> {
    let mut parts = db.prepare_cached(include_str!("../apply/sql/parts.sql"))?;
    let mut rows = parts.query([ordinal])?;
    let mut hashes = Vec::new();
    while let Some(row) = rows.next()? {
        let hash: Hash = row.get("hash")?;
        let content: Option<([u8; 16], Vec<u8>)> = Option::zip(row.get("salt")?, row.get("body")?);
        if content.is_some_and(|(salt, body)| Part::hash(&salt, &body) != hash) {
            return Ok(None);
        }
        hashes.push(hash);
    }
    Ok(Some(hashes))
}
