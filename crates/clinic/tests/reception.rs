//! Reception, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{
    agenda::{Book, Day, NoShow, Status},
    billing, catalogue, chart, people,
    reception::{Board, BoardCard, CheckIn, Finish, ReceptionBoard, Start, VisitRefusal, WalkIn},
    resources, staff,
};
use domain::id::Uuid;
use founded::Desk;
use serde_json::json;
use store::{StoreError, history};

const NOBODY: &str = "00000000-0000-7000-8000-000000000001";

struct Clinic {
    desk: Desk,
    camila: Uuid,
    first_room: Uuid,
    second_room: Uuid,
    peeling: Uuid,
    mariana: Uuid,
    bruno: Uuid,
}

fn clinic() -> Clinic {
    let desk = Desk::new();
    let person = |json: &str| desk.write::<people::Register>(json).unwrap().id.0;
    let room = |json: &str| desk.write::<resources::AddRoom>(json).unwrap().id.0;
    let camila = desk.write::<staff::Add>(r#"{"given":"Camila","family":"Rocha","title":"Dra.","type":"doctor"}"#);
    let peeling = r#"{"name":"Peeling","price":"350.00","duration_min":45,"buffer_after_min":15}"#;
    Clinic {
        camila: camila.unwrap().resource_id.0,
        first_room: room(r#"{"name":"Sala 1"}"#),
        second_room: room(r#"{"name":"Sala 2"}"#),
        peeling: desk.write::<catalogue::Add>(peeling).unwrap().id.0,
        mariana: person(r#"{"given":"Mariana","family":"Silva"}"#),
        bruno: person(r#"{"given":"Bruno","family":"Cardoso"}"#),
        desk,
    }
}

impl Clinic {
    /// Books a peeling with Camila in the first room and gives the appointment's id.
    fn book(&self, patient: Uuid, start: &str) -> Uuid {
        let input = json!({
            "patient_id": patient, "service_id": self.peeling, "resource_id": self.camila, "room_id": self.first_room,
            "start": start, "outside_hours": true,
        });
        self.desk.write::<Book>(&input.to_string()).unwrap().appointment_id.0
    }

    fn check_in(&self, appointment: Uuid) -> Result<BoardCard, VisitRefusal> {
        self.desk.write::<CheckIn>(&json!({"appointment_id": appointment}).to_string())
    }

    fn start(&self, card: &BoardCard, room: Option<Uuid>) -> Result<BoardCard, VisitRefusal> {
        self.desk.write::<Start>(&json!({"encounter_id": card.card.encounter_id, "room_id": room}).to_string())
    }

    fn finish(&self, card: &BoardCard) -> Result<BoardCard, VisitRefusal> {
        self.desk.write::<Finish>(&json!({"encounter_id": card.card.encounter_id}).to_string())
    }

    fn board(&self) -> ReceptionBoard {
        self.desk.read::<Board>("{}").unwrap()
    }

    /// Resource and phase of an appointment's claims that are not released.
    fn claims(&self, appointment: Uuid) -> Vec<(Uuid, String)> {
        let sql = "select resource_id, phase from resource_allocation \
                   where appointment_id = ?1 and released_at is null \
                   order by (select type from resource where id = resource_id)";
        self.desk
            .store
            .read(self.desk.owner, self.desk.now(), |view| {
                let mut query = view.db().prepare(sql)?;
                let rows = query.query_map([appointment], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }
}

#[test]
fn a_visit_goes_from_expected_to_done_and_the_board_counts_the_minutes() {
    let clinic = clinic();
    let appointment = clinic.book(clinic.mariana, "2026-11-18T09:30");
    clinic.desk.wait_minutes(40);
    let board = clinic.board();
    assert_eq!((board.expected.len(), board.expected[0].minutes), (1, Some(10)), "ten minutes late");

    let arrived = clinic.check_in(appointment).unwrap();
    clinic.desk.wait_minutes(12);
    let board = clinic.board();
    assert_eq!((board.arrived[0].minutes, board.arrived[0].arrived_at), (Some(12), arrived.arrived_at));
    assert_eq!((board.average_wait_min, board.longest_wait_min), (Some(12), Some(12)));

    clinic.start(&arrived, None).unwrap();
    clinic.desk.wait_minutes(45);
    let board = clinic.board();
    assert_eq!((board.in_room[0].minutes, board.longest_wait_min, board.average_wait_min), (Some(45), None, Some(12)));

    let finished = clinic.finish(&arrived).unwrap();
    assert_eq!(finished.card.status, Status::Completed);
    let board = clinic.board();
    assert_eq!(board.to_charge[0].to_charge.unwrap().amount().to_string(), "350.00", "at the price it was booked at");
    assert_eq!((board.to_charge_total.minor(), board.done.len()), (35_000, 0));
}

#[test]
fn arrival_moves_the_appointment_and_the_visit_in_one_entry() {
    let clinic = clinic();
    let appointment = clinic.book(clinic.mariana, "2026-11-18T09:30");

    let card = clinic.check_in(appointment).unwrap();

    assert_eq!(card.card.status, Status::CheckedIn);
    let encounter = card.card.encounter_id.unwrap();
    let entries =
        clinic.desk.store.read(clinic.desk.owner, clinic.desk.now(), |view| history::of_record(view, encounter.0));
    let entries = entries.unwrap();
    assert_eq!((entries.len(), entries[0].header.command.as_str()), (1, "reception.check_in"));
    let day = clinic.desk.read::<Day>(r#"{"date":"2026-11-18"}"#).unwrap();
    assert_eq!(day.cards[0].encounter_id, Some(encounter), "the agenda shows the same visit");
}

#[test]
fn steps_that_the_day_does_not_allow_are_refused_and_change_nothing() {
    let clinic = clinic();
    let appointment = clinic.book(clinic.mariana, "2026-11-18T09:30");
    let refused = |from: &str, to: &str| VisitRefusal::TransitionRefused { from: from.into(), to: to.into() };
    let card = clinic.check_in(appointment).unwrap();

    assert_eq!(clinic.check_in(appointment).unwrap_err(), refused("checked_in", "checked_in"));
    assert_eq!(clinic.finish(&card).unwrap_err(), refused("arrived", "finished"));
    clinic.start(&card, None).unwrap();
    assert_eq!(clinic.start(&card, None).unwrap_err(), refused("in_progress", "in_progress"));
    clinic.finish(&card).unwrap();
    assert_eq!(clinic.finish(&card).unwrap_err(), refused("finished", "finished"));
    assert_eq!(clinic.board().to_charge.len(), 1);
}

#[test]
fn an_appointment_of_another_day_is_not_checked_in_today() {
    let clinic = clinic();
    let tomorrow = clinic.book(clinic.mariana, "2026-11-19T09:30");
    let refusal = clinic.check_in(tomorrow).unwrap_err();
    assert_eq!(refusal, VisitRefusal::NotToday { date: "2026-11-19".parse().unwrap() });
}

#[test]
fn someone_written_off_who_comes_after_all_is_checked_in_and_takes_the_time_back() {
    let clinic = clinic();
    let appointment = clinic.book(clinic.mariana, "2026-11-18T09:30");
    clinic.desk.wait_minutes(60);
    clinic.desk.write::<NoShow>(&json!({"appointment_id": appointment}).to_string()).unwrap();
    assert_eq!((clinic.board().done.len(), clinic.claims(appointment).len()), (1, 0));

    clinic.check_in(appointment).unwrap();

    assert_eq!((clinic.board().arrived.len(), clinic.claims(appointment).len()), (1, 2));
}

#[test]
fn a_start_takes_the_planned_practitioner_and_the_room_one_really_goes_to() {
    let clinic = clinic();
    let appointment = clinic.book(clinic.mariana, "2026-11-18T09:30");
    let card = clinic.check_in(appointment).unwrap();

    let started = clinic.start(&card, Some(clinic.second_room)).unwrap();

    assert_eq!(started.card.room.unwrap().name, "Sala 2");
    let actual = |resource| (resource, "actual".to_owned());
    assert_eq!(clinic.claims(appointment), [actual(clinic.camila), actual(clinic.second_room)]);
    let no_room = clinic.start(&card, Some(clinic.camila)).unwrap_err();
    assert_eq!(no_room, VisitRefusal::NotFound { what: "room" }, "a practitioner is not a room");
}

#[test]
fn a_walk_in_waits_without_a_claim_and_claims_when_taken() {
    let clinic = clinic();
    let booked = clinic.book(clinic.mariana, "2026-11-18T09:00");

    let input = json!({"patient_id": clinic.bruno, "service_id": clinic.peeling, "resource_id": clinic.camila});
    let card = clinic.desk.write::<WalkIn>(&input.to_string()).unwrap();

    assert!(card.walk_in && card.card.status == Status::CheckedIn && card.card.practitioner == "Dra. Camila Rocha");
    let id = card.card.appointment_id.0;
    assert_eq!(clinic.claims(id), [], "nobody's booking is contested because someone walked in");
    clinic.desk.wait_minutes(5);
    assert_eq!(clinic.board().arrived[0].minutes, Some(5));
    clinic.start(&card, Some(clinic.second_room)).unwrap();
    assert_eq!(clinic.claims(id).len(), 2);
    assert_eq!(clinic.claims(booked).len(), 2, "and the other keeps theirs");
    assert_eq!(clinic.finish(&card).unwrap().to_charge.unwrap().minor(), 35_000);
}

#[test]
fn a_walk_in_need_not_say_what_for_or_with_whom() {
    let clinic = clinic();
    let card = clinic.desk.write::<WalkIn>(&json!({"patient_id": clinic.bruno}).to_string()).unwrap();
    assert_eq!((card.card.service, card.card.resource_id, card.card.practitioner.as_str()), (None, None, ""));
    assert_eq!((card.card.end.0 - card.card.start.0).num_minutes(), 30);
}

#[test]
fn what_does_not_exist_neither_comes_nor_goes() {
    let clinic = clinic();
    let walk_in = |input: serde_json::Value| clinic.desk.write::<WalkIn>(&input.to_string()).unwrap_err();
    let missing = |what| VisitRefusal::NotFound { what };
    let bruno = clinic.bruno;

    assert_eq!(clinic.check_in(NOBODY.parse().unwrap()).unwrap_err(), missing("appointment"));
    assert_eq!(walk_in(json!({"patient_id": NOBODY})), missing("patient"));
    assert_eq!(walk_in(json!({"patient_id": bruno, "service_id": NOBODY})), missing("service"));
    assert_eq!(walk_in(json!({"patient_id": bruno, "resource_id": clinic.first_room})), missing("practitioner"));
    let nothing = json!({"encounter_id": NOBODY}).to_string();
    assert_eq!(clinic.desk.write::<Start>(&nothing).unwrap_err(), missing("encounter"));
    assert_eq!(clinic.desk.write::<Finish>(&nothing).unwrap_err(), missing("encounter"));
    assert_eq!(clinic.board().arrived, []);
}

#[test]
fn a_draft_invoice_says_what_is_to_charge_and_an_allergy_shows_on_the_board() {
    let clinic = clinic();
    let card = clinic.check_in(clinic.book(clinic.mariana, "2026-11-18T09:30")).unwrap();
    let allergy = json!({"patient_id": clinic.mariana, "substance": "Látex", "severity": "severe"});
    clinic.desk.write::<chart::AddAllergy>(&allergy.to_string()).unwrap();
    clinic.start(&card, None).unwrap();
    clinic.finish(&card).unwrap();

    let draft = json!({"encounter_id": card.card.encounter_id}).to_string();
    let invoice = clinic.desk.write::<billing::DraftInvoice>(&draft).unwrap();
    let lines =
        json!({"invoice_id": invoice.id, "lines": [{"description": "Peeling", "quantity": "1", "unit": "300.00"}]});
    clinic.desk.write::<billing::AmendDraft>(&lines.to_string()).unwrap();

    let board = clinic.board();
    assert_eq!(board.to_charge_total.minor(), 30_000);
    assert_eq!(board.to_charge[0].card.patient.allergies, ["Látex"]);
}
