//! A folder whose key the keychain holds: it goes on agreeing before anybody signs in, and answers nobody.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::{Desk, Host, Keychain, SystemHost, Timestamp};
use serde_json::{Value, json};
use vault::{KeychainError, Secret, Vault};

const PASSWORD: &str = "correct horse";

/// A keychain in memory, which a test may empty or take away.
#[derive(Clone, Default)]
struct Drawer(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    entries: BTreeMap<String, Vec<u8>>,
    away: bool,
}

impl Drawer {
    fn entries(&self) -> usize {
        self.0.lock().unwrap().entries.len()
    }

    fn reach<T>(&self, reach: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> T) -> Result<T, KeychainError> {
        let mut inside = self.0.lock().unwrap();
        if inside.away { Err(KeychainError::NoAccess) } else { Ok(reach(&mut inside.entries)) }
    }
}

impl Keychain for Drawer {
    fn get(&self, account: &str) -> Result<Option<Secret>, KeychainError> {
        self.reach(|entries| entries.get(account).cloned().map(Secret::new))
    }
    fn set(&self, account: &str, secret: &Secret) -> Result<(), KeychainError> {
        self.reach(|entries| drop(entries.insert(account.to_owned(), secret.expose().to_vec())))
    }
    fn delete(&self, account: &str) -> Result<(), KeychainError> {
        self.reach(|entries| drop(entries.remove(account)))
    }
}

struct Machine {
    system: SystemHost,
    drawer: Drawer,
}

impl Host for Machine {
    fn now(&self) -> Timestamp {
        self.system.now()
    }
    fn monotonic(&self) -> Duration {
        self.system.monotonic()
    }
    fn fill(&self, bytes: &mut [u8]) {
        self.system.fill(bytes);
    }
    fn keychain(&self) -> Option<Box<dyn Keychain>> {
        Some(Box::new(self.drawer.clone()))
    }
    fn downloads(&self) -> PathBuf {
        self.system.downloads()
    }
}

fn desk(dir: &Path, drawer: &Drawer) -> Desk {
    let system = SystemHost::new(dir.join("papers"));
    Desk::new(dir, Arc::new(Machine { system, drawer: drawer.clone() }))
}

fn done(desk: &Desk, name: &str, input: Value) -> Value {
    let reply = desk.call(name, input);
    reply["done"].get("value").unwrap_or_else(|| panic!("{name}: {reply}")).clone()
}

/// Founds a clinic and answers who may sign in.
fn found(desk: &Desk) -> Value {
    let input = json!({ "profile": "aesthetic-br", "locale": "pt-BR", "clinic": { "name": "Alameda" },
        "admin": { "name": "Lívia Moraes", "password": PASSWORD } });
    done(desk, "organization.found", input)["session"]["user"]["id"].clone()
}

/// A server that is away: agreeing with it is tried, and nothing more.
fn give_server(desk: &Desk) {
    let open = desk.open().unwrap();
    open.store.set_server("http://127.0.0.1:9", &open.store.identity().certificate).unwrap();
}

fn holder(dir: &Path) -> Option<String> {
    Vault::holder(&dir.join("clinic")).unwrap().map(|holder| holder.program)
}

fn sign_in(desk: &Desk, user: &Value, password: &str) -> Value {
    desk.call("system.sign_in", json!({ "user_id": user, "password": password }))
}

