//! A journal that was touched is never accepted, and the first bad place is named.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "tests"
)]

mod forge;

use std::fs;

use ed25519_dalek::{Signer, SigningKey};
use forge::{DEVICE, Forge, GENERATION, hash_of, header, link, part};
use vault::rusqlite::params;
use verify::{Fault, Head, JournalError, Place, Trust, Untrusted, check_folder, check_journal, replayed};

const ENTRIES: u64 = 20;

/// The fault and its sequence number.
fn rejected(forge: &Forge) -> (Option<u64>, Fault) {
    let key = forge.vault.key().derive("praxis head v1");
    let head = Head::read(&fs::read(forge.head_path()).unwrap(), &key).unwrap();
    let trust = Trust::of_folder(&forge.writer).unwrap().unwrap();
    match check_journal(&forge.writer, &trust, Some(&head), &mut |_| {}) {
        Err(JournalError::Rejected { place, fault }) => (place.map(|place: Place| place.seq), fault),
        other => panic!("{other:?}"),
    }
}

/// Tampers, looks, and takes the tampering back.
fn tampered(forge: &Forge, tamper: impl FnOnce(&Forge)) -> (Option<u64>, Fault) {
    forge.run("savepoint tamper");
    tamper(forge);
    let found = rejected(forge);
    forge.run("rollback to tamper; release tamper");
    found
}

#[test]
fn a_journal_left_alone_is_accepted_and_every_entry_is_shown() {
    let forge = Forge::with(ENTRIES);
    let mut entries = Vec::new();

    let accepted = check_folder(&forge.vault, &mut |entry| entries.push(entry.clone())).unwrap();

    assert_eq!(accepted.entries(), ENTRIES);
    assert_eq!(accepted.head_behind, Some(0));
    assert_eq!(accepted.chains.first().unwrap().chain, *forge.chains.last().unwrap());
    assert!(entries.iter().map(|entry| entry.header.seq).eq(1..=ENTRIES));
    assert_eq!(accepted.parts, entries.iter().map(|entry| entry.parts.len() as u64).sum::<u64>());
    assert_eq!(replayed(entries.iter()).count(), accepted.parts, "every part inserted a record of its own");
}

#[test]
fn an_empty_folder_is_accepted_without_a_head() {
    let accepted = check_folder(&Forge::new().vault, &mut |_| {}).unwrap();

    assert_eq!((accepted.entries(), accepted.head_behind), (0, None));
}

#[test]
fn every_flipped_byte_of_an_entry_is_found_where_it_is() {
    let forge = Forge::with(ENTRIES);
    for (column, length) in [("header", header(1).len()), ("chain", 32), ("signature", 64)] {
        for byte in 0..length {
            let seq = 1 + byte as u64 % ENTRIES;
            let (place, fault) = tampered(&forge, |forge| {
                let sql = format!("update journal set {column} = ?1 where seq = ?2");
                let read = format!("select {column} from journal where seq = ?1");
                let mut bytes: Vec<u8> = forge.writer.query_row(&read, [seq as i64], |row| row.get(0)).unwrap();
                *bytes.get_mut(byte).unwrap() ^= 1 << (byte % 8);
                forge.writer.execute(&sql, params![bytes, seq as i64]).unwrap();
            });
            assert_eq!(place, Some(seq), "{column} byte {byte}: {fault:?}");
        }
    }
}

#[test]
fn every_flipped_byte_of_a_part_is_found_where_it_is() {
    let forge = Forge::with(ENTRIES);
    for (column, length) in [("body", part(1, 0).len()), ("salt", 16), ("hash", 32), ("record", 16)] {
        for byte in 0..length {
            let seq = 1 + byte as u64 % ENTRIES;
            let (place, fault) = tampered(&forge, |forge| {
                let read = format!("select {column} from journal_part where ordinal = ?1 and ord = 0");
                let mut bytes: Vec<u8> = forge.writer.query_row(&read, [seq as i64], |row| row.get(0)).unwrap();
                *bytes.get_mut(byte).unwrap() ^= 1 << (byte % 8);
                let sql = format!("update journal_part set {column} = ?1 where ordinal = ?2 and ord = 0");
                forge.writer.execute(&sql, params![bytes, seq as i64]).unwrap();
            });
            assert_eq!(place, Some(seq), "{column} byte {byte}: {fault:?}");
        }
    }
}

