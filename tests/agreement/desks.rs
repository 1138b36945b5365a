//! Whole applications that agree by command: what two or three desks of one clinic see of each other.

use std::{fmt::Write as _, path::Path, sync::Arc};

use app::{Desk, SystemHost};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use clinic::demo;
use domain::{
    certificate::Certificate,
    id::{UserId, Uuid},
};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use store::Identity;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use vault::{DataKey, KdfCost, KeySlots};

use server::Storage;

use crate::{Serving, done, eventually, serve};

const PASSWORD: &str = "correct horse";

fn desk(dir: &Path, name: &str) -> Desk {
    Desk::new(&dir.join(name), Arc::new(SystemHost::new(dir.join("papers"))))
}

/// A clinic with a practitioner, a service, two patients and two desks that agree.
pub(crate) struct Clinic {
    dir: TempDir,
    pub(crate) runtime: Runtime,
    storage: Storage,
    serving: Option<Serving>,
    server: String,
    pub(crate) desks: Vec<Desk>,
    camila: Value,
    service: Value,
    today: String,
}

impl Clinic {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let storage = Storage::from(&dir.path().join("server"));
        Self::on(dir, storage)
    }

    /// The same, with the server's data there.
    pub(crate) fn on(dir: TempDir, storage: Storage) -> Self {
        let runtime = Runtime::new().unwrap();
        let serving = serve(&runtime, storage.clone(), "127.0.0.1:0");
        let server = format!("http://{}", serving.at);
        let first = desk(dir.path(), "one");
        let founded = done(
            &first,
            "organization.found",
            json!({"profile": "aesthetic-br", "locale": "pt-BR", "clinic": {"name": "Alameda"},
                "admin": {"name": "Livia Moraes", "password": PASSWORD}}),
        );
        let camila = done(&first, "staff.add", json!({"given": "Camila", "type": "doctor"}));
        let service = done(&first, "catalogue.add", json!({"name": "Peeling", "duration_min": 45}));
        done(&first, "system.adopt", json!({"server": server}));
        let mut clinic = Self {
            dir,
            runtime,
            storage,
            serving: Some(serving),
            server,
            desks: vec![first],
            camila: camila["resource_id"].clone(),
            service: service["id"].clone(),
            today: founded["session"]["today"].as_str().unwrap().to_owned(),
        };
        clinic.join("two");
        clinic
    }

    /// One more desk joins.
    fn join(&mut self, name: &str) {
        self.agree();
        let first = &self.desks[0];
        let user = done(first, "system.status", json!({}))["session"]["user"]["id"].clone();
        let invited = done(first, "system.invite_desk", json!({"user_id": user}));
        let joining = desk(self.dir.path(), name);
        let input = json!({"server": self.server, "code": invited["code"], "password": PASSWORD});
        done(&joining, "system.join", input);
        self.desks.push(joining);
        self.agree();
    }

    fn patient(&self, given: &str) -> Value {
        done(&self.desks[0], "people.register", json!({"given": given}))["id"].clone()
    }

    /// Books at a desk and gives the appointment's id.
    fn book(&self, at: usize, patient: &Value, time: &str) -> Value {
        let input = json!({
            "patient_id": patient, "service_id": self.service, "resource_id": self.camila,
            "start": format!("{}T{time}", self.today), "outside_hours": true,
        });
        done(&self.desks[at], "agenda.book", input)["appointment_id"].clone()
    }

    fn card(&self, at: usize, appointment: &Value) -> Value {
        done(&self.desks[at], "agenda.open", json!({"appointment_id": appointment}))["card"].clone()
    }

    fn open_cards(&self, at: usize) -> Vec<Value> {
        done(&self.desks[at], "system.inbox", json!({}))["open"].as_array().unwrap().clone()
    }

    /// The server goes away.
    pub(crate) fn part(&mut self) {
        self.serving.take().unwrap().end(&self.runtime);
    }

    /// It is back, on the same address.
    fn meet(&mut self) {
        let at = self.server.trim_start_matches("http://").to_owned();
        self.serving = Some(serve(&self.runtime, self.storage.clone(), &at));
        self.agree();
    }

    /// Waits until all desks hold the same and have nothing to say.
    pub(crate) fn agree(&self) {
        eventually("agreement", || {
            let rested = self.desks.iter().all(|desk| {
                let state = done(desk, "system.sync_now", json!({}));
                state["pending"] == 0 && state["offline_since"].is_null()
            });
            let digest = |desk: &Desk| desk.open().unwrap().store.digests().unwrap().replicated;
            rested && self.desks.iter().all(|desk| digest(desk) == digest(&self.desks[0]))
        });
    }

    fn names(&self, at: usize) -> Vec<(String, bool)> {
        let desks = done(&self.desks[at], "organization.desks", json!({}));
        let row = |desk: &Value| (desk["name"].as_str().unwrap().to_owned(), desk["here"] == true);
        desks.as_array().unwrap().iter().map(row).collect()
    }
}

