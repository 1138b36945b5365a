//! Invoices and receipts on paper: what was frozen at issue, in the patient's language.

use domain::{
    id::{InvoiceId, PatientId, PaymentId},
    identity::{Cnpj, Cpf, Identifier, Phone, Ruc},
    money::{Instalment, Locale, Money},
};
use papers::{
    Letterhead, Setting,
    invoice::{self as sheet, Line, Method, Payer, Payment, PixPanel},
    receipt::{Receipt, Sheet},
};
use rust_decimal::Decimal;
use store::{
    View,
    rusqlite::{self, OptionalExtension},
};

use super::{ClinicSnapshot, Invoice, InvoiceState, load, pix};
use crate::{
    Failure,
    organization::{Clinic, Here, here, is_demo, tax_number},
};

/// A paper as it is shown, printed and saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingPaper {
    /// `invoice-A-000402.pdf`.
    pub file_name: String,
    /// Number and patient.
    pub title: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// The paper of an invoice, draft or issued; `None` when there is no such invoice. `copy` marks one that was printed
/// before. The same records give the same bytes.
pub fn invoice_paper(view: &View<'_>, id: InvoiceId, copy: bool) -> Result<Option<BillingPaper>, Failure> {
    let here = here(view)?;
    let Some(invoice) = load(view, &here, id)? else { return Ok(None) };
    let about = About::of(view, &here, &invoice)?;
    let payments = invoice.payments.iter().map(|payment| {
        Ok(Payment {
            on: here.zone.date(payment.received_at),
            method: method(&payment.method)?,
            amount: payment.amount,
            receipt: Some(payment.receipt_number.clone()),
        })
    });
    let last = invoice.payments.iter().map(|payment| payment.received_at).max();
    let data = sheet::Invoice {
        setting: about.setting,
        number: invoice.number.clone(),
        copy,
        payer: about.payer(&invoice),
        patient: (invoice.patient.name != invoice.payer.name).then(|| invoice.patient.name.clone()),
        issued_on: invoice.issue_on,
        due_on: if invoice.instalments.is_empty() { invoice.due_on } else { None },
        lines: invoice.lines.iter().map(line).collect::<Result<_, _>>()?,
        total: invoice.total,
        instalments: invoice
            .instalments
            .iter()
            .map(|part| Instalment { no: part.no, due_on: part.due_on, amount: part.amount })
            .collect(),
        payments: payments.collect::<Result<_, Failure>>()?,
        pix: about.pix(&invoice),
        notes: Vec::new(),
        made_at: last.unwrap_or(invoice.saved_at),
        clinic: about.letterhead,
    };
    let number = invoice.number.as_deref().unwrap_or("draft");
    Ok(Some(BillingPaper {
        file_name: format!("invoice-{number}.pdf"),
        title: title(invoice.number.as_deref(), &invoice),
        pdf: sheet::invoice(&data).map_err(paper)?,
    }))
}

/// The receipt of a payment; `None` when there is no such payment.
pub fn receipt_paper(
    view: &View<'_>,
    id: PaymentId,
    copy: bool,
    sheet: Sheet,
) -> Result<Option<BillingPaper>, Failure> {
    let here = here(view)?;
    let Some((invoice, received_by)) = invoice_of(view, id).map_err(store)? else { return Ok(None) };
    let Some(invoice) = load(view, &here, invoice)? else { return Ok(None) };
    let Some(at) = invoice.payments.iter().position(|payment| payment.id == id) else { return Ok(None) };
    let (Some(until), Some(payment)) = (invoice.payments.get(..=at), invoice.payments.get(at)) else {
        return Ok(None);
    };
    let paid = Money::sum(until.iter().map(|payment| payment.amount), invoice.total.currency());
    let open = paid.and_then(|paid| invoice.total.checked_sub(paid)).ok().filter(|open| open.minor() > 0);
    let about = About::of(view, &here, &invoice)?;
    let data = Receipt {
        setting: about.setting,
        number: payment.receipt_number.clone(),
        copy,
        payer: about.payer(&invoice),
        amount: payment.amount,
        method: method(&payment.method)?,
        received_at: payment.received_at,
        received_by,
        invoice: invoice.number.clone(),
        concerning: invoice.lines.iter().map(|line| line.description.clone()).collect(),
        open,
        made_at: payment.received_at,
        clinic: about.letterhead,
    };
    Ok(Some(BillingPaper {
        file_name: format!("receipt-{}.pdf", data.number),
        title: title(Some(&data.number), &invoice),
        pdf: papers::receipt::receipt(&data, sheet).map_err(paper)?,
    }))
}

fn store(error: rusqlite::Error) -> Failure {
    Failure::Store(error.into())
}

fn paper(error: papers::PaperError) -> Failure {
    Failure::Paper(error.to_string())
}

fn title(number: Option<&str>, invoice: &Invoice) -> String {
    match number {
        Some(number) => format!("{number} · {}", invoice.patient.name),
        None => invoice.patient.name.clone(),
    }
}

