//! The clinic's own data and its desks, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::organization::{AmendClinic, Clinic, Desks, EnrolledDesk, RenameDesk, enrol};
use founded::Desk;
use serde_json::{Value, json};
use store::{Actor, StoreError};

fn code<R: serde::Serialize>(refusal: R) -> Value {
    serde_json::to_value(refusal).unwrap()
}

fn amend(desk: &Desk, more: &Value) -> Result<Clinic, Value> {
    let mut input = json!({ "name": "Clínica Alameda" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk.write::<AmendClinic>(&input.to_string()).map_err(code)
}

fn desks(desk: &Desk) -> Vec<EnrolledDesk> {
    desk.read::<Desks>("{}").unwrap()
}

#[test]
fn a_week_begins_on_one_of_its_seven_days() {
    let desk = Desk::new();
    for day in 0..=6 {
        assert_eq!(amend(&desk, &json!({ "week_start": day })).unwrap().week_start, day);
    }
    for day in [7, 255] {
        assert_eq!(amend(&desk, &json!({ "week_start": day })).unwrap_err(), json!({ "code": "week_start_invalid" }));
    }
    assert_eq!(amend(&desk, &json!({})).unwrap().week_start, 6, "what is not named stays, also after a refusal");
}

#[test]
fn the_clinics_email_is_one_or_is_refused() {
    let desk = Desk::new();
    let known = amend(&desk, &json!({ "email": "  Contato@Alameda.com.br " })).unwrap();
    assert_eq!(known.email.as_deref(), Some("contato@alameda.com.br"));
    assert_eq!(amend(&desk, &json!({ "email": "contato@alameda" })).unwrap_err()["code"], "email_invalid");
    assert_eq!(amend(&desk, &json!({ "email": " " })).unwrap().email, None);
}

#[test]
fn a_pix_key_that_no_bank_takes_is_refused_before_it_stands_on_an_invoice() {
    let desk = Desk::new();
    let kept = amend(&desk, &json!({ "pix_key": "529.982.247-25" })).unwrap();
    assert_eq!(kept.pix_key.as_deref(), Some("529.982.247-25"));
    for wrong in ["529.982.247-24", "minha chave", "a@b"] {
        assert_eq!(amend(&desk, &json!({ "pix_key": wrong })).unwrap_err()["code"], "pix_key_invalid", "{wrong}");
    }
    let abroad = Desk::of_profile("appointments-es");
    assert!(amend(&abroad, &json!({ "pix_key": "Bizum 600" })).is_ok(), "another country's way of being paid");
}

#[test]
fn a_desk_says_once_who_it_is_and_is_called_after_the_clinic_until_it_has_a_name() {
    let desk = Desk::new();
    let [first] = &desks(&desk)[..] else { panic!("one desk") };
    assert_eq!((first.name.as_str(), first.prefix.as_str(), first.here), ("Clínica Alameda · A", "A", true));

    let again = desk.store.write(Actor::SYSTEM, "organization.enrol", desk.now(), |tx| Ok::<_, StoreError>(enrol(tx)?));
    assert_eq!(again.unwrap().entry, None, "it is on record already");

    let rename = |id: Value, name: &str| {
        desk.write::<RenameDesk>(&json!({ "desk_id": id, "name": name }).to_string()).map_err(code)
    };
    rename(json!(first.id), "  Recepção ").unwrap();
    assert_eq!(desks(&desk)[0].name, "Recepção");
    assert_eq!(rename(json!(first.id), "Recepção"), Ok(()), "its own name is not taken");
    assert_eq!(rename(json!(first.id), "  ").unwrap_err()["code"], "name_missing");
    let nobody = json!("00000000-0000-7000-8000-000000000001");
    assert_eq!(rename(nobody.clone(), "Recepção").unwrap_err()["code"], "name_taken");
    assert_eq!(rename(nobody, "Sala 2").unwrap_err()["code"], "not_found");
}