impl Drop for Clinic {
    fn drop(&mut self) {
        for desk in &self.desks {
            desk.close();
        }
        if let Some(serving) = self.serving.take() {
            serving.end(&self.runtime);
        }
    }
}

#[test]
fn every_desk_says_who_it_is_and_a_double_booking_names_both_of_three() {
    let mut clinic = Clinic::new();
    assert_eq!(clinic.names(0), [("Alameda · A".into(), true), ("Alameda · B".into(), false)]);
    assert_eq!(clinic.names(1), [("Alameda · A".into(), false), ("Alameda · B".into(), true)]);
    clinic.join("three");
    let third = done(&clinic.desks[2], "system.status", json!({}))["session"]["desk"].clone();
    done(&clinic.desks[0], "organization.rename_desk", json!({"desk_id": third["id"], "name": "Consultório"}));
    let (ana, bia) = (clinic.patient("Ana"), clinic.patient("Bia"));
    clinic.agree();

    clinic.part();
    clinic.book(1, &ana, "10:00");
    clinic.book(2, &bia, "10:15");
    clinic.meet();

    for at in 0..3 {
        let names: Vec<_> = clinic.names(at).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Alameda · A", "Alameda · B", "Consultório"], "at desk {at}");
        let [card] = &clinic.open_cards(at)[..] else { panic!("one card at desk {at}") };
        let side = |which: &str| {
            let side = &card["title_data"][which];
            (side["patient"].as_str().unwrap().to_owned(), side["desk"].as_str().unwrap().to_owned())
        };
        let mut sides = [side("first"), side("second")];
        sides.sort();
        let expected = [("Ana", "Alameda · B"), ("Bia", "Consultório")];
        assert_eq!(sides, expected.map(|(patient, desk)| (patient.to_owned(), desk.to_owned())), "at desk {at}");
    }
    // And the independent reader accepts what the system wrote in the desks' own name.
    for desk in &clinic.desks {
        verify::check_folder(desk.open().unwrap().store.vault(), &mut |_| {}).unwrap();
    }
}

#[test]
fn an_arrival_that_beats_a_cancellation_takes_the_time_back() {
    let mut clinic = Clinic::new();
    let ana = clinic.patient("Ana");
    let visit = clinic.book(0, &ana, "10:00");
    clinic.agree();

    clinic.part();
    done(&clinic.desks[0], "agenda.cancel", json!({"appointment_id": visit, "reason": "patient_asked"}));
    done(&clinic.desks[1], "reception.check_in", json!({"appointment_id": visit}));
    clinic.meet();

    for at in 0..2 {
        let card = clinic.card(at, &visit);
        assert_eq!((card["status"].as_str(), card["claim"].as_str()), (Some("checked_in"), Some("granted")), "{at}");
        assert!(clinic.open_cards(at).is_empty());
        let taken = clinic.desks[at].call(
            "agenda.book",
            json!({"patient_id": ana, "service_id": clinic.service, "resource_id": clinic.camila,
                "start": format!("{}T10:15", clinic.today), "outside_hours": true}),
        );
        assert_eq!(taken["refused"]["reason"]["code"], "overlaps", "the time is hers again: {taken}");
    }
}

