//! Billing, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{
    billing::{
        Account, AmendDraft, DiscardDraft, DraftInvoice, InstalmentState, Invoice, InvoiceState, IssueInvoice,
        ListInvoices, OpenInvoice, Pay, PaymentState, PixOfInvoice, SeriesFault, Split, faults, invoice_paper,
        receipt_paper,
    },
    organization::AmendClinic,
    people::{Open, Register},
};
use domain::id::{EncounterId, PatientId, PaymentId, Uuid};
use founded::Desk;
use papers::receipt::Sheet;
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{Actor, StoreError, WriteFailed, history, rusqlite};

fn patient(desk: &Desk) -> PatientId {
    let person = r#"{"given":"Mariana","family":"Silva Costa","preferred_name":"Mari",
        "identifier":{"type":"cpf","value":"529.982.247-25"}}"#;
    desk.write::<Register>(person).unwrap().id
}

/// A visit with Dra. Camila for a service of the list at R$ 1.150,00, promised at booking for R$ 1.035,00.
fn visit(desk: &Desk, patient: PatientId) -> EncounterId {
    let by = desk.owner.0;
    let at = desk.now().millis();
    let written = desk.store.write(Actor(desk.owner), "test.visit", desk.now(), |tx| {
        let ids: Vec<Uuid> = (0..6).map(|_| tx.new_id()).collect();
        let db = tx.db();
        db.execute(
            "insert into practitioner (id, created_at, created_by, given, family, title, type, active)
             values (?1, ?2, ?3, 'Camila', 'Rocha', 'Dra.', 'doctor', 1)",
            (ids[0], at, by),
        )?;
        db.execute(
            "insert into resource (id, created_at, created_by, type, name, practitioner_id, capacity, active)
             values (?1, ?2, ?3, 'practitioner', 'Dra. Camila Rocha', ?4, 1, 1)",
            (ids[1], at, by, ids[0]),
        )?;
        db.execute(
            "insert into service
               (id, created_at, created_by, name, duration_min, buffer_before_min, buffer_after_min, active)
             values (?1, ?2, ?3, 'Toxina botulínica', 45, 0, 15, 1)",
            (ids[2], at, by),
        )?;
        db.execute(
            "insert into service_price (id, created_at, created_by, service_id, amount_minor, currency, valid_from)
             values (?1, ?2, ?3, ?4, 115000, 'BRL', '2026-01-01')",
            (ids[3], at, by, ids[2]),
        )?;
        db.execute(
            "insert into appointment
               (id, created_at, created_by, patient_id, service_id, start_wall, duration_min, zone, start_at, end_at,
                tzdata, price_minor, currency, booking_method)
             values (?1, ?2, ?3, ?4, ?5, '2026-11-18T09:00', 45, 'America/Sao_Paulo', ?2, ?2 + 2700000, '2026a', 103500,
                     'BRL', 'desk')",
            (ids[4], at, by, patient.0, ids[2]),
        )?;
        db.execute(
            "insert into encounter (id, created_at, created_by, appointment_id, patient_id, service_id, resource_id, arrived_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?2)",
            (ids[5], at, by, ids[4], patient.0, ids[2], ids[1]),
        )?;
        Ok::<_, rusqlite::Error>(EncounterId(ids[5]))
    });
    written.unwrap().value
}

fn draft(desk: &Desk) -> Invoice {
    let encounter = visit(desk, patient(desk));
    desk.write::<DraftInvoice>(&json!({ "encounter_id": encounter }).to_string()).unwrap()
}

fn line(description: &str, unit: &str) -> Value {
    json!({ "description": description, "quantity": "1", "unit": unit })
}

fn amend(desk: &Desk, invoice: &Invoice, lines: &[Value]) -> Result<Invoice, Value> {
    desk.write::<AmendDraft>(&json!({ "invoice_id": invoice.id, "lines": lines }).to_string()).map_err(code)
}

fn issue(desk: &Desk, invoice: &Invoice, more: Value) -> Result<Invoice, Value> {
    let mut input = json!({ "invoice_id": invoice.id });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk.write::<IssueInvoice>(&input.to_string()).map_err(code)
}

