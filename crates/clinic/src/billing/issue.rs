//! Issuing: the draft gets the next number of this folder's series and never changes again. Number, first payment
//! and instalment plan are one write, so none of them exists without the others.

use domain::{
    id::{InvoiceId, Uuid},
    money::Money,
    permission::Permission,
    time::CivilDate,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{
    ClinicSnapshot, Invoice, InvoiceState, Method, Paper, content, load, pay, series,
    split::{SplitPart, parts},
};
use crate::{
    Command, Failure, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Clinic, Here, here},
};

/// What is issued, and how it is paid.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssueInvoice {
    /// The draft.
    pub invoice_id: InvoiceId,
    /// When it is due; the last instalment's day, or else the day of issue, where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub due_on: Option<CivilDate>,
    /// What is paid now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub payment: Option<Received>,
    /// How the rest is paid.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub instalments: Option<Plan>,
}

/// Money received at issue.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Received {
    /// A decimal with a dot.
    pub amount: String,
    /// How it came in.
    pub method: Method,
}

/// The rest in monthly parts.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct Plan {
    /// 1 to 24.
    pub count: u32,
    /// When the first falls due.
    pub first_on: CivilDate,
}

/// Why it is not issued. No number is used up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such draft.
    NotFound,
    /// It has its number.
    AlreadyIssued,
    /// The draft has no lines.
    NothingToIssue,
    /// Due, or its first instalment due, before it is issued.
    DueBeforeIssue,
    /// Due, or its last instalment due, years from now: a slip in the year.
    DueTooLate {
        /// The last day that is taken.
        latest: CivilDate,
    },
    /// The payment is not an amount above zero.
    AmountInvalid,
    /// The payment exceeds the total.
    PaymentTooLarge {
        /// What is open.
        open: Money,
    },
    /// Not that many instalments, or nothing is left to pay in instalments.
    CountInvalid {
        /// How many there may be at most.
        most: u32,
    },
}

impl Command for IssueInvoice {
    const NAME: &'static str = "billing.issue";
    const NEEDS: Permission = Permission::BillingEdit;
    const TOPICS: &'static [Topic] = &[Topic::Billing, Topic::Agenda, Topic::Reception, Topic::People];
    type Output = Invoice;
    type Refusal = Refusal;
}

impl Write for IssueInvoice {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(draft) = load(tx, &here, self.invoice_id)? else { return refuse(Refusal::NotFound) };
        let terms = match agree(&self, &draft, here.today) {
            Ok(terms) => terms,
            Err(refusal) => return refuse(refusal),
        };

        issue(tx, &here, draft.id, &terms)?;
        if let (Some(amount), Some(Received { method, .. })) = (terms.payment, &self.payment) {
            pay::receive(tx, &here, &draft, amount, *method)?;
        }
        tx.mark_legal();

        load(tx, &here, draft.id)?.ok_or(Stop::Failed(Failure::Damaged("the invoice just issued")))
    }
}

/// How many days after its issue the last part of an invoice may fall due: the longest plan, begun a year later.
const CREDIT_DAYS: i64 = 3 * 366;

/// What was agreed, in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Terms {
    payment: Option<Money>,
    plan: Vec<SplitPart>,
    due_on: CivilDate,
}

/// Reads the payment and the plan against the draft's total.
fn agree(asked: &IssueInvoice, draft: &Invoice, today: CivilDate) -> Result<Terms, Refusal> {
    if draft.state == InvoiceState::Issued {
        return Err(Refusal::AlreadyIssued);
    }
    if draft.lines.is_empty() {
        return Err(Refusal::NothingToIssue);
    }
    let payment = match &asked.payment {
        Some(received) => Some(pay::amount(&received.amount, draft.total).map_err(Refusal::from)?),
        None => None,
    };
    let plan = match asked.instalments {
        Some(Plan { count, first_on }) => {
            let left = payment.map_or(Ok(draft.total), |paid| draft.total.checked_sub(paid));
            let left = left.map_err(|_| Refusal::AmountInvalid)?;
            parts(left, count, first_on).map_err(|most| Refusal::CountInvalid { most })?
        }
        None => Vec::new(),
    };
    let due_on = asked.due_on.or(plan.last().map(|part| part.due_on)).unwrap_or(today);
    let earliest = plan.first().map_or(due_on, |part| part.due_on.min(due_on));
    if earliest < today {
        return Err(Refusal::DueBeforeIssue);
    }
    let latest = today.plus_days(CREDIT_DAYS);
    let last = plan.last().map_or(due_on, |part| part.due_on.max(due_on));
    if last > latest { Err(Refusal::DueTooLate { latest }) } else { Ok(Terms { payment, plan, due_on }) }
}

impl From<pay::Bad> for Refusal {
    fn from(bad: pay::Bad) -> Self {
        match bad {
            pay::Bad::Amount => Self::AmountInvalid,
            pay::Bad::TooLarge { open } => Self::PaymentTooLarge { open },
        }
    }
}

/// Gives the draft its number and freezes it: payer, clinic, lines, plan, and the hash over all of that.
fn issue(tx: &Tx<'_>, here: &Here, id: InvoiceId, terms: &Terms) -> Result<(), Failure> {
    let snapshot = serde_json::to_string(&ClinicSnapshot::from(Clinic::load(tx)?))
        .map_err(|_| Failure::Damaged("the clinic's data"))?;
    let place = series::next(tx, here, Paper::Invoice)?;
    freeze(tx, here, id, terms, &snapshot, &place).map_err(|error| Failure::Store(error.into()))?;
    let hash = content::hash(tx.db(), Paper::Invoice, id.0)?;
    tx.db()
        .prepare_cached(include_str!("sql/set_invoice_hash.sql"))
        .and_then(|mut update| update.execute((id.0, hash)))
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(())
}

fn freeze(
    tx: &Tx<'_>,
    here: &Here,
    id: InvoiceId,
    terms: &Terms,
    snapshot: &str,
    place: &series::Place,
) -> rusqlite::Result<()> {
    let at = tx.at().millis();
    tx.db().prepare_cached(include_str!("sql/issue_invoice.sql"))?.execute(named_params! {
        ":id": id.0, ":at": at, ":clinic_snapshot": snapshot, ":series": place.series,
        ":generation": place.generation, ":number": place.number, ":previous_hash": place.previous,
        ":issue_on": here.today.to_string(), ":due_on": terms.due_on.to_string(),
    })?;
    tx.db().prepare_cached(include_str!("sql/issue_lines.sql"))?.execute((id.0, at))?;
    let mut insert = tx.db().prepare_cached(include_str!("sql/insert_instalment.sql"))?;
    for part in &terms.plan {
        let instalment: Uuid = tx.new_id();
        insert.execute(named_params! {
            ":id": instalment, ":clinic_id": here.clinic.0, ":at": at, ":by": tx.actor().0, ":invoice_id": id.0,
            ":no": part.no, ":due_on": part.due_on.to_string(), ":amount_minor": part.amount.minor(),
            ":currency": part.amount.currency().code(),
        })?;
    }
    Ok(())
}
