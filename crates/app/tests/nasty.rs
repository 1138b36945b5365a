//! Every command with every field made nasty, one at a time: it is done or refused with a reason, it never breaks, and
//! what it leaves behind breaks no screen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "tests"
)]

use std::{path::Path, sync::Arc};

use app::{Desk, SystemHost};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse";

/// What a field may hold when somebody slips, pastes or means harm.
fn nasty() -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(""),
        json!("   "),
        json!("Ana\0Souza"),
        json!("\u{1b}[2J"),
        json!("\u{202e}evil\u{200d}😀"),
        json!("'; drop table patient; --"),
        json!("<script>alert(1)</script>{{patient.name}}**"),
        json!("x".repeat(2 << 20)),
        json!("é".repeat(300)),
        json!("0001-01-01"),
        json!("1799-12-31"),
        json!("1900-02-29"),
        json!("2199-12-31"),
        json!("+262142-12-31"),
        json!("2199-12-31T23:59"),
        json!("1800-01-01T00:00"),
        json!("2026-13-45T99:99"),
        json!("-1.00"),
        json!("0"),
        json!("0.001"),
        json!("92233720368547758.07"),
        json!("99999999999999999999999999"),
        json!("NaN"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!(-1),
        json!(0),
        json!(255),
        json!(1_440_000),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1.5),
        json!(true),
        json!([]),
        json!([[]]),
        json!({}),
    ];
    values.push(json!(vec!["x"; 1000]));
    values
}

/// Every place of a value, deepest first.
fn places(value: &Value, here: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| places(inner, &format!("{here}/{name}"), out));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, inner)| places(inner, &format!("{here}/{at}"), out));
        }
        _ => {}
    }
    if !here.is_empty() {
        out.push(here.to_owned());
    }
}

fn done(desk: &Desk, name: &str, input: Value) -> Value {
    let reply = desk.call(name, input);
    reply["done"].get("value").unwrap_or_else(|| panic!("{name}: {reply}")).clone()
}

/// A clinic with one of everything.
struct Clinic {
    desk: Desk,
    today: String,
    user: Value,
    practitioner: Value,
    resource: Value,
    room: Value,
    service: Value,
    patient: Value,
    template: Value,
}

impl Clinic {
    fn new(dir: &Path) -> Self {
        let desk = Desk::new(dir, Arc::new(SystemHost::new(dir.join("papers"))));
        let clinic = json!({"name": "Alameda", "city": "São Paulo", "pix_key": "529.982.247-25"});
        let founded = done(
            &desk,
            "organization.found",
            json!({"profile": "aesthetic-br", "locale": "pt-BR", "clinic": clinic,
                "admin": {"name": "Lívia", "password": PASSWORD}}),
        );
        let camila = done(&desk, "staff.add", json!({"given": "Camila", "type": "doctor"}));
        let templates = done(&desk, "documents.templates", json!({}));
        let general =
            |one: &&Value| one["title"].as_str().unwrap().contains("{{service.name}}") && one["locale"] == "pt-BR";
        let template = templates.as_array().unwrap().iter().find(general).unwrap()["id"].clone();
        let peeling =
            json!({"name": "Peeling", "price": "350.00", "duration_min": 45, "consent_template_id": template});
        Self {
            today: founded["session"]["today"].as_str().unwrap().to_owned(),
            user: founded["session"]["user"]["id"].clone(),
            practitioner: camila["id"].clone(),
            resource: camila["resource_id"].clone(),
            room: done(&desk, "resources.add_room", json!({"name": "Sala 1"}))["id"].clone(),
            service: done(&desk, "catalogue.add", peeling)["id"].clone(),
            patient: done(&desk, "people.register", json!({"given": "Ana", "phone": "(11) 95555-0142"}))["id"].clone(),
            template,
            desk,
        }
    }

    fn walk_in(&self) -> Value {
        done(&self.desk, "reception.walk_in", json!({"patient_id": self.patient, "service_id": self.service}))
    }

    fn draft(&self) -> Value {
        done(&self.desk, "billing.draft", json!({"encounter_id": self.walk_in()["encounter_id"]}))
    }

