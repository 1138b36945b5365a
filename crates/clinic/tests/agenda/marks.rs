//! What a card shows of what other areas know: money, consent, allergies, who has been here before.

use clinic::{
    agenda::{AgendaCard, CardMoney, Open},
    billing::{DraftInvoice, IssueInvoice, Pay},
    catalogue,
    system::{self, Why},
};
use domain::{id::Uuid, state::APPOINTMENT};
use serde_json::json;
use store::Actor;

use super::{Clinic, clinic};

impl Clinic {
    /// The appointment goes through these statuses, as reception takes it.
    fn goes(&self, card: &AgendaCard, statuses: &[&str]) {
        for status in statuses {
            self.desk
                .store
                .write(Actor(self.desk.owner), "reception.test", self.desk.now(), |tx| {
                    let taken = system::advance(tx, &APPOINTMENT, card.appointment_id.0, status, Why::default())?;
                    taken.expect("the machine allows it");
                    Ok::<_, clinic::Failure>(())
                })
                .unwrap();
        }
    }

    fn now(&self, card: &AgendaCard) -> AgendaCard {
        self.desk.read::<Open>(&Self::of(card)).unwrap().card
    }

    fn sql(&self, sql: &str, values: &[&dyn store::rusqlite::ToSql]) {
        self.desk
            .store
            .write(Actor(self.desk.owner), "test", self.desk.now(), |tx| {
                tx.db().execute(sql, values).map_err(clinic::Failure::from)
            })
            .unwrap();
    }
}

#[test]
fn a_treated_visit_is_to_bill_then_unpaid_then_paid() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    clinic.goes(&card, &["checked_in", "in_progress"]);
    assert_eq!(clinic.now(&card).money, CardMoney::None);
    clinic.goes(&card, &["completed"]);
    assert_eq!(clinic.now(&card).money, CardMoney::ToBill);

    let draft = clinic.desk.write::<DraftInvoice>(&Clinic::of(&card)).unwrap();
    assert_eq!(clinic.now(&card).money, CardMoney::ToBill, "a draft is no invoice");
    clinic.desk.write::<IssueInvoice>(&json!({"invoice_id": draft.id}).to_string()).unwrap();
    let unpaid = clinic.now(&card);
    assert_eq!((unpaid.money, unpaid.flags.balance), (CardMoney::Unpaid, true));
    let page = clinic.desk.read::<Open>(&Clinic::of(&card)).unwrap();
    let balance = serde_json::to_value(page.checklist.last().unwrap()).unwrap();
    assert_eq!((balance["done"].as_bool(), balance["detail"].as_str()), (Some(false), Some("350.00")));

    let part = |amount: &str| json!({"invoice_id": draft.id, "amount": amount, "method": "pix"}).to_string();
    clinic.desk.write::<Pay>(&part("100.00")).unwrap();
    assert_eq!(clinic.now(&card).money, CardMoney::Unpaid, "a part is not the whole");
    clinic.desk.write::<Pay>(&part("250.00")).unwrap();
    let paid = clinic.now(&card);
    assert_eq!((paid.money, paid.flags.balance), (CardMoney::Paid, false));
}

#[test]
fn what_falls_due_later_as_agreed_is_nothing_to_charge_today() {
    let clinic = clinic();
    let treated = |start: &str| {
        let card = clinic.book(clinic.mariana, start, &json!({})).unwrap();
        clinic.goes(&card, &["checked_in", "in_progress", "completed"]);
        let draft = clinic.desk.write::<DraftInvoice>(&Clinic::of(&card)).unwrap();
        (card, draft.id)
    };
    let issue = |terms: serde_json::Value| clinic.desk.write::<IssueInvoice>(&terms.to_string()).unwrap();

    let (card, invoice) = treated("2026-11-18T09:00");
    let parts = json!({"count": 2, "first_on": "2026-12-18"});
    let now = json!({"amount": "50.00", "method": "pix"});
    issue(json!({"invoice_id": invoice, "payment": now, "instalments": parts}));
    assert_eq!((clinic.now(&card).money, clinic.now(&card).flags.balance), (CardMoney::Agreed, true));

    let (card, invoice) = treated("2026-11-18T14:00");
    issue(json!({"invoice_id": invoice, "due_on": "2026-11-19"}));
    assert_eq!(clinic.now(&card).money, CardMoney::Agreed);

    let (card, invoice) = treated("2026-11-18T16:00");
    issue(json!({"invoice_id": invoice, "due_on": "2026-11-18"}));
    assert_eq!(clinic.now(&card).money, CardMoney::Unpaid, "due today is due");
}

#[test]
fn a_visit_that_costs_nothing_is_never_to_bill() {
    let clinic = clinic();
    let free = clinic.desk.write::<catalogue::Add>(r#"{"name":"Retorno","price":"0","duration_min":15}"#).unwrap();
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({"service_id": free.id})).unwrap();
    clinic.goes(&card, &["checked_in", "in_progress", "completed"]);
    assert_eq!(clinic.now(&card).money, CardMoney::None);
}

#[test]
fn who_has_been_treated_is_not_new_the_next_time() {
    let clinic = clinic();
    let first = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    let next = clinic.book(clinic.mariana, "2026-11-19T09:00", &json!({})).unwrap();
    assert!(first.flags.new_patient && next.flags.new_patient, "nobody has seen them yet");

    clinic.goes(&first, &["checked_in", "in_progress", "completed"]);

    assert!(clinic.now(&first).flags.new_patient, "that day they were");
    assert!(!clinic.now(&next).flags.new_patient);
}

