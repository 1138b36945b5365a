//! Booking: what is promised, and what is refused.

use clinic::{
    agenda::{Book, BookingRefusal, CardMoney, ClaimState, Status},
    catalogue, people, resources, staff,
};
use domain::{canonical::Op, id::Uuid, registry};
use serde_json::json;
use store::history;

use super::clinic;
use crate::founded::Desk;

#[test]
fn a_booking_is_a_card_on_its_day_with_everything_a_desk_wants_to_know() {
    let clinic = clinic();

    let card = clinic
        .book(clinic.mariana, "2026-11-18T10:00", &json!({"room_id": clinic.room.id, "notes": " mesa "}))
        .unwrap();

    assert_eq!((card.patient.name.as_str(), card.patient.age), ("Mariana Silva", Some(38)));
    assert_eq!(card.patient.phone.as_deref(), Some("(11) 95555-0142"));
    assert_eq!((card.start.to_string(), card.end.to_string()), ("2026-11-18T10:00".into(), "2026-11-18T10:45".into()));
    assert_eq!(card.start_at.to_string(), "2026-11-18T13:00:00.000Z");
    assert_eq!((card.status, card.claim, card.money), (Status::Scheduled, ClaimState::Provisional, CardMoney::None));
    assert_eq!(card.price.unwrap().minor(), 35_000);
    assert_eq!(card.notes.as_deref(), Some("mesa"));
    assert_eq!(card.room.as_ref().unwrap().name, "Sala 1");
    assert!(card.flags.new_patient && !card.flags.balance && !card.flags.alert && !card.flags.consent_missing);
    assert!(card.synced, "there is no server to wait for");

    let day = clinic.day("2026-11-18");
    assert_eq!(day.cards, [card]);
    let columns: Vec<_> = day.columns.iter().map(|c| (c.name.as_str(), c.subtitle.as_str(), c.hours.len())).collect();
    assert_eq!(columns, [("Dra. Camila Rocha", "CRM-SP 123456", 1), ("Rafael Teles", "", 1)]);
    assert_eq!(day.conflicts, 0);
    assert!(clinic.day("2026-11-19").cards.is_empty());
}

#[test]
fn a_booking_is_one_entry_with_the_promise_its_claims_and_its_first_transition() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).unwrap();

    let entries = clinic
        .desk
        .store
        .read(clinic.desk.owner, clinic.desk.now(), |view| history::of_record(view, card.appointment_id.0))
        .unwrap();
    let [entry] = &entries[..] else { panic!("one entry, not {}", entries.len()) };
    assert_eq!((entry.header.command.as_str(), entry.change.new.op), ("agenda.book", Op::Insert));
    let status = registry::kind_of_table("appointment").unwrap().column("status").unwrap().id;
    assert!(entry.change.new.fields.iter().all(|(id, _)| *id != status), "a cache never travels");

    let kinds: Vec<String> = clinic
        .desk
        .store
        .read::<_, store::StoreError>(clinic.desk.owner, clinic.desk.now(), |view| {
            let mut query = view.db().prepare(
                "select kind from journal_part where ordinal = (select max(ordinal) from journal) order by ord",
            )?;
            let kinds = query.query_map([], |row| row.get::<_, u16>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(kinds.into_iter().map(|id| registry::kind(id).unwrap().table.to_owned()).collect())
        })
        .unwrap();
    assert_eq!(kinds, ["appointment", "resource_allocation", "resource_allocation", "transition"]);
}

#[test]
fn an_overlap_with_the_practitioner_is_refused_and_says_with_what() {
    let clinic = clinic();
    let first = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();

    let refusal = clinic.book(clinic.bruno, "2026-11-18T10:45", &json!({})).unwrap_err();

    let BookingRefusal::Overlaps { resource, with } = refusal else { panic!("{refusal:?}") };
    assert_eq!(resource, "Dra. Camila Rocha");
    let [other] = &with[..] else { panic!("{with:?}") };
    assert_eq!((other.appointment_id, other.patient.as_str()), (first.appointment_id, "Mariana Silva"));
    assert_eq!((other.start, other.end), (first.start, first.end), "shown without its buffer, refused with it");
    assert!(clinic.book(clinic.bruno, "2026-11-18T11:00", &json!({})).is_ok(), "touching is not overlapping");
    assert!(clinic.book(clinic.bruno, "2026-11-18T10:00", &json!({"resource_id": clinic.rafael.resource_id})).is_ok());
}

#[test]
fn an_overlap_in_the_room_is_refused_though_the_practitioner_is_free() {
    let clinic = clinic();
    let room = json!({"room_id": clinic.room.id});
    clinic.book(clinic.mariana, "2026-11-18T10:00", &room).unwrap();

    let refusal = clinic
        .book(
            clinic.bruno,
            "2026-11-18T10:30",
            &json!({"room_id": clinic.room.id, "resource_id": clinic.rafael.resource_id}),
        )
        .unwrap_err();

    assert!(matches!(refusal, BookingRefusal::Overlaps { resource, .. } if resource == "Sala 1"));
    assert_eq!(clinic.day("2026-11-18").cards.len(), 1, "a refusal leaves nothing behind");
}