    fn document(&self) -> Value {
        let values = json!({"service.name": "Peeling", "practitioner.name": "Camila", "practitioner.council": "CRM 1",
            "patient.document": "RG 1"});
        let input = json!({"patient_id": self.patient, "template_id": self.template, "values": values});
        done(&self.desk, "documents.prepare", input)["id"].clone()
    }

    fn note(&self) -> Value {
        let input = json!({"patient_id": self.patient, "title": "Evolução", "kind": "progress_note", "body": "Bem."});
        done(&self.desk, "chart.draft_note", input)["id"].clone()
    }

    /// A fresh input that the command would take, for records that no earlier call has touched.
    fn input(&self, command: &str) -> Option<Value> {
        let start = format!("{}T{}", self.today, "23:15");
        let person = json!({"given": "Bia", "family": "Luz", "preferred_name": "Bi", "birth_date": "1990-05-06",
            "sex": "female", "phone": "(11) 95555-0143", "email": "bia@exemplo.com.br", "address": "Rua 1",
            "identifier": {"type": "passport", "value": "FH123456", "country": "BR"}, "notes": "x", "anyway": true});
        let with = |mut value: Value, more: Value| {
            value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            value
        };
        let strokes: Vec<_> =
            (0..80).map(|i| json!([4_000 + i * 300, if i % 2 == 0 { 3_000 } else { 8_000 }, i * 12])).collect();
        Some(match command {
            "organization.amend_clinic" => {
                json!({"name": "Alameda", "legal_name": "A Ltda", "tax_id": "16.727.230/0001-97",
                "phone": "(11) 95555-0100", "email": "a@b.com", "address": "R", "city": "São Paulo", "state": "SP",
                "postal_code": "01000", "pix_key": "529.982.247-25", "week_start": 1})
            }
            "organization.found" => json!({"profile": "aesthetic-br", "locale": "pt-BR", "clinic": {"name": "X"},
                "admin": {"name": "Y", "password": PASSWORD}}),
            "organization.rename_desk" => {
                json!({"desk_id": done(&self.desk, "organization.desks", json!({}))[0]["id"], "name": "Balcão"})
            }
            "people.register" => person,
            "people.amend" => with(person, json!({"id": self.patient})),
            "people.open" => json!({"id": self.patient}),
            "people.search" => json!({"text": "an", "limit": 5}),
            "people.import" => json!({"csv_base64": "Tm9tZQpBbmEK", "dry_run": true, "keep_good": false}),
            "staff.add" => json!({"given": "Rui", "family": "S", "title": "Dr.", "type": "doctor", "color": "blue",
                "council": {"body": "CRM", "number": "1", "state": "SP"}, "user_id": self.user}),
            "staff.amend" => json!({"id": self.practitioner, "given": "Camila", "title": "Dra.", "color": "rose",
                "council": {"body": "CRM", "number": "1", "state": "SP"}, "active": true}),
            "catalogue.add" => json!({"name": "Laser", "category": "A", "description": "d", "price": "10.00",
                "duration_min": 30, "buffer_before_min": 5, "buffer_after_min": 5, "color": "blue",
                "consent_template_id": self.template}),
            "catalogue.amend" => {
                let own = done(&self.desk, "catalogue.add", json!({"name": "Outro", "duration_min": 30}));
                json!({"id": own["id"], "name": "Outro", "price": "20.00", "duration_min": 30, "buffer_before_min": 5,
                    "description": "d", "active": true})
            }
            "resources.add_room" => json!({"name": "Sala", "capacity": 1}),
            "resources.set_hours" => {
                json!({"resource_id": self.room, "hours": [{"day": 1, "start": "08:00", "end": "12:00"}]})
            }
            "agenda.book" => {
                json!({"patient_id": self.patient, "service_id": self.service, "resource_id": self.resource,
                "room_id": self.room, "start": start, "duration_min": 5, "notes": "x", "outside_hours": true})
            }
            "agenda.day" => json!({"date": self.today}),
            "agenda.week" => json!({"from": self.today, "resource_id": self.resource}),
            "agenda.marks" => json!({"month": "2026-11"}),
            "agenda.free_slots" => json!({"service_id": self.service, "resource_id": self.resource, "from": self.today,
                "days": 14, "limit": 20}),
            "agenda.usual" => json!({"patient_id": self.patient, "resource_id": self.resource}),
            "agenda.open" | "agenda.confirm" | "agenda.no_show" | "reception.check_in" => {
                json!({"appointment_id": self.walk_in()["appointment_id"]})
            }
            "agenda.cancel" => {
                json!({"appointment_id": self.walk_in()["appointment_id"], "reason": "other", "note": "x"})
            }
            "agenda.move" => json!({"appointment_id": self.walk_in()["appointment_id"], "start": start,
                "resource_id": self.resource, "room_id": self.room, "duration_min": 5, "outside_hours": true}),
            "agenda.proposals" => json!({"card_id": self.patient}),
            "agenda.resolve" => json!({"card_id": self.patient, "choice": {"kind": "keep_both", "reason": "x"}}),
            "reception.walk_in" => {
                json!({"patient_id": self.patient, "service_id": self.service, "resource_id": self.resource})
            }
            "reception.start" => json!({"encounter_id": self.walk_in()["encounter_id"], "room_id": self.room}),
            "reception.finish" | "billing.draft" => json!({"encounter_id": self.walk_in()["encounter_id"]}),
            "billing.amend_draft" => json!({"invoice_id": self.draft()["id"], "lines": [{"service_id": self.service,
                "description": "Peeling", "quantity": "1", "unit": "350.00", "discount": "10.00"}]}),
            "billing.issue" => json!({"invoice_id": self.draft()["id"], "due_on": self.today,
                "payment": {"amount": "10.00", "method": "pix"}, "instalments": {"count": 2, "first_on": self.today}}),
            "billing.pay" => {
                let draft = self.draft()["id"].clone();
                done(&self.desk, "billing.issue", json!({"invoice_id": draft}));
                json!({"invoice_id": draft, "amount": "10.00", "method": "cash"})
            }
            "billing.pix" => json!({"invoice_id": self.draft()["id"], "amount": "10.00"}),
            "billing.open" | "billing.discard_draft" => json!({"invoice_id": self.draft()["id"]}),
            "billing.split" => json!({"total": "100.00", "count": 3, "first_on": self.today}),
            "billing.account" | "chart.open" | "documents.list" | "chart.no_known_allergies" => {
                json!({"patient_id": self.patient})
            }
            "billing.list" => json!({"state": "open"}),
            "chart.add_allergy" => {
                json!({"patient_id": self.patient, "substance": "látex", "reaction": "x", "severity": "mild"})
            }
            "chart.strike_allergy" => {
                let substance = format!("s{}", done(&self.desk, "organization.desks", json!({}))[0]["since"]);
                let input = json!({"patient_id": self.patient, "substance": substance, "severity": "mild"});
                let made = self.desk.call("chart.add_allergy", input);
                json!({"id": made["done"]["value"]["id"], "reason": "x"})
            }
            "chart.draft_note" => json!({"patient_id": self.patient, "encounter_id": self.walk_in()["encounter_id"],
                "title": "T", "kind": "progress_note", "body": "B"}),
            "chart.save_note" | "chart.discard_draft" => json!({"draft_id": self.note()}),
            "chart.edit_note" | "chart.sign_note" => {
                let note = done(&self.desk, "chart.save_note", json!({"draft_id": self.note()}));
                json!({"note_id": note["id"]})
            }
            "documents.add_template" => json!({"title": "T", "locale": "pt-BR", "needs_witness": false,
                "body": [{"kind": "paragraph", "text": "Eu, {{patient.name}}, {{x}}"}],
                "fields": [{"key": "x", "label": "X", "required": true}],
                "purposes": [{"key": "treatment", "label": "L", "detail": "D", "required": true}]}),
            "documents.prepare" => json!({"patient_id": self.patient, "template_id": self.template,
                "encounter_id": self.walk_in()["encounter_id"],
                "values": {"practitioner.name": "Camila", "practitioner.council": "CRM 1", "service.name": "P",
                    "patient.document": "RG 1"}}),
            "documents.open" | "documents.seal" => json!({"document_id": self.document()}),
            "documents.refuse" => json!({"document_id": self.document(), "reason": "x"}),
            "documents.sign" => json!({"document_id": self.document(), "role": "patient", "name": "Ana",
                "strokes": [{"points": strokes}], "pad": {"width": 400, "height": 120},
                "purposes": [{"key": "treatment", "granted": true}]}),
            "system.paper" | "system.save_paper" => json!({"paper": {"kind": "document", "id": self.document()}}),
            "system.print" => {
                json!({"paper": {"kind": "document", "id": self.document()}, "printer": "p", "copies": 1})
            }
            "system.join" => json!({"server": "127.0.0.1:1", "code": "A-B-C", "password": PASSWORD}),
            "system.invite_desk" => json!({"user_id": self.user}),
            _ => return None,
        })
    }

