//! The open application on a real encrypted folder: founding, signing in, permissions, the six ways to fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{Desk, Host, PrinterRefusal};
use domain::time::Timestamp;
use serde_json::{Value, json};
use store::history;

/// A machine whose clock, randomness and printer belong to the test.
struct TestHost {
    now: AtomicI64,
    random: AtomicU64,
    downloads: PathBuf,
    stopped: AtomicBool,
    printed: Mutex<Vec<(String, Vec<u8>)>>,
}

impl Host for TestHost {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now.load(Ordering::Relaxed))
    }
    fn monotonic(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now.load(Ordering::Relaxed)).unwrap())
    }
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let x = self.random.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            *byte = ((x ^ (x >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40).to_le_bytes()[0];
        }
    }
    fn downloads(&self) -> PathBuf {
        self.downloads.clone()
    }
    fn print(&self, pdf: &[u8], title: &str, _: Option<&str>, _: u16) -> Result<String, PrinterRefusal> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(PrinterRefusal::Stopped { printer: "PDF".to_owned(), reason: "no paper".to_owned() });
        }
        let mut printed = self.printed.lock().unwrap();
        printed.push((title.to_owned(), pdf.to_owned()));
        Ok(format!("PDF-{}", printed.len()))
    }
}

fn machine_in(dir: &Path) -> Arc<TestHost> {
    Arc::new(TestHost {
        now: AtomicI64::new(1_795_003_200_000),
        random: AtomicU64::new(7),
        downloads: dir.join("papers"),
        stopped: AtomicBool::new(false),
        printed: Mutex::default(),
    })
}

fn desk_in(dir: &Path) -> Desk {
    Desk::new(dir, machine_in(dir))
}

const PASSWORD: &str = "correct horse";

fn found(desk: &Desk) -> Value {
    let reply = desk.call(
        "organization.found",
        json!({ "profile": "aesthetic-br", "locale": "pt-BR",
                "clinic": { "name": "Clínica Alameda", "tax_id": "16.727.230/0001-97", "city": "São Paulo" },
                "admin": { "name": "Lívia Moraes", "password": PASSWORD } }),
    );
    reply["done"]["value"].clone()
}

#[test]
fn a_clinic_is_founded_closed_and_opened_again_with_the_password_only() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    assert_eq!(desk.call("system.status", json!({}))["done"]["value"]["state"], "no_folder");

    let founded = found(&desk);

    let user = founded["session"]["user"]["id"].clone();
    assert_eq!(founded["session"]["clinic"]["name"], "Clínica Alameda");
    assert!(founded["recovery_code"].as_array().unwrap().len() >= 8);
    assert_eq!(desk.call("people.search", json!({ "text": "" }))["done"]["value"], json!([]));

    desk.call("system.sign_out", Value::Null);
    let closed = desk.call("people.search", json!({ "text": "" }));
    assert_eq!(closed["refused"]["reason"]["code"], "not_signed_in");
    let status = desk.call("system.status", json!({}));
    assert_eq!(status["done"]["value"]["users"][0]["name"], "Lívia Moraes");

    let wrong = desk.call("system.sign_in", json!({ "user_id": user, "password": "nonsense" }));
    assert_eq!(wrong["refused"]["reason"]["code"], "wrong_password");
    let waits = desk.call("system.sign_in", json!({ "user_id": user, "password": PASSWORD }));
    assert_eq!(waits["refused"]["reason"]["code"], "locked_out", "a wrong password costs a moment");
}

#[test]
fn the_recovery_code_opens_the_folder_and_gives_a_new_password() {
    let dir = tempfile::tempdir().unwrap();
    let founded = found(&desk_in(dir.path()));
    let desk = desk_in(dir.path());

    let session = desk.call(
        "system.recover",
        json!({ "words": founded["recovery_code"], "user_id": founded["session"]["user"]["id"],
                "new_password": "another horse" }),
    );

    assert_eq!(session["done"]["value"]["user"]["name"], "Lívia Moraes");
    desk.call("system.sign_out", Value::Null);
    let again = desk
        .call("system.sign_in", json!({ "user_id": founded["session"]["user"]["id"], "password": "another horse" }));
    assert_eq!(again["done"]["value"]["user"]["name"], "Lívia Moraes");
}

#[test]
fn bad_data_found_nothing_and_leave_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    for (clinic, code) in [
        (json!({ "name": " " }), "name_missing"),
        (json!({ "name": "X", "tax_id": "16.727.230/0001-96" }), "tax_id_invalid"),
        (json!({ "name": "X", "phone": "12" }), "phone_invalid"),
    ] {
        let reply = desk.call(
            "organization.found",
            json!({ "profile": "aesthetic-br", "locale": "pt-BR", "clinic": clinic,
                    "admin": { "name": "Lívia", "password": PASSWORD } }),
        );
        assert_eq!(reply["refused"]["reason"]["code"], code);
    }
    assert!(!dir.path().join("clinic").exists());
}

