//! Two real folders and a real server on a port of its own, agreeing over HTTP through the application's driver.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod database;
mod desks;
#[path = "../../crates/server/tests/postgres/mod.rs"]
mod postgres;

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use app::sync::{Around, Driver, Line, LineError, adopt, invite, register};
use clinic::{
    PARTS,
    organization::{Admin, ClinicData, found, profile::profile},
};
use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId, UserId, Uuid},
    time::Timestamp,
};
use ed25519_dalek::SigningKey;
use server::Storage;
use store::{Actor, Identity, Store, StoreError, newest};
use sync::{
    engine::{Config, Retry, State},
    protocol::JoinCode,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot, task::JoinHandle};
use vault::{Check, DataKey, KeySlots, Opening, Vault, rusqlite::named_params};

const OWNER: UserId = UserId(Uuid::from_u128(0xA1));

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}

static DRAWN: AtomicU64 = AtomicU64::new(1);

fn random(bytes: &mut [u8]) {
    let seed = DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    blake3::Hasher::new().update(&seed).finalize_xof().fill(bytes);
}

fn around() -> Around {
    Around { now: Arc::new(now), random: Arc::new(random) }
}

fn config() -> Config {
    Config {
        poll_ms: 200,
        deadline_ms: 5_000,
        retry: Retry { first_ms: 50, most_ms: 300 },
        page_records: 7,
        ..Config::default()
    }
}

struct Serving {
    at: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<()>,
}

fn serve(runtime: &Runtime, storage: impl Into<Storage>, at: &str) -> Serving {
    let listener = runtime.block_on(TcpListener::bind(at)).unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let storage = storage.into();
    let done = runtime.spawn(async move {
        server::run(storage, listener, async { drop(stopped.await) }).await.unwrap();
    });
    Serving { at, stop: Some(stop), done }
}

impl Serving {
    fn end(mut self, runtime: &Runtime) -> SocketAddr {
        drop(self.stop.take());
        runtime.block_on(self.done).unwrap();
        self.at
    }
}

fn folder(dir: &TempDir, name: &str, identity: &Identity) -> Arc<Store> {
    let mut dice = |bytes: &mut [u8]| random(bytes);
    let key = DataKey::generate(&mut dice);
    let slots = KeySlots::new(&key, &mut dice);
    Arc::new(folder_with(&dir.path().join(name), &key, &slots, identity))
}

fn folder_with(dir: &Path, key: &DataKey, slots: &KeySlots, identity: &Identity) -> Store {
    let opening = Opening { program: "test", now_ms: 0, known_schema: newest(PARTS.migrations), check: Check::Header };
    let vault = Vault::create(dir, key, slots, opening, &mut |bytes: &mut [u8]| random(bytes)).unwrap();
    Store::found(vault, PARTS, identity, Box::new(|bytes: &mut [u8]| random(bytes))).unwrap()
}

fn founder(dir: &TempDir) -> Arc<Store> {
    let (root, device) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let certificate = Certificate::issue(
        &root,
        OrgId(Uuid::from_u128(1)),
        DeviceId(Uuid::from_u128(2)),
        GenerationId(Uuid::from_u128(3)),
        "A",
        &device.verifying_key(),
        now(),
    );
    let store = folder(dir, "first", &Identity::new(certificate, device, Some(root)));
    let profile = profile("aesthetic-br").unwrap();
    let admin = Admin { id: OWNER, name: "Lívia Moraes".into() };
    let data = ClinicData { name: "Clínica Alameda".into(), ..ClinicData::default() };
    store
        .write(Actor(OWNER), "organization.found", now(), |tx| {
            found(tx, profile, profile.locale, data.clone(), &admin, false)
        })
        .unwrap_or_else(|_| panic!("a clinic is founded"));
    store
}