#[test]
fn an_arrival_that_two_desks_see_at_once_is_one_visit_and_goes_on_from_either() {
    let mut clinic = Clinic::new();
    let (ana, bia) = (clinic.patient("Ana"), clinic.patient("Bia"));
    let visits = [clinic.book(0, &ana, "10:00"), clinic.book(0, &bia, "11:00")];
    clinic.agree();

    clinic.part();
    for (visit, goes_on) in visits.iter().zip([0, 1]) {
        let arrived: Vec<_> = (0..2)
            .map(|at| done(&clinic.desks[at], "reception.check_in", json!({"appointment_id": visit})))
            .map(|card| card["encounter_id"].clone())
            .collect();
        assert!(arrived[0].is_string() && arrived[0] == arrived[1], "{arrived:?}");
        done(&clinic.desks[goes_on], "reception.start", json!({"encounter_id": arrived[0]}));
        done(&clinic.desks[goes_on], "reception.finish", json!({"encounter_id": arrived[0]}));
    }
    clinic.meet();

    for at in 0..2 {
        let open = clinic.desks[at].open().unwrap();
        assert_eq!(crate::count(&open.store, "encounter"), 2, "at desk {at}");
        assert_eq!(crate::count(&open.store, "encounter where status = 'finished'"), 2, "at desk {at}");
        for visit in &visits {
            assert_eq!(clinic.card(at, visit)["status"], "completed", "at desk {at}");
        }
        assert_eq!(open.store.standing().unwrap().quarantined, 0);
    }
}

#[test]
fn when_the_time_was_given_away_meanwhile_a_person_decides() {
    let mut clinic = Clinic::new();
    let (ana, bia) = (clinic.patient("Ana"), clinic.patient("Bia"));
    let visit = clinic.book(0, &ana, "10:00");
    clinic.agree();

    clinic.part();
    done(&clinic.desks[0], "agenda.cancel", json!({"appointment_id": visit, "reason": "patient_asked"}));
    let given = clinic.book(0, &bia, "10:00");
    done(&clinic.desks[1], "reception.check_in", json!({"appointment_id": visit}));
    clinic.meet();

    for at in 0..2 {
        assert_eq!(clinic.card(at, &visit)["status"], "checked_in");
        assert_eq!(clinic.card(at, &visit)["claim"], "contested", "whoever came later into the hour");
        assert_eq!(clinic.card(at, &given)["claim"], "contested", "a contested claim lies on it");
        let [card] = &clinic.open_cards(at)[..] else { panic!("one card at desk {at}") };
        assert_eq!(
            (&card["title_data"]["first"]["appointment_id"], &card["title_data"]["second"]["appointment_id"]),
            (&given, &visit)
        );
    }
}

#[test]
fn a_cancellation_that_beats_a_move_to_another_room_leaves_nothing_taken() {
    let mut clinic = Clinic::new();
    let ana = clinic.patient("Ana");
    let room = done(&clinic.desks[0], "resources.add_room", json!({"name": "Sala 1"}))["id"].clone();
    let visit = clinic.book(0, &ana, "10:00");
    clinic.agree();

    clinic.part();
    done(&clinic.desks[0], "agenda.cancel", json!({"appointment_id": visit, "reason": "patient_asked"}));
    let to = json!({"appointment_id": visit, "start": format!("{}T11:00", clinic.today), "room_id": room,
        "outside_hours": true});
    done(&clinic.desks[1], "agenda.move", to);
    clinic.meet();

    for at in 0..2 {
        assert_eq!(clinic.card(at, &visit)["status"], "cancelled");
        let open = clinic.desks[at].open().unwrap();
        assert_eq!(crate::count(&open.store, "resource_allocation where released_at is null"), 0, "at desk {at}");
        assert_eq!(crate::count(&open.store, "resource_allocation where state = 'released'"), 2, "at desk {at}");
    }
}

#[test]
fn an_import_of_thousands_reaches_the_server_and_the_other_desk_whole() {
    let mut clinic = Clinic::new();
    let mut file = "nome;nascimento;celular;e-mail\n".to_owned();
    for line in 0..2_500 {
        writeln!(file, "Paciente Número {line};02/03/1988;(11) 9{:04}-{:04};p{line}@exemplo.com.br", line / 7, line)
            .unwrap();
    }
    clinic.part();
    let input = json!({"csv_base64": BASE64_STANDARD.encode(file), "dry_run": false});
    assert_eq!(done(&clinic.desks[0], "people.import", input)["committed"], true);
    assert!(clinic.desks[0].open().unwrap().store.waiting().unwrap() > 1, "several entries");
    clinic.meet();

    for desk in &clinic.desks {
        let open = desk.open().unwrap();
        assert_eq!(crate::count(&open.store, "patient"), 2_500);
        assert_eq!(open.store.standing().unwrap().quarantined, 0);
        // Answered for and told by the server are two roads: the desk that imported may still wait for the second.
        eventually("the server's own word of each", || {
            done(desk, "system.sync_now", json!({}));
            crate::count(&open.store, "record_position where kind = 50") == 2_500
        });
        verify::check_folder(open.store.vault(), &mut |_| {}).unwrap();
    }
}