fn pay(desk: &Desk, invoice: &Invoice, amount: &str) -> Result<Invoice, Value> {
    let input = json!({ "invoice_id": invoice.id, "amount": amount, "method": "pix" });
    desk.write::<Pay>(&input.to_string()).map_err(code)
}

/// A refusal as it crosses to the screen.
fn code(refusal: impl serde::Serialize) -> Value {
    serde_json::to_value(refusal).unwrap()
}

fn no_faults(desk: &Desk) -> Vec<SeriesFault> {
    desk.store.read(desk.owner, desk.now(), |view| Ok::<_, StoreError>(faults(view).unwrap())).unwrap()
}

#[test]
fn a_visit_is_drafted_at_the_price_promised_and_its_draft_is_found_again() {
    let desk = Desk::new();
    let encounter = visit(&desk, patient(&desk));
    let input = json!({ "encounter_id": encounter }).to_string();

    let draft = desk.write::<DraftInvoice>(&input).unwrap();

    assert_eq!((draft.state, &draft.number, draft.payment_state), (InvoiceState::Draft, &None, PaymentState::Unpaid));
    assert_eq!((draft.total.minor(), draft.open.minor()), (103_500, 103_500));
    assert_eq!(draft.lines[0].description, "Toxina botulínica");
    assert_eq!(draft.lines[0].performer.as_deref(), Some("Dra. Camila Rocha"));
    assert_eq!(draft.patient.name, "Mari Silva Costa", "as the clinic calls her");
    assert_eq!(draft.payer.name, "Mariana Silva Costa", "as the tax office does");
    assert_eq!(draft.payer.tax_id.as_deref(), Some("52998224725"));
    let appointment = draft.appointment_id.unwrap();
    assert_eq!(desk.write::<DraftInvoice>(&input).unwrap().id, draft.id);
    let by_appointment = json!({ "appointment_id": appointment }).to_string();
    assert_eq!(desk.write::<DraftInvoice>(&by_appointment).unwrap().id, draft.id);

    issue(&desk, &draft, json!({})).unwrap();
    let again = desk.write::<DraftInvoice>(&input).unwrap();
    assert_eq!((again.id, again.state), (draft.id, InvoiceState::Issued), "a visit is charged once");
}

#[test]
fn an_appointment_nobody_came_to_yet_is_drafted_with_its_practitioners_service() {
    let desk = Desk::new();
    let mari = patient(&desk);
    visit(&desk, mari);
    let appointment: Uuid = desk
        .store
        .read(desk.owner, desk.now(), |view| {
            view.db().query_row("select id from appointment", [], |row| row.get(0)).map_err(StoreError::from)
        })
        .unwrap();

    let draft = desk.write::<DraftInvoice>(&json!({ "appointment_id": appointment }).to_string()).unwrap();

    assert_eq!(draft.appointment_id.map(|id| id.0), Some(appointment));
    assert_eq!(draft.total.minor(), 103_500);
}

#[test]
fn a_visit_nobody_knows_is_refused() {
    let desk = Desk::new();
    for key in ["encounter_id", "appointment_id", "patient_id"] {
        let refusal = desk.write::<DraftInvoice>(&json!({ key: Uuid::from_u128(7) }).to_string()).unwrap_err();
        assert_eq!(code(refusal), json!({ "code": "not_found" }), "{key}");
    }
    let nobody = json!({ "invoice_id": Uuid::from_u128(7) }).to_string();
    assert_eq!(code(desk.read::<OpenInvoice>(&nobody).unwrap_err()), json!({ "code": "not_found" }));
    assert_eq!(code(desk.write::<DiscardDraft>(&nobody).unwrap_err()), json!({ "code": "not_found" }));
    assert_eq!(code(desk.write::<IssueInvoice>(&nobody).unwrap_err()), json!({ "code": "not_found" }));
}

