use domain::{
    id::ClinicId,
    identity::{Identifier, Phone},
};
use serde::Serialize;
use store::{View, rusqlite::Row};
use ts_rs::TS;

use super::tax_number;
use crate::Failure;

/// A site as screens and papers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Clinic {
    /// Its id.
    pub id: ClinicId,
    /// The name patients know.
    pub name: String,
    /// The name on invoices, where it differs.
    pub legal_name: Option<String>,
    /// CNPJ, RUC, NIF …, canonical.
    pub tax_id: Option<String>,
    /// The same as its country writes it.
    pub tax_id_formatted: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// The same as its country writes it.
    pub phone_formatted: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or department.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166.
    pub country: String,
    /// IANA zone.
    pub zone: String,
    /// ISO 4217.
    pub currency: String,
    /// Language of papers where a patient has none.
    pub locale: String,
    /// The profile it was created from.
    pub profile: String,
    /// First day of the week, 0 = Sunday.
    pub week_start: u8,
    /// The key PIX payments go to.
    pub pix_key: Option<String>,
}

impl Clinic {
    /// The clinic of this folder.
    pub fn load(view: &View<'_>) -> Result<Self, Failure> {
        view.db()
            .prepare_cached(include_str!("sql/clinic.sql"))
            .and_then(|mut query| query.query_row([], Self::from_row))
            .map_err(|error| Failure::Store(error.into()))
    }

    fn from_row(row: &Row<'_>) -> store::rusqlite::Result<Self> {
        let country: String = row.get("country")?;
        let tax_id: Option<String> = row.get("tax_id")?;
        let phone: Option<String> = row.get("phone")?;
        Ok(Self {
            id: ClinicId(row.get("id")?),
            name: row.get("name")?,
            legal_name: row.get("legal_name")?,
            tax_id_formatted: tax_id.as_deref().map(|n| Identifier::format_stored(tax_number(&country), n)),
            tax_id,
            phone_formatted: phone.as_deref().map(|number| Phone::format_stored(number, &country)),
            phone,
            email: row.get("email")?,
            address: row.get("address")?,
            city: row.get("city")?,
            state: row.get("state")?,
            postal_code: row.get("postal_code")?,
            country,
            zone: row.get("zone")?,
            currency: row.get("currency")?,
            locale: row.get("locale")?,
            profile: row.get("profile")?,
            week_start: row.get("week_start")?,
            pix_key: row.get("pix_key")?,
        })
    }
}
