//! Playing the script: each event is one write through the door, by the commands that screens use.

use domain::{
    id::{UserId, Uuid},
    time::{CivilDate, TimeOfDay},
};
use serde_json::{Value, json};
use store::{Actor, Store, Tx};

use super::{
    DemoFailed,
    calendar::Visit,
    dice::Dice,
    doors::Doors,
    hand,
    house::OFFERS,
    persons::Person,
    script::{Act, Charging, Event, Terms, Who, Written},
    written,
};

/// What the founding left behind.
pub(super) struct House {
    pub(super) desk: UserId,
    pub(super) professionals: Vec<Staffed>,
    pub(super) services: Vec<Value>,
    /// The consent form of each service, where there is one.
    pub(super) consents: Vec<Option<Value>>,
}

/// Someone who treats, as the records know them.
pub(super) struct Staffed {
    pub(super) user: UserId,
    pub(super) resource: Value,
    pub(super) room: Value,
}

/// The play as far as it has got.
pub(super) struct Play<'a> {
    pub(super) doors: &'a Doors,
    pub(super) house: &'a House,
    pub(super) people: &'a [Person],
    pub(super) visits: &'a [Visit],
    pub(super) dice: &'a mut Dice,
    pub(super) patients: Vec<Value>,
    pub(super) made: Vec<Made>,
}

/// The records of a visit, once there are any.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    appointment: Value,
    encounter: Value,
    invoice: Value,
}

