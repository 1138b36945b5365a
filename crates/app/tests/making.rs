//! A process that is killed while it makes a folder leaves nothing in anybody's way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{Desk, Host, SystemHost, Timestamp};
use serde_json::{Value, json};

/// The system's machine, some minutes later.
struct Later(SystemHost, i64);

impl Host for Later {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.now().millis() + self.1 * 60_000)
    }
    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
    fn downloads(&self) -> PathBuf {
        self.0.downloads()
    }
}

fn desk(dir: &Path, minutes_later: i64) -> Desk {
    Desk::new(dir, Arc::new(Later(SystemHost::new(dir.join("papers")), minutes_later)))
}

/// The folders that are being made.
fn passing(dir: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".praxis-")).collect()
}

fn making_a_demo(dir: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_praxisctl"))
        .args(["--data".as_ref(), dir.as_os_str(), "demo".as_ref()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what} did not come true");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_demo_whose_making_was_killed_is_no_folder_and_is_swept_away_later() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = making_a_demo(dir.path());
    let journal = |folder: &PathBuf| std::fs::metadata(folder.join("head")).map_or(0, |head| head.len());
    eventually("the first writes", || passing(dir.path()).iter().any(|folder| journal(folder) > 0));

    // While it works, nobody else takes its folder for a leftover, and it stands nowhere.
    assert_eq!(desk(dir.path(), 60).call("system.status", json!({}))["done"]["value"]["state"], "no_folder");
    assert_eq!(passing(dir.path()).len(), 1);
    child.kill().unwrap();
    child.wait().unwrap();

    let next = desk(dir.path(), 0);
    assert_eq!(next.call("system.status", json!({}))["done"]["value"]["state"], "no_folder");
    let founded = next.call(
        "organization.found",
        json!({ "profile": "aesthetic-br", "locale": "pt-BR", "clinic": { "name": "Alameda" },
            "admin": { "name": "Lívia Moraes", "password": "correct horse" } }),
    );
    assert!(founded["done"].is_object(), "{founded}");
    next.close();
    assert_eq!(passing(dir.path()).len(), 1, "young: it may be somebody's who has just begun");

    let later = desk(dir.path(), 11);
    assert_eq!(passing(dir.path()), Vec::<PathBuf>::new());
    let status = later.call("system.status", json!({}))["done"]["value"].clone();
    assert_eq!((&status["state"], &status["problem"]), (&json!("locked"), &Value::Null), "the clinic stands: {status}");
}
