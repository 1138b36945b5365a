use domain::id::PatientId;
use store::{
    View,
    rusqlite::{self, named_params},
};

/// Whether there is such a patient: what other areas ask before they write something about one.
pub fn is_registered(view: &View<'_>, id: PatientId) -> rusqlite::Result<bool> {
    let mut query = view.db().prepare_cached(include_str!("sql/is_registered.sql"))?;
    query.query_row(named_params! { ":id": id.0 }, |row| row.get("known"))
}
