//! Each way opening can fail has its own answer, and none of them changes a byte of the folder.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod desk;

use std::fs;
use std::process::{Command, Stdio};

use desk::{ANA, Desk, NOON, opening};
use vault::rusqlite::{Connection, params};
use vault::{Check, DATABASE, Damage, DataKey, KEY_SLOTS, KeySlots, OpenError, Opening, Vault};

/// Opens expecting a refusal, and holds that nothing in the folder changed.
fn refused(desk: &Desk, key: &DataKey, opening: Opening<'_>) -> OpenError {
    let before = desk.fingerprint();
    let error = Vault::open(&desk.dir, key, opening).map(drop).unwrap_err();
    assert_eq!(desk.fingerprint(), before, "an opening that fails ({error}) changes nothing");
    error
}

#[test]
fn a_folder_opens_again_with_what_was_written() {
    let desk = Desk::founded();

    let key = KeySlots::read(&desk.dir).unwrap().by_password(ANA, "right").unwrap();
    let vault = Vault::open(&desk.dir, &key, opening()).unwrap();

    let rows: i64 = vault.reader().unwrap().query_row("select count(*) from note", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 500);
}

#[test]
fn nothing_there_is_no_folder() {
    let desk = Desk::founded();
    let empty = tempfile::tempdir().unwrap();

    for dir in [empty.path().to_owned(), empty.path().join("absent")] {
        let error = Vault::open(&dir, &desk.key, opening()).map(drop).unwrap_err();
        assert!(matches!(error, OpenError::NoFolder), "{error:?}");
        assert!(matches!(KeySlots::read(&dir), Err(OpenError::NoFolder)));
    }
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[test]
fn a_key_that_is_not_this_folders_is_a_wrong_password() {
    let desk = Desk::founded();

    let error = refused(&desk, &DataKey::from_bytes([1; 32]), opening());

    assert!(matches!(error, OpenError::WrongPassword), "{error:?}");
}

#[test]
fn a_folder_without_its_slots_says_so() {
    let desk = Desk::founded();

    fs::write(desk.dir.join(KEY_SLOTS), "{\"format\": 1,").unwrap();
    let damaged = refused(&desk, &desk.key, opening());
    assert!(matches!(damaged, OpenError::KeySlotsMissing { damaged: true }), "{damaged:?}");

    fs::remove_file(desk.dir.join(KEY_SLOTS)).unwrap();
    let missing = refused(&desk, &desk.key, opening());
    assert!(matches!(missing, OpenError::KeySlotsMissing { damaged: false }), "{missing:?}");
}

#[test]
fn a_damaged_database_is_not_a_wrong_password() {
    let desk = Desk::founded();
    let db = desk.dir.join(DATABASE);
    let whole = fs::read(&db).unwrap();
    let mut flipped = whole.clone();
    *flipped.get_mut(1000).unwrap() ^= 1;
    let plain = [b"SQLite format 3\0".as_slice(), whole.get(16..).unwrap()].concat();

    for (content, what) in [
        (flipped, Damage::Unreadable),
        (vec![0; 8192], Damage::Unreadable),
        (whole.get(..1000).unwrap().to_vec(), Damage::Truncated),
        (Vec::new(), Damage::Truncated),
        (plain, Damage::NotEncrypted),
    ] {
        fs::write(&db, content).unwrap();
        match refused(&desk, &desk.key, opening()) {
            OpenError::FileDamaged(found) => assert_eq!(found, what),
            other => panic!("{other:?} instead of {what:?}"),
        }
    }
    fs::remove_file(&db).unwrap();
    let missing = refused(&desk, &desk.key, opening());
    assert!(matches!(missing, OpenError::FileDamaged(Damage::Missing)), "{missing:?}");
}

#[test]
fn a_newer_file_is_left_alone() {
    let desk = Desk::founded();
    desk.work(|writer| writer.pragma_update(None, "user_version", 12).unwrap());

    let error = refused(&desk, &desk.key, Opening { known_schema: 11, ..opening() });

    assert!(matches!(error, OpenError::SchemaNewer { found: 12, known: 11 }), "{error:?}");
    Vault::open(&desk.dir, &desk.key, Opening { known_schema: 12, ..opening() }).unwrap();
}

#[test]
fn a_revoked_desk_stays_shut() {
    let desk = Desk::founded();
    KeySlots::revoke(&desk.dir, NOON).unwrap();

    let error = refused(&desk, &desk.key, opening());

    assert!(matches!(error, OpenError::DeskRevoked { at_ms: NOON }), "{error:?}");
}

/// Writes and then dies without closing, so that a log is left. Runs only when started by a test below.
#[test]
fn child_that_dies_at_work() {
    let Ok(dir) = std::env::var("PRAXIS_TEST_DIES_IN") else {
        return;
    };
    let desk = Desk::at(dir.as_ref());
    let vault = Vault::open(&desk.dir, &desk.key, opening()).unwrap();
    let mut writer = vault.writer().unwrap();
    let tx = writer.transaction().unwrap();
    for n in 0..300 {
        tx.execute("insert into note values (?1, ?2)", params![10_000 + n, "written before the crash"]).unwrap();
    }
    tx.pragma_update(None, "user_version", 7).unwrap();
    tx.commit().unwrap();
    std::process::abort();
}

fn crash(desk: &Desk) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_dies_at_work"])
        .env("PRAXIS_TEST_DIES_IN", &desk.dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    let log = desk.dir.join(format!("{DATABASE}-wal"));
    assert!(fs::metadata(log).unwrap().len() > 0, "the child left its log behind");
}

#[test]
fn after_a_crash_the_log_is_read_and_a_refusal_still_changes_nothing() {
    let desk = Desk::founded();
    crash(&desk);

    let newer = refused(&desk, &desk.key, opening());
    assert!(matches!(newer, OpenError::SchemaNewer { found: 7, known: 0 }), "only the log knows: {newer:?}");
    let wrong = refused(&desk, &DataKey::from_bytes([1; 32]), opening());
    assert!(matches!(wrong, OpenError::WrongPassword), "{wrong:?}");
    fs::remove_file(desk.dir.join(format!("{DATABASE}-shm"))).unwrap();
    refused(&desk, &desk.key, opening());

    let vault = Vault::open(&desk.dir, &desk.key, Opening { known_schema: 7, ..opening() }).unwrap();
    let writer = vault.writer().unwrap();
    let rows: i64 = writer.query_row("select count(*) from note", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 800, "every committed row is there");
}

#[test]
fn a_crash_and_damage_together_change_nothing_either() {
    let desk = Desk::founded();
    crash(&desk);
    let db = desk.dir.join(DATABASE);

    // An interior page that the log does not replace: only the check of every page can see it.
    desk.flip(8192 + 77, 3);
    let opening = Opening { known_schema: 7, check: Check::EveryPage, ..opening() };
    let error = refused(&desk, &desk.key, opening);
    assert!(matches!(error, OpenError::FileDamaged(Damage::Unreadable)), "{error:?}");

    fs::File::options().write(true).open(&db).unwrap().set_len(0).unwrap();
    let emptied = refused(&desk, &desk.key, opening);
    assert!(matches!(emptied, OpenError::FileDamaged(Damage::Truncated)), "the log must survive: {emptied:?}");
}

#[test]
fn a_folder_is_never_created_over_something() {
    let desk = Desk::founded();
    let before = desk.fingerprint();
    let mut entropy = desk::seeded(2);
    let key = DataKey::generate(&mut entropy);
    let slots = KeySlots::new(&key, &mut entropy);

    let error = Vault::create(&desk.dir, &key, &slots, opening(), &mut entropy).map(drop).unwrap_err();

    match error {
        OpenError::Io(error) => assert_eq!(error.kind(), std::io::ErrorKind::DirectoryNotEmpty),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.fingerprint(), before);
    let beside = fs::read_dir(desk.dir.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "no draft is left beside the folder");
}

#[test]
fn the_settings_are_the_promised_ones() {
    let desk = Desk::founded();
    let vault = Vault::open(&desk.dir, &desk.key, opening()).unwrap();
    let (writer, reader) = (vault.writer().unwrap(), vault.reader().unwrap());
    let number = |connection: &Connection, pragma: &str| -> i64 {
        connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap()
    };

    for (pragma, value) in [
        ("synchronous", 2),
        ("cache_size", -65_536),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ] {
        assert_eq!(number(&writer, pragma), value, "{pragma}");
    }
    let page: String = writer.query_row("pragma page_size", [], |row| row.get(0)).unwrap();
    assert_eq!(page, "4096");
    assert_eq!(number(&reader, "query_only"), 1);
    assert!(reader.execute("delete from note", []).is_err(), "a reader cannot write");
    assert!(vault.writer().is_err(), "there is one writer");
}
