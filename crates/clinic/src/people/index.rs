//! The search index: kept in the same transaction as the names, phones and documents it is made of.

use std::collections::BTreeSet;

use domain::{id::RecordId, id::Uuid, registry::Kind};
use store::{
    Fold, Touched,
    rusqlite::{self, Connection, OptionalExtension},
};

/// Names, phones and documents, folded for search.
pub const SEARCH_INDEX: Fold =
    Fold { name: "people.search", from: &["patient", "patient_identifier", "contact_point"], run, all };

fn run(db: &Connection, touched: &Touched) -> rusqlite::Result<()> {
    let mut patients = BTreeSet::new();
    for (kind, record) in touched {
        patients.extend(patient_of(db, kind, *record)?);
    }
    patients.into_iter().try_for_each(|patient| index(db, patient))
}

fn all(db: &Connection) -> rusqlite::Result<()> {
    let patients: Vec<Uuid> =
        db.prepare("select id from patient")?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    patients.into_iter().try_for_each(|patient| index(db, patient))
}

fn patient_of(db: &Connection, kind: &Kind, record: RecordId) -> rusqlite::Result<Option<Uuid>> {
    let sql = match kind.table {
        "patient" => return Ok(Some(record.0)),
        "patient_identifier" => "select patient_id from patient_identifier where id = ?1",
        _ => "select patient_id from contact_point where id = ?1",
    };
    db.prepare_cached(sql)?.query_row([record.0], |row| row.get(0)).optional()
}

fn index(db: &Connection, patient: Uuid) -> rusqlite::Result<()> {
    let entry: i64 = db.prepare_cached(include_str!("sql/index_entry.sql"))?.query_row([patient], |row| row.get(0))?;
    db.prepare_cached("delete from person_search where rowid = ?1")?.execute([entry])?;
    let names: Option<String> =
        db.prepare_cached(include_str!("sql/index_names.sql"))?.query_row([patient], |row| row.get(0)).optional()?;
    let Some(names) = names else { return Ok(()) };
    let numbers: Vec<String> = db
        .prepare_cached(include_str!("sql/index_numbers.sql"))?
        .query_map([patient], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let numbers: Vec<String> = numbers.iter().flat_map(|number| endings(number)).collect();
    db.prepare_cached("insert into person_search (rowid, names, numbers) values (?1, ?2, ?3)")?.execute((
        entry,
        names,
        numbers.join(" "),
    ))?;
    Ok(())
}

/// A number and its endings of four characters or more, so that `0142` finds +55 11 95555-0142.
fn endings(number: &str) -> Vec<String> {
    let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let count = plain.len().saturating_sub(3).max(1);
    (0..count).filter_map(|from| plain.get(from..).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_by_its_last_four_digits() {
        assert!(endings("+5511955550142").contains(&"0142".to_owned()));
        assert!(!endings("+5511955550142").contains(&"142".to_owned()));
        assert_eq!(endings("77"), ["77"]);
    }
}
