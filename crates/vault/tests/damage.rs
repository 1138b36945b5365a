//! What a disk can do to the main file is noticed, and nothing on the disk can be read without the key.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod desk;

use std::fs;

use desk::{Desk, SECRET, opening, seeded};
use vault::rusqlite::Connection;
use vault::{Check, DATABASE, Damage, KEY_SLOTS, OpenError, Opening, Vault};

const CAREFUL: Opening<'_> = Opening { check: Check::EveryPage, program: "a test", now_ms: 0, known_schema: 0 };

#[test]
fn every_flipped_bit_of_the_main_file_is_detected() {
    let desk = Desk::founded();
    let length = usize::try_from(fs::metadata(desk.dir.join(DATABASE)).unwrap().len()).unwrap();
    let mut dice = seeded(200);
    Vault::open(&desk.dir, &desk.key, CAREFUL).unwrap();

    for round in 0..200 {
        let mut roll = [0; 8];
        dice(&mut roll);
        let place = usize::try_from(u64::from_le_bytes(roll) >> 3).unwrap() % length;
        let bit = u32::from(roll[0] & 7);
        desk.flip(place, bit);

        match Vault::open(&desk.dir, &desk.key, CAREFUL).map(drop) {
            Err(OpenError::FileDamaged(Damage::Unreadable)) => {}
            other => panic!("round {round}: bit {bit} of byte {place} of {length} gave {other:?}"),
        }
        desk.flip(place, bit);
    }
    Vault::open(&desk.dir, &desk.key, CAREFUL).unwrap();
}

#[test]
fn a_page_swapped_with_another_or_zeroed_is_detected() {
    let desk = Desk::founded();
    let db = desk.dir.join(DATABASE);
    let whole = fs::read(&db).unwrap();
    let (mut swapped, mut zeroed) = (whole.clone(), whole.clone());
    swapped.get_mut(4096..8192).unwrap().copy_from_slice(whole.get(8192..12_288).unwrap());
    swapped.get_mut(8192..12_288).unwrap().copy_from_slice(whole.get(4096..8192).unwrap());
    zeroed.get_mut(8192..12_288).unwrap().fill(0);

    for content in [swapped, zeroed] {
        fs::write(&db, content).unwrap();
        let result = Vault::open(&desk.dir, &desk.key, CAREFUL).map(drop);
        assert!(matches!(result, Err(OpenError::FileDamaged(Damage::Unreadable))), "{result:?}");
    }
}

#[test]
fn damage_that_opening_did_not_look_for_is_an_error_when_it_is_read() {
    let desk = Desk::founded();
    desk.flip(5 * 4096 + 100, 0);

    let vault = Vault::open(&desk.dir, &desk.key, opening()).unwrap();
    let reader = vault.reader().unwrap();

    let read = reader.query_row("select sum(length(text)) from note", [], |row| row.get::<_, i64>(0));
    assert!(read.is_err(), "never a wrong answer: {read:?}");
}

#[test]
fn no_word_and_no_sqlite_header_is_readable_on_disk() {
    let desk = Desk::founded();
    let vault = Vault::open(&desk.dir, &desk.key, opening()).unwrap();
    let writer = vault.writer().unwrap();
    writer.execute("update note set text = text || ' and more'", []).unwrap();

    let mut looked_at = 0;
    for name in desk.fingerprint().into_keys() {
        let content = fs::read(desk.dir.join(&name)).unwrap();
        for word in ["SQLite format", "Concei", SECRET, "create table"] {
            let found = content.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word:?} stands in {name}");
        }
        looked_at += content.len();
    }
    assert!(looked_at > 200_000, "the log and the database were looked at");
    // The same search finds what it should where it is there to be found.
    let slots = fs::read(desk.dir.join(KEY_SLOTS)).unwrap();
    assert!(slots.windows(6).any(|window| window == b"argon2") || slots.windows(7).any(|window| window == b"wrapped"));
    let plain = Connection::open(desk.dir.with_extension("plain")).unwrap();
    plain.execute_batch("create table note (text text)").unwrap();
    plain.execute("insert into note values (?1)", [SECRET]).unwrap();
    let content = fs::read(desk.dir.with_extension("plain")).unwrap();
    assert!(content.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
}