#[test]
fn a_receptionist_registers_patients_and_may_not_add_users() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    found(&desk);
    let added =
        desk.call("organization.add_user", json!({ "name": "Rita", "role": "reception", "password": "reception-1" }));
    let rita = added["done"]["value"]["id"].clone();

    let signed_in = desk.call("system.sign_in", json!({ "user_id": rita, "password": "reception-1" }));
    assert_eq!(signed_in["done"]["value"]["user"]["role"], "reception");
    assert!(desk.call("people.register", json!({ "given": "Ana" }))["done"].is_object());
    let refused = desk.call("organization.add_user", json!({ "name": "Eve", "role": "owner", "password": "12345678" }));
    assert_eq!(refused["refused"]["reason"], json!({ "code": "not_permitted", "needs": "organization.users" }));
}

#[test]
fn opening_a_patient_and_signing_in_are_entries_that_the_independent_reader_accepts() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    found(&desk);
    let patient = desk.call("people.register", json!({ "given": "Ana" }))["done"]["value"]["id"].clone();
    desk.call("people.open", json!({ "id": patient }));

    let open = desk.open().unwrap();
    let mut seen = Vec::new();
    let accepted =
        verify::check_folder(open.store.vault(), &mut |entry| seen.push(entry.header.command.clone())).unwrap();
    assert_eq!(accepted.entries(), 3);
    assert_eq!(seen, ["organization.found", "people.register", "people.open"]);
}

#[test]
fn every_command_is_refused_politely_when_called_with_nonsense() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    found(&desk);
    for listed in app::names() {
        if matches!(listed.name, "system.sign_out" | "system.leave_demo") {
            continue;
        }
        let reply = desk.call(listed.name, json!({ "surely": ["not", "this"], "id": 7 }));
        assert!(reply["failed"].is_null(), "{}: {reply}", listed.name);
    }
    assert_eq!(desk.call("no.such", json!({}))["refused"]["reason"]["code"], "unknown_command");
}

#[test]
fn a_second_process_finds_the_folder_taken() {
    let dir = tempfile::tempdir().unwrap();
    let first = desk_in(dir.path());
    let founded = found(&first);
    let second = desk_in(dir.path());
    let reply =
        second.call("system.sign_in", json!({ "user_id": founded["session"]["user"]["id"], "password": PASSWORD }));
    assert_eq!(reply["refused"]["reason"]["code"], "in_use", "{reply}");
}

/// An issued invoice and a consent, still a draft, of a patient of their own.
fn papers_of_a_patient(desk: &Desk) -> (Value, Value) {
    let done = |name: &str, input: Value| {
        let reply = desk.call(name, input);
        assert!(reply["done"].is_object(), "{name}: {reply}");
        reply["done"]["value"].clone()
    };
    let identifier = json!({ "type": "cpf", "value": "529.982.247-25", "country": "BR" });
    let person = json!({ "given": "Anahí", "family": "Ferreira", "identifier": identifier });
    let patient = done("people.register", person)["id"].clone();
    let invoice = done("billing.draft", json!({ "patient_id": patient }))["id"].clone();
    let lines = json!([{ "description": "Consulta", "quantity": "1", "unit": "180.00" }]);
    done("billing.amend_draft", json!({ "invoice_id": invoice, "lines": lines }));
    done("billing.issue", json!({ "invoice_id": invoice }));
    let template = done("documents.templates", json!({}))[0].clone();
    let fields = template["fields"].as_array().unwrap();
    let values: serde_json::Map<_, _> =
        fields.iter().map(|field| (field["key"].as_str().unwrap().to_owned(), json!("face"))).collect();
    let consent =
        done("documents.prepare", json!({ "patient_id": patient, "template_id": template["id"], "values": values }));
    (json!({ "kind": "invoice", "id": invoice }), json!({ "kind": "document", "id": consent["id"] }))
}

