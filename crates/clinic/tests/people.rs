//! People, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::people::{Amend, Open, PersonRefusal, Register, Search};
use domain::{canonical::Op, value::Value};
use founded::Desk;
use serde_json::json;
use store::{StoreError, history};

fn mariana(desk: &Desk) -> clinic::people::PatientHeader {
    desk.write::<Register>(
        r#"{"given":"Mariana","family":"Silva Conceição","birth_date":"1988-03-02","phone":"(11) 95555-0142",
            "identifier":{"type":"cpf","value":"529.982.247-25"}}"#,
    )
    .unwrap()
}

#[test]
fn a_registered_patient_has_a_header_with_what_was_typed() {
    let desk = Desk::new();

    let header = mariana(&desk);

    assert_eq!(header.name, "Mariana Silva Conceição");
    assert_eq!(header.age, Some(38));
    assert_eq!(header.code, "A-0001");
    assert_eq!(header.document.unwrap().formatted, "529.982.247-25");
    assert_eq!(header.phone.as_deref(), Some("(11) 95555-0142"));
    assert!(!header.allergies_asked, "unknown is not none");
}

#[test]
fn a_second_record_with_the_same_cpf_is_refused_with_who_bears_it_and_taken_if_insisted() {
    let desk = Desk::new();
    let first = mariana(&desk);
    let twin = r#"{"given":"Marina","identifier":{"type":"cpf","value":"52998224725"}"#;

    let refusal = desk.write::<Register>(&format!("{twin}}}")).unwrap_err();

    assert_eq!(refusal, PersonRefusal::AlreadyRegistered { patient_id: first.id, name: first.name.clone() });
    assert_eq!(desk.read::<Search>(r#"{"text":"marina"}"#).unwrap().len(), 0, "a refusal leaves nothing behind");
    assert_eq!(desk.write::<Register>(&format!("{twin},\"anyway\":true}}")).unwrap().code, "A-0002");
}

#[test]
fn someone_is_found_by_parts_of_names_without_accents_by_the_end_of_the_phone_and_by_document() {
    let desk = Desk::new();
    mariana(&desk);
    desk.write::<Register>(r#"{"given":"José","family":"de Souza","preferred_name":"Zezé"}"#).unwrap();

    for text in ["conceicao mar", "MARIANA", "0142", "95555 0142", "529.982", "a-0001"] {
        let found = desk.read::<Search>(&format!(r#"{{"text":"{text}"}}"#)).unwrap();
        assert_eq!(
            found.iter().map(|hit| hit.name.as_str()).collect::<Vec<_>>(),
            ["Mariana Silva Conceição"],
            "{text}"
        );
    }
    let found = desk.read::<Search>(r#"{"text":"jose souza"}"#).unwrap();
    assert_eq!(found[0].name, "Zezé de Souza", "the name one goes by is shown, the other one finds too");
    assert_eq!(desk.read::<Search>(r#"{"text":""}"#).unwrap().len(), 2);
    assert_eq!(desk.read::<Search>(r#"{"text":"\" * NEAR("}"#).unwrap().len(), 0, "syntax is only text");
}

#[test]
fn an_amended_patient_leaves_the_old_and_the_new_value_in_the_journal_and_is_found_by_the_new_one() {
    let desk = Desk::new();
    let before = mariana(&desk);
    desk.wait_minutes(5);

    let after = desk
        .write::<Amend>(&format!(
            r#"{{"id":"{}","given":"Mariana","family":"Silva Costa","birth_date":"1988-03-02","phone":"(11) 95555-0142",
                "identifier":{{"type":"cpf","value":"529.982.247-25"}}}}"#,
            before.id
        ))
        .unwrap();

    assert_eq!(after.name, "Mariana Silva Costa");
    assert_eq!(desk.read::<Search>(r#"{"text":"conceicao"}"#).unwrap().len(), 0);
    assert_eq!(desk.read::<Search>(r#"{"text":"costa"}"#).unwrap().len(), 1);
    let history = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, before.id.0)).unwrap();
    let last = history.last().unwrap();
    assert_eq!((last.header.command.as_str(), last.header.actor), ("people.amend", desk.owner));
    assert_eq!(last.change.new.fields, [(13, Value::from("Silva Costa"))], "only what differs is journalled");
    assert_eq!(last.change.old.as_ref().unwrap().fields, [(13, Value::from("Silva Conceição"))]);
    assert_eq!(history[0].change.new.op, Op::Insert);
}

#[test]
fn a_patient_nobody_knows_is_refused() {
    let desk = Desk::new();
    let nobody = r#"{"id":"00000000-0000-7000-8000-000000000001","given":"X"}"#;
    assert_eq!(desk.write::<Amend>(nobody).unwrap_err(), PersonRefusal::NotFound);
    assert_eq!(desk.read::<Open>(nobody).unwrap_err(), PersonRefusal::NotFound);
}

#[test]
fn a_page_opens_with_details_and_the_registration_in_its_timeline() {
    let desk = Desk::new();
    let header = mariana(&desk);
    let page = desk.read::<Open>(&format!(r#"{{"id":"{}"}}"#, header.id)).unwrap();
    assert_eq!(page.header, header);
    assert_eq!(page.details.phones, ["+5511955550142"]);
    assert_eq!(page.timeline.last().unwrap().kind, "registered");
}

#[test]
fn folding_everything_anew_finds_the_same_people() {
    let desk = Desk::new();
    mariana(&desk);
    let before = desk.read::<Search>(r#"{"text":"mariana"}"#).unwrap();
    desk.store.refold_all().unwrap();
    assert_eq!(desk.read::<Search>(r#"{"text":"mariana"}"#).unwrap(), before);
}

#[test]
fn a_text_that_nobody_typed_or_that_fits_nowhere_is_refused_by_its_field() {
    let desk = Desk::new();
    let register = |more: serde_json::Value| {
        let mut input = json!({ "given": "Ana" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        desk.write::<Register>(&input.to_string())
    };
    let too_long = |field, most| PersonRefusal::TextTooLong { field, most };

    assert_eq!(register(json!({ "given": "x".repeat(301) })).unwrap_err(), too_long("given", 300));
    assert_eq!(register(json!({ "notes": "é".repeat(10_001) })).unwrap_err(), too_long("notes", 10_000));
    assert_eq!(
        register(json!({ "family": "Sou\0za" })).unwrap_err(),
        PersonRefusal::TextUnreadable { field: "family" }
    );
    assert_eq!(register(json!({ "birth_date": "1879-12-31" })).unwrap_err(), PersonRefusal::BornTooLongAgo);
    assert_eq!(desk.read::<Search>(r#"{"text":"ana"}"#).unwrap().len(), 0);
    register(json!({ "notes": "é".repeat(10_000), "birth_date": "1880-01-01" })).unwrap();
}

#[test]
fn no_name_is_readable_in_the_folder() {
    let desk = Desk::new();
    mariana(&desk);
    let mut searched = 0;
    for entry in std::fs::read_dir(desk.dir.path().join("desk")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            searched += bytes.len();
            assert!(!bytes.windows(7).any(|window| window.eq_ignore_ascii_case(b"Mariana")), "{}", path.display());
        }
    }
    assert!(searched > 4096, "the database was looked at");
}

#[test]
fn a_row_written_outside_a_door_is_refused() {
    let desk = Desk::new();
    let patient = mariana(&desk);
    let attempt: Result<usize, StoreError> = desk.store.read(desk.owner, desk.now(), |view| {
        Ok(view.db().execute("update patient set given = 'X' where id = ?1", [patient.id.0])?)
    });
    assert!(attempt.is_err());
}