#[test]
fn an_allergy_is_on_every_card_of_the_patient_until_it_is_struck_out() {
    let clinic = clinic();
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    let allergy = Uuid::from_u128(0x61);
    clinic.sql(
        "insert into allergy_intolerance (id, created_at, created_by, patient_id, substance, severity)
         values (?1, 1, ?2, ?3, 'lidocaína', 'severe')",
        &[&allergy, &clinic.desk.owner.0, &clinic.mariana],
    );
    let marked = clinic.now(&card);
    assert_eq!((marked.flags.alert, marked.patient.allergies), (true, vec!["lidocaína".to_owned()]));

    clinic.sql("update allergy_intolerance set deleted_at = 2, struck_reason = 'engano' where id = ?1", &[&allergy]);
    assert!(!clinic.now(&card).flags.alert);
}

/// A text, or a later revision of one.
fn publish(clinic: &Clinic, id: u128, supersedes: Option<Uuid>) -> Uuid {
    let id = Uuid::from_u128(id);
    clinic.sql(
        "insert into document_template (id, created_at, created_by, kind, title, locale, version, body, published_at,
           supersedes_id)
         values (?1, 1, ?2, 'consent', 'Termo de peeling', 'pt-BR', 1, '{}', 1, ?3)",
        &[&id, &clinic.desk.owner.0, &supersedes],
    );
    id
}

/// A document that Mariana has not answered yet.
fn prepare(clinic: &Clinic, id: u128, template: Uuid, visit: Option<&AgendaCard>) -> Uuid {
    let id = Uuid::from_u128(id);
    clinic.sql(
        "insert into document (id, created_at, created_by, patient_id, appointment_id, template_id, kind, title, locale,
           content, content_hash)
         values (?1, 1, ?2, ?3, ?4, ?5, 'consent', 'Termo de peeling', 'pt-BR', '{}', x'00')",
        &[&id, &clinic.desk.owner.0, &clinic.mariana, &visit.map(|card| card.appointment_id.0), &template],
    );
    id
}

fn needs(clinic: &Clinic, template: Uuid) {
    let input = json!({"id": clinic.peeling.id, "consent_template_id": template}).to_string();
    clinic.desk.write::<catalogue::Amend>(&input).unwrap();
}

#[test]
fn a_consent_is_missing_until_one_is_sealed_and_an_open_one_is_the_one_to_sign() {
    let clinic = clinic();
    let template = publish(&clinic, 0x71, None);
    needs(&clinic, template);
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    assert!(card.flags.consent_missing);

    let document = prepare(&clinic, 0x72, template, None);
    let page = clinic.desk.read::<Open>(&Clinic::of(&card)).unwrap();
    assert_eq!(
        serde_json::to_value(&page.checklist[2]).unwrap(),
        json!({"key": "consent", "done": false, "detail": "Termo de peeling", "ref": document}),
    );

    clinic.sql("update document set sealed_at = 2 where id = ?1", &[&document]);
    assert!(!clinic.now(&card).flags.consent_missing);
    let page = clinic.desk.read::<Open>(&Clinic::of(&card)).unwrap();
    assert!(page.checklist[2].done);
    let other = clinic.book(clinic.bruno, "2026-11-18T11:00", &json!({})).unwrap();
    assert!(other.flags.consent_missing, "another patient's consent is not theirs");
}

#[test]
fn a_yes_to_one_revision_holds_for_every_revision_of_the_text_and_for_no_other_text() {
    let clinic = clinic();
    let first = publish(&clinic, 0x71, None);
    let second = publish(&clinic, 0x72, Some(first));
    // Two desks revised the same text at once.
    let twin = publish(&clinic, 0x73, Some(first));
    let another = publish(&clinic, 0x74, None);
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    let document = prepare(&clinic, 0x75, second, None);
    clinic.sql("update document set sealed_at = 2 where id = ?1", &[&document]);

    for (asked, missing) in [(first, false), (second, false), (twin, false), (another, true)] {
        needs(&clinic, asked);
        assert_eq!(clinic.now(&card).flags.consent_missing, missing, "{asked}");
    }
}

#[test]
fn the_latest_answer_counts_and_a_paper_that_does_not_ask_for_the_treatment_is_no_answer() {
    let clinic = clinic();
    let (template, image) = (publish(&clinic, 0x71, None), publish(&clinic, 0x72, None));
    needs(&clinic, template);
    let card = clinic.book(clinic.mariana, "2026-11-18T09:00", &json!({})).unwrap();
    let missing = || clinic.now(&card).flags.consent_missing;

    let photos = prepare(&clinic, 0x73, image, Some(&card));
    clinic.sql("update document set sealed_at = 2 where id = ?1", &[&photos]);
    assert!(missing(), "an image authorisation sealed for the visit");
    clinic.sql(
        "insert into consent (id, created_at, created_by, patient_id, document_id, purpose, decision, effective_at)
         values (?1, 2, ?1, ?2, ?3, 'treatment', 'granted', 2)",
        &[&Uuid::from_u128(0x74), &clinic.mariana, &photos],
    );
    assert!(!missing(), "the same in another language, say: it asks for the treatment");

    let no = prepare(&clinic, 0x75, template, None);
    clinic.sql("update document set refused_at = 3 where id = ?1", &[&no]);
    assert!(missing(), "she has thought better of it");
    let yes = prepare(&clinic, 0x76, template, None);
    clinic.sql("update document set sealed_at = 4 where id = ?1", &[&yes]);
    assert!(!missing());
}