fn method(word: &str) -> Result<Method, Failure> {
    Method::from_word(word).ok_or_else(|| Failure::Paper("a way of paying that this version does not know".into()))
}

fn line(line: &super::InvoiceLine) -> Result<Line, Failure> {
    Ok(Line {
        description: line.description.clone(),
        detail: None,
        performer: line.performer.clone(),
        quantity: Decimal::from_str_exact(&line.quantity).map_err(|_| Failure::Damaged("a line's quantity"))?,
        unit: line.unit,
        discount: line.discount,
        total: line.total,
    })
}

/// What both papers say besides their figures.
struct About {
    setting: Setting,
    letterhead: Letterhead,
    clinic: ClinicSnapshot,
    address: Option<String>,
}

impl About {
    fn of(view: &View<'_>, here: &Here, invoice: &Invoice) -> Result<Self, Failure> {
        let clinic = match snapshot(view, invoice.id).map_err(store)? {
            Some(json) => serde_json::from_str(&json).map_err(|_| Failure::Damaged("an invoice's clinic"))?,
            None => Clinic::load(view)?.into(),
        };
        let (locale, address) = patient(view, invoice.patient.id).map_err(store)?;
        let locale = locale.parse().or_else(|_| here.locale.parse()).unwrap_or(Locale::En);
        let setting = Setting { locale, zone: here.zone, demo: is_demo(view).map_err(store)? };
        Ok(Self { setting, letterhead: letterhead(&clinic), clinic, address })
    }

    fn payer(&self, invoice: &Invoice) -> Payer {
        Payer {
            name: invoice.payer.name.clone(),
            tax_id: invoice.payer.tax_id.as_deref().map(payer_number),
            address: self.address.clone(),
        }
    }

    /// A code for what is open, on issued invoices in reais of clinics that take PIX.
    fn pix(&self, invoice: &Invoice) -> Option<PixPanel> {
        if invoice.state == InvoiceState::Draft || invoice.open.is_zero() {
            return None;
        }
        let payload = pix::payload(invoice, &self.clinic, None).ok()?;
        Some(PixPanel { payload, amount: invoice.open, payee: pix::payee(&self.clinic).to_owned() })
    }
}

fn letterhead(clinic: &ClinicSnapshot) -> Letterhead {
    let place = match (&clinic.city, &clinic.state) {
        (Some(city), Some(state)) => Some(format!("{city}/{state}")),
        (city, state) => city.clone().or_else(|| state.clone()),
    };
    let parts: Vec<_> = [clinic.address.clone(), place, clinic.postal_code.clone()].into_iter().flatten().collect();
    let kind = tax_number(&clinic.country);
    Letterhead {
        name: clinic.name.clone(),
        legal_name: clinic.legal_name.clone(),
        tax_id: clinic.tax_id.as_deref().map(|number| {
            let label = match clinic.country.as_str() {
                "BR" => "CNPJ ",
                "PY" => "RUC ",
                "ES" => "NIF ",
                _ => "",
            };
            format!("{label}{}", Identifier::format_stored(kind, number))
        }),
        address: (!parts.is_empty()).then(|| parts.join(", ")),
        phone: clinic.phone.as_deref().map(|phone| Phone::format_stored(phone, &clinic.country)),
        email: clinic.email.clone(),
    }
}

/// A payer's number with the name of its kind, where the number itself tells the kind.
fn payer_number(value: &str) -> String {
    if let Ok(cpf) = Cpf::parse(value) {
        return format!("CPF {}", cpf.formatted());
    }
    if let Ok(cnpj) = Cnpj::parse(value) {
        return format!("CNPJ {}", cnpj.formatted());
    }
    Ruc::parse(value).map_or_else(|_| value.to_owned(), |ruc| format!("RUC {}", ruc.formatted()))
}

fn snapshot(view: &View<'_>, invoice: InvoiceId) -> rusqlite::Result<Option<String>> {
    view.db()
        .prepare_cached("select clinic_snapshot from invoice where id = ?1")?
        .query_row([invoice.0], |row| row.get("clinic_snapshot"))
}

fn patient(view: &View<'_>, id: PatientId) -> rusqlite::Result<(String, Option<String>)> {
    view.db()
        .prepare_cached("select locale, address from patient where id = ?1")?
        .query_row([id.0], |row| Ok((row.get("locale")?, row.get("address")?)))
}

fn invoice_of(view: &View<'_>, payment: PaymentId) -> rusqlite::Result<Option<(InvoiceId, Option<String>)>> {
    view.db()
        .prepare_cached(include_str!("sql/invoice_of_payment.sql"))?
        .query_row([payment.0], |row| Ok((InvoiceId(row.get("invoice_id")?), row.get("received_by")?)))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payers_number_says_what_it_is_where_it_can() {
        assert_eq!(payer_number("52998224725"), "CPF 529.982.247-25");
        assert_eq!(payer_number("16727230000197"), "CNPJ 16.727.230/0001-97");
        assert_eq!(payer_number("X2482300W"), "X2482300W");
    }
}
