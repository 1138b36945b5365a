//! The canonical form of a journal entry: the bytes that are hashed, chained, signed, pushed and kept for twenty
//! years. `docs/formats.md` describes them for an independent reader; golden fixtures hold them still.
//!
//! All numbers are big-endian. Text is UTF-8, counted in bytes. Fields of a part stand in ascending order of id.
//! A part carries *new* values only; old values never leave the desk.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::{
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId},
    value::Value,
};

/// The version of this form, the first byte of a header.
pub const VERSION: u8 = 1;

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// What an entry did to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Op {
    /// Created it; the fields are all that are not null.
    Insert,
    /// Changed it; the fields are those that changed.
    Update,
    /// Read it in a way that must be kept: opened a chart, printed, exported, signed in. No fields.
    Read,
}

impl Op {
    const fn code(self) -> u8 {
        match self {
            Self::Insert => 1,
            Self::Update => 2,
            Self::Read => 3,
        }
    }

    const fn of_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Insert),
            2 => Some(Self::Update),
            3 => Some(Self::Read),
            _ => None,
        }
    }
}

/// What an entry says about one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The record's kind, a permanent id of the registry, or one that this program does not know yet.
    pub kind: u16,
    /// The record.
    pub record: RecordId,
    /// What was done.
    pub op: Op,
    /// New values by permanent field id, ascending.
    pub fields: Vec<(u16, Value)>,
}

/// Who did what, when and on top of what: everything of an entry but its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The organization. An entry never belongs to another one.
    pub org: OrgId,
    /// The desk.
    pub device: DeviceId,
    /// The life of the desk's folder.
    pub generation: GenerationId,
    /// The entry's place in this generation's chain, from 1, without gaps.
    pub seq: u64,
    /// When, by the desk's hybrid clock.
    pub hlc: Hlc,
    /// Who. The nil id stands for the system itself.
    pub actor: UserId,
    /// The command's name, such as `people.register`.
    pub command: String,
    /// The lowest of the desk's cursors, counted once swapped in: what the actor could have seen.
    pub base: u64,
}

/// Why bytes are not a canonical entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Malformed {
    /// A version this program does not know.
    #[error("unknown version {0}")]
    Version(u8),
    /// The bytes end too early, go on too long, or hold a value that cannot be.
    #[error("malformed at byte {0}")]
    At(usize),
}

impl Header {
    /// The canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(128);
        out.push(VERSION);
        out.extend_from_slice(self.org.0.as_bytes());
        out.extend_from_slice(self.device.0.as_bytes());
        out.extend_from_slice(self.generation.0.as_bytes());
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.hlc.0.to_be_bytes());
        out.extend_from_slice(self.actor.0.as_bytes());
        out.extend_from_slice(&self.base.to_be_bytes());
        put_bytes(&mut out, self.command.as_bytes());
        out
    }

    /// Reads canonical bytes; anything but exactly one header is refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = Input { bytes, at: 0 };
        let version = input.u8()?;
        if version != VERSION {
            return Err(Malformed::Version(version));
        }
        let header = Self {
            org: OrgId(input.uuid()?),
            device: DeviceId(input.uuid()?),
            generation: GenerationId(input.uuid()?),
            seq: input.u64()?,
            hlc: Hlc(input.u64()?),
            actor: UserId(input.uuid()?),
            base: input.u64()?,
            command: input.text()?,
        };
        input.end()?;
        Ok(header)
    }
}

impl Part {
    /// The canonical bytes, without the salt.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        out.extend_from_slice(&self.kind.to_be_bytes());
        out.extend_from_slice(self.record.0.as_bytes());
        out.push(self.op.code());
        encode_fields(&mut out, self.fields.iter().map(|(id, value)| (*id, value)));
        out
    }

    /// Reads canonical bytes; anything but exactly one part with ascending fields is refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = Input { bytes, at: 0 };
        let kind = input.u16()?;
        let record = RecordId(input.uuid()?);
        let at = input.at;
        let op = Op::of_code(input.u8()?).ok_or(Malformed::At(at))?;
        let fields = input.fields()?;
        input.end()?;
        Ok(Self { kind, record, op, fields })
    }

    /// `H(salt ‖ part)`. Without its salt a part's hash reveals nothing, so dropping part and salt erases it
    /// while the chain still verifies.
    pub fn hash(salt: &[u8; 16], encoded: &[u8]) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(salt);
        hasher.update(encoded);
        *hasher.finalize().as_bytes()
    }
}

