//! A clinic moves from the embedded file to PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests"
)]

#[path = "contract/desk.rs"]
mod desk;
mod postgres;

use std::path::Path;

use desk::{Desk, ORG, OWNER, booking, organization, patient, rename, room, user};
use domain::{
    canonical::{Op, Part},
    id::{RecordId, Uuid},
    time::Timestamp,
};
use postgres::{Database, connect, random};
use server::{
    Storage,
    core::{Backend, Invite, ReceiptKey, Site, Sqlite, Whole, push},
    digests, move_to,
};
use sync::protocol::Verdict;

const NOW: Timestamp = Timestamp::from_millis(1_795_262_400_000);
const RECEIPTS: ReceiptKey = ReceiptKey([5; 32]);

fn embedded(at: &Path) -> Sqlite {
    Sqlite::open(at, 0, &mut |bytes: &mut [u8]| random(bytes)).unwrap()
}

/// A clinic of two desks with more entries than fit a page, one kept aside, claims, a code.
fn clinic(at: &Path) -> Desk {
    let file = embedded(at);
    file.found(&organization()).unwrap();
    let (mut one, mut two) = (Desk::new(1), Desk::new(2));
    for desk in [&one, &two] {
        file.enrol(&desk.device()).unwrap();
    }
    one.write(OWNER, 0, vec![user(OWNER, "owner"), room()]);
    for (n, hour) in (0..520).zip((0..).step_by(60)) {
        one.write(OWNER, 1, vec![patient(n, "Ana"), booking(n, hour, hour + 30)]);
    }
    two.write(OWNER, 1, vec![rename(9_999, "nobody")]);
    two.write(OWNER, 1, vec![rename(3, "Bia")]);
    push(&file, ORG, one.request(1), &RECEIPTS, NOW).unwrap().unwrap();
    let aside = push(&file, ORG, two.request(1), &RECEIPTS, NOW).unwrap().unwrap();
    assert!(matches!(aside.outcomes[0].verdict, Verdict::Quarantined { .. }));
    file.invite(&Invite {
        org: ORG,
        name: "AAAAAA".to_owned(),
        key: [7; 32],
        user: OWNER,
        expires_ms: 5,
        tries_left: 4,
        used_by: None,
    })
    .unwrap();
    one
}

#[test]
fn a_clinic_moves_with_one_command_is_counted_and_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server");
    let mut one = clinic(&data);
    let before = digests(&data).unwrap();
    let database = Database::empty();

    let (org, moved) = move_to(&data, &database.owner()).unwrap();

    assert_eq!((org, moved.entries, moved.devices, moved.members, moved.invites), (ORG, 523, 2, 1, 1));
    assert_eq!(moved.parts, 2 + 520 * 2 + 2);
    assert_eq!(moved.records, before[0].digest.count());
    let storage = Storage { data: data.clone(), database: Some(database.app()), organizations: 1 };
    assert_eq!(digests(storage).unwrap(), before);
    assert_eq!(digests(&data).unwrap(), before, "the file stays as it was");

    // The same server goes on: its key, its desks, its codes, its claims.
    let file = embedded(&data);
    let here = database.open_with(&data);
    assert_eq!(here.derive("x"), file.derive("x"));
    assert_eq!(here.find_invite("AAAAAA").unwrap(), file.find_invite("AAAAAA").unwrap());
    assert_eq!(here.log_at(ORG, 300).unwrap(), file.log_at(ORG, 300).unwrap());
    let known = push(&here, ORG, one.only(5), &RECEIPTS, NOW).unwrap().unwrap();
    assert!(matches!(known.outcomes[0].verdict, Verdict::Accepted { position: 5, .. }), "known, and answered as then");
    one.write(OWNER, 522, vec![booking(9_000, 60, 120)]);
    let next = push(&here, ORG, one.request(522), &RECEIPTS, NOW).unwrap().unwrap();
    assert!(matches!(next.outcomes[0].verdict, Verdict::Accepted { position: 523, .. }));
    assert_eq!(file.whole_organization(ORG).unwrap().unwrap().1.seq, 522, "and the file knows nothing of it");
}

