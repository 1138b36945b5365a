//! Numbers: one series per clinic, sort of paper and life of the folder. Gapless, never reused, hash-chained.
//!
//! The next number is not kept anywhere: it is the highest issued plus one, read in the transaction that issues. A
//! number that was not issued does not exist, so a refused or crashed issue leaves no gap.

use domain::{canonical::Hash, id::Uuid};
use store::{
    Tx, View,
    rusqlite::{OptionalExtension, named_params},
};

use super::content;
use crate::{Failure, organization::Here};

/// A sort of paper with numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// Invoices: `A-000402`.
    Invoice,
    /// Receipts, one for each payment: `A-R-000031`.
    Receipt,
}

impl Paper {
    /// The table whose records carry the numbers.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Receipt => "payment",
        }
    }

    /// What the content's bytes begin with.
    pub(super) const fn content_tag(self) -> &'static [u8] {
        match self {
            Self::Invoice => b"praxis invoice v1",
            Self::Receipt => b"praxis receipt v1",
        }
    }

    /// The records that are part of the content, with the statement that lists their ids in order.
    pub(super) const fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Invoice => &[
                ("invoice_line", include_str!("sql/line_ids.sql")),
                ("instalment", include_str!("sql/instalment_ids.sql")),
            ],
            Self::Receipt => &[("payment_allocation", include_str!("sql/allocation_ids.sql"))],
        }
    }

    const fn last(self) -> &'static str {
        match self {
            Self::Invoice => include_str!("sql/last_invoice.sql"),
            Self::Receipt => include_str!("sql/last_receipt.sql"),
        }
    }

    const fn all(self) -> &'static str {
        match self {
            Self::Invoice => include_str!("sql/series_invoices.sql"),
            Self::Receipt => include_str!("sql/series_receipts.sql"),
        }
    }
}

/// A number as it is printed.
pub fn printed(paper: Paper, series: &str, number: i64) -> String {
    match paper {
        Paper::Invoice => format!("{series}-{number:06}"),
        Paper::Receipt => format!("{series}-R-{number:06}"),
    }
}

/// The place in its series that a paper gets when it is issued now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) series: String,
    pub(super) generation: Uuid,
    pub(super) number: i64,
    pub(super) previous: Option<Hash>,
}

/// The next place of this folder's series.
pub(super) fn next(tx: &Tx<'_>, here: &Here, paper: Paper) -> Result<Place, Failure> {
    let generation = tx.identity().generation.0;
    let last: Option<(i64, Hash)> = tx
        .db()
        .prepare_cached(paper.last())
        .and_then(|mut query| {
            query
                .query_row(
                    named_params! { ":clinic": here.clinic.0, ":generation": generation, ":series": here.prefix },
                    |row| Ok((row.get("number")?, row.get("content_hash")?)),
                )
                .optional()
        })
        .map_err(|error| Failure::Store(error.into()))?;
    Ok(Place {
        series: here.prefix.clone(),
        generation,
        number: last.map_or(1, |(number, _)| number + 1),
        previous: last.map(|(_, hash)| hash),
    })
}

/// What is wrong with a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesFault {
    /// The number before this one is missing, or this one stands there twice.
    Number {
        /// The paper's printed number.
        paper: String,
    },
    /// The paper does not continue the one before it.
    Chain {
        /// The paper's printed number.
        paper: String,
    },
    /// The paper does not say what it said when it was issued.
    Content {
        /// The paper's printed number.
        paper: String,
    },
}

/// Checks every series this folder knows, its own and other desks': numbers from 1 without gaps, each paper
/// continuing the one before, each saying what it said when it was issued.
pub fn faults(view: &View<'_>) -> Result<Vec<SeriesFault>, Failure> {
    let mut found = Vec::new();
    for paper in [Paper::Invoice, Paper::Receipt] {
        let mut before: Option<(SeriesKey, i64, Hash)> = None;
        for issued in issued(view, paper)? {
            let told = printed(paper, &issued.key.series, issued.number);
            let (number, previous) = match &before {
                Some((key, number, hash)) if *key == issued.key => (number + 1, Some(*hash)),
                _ => (1, None),
            };
            if issued.number != number {
                found.push(SeriesFault::Number { paper: told.clone() });
            }
            if issued.previous != previous {
                found.push(SeriesFault::Chain { paper: told.clone() });
            }
            if content::hash(view.db(), paper, issued.id)? != issued.content {
                found.push(SeriesFault::Content { paper: told });
            }
            before = Some((issued.key, issued.number, issued.content));
        }
    }
    Ok(found)
}

#[derive(PartialEq, Eq)]
struct SeriesKey {
    clinic: Uuid,
    generation: Uuid,
    series: String,
}

struct Issued {
    id: Uuid,
    key: SeriesKey,
    number: i64,
    previous: Option<Hash>,
    content: Hash,
}

fn issued(view: &View<'_>, paper: Paper) -> Result<Vec<Issued>, Failure> {
    view.db()
        .prepare_cached(paper.all())
        .and_then(|mut query| {
            query
                .query_map([], |row| {
                    Ok(Issued {
                        id: row.get("id")?,
                        key: SeriesKey {
                            clinic: row.get("clinic_id")?,
                            generation: row.get("generation")?,
                            series: row.get("series")?,
                        },
                        number: row.get("number")?,
                        previous: row.get("previous_hash")?,
                        content: row.get("content_hash")?,
                    })
                })?
                .collect()
        })
        .map_err(|error| Failure::Store(error.into()))
}