#[test]
fn a_deletion_is_found_at_the_entry_that_is_missing() {
    let forge = Forge::with(ENTRIES);
    for seq in 1..ENTRIES {
        let found = tampered(&forge, |forge| {
            forge
                .run(&format!("delete from journal where seq = {seq}; delete from journal_part where ordinal = {seq}"));
        });
        assert_eq!(found, (Some(seq), Fault::Sequence { found: seq + 1 }));
    }
}

#[test]
fn a_cut_tail_is_found_by_the_head_with_its_length() {
    let forge = Forge::with(ENTRIES);
    for missing in 1..=ENTRIES {
        let from = ENTRIES - missing + 1;
        let found = tampered(&forge, |forge| {
            forge.run(&format!(
                "delete from journal where seq >= {from}; delete from journal_part where ordinal >= {from}"
            ));
        });
        assert_eq!(found, (Some(from), Fault::TailGone { missing }));
    }
}

#[test]
fn two_entries_swapped_are_found_at_the_first() {
    let forge = Forge::with(ENTRIES);
    for (one, other) in [(1, 2), (3, 17), (19, 20)] {
        let (place, fault) = tampered(&forge, |forge| {
            for table in ["journal", "journal_part"] {
                forge.run(&format!(
                    "update {table} set ordinal = -1 where ordinal = {one};
                     update {table} set ordinal = {one} where ordinal = {other};
                     update {table} set ordinal = {other} where ordinal = -1;"
                ));
            }
        });
        assert_eq!((place, fault), (Some(one), Fault::Sequence { found: other }), "rows exchanged");

        let (place, fault) = tampered(&forge, |forge| {
            forge.run(&format!(
                "update journal set ordinal = -1, seq = -1 where seq = {one};
                 update journal set ordinal = {one}, seq = {one} where seq = {other};
                 update journal set ordinal = {other}, seq = {other} where seq = -1;"
            ));
        });
        assert_eq!((place, fault), (Some(one), Fault::Misfiled), "numbers exchanged as well");
    }
}

#[test]
fn parts_taken_away_added_or_moved_are_found() {
    let forge = Forge::with(ENTRIES);

    let taken = tampered(&forge, |forge| forge.run("delete from journal_part where ordinal = 5 and ord = 2"));
    assert_eq!(taken, (Some(5), Fault::Chain));
    let emptied = tampered(&forge, |forge| forge.run("delete from journal_part where ordinal = 6"));
    assert_eq!(emptied, (Some(6), Fault::Chain));
    let turned = tampered(&forge, |forge| {
        forge.run("update journal_part set ord = 9 where ordinal = 5 and ord = 0");
    });
    assert_eq!(turned, (Some(5), Fault::Chain));
    let added = tampered(&forge, |forge| {
        forge.run(
            "insert into journal_part select 7, 9, kind, record, hash, salt, body from journal_part where ordinal = 6",
        );
    });
    assert_eq!(added, (Some(7), Fault::Chain));
    let stray = tampered(&forge, |forge| {
        forge.run(
            "insert into journal_part select 99, 0, kind, record, hash, salt, body from journal_part where ordinal = 6",
        );
    });
    assert_eq!(stray, (None, Fault::StrayPart { ordinal: 99 }));
    let refiled =
        tampered(&forge, |forge| forge.run("update journal_part set kind = 51 where ordinal = 8 and ord = 1"));
    assert_eq!(refiled, (Some(8), Fault::PartMisfiled { ord: 1 }));
}

#[test]
fn an_erasure_leaves_the_chain_whole_and_half_of_one_does_not() {
    let forge = Forge::with(ENTRIES);

    let half = tampered(&forge, |forge| forge.run("update journal_part set salt = null where ordinal = 4 and ord = 1"));
    assert_eq!(half, (Some(4), Fault::HalfErased { ord: 1 }));

    forge.run("update journal_part set salt = null, body = null where ordinal = 4");
    let accepted = check_folder(&forge.vault, &mut |_| {}).unwrap();
    assert_eq!((accepted.entries(), accepted.erased), (ENTRIES, 2));
}

