//! The same clinics with a server on PostgreSQL: one process, two processes, and what its dump gives away.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use app::sync::{Line, adopt, invite, register};
use domain::id::{DeviceId, GenerationId, OrgId, Uuid};
use ed25519_dalek::SigningKey;
use serde_json::json;
use server::{Storage, core::Backend};
use store::Identity;
use sync::protocol::{FeedToken, JoinCode, SCOPE_FULL};
use tokio::runtime::Runtime;

use crate::{
    OWNER, a_day_without_a_network, around, at_rest, book, clinic_name, count,
    desks::Clinic,
    done, drive, eventually, folder, founder,
    postgres::{Database, connect, socket},
    rename, room, two_desks_on,
};

#[test]
fn on_postgresql_too_two_desks_one_of_them_without_a_network_end_with_the_same_digest_and_one_card() {
    let database = Database::new();
    a_day_without_a_network(two_desks_on(tempfile::tempdir().unwrap(), database.storage()));
}

/// A server's process: this test program again, told where its data lies.
struct Process {
    child: Child,
    at: String,
}

impl Process {
    fn start(database: &Database) -> Self {
        let at = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "database::serves_for_another_test", "--ignored", "--nocapture"])
            .env("SERVE_DATA", database.data())
            .env("SERVE_DATABASE", database.app())
            .env("SERVE_AT", &at)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let process = Self { child, at };
        eventually("a server that listens", || std::net::TcpStream::connect(&process.at).is_ok());
        process
    }

    fn line(&self) -> std::sync::Arc<Line> {
        std::sync::Arc::new(Line::new(&format!("http://{}", self.at), around()).unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
#[ignore = "a child process that another test starts"]
fn serves_for_another_test() {
    let told = |name: &str| std::env::var(name).unwrap();
    let storage = Storage { data: told("SERVE_DATA").into(), database: Some(told("SERVE_DATABASE")), organizations: 1 };
    Runtime::new().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::bind(told("SERVE_AT")).await.unwrap();
        server::run(storage, listener, std::future::pending()).await.unwrap();
    });
}

#[test]
fn two_desks_at_two_processes_of_one_server_agree_also_when_one_of_those_is_killed() {
    let runtime = Runtime::new().unwrap();
    let (dir, database) = (tempfile::tempdir().unwrap(), Database::new());
    let (one, two) = (Process::start(&database), Process::start(&database));

    // Adopted at one, joined at the other with a code that the first gave.
    let first = founder(&dir);
    let room = room(&first);
    let line = one.line();
    runtime.block_on(adopt(&line, &first)).unwrap();
    let driver = drive(&first, &line);
    eventually("the journal's move to the server", || at_rest(&driver, &first));
    let invited = runtime.block_on(invite(&line, &first, OWNER, OWNER)).unwrap();
    let key = SigningKey::from_bytes(&[5; 32]);
    let (device, generation) = (DeviceId(Uuid::from_u128(12)), GenerationId(Uuid::from_u128(13)));
    let line_two = two.line();
    let code = JoinCode::of_groups(invited.code).unwrap();
    let joined = runtime.block_on(register(&line_two, &code, device, generation, &key)).unwrap();
    let second = folder(&dir, "second", &Identity::new(joined.certificate, key, None));
    let driver_two = drive(&second, &line_two);
    let agreed = || {
        driver.wake();
        driver_two.wake();
        at_rest(&driver, &first)
            && at_rest(&driver_two, &second)
            && first.digests().unwrap() == second.digests().unwrap()
    };
    eventually("the second desk's first picture", agreed);

    // Both write at once, at both processes, on the same hour.
    for round in 0..15 {
        book(&first, room, round * 3_600_000, (round + 1) * 3_600_000);
        book(&second, room, round * 3_600_000 + 1_800_000, (round + 1) * 3_600_000);
        rename(&first, &format!("Alameda {round} A"));
        rename(&second, &format!("Alameda {round} B"));
        driver.wrote();
        driver_two.wrote();
    }
    eventually("agreement", agreed);
    assert_eq!(count(&first, "resource_allocation"), 30);
    assert_eq!(count(&first, "resource_allocation where state = 'granted'"), 15);
    assert_eq!(count(&first, "resource_allocation where state = 'contested'"), 15);
    assert!(count(&first, "conflict_record") >= 15);

    // One process dies in the middle of it; what its desk wrote waits, and goes up when another takes its place.
    rename(&first, "Alameda Norte");
    driver.wrote();
    let at = one.at.clone();
    drop(one);
    std::thread::sleep(Duration::from_millis(5));
    rename(&second, "Alameda Sul");
    driver_two.wrote();
    eventually("the other process's work", || at_rest(&driver_two, &second));
    let storage = database.storage();
    let serving = crate::serve(&runtime, storage.clone(), &at);
    eventually("agreement again", agreed);
    for store in [&first, &second] {
        assert_eq!(clinic_name(store), "Alameda Sul", "the later write");
        assert!(store.unsettled().unwrap().is_empty());
        assert_eq!(store.standing().unwrap().quarantined, 0);
    }
    let digest = first.digests().unwrap().replicated.to_string();
    drop((driver, driver_two));
    serving.end(&runtime);
    drop(two);
    assert_eq!(server::digests(storage).unwrap()[0].digest.to_string(), digest);
}

