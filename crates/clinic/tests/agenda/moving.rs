//! Moving, cancelling, not coming, and what a visit takes when it begins.

use clinic::{
    agenda::{BookingRefusal, Cancel, ClaimState, Confirm, Move, NoShow, Open, Status, StepRefusal},
    resources,
};
use domain::id::Uuid;
use serde_json::json;

use super::{Clinic, clinic};

#[test]
fn a_moved_appointment_takes_its_claims_along_and_frees_where_it_was() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).unwrap();

    let moved = clinic
        .moved(
            &card,
            &json!({"start": "2026-11-19T14:00", "resource_id": clinic.rafael.resource_id, "duration_min": 60}),
        )
        .unwrap();

    assert_eq!(
        (moved.start.to_string(), moved.end.to_string()),
        ("2026-11-19T14:00".into(), "2026-11-19T15:00".into())
    );
    assert_eq!((moved.practitioner.as_str(), moved.claim), ("Rafael Teles", ClaimState::Provisional));
    assert_eq!(moved.room, card.room, "the room was not named and comes along");
    assert!(clinic.book(clinic.bruno, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).is_ok());
    let taken = clinic.book(clinic.bruno, "2026-11-19T14:45", &json!({"room_id": clinic.room.id})).unwrap_err();
    assert!(matches!(taken, BookingRefusal::Overlaps { resource, .. } if resource == "Sala 1"));
}

#[test]
fn an_appointment_may_move_within_its_own_time_and_leave_its_room() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).unwrap();

    let later = clinic.moved(&card, &json!({"start": "2026-11-18T10:30", "room_id": null})).unwrap();

    assert_eq!((later.start.to_string(), later.room), ("2026-11-18T10:30".into(), None));
    let into_the_night = clinic.moved(&card, &json!({"start": "2026-11-18T20:00"})).unwrap_err();
    assert!(matches!(into_the_night, BookingRefusal::OutsideHours { .. }));
    assert!(clinic.moved(&card, &json!({"start": "2026-11-18T20:00", "outside_hours": true})).is_ok());
    assert!(
        clinic.moved(&card, &json!({"start": "2026-11-18T20:00", "room_id": clinic.room.id})).is_ok(),
        "only the room changes: the hour was insisted on before"
    );
}

#[test]
fn a_move_onto_another_visit_is_refused_and_so_is_moving_what_is_over() {
    let clinic = clinic();
    let first = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();
    let second = clinic.book(clinic.bruno, "2026-11-18T14:00", &json!({})).unwrap();

    let refusal = clinic.moved(&second, &json!({"start": "2026-11-18T09:30"})).unwrap_err();
    assert!(matches!(refusal, BookingRefusal::Overlaps { with, .. } if with[0].appointment_id == first.appointment_id));

    clinic
        .desk
        .write::<Cancel>(&json!({"appointment_id": second.appointment_id, "reason": "illness"}).to_string())
        .unwrap();
    let refusal = clinic.moved(&second, &json!({"start": "2026-11-18T15:00"})).unwrap_err();
    assert_eq!(refusal, BookingRefusal::NotMovable { status: Status::Cancelled });
    let ghost = json!({"appointment_id": Uuid::from_u128(5), "start": "2026-11-18T15:00"}).to_string();
    let refusal = clinic.desk.write::<Move>(&ghost).unwrap_err();
    assert_eq!(refusal, BookingRefusal::NotFound { what: "appointment" });
}

#[test]
fn a_cancelled_appointment_stays_on_the_day_struck_through_and_its_time_is_free() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).unwrap();
    let id = card.appointment_id;

    let bare = clinic.desk.write::<Cancel>(&json!({"appointment_id": id}).to_string()).unwrap_err();
    assert_eq!(bare, StepRefusal::ReasonMissing);
    let cancelled = clinic
        .desk
        .write::<Cancel>(&json!({"appointment_id": id, "reason": "patient_asked", "note": "viagem"}).to_string())
        .unwrap();

    assert_eq!((cancelled.status, cancelled.practitioner.as_str()), (Status::Cancelled, "Dra. Camila Rocha"));
    assert_eq!(cancelled.room.as_ref().unwrap().name, "Sala 1", "where it would have been is still readable");
    assert!(clinic.book(clinic.bruno, "2026-11-18T10:00", &json!({"room_id": clinic.room.id})).is_ok());
    assert_eq!(clinic.day("2026-11-18").cards.len(), 2);
    let again = clinic.desk.write::<Cancel>(&json!({"appointment_id": id, "reason": "other"}).to_string()).unwrap_err();
    assert_eq!(again, StepRefusal::TransitionRefused { from: "cancelled".into(), to: "cancelled".into() });
    let page = clinic.desk.read::<Open>(&Clinic::of(&card)).unwrap();
    let way: Vec<_> =
        page.history.iter().map(|row| (row.to.as_str(), row.reason.as_deref(), row.by.as_str())).collect();
    assert_eq!(way, [("cancelled", Some("patient_asked"), "Lívia Moraes"), ("scheduled", None, "Lívia Moraes")]);
}

