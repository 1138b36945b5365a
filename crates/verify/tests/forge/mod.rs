//! A second writer of the formats, for tests only: made from `docs/formats.md` as the reader was, so that the two
//! hold each other and neither holds the product's writer.
#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    dead_code,
    reason = "tests"
)]

use std::path::PathBuf;

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use vault::rusqlite::{Connection, params};
use vault::{Check, DataKey, KdfCost, KeySlots, Opening, Vault};

pub(crate) const ORGANIZATION: [u8; 16] = [0x01; 16];
pub(crate) const DEVICE: [u8; 16] = [0x02; 16];
pub(crate) const GENERATION: [u8; 16] = [0x03; 16];
pub(crate) const NOON: i64 = 1_795_000_000_000;

/// The tables the reader looks at, as the format describes them.
const TABLES: &str = "
create table local_identity (one integer primary key, org blob, certificate blob) strict;
create table organization (id blob primary key, root_key blob) strict;
create table local_fact (name text primary key, value any) strict;
create table device (id blob primary key, certificate blob) strict;
create table journal (ordinal integer primary key, generation blob, seq integer, header blob, chain blob,
  signature blob, unique (generation, seq)) strict;
create table journal_part (ordinal integer, ord integer, kind integer, record blob, hash blob, salt blob,
  body blob, primary key (ordinal, ord)) strict;
";

pub(crate) fn root() -> SigningKey {
    SigningKey::from_bytes(&[0xAA; 32])
}

pub(crate) fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[0xBB; 32])
}

/// A certificate for `key` by `issuer`.
pub(crate) fn certificate(issuer: &SigningKey, device: [u8; 16], key: &SigningKey) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend([ORGANIZATION, device, GENERATION].concat());
    bytes.extend(b"\x02A1");
    bytes.extend(key.verifying_key().to_bytes());
    bytes.extend(NOON.to_be_bytes());
    bytes.extend(issuer.verifying_key().to_bytes());
    let signature = issuer.sign(&[b"praxis certificate v1".as_slice(), &bytes].concat());
    bytes.extend(signature.to_bytes());
    bytes
}

/// A seal over `paper`.
pub(crate) fn seal(paper: &[u8], at_ms: i64, certificate: &[u8], key: &SigningKey) -> Vec<u8> {
    let mut bytes = b"PXSEAL\x01".to_vec();
    bytes.extend([0x0D; 16]);
    bytes.extend(Sha256::digest(paper));
    bytes.extend(at_ms.to_be_bytes());
    bytes.extend((certificate.len() as u32).to_be_bytes());
    bytes.extend(certificate);
    bytes.extend(key.sign(&bytes).to_bytes());
    bytes
}

/// A data folder with a forged journal.
pub(crate) struct Forge {
    pub(crate) vault: Vault,
    pub(crate) writer: Connection,
    /// The hash after each entry, from the genesis on.
    pub(crate) chains: Vec<[u8; 32]>,
    counter: u64,
    _home: tempfile::TempDir,
}

