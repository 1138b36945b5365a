//! The agenda, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use clinic::{
    agenda::{
        AgendaCard, Book, BookingRefusal, Cancel, CardMoney, ClaimState, Confirm, Day, FreeSlots, Marks, Move, NoShow,
        Open, ProposalKind, Proposals, Resolve, Status, StepRefusal, Usual, Week,
    },
    catalogue, people, resources, staff,
    system::Inbox,
};
use common::Desk;
use domain::{
    canonical::Op,
    clock::Hlc,
    id::{RecordId, Uuid},
    registry,
    value::Value,
};
use serde_json::json;
use store::{Acknowledged, State, history};

/// A desk with two practitioners, a room and a service of 45 minutes with 15 to tidy up.
struct Clinic {
    desk: Desk,
    camila: staff::Practitioner,
    rafael: staff::Practitioner,
    room: resources::Resource,
    peeling: catalogue::Service,
    mariana: Uuid,
    bruno: Uuid,
}

fn clinic() -> Clinic {
    let desk = Desk::new();
    let person = |json: &str| desk.write::<people::Register>(json).unwrap().id.0;
    let practitioner = |json: &str| desk.write::<staff::Add>(json).unwrap();
    Clinic {
        camila: practitioner(
            r#"{"given":"Camila","family":"Rocha","title":"Dra.","type":"doctor",
                "council":{"body":"CRM","number":"123456","state":"SP"}}"#,
        ),
        rafael: practitioner(r#"{"given":"Rafael","family":"Teles","type":"physiotherapist"}"#),
        room: desk.write::<resources::AddRoom>(r#"{"name":"Sala 1"}"#).unwrap(),
        peeling: desk
            .write::<catalogue::Add>(r#"{"name":"Peeling","price":"350.00","duration_min":45,"buffer_after_min":15}"#)
            .unwrap(),
        mariana: person(r#"{"given":"Mariana","family":"Silva","birth_date":"1988-03-02","phone":"(11) 95555-0142"}"#),
        bruno: person(r#"{"given":"Bruno","family":"Cardoso"}"#),
        desk,
    }
}

impl Clinic {
    /// Books a peeling with Camila, unless told otherwise.
    fn book(&self, patient: Uuid, start: &str, more: &serde_json::Value) -> Result<AgendaCard, BookingRefusal> {
        let mut input = json!({
            "patient_id": patient, "service_id": self.peeling.id, "resource_id": self.camila.resource_id, "start": start,
        });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.desk.write::<Book>(&input.to_string())
    }

    fn day(&self, date: &str) -> clinic::agenda::AgendaDay {
        self.desk.read::<Day>(&json!({ "date": date }).to_string()).unwrap()
    }

    fn moved(&self, card: &AgendaCard, more: &serde_json::Value) -> Result<AgendaCard, BookingRefusal> {
        let mut input = json!({ "appointment_id": card.appointment_id, "start": card.start });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.desk.write::<Move>(&input.to_string())
    }

    fn of(card: &AgendaCard) -> String {
        json!({ "appointment_id": card.appointment_id }).to_string()
    }
}

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

/// What the server sends when it has seen two desks promise the same hour: the other desk's visit, granted; this
/// desk's claim, contested; and the card.
fn double_booking(clinic: &Clinic) -> (AgendaCard, Uuid, Uuid) {
    let mine = clinic.book(clinic.mariana, "2026-11-18T13:30", &json!({})).unwrap();
    let (claim, from): (Uuid, i64) = clinic
        .desk
        .store
        .read::<_, store::StoreError>(clinic.desk.owner, clinic.desk.now(), |view| {
            Ok(view.db().query_row("select id, occupied_from from resource_allocation", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
        })
        .unwrap();
    let (theirs, their_claim, card) = (Uuid::from_u128(0x51), Uuid::from_u128(0x52), Uuid::from_u128(0x53));
    let at = Value::Int(clinic.desk.now().millis());
    let envelope = || vec![(3, at.clone()), (4, Value::from(clinic.desk.owner.0))];
    let with = |more: Vec<(u16, Value)>| envelope().into_iter().chain(more).collect::<Vec<_>>();
    let hour = 3_600_000;
    let states = [
        (
            70,
            theirs,
            with(vec![
                (10, clinic.bruno.into()),
                (11, clinic.peeling.id.0.into()),
                (12, "2026-11-18T14:00".into()),
                (13, Value::Int(45)),
                (14, "America/Sao_Paulo".into()),
                (15, Value::Int(from + hour / 2)),
                (16, Value::Int(from + hour / 2 + 45 * 60_000)),
                (17, "2026a".into()),
                (21, "desk".into()),
            ]),
        ),
        (
            71,
            their_claim,
            with(vec![
                (10, theirs.into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, Value::Int(from + hour / 2)),
                (13, Value::Int(from + hour / 2 + hour)),
                (14, Value::Int(1)),
                (15, "planned".into()),
                (16, "granted".into()),
            ]),
        ),
        (
            160,
            Uuid::from_u128(0x54),
            with(vec![(10, "appointment".into()), (11, theirs.into()), (13, "scheduled".into()), (15, Value::Int(5))]),
        ),
        (
            71,
            claim,
            with(vec![
                (10, mine.appointment_id.0.into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, Value::Int(from)),
                (13, Value::Int(from + hour)),
                (14, Value::Int(1)),
                (15, "planned".into()),
                (16, "contested".into()),
            ]),
        ),
        (
            161,
            card,
            vec![
                (3, at.clone()),
                (10, "double_booking".into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, their_claim.into()),
                (13, claim.into()),
                (14, at.clone()),
            ],
        ),
    ];
    let states: Vec<State> = states
        .into_iter()
        .zip(1..)
        .map(|((kind, record, fields), position)| State { kind, record: RecordId(record), position, fields })
        .collect();
    let store = &clinic.desk.store;
    // The server has taken in everything this desk had done.
    let answers: Vec<_> = store
        .outbox(0, 100)
        .unwrap()
        .iter()
        .map(|entry| Acknowledged::Accepted { seq: entry.seq, position: 5 })
        .collect();
    store.acknowledge(&answers).unwrap();
    store.stage("desk", &states).unwrap();
    store.swap_in("desk", 1_000, Uuid::from_u128(9), Hlc::default()).unwrap();
    (clinic.desk.read::<Open>(&Clinic::of(&mine)).unwrap().card, theirs, card)
}

#[test]
fn a_double_booking_is_one_card_and_both_visits_are_red() {
    let clinic = clinic();
    let (mine, theirs, card) = double_booking(&clinic);

    assert!(mine.synced && mine.claim == ClaimState::Contested);
    let day = clinic.day("2026-11-18");
    assert_eq!(day.conflicts, 1);
    assert_eq!(day.cards.iter().map(|card| card.claim).collect::<Vec<_>>(), [ClaimState::Contested; 2]);
    assert_eq!(clinic.day("2026-11-19").conflicts, 0);

    let inbox = clinic.desk.read::<Inbox>("{}").unwrap();
    let [open] = &inbox.open[..] else { panic!("{inbox:?}") };
    assert_eq!((open.id.0, open.kind.as_str(), inbox.resolved.len()), (card, "double_booking", 0));
    let (first, second) = (&open.title_data.first, &open.title_data.second);
    assert_eq!((first.appointment_id.0, first.patient.as_str()), (theirs, "Bruno Cardoso"));
    assert_eq!((second.patient.as_str(), second.service.as_str()), ("Mariana Silva", "Peeling"));
    assert_eq!(
        (second.start.to_string(), second.end.to_string()),
        ("2026-11-18T13:30".into(), "2026-11-18T14:15".into())
    );
    assert_eq!((second.desk.as_str(), second.booked_by.as_str()), ("Clínica Alameda · A", "Lívia Moraes"));
    assert_eq!((open.title_data.resource.as_str(), first.desk.as_str()), ("Dra. Camila Rocha", ""));
}

#[test]
fn the_ways_out_are_the_next_time_someone_else_now_and_keeping_both() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);

    let ways = clinic.desk.read::<Proposals>(&json!({ "card_id": card }).to_string()).unwrap();

    let shown: Vec<_> = ways
        .iter()
        .map(|way| (way.kind, way.start.map(|start| start.to_string()), way.practitioner.clone(), way.recommended))
        .collect();
    assert_eq!(
        shown,
        [
            (ProposalKind::Move, Some("2026-11-18T15:00".into()), Some("Dra. Camila Rocha".into()), true),
            (ProposalKind::OtherResource, Some("2026-11-18T13:30".into()), Some("Rafael Teles".into()), false),
            (ProposalKind::KeepBoth, None, None, false),
        ]
    );
    assert!(ways.iter().all(|way| way.appointment_id == mine.appointment_id), "the contested one moves");
    let ghost = json!({"card_id": Uuid::from_u128(5)}).to_string();
    assert_eq!(clinic.desk.read::<Proposals>(&ghost).unwrap_err(), BookingRefusal::NotFound { what: "card" });
}

#[test]
fn moving_one_of_the_two_as_proposed_settles_the_card_once() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);
    let choose = |start: &str, who: Uuid| {
        let choice = json!({"kind": "move", "appointment_id": who, "start": start,
                            "resource_id": clinic.camila.resource_id});
        clinic.desk.write::<Resolve>(&json!({"card_id": card, "choice": choice}).to_string())
    };

    let stranger = choose("2026-11-18T15:00", Uuid::from_u128(5)).unwrap_err();
    assert_eq!(stranger, BookingRefusal::NotFound { what: "appointment" });
    let taken = choose("2026-11-18T14:15", mine.appointment_id.0).unwrap_err();
    assert!(matches!(taken, BookingRefusal::Overlaps { .. }), "a way out is held to the same rules");
    let settled = choose("2026-11-18T15:00", mine.appointment_id.0).unwrap();

    assert_eq!(settled.resolution.as_deref(), Some("move"));
    assert_eq!((settled.resolved_by.as_deref(), settled.resolved_at), (Some("Lívia Moraes"), Some(clinic.desk.now())));
    let day = clinic.day("2026-11-18");
    assert_eq!((day.conflicts, day.cards[1].start.to_string()), (0, "2026-11-18T15:00".into()));
    assert!(day.cards.iter().all(|card| card.claim != ClaimState::Contested));
    assert!(!day.cards[1].synced && day.cards[0].synced, "what was just moved has not reached the server");
    let again = choose("2026-11-18T16:00", mine.appointment_id.0).unwrap_err();
    assert_eq!(again, BookingRefusal::AlreadyResolved);
    assert_eq!(clinic.desk.read::<Inbox>("{}").unwrap().resolved, [settled]);
}

#[test]
fn both_may_stay_with_a_reason() {
    let clinic = clinic();
    let (_, _, card) = double_booking(&clinic);
    let keep = |reason: &str| {
        let choice = json!({"kind": "keep_both", "reason": reason});
        clinic.desk.write::<Resolve>(&json!({"card_id": card, "choice": choice}).to_string())
    };

    assert_eq!(keep("  ").unwrap_err(), BookingRefusal::ReasonMissing);
    assert_eq!(keep("encaixe").unwrap().resolution.as_deref(), Some("keep_both"));

    let day = clinic.day("2026-11-18");
    assert_eq!(day.conflicts, 0);
    assert_eq!(day.cards.iter().map(|card| card.claim).collect::<Vec<_>>(), [ClaimState::Provisional; 2]);
    assert!(clinic.book(clinic.bruno, "2026-11-18T13:30", &json!({})).is_err(), "the hour is no freer for it");
}

#[test]
fn a_card_dissolves_when_one_of_the_two_is_cancelled() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);

    clinic
        .desk
        .write::<Cancel>(&json!({"appointment_id": mine.appointment_id, "reason": "patient_asked"}).to_string())
        .unwrap();

    let inbox = clinic.desk.read::<Inbox>("{}").unwrap();
    assert!(inbox.open.is_empty());
    assert_eq!((inbox.resolved[0].id.0, inbox.resolved[0].resolution.as_deref()), (card, Some("dissolved")));
    assert_eq!(clinic.day("2026-11-18").conflicts, 0);
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