/// The demo's folder as the application makes it, only with fewer people.
fn small_demo(base: &Path) {
    let mut dice = |bytes: &mut [u8]| crate::random(bytes);
    let owner = UserId(Uuid::from_u128(0xD0));
    let key = DataKey::generate(&mut dice);
    let mut slots = KeySlots::new(&key, &mut dice);
    slots.add_password(&key, owner.0, demo::OWNER, demo::PASSWORD, KdfCost::STANDARD, &mut dice).unwrap();
    let (root, device) = (SigningKey::from_bytes(&[21; 32]), SigningKey::from_bytes(&[22; 32]));
    let [org, desk, generation] = [0xD1, 0xD2, 0xD3].map(Uuid::from_u128);
    let public = device.verifying_key();
    let certificate = Certificate::issue(&root, org.into(), desk.into(), generation.into(), "A", &public, crate::now());
    let identity = Identity::new(certificate, device, Some(root));
    let store = crate::folder_with(&base.join("demo"), &key, &slots, &identity);
    let recipe = demo::Recipe { seed: 3, now: crate::now(), scale: demo::Scale::SMALL };
    demo::build(&store, owner, &recipe, |_, _| {}).unwrap();
}

#[test]
fn the_demo_invites_a_desk_as_soon_as_a_server_has_it() {
    let runtime = Runtime::new().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let serving = serve(&runtime, &dir.path().join("server"), "127.0.0.1:0");
    let server = format!("http://{}", serving.at);
    small_demo(&dir.path().join("one"));
    let first = desk(dir.path(), "one");
    let user = done(&first, "system.status", json!({}))["users"][0]["id"].clone();
    done(&first, "system.sign_in", json!({"user_id": user, "password": demo::PASSWORD}));

    // Nobody waits in between: the server has not heard of anybody yet.
    done(&first, "system.adopt", json!({"server": server}));
    let invited = done(&first, "system.invite_desk", json!({"user_id": user}));

    let second = desk(dir.path(), "two");
    let join = json!({"server": server, "code": invited["code"], "password": PASSWORD});
    let session = done(&second, "system.join", join);
    assert_eq!(session["organization"]["demo"], true, "and it says that it is the demo: {session}");
    eventually("both to hold the same", || {
        let waits = |desk: &Desk| done(desk, "system.sync_now", json!({}))["pending"] != 0;
        let digest = |desk: &Desk| desk.open().unwrap().store.digests().unwrap().replicated;
        !waits(&first) && !waits(&second) && digest(&first) == digest(&second)
    });
    assert_eq!(first.open().unwrap().store.standing().unwrap().quarantined, 0, "everybody did what they may");
    // It goes on after a restart.
    done(&first, "system.sign_out", json!({}));
    done(&first, "system.sign_in", json!({"user_id": user, "password": demo::PASSWORD}));
    assert_eq!(done(&first, "system.sync_now", json!({}))["state"], "up_to_date");

    // Who is not on file is not invited, and that is no matter of waiting.
    let stranger = Uuid::from_u128(0xDEAD);
    let refused = first.call("system.invite_desk", json!({"user_id": stranger}));
    assert_eq!(refused["refused"]["reason"]["code"], "server_refused", "{refused}");
    first.close();
    second.close();
    serving.end(&runtime);
}

#[test]
fn who_was_added_a_moment_ago_can_be_invited_at_once() {
    let mut clinic = Clinic::new();
    let first = &clinic.desks[0];
    let user =
        done(first, "organization.add_user", json!({"name": "Bruno", "role": "reception", "password": PASSWORD}));
    let invited = done(first, "system.invite_desk", json!({"user_id": user["id"]}));
    assert!(invited["code"].is_string(), "what tells of him goes up first: {invited}");

    clinic.part();
    let refused = clinic.desks[0].call("system.invite_desk", json!({"user_id": user["id"]}));
    assert_eq!(refused["refused"]["reason"]["code"], "server_unreachable", "{refused}");
}