    /// What the screens ask all the time.
    fn every_screen_stands(&self, after: &str) {
        for (name, input) in [
            ("people.search", json!({"text": ""})),
            ("people.search", json!({"text": "a"})),
            ("people.open", json!({"id": self.patient})),
            ("agenda.day", json!({"date": self.today})),
            ("agenda.week", json!({"from": self.today})),
            ("agenda.free_slots", json!({"service_id": self.service, "from": self.today})),
            ("reception.board", json!({})),
            ("billing.list", json!({})),
            ("billing.account", json!({"patient_id": self.patient})),
            ("chart.open", json!({"patient_id": self.patient})),
            ("documents.list", json!({"patient_id": self.patient})),
            ("documents.templates", json!({})),
            ("staff.list", json!({})),
            ("resources.list", json!({})),
            ("catalogue.list", json!({})),
            ("system.inbox", json!({})),
            ("system.status", json!({})),
        ] {
            let reply = self.desk.call(name, input);
            assert!(reply["done"].is_object(), "{name} after {after}: {reply}");
        }
    }
}

/// Commands whose fields are a password, a file system or a network, and those that end the session.
const ELSEWHERE: &[&str] = &[
    "organization.add_user",
    "system.adopt",
    "system.demo",
    "system.leave_demo",
    "system.recover",
    "system.sign_in",
    "system.sign_out",
];