#[test]
fn a_print_the_printer_refused_is_none_and_the_second_that_came_out_is_a_copy() {
    let dir = tempfile::tempdir().unwrap();
    let machine = machine_in(dir.path());
    let desk = Desk::new(dir.path(), machine.clone());
    let founded = found(&desk);
    let (paper, _) = papers_of_a_patient(&desk);
    let invoice = paper["id"].as_str().unwrap().parse().unwrap();
    let by_whom = || {
        let open = desk.open().unwrap();
        let entries = open.store.read(open.user, desk.now(), |view| history::of_record(view, invoice));
        let printed = entries.unwrap().into_iter().filter(|entry| entry.header.command == "system.print");
        printed.map(|entry| entry.header.actor.to_string()).collect::<Vec<_>>()
    };
    let print = || desk.call("system.print", json!({ "paper": paper }));

    machine.stopped.store(true, Ordering::Relaxed);
    let refused = print();
    assert_eq!(
        refused["refused"]["reason"],
        json!({ "code": "printer_stopped", "printer": "PDF", "reason": "no paper" })
    );
    assert_eq!(by_whom(), Vec::<String>::new());

    machine.stopped.store(false, Ordering::Relaxed);
    assert_eq!(print()["done"]["value"]["job"], "PDF-1");
    assert_eq!(print()["done"]["value"]["job"], "PDF-2");
    let owner = founded["session"]["user"]["id"].as_str().unwrap();
    assert_eq!(by_whom(), [owner, owner], "each print is kept, with who printed");

    let printed = machine.printed.lock().unwrap();
    let [(first_title, first), (_, second)] = printed.as_slice() else { panic!("two papers") };
    assert!(!first_title.contains("Ferreira"), "the spooler's books name no patient: {first_title}");
    assert_ne!(first, second, "the second says that it is a copy");
}

#[test]
fn who_may_not_look_at_a_paper_may_not_print_or_save_it_either() {
    let dir = tempfile::tempdir().unwrap();
    let machine = machine_in(dir.path());
    let desk = Desk::new(dir.path(), machine.clone());
    found(&desk);
    let (invoice, consent) = papers_of_a_patient(&desk);
    let cashier =
        desk.call("organization.add_user", json!({ "name": "Caio", "role": "cashier", "password": PASSWORD }));
    desk.call("system.sign_in", json!({ "user_id": cashier["done"]["value"]["id"], "password": PASSWORD }));

    for name in ["system.paper", "system.print", "system.save_paper"] {
        let refused = desk.call(name, json!({ "paper": consent }));
        assert_eq!(
            refused["refused"]["reason"],
            json!({ "code": "not_permitted", "needs": "documents.view" }),
            "{name}"
        );
        assert!(desk.call(name, json!({ "paper": invoice }))["done"].is_object(), "{name} of an invoice");
    }
    assert_eq!(machine.printed.lock().unwrap().len(), 1);
}

/// Puts the database back as it was, without its log: what a failing disk or a wrong copy leaves.
fn put_back(folder: &Path, database: &[u8]) {
    for log in ["clinic.db-wal", "clinic.db-shm"] {
        std::fs::remove_file(folder.join(log)).ok();
    }
    std::fs::write(folder.join("clinic.db"), database).unwrap();
}

#[test]
fn changes_that_are_gone_are_told_at_every_start_until_somebody_has_seen_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk_in(dir.path());
    let user = found(&desk)["session"]["user"]["id"].clone();
    let state = |desk: &Desk| desk.call("system.sync_status", json!({}))["done"]["value"].clone();
    let enter = |desk: &Desk| desk.call("system.sign_in", json!({ "user_id": user, "password": PASSWORD }));
    assert_eq!(state(&desk)["alarm"], Value::Null);
    desk.call("system.sign_out", json!({}));
    let folder = dir.path().join("clinic");
    let before = std::fs::read(folder.join("clinic.db")).unwrap();

    enter(&desk);
    for given in ["Ana", "Bia"] {
        assert!(desk.call("people.register", json!({ "given": given }))["done"].is_object());
    }
    desk.call("system.sign_out", json!({}));
    put_back(&folder, &before);
    enter(&desk);

    // The sign-in and both patients.
    let told = json!({ "what": "gone", "changes": 3, "at_server": false });
    assert_eq!(state(&desk)["alarm"], told, "there is no server that could have them");
    desk.call("system.sign_out", json!({}));
    enter(&desk);
    assert_eq!(state(&desk)["alarm"], told, "the next sign-in moved the head on, and it is told all the same");

    assert!(desk.call("system.settle_alarm", json!({}))["done"].is_object());
    assert_eq!(state(&desk)["alarm"], Value::Null);
    desk.call("system.sign_out", json!({}));
    enter(&desk);
    assert_eq!(state(&desk)["alarm"], Value::Null);
    let open = desk.open().unwrap();
    let kept = open.store.read(open.user, desk.now(), |view| {
        Ok::<_, store::StoreError>(view.db().query_row(
            "select count(*) from journal where instr(header, cast('system.settle_alarm' as blob)) > 0",
            [],
            |row| row.get::<_, i64>(0),
        )?)
    });
    assert_eq!(kept.unwrap(), 1, "who said so stands in the journal");
}