/// What a person at the desk typed and nobody at the database may read.
const PLANTED: [&str; 9] = [
    "Iracema",
    "Guimarães Rosa",
    "52998224725",
    "11987654321",
    "iracema.rosa@example.org",
    "Rua das Acácias",
    "Dipirona sódica",
    "Refere cefaleia há três dias",
    "Peeling de teste",
];

/// Everything `pg_dump` writes of a database, as a person with the rights would take it along.
fn dump(database: &str) -> Vec<u8> {
    let told = Command::new("pg_dump")
        .args(["--username", "postgres", "--host"])
        .arg(socket())
        .arg(database)
        .output()
        .expect("pg_dump, which comes with PostgreSQL");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    told.stdout
}

/// Those of the planted words that stand in a dump: as text, or as the bytes of a column, which a dump writes in
/// hexadecimal digits.
fn found_in(dump: &[u8]) -> Vec<&'static str> {
    let contains = |sought: &[u8]| dump.windows(sought.len()).any(|window| window == sought);
    let hex = |word: &str| word.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    PLANTED.into_iter().filter(|word| contains(word.as_bytes()) || contains(hex(word).as_bytes())).collect()
}

#[test]
fn a_dump_of_a_synced_clinic_names_nobody_and_the_same_search_finds_them_in_a_plain_copy() {
    let database = Database::new();
    let clinic = Clinic::on(tempfile::tempdir().unwrap(), database.storage());
    let desk = &clinic.desks[0];
    let patient = done(
        desk,
        "people.register",
        json!({"given": PLANTED[0], "family": PLANTED[1], "phone": "(11) 98765-4321", "email": PLANTED[4],
            "address": format!("{} 10", PLANTED[5]), "identifier": {"type": "cpf", "value": "529.982.247-25"}}),
    )["id"]
        .clone();
    done(desk, "chart.add_allergy", json!({"patient_id": patient, "substance": PLANTED[6], "severity": "severe"}));
    let draft = done(
        desk,
        "chart.draft_note",
        json!({"patient_id": patient, "title": "Retorno", "kind": "progress_note", "body": PLANTED[7]}),
    );
    done(desk, "chart.save_note", json!({"draft_id": draft["id"]}));
    done(desk, "catalogue.add", json!({"name": PLANTED[8], "duration_min": 30}));
    clinic.agree();

    assert_eq!(found_in(&dump(&database.name)), Vec::<&str>::new());

    // The same rows, but unsealed on purpose: then the search must find every word.
    let here = database.open();
    let org = server::digests(database.storage()).unwrap()[0].org;
    let page = here.page(OrgId(org.0), SCOPE_FULL, FeedToken::after(0), 100_000).unwrap();
    database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        client.batch_execute("create table plain (kind integer, record_id uuid, state bytea)").await.unwrap();
        for record in &page.records {
            client
                .execute(
                    "insert into plain (kind, record_id, state) values ($1, $2, $3)",
                    &[&i32::from(record.kind), &record.id.0, &record.state],
                )
                .await
                .unwrap();
        }
    });
    assert_eq!(found_in(&dump(&database.name)), PLANTED);
    drop(here);
}
