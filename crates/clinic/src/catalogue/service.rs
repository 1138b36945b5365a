use domain::{
    id::{ServiceId, TemplateId, Uuid},
    money::Money,
    time::CivilDate,
};
use serde::Serialize;
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};
use ts_rs::TS;

/// Something the clinic offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// What it is grouped under.
    pub category: Option<String>,
    /// What patients are told.
    pub description: Option<String>,
    /// What it costs on the day asked about; absent when no price holds.
    pub price: Option<Money>,
    /// How long the patient is there, in minutes.
    pub duration_min: i64,
    /// Minutes the practitioner and the room are taken before.
    pub buffer_before_min: i64,
    /// Minutes they are taken after.
    pub buffer_after_min: i64,
    /// A key of the palette.
    pub color: Option<String>,
    /// The consent it needs.
    pub consent_template_id: Option<TemplateId>,
    /// Can be booked.
    pub active: bool,
}

impl Service {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let price: Option<(i64, String)> = Option::zip(row.get("amount_minor")?, row.get("currency")?);
        Ok(Self {
            id: ServiceId(row.get("id")?),
            name: row.get("name")?,
            category: row.get("category")?,
            description: row.get("description")?,
            // A currency of a newer peer is no price here.
            price: price.and_then(|(minor, code)| Some(Money::from_minor(minor, code.parse().ok()?))),
            duration_min: row.get("duration_min")?,
            buffer_before_min: row.get("buffer_before_min")?,
            buffer_after_min: row.get("buffer_after_min")?,
            color: row.get("color")?,
            consent_template_id: row.get::<_, Option<Uuid>>("consent_template_id")?.map(TemplateId),
            active: row.get("active")?,
        })
    }
}

/// Everything the clinic offers or has offered, with the prices of a day.
pub fn services(view: &View<'_>, on: CivilDate) -> rusqlite::Result<Vec<Service>> {
    view.db()
        .prepare_cached(include_str!("sql/services.sql"))?
        .query_map(named_params! { ":id": Option::<Uuid>::None, ":on": on.to_string() }, Service::from_row)?
        .collect()
}

/// One service with its price on a day.
pub fn service(view: &View<'_>, id: ServiceId, on: CivilDate) -> rusqlite::Result<Option<Service>> {
    view.db()
        .prepare_cached(include_str!("sql/services.sql"))?
        .query_row(named_params! { ":id": id.0, ":on": on.to_string() }, Service::from_row)
        .optional()
}
