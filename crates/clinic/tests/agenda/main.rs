//! The agenda, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod booking;
mod days;
#[path = "../founded/mod.rs"]
mod founded;
mod inbox;
mod marks;
mod moving;

use clinic::{
    agenda::{AgendaCard, AgendaDay, Book, BookingRefusal, Day, Move},
    catalogue, people, resources, staff,
};
use domain::id::Uuid;
use founded::Desk;
use serde_json::json;

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

    fn day(&self, date: &str) -> AgendaDay {
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