#[test]
fn lines_are_changed_added_and_struck_out_and_only_what_differs_is_journalled() {
    let desk = Desk::new();
    let draft = draft(&desk);
    desk.wait_minutes(3);

    let mut first = line("Toxina botulínica, terço superior", "1150.00");
    first["id"] = json!(draft.lines[0].id);
    first["discount"] = json!("115.00");
    let amended = amend(&desk, &draft, &[line("Peeling", "320"), first]).unwrap();

    assert_eq!(amended.lines.iter().map(|line| line.total.minor()).collect::<Vec<_>>(), [32_000, 103_500]);
    assert_eq!((amended.subtotal.minor(), amended.discount.minor(), amended.total.minor()), (147_000, 11_500, 135_500));
    assert_eq!(amended.lines[0].performer.as_deref(), Some("Dra. Camila Rocha"), "who treated stands on what is added");
    assert_eq!(amended.saved_at, desk.now());
    let opened = desk.read::<OpenInvoice>(&json!({ "invoice_id": draft.id }).to_string()).unwrap();
    assert_eq!(opened, amended, "what was answered is what is read");

    let entries = |line: Uuid| desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, line)).unwrap();
    let before = entries(draft.lines[0].id.0).len();
    desk.wait_minutes(1);
    let same: Vec<Value> = amended
        .lines
        .iter()
        .map(|line| {
            json!({ "id": line.id, "description": line.description, "quantity": line.quantity,
                    "unit": line.unit.amount().to_string(), "discount": line.discount.amount().to_string() })
        })
        .collect();
    amend(&desk, &draft, &same).unwrap();
    assert_eq!(entries(draft.lines[0].id.0).len(), before, "saving the same again says nothing");

    let left = amend(&desk, &draft, &same[1..]).unwrap();
    assert_eq!((left.lines.len(), left.total.minor()), (1, 103_500));
}

#[test]
fn lines_that_make_no_sense_are_refused_by_their_place() {
    let desk = Desk::new();
    let draft = draft(&desk);
    let good = line("Peeling", "320");
    for (bad, refusal) in [
        (line("  ", "1"), json!({ "code": "description_missing", "line": 2 })),
        (line("x", "1,50"), json!({ "code": "amount_invalid", "line": 2 })),
        (json!({ "description": "x", "quantity": "0", "unit": "1" }), json!({ "code": "amount_invalid", "line": 2 })),
        (
            json!({ "description": "x", "quantity": "1", "unit": "1", "discount": "1.01" }),
            json!({ "code": "discount_too_large", "line": 2 }),
        ),
        (
            json!({ "id": Uuid::from_u128(9), "description": "x", "quantity": "1", "unit": "1" }),
            json!({ "code": "not_found" }),
        ),
    ] {
        assert_eq!(amend(&desk, &draft, &[good.clone(), bad]), Err(refusal));
    }
    let opened = desk.read::<OpenInvoice>(&json!({ "invoice_id": draft.id }).to_string()).unwrap();
    assert_eq!(opened.lines, draft.lines, "a refusal leaves nothing behind");
}

#[test]
fn a_discarded_draft_is_gone_from_every_list_and_uses_no_number() {
    let desk = Desk::new();
    let first = draft(&desk);
    desk.write::<DiscardDraft>(&json!({ "invoice_id": first.id }).to_string()).unwrap();

    assert_eq!(desk.read::<ListInvoices>("{}").unwrap(), []);
    assert_eq!(issue(&desk, &first, json!({})), Err(json!({ "code": "not_found" })));
    let encounter = first.encounter_id.unwrap();
    let second = desk.write::<DraftInvoice>(&json!({ "encounter_id": encounter }).to_string()).unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(issue(&desk, &second, json!({})).unwrap().number.as_deref(), Some("A-000001"));
}