#[test]
fn a_room_for_two_takes_two_and_not_three() {
    let clinic = clinic();
    let wide = clinic.desk.write::<resources::AddRoom>(r#"{"name":"Grupo","capacity":2}"#).unwrap();
    let third = clinic.desk.write::<staff::Add>(r#"{"given":"Joana","type":"aesthetician"}"#).unwrap();
    let at = |who: &staff::Practitioner| json!({"room_id": wide.id, "resource_id": who.resource_id});

    clinic.book(clinic.mariana, "2026-11-18T10:00", &at(&clinic.camila)).unwrap();
    clinic.book(clinic.bruno, "2026-11-18T10:15", &at(&clinic.rafael)).unwrap();
    let refusal = clinic.book(clinic.bruno, "2026-11-18T10:30", &at(&third)).unwrap_err();

    let BookingRefusal::Overlaps { resource, with } = refusal else { panic!("{refusal:?}") };
    assert_eq!((resource.as_str(), with.len()), ("Grupo", 2));
}

#[test]
fn outside_the_hours_is_refused_with_the_hours_unless_insisted() {
    let clinic = clinic();

    let refusal = clinic.book(clinic.mariana, "2026-11-18T17:30", &json!({})).unwrap_err();

    let BookingRefusal::OutsideHours { hours } = refusal else { panic!("{refusal:?}") };
    assert_eq!((hours[0].start.to_string(), hours[0].end.to_string()), ("08:00".into(), "18:00".into()));
    let sunday = clinic.book(clinic.mariana, "2026-11-22T10:00", &json!({})).unwrap_err();
    assert_eq!(sunday, BookingRefusal::OutsideHours { hours: vec![] });
    assert!(clinic.book(clinic.mariana, "2026-11-18T17:30", &json!({"outside_hours": true})).is_ok());
    assert!(clinic.book(clinic.bruno, "2026-11-19T17:15", &json!({})).is_ok(), "the buffer may reach beyond closing");
}

#[test]
fn what_does_not_exist_cannot_be_booked() {
    let clinic = clinic();
    let ghost = Uuid::from_u128(77);
    let what = |refusal| match refusal {
        BookingRefusal::NotFound { what } => what,
        other => panic!("{other:?}"),
    };
    let at = "2026-11-18T10:00";

    assert_eq!(what(clinic.book(ghost, at, &json!({})).unwrap_err()), "patient");
    assert_eq!(what(clinic.book(clinic.bruno, at, &json!({"service_id": ghost})).unwrap_err()), "service");
    assert_eq!(what(clinic.book(clinic.bruno, at, &json!({"resource_id": ghost})).unwrap_err()), "practitioner");
    assert_eq!(
        what(clinic.book(clinic.bruno, at, &json!({"resource_id": clinic.room.id})).unwrap_err()),
        "practitioner",
        "a room treats nobody"
    );
    assert_eq!(what(clinic.book(clinic.bruno, at, &json!({"room_id": ghost})).unwrap_err()), "room");
    assert_eq!(
        clinic.book(clinic.bruno, at, &json!({"duration_min": 0})).unwrap_err(),
        BookingRefusal::DurationInvalid
    );
    clinic.desk.write::<staff::Amend>(&json!({"id": clinic.camila.id, "active": false}).to_string()).unwrap();
    assert_eq!(what(clinic.book(clinic.bruno, at, &json!({})).unwrap_err()), "practitioner", "who left is not booked");
}

#[test]
fn a_time_that_the_clocks_skip_is_refused() {
    let desk = Desk::of_profile("appointments-es");
    let patient = desk.write::<people::Register>(r#"{"given":"Inés"}"#).unwrap().id;
    let who = desk.write::<staff::Add>(r#"{"given":"Marta","type":"therapist"}"#).unwrap();
    let service = desk.write::<catalogue::Add>(r#"{"name":"Sesión","duration_min":30}"#).unwrap();
    let book = |start: &str| {
        desk.write::<Book>(
            &json!({"patient_id": patient, "service_id": service.id, "resource_id": who.resource_id, "start": start,
                    "outside_hours": true})
            .to_string(),
        )
    };

    assert_eq!(book("2027-03-28T02:30").unwrap_err(), BookingRefusal::TimeDoesNotExist);
    let before = book("2027-03-28T01:45").unwrap();
    assert_eq!(before.end.to_string(), "2027-03-28T03:15", "half an hour, as the clock shows it");
}

#[test]
fn a_day_years_away_is_a_slip_and_says_between_which_days_to_choose() {
    let clinic = clinic();
    let more = json!({ "outside_hours": true });
    let near = clinic.book(clinic.mariana, "2026-11-18T09:00", &more).unwrap();
    let too_far =
        BookingRefusal::DayTooFar { from: "2025-11-17".parse().unwrap(), until: "2031-11-22".parse().unwrap() };

    for start in ["2062-11-18T09:00", "2031-11-23T00:00", "2025-11-16T23:59"] {
        assert_eq!(clinic.book(clinic.mariana, start, &more).unwrap_err(), too_far, "{start}");
        let moved = clinic.moved(&near, &json!({ "start": start, "outside_hours": true }));
        assert_eq!(moved.unwrap_err(), too_far, "{start}");
    }
    for start in ["2031-11-22T09:00", "2025-11-17T09:00"] {
        assert!(clinic.book(clinic.mariana, start, &more).is_ok(), "{start}");
    }
}