#[test]
fn with_the_folder_open_for_nobody_no_command_answers_until_a_password_is_given() {
    let (dir, drawer) = (tempfile::tempdir().unwrap(), Drawer::default());
    let first = desk(dir.path(), &drawer);
    let user = found(&first);
    done(&first, "people.register", json!({"given": "Ana"}));
    give_server(&first);
    first.close();
    drop(first);

    let again = desk(dir.path(), &drawer);
    assert!(again.open_unattended());
    assert!(holder(dir.path()).is_some(), "the folder is open");

    let status = done(&again, "system.status", json!({}));
    assert_eq!((&status["state"], &status["session"]), (&json!("locked"), &Value::Null), "{status}");
    assert_eq!(status["organization"], Value::Null, "not even the clinic's name");
    for (name, input) in [
        ("people.search", json!({"text": "ana"})),
        ("reception.board", json!({})),
        ("system.inbox", json!({})),
        ("system.sync_status", json!({})),
        ("organization.users", json!({})),
    ] {
        assert_eq!(again.call(name, input)["refused"]["reason"]["code"], "not_signed_in", "{name}");
    }
    for listed in app::names().into_iter().filter(|listed| listed.needs.is_some()) {
        let reply = again.call(listed.name, json!({}));
        assert!(reply["refused"].is_object(), "{}: {reply}", listed.name);
    }

    assert_eq!(sign_in(&again, &user, "wrong horse")["refused"]["reason"]["code"], "wrong_password");
    assert!(holder(dir.path()).is_some(), "it goes on agreeing");
    std::thread::sleep(Duration::from_millis(1_100));
    assert!(sign_in(&again, &user, PASSWORD)["done"].is_object());
    assert_eq!(done(&again, "people.search", json!({"text": "ana"})).as_array().unwrap().len(), 1);
    assert!(!again.open_unattended(), "somebody is at work");
    done(&again, "system.sign_out", json!({}));
    assert_eq!(holder(dir.path()), None, "signing out takes the keys away");
}

#[test]
fn without_a_server_there_is_nothing_to_do_and_the_folder_stays_closed() {
    let (dir, drawer) = (tempfile::tempdir().unwrap(), Drawer::default());
    let first = desk(dir.path(), &drawer);
    assert!(!first.open_unattended(), "there is no folder");
    found(&first);
    first.close();

    let again = desk(dir.path(), &drawer);
    assert!(!again.open_unattended());
    assert_eq!(holder(dir.path()), None);
}

#[test]
fn a_keychain_that_lost_the_key_gets_it_back_with_the_next_password_and_one_that_is_locked_keeps_its_own() {
    let (dir, drawer) = (tempfile::tempdir().unwrap(), Drawer::default());
    let first = desk(dir.path(), &drawer);
    let user = found(&first);
    assert_eq!(drawer.entries(), 1, "the founding gives it");
    give_server(&first);
    first.close();

    drawer.0.lock().unwrap().entries.clear();
    let again = desk(dir.path(), &drawer);
    assert!(!again.open_unattended());
    assert!(sign_in(&again, &user, PASSWORD)["done"].is_object());
    assert_eq!(drawer.entries(), 1);
    again.close();
    assert!(desk(dir.path(), &drawer).open_unattended(), "and it fits");

    let kept = drawer.0.lock().unwrap().entries.clone();
    drawer.0.lock().unwrap().away = true;
    let locked = desk(dir.path(), &drawer);
    assert!(!locked.open_unattended());
    assert!(sign_in(&locked, &user, PASSWORD)["done"].is_object(), "the password opens");
    locked.close();
    drawer.0.lock().unwrap().away = false;
    assert_eq!(drawer.0.lock().unwrap().entries, kept);
    assert!(desk(dir.path(), &drawer).open_unattended());
}

/// Under a session bus and a keyring of its own, so that nobody's is touched.
#[test]
fn a_real_secret_service_opens_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let script = r#"printf 'keyring\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        exec "$0" --exact --ignored --nocapture under_a_real_secret_service"#;
    let ran = Command::new("dbus-run-session")
        .args(["--", "bash", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .output()
        .expect("scripts/setup.sh installs dbus and gnome-keyring");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
#[ignore = "a_real_secret_service_opens_the_folder runs it under a keyring of its own"]
fn under_a_real_secret_service() {
    let dir = tempfile::tempdir().unwrap();
    let desk = || Desk::new(dir.path(), Arc::new(SystemHost::new(dir.path().join("papers"))));
    let first = desk();
    let user = found(&first);
    give_server(&first);
    first.close();

    let again = desk();
    assert!(again.open_unattended());
    assert!(sign_in(&again, &user, PASSWORD)["done"].is_object());
    again.close();
}