#[test]
fn issuing_numbers_freezes_takes_the_payment_and_agrees_the_plan_in_one_entry() {
    let desk = Desk::new();
    let draft = draft(&desk);
    let draft = amend(&desk, &draft, &[line("Bioestimulador", "3155.00")]).unwrap();
    let terms = json!({
        "payment": { "amount": "1000", "method": "pix" },
        "instalments": { "count": 3, "first_on": "2026-12-18" }
    });

    let issued = issue(&desk, &draft, terms).unwrap();

    assert_eq!((issued.number.as_deref(), issued.state), (Some("A-000001"), InvoiceState::Issued));
    assert_eq!(issued.issue_on.unwrap().to_string(), "2026-11-18");
    assert_eq!(issued.due_on.unwrap().to_string(), "2027-02-18", "when all of it is due");
    assert_eq!((issued.paid.minor(), issued.open.minor()), (100_000, 215_500));
    assert_eq!(issued.payment_state, PaymentState::Partial);
    assert_eq!(issued.payments[0].receipt_number, "A-R-000001");
    let parts: Vec<_> = issued.instalments.iter().map(|part| part.amount.minor()).collect();
    assert_eq!(parts, [71_834, 71_833, 71_833]);
    assert!(issued.instalments.iter().all(|part| part.state == InstalmentState::Open));
    let history = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, draft.id.0)).unwrap();
    let entry = history.last().unwrap();
    assert_eq!(entry.header.command, "billing.issue");
    let payment =
        desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, issued.payments[0].id.0)).unwrap();
    assert_eq!(payment[0].header.seq, entry.header.seq, "number and payment are one write");
    assert_eq!(no_faults(&desk), []);
}

#[test]
fn an_issued_invoice_never_changes_not_even_behind_the_commands() {
    let desk = Desk::new();
    let issued = issue(&desk, &draft(&desk), json!({})).unwrap();

    let refused = json!({ "code": "already_issued" });
    assert_eq!(amend(&desk, &issued, &[line("x", "1")]), Err(refused.clone()));
    assert_eq!(issue(&desk, &issued, json!({})), Err(refused.clone()));
    let discard = desk.write::<DiscardDraft>(&json!({ "invoice_id": issued.id }).to_string());
    assert_eq!(discard.map_err(code), Err(refused));
    for sql in [
        "update invoice set total_minor = 1 where id = ?1",
        "update invoice_line set unit_minor = 1 where invoice_id = ?1",
        "delete from invoice where id = ?1",
    ] {
        let behind = desk.store.write(Actor(desk.owner), "test.forge", desk.now(), |tx| {
            tx.db().execute(sql, [issued.id.0])?;
            Ok::<_, rusqlite::Error>(())
        });
        assert!(matches!(behind, Err(WriteFailed::Store(StoreError::Rule { .. }))), "{sql}");
    }
    assert_eq!(no_faults(&desk), []);
}

#[test]
fn what_cannot_be_issued_is_refused_and_uses_no_number() {
    let desk = Desk::new();
    let draft = draft(&desk);
    for (terms, refusal) in [
        (json!({ "payment": { "amount": "0", "method": "cash" } }), json!({ "code": "amount_invalid" })),
        (json!({ "payment": { "amount": "1,0", "method": "cash" } }), json!({ "code": "amount_invalid" })),
        (
            json!({ "payment": { "amount": "1035.01", "method": "cash" } }),
            json!({ "code": "payment_too_large", "open": { "amount": "1035.00", "currency": "BRL" } }),
        ),
        (
            json!({ "instalments": { "count": 25, "first_on": "2026-12-18" } }),
            json!({ "code": "count_invalid", "most": 24 }),
        ),
        (
            json!({ "payment": { "amount": "1035", "method": "cash" }, "instalments": { "count": 2, "first_on": "2026-12-18" } }),
            json!({ "code": "count_invalid", "most": 0 }),
        ),
        (json!({ "due_on": "2026-11-17" }), json!({ "code": "due_before_issue" })),
        (json!({ "due_on": "2062-12-18" }), json!({ "code": "due_too_late", "latest": "2029-11-20" })),
        (
            json!({ "instalments": { "count": 2, "first_on": "2029-11-18" } }),
            json!({ "code": "due_too_late", "latest": "2029-11-20" }),
        ),
        (json!({ "instalments": { "count": 2, "first_on": "2026-11-17" } }), json!({ "code": "due_before_issue" })),
    ] {
        assert_eq!(issue(&desk, &draft, terms.clone()), Err(refusal), "{terms}");
    }
    let empty = desk.write::<DraftInvoice>(&json!({ "patient_id": draft.patient.id }).to_string()).unwrap();
    assert_eq!(issue(&desk, &empty, json!({})), Err(json!({ "code": "nothing_to_issue" })));
    assert_eq!(issue(&desk, &draft, json!({})).unwrap().number.as_deref(), Some("A-000001"));
}

