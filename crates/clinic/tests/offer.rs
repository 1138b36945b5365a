//! Who treats, what is offered and what can be booked, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{catalogue, resources, staff};
use domain::{canonical::Op, id::UserId, value::Value};
use founded::Desk;
use store::history;

fn camila(desk: &Desk) -> staff::Practitioner {
    desk.write::<staff::Add>(
        r#"{"given":"Camila","family":"Rocha","title":"Dra.","type":"doctor",
            "council":{"body":"crm","number":"123456","state":"sp"}}"#,
    )
    .unwrap()
}

#[test]
fn a_new_practitioner_can_be_booked_at_once_in_office_hours_and_in_a_colour_of_their_own() {
    let desk = Desk::new();
    let first = camila(&desk);
    let second = desk.write::<staff::Add>(r#"{"given":"Rafael","type":"physiotherapist"}"#).unwrap();

    assert_eq!(first.name, "Dra. Camila Rocha");
    assert_eq!(first.council.as_ref().unwrap().label(), "CRM-SP 123456");
    assert_ne!(first.color, second.color);
    let listed = desk.read::<resources::List>("{}").unwrap();
    assert_eq!(listed.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Dra. Camila Rocha", "Rafael"]);
    assert_eq!(listed[0].practitioner_id, Some(first.id));
    assert_eq!(listed[0].hours.len(), 5, "Monday to Friday");
}

#[test]
fn a_practitioner_without_a_name_or_with_half_a_council_is_refused() {
    let desk = Desk::new();
    let refused = |input: &str| desk.write::<staff::Add>(input).unwrap_err();

    assert_eq!(refused(r#"{"given":"  ","type":"doctor"}"#), staff::Refusal::NameMissing);
    assert_eq!(
        refused(r#"{"given":"Ana","type":"doctor","council":{"body":"CRM","number":" "}}"#),
        staff::Refusal::CouncilIncomplete
    );
    let nobody = UserId(uuid::Uuid::from_u128(99));
    let refusal = refused(&format!(r#"{{"given":"Ana","type":"doctor","user_id":"{nobody}"}}"#));
    assert_eq!(serde_json::to_value(refusal).unwrap(), serde_json::json!({"code":"not_found","what":"user"}));
    assert_eq!(desk.read::<staff::List>("{}").unwrap().len(), 0, "a refusal leaves nothing behind");
}

#[test]
fn an_amended_practitioner_keeps_what_was_not_named_and_their_resource_follows() {
    let desk = Desk::new();
    let before = camila(&desk);
    let owner = desk.owner;

    let after = desk
        .write::<staff::Amend>(&format!(
            r#"{{"id":"{}","family":"Rocha Lima","title":null,"active":false,"user_id":"{owner}"}}"#,
            before.id
        ))
        .unwrap();

    assert_eq!((after.name.as_str(), after.council.clone()), ("Camila Rocha Lima", before.council));
    assert_eq!((after.active, after.user_id), (false, Some(owner)));
    let resource = &desk.read::<resources::List>("{}").unwrap()[0];
    assert_eq!((resource.name.as_str(), resource.active), ("Camila Rocha Lima", false));
    let unknown = format!(r#"{{"id":"{}"}}"#, uuid::Uuid::from_u128(7));
    let refusal = desk.write::<staff::Amend>(&unknown).unwrap_err();
    assert_eq!(serde_json::to_value(refusal).unwrap()["what"], "practitioner");
}

#[test]
fn a_new_council_number_replaces_the_old_one_which_stays_on_record() {
    let desk = Desk::new();
    let camila = camila(&desk);

    let amended = desk
        .write::<staff::Amend>(&format!(
            r#"{{"id":"{}","council":{{"body":"CRM","number":"77","state":"RJ"}}}}"#,
            camila.id
        ))
        .unwrap();

    assert_eq!(amended.council.unwrap().label(), "CRM-RJ 77");
    let rows: (i64, i64) = desk
        .store
        .read::<_, store::StoreError>(desk.owner, desk.now(), |view| {
            Ok(view.db().query_row("select count(*), count(deleted_at) from qualification", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
        })
        .unwrap();
    assert_eq!(rows, (2, 1));
}

#[test]
fn a_service_shows_the_price_of_the_day_and_an_old_price_stays_readable() {
    let desk = Desk::new();
    let today = "2026-11-18".parse().unwrap();
    let peeling = desk
        .write::<catalogue::Add>(
            r#"{"name":"Peeling","category":"Pele","price":"350.00","duration_min":45,"buffer_after_min":15}"#,
        )
        .unwrap();
    let price_on = |day| {
        desk.store
            .read::<_, store::StoreError>(desk.owner, desk.now(), |view| {
                Ok(catalogue::price_on(view, peeling.id, day)?.map(domain::money::Money::minor))
            })
            .unwrap()
    };
    assert_eq!(price_on(today), Some(35_000));
    assert_eq!(price_on(today.plus_days(-1)), None, "it was not on offer yesterday");

    desk.wait_minutes(24 * 60);
    let dearer = desk.write::<catalogue::Amend>(&format!(r#"{{"id":"{}","price":"400.00"}}"#, peeling.id)).unwrap();
    assert_eq!(dearer.price.unwrap().minor(), 40_000);
    assert_eq!((price_on(today), price_on(today.plus_days(1))), (Some(35_000), Some(40_000)));

    desk.write::<catalogue::Amend>(&format!(r#"{{"id":"{}","price":"410.00"}}"#, peeling.id)).unwrap();
    assert_eq!(price_on(today.plus_days(1)), Some(41_000), "a slip of today is corrected today");
    desk.write::<catalogue::Amend>(&format!(r#"{{"id":"{}","price":null}}"#, peeling.id)).unwrap();
    assert_eq!((price_on(today), price_on(today.plus_days(1))), (Some(35_000), None));
}

#[test]
fn an_amended_service_keeps_what_was_not_named_and_the_journal_says_what_changed() {
    let desk = Desk::new();
    let peeling = desk
        .write::<catalogue::Add>(r#"{"name":"Peeling","category":"Pele","price":"350","duration_min":45}"#)
        .unwrap();

    let after = desk
        .write::<catalogue::Amend>(&format!(r#"{{"id":"{}","duration_min":60,"category":null}}"#, peeling.id))
        .unwrap();

    assert_eq!((after.name.as_str(), after.duration_min, after.category), ("Peeling", 60, None));
    assert_eq!(after.price, peeling.price);
    let entries = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, peeling.id.0)).unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.header.command.as_str(), last.change.new.op), ("catalogue.amend", Op::Update));
    assert_eq!(last.change.new.fields, [(11, Value::Null), (13, Value::Int(60))], "and nothing else");
}

#[test]
fn a_service_that_cannot_be_is_refused() {
    let desk = Desk::new();
    let code = |input: &str| serde_json::to_value(desk.write::<catalogue::Add>(input).unwrap_err()).unwrap();

    assert_eq!(code(r#"{"name":" ","duration_min":30}"#)["code"], "name_missing");
    assert_eq!(code(r#"{"name":"X","duration_min":0}"#)["code"], "duration_invalid");
    assert_eq!(code(r#"{"name":"X","duration_min":30,"price":"-1"}"#)["code"], "price_invalid");
    assert_eq!(code(r#"{"name":"X","duration_min":30,"price":"1.005"}"#)["code"], "price_invalid");
    let ghost = uuid::Uuid::from_u128(5);
    let unknown = code(&format!(r#"{{"name":"X","duration_min":30,"consent_template_id":"{ghost}"}}"#));
    assert_eq!(unknown, serde_json::json!({"code":"not_found","what":"template"}));
    let amend = desk.write::<catalogue::Amend>(&format!(r#"{{"id":"{ghost}"}}"#)).unwrap_err();
    assert_eq!(serde_json::to_value(amend).unwrap()["what"], "service");
}

#[test]
fn new_hours_hold_from_today_and_past_days_keep_theirs() {
    let desk = Desk::new();
    let camila = camila(&desk);
    desk.wait_minutes(24 * 60);

    let set = desk
        .write::<resources::SetHours>(&format!(
            r#"{{"resource_id":"{}","hours":[
                {{"day":1,"start":"08:00","end":"18:00"}},
                {{"day":4,"start":"13:00","end":"19:00"}},{{"day":4,"start":"08:00","end":"12:00"}}]}}"#,
            camila.resource_id
        ))
        .unwrap();

    let text: Vec<_> = set.hours.iter().map(|h| format!("{} {}-{}", h.day, h.start, h.end)).collect();
    assert_eq!(text, ["1 08:00-18:00", "4 08:00-12:00", "4 13:00-19:00"]);
    let on = |day: &str| {
        let day = day.parse().unwrap();
        desk.store
            .read::<_, WrapFailure>(desk.owner, desk.now(), |view| {
                let rules = resources::rules(view, Some(camila.resource_id), day, day)?;
                Ok(rules
                    .iter()
                    .filter_map(|rule| rule.open_on(day))
                    .map(|s| format!("{}-{}", s.start, s.end))
                    .collect())
            })
            .map(|spans: Vec<String>| spans.join(" "))
            .unwrap()
    };
    assert_eq!(on("2026-11-18"), "08:00-18:00", "yesterday, a Wednesday, was open");
    assert_eq!(on("2026-11-25"), "", "the next one is not");
    assert_eq!(on("2026-11-19"), "08:00-12:00 13:00-19:00");
}

#[derive(Debug)]
struct WrapFailure;

impl From<clinic::Failure> for WrapFailure {
    fn from(_: clinic::Failure) -> Self {
        Self
    }
}

impl From<store::StoreError> for WrapFailure {
    fn from(_: store::StoreError) -> Self {
        Self
    }
}

impl From<store::rusqlite::Error> for WrapFailure {
    fn from(_: store::rusqlite::Error) -> Self {
        Self
    }
}

#[test]
fn hours_that_overlap_or_of_nobody_are_refused_with_their_day() {
    let desk = Desk::new();
    let camila = camila(&desk);

    let refusal = desk
        .write::<resources::SetHours>(&format!(
            r#"{{"resource_id":"{}","hours":[{{"day":2,"start":"08:00","end":"12:00"}},{{"day":2,"start":"11:00","end":"13:00"}}]}}"#,
            camila.resource_id
        ))
        .unwrap_err();

    assert_eq!(serde_json::to_value(refusal).unwrap(), serde_json::json!({"code":"hours_invalid","day":2}));
    let nobody = format!(r#"{{"resource_id":"{}","hours":[]}}"#, uuid::Uuid::from_u128(5));
    let refusal = desk.write::<resources::SetHours>(&nobody).unwrap_err();
    assert_eq!(serde_json::to_value(refusal).unwrap()["code"], "not_found");
}

#[test]
fn a_room_takes_one_visit_unless_told_and_needs_a_name() {
    let desk = Desk::new();

    assert_eq!(desk.write::<resources::AddRoom>(r#"{"name":" Sala  1 "}"#).unwrap().name, "Sala 1");
    assert_eq!(desk.write::<resources::AddRoom>(r#"{"name":"Grupo","capacity":6}"#).unwrap().capacity, 6);

    let code = |input: &str| serde_json::to_value(desk.write::<resources::AddRoom>(input).unwrap_err()).unwrap();
    assert_eq!(code(r#"{"name":""}"#)["code"], "name_missing");
    assert_eq!(code(r#"{"name":"Sala 2","capacity":0}"#)["code"], "capacity_invalid");
}
