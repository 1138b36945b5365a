//! Reading an invoice whole. What was paid is summed here, not read from the cache, so that a command sees what it
//! has just written.

use domain::{
    id::{AppointmentId, EncounterId, InvoiceId, InvoiceLineId, PatientId, PaymentId, ServiceId, Uuid},
    money::{Currency, Money},
    time::{CivilDate, Timestamp},
};
use store::{
    View, history,
    rusqlite::{self, OptionalExtension, Row},
};

use super::{
    Invoice, InvoiceInstalment, InvoiceLine, InvoicePatient, InvoicePayer, InvoicePayment, InvoiceState, Paper,
    PaymentState, amounts, instalments, printed,
};
use crate::{Failure, organization::Here};

/// The invoice of that id; `None` when there is none or its draft was discarded.
pub fn load(view: &View<'_>, here: &Here, id: InvoiceId) -> Result<Option<Invoice>, Failure> {
    let sql = include_str!("sql/invoice.sql");
    let head = view.db().prepare_cached(sql).and_then(|mut query| query.query_row([id.0], Head::from_row).optional());
    match head.map_err(store)? {
        Some(head) => whole(view, here, head).map(Some),
        None => Ok(None),
    }
}

/// The invoices whose ids a statement lists, in its order.
pub(super) fn load_all(view: &View<'_>, here: &Here, ids: Vec<InvoiceId>) -> Result<Vec<Invoice>, Failure> {
    ids.into_iter().filter_map(|id| load(view, here, id).transpose()).collect()
}

fn store(error: rusqlite::Error) -> Failure {
    Failure::Store(error.into())
}

/// The invoice's own record, with what was paid.
struct Head {
    id: InvoiceId,
    patient: InvoicePatient,
    payer: InvoicePayer,
    currency: String,
    series: Option<String>,
    number: Option<i64>,
    issue_on: Option<CivilDate>,
    due_on: Option<CivilDate>,
    total_minor: i64,
    paid_minor: i64,
    issued_at: Option<i64>,
    created_at: i64,
    appointment_id: Option<Uuid>,
    encounter_id: Option<Uuid>,
}

impl Head {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let day = |column| {
            let text: Option<String> = row.get(column)?;
            Ok::<_, rusqlite::Error>(text.and_then(|text| text.parse().ok()))
        };
        Ok(Self {
            id: InvoiceId(row.get("id")?),
            patient: InvoicePatient { id: PatientId(row.get("patient_id")?), name: row.get("patient_name")? },
            payer: InvoicePayer { name: row.get("payer_name")?, tax_id: row.get("payer_tax_id")? },
            currency: row.get("currency")?,
            series: row.get("series")?,
            number: row.get("number")?,
            issue_on: day("issue_on")?,
            due_on: day("due_on")?,
            total_minor: row.get("total_minor")?,
            paid_minor: row.get("paid_minor")?,
            issued_at: row.get("issued_at")?,
            created_at: row.get("created_at")?,
            appointment_id: row.get("appointment_id")?,
            encounter_id: row.get("encounter_id")?,
        })
    }
}

fn whole(view: &View<'_>, here: &Here, head: Head) -> Result<Invoice, Failure> {
    let currency: Currency = head.currency.parse().map_err(|_| Failure::Damaged("an invoice's currency"))?;
    let money = |minor| Money::from_minor(minor, currency);
    let lines = lines(view, head.id, currency)?;
    let discount = lines.iter().map(|line| line.discount.minor()).sum();
    let saved_at = match head.issued_at {
        Some(at) => Timestamp::from_millis(at),
        None => last_saved(view, &head, &lines)?,
    };
    Ok(Invoice {
        id: head.id,
        state: if head.issued_at.is_some() { InvoiceState::Issued } else { InvoiceState::Draft },
        number: head.series.as_deref().zip(head.number).map(|(series, n)| printed(Paper::Invoice, series, n)),
        patient: head.patient,
        payer: head.payer,
        issue_on: head.issue_on,
        due_on: head.due_on,
        subtotal: money(head.total_minor.saturating_add(discount)),
        discount: money(discount),
        total: money(head.total_minor),
        paid: money(head.paid_minor),
        open: money(head.total_minor.saturating_sub(head.paid_minor).max(0)),
        payment_state: PaymentState::of(head.total_minor, head.paid_minor),
        instalments: plan(view, here, head.id, currency, (head.total_minor, head.paid_minor))?,
        payments: payments(view, head.id, currency).map_err(store)?,
        appointment_id: head.appointment_id.map(AppointmentId),
        encounter_id: head.encounter_id.map(EncounterId),
        lines,
        saved_at,
    })
}