impl Play<'_> {
    pub(super) fn event(&mut self, store: &Store, event: &Event) -> Result<(), DemoFailed> {
        let user = match event.who {
            Who::Desk => self.house.desk,
            Who::Professional(number) => self.house.professionals.get(number).map_or(self.house.desk, |one| one.user),
        };
        let name = event.acts.first().map_or("demo", |act| act.command());
        written(store.write(Actor(user), name, event.at, |tx| event.acts.iter().try_for_each(|act| self.act(tx, act))))
    }

    pub(super) fn act(&mut self, tx: &Tx<'_>, act: &Act) -> Result<(), DemoFailed> {
        match *act {
            Act::Register(person) => self.register(tx, person),
            Act::AskAllergies(person) => self.ask_allergies(tx, person),
            Act::Book(visit) => self.book(tx, visit),
            Act::Confirm(visit) => self.appointment(tx, "agenda.confirm", visit, None),
            Act::Cancel(visit, reason) => self.appointment(tx, "agenda.cancel", visit, Some(reason)),
            Act::NoShow(visit) => self.appointment(tx, "agenda.no_show", visit, None),
            Act::CheckIn(visit) => {
                let input = json!({ "appointment_id": self.made(visit).appointment });
                let card = self.doors.write(tx, "reception.check_in", input)?;
                self.make(visit, |made| made.encounter = take(&card, "encounter_id"));
                Ok(())
            }
            Act::WalkIn(visit) => self.walk_in(tx, visit),
            Act::Consent(visit) => self.consent(tx, visit),
            Act::Start(visit) => {
                let room = self.visit(visit).and_then(|visit| self.house.professionals.get(visit.professional));
                let room = room.map_or(Value::Null, |one| one.room.clone());
                let input = json!({ "encounter_id": self.made(visit).encounter, "room_id": room });
                self.doors.write(tx, "reception.start", input).map(drop)
            }
            Act::Finish(visit) => {
                let input = json!({ "encounter_id": self.made(visit).encounter });
                self.doors.write(tx, "reception.finish", input).map(drop)
            }
            Act::Note(visit, how) => self.note(tx, visit, how),
            Act::Charge(visit, charging) => self.charge(tx, visit, charging),
            Act::PayInstalment(visit, method) => self.pay_instalment(tx, visit, method),
        }
    }

    fn visit(&self, number: usize) -> Option<&Visit> {
        self.visits.get(number)
    }

    fn made(&self, number: usize) -> Made {
        self.made.get(number).cloned().unwrap_or_default()
    }

    fn make(&mut self, number: usize, set: impl FnOnce(&mut Made)) {
        if let Some(made) = self.made.get_mut(number) {
            set(made);
        }
    }

    fn patient(&self, visit: &Visit) -> Value {
        self.patients.get(visit.patient).cloned().unwrap_or_default()
    }

    fn register(&mut self, tx: &Tx<'_>, number: usize) -> Result<(), DemoFailed> {
        let Some(person) = self.people.get(number) else { return Ok(()) };
        let header = self.doors.write(tx, "people.register", person.form.clone())?;
        if let Some(place) = self.patients.get_mut(number) {
            *place = take(&header, "id");
        }
        Ok(())
    }

    fn ask_allergies(&mut self, tx: &Tx<'_>, number: usize) -> Result<(), DemoFailed> {
        let Some(person) = self.people.get(number) else { return Ok(()) };
        let id = self.patients.get(number).cloned().unwrap_or_default();
        if let Some((substance, reaction, severity)) = person.allergy {
            let input = json!({ "patient_id": id, "substance": substance, "reaction": reaction, "severity": severity });
            self.doors.write(tx, "chart.add_allergy", input)?;
        } else if person.none_known {
            self.doors.write(tx, "chart.no_known_allergies", json!({ "patient_id": id }))?;
        }
        Ok(())
    }

    fn book(&mut self, tx: &Tx<'_>, number: usize) -> Result<(), DemoFailed> {
        let Some(visit) = self.visit(number).cloned() else { return Ok(()) };
        let one = self.house.professionals.get(visit.professional);
        let input = json!({
            "patient_id": self.patient(&visit),
            "service_id": self.house.services.get(visit.service),
            "resource_id": one.map(|one| &one.resource),
            "room_id": one.map(|one| &one.room),
            "start": wall(visit.day, visit.start),
        });
        let card = self.doors.write(tx, "agenda.book", input)?;
        self.make(number, |made| made.appointment = take(&card, "appointment_id"));
        Ok(())
    }

    fn walk_in(&mut self, tx: &Tx<'_>, number: usize) -> Result<(), DemoFailed> {
        let Some(visit) = self.visit(number).cloned() else { return Ok(()) };
        let input = json!({ "patient_id": self.patient(&visit), "service_id": self.house.services.get(visit.service) });
        let card = self.doors.write(tx, "reception.walk_in", input)?;
        self.make(number, |made| {
            made.appointment = take(&card, "appointment_id");
            made.encounter = take(&card, "encounter_id");
        });
        Ok(())
    }

    fn appointment(
        &mut self,
        tx: &Tx<'_>,
        command: &'static str,
        number: usize,
        reason: Option<&str>,
    ) -> Result<(), DemoFailed> {
        let mut input = json!({ "appointment_id": self.made(number).appointment });
        if let (Some(fields), Some(reason)) = (input.as_object_mut(), reason) {
            fields.insert("reason".into(), reason.into());
        }
        self.doors.write(tx, command, input).map(drop)
    }

    fn consent(&mut self, tx: &Tx<'_>, number: usize) -> Result<(), DemoFailed> {
        let Some(visit) = self.visit(number).cloned() else { return Ok(()) };
        let Some(Some(template)) = self.house.consents.get(visit.service) else { return Ok(()) };
        let input = json!({
            "patient_id": self.patient(&visit),
            "template_id": template.get("id"),
            "appointment_id": self.made(number).appointment,
            "values": values(template, self.dice),
        });
        let prepared = self.doors.write(tx, "documents.prepare", input)?;
        let document = take(&prepared, "id");
        let purposes: Vec<Value> = list(&prepared, "purposes")
            .iter()
            .map(|purpose| {
                let needed = purpose.get("required").and_then(Value::as_bool).unwrap_or(false);
                json!({ "key": purpose.get("key"), "granted": needed || self.dice.percent(60) })
            })
            .collect();
        let name = self.people.get(visit.patient).map(|person| person.name.clone()).unwrap_or_default();
        self.sign(tx, &document, "patient", &name, &purposes)?;
        if prepared.get("needs_witness").and_then(Value::as_bool).unwrap_or(false) {
            self.sign(tx, &document, "witness", "Lívia Moraes", &[])?;
        }
        self.doors.write(tx, "documents.seal", json!({ "document_id": document })).map(drop)
    }

    fn sign(
        &mut self,
        tx: &Tx<'_>,
        document: &Value,
        role: &str,
        name: &str,
        purposes: &[Value],
    ) -> Result<(), DemoFailed> {
        let (strokes, pad) = hand::signature(self.dice);
        let mut input = json!({ "document_id": document, "role": role, "name": name, "strokes": strokes, "pad": pad });
        if let (Some(fields), false) = (input.as_object_mut(), purposes.is_empty()) {
            fields.insert("purposes".into(), purposes.into());
        }
        self.doors.write(tx, "documents.sign", input).map(drop)
    }

    fn note(&mut self, tx: &Tx<'_>, number: usize, how: Written) -> Result<(), DemoFailed> {
        let Some(visit) = self.visit(number).cloned() else { return Ok(()) };
        let Some(offer) = OFFERS.get(visit.service) else { return Ok(()) };
        let kind = if offer.consent.is_some() { "procedure_note" } else { "progress_note" };
        let input = json!({
            "patient_id": self.patient(&visit),
            "encounter_id": self.made(number).encounter,
            "title": offer.name,
            "kind": kind,
            "body": self.dice.pick(offer.notes, "Sem intercorrências."),
        });
        let draft = self.doors.write(tx, "chart.draft_note", input)?;
        let note = self.doors.write(tx, "chart.save_note", json!({ "draft_id": draft.get("id") }))?;
        if how == Written::Signed {
            self.doors.write(tx, "chart.sign_note", json!({ "note_id": note.get("id") }))?;
        }
        Ok(())
    }

    fn charge(&mut self, tx: &Tx<'_>, number: usize, charging: Charging) -> Result<(), DemoFailed> {
        let draft = self.doors.write(tx, "billing.draft", json!({ "encounter_id": self.made(number).encounter }))?;
        let invoice = take(&draft, "id");
        self.make(number, |made| made.invoice = invoice.clone());
        let mut total = cents(&draft, "total");
        if charging.discount > 0 || charging.product {
            let mut lines: Vec<Value> = list(&draft, "lines")
                .iter()
                .map(|line| {
                    let off = cents(line, "total") * charging.discount / 100;
                    json!({
                        "id": line.get("id"), "service_id": line.get("service_id"), "description": line.get("description"),
                        "quantity": line.get("quantity"), "unit": line.pointer("/unit/amount"), "discount": decimal(off),
                    })
                })
                .collect();
            if charging.product {
                lines.push(json!({ "description": "Protetor solar FPS 60, 50 ml", "quantity": "1", "unit": "89.90" }));
            }
            let input = json!({ "invoice_id": invoice, "lines": lines });
            total = cents(&self.doors.write(tx, "billing.amend_draft", input)?, "total");
        }
        let mut terms = json!({ "invoice_id": invoice });
        let fields = terms.as_object_mut();
        match (charging.terms, fields) {
            (Terms::Draft, _) | (_, None) => return Ok(()),
            (Terms::Paid(method), Some(fields)) => {
                fields.insert("payment".into(), json!({ "amount": decimal(total), "method": method }));
            }
            (Terms::Instalments { method, count, first_on }, Some(fields)) => {
                fields.insert("payment".into(), json!({ "amount": decimal(total * 3 / 10), "method": method }));
                fields.insert("instalments".into(), json!({ "count": count, "first_on": first_on.to_string() }));
            }
            (Terms::Later(due_on), Some(fields)) => {
                fields.insert("due_on".into(), due_on.to_string().into());
            }
        }
        self.doors.write(tx, "billing.issue", terms).map(drop)
    }

    /// The first part that is not paid yet, or all that is open where there is no plan.
    fn pay_instalment(&mut self, tx: &Tx<'_>, number: usize, method: &str) -> Result<(), DemoFailed> {
        let invoice = self.made(number).invoice;
        let open = self.doors.read(tx, "billing.open", json!({ "invoice_id": invoice }))?;
        let part =
            list(&open, "instalments").iter().find(|part| part.get("state").and_then(Value::as_str) != Some("paid"));
        let amount = part.map_or_else(|| cents(&open, "open"), |part| cents(part, "amount"));
        let input = json!({ "invoice_id": invoice, "amount": decimal(amount), "method": method });
        self.doors.write(tx, "billing.pay", input).map(drop)
    }
}

