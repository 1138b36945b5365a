//! A data folder to break: founded, with a password, a recovery slot and 500 rows.
#![allow(clippy::unwrap_used, dead_code, reason = "tests; not every test file uses all of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use vault::rusqlite::{Connection, params};
use vault::{Check, DATABASE, DataKey, KdfCost, KeySlots, Opening, Vault};

/// Who founded it.
pub(crate) const ANA: uuid::Uuid = uuid::Uuid::from_u128(0xA);
/// A fixed now.
pub(crate) const NOON: i64 = 1_795_000_000_000;
/// So that the tests spend their time on what they test.
pub(crate) const CHEAP: KdfCost = KdfCost { memory_kib: 64, passes: 1, lanes: 1 };
/// A sentence that must never be found on disk.
pub(crate) const SECRET: &str = "Maria da Conceição Ñandú";

/// Entropy that repeats itself.
pub(crate) fn seeded(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut stream =
        blake3::Hasher::new_derive_key("praxis vault test entropy").update(&seed.to_le_bytes()).finalize_xof();
    move |bytes: &mut [u8]| stream.fill(bytes)
}

/// The usual opening.
pub(crate) fn opening() -> Opening<'static> {
    Opening { program: "a test", now_ms: NOON, known_schema: 0, check: Check::Header }
}

/// A folder and its key.
pub(crate) struct Desk {
    pub(crate) dir: PathBuf,
    pub(crate) key: DataKey,
    _home: Option<tempfile::TempDir>,
}

impl Desk {
    /// A new folder, closed again.
    pub(crate) fn founded() -> Self {
        let home = tempfile::tempdir().unwrap();
        let desk = Self { _home: None, ..Self::at(&home.path().join("desk")) };
        let mut entropy = seeded(1);
        let mut slots = KeySlots::new(&desk.key, &mut entropy);
        slots.add_password(&desk.key, ANA, "Ana", "right", CHEAP, &mut entropy).unwrap();
        slots.add_recovery(&desk.key, CHEAP, &mut entropy).unwrap();
        drop(Vault::create(&desk.dir, &desk.key, &slots, opening(), &mut entropy).unwrap());
        desk.work(|writer| {
            writer.execute_batch("create table note (id integer primary key, text text not null) strict").unwrap();
            let tx = writer.unchecked_transaction().unwrap();
            for n in 0..500 {
                tx.execute("insert into note values (?1, ?2)", params![n, format!("{SECRET} {n}").repeat(4)]).unwrap();
            }
            tx.commit().unwrap();
        });
        Self { _home: Some(home), ..desk }
    }

    /// A folder founded elsewhere, for a second process.
    pub(crate) fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), key: DataKey::from_bytes([0x5A; 32]), _home: None }
    }

    /// Opens, works, closes.
    pub(crate) fn work(&self, work: impl FnOnce(&Connection)) {
        let vault = Vault::open(&self.dir, &self.key, opening()).unwrap();
        work(&vault.writer().unwrap());
    }

    /// Every file's name and content hash.
    pub(crate) fn fingerprint(&self) -> BTreeMap<String, blake3::Hash> {
        let entries = fs::read_dir(&self.dir).unwrap().map(Result::unwrap);
        entries
            .map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                (name, blake3::hash(&fs::read(entry.path()).unwrap()))
            })
            .collect()
    }

    /// Flips one bit of the database.
    pub(crate) fn flip(&self, byte: usize, bit: u32) {
        let db = self.dir.join(DATABASE);
        let mut content = fs::read(&db).unwrap();
        *content.get_mut(byte).unwrap() ^= 1 << bit;
        fs::write(&db, content).unwrap();
    }
}
