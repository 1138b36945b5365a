//! A journal entry: its header, and what it says about each record.

use crate::bytes::{Id, Malformed, Walk};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    pub(crate) fn read(walk: &mut Walk<'_>) -> Result<Self, Malformed> {
        let here = walk.here();
        match walk.byte()? {
            0 => Ok(Self::Null),
            1 => walk.signed().map(Self::Int),
            2 => walk.text().map(|text| Self::Text(text.to_owned())),
            3 => walk.counted().map(|bytes| Self::Bytes(bytes.to_vec())),
            _ => Err(Malformed(here)),
        }
    }
}

/// Who did what, when, on top of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The organization.
    pub organization: Id,
    /// The desk.
    pub device: Id,
    /// The life of its folder.
    pub generation: Id,
    /// The entry's place in that life, from 1.
    pub seq: u64,
    /// Hybrid time: 48 bits of milliseconds UTC, 16 bits of counter.
    pub hybrid_time: u64,
    /// Who; the nil id is the system.
    pub actor: Id,
    /// What the actor could have seen: the lowest of the desk's cursors.
    pub base: u64,
    /// The command.
    pub command: String,
}

impl Header {
    /// Reads format version 1; anything else is malformed.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut walk = Walk::new(bytes);
        walk.expect(&[1])?;
        let header = Self {
            organization: walk.id()?,
            device: walk.id()?,
            generation: walk.id()?,
            seq: walk.long()?,
            hybrid_time: walk.long()?,
            actor: walk.id()?,
            base: walk.long()?,
            command: walk.text()?.to_owned(),
        };
        walk.end()?;
        Ok(header)
    }
}

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Created.
    Insert,
    /// Changed.
    Update,
    /// Read in a way that must be kept.
    Read,
}

/// What an entry says about one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The record's kind.
    pub kind: u16,
    /// The record.
    pub record: Id,
    /// What was done.
    pub op: Op,
    /// New values, ascending by field id.
    pub fields: Vec<(u16, Value)>,
}

impl Part {
    /// Reads a part; fields out of order and bytes left over are malformed.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut walk = Walk::new(bytes);
        let (kind, record) = (walk.short()?, walk.id()?);
        let here = walk.here();
        let op = match walk.byte()? {
            1 => Op::Insert,
            2 => Op::Update,
            3 => Op::Read,
            _ => return Err(Malformed(here)),
        };
        let mut fields: Vec<(u16, Value)> = Vec::new();
        for _ in 0..walk.short()? {
            let here = walk.here();
            let field = walk.short()?;
            if fields.last().is_some_and(|(before, _)| *before >= field) {
                return Err(Malformed(here));
            }
            fields.push((field, Value::read(&mut walk)?));
        }
        walk.end()?;
        Ok(Self { kind, record, op, fields })
    }
}

/// A part as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartState {
    /// Whole, and its hash is right.
    Kept(Part),
    /// Lawfully erased: only the hash is left, and the chain holds without the rest.
    Erased {
        /// Its kind, as the index column says.
        kind: u16,
        /// Its record, as the index column says.
        record: Id,
    },
}

/// A checked entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in this database, over all generations.
    pub ordinal: i64,
    /// Its header.
    pub header: Header,
    /// Its parts, in order.
    pub parts: Vec<PartState>,
}

/// `H(salt ‖ part)`.
pub(crate) fn part_hash(salt: &[u8; 16], part: &[u8]) -> [u8; 32] {
    blake3::Hasher::new().update(salt).update(part).finalize().into()
}

/// What the first entry of a generation is chained to.
pub(crate) fn genesis(header: &Header) -> [u8; 32] {
    blake3::Hasher::new_derive_key("praxis journal genesis v1")
        .update(&header.organization.0)
        .update(&header.device.0)
        .update(&header.generation.0)
        .finalize()
        .into()
}

/// The hash of an entry, from the one before it, its header's bytes and the hash of its parts' hashes.
pub(crate) fn link(before: &[u8; 32], header: &[u8], parts: &blake3::Hasher) -> [u8; 32] {
    blake3::Hasher::new().update(before).update(header).update(parts.finalize().as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// A line of the writer's golden fixture: the bytes are what both sides agree on.
    fn golden(name: &str) -> Vec<u8> {
        let fixture = include_str!("../../domain/src/canonical.golden.txt");
        let line = fixture.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        hex::decode(line.unwrap()).unwrap()
    }

    #[test]
    fn the_golden_entry_reads_and_hashes_as_its_writer_says() {
        let (header_bytes, part_bytes) = (golden("header"), golden("part"));
        let header = Header::read(&header_bytes).unwrap();
        let part = Part::read(&part_bytes).unwrap();

        assert_eq!((header.seq, header.base, header.command.as_str()), (7, 41, "people.register"));
        assert_eq!(header.device.to_string(), "01920000-0000-7000-8000-000000000002");
        assert_eq!((part.kind, part.op, part.fields.len()), (50, Op::Insert, 4));
        assert!(part.fields.contains(&(12, Value::Text("Conceição".to_owned()))));
        let hash = part_hash(&[9; 16], &part_bytes);
        assert_eq!(hash.to_vec(), golden("part_hash"));
        assert_eq!(genesis(&header).to_vec(), golden("genesis"));
        let mut hashes = blake3::Hasher::new();
        hashes.update(&hash);
        assert_eq!(link(&genesis(&header), &header_bytes, &hashes).to_vec(), golden("chain"));
    }

    #[test]
    fn a_byte_too_many_too_few_or_out_of_order_is_malformed() {
        for bytes in [golden("header"), golden("part")] {
            for length in 0..bytes.len() {
                let cut = bytes.get(..length).unwrap();
                assert!(Header::read(cut).is_err() && Part::read(cut).is_err(), "{length} bytes");
            }
            let longer = [bytes.as_slice(), &[0]].concat();
            assert!(Header::read(&longer).is_err() && Part::read(&longer).is_err());
        }
        let twice = hex::decode("0001000000000000000000000000000000000200020003000003 00".replace(' ', "")).unwrap();
        assert!(Part::read(&twice).is_err(), "field 3 stands twice");
    }
}