impl Act {
    /// The command that names the journal's entry.
    const fn command(self) -> &'static str {
        match self {
            Self::Register(_) => "people.register",
            Self::AskAllergies(_) => "chart.add_allergy",
            Self::Book(_) => "agenda.book",
            Self::Confirm(_) => "agenda.confirm",
            Self::Cancel(..) => "agenda.cancel",
            Self::NoShow(_) => "agenda.no_show",
            Self::CheckIn(_) => "reception.check_in",
            Self::WalkIn(_) => "reception.walk_in",
            Self::Consent(_) => "documents.seal",
            Self::Start(_) => "reception.start",
            Self::Finish(_) => "reception.finish",
            Self::Note(..) => "chart.save_note",
            Self::Charge(..) => "billing.issue",
            Self::PayInstalment(..) => "billing.pay",
        }
    }
}

/// What a consent form asks to be filled in.
fn values(template: &Value, dice: &mut Dice) -> Value {
    let mut values = serde_json::Map::new();
    for field in list(template, "fields") {
        let Some(key) = field.get("key").and_then(Value::as_str) else { continue };
        let value = match key {
            "region" => dice.pick(&["terço superior da face", "terço médio da face", "face", "axilas"], "face"),
            "product" => "ácido hialurônico 24 mg/ml, 1 ml",
            "agent" => "ácido mandélico 30 %",
            "session" => "1",
            "units" => "30 U",
            _ => "nada a acrescentar",
        };
        values.insert(key.to_owned(), value.into());
    }
    Value::Object(values)
}

fn take(value: &Value, key: &str) -> Value {
    value.get(key).cloned().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A money field's cents.
fn cents(value: &Value, key: &str) -> i64 {
    let amount = value.get(key).and_then(|money| money.get("amount")).and_then(Value::as_str);
    amount.and_then(|amount| amount.replace('.', "").parse().ok()).unwrap_or(0)
}

/// Cents as the wire writes them.
fn decimal(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A wall time on the wire.
pub(super) fn wall(day: CivilDate, minute: i64) -> String {
    TimeOfDay::from_minutes(minute).map(|time| day.at(time).to_string()).unwrap_or_default()
}

/// An id as it stands in an answer.
pub(super) fn id_of(value: &Value, key: &'static str) -> Result<Uuid, DemoFailed> {
    serde_json::from_value(take(value, key))
        .map_err(|error| DemoFailed::Input { command: key, detail: error.to_string() })
}