#[test]
fn money_is_taken_up_to_what_is_open_and_covers_instalments_in_their_order() {
    let desk = Desk::new();
    let draft = draft(&desk);
    assert_eq!(pay(&desk, &draft, "1"), Err(json!({ "code": "not_issued" })));
    let issued = issue(&desk, &draft, json!({ "instalments": { "count": 2, "first_on": "2026-11-20" } })).unwrap();
    assert_eq!(pay(&desk, &issued, "-1"), Err(json!({ "code": "amount_invalid" })));
    let too_much = json!({ "code": "payment_too_large", "open": { "amount": "1035.00", "currency": "BRL" } });
    assert_eq!(pay(&desk, &issued, "1035.01"), Err(too_much));

    desk.wait_minutes(4 * 24 * 60);
    let late = desk.read::<OpenInvoice>(&json!({ "invoice_id": issued.id }).to_string()).unwrap();
    assert_eq!(late.instalments[0].state, InstalmentState::Overdue);
    let half = pay(&desk, &issued, "517.50").unwrap();
    let states: Vec<_> = half.instalments.iter().map(|part| part.state).collect();
    assert_eq!(states, [InstalmentState::Paid, InstalmentState::Open]);
    let whole = pay(&desk, &issued, "517.50").unwrap();
    assert_eq!((whole.payment_state, whole.open.minor()), (PaymentState::Paid, 0));
    let receipts: Vec<_> = whole.payments.iter().map(|payment| payment.receipt_number.as_str()).collect();
    assert_eq!(receipts, ["A-R-000001", "A-R-000002"]);
    assert!(pay(&desk, &issued, "0.01").is_err());
    assert_eq!(no_faults(&desk), []);
}

#[test]
fn the_account_the_lists_and_the_patients_page_agree_on_what_is_owed() {
    let desk = Desk::new();
    let draft = draft(&desk);
    let account = |desk: &Desk| desk.read::<Account>(&json!({ "patient_id": draft.patient.id }).to_string()).unwrap();
    assert_eq!(account(&desk).balance.minor(), 0, "a draft is not owed");

    let issued = issue(&desk, &draft, json!({ "payment": { "amount": "35", "method": "debit_card" } })).unwrap();

    assert_eq!(account(&desk).balance.minor(), 100_000);
    assert_eq!(account(&desk).invoices, std::slice::from_ref(&issued));
    let list = |state: &str| desk.read::<ListInvoices>(&json!({ "state": state }).to_string()).unwrap().len();
    assert_eq!((list("draft"), list("open"), list("all")), (0, 1, 1));
    let page = desk.read::<Open>(&json!({ "id": draft.patient.id }).to_string()).unwrap();
    assert_eq!(page.header.balance.minor(), 100_000);
    pay(&desk, &issued, "1000").unwrap();
    assert_eq!((list("open"), account(&desk).balance.minor()), (0, 0));

    desk.store.refold_all().unwrap();
    assert_eq!((list("open"), account(&desk).balance.minor()), (0, 0), "folding anew finds the same");
}