#[test]
fn no_field_of_any_command_breaks_it_or_any_screen() {
    let dir = tempfile::tempdir().unwrap();
    let clinic = Clinic::new(dir.path());
    let nasty = nasty();
    let (mut calls, mut taken, mut without) = (0, 0, Vec::new());
    for listed in app::names() {
        let Some(sample) = clinic.input(listed.name) else {
            without.push(listed.name);
            continue;
        };
        let valid = clinic.desk.call(listed.name, sample.clone());
        assert!(valid["failed"].is_null(), "{} with {sample}: {valid}", listed.name);
        let mut all = Vec::new();
        places(&sample, "", &mut all);
        // A signature has too many points to try each.
        all.retain(|place| !place.contains("/points/") || place.contains("/points/0"));
        for place in all {
            let mut fresh = clinic.input(listed.name).unwrap();
            for bad in &nasty {
                let mut input = fresh.clone();
                *input.pointer_mut(&place).unwrap() = bad.clone();
                let reply = clinic.desk.call(listed.name, input);
                let shown: String = bad.to_string().chars().take(60).collect();
                assert!(reply["failed"].is_null(), "{} with {place} = {shown}: {reply}", listed.name);
                calls += 1;
                if reply["done"].is_object() {
                    taken += 1;
                    let unfit =
                        bad.as_str().is_some_and(|text| text.contains(['\0', '\u{1b}']) || text.len() > 1 << 20);
                    assert!(!unfit, "{} takes {place} = {shown}", listed.name);
                    fresh = clinic.input(listed.name).unwrap();
                }
            }
        }
        clinic.every_screen_stands(listed.name);
    }
    let fieldless = |name: &&str| !ELSEWHERE.contains(name) && !name.contains(".list") && !name.contains("sync");
    let forgotten: Vec<_> = without.into_iter().filter(fieldless).collect();
    assert_eq!(
        forgotten,
        [
            "documents.templates",
            "organization.desks",
            "organization.users",
            "reception.board",
            "system.inbox",
            "system.printers",
            "system.settle_alarm",
            "system.status"
        ],
        "a new command has its fields tried here"
    );
    assert!(calls > 5_000 && taken * 20 > calls, "{calls} calls, {taken} of them taken");
    let accepted = verify::check_folder(clinic.desk.open().unwrap().store.vault(), &mut |_| {}).unwrap();
    assert!(accepted.entries() > 1_000, "and the independent reader accepts all that was written");
}