fn lines(view: &View<'_>, invoice: InvoiceId, currency: Currency) -> Result<Vec<InvoiceLine>, Failure> {
    let money = |minor| Money::from_minor(minor, currency);
    let mut query = view.db().prepare_cached(include_str!("sql/lines.sql")).map_err(store)?;
    let rows = query.query_map([invoice.0], |row| {
        let service: Option<Uuid> = row.get("service_id")?;
        Ok(InvoiceLine {
            id: InvoiceLineId(row.get("id")?),
            description: row.get("description")?,
            service_id: service.map(ServiceId),
            performer: row.get("performer")?,
            quantity: amounts::quantity(row.get("quantity_milli")?),
            unit: money(row.get("unit_minor")?),
            discount: money(row.get("discount_minor")?),
            total: money(row.get("total_minor")?),
        })
    });
    rows.and_then(Iterator::collect).map_err(store)
}

fn plan(
    view: &View<'_>,
    here: &Here,
    invoice: InvoiceId,
    currency: Currency,
    (total, paid): (i64, i64),
) -> Result<Vec<InvoiceInstalment>, Failure> {
    let mut query = view.db().prepare_cached(include_str!("sql/instalments.sql")).map_err(store)?;
    let rows: Vec<(u32, String, i64)> = query
        .query_map([invoice.0], |row| Ok((row.get("no")?, row.get("due_on")?, row.get("amount_minor")?)))
        .and_then(Iterator::collect)
        .map_err(store)?;
    let parts = rows
        .iter()
        .map(|(_, due, amount)| Ok((due.parse()?, *amount)))
        .collect::<Result<Vec<(CivilDate, i64)>, domain::time::BadTime>>()
        .map_err(|_| Failure::Damaged("an instalment's due date"))?;
    let states = instalments::states(total, paid, &parts, here.today);
    Ok(rows
        .iter()
        .zip(parts)
        .zip(states)
        .map(|(((no, ..), (due_on, amount)), state)| InvoiceInstalment {
            no: *no,
            due_on,
            amount: Money::from_minor(amount, currency),
            state,
        })
        .collect())
}

fn payments(view: &View<'_>, invoice: InvoiceId, currency: Currency) -> rusqlite::Result<Vec<InvoicePayment>> {
    view.db()
        .prepare_cached(include_str!("sql/payments.sql"))?
        .query_map([invoice.0], |row| {
            let series: String = row.get("series")?;
            Ok(InvoicePayment {
                id: PaymentId(row.get("id")?),
                amount: Money::from_minor(row.get("amount_minor")?, currency),
                method: row.get("method")?,
                received_at: Timestamp::from_millis(row.get("received_at")?),
                receipt_number: printed(Paper::Receipt, &series, row.get("number")?),
            })
        })?
        .collect()
}

/// When a draft or one of its lines last changed here; when it was made, where it came from another desk.
fn last_saved(view: &View<'_>, head: &Head, lines: &[InvoiceLine]) -> Result<Timestamp, Failure> {
    let mut last = head.created_at;
    for record in std::iter::once(head.id.0).chain(lines.iter().map(|line| line.id.0)) {
        if let Some(entry) = history::of_record(view, record)?.last() {
            last = last.max(entry.header.hlc.time().millis());
        }
    }
    Ok(Timestamp::from_millis(last))
}
