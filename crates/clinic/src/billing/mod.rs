//! Billing: what a visit costs, the numbered invoice it becomes, and the money received for it.
//!
//! Billing owns invoices with their lines and instalments, payments and their allocations, and the two numbered
//! series of this folder (invoices, receipts). What is paid, open, overdue or partly paid is always computed from
//! allocations, never written. It knows nothing of a visit's clinical content, and it adds no tax to a price: a
//! person's invoice totals its prices (nothing is withheld from persons).

mod account;
mod amend_draft;
mod amounts;
mod content;
mod discard_draft;
mod draft;
mod instalments;
mod invoice;
mod issue;
mod list;
mod load;
mod open;
mod paid;
mod paper;
mod pay;
mod pix;
mod series;
mod split;
mod visit;

pub use account::{Account, InvoiceAccount, balance};
pub use amend_draft::{AmendDraft, DraftLine};
pub use content::ClinicSnapshot;
pub use discard_draft::DiscardDraft;
pub use draft::DraftInvoice;
pub use instalments::InstalmentState;
pub use invoice::{
    Invoice, InvoiceInstalment, InvoiceLine, InvoicePatient, InvoicePayer, InvoicePayment, InvoiceState, Method,
    PaymentState,
};
pub use issue::{IssueInvoice, Plan, Received};
pub use list::{InvoiceFilter, ListInvoices};
pub use load::load;
pub use open::OpenInvoice;
pub use paid::PAID;
pub use paper::{BillingPaper, invoice_paper, receipt_paper};
pub use pay::Pay;
pub use pix::{PixCode, PixOfInvoice};
pub use series::{Paper, SeriesFault, faults, printed};
pub use split::{Split, SplitPart};

use crate::Catalogue;

/// Lists the area's commands.
pub fn commands(catalogue: &mut impl Catalogue) {
    catalogue.write::<DraftInvoice>();
    catalogue.write::<AmendDraft>();
    catalogue.write::<DiscardDraft>();
    catalogue.read::<Split>();
    catalogue.write::<IssueInvoice>();
    catalogue.write::<Pay>();
    catalogue.read::<OpenInvoice>();
    catalogue.read::<Account>();
    catalogue.read::<ListInvoices>();
    catalogue.read::<PixOfInvoice>();
}
