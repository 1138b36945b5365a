//! A patient's account: every invoice, and what is open on them together.

use domain::{
    id::{InvoiceId, PatientId},
    money::Money,
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{View, rusqlite, rusqlite::named_params};
use ts_rs::TS;

use super::{Invoice, load::load_all};
use crate::{
    Command, Never, Outcome, Read, Topic,
    organization::{Here, here},
};

/// Whose account.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct Account {
    /// The patient.
    pub patient_id: PatientId,
}

/// What a patient was charged and paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceAccount {
    /// What they owe; below zero where they have credit.
    pub balance: Money,
    /// Drafts first, then issued ones, the latest first.
    pub invoices: Vec<Invoice>,
}

impl Command for Account {
    const NAME: &'static str = "billing.account";
    const NEEDS: Permission = Permission::BillingView;
    const TOPICS: &'static [Topic] = &[Topic::Billing];
    type Output = InvoiceAccount;
    type Refusal = Never;
}

impl Read for Account {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let ids: Vec<InvoiceId> = view
            .db()
            .prepare_cached(include_str!("sql/invoices_of_patient.sql"))?
            .query_map([self.patient_id.0], |row| row.get("id").map(InvoiceId))?
            .collect::<Result<_, _>>()?;
        let balance = balance(view, &here, self.patient_id)?;
        Ok(InvoiceAccount { balance, invoices: load_all(view, &here, ids)? })
    }
}

/// What a patient owes in the clinic's currency: issued invoices less what was received for them; below zero where
/// they have credit.
pub fn balance(view: &View<'_>, here: &Here, patient: PatientId) -> rusqlite::Result<Money> {
    let minor: i64 = view
        .db()
        .prepare_cached(include_str!("sql/balance.sql"))?
        .query_row(named_params! { ":patient": patient.0, ":currency": here.currency.code() }, |row| {
            row.get("balance_minor")
        })?;
    Ok(Money::from_minor(minor, here.currency))
}