#[test]
fn nobody_has_failed_to_come_before_the_start_and_who_did_frees_the_time() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T10:00", &json!({})).unwrap();
    assert_eq!(clinic.desk.write::<Confirm>(&Clinic::of(&card)).unwrap().status, Status::Confirmed);

    let early = clinic.desk.write::<NoShow>(&Clinic::of(&card)).unwrap_err();
    assert_eq!(early, StepRefusal::TooEarly { start_at: card.start_at });
    clinic.desk.wait_minutes(75);
    assert_eq!(clinic.day("2026-11-18").cards[0].late_min, Some(15));
    let missed = clinic.desk.write::<NoShow>(&Clinic::of(&card)).unwrap();

    assert_eq!((missed.status, missed.late_min), (Status::NoShow, None));
    assert!(clinic.book(clinic.bruno, "2026-11-18T10:15", &json!({})).is_ok());
    let confirm = clinic.desk.write::<Confirm>(&Clinic::of(&card)).unwrap_err();
    assert_eq!(confirm, StepRefusal::TransitionRefused { from: "no_show".into(), to: "confirmed".into() });
    let ghost = json!({"appointment_id": Uuid::from_u128(5)}).to_string();
    assert_eq!(clinic.desk.write::<Confirm>(&ghost).unwrap_err(), StepRefusal::NotFound);
}

/// The live claims of an appointment: resource, minutes from its start to the claim's ends, phase.
fn claims_of(clinic: &Clinic, appointment: Uuid) -> Vec<(String, i64, i64, String)> {
    clinic
        .desk
        .store
        .read::<_, store::StoreError>(clinic.desk.owner, clinic.desk.now(), |view| {
            let mut query = view.db().prepare(
                "select resource.name, (occupied_from - start_at) / 60000 as early, (occupied_to - start_at) / 60000 as late,
                   phase
                 from resource_allocation
                 join resource on resource.id = resource_id
                 join appointment on appointment.id = appointment_id
                 where appointment_id = ?1 and released_at is null order by resource.name",
            )?;
            let rows = query.query_map([appointment], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

#[test]
fn a_visit_that_begins_takes_the_room_it_is_in_and_a_walk_in_its_practitioner() {
    let clinic = clinic();
    let other = clinic.desk.write::<resources::AddRoom>(r#"{"name":"Sala 2"}"#).unwrap();
    let booked = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({"room_id": clinic.room.id})).unwrap();
    let occupy = |id, who, room| {
        clinic
            .desk
            .store
            .write(store::Actor(clinic.desk.owner), "reception.start", clinic.desk.now(), |tx| {
                let here = clinic::organization::here(tx)?;
                clinic::agenda::occupy(tx, &here, id, who, room)
            })
            .unwrap();
    };

    occupy(booked.appointment_id, Some(clinic.camila.resource_id), Some(other.id));

    let at = |name: &str| (name.to_owned(), 0, 60, "actual".to_owned());
    assert_eq!(claims_of(&clinic, booked.appointment_id.0), [at("Dra. Camila Rocha"), at("Sala 2")]);

    let walk_in = clinic
        .desk
        .store
        .write(store::Actor(clinic.desk.owner), "reception.walk_in", clinic.desk.now(), |tx| {
            let here = clinic::organization::here(tx)?;
            let need = clinic::agenda::slots::Need { duration_min: 30, before_min: 0, after_min: 0 };
            let made = clinic::agenda::Promise {
                patient: domain::id::PatientId(clinic.bruno),
                service: None,
                practitioner: None,
                room: None,
                place: need.at(here.zone, here.wall(tx.at())).unwrap(),
                need,
                price: None,
                notes: None,
                method: "walk_in",
                status: Status::CheckedIn,
            };
            clinic::agenda::promise(tx, &here, &made)
        })
        .unwrap()
        .value;
    assert!(claims_of(&clinic, walk_in.0).is_empty(), "waiting takes nobody's time");
    clinic.desk.wait_minutes(10);
    occupy(walk_in, Some(clinic.rafael.resource_id), None);
    assert_eq!(claims_of(&clinic, walk_in.0), [("Rafael Teles".into(), 10, 40, "actual".into())]);
    let card = clinic.day("2026-11-18").cards.into_iter().find(|card| card.appointment_id == walk_in).unwrap();
    assert_eq!((card.status, card.practitioner.as_str(), card.service), (Status::CheckedIn, "Rafael Teles", None));
}
