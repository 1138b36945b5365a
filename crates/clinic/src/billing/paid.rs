//! How much of an invoice is paid, kept beside it so that lists need no sum. A cache: it never travels.

use std::collections::BTreeSet;

use domain::id::Uuid;
use store::{
    Fold, Touched,
    rusqlite::{self, Connection, OptionalExtension},
};

/// Keeps `invoice.paid_minor` equal to the sum of its allocations.
pub const PAID: Fold = Fold { name: "billing.paid", from: &["invoice", "payment_allocation"], run, all };

fn run(db: &Connection, touched: &Touched) -> rusqlite::Result<()> {
    let mut invoices = BTreeSet::new();
    for (kind, record) in touched {
        if kind.table == "invoice" {
            invoices.insert(record.0);
        } else {
            let invoice: Option<Uuid> = db
                .prepare_cached("select invoice_id from payment_allocation where id = ?1")?
                .query_row([record.0], |row| row.get("invoice_id"))
                .optional()?;
            invoices.extend(invoice);
        }
    }
    let mut fold = db.prepare_cached(include_str!("sql/fold_paid.sql"))?;
    for invoice in invoices {
        fold.execute([invoice])?;
    }
    Ok(())
}

fn all(db: &Connection) -> rusqlite::Result<()> {
    db.execute(include_str!("sql/fold_paid_all.sql"), [])?;
    Ok(())
}