/// Writes entry `seq` anew with another header's command and rechains everything after it, as whoever holds the
/// database but not the device's key can.
fn rewrite(forge: &Forge, seq: u64, resign: Option<&SigningKey>) {
    let mut before = *forge.chains.get(seq as usize - 1).unwrap();
    for n in seq..=ENTRIES {
        let mut bytes = header(n);
        if n == seq {
            *bytes.last_mut().unwrap() = b'R';
        }
        let hashes: Vec<_> = (0..=n % 3).map(|ord| hash_of(n, &part(n, ord))).collect();
        before = link(&before, &bytes, &hashes);
        forge
            .writer
            .execute("update journal set header = ?1, chain = ?2 where seq = ?3", params![bytes, before, n as i64])
            .unwrap();
        if let Some(key) = resign {
            let signature = key.sign(&before).to_bytes();
            forge
                .writer
                .execute("update journal set signature = ?1 where seq = ?2", params![signature, n as i64])
                .unwrap();
        }
    }
}

#[test]
fn a_rewritten_history_is_found_at_the_first_rewritten_entry() {
    let forge = Forge::with(ENTRIES);
    for seq in [1, 7, ENTRIES] {
        let rechained = tampered(&forge, |forge| rewrite(forge, seq, None));
        assert_eq!(rechained, (Some(seq), Fault::Signature));
        let stranger = SigningKey::from_bytes(&[0xEE; 32]);
        let resigned = tampered(&forge, |forge| rewrite(forge, seq, Some(&stranger)));
        assert_eq!(resigned, (Some(seq), Fault::Signature));
    }
}

#[test]
fn even_the_devices_own_key_does_not_rewrite_past_the_head() {
    let forge = Forge::with(ENTRIES);

    let found = tampered(&forge, |forge| rewrite(forge, 7, Some(&forge::device_key())));

    assert_eq!(found, (Some(ENTRIES), Fault::HeadForked));
}

#[test]
fn a_device_that_nobody_vouches_for_is_not_believed() {
    let forge = Forge::with(3);
    let stranger = SigningKey::from_bytes(&[0xEE; 32]);

    let own_root = tampered(&forge, |forge| {
        let forged = forge::certificate(&stranger, DEVICE, &forge::device_key());
        forge.writer.execute("update local_identity set certificate = ?1", [forged]).unwrap();
    });
    assert_eq!(own_root, (Some(1), Fault::Device(Untrusted::Unknown)));

    let other_root = Trust::new(verify::Id(forge::ORGANIZATION), stranger.verifying_key().to_bytes());
    let outsider = check_journal(&forge.writer, &other_root, None, &mut |_| {});
    assert!(matches!(outsider, Err(JournalError::Rejected { fault: Fault::Device(Untrusted::Unknown), .. })));
}

#[test]
fn a_head_behind_is_normal_and_a_torn_slot_leaves_the_other() {
    let mut forge = Forge::with(ENTRIES);
    forge.append();
    assert_eq!(check_folder(&forge.vault, &mut |_| {}).unwrap().head_behind, Some(1));

    let newest = *forge.chains.last().unwrap();
    forge.head(ENTRIES + 1, newest);
    assert_eq!(check_folder(&forge.vault, &mut |_| {}).unwrap().head_behind, Some(0));

    // The second writing went to the first slot.
    let mut file = fs::read(forge.head_path()).unwrap();
    *file.get_mut(40).unwrap() ^= 1;
    fs::write(forge.head_path(), &file).unwrap();
    assert_eq!(check_folder(&forge.vault, &mut |_| {}).unwrap().head_behind, Some(1));

    *file.get_mut(168).unwrap() ^= 1;
    fs::write(forge.head_path(), &file).unwrap();
    let unreadable = check_folder(&forge.vault, &mut |_| {});
    assert!(matches!(unreadable, Err(JournalError::Rejected { place: None, fault: Fault::HeadUnreadable })));
    fs::remove_file(forge.head_path()).unwrap();
    let missing = check_folder(&forge.vault, &mut |_| {});
    assert!(matches!(missing, Err(JournalError::Rejected { place: None, fault: Fault::HeadMissing })));
}

#[test]
fn a_fault_reads_like_a_sentence() {
    let forge = Forge::with(3);
    forge.run("delete from journal where seq = 2");

    let error = check_folder(&forge.vault, &mut |_| {}).unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("entry 2 of generation {}: it is missing; entry 3 stands in its place", verify::Id(GENERATION))
    );
}
