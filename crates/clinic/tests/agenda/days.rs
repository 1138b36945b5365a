//! Looking: the week, the month, free time, an opened appointment.

use clinic::{
    agenda::{Cancel, Confirm, FreeSlots, Marks, Open, Usual, Week},
    catalogue,
};
use domain::id::Uuid;
use serde_json::json;

use super::{Clinic, clinic};

#[test]
fn folding_every_status_anew_finds_the_same() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();
    clinic.book(clinic.bruno, "2026-11-18T14:00", &json!({})).unwrap();
    clinic.desk.write::<Confirm>(&Clinic::of(&card)).unwrap();
    let before = clinic.day("2026-11-18");

    clinic.desk.store.refold_all().unwrap();

    assert_eq!(clinic.day("2026-11-18"), before);
}

#[test]
fn a_week_shows_one_practitioner_or_all_and_the_month_its_busy_days() {
    let clinic = clinic();
    clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();
    let friday =
        clinic.book(clinic.bruno, "2026-11-20T10:00", &json!({"resource_id": clinic.rafael.resource_id})).unwrap();
    let gone = clinic.book(clinic.bruno, "2026-11-19T10:00", &json!({})).unwrap();
    clinic
        .desk
        .write::<Cancel>(&json!({"appointment_id": gone.appointment_id, "reason": "booked_by_mistake"}).to_string())
        .unwrap();

    let all = clinic.desk.read::<Week>(r#"{"from":"2026-11-16"}"#).unwrap();
    let rafael = clinic
        .desk
        .read::<Week>(&json!({"from": "2026-11-16", "resource_id": clinic.rafael.resource_id}).to_string())
        .unwrap();

    assert_eq!((all.days.len(), all.cards.len()), (7, 3));
    assert_eq!(all.days.iter().map(|day| day.hours.len()).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 0, 0]);
    assert_eq!(rafael.cards, [friday]);
    let marks = clinic.desk.read::<Marks>(r#"{"month":"2026-11"}"#).unwrap();
    let marks: Vec<_> = marks.iter().map(|mark| (mark.date.to_string(), mark.count)).collect();
    assert_eq!(marks, [("2026-11-18".to_owned(), 1), ("2026-11-20".to_owned(), 1)]);
    assert!(clinic.desk.read::<Marks>(r#"{"month":"november"}"#).is_err());
}

#[test]
fn a_free_slot_can_be_booked_and_is_gone_afterwards() {
    let clinic = clinic();
    let ask = json!({"service_id": clinic.peeling.id, "resource_id": clinic.camila.resource_id, "from": "2026-11-18",
                     "limit": 3})
    .to_string();
    let starts = || -> Vec<String> {
        clinic.desk.read::<FreeSlots>(&ask).unwrap().iter().map(|slot| slot.start.to_string()).collect()
    };

    assert_eq!(starts(), ["2026-11-18T09:00", "2026-11-18T09:15", "2026-11-18T09:30"], "nothing before now");
    let slot = clinic.desk.read::<FreeSlots>(&ask).unwrap().remove(0);
    assert_eq!((slot.room_id, slot.end.to_string()), (Some(clinic.room.id), "2026-11-18T09:45".into()));
    clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({"room_id": slot.room_id})).unwrap();

    assert_eq!(starts(), ["2026-11-18T10:00", "2026-11-18T10:15", "2026-11-18T10:30"]);
    let anyone = json!({"service_id": clinic.peeling.id, "from": "2026-11-18", "limit": 1}).to_string();
    let beside = clinic.desk.read::<FreeSlots>(&anyone).unwrap().remove(0);
    assert_eq!((beside.practitioner.as_str(), beside.room_id), ("Rafael Teles", None), "the only room is taken");
    let ghost = json!({"service_id": Uuid::from_u128(5), "from": "2026-11-18"}).to_string();
    assert!(clinic.desk.read::<FreeSlots>(&ghost).is_err());
}

#[test]
fn what_is_usual_is_what_came_up_most_and_when_it_is_possible_next() {
    let clinic = clinic();
    let of = |patient: Uuid| clinic.desk.read::<Usual>(&json!({"patient_id": patient}).to_string()).unwrap();
    assert_eq!(of(clinic.mariana).service_id, None, "nobody knows yet");
    clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    clinic.book(clinic.mariana, "2026-11-20T10:00", &json!({"resource_id": clinic.rafael.resource_id})).unwrap();
    clinic.book(clinic.mariana, "2026-11-19T10:00", &json!({})).unwrap();

    let usual = of(clinic.mariana);

    assert_eq!((usual.service_id, usual.resource_id), (Some(clinic.peeling.id), Some(clinic.camila.resource_id)));
    assert_eq!(usual.first_free.unwrap().start.to_string(), "2026-11-18T10:00");
}

#[test]
fn somebody_who_never_came_is_proposed_what_is_booked_most() {
    let clinic = clinic();
    let of = |with: Option<Uuid>| {
        let ask = json!({"patient_id": clinic.bruno, "resource_id": with}).to_string();
        clinic.desk.read::<Usual>(&ask).unwrap()
    };
    assert_eq!(of(None).service_id, None, "nothing was booked yet");
    let toxin = clinic.desk.write::<catalogue::Add>(r#"{"name":"Toxina","price":"900.00","duration_min":30}"#).unwrap();
    let rafael = json!({"resource_id": clinic.rafael.resource_id, "service_id": toxin.id});
    clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();
    clinic.book(clinic.mariana, "2026-11-19T10:00", &json!({})).unwrap();
    clinic.book(clinic.mariana, "2026-11-20T10:00", &rafael).unwrap();

    let anybody = of(None);
    let with_rafael = of(Some(clinic.rafael.resource_id.0));

    assert_eq!((anybody.service_id, anybody.resource_id), (Some(clinic.peeling.id), None));
    assert_eq!(anybody.first_free.unwrap().start.to_string(), "2026-11-18T09:00");
    assert_eq!(with_rafael.service_id, Some(toxin.id), "his own come first");
    assert_eq!(with_rafael.resource_id, Some(clinic.rafael.resource_id));
}

#[test]
fn an_opened_appointment_lists_what_is_missing_before_calling() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();

    let page = clinic.desk.read::<Open>(&Clinic::of(&card)).unwrap();

    let list = serde_json::to_value(&page.checklist).unwrap();
    let patient = clinic.mariana;
    assert_eq!(
        list,
        json!([
            {"key": "registration", "done": false, "detail": "document", "ref": patient},
            {"key": "allergies", "done": false, "detail": null, "ref": patient},
            {"key": "balance", "done": true, "detail": null, "ref": patient},
        ]),
        "no consent stands there: the service needs none"
    );
    assert_eq!(page.card, card);
    let ghost = json!({"appointment_id": Uuid::from_u128(5)}).to_string();
    assert!(clinic.desk.read::<Open>(&ghost).is_err());
}