fn rename(store: &Store, name: &str) {
    store
        .write(Actor(OWNER), "organization.amend_clinic", now(), |tx| {
            tx.db().execute("update clinic set name = ?1", [name])?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn clinic_name(store: &Store) -> String {
    store
        .read(OWNER, now(), |view| {
            Ok::<_, StoreError>(view.db().query_row("select name from clinic", [], |row| row.get(0))?)
        })
        .unwrap()
}

/// A booking of a room by plain rows: what the agenda writes, without its rules.
fn book(store: &Store, room: Uuid, from: i64, to: i64) {
    store
        .write(Actor(OWNER), "agenda.book", now(), |tx| {
            tx.db().execute(
                "insert into resource_allocation (id, created_at, created_by, appointment_id, resource_id, \
                 occupied_from, occupied_to, units, phase, state) \
                 values (:id, 1, :by, :appointment, :room, :from, :to, 1, 'planned', 'provisional')",
                named_params! {
                    ":id": tx.new_id(), ":by": OWNER.0, ":appointment": tx.new_id(), ":room": room,
                    ":from": from, ":to": to,
                },
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn room(store: &Store) -> Uuid {
    let id = Uuid::from_u128(0xB1);
    store
        .write(Actor(OWNER), "resources.add_room", now(), |tx| {
            tx.db().execute(
                "insert into resource (id, created_at, created_by, type, name, capacity, active) \
                 values (?1, 1, ?2, 'room', 'Sala 1', 1, 1)",
                (id, OWNER.0),
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    id
}

fn count(store: &Store, what: &str) -> u64 {
    store
        .read(OWNER, now(), |view| {
            Ok::<_, StoreError>(view.db().query_row(&format!("select count(*) from {what}"), [], |row| row.get(0))?)
        })
        .unwrap()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(120), "{what} did not come true");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn at_rest(driver: &Driver, store: &Store) -> bool {
    driver.status().state == State::UpToDate && store.standing().unwrap().waiting == 0
}

fn drive(store: &Arc<Store>, line: &Arc<Line>) -> Driver {
    Driver::start(Arc::clone(store) as _, Arc::clone(line), config(), |_, _| {}).unwrap()
}

/// A clinic whose founding desk handed its organization over, and a second desk that joined with a code.
struct TwoDesks {
    runtime: Runtime,
    dir: TempDir,
    storage: Storage,
    serving: Serving,
    room: Uuid,
    first: (Arc<Store>, Driver),
    second: (Arc<Store>, Driver),
}

fn two_desks() -> TwoDesks {
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::from(&dir.path().join("server"));
    two_desks_on(dir, storage)
}

fn two_desks_on(dir: TempDir, storage: Storage) -> TwoDesks {
    let runtime = Runtime::new().unwrap();
    let serving = serve(&runtime, storage.clone(), "127.0.0.1:0");
    let address = format!("http://{}", serving.at);
    let first = founder(&dir);
    let room = room(&first);
    let line = Arc::new(Line::new(&address, around()).unwrap());
    runtime.block_on(adopt(&line, &first)).unwrap();
    let driver = drive(&first, &line);
    eventually("the journal's move to the server", || at_rest(&driver, &first));

    let invited = runtime.block_on(invite(&line, &first, OWNER, OWNER)).unwrap();
    let key = SigningKey::from_bytes(&[5; 32]);
    let (device, generation) = (DeviceId(Uuid::from_u128(12)), GenerationId(Uuid::from_u128(13)));
    let line_two = Arc::new(Line::new(&address, around()).unwrap());
    let code = JoinCode::of_groups(invited.code).unwrap();
    let joined = runtime.block_on(register(&line_two, &code, device, generation, &key)).unwrap();
    assert_eq!((joined.user, joined.certificate.prefix.as_str()), (OWNER, "B"));
    let second = folder(&dir, "second", &Identity::new(joined.certificate, key, None));
    let driver_two = drive(&second, &line_two);
    eventually("the second desk's first picture", || {
        at_rest(&driver_two, &second) && second.digests().unwrap() == first.digests().unwrap()
    });
    TwoDesks { runtime, dir, storage, serving, room, first: (first, driver), second: (second, driver_two) }
}

/// The digest that a stopped server holds.
fn digest_in(storage: impl Into<Storage>) -> String {
    server::digests(storage).unwrap()[0].digest.to_string()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            std::fs::copy(from, to).unwrap();
        }
    }
}

#[test]
fn a_server_put_back_to_a_backup_gets_everything_again_from_the_desks() {
    let TwoDesks { runtime, dir, serving, room, first: (first, driver), second: (second, driver_two), .. } =
        two_desks();
    let (data, backup) = (dir.path().join("server"), dir.path().join("backup"));

    // Given: a backup, and a day's work after it that both desks and the server have agreed on.
    let at = serving.end(&runtime);
    copy_folder(&data, &backup);
    let serving = serve(&runtime, &data, &at.to_string());
    rename(&first, "Alameda Norte");
    book(&first, room, 3_600_000, 7_200_000);
    driver.wrote();
    driver.wake();
    eventually("the first desk's work", || at_rest(&driver, &first));
    driver_two.wake();
    eventually("its arrival", || clinic_name(&second) == "Alameda Norte");
    rename(&second, "Alameda Sul");
    book(&second, room, 9_000_000, 10_800_000);
    driver_two.wrote();
    driver_two.wake();
    eventually("the second desk's work", || at_rest(&driver_two, &second));
    driver.wake();
    eventually("agreement", || first.digests().unwrap() == second.digests().unwrap());
    let agreed = first.digests().unwrap().replicated.to_string();

    // When: the server's disk is lost and the backup takes its place; nobody tells the desks.
    serving.end(&runtime);
    std::fs::remove_dir_all(&data).unwrap();
    copy_folder(&backup, &data);
    let serving = serve(&runtime, &data, &at.to_string());
    driver_two.wake();
    driver.wake();

    // Then: they notice, and the server has everything again, field by field as it was.
    eventually("noticing", || driver.status().server_restored && driver_two.status().server_restored);
    eventually("agreement again", || {
        at_rest(&driver, &first)
            && at_rest(&driver_two, &second)
            && [&first, &second].iter().all(|desk| desk.digests().unwrap().replicated.to_string() == agreed)
    });
    for store in [&first, &second] {
        assert_eq!(clinic_name(store), "Alameda Sul", "the later write");
        assert!(store.unsettled().unwrap().is_empty());
        assert_eq!(store.standing().unwrap().quarantined, 0);
    }
    drop((driver, driver_two));
    serving.end(&runtime);
    assert_eq!(digest_in(&data), agreed);
}

#[test]
fn two_desks_one_of_them_without_a_network_end_with_the_same_digest_and_one_card() {
    a_day_without_a_network(two_desks());
}

fn a_day_without_a_network(desks: TwoDesks) {
    let TwoDesks { runtime, storage, serving, room, first: (first, driver), second: (second, driver_two), .. } = desks;
    assert_eq!(clinic_name(&second), "Clínica Alameda");

    // When: the server is away; both work on, on the same fields and the same hour.
    let at = serving.end(&runtime);
    rename(&first, "Alameda Norte");
    book(&first, room, 3_600_000, 7_200_000);
    driver.wrote();
    eventually("noticing that the server is away", || driver.status().state == State::Offline);
    std::thread::sleep(Duration::from_millis(5));
    rename(&second, "Alameda Sul");
    book(&second, room, 5_400_000, 9_000_000);
    driver_two.wrote();
    assert_eq!(first.standing().unwrap().waiting, 2);

    // Then: with the server back everything agrees, nothing is lost, and there is one card.
    let serving = serve(&runtime, storage.clone(), &at.to_string());
    driver.wake();
    driver_two.wake();
    eventually("agreement", || {
        at_rest(&driver, &first)
            && at_rest(&driver_two, &second)
            && count(&first, "conflict_record") == 1
            && first.digests().unwrap() == second.digests().unwrap()
    });
    for store in [&first, &second] {
        assert_eq!(clinic_name(store), "Alameda Sul", "the later write");
        assert_eq!(count(store, "resource_allocation where state = 'granted'"), 1);
        assert_eq!(count(store, "resource_allocation where state = 'contested'"), 1);
        assert_eq!(count(store, "conflict_record"), 1);
        assert!(store.unsettled().unwrap().is_empty());
    }

    // And the server says the same of itself.
    let digest = first.digests().unwrap().replicated.to_string();
    drop((driver, driver_two));
    serving.end(&runtime);
    assert_eq!(digest_in(storage), digest);
}

#[test]
fn a_wrong_code_says_how_many_tries_are_left_and_a_desk_whose_clock_is_years_off_is_understood() {
    fn wrong_year() -> Timestamp {
        Timestamp::from_millis(now().millis() - 11 * 365 * 86_400_000)
    }
    let runtime = Runtime::new().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let serving = serve(&runtime, &dir.path().join("server"), "127.0.0.1:0");
    let line = Arc::new(
        Line::new(&serving.at.to_string(), Around { now: Arc::new(wrong_year), random: Arc::new(random) }).unwrap(),
    );
    let first = founder(&dir);
    runtime.block_on(adopt(&line, &first)).unwrap();
    let driver = drive(&first, &line);
    eventually("the journal's move to the server", || at_rest(&driver, &first));
    assert!(driver.status().clock_is_off());

    let invited = runtime.block_on(invite(&line, &first, OWNER, OWNER)).unwrap();
    let key = SigningKey::from_bytes(&[5; 32]);
    let (device, generation) = (DeviceId(Uuid::from_u128(12)), GenerationId(Uuid::from_u128(13)));
    let [one, two, three, others @ ..] = invited.code;
    let wrong = (0..4096)
        .find_map(|last| JoinCode::of_groups([one, two, three ^ 1, others[0], others[1], others[2], others[3], last]))
        .unwrap();
    let refused = runtime.block_on(register(&line, &wrong, device, generation, &key)).unwrap_err();
    assert_eq!(refused, LineError::Refused { code: "code_wrong".into(), tries_left: Some(4) });
    drop(driver);
    serving.end(&runtime);
}

fn done(desk: &app::Desk, name: &str, input: serde_json::Value) -> serde_json::Value {
    let reply = desk.call(name, input);
    reply["done"].get("value").unwrap_or_else(|| panic!("{name}: {reply}")).clone()
}

#[test]
fn two_applications_adopt_invite_join_and_agree_by_command() {
    use serde_json::json;

    let runtime = Runtime::new().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let serving = serve(&runtime, &dir.path().join("server"), "127.0.0.1:0");
    let server = format!("http://{}", serving.at);
    let desk = |name: &str| {
        let host = app::SystemHost::new(dir.path().join("papers"));
        app::Desk::new(&dir.path().join(name), Arc::new(host))
    };
    let (first, second) = (desk("one"), desk("two"));
    let founded = done(
        &first,
        "organization.found",
        json!({"profile": "aesthetic-br", "locale": "pt-BR", "clinic": {"name": "Alameda"},
            "admin": {"name": "Livia Moraes", "password": "correct horse"}}),
    );
    assert_eq!(done(&first, "system.sync_status", json!({}))["state"], "no_server");

    done(&first, "system.adopt", json!({"server": server}));
    let state = done(&first, "system.sync_now", json!({}));
    assert_eq!((&state["state"], &state["pending"]), (&json!("up_to_date"), &json!(0)), "{state}");
    let user = &founded["session"]["user"]["id"];
    let invited = done(&first, "system.invite_desk", json!({"user_id": user}));
    let code = invited["code"].as_str().unwrap();
    let swapped: Vec<&str> = code.split(' ').rev().collect();
    let stranger = JoinCode::draw(&[0; 14]).groups().map(vault::spoken::word).join(" ");
    for (typed, reason) in [
        ("bafel tomim", json!({"code": "code_word_unknown", "place": 2})),
        ("bafel tomin", json!({"code": "code_misread"})),
        (&swapped.join(" "), json!({"code": "code_misread"})),
        (&stranger, json!({"code": "code_expired"})),
    ] {
        let join = json!({"server": server, "code": typed, "password": "other horse"});
        assert_eq!(second.call("system.join", join)["refused"]["reason"], reason, "{typed}");
    }
    let shouted = code.to_uppercase().replace('K', "C");
    let joined = done(&second, "system.join", json!({"server": server, "code": shouted, "password": "other horse"}));
    assert_eq!((&joined["user"]["name"], &joined["desk"]["prefix"]), (&json!("Livia Moraes"), &json!("B")));

    done(&second, "people.register", json!({"given": "Ana", "family": "Souza"}));
    let state = done(&second, "system.sync_now", json!({}));
    assert_eq!((&state["state"], &state["pending"]), (&json!("up_to_date"), &json!(0)), "{state}");
    done(&first, "system.sync_now", json!({}));
    eventually("the patient's arrival", || {
        done(&first, "people.search", json!({"text": "souza"})).as_array().is_some_and(|hits| hits.len() == 1)
    });
    done(&second, "system.sign_out", json!({}));
    done(&second, "system.sign_in", json!({"user_id": user, "password": "other horse"}));
    assert_eq!(done(&second, "system.sync_now", json!({}))["state"], "up_to_date");
    // Each folder's journal holds for the independent reader: the second desk's key is vouched for by the server.
    for desk in [&first, &second] {
        let accepted = verify::check_folder(desk.open().unwrap().store.vault(), &mut |_| {}).unwrap();
        assert!(accepted.entries() > 0);
    }
    let digest = second.open().unwrap().store.digests().unwrap().replicated.to_string();
    first.close();
    second.close();
    serving.end(&runtime);
    let held = server::digests(&dir.path().join("server")).unwrap();
    assert_eq!(held.iter().map(|held| held.digest.to_string()).collect::<Vec<_>>(), [digest]);
}