/// What the first entry of a generation is chained to.
pub fn genesis(org: OrgId, device: DeviceId, generation: GenerationId) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key("praxis journal genesis v1");
    hasher.update(org.0.as_bytes());
    hasher.update(device.0.as_bytes());
    hasher.update(generation.0.as_bytes());
    *hasher.finalize().as_bytes()
}

/// `H(previous ‖ header ‖ H(parts' hashes))`: what the device signs.
pub fn chain(previous: &Hash, header: &[u8], part_hashes: &[Hash]) -> Hash {
    let parts = blake3::hash(&part_hashes.concat());
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(header);
    hasher.update(parts.as_bytes());
    *hasher.finalize().as_bytes()
}

/// The digest of one record's replicated fields that are not null. Two replicas that agree on a record have the
/// same digest of it; a set of records is the sum of its digests (see [`Digest`]).
pub fn record_digest<'a>(kind: u16, record: RecordId, fields: impl Iterator<Item = (u16, &'a Value)>) -> Hash {
    let mut fields: Vec<_> = fields.filter(|(_, value)| !value.is_null()).collect();
    fields.sort_unstable_by_key(|(id, _)| *id);
    let mut out = Vec::with_capacity(128);
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(record.0.as_bytes());
    encode_fields(&mut out, fields.into_iter());
    *blake3::hash(&out).as_bytes()
}

/// A digest of a set of records that does not depend on their order: the sum of their digests modulo 2²⁵⁶ and
/// their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digest {
    sum: Hash,
    count: u64,
}

impl Digest {
    /// Takes a record in.
    pub fn add(&mut self, record: &Hash) {
        let mut carry = 0u16;
        for (sum, byte) in self.sum.iter_mut().rev().zip(record.iter().rev()) {
            let total = u16::from(*sum) + u16::from(*byte) + carry;
            *sum = total.to_le_bytes()[0];
            carry = total >> 8;
        }
        self.count += 1;
    }

    /// How many records.
    pub fn count(&self) -> u64 {
        self.count
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for byte in self.sum {
            write!(f, "{byte:02x}")?;
        }
        write!(f, ":{}", self.count)
    }
}

fn encode_fields<'a>(out: &mut Vec<u8>, fields: impl ExactSizeIterator<Item = (u16, &'a Value)>) {
    out.extend_from_slice(&u16::try_from(fields.len()).unwrap_or(u16::MAX).to_be_bytes());
    for (id, value) in fields {
        out.extend_from_slice(&id.to_be_bytes());
        match value {
            Value::Null => out.push(0),
            Value::Int(number) => {
                out.push(1);
                out.extend_from_slice(&number.to_be_bytes());
            }
            Value::Text(text) => {
                out.push(2);
                put_bytes(out, text.as_bytes());
            }
            Value::Bytes(bytes) => {
                out.push(3);
                put_bytes(out, bytes);
            }
        }
    }
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(bytes);
}

struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count).ok_or(Malformed::At(self.at))?;
        let taken = self.bytes.get(self.at..end).ok_or(Malformed::At(self.at))?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let at = self.at;
        self.take(N)?.try_into().map_err(|_| Malformed::At(at))
    }

    fn u8(&mut self) -> Result<u8, Malformed> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Result<u16, Malformed> {
        self.array().map(u16::from_be_bytes)
    }

    fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_be_bytes)
    }

    fn uuid(&mut self) -> Result<Uuid, Malformed> {
        self.array().map(Uuid::from_bytes)
    }

    fn counted(&mut self) -> Result<&'a [u8], Malformed> {
        let at = self.at;
        let length = self.array().map(u32::from_be_bytes)?;
        self.take(usize::try_from(length).map_err(|_| Malformed::At(at))?)
    }

    fn text(&mut self) -> Result<String, Malformed> {
        let at = self.at;
        String::from_utf8(self.counted()?.to_vec()).map_err(|_| Malformed::At(at))
    }

    fn fields(&mut self) -> Result<Vec<(u16, Value)>, Malformed> {
        let count = self.u16()?;
        let mut fields: Vec<(u16, Value)> = Vec::new();
        for _ in 0..count {
            let at = self.at;
            let id = self.u16()?;
            if fields.last().is_some_and(|(last, _)| *last >= id) {
                return Err(Malformed::At(at));
            }
            let at = self.at;
            let value = match self.u8()? {
                0 => Value::Null,
                1 => Value::Int(i64::from_be_bytes(self.array()?)),
                2 => Value::Text(self.text()?),
                3 => Value::Bytes(self.counted()?.to_vec()),
                _ => return Err(Malformed::At(at)),
            };
            fields.push((id, value));
        }
        Ok(fields)
    }

    fn end(&self) -> Result<(), Malformed> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(Malformed::At(self.at)) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn header() -> Header {
        Header {
            org: OrgId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001)),
            device: DeviceId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0002)),
            generation: GenerationId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0003)),
            seq: 7,
            hlc: Hlc(0x0193_5f2a_1b2c_0001),
            actor: UserId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0004)),
            command: "people.register".to_owned(),
            base: 41,
        }
    }

    fn part() -> Part {
        Part {
            kind: 50,
            record: RecordId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0005)),
            op: Op::Insert,
            fields: vec![
                (3, Value::Int(1_795_000_000_000)),
                (12, Value::Text("Conceição".to_owned())),
                (13, Value::Null),
                (20, Value::Bytes(vec![0, 255])),
            ],
        }
    }

    /// The bytes of format version 1. They never change: journals on disk are made of them.
    #[test]
    fn the_canonical_form_is_the_golden_one() {
        let golden = include_str!("canonical.golden.txt");
        let head = header();
        let header = head.encode();
        let body = part().encode();
        let salt = [9u8; 16];
        let start = genesis(head.org, head.device, head.generation);
        let part_hash = Part::hash(&salt, &body);
        let now = format!(
            "header {}\npart {}\npart_hash {}\ngenesis {}\nchain {}\nrecord_digest {}\n",
            hex::encode(&header),
            hex::encode(&body),
            hex::encode(part_hash),
            hex::encode(start),
            hex::encode(chain(&start, &header, &[part_hash])),
            hex::encode(record_digest(50, part().record, part().fields.iter().map(|(id, value)| (*id, value)))),
        );
        assert_eq!(now, golden);
    }

    #[test]
    fn what_is_read_back_is_what_was_written() {
        assert_eq!(Header::decode(&header().encode()).unwrap(), header());
        assert_eq!(Part::decode(&part().encode()).unwrap(), part());
    }

    #[test]
    fn a_byte_too_many_or_too_few_is_refused() {
        for bytes in [header().encode(), part().encode()] {
            for cut in 0..bytes.len() {
                assert!(Header::decode(&bytes[..cut]).is_err() && Part::decode(&bytes[..cut]).is_err());
            }
        }
        let mut long = part().encode();
        long.push(0);
        assert!(Part::decode(&long).is_err());
    }

    #[test]
    fn fields_out_of_order_are_refused_so_that_one_content_has_one_form() {
        let mut turned = part();
        turned.fields.swap(0, 1);
        assert!(Part::decode(&turned.encode()).is_err());
    }

    #[test]
    fn a_null_and_an_absent_field_have_the_same_digest() {
        let with = part();
        let without: Vec<_> = with.fields.iter().filter(|(_, v)| !v.is_null()).cloned().collect();
        assert_eq!(
            record_digest(50, with.record, with.fields.iter().map(|(i, v)| (*i, v))),
            record_digest(50, with.record, without.iter().map(|(i, v)| (*i, v))),
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(part) = Part::decode(&bytes) { prop_assert_eq!(part.encode(), bytes); }
            drop(Header::decode(&[]));
        }

        #[test]
        fn a_digest_does_not_depend_on_order(mut hashes in prop::collection::vec(any::<[u8; 32]>(), 0..20)) {
            let sum = |hashes: &[Hash]| { let mut d = Digest::default(); for h in hashes { d.add(h); } d };
            let before = sum(&hashes);
            hashes.reverse();
            prop_assert_eq!(before, sum(&hashes));
        }
    }
}