#[test]
fn a_database_that_holds_a_clinic_and_a_folder_that_holds_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server");
    clinic(&data);
    let database = Database::empty();
    move_to(&data, &database.owner()).unwrap();
    let digest = digests(database_of(&database, &data)).unwrap();
    let refused = move_to(&data, &database.owner()).unwrap_err();
    assert!(format!("{refused:#}").contains("holds an organization already"), "{refused:#}");
    assert_eq!(digests(database_of(&database, &data)).unwrap(), digest);

    // Another clinic's file has another key.
    let other = folder.path().join("other");
    clinic(&other);
    let refused = move_to(&other, &database.owner()).unwrap_err();
    assert!(format!("{refused:#}").contains("another key"), "{refused:#}");
    let nothing = folder.path().join("nothing");
    std::fs::create_dir(&nothing).unwrap();
    assert!(move_to(&nothing, &Database::empty().owner()).is_err());
    drop(embedded(&folder.path().join("unfounded")));
    assert!(move_to(&folder.path().join("unfounded"), &Database::empty().owner()).is_err());
}

fn database_of(database: &Database, data: &Path) -> Storage {
    Storage { data: data.to_owned(), database: Some(database.app()), organizations: 1 }
}

#[test]
fn a_move_that_does_not_arrive_whole_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server");
    clinic(&data);
    let database = Database::empty();
    database.prepare_with(&data).unwrap();
    // Something in the database changes what arrives.
    database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        client
            .batch_execute(
                "create function spoil() returns trigger language plpgsql as
                 'begin new.high = new.high + 1; return new; end';
                 create trigger spoil before insert on entry for each row when (new.seq = 400)
                 execute function spoil()",
            )
            .await
            .unwrap();
    });

    let refused = move_to(&data, &database.owner()).unwrap_err();

    assert!(format!("{refused:#}").contains("not what was sent"), "{refused:#}");
    assert_eq!(digests(database_of(&database, &data)).unwrap(), []);
    database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        client.batch_execute("drop trigger spoil on entry").await.unwrap();
    });
    assert_eq!(move_to(&data, &database.owner()).unwrap().1.entries, 523, "and can be done again");
}

/// What the program says, and whether it ended well.
fn told(arguments: &[&str], data: &Path, database: (&str, &str)) -> (bool, String) {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_praxis-server"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env(database.0, database.1)
        .output()
        .unwrap();
    let said = if out.status.success() { out.stdout } else { out.stderr };
    (out.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn the_program_moves_a_clinic_prints_the_same_digest_and_finds_who_bears_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server");
    let mut one = clinic(&data);
    let database = Database::empty();
    let owner = database.owner();
    let before = told(&["digest"], &data, ("NOTHING", ""));
    assert!(before.0, "{}", before.1);

    let moved = told(&["move"], &data, ("PRAXIS_DATABASE_OWNER", &owner));
    assert!(moved.0 && moved.1.contains("moved 523 entries with 1044 parts"), "{}", moved.1);
    let app = database.app();
    assert_eq!(told(&["digest"], &data, ("PRAXIS_DATABASE", &app)), before);
    assert!(told(&["migrate"], &data, ("PRAXIS_DATABASE_OWNER", &owner)).0, "done again, it changes nothing");
    let again = told(&["move"], &data, ("PRAXIS_DATABASE_OWNER", &owner));
    assert!(!again.0 && again.1.contains("holds an organization already"), "{}", again.1);

    let fields = vec![(10, Uuid::from_u128(0x500).into()), (11, "cpf".into()), (12, "52998224725".into())];
    one.write(OWNER, 522, vec![Part { kind: 51, record: RecordId(Uuid::from_u128(9)), op: Op::Insert, fields }]);
    push(&database.open_with(&data), ORG, one.request(522), &RECEIPTS, NOW).unwrap().unwrap();
    let org = ORG.0.to_string();
    let find = ["find", "--organization", &org, "529.982.247-25"];
    let (well, found) = told(&find, &data, ("PRAXIS_DATABASE", &app));
    assert!(well);
    assert_eq!(found.trim(), format!("patient_identifier {}", Uuid::from_u128(9)));
}