impl Forge {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let key = DataKey::from_bytes([0x5A; 32]);
        let mut entropy = |bytes: &mut [u8]| bytes.fill(7);
        let mut slots = KeySlots::new(&key, &mut entropy);
        slots.add_recovery(&key, KdfCost { memory_kib: 64, passes: 1, lanes: 1 }, &mut entropy).unwrap();
        let opening = Opening { program: "a test", now_ms: NOON, known_schema: 0, check: Check::Header };
        let vault = Vault::create(&home.path().join("desk"), &key, &slots, opening, &mut entropy).unwrap();
        let writer = vault.writer().unwrap();
        writer.execute_batch("pragma foreign_keys = off; pragma synchronous = off;").unwrap();
        writer.execute_batch(TABLES).unwrap();
        let root_key = root().verifying_key().to_bytes();
        writer.execute("insert into organization values (?1, ?2)", params![ORGANIZATION, root_key]).unwrap();
        let certificate = certificate(&root(), DEVICE, &device_key());
        writer.execute("insert into local_identity values (1, ?1, ?2)", params![ORGANIZATION, certificate]).unwrap();
        let genesis = blake3::derive_key("praxis journal genesis v1", &[ORGANIZATION, DEVICE, GENERATION].concat());
        Self { vault, writer, chains: vec![genesis], counter: 0, _home: home }
    }

    /// A journal of `entries` entries, the n-th with 1 + n mod 3 parts, and its head.
    pub(crate) fn with(entries: u64) -> Self {
        let mut forge = Self::new();
        for _ in 0..entries {
            forge.append();
        }
        forge.head(entries, *forge.chains.last().unwrap());
        forge
    }

    pub(crate) fn append(&mut self) {
        let seq = self.chains.len() as u64;
        let header = header(seq);
        let parts: Vec<Vec<u8>> = (0..=seq % 3).map(|ord| part(seq, ord)).collect();
        let hashes: Vec<[u8; 32]> = parts.iter().map(|part| hash_of(seq, part)).collect();
        let chain = link(self.chains.last().unwrap(), &header, &hashes);
        let signature = device_key().sign(&chain).to_bytes();
        let row = params![seq as i64, GENERATION, seq as i64, header, chain, signature];
        self.writer.execute("insert into journal values (?1, ?2, ?3, ?4, ?5, ?6)", row).unwrap();
        for (ord, (part, hash)) in parts.iter().zip(&hashes).enumerate() {
            let row = params![seq as i64, ord as i64, 50, record(seq, ord as u64), hash, salt(seq), part];
            self.writer.execute("insert into journal_part values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", row).unwrap();
        }
        self.chains.push(chain);
    }

    /// Writes the head file as the format says, alternating slots.
    pub(crate) fn head(&mut self, seq: u64, chain: [u8; 32]) {
        self.counter += 1;
        let mut slot = vec![1, 0, 0, 0, 0, 0, 0, 0];
        slot.extend(GENERATION);
        slot.extend(self.counter.to_be_bytes());
        slot.extend(seq.to_be_bytes());
        slot.extend(chain);
        slot.extend([0; 24]);
        let key = self.vault.key().derive("praxis head v1");
        slot.extend(blake3::keyed_hash(&key, &slot).as_bytes());
        let mut file = std::fs::read(self.head_path()).unwrap_or_else(|_| vec![0; 256]);
        let at = if self.counter.is_multiple_of(2) { 0 } else { 128 };
        file.get_mut(at..at + 128).unwrap().copy_from_slice(&slot);
        std::fs::write(self.head_path(), file).unwrap();
    }

    pub(crate) fn head_path(&self) -> PathBuf {
        self.vault.dir().join("head")
    }

    pub(crate) fn run(&self, sql: &str) {
        self.writer.execute_batch(sql).unwrap();
    }
}

pub(crate) fn header(seq: u64) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend([ORGANIZATION, DEVICE, GENERATION].concat());
    bytes.extend(seq.to_be_bytes());
    bytes.extend((seq << 16).to_be_bytes());
    bytes.extend([0x04; 16]);
    bytes.extend(0_u64.to_be_bytes());
    bytes.extend(15_u32.to_be_bytes());
    bytes.extend(b"people.register");
    bytes
}

fn record(seq: u64, ord: u64) -> [u8; 16] {
    (u128::from(seq) << 64 | u128::from(ord)).to_be_bytes()
}

pub(crate) fn part(seq: u64, ord: u64) -> Vec<u8> {
    let mut bytes = vec![0, 50];
    bytes.extend(record(seq, ord));
    bytes.extend([1, 0, 1, 0, 12, 2, 0, 0, 0, 3]);
    bytes.extend(b"Ana");
    bytes
}

pub(crate) fn salt(seq: u64) -> [u8; 16] {
    [seq as u8; 16]
}

pub(crate) fn hash_of(seq: u64, part: &[u8]) -> [u8; 32] {
    *blake3::hash(&[salt(seq).as_slice(), part].concat()).as_bytes()
}

pub(crate) fn link(before: &[u8; 32], header: &[u8], hashes: &[[u8; 32]]) -> [u8; 32] {
    let parts = blake3::hash(&hashes.concat());
    *blake3::hash(&[before.as_slice(), header, parts.as_bytes()].concat()).as_bytes()
}