#[test]
fn the_pix_code_asks_for_what_is_open_and_is_refused_without_a_key_or_reais() {
    let desk = Desk::new();
    let issued = issue(&desk, &draft(&desk), json!({})).unwrap();
    let input = json!({ "invoice_id": issued.id }).to_string();

    let code_of = desk.read::<PixOfInvoice>(&input).unwrap();

    assert!(papers::pix::check_holds(&code_of.payload));
    assert!(code_of.payload.contains("54071035.00") && code_of.payload.contains("0507A000001"), "{}", code_of.payload);
    assert!(code_of.modules.len() >= 21 && code_of.modules.iter().all(|row| row.len() == code_of.modules.len()));
    let part = json!({ "invoice_id": issued.id, "amount": "10" }).to_string();
    assert!(desk.read::<PixOfInvoice>(&part).unwrap().payload.contains("540510.00"));
    let nothing = json!({ "invoice_id": issued.id, "amount": "0" }).to_string();
    assert_eq!(code(desk.read::<PixOfInvoice>(&nothing).unwrap_err()), json!({ "code": "amount_invalid" }));

    desk.write::<AmendClinic>(r#"{"name":"Clínica Alameda","city":"São Paulo"}"#).unwrap();
    assert_eq!(code(desk.read::<PixOfInvoice>(&input).unwrap_err()), json!({ "code": "no_pix_key" }));

    let abroad = Desk::of_profile("veterinary-py");
    let rex = abroad.write::<Register>(r#"{"given":"Rex"}"#).unwrap().id;
    let draft = abroad.write::<DraftInvoice>(&json!({ "patient_id": rex }).to_string()).unwrap();
    let refusal = abroad.read::<PixOfInvoice>(&json!({ "invoice_id": draft.id }).to_string()).unwrap_err();
    assert_eq!(code(refusal), json!({ "code": "not_brl" }));
}

#[test]
fn a_split_is_shown_and_refused_without_changing_anything() {
    let desk = Desk::new();
    let split = |total: &str, count: u32| {
        let input = json!({ "total": total, "count": count, "first_on": "2026-12-31" });
        desk.read::<Split>(&input.to_string()).map_err(code)
    };
    let parts = split("100.00", 3).unwrap();
    let told: Vec<_> = parts.iter().map(|part| (part.due_on.to_string(), part.amount.minor())).collect();
    assert_eq!(told[0], ("2026-12-31".to_owned(), 3_334));
    assert_eq!(told[2], ("2027-02-28".to_owned(), 3_333));
    assert_eq!(split("x", 3), Err(json!({ "code": "amount_invalid" })));
    assert_eq!(split("1.00", 0), Err(json!({ "code": "count_invalid", "most": 24 })));
}

#[test]
fn a_series_that_was_tampered_with_is_told() {
    let desk = Desk::new();
    let issued = issue(&desk, &draft(&desk), json!({ "payment": { "amount": "1", "method": "cash" } })).unwrap();
    let generation = desk.store.identity().generation.0;
    desk.store
        .write(Actor(desk.owner), "test.forge", desk.now(), |tx| {
            tx.db().execute(
                "insert into payment (id, clinic_id, created_at, created_by, patient_id, amount_minor, currency, method,
                   received_at, series, generation, number, content_hash)
                 select ?1, clinic_id, created_at, created_by, patient_id, 5, 'BRL', 'cash', received_at, 'A', ?2, 3, zeroblob(32)
                 from payment where id = ?3",
                (tx.new_id(), generation, issued.payments[0].id.0),
            )
        })
        .unwrap();
    let paper = || "A-R-000003".to_owned();
    assert_eq!(
        no_faults(&desk),
        [
            SeriesFault::Number { paper: paper() },
            SeriesFault::Chain { paper: paper() },
            SeriesFault::Content { paper: paper() }
        ]
    );
}

#[test]
fn papers_say_what_was_frozen_and_the_same_records_make_the_same_bytes() {
    let desk = Desk::new();
    let issued = issue(&desk, &draft(&desk), json!({ "payment": { "amount": "35", "method": "cash" } })).unwrap();
    let invoice = |desk: &Desk| {
        let look = |view: &store::View<'_>| Ok::<_, StoreError>(invoice_paper(view, issued.id, false).unwrap());
        desk.store.read(desk.owner, desk.now(), look).unwrap().unwrap()
    };
    let before = invoice(&desk);
    desk.wait_minutes(60);
    desk.write::<AmendClinic>(r#"{"name":"Clínica de Outro Nome"}"#).unwrap();

    assert_eq!(invoice(&desk), before, "the clinic's new name is not on an old invoice");
    assert_eq!(before.file_name, "invoice-A-000001.pdf");
    assert!(before.pdf.starts_with(b"%PDF-") && before.pdf.len() < 60 * 1024, "{} bytes", before.pdf.len());
    let receipt = |id| {
        let look = |view: &store::View<'_>| Ok::<_, StoreError>(receipt_paper(view, id, false, Sheet::Roll80).unwrap());
        desk.store.read(desk.owner, desk.now(), look).unwrap()
    };
    let paper = receipt(issued.payments[0].id).unwrap();
    assert_eq!((paper.title.as_str(), &paper.pdf[..5]), ("A-R-000001 · Mari Silva Costa", &b"%PDF-"[..]));
    assert_eq!(receipt(PaymentId(Uuid::from_u128(7))), None);
}

/// What a busy desk does, in any order.
#[derive(Debug, Clone)]
enum Act {
    Draft,
    Amend(usize, Vec<u32>),
    Discard(usize),
    Issue(usize, u32, u32),
    Pay(usize, u32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Draft),
        3 => (0_usize..8, prop::collection::vec(1_u32..500_000, 0..4)).prop_map(|(which, units)| Act::Amend(which, units)),
        1 => (0_usize..8).prop_map(Act::Discard),
        4 => (0_usize..8, 0_u32..400_000, 0_u32..27).prop_map(|(which, now, parts)| Act::Issue(which, now, parts)),
        3 => (0_usize..8, 0_u32..400_000).prop_map(|(which, minor)| Act::Pay(which, minor)),
    ]
}

fn reais(minor: u32) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Drafts that live side by side, refusals in between: numbers stay gapless, plans and lines sum exactly.
    #[test]
    fn whatever_a_desk_does_numbers_are_gapless_and_sums_are_exact(acts in prop::collection::vec(act(), 1..40)) {
        let desk = Desk::new();
        let patients: Vec<PatientId> = (0..8)
            .map(|n| desk.write::<Register>(&format!(r#"{{"given":"P{n}"}}"#)).unwrap().id)
            .collect();
        let mut invoices: Vec<Invoice> = Vec::new();
        let mut issued = 0;
        for act in acts {
            desk.wait_minutes(1);
            let at = |which: usize| invoices.get(which % invoices.len().max(1)).cloned();
            match act {
                Act::Draft => {
                    let patient = patients[invoices.len() % patients.len()];
                    invoices.push(desk.write::<DraftInvoice>(&json!({ "patient_id": patient }).to_string()).unwrap());
                }
                Act::Amend(which, units) => if let Some(invoice) = at(which) {
                    let lines: Vec<_> = units.iter().map(|unit| line("x", &reais(*unit))).collect();
                    let _refused = amend(&desk, &invoice, &lines).is_err();
                },
                Act::Discard(which) => if let Some(invoice) = at(which) {
                    let _refused = desk.write::<DiscardDraft>(&json!({ "invoice_id": invoice.id }).to_string()).is_err();
                },
                Act::Issue(which, now, parts) => if let Some(invoice) = at(which) {
                    let mut terms = json!({});
                    if now > 0 { terms["payment"] = json!({ "amount": reais(now), "method": "cash" }); }
                    if parts > 0 { terms["instalments"] = json!({ "count": parts, "first_on": "2026-12-31" }); }
                    if let Ok(done) = issue(&desk, &invoice, terms) {
                        issued += 1;
                        prop_assert_eq!(done.number.unwrap(), format!("A-{issued:06}"));
                        let planned: i64 = done.instalments.iter().map(|part| part.amount.minor()).sum();
                        if parts > 0 { prop_assert_eq!(planned + done.paid.minor(), done.total.minor()); }
                    }
                },
                Act::Pay(which, minor) => if let Some(invoice) = at(which) {
                    let _refused = pay(&desk, &invoice, &reais(minor)).is_err();
                },
            }
        }
        prop_assert_eq!(no_faults(&desk), []);
        let mut receipts = 0;
        for invoice in desk.read::<ListInvoices>("{}").unwrap() {
            prop_assert_eq!(invoice.lines.iter().map(|line| line.total.minor()).sum::<i64>(), invoice.total.minor());
            prop_assert!(invoice.paid.minor() <= invoice.total.minor());
            prop_assert_eq!(invoice.paid.minor() + invoice.open.minor(), invoice.total.minor());
            receipts += invoice.payments.len();
        }
        let numbered: usize = desk.store.read(desk.owner, desk.now(), |view| {
            view.db().query_row("select coalesce(max(number), 0) from payment", [], |row| row.get(0)).map_err(StoreError::from)
        }).unwrap();
        prop_assert_eq!(numbered, receipts);
    }
}
