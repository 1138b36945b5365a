//! Founding: a clinic starts without any server. Its first desk is the authority until one adopts it.

use domain::{
    id::{ClinicId, UserId},
    identity::{Identifier, IdentifierType, Phone},
    permission::Role,
};
use papers::pix::PixKey;
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{add_user, enrol, profile::Profile};
use crate::{Failure, Stop, command::refuse};

/// What is asked about the clinic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct ClinicData {
    /// The name patients know.
    pub name: String,
    /// The name on invoices.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub legal_name: Option<String>,
    /// CNPJ, RUC, NIF ….
    #[serde(default)]
    #[ts(optional = nullable)]
    pub tax_id: Option<String>,
    /// As typed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub phone: Option<String>,
    /// Street and number.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub address: Option<String>,
    /// City.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub city: Option<String>,
    /// State or department.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<String>,
    /// Postal code.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub postal_code: Option<String>,
    /// The key PIX payments go to.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub pix_key: Option<String>,
}

/// Who becomes the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin {
    /// The user's id, drawn before the key slots are made.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// What was founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founded {
    /// The clinic.
    pub clinic: ClinicId,
}

/// Why a clinic is not founded as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FoundingRefusal {
    /// The clinic or its owner has no name.
    NameMissing,
    /// The tax number is not one of that country.
    TaxIdInvalid {
        /// The check digits that would fit, where that is what is wrong.
        expected_digits: Option<String>,
    },
    /// The phone number is not one of that country.
    PhoneInvalid,
    /// Not a key that a bank takes.
    PixKeyInvalid,
}

/// The kind of tax number a company has in a country.
pub(crate) fn tax_number(country: &str) -> IdentifierType {
    match country {
        "BR" => IdentifierType::Cnpj,
        "PY" => IdentifierType::Ruc,
        "ES" => IdentifierType::Dni,
        _ => IdentifierType::Other,
    }
}

/// Reads what was typed into canonical form.
pub(super) fn admit(mut data: ClinicData, country: &str) -> Result<ClinicData, FoundingRefusal> {
    let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    data.name = data.name.trim().to_owned();
    if data.name.is_empty() {
        return Err(FoundingRefusal::NameMissing);
    }
    data.tax_id = tidy(data.tax_id)
        .map(|typed| Identifier::parse(tax_number(country), &typed, Some(country)))
        .transpose()
        .map_err(|refusal| FoundingRefusal::TaxIdInvalid { expected_digits: refusal.expected().map(str::to_owned) })?
        .map(|number| number.value().to_owned());
    data.phone = tidy(data.phone)
        .map(|typed| Phone::parse(&typed, country))
        .transpose()
        .map_err(|_| FoundingRefusal::PhoneInvalid)?
        .map(|phone| phone.as_str().to_owned());
    data.legal_name = tidy(data.legal_name);
    data.address = tidy(data.address);
    data.city = tidy(data.city);
    data.state = tidy(data.state);
    data.postal_code = tidy(data.postal_code);
    data.pix_key = tidy(data.pix_key);
    if country == "BR" && data.pix_key.as_deref().is_some_and(|key| PixKey::parse(key).is_err()) {
        return Err(FoundingRefusal::PixKeyInvalid);
    }
    Ok(data)
}

/// Says beforehand whether a clinic could be founded with these data.
pub fn check(data: &ClinicData, owner: &str, country: &str) -> Result<(), FoundingRefusal> {
    if owner.trim().is_empty() {
        return Err(FoundingRefusal::NameMissing);
    }
    admit(data.clone(), country).map(|_| ())
}

/// Writes the first records of an organization: itself, its clinic, its owner and this desk.
pub fn found(
    tx: &Tx<'_>,
    profile: &Profile,
    locale: &str,
    data: ClinicData,
    admin: &Admin,
    demo: bool,
) -> Result<Founded, Stop<FoundingRefusal>> {
    let data = match admit(data, profile.country) {
        Ok(data) if !admin.name.trim().is_empty() => data,
        Ok(_) => return refuse(FoundingRefusal::NameMissing),
        Err(refusal) => return refuse(refusal),
    };
    let identity = tx.identity();
    let root = identity.root().ok_or(Failure::Damaged("a founding folder holds the root key"))?;
    let clinic = ClinicId(tx.new_id());
    tx.db().execute(
        include_str!("sql/insert_organization.sql"),
        named_params! {
            ":id": identity.org.0, ":at": tx.at().millis(), ":by": admin.id.0, ":name": data.name,
            ":root_key": root.verifying_key().to_bytes(), ":demo": demo,
        },
    )?;
    tx.db().execute(
        include_str!("sql/insert_clinic.sql"),
        named_params! {
            ":id": clinic.0, ":at": tx.at().millis(), ":by": admin.id.0, ":name": data.name,
            ":legal_name": data.legal_name, ":tax_id": data.tax_id, ":phone": data.phone, ":email": Option::<String>::None,
            ":address": data.address, ":city": data.city, ":state": data.state, ":postal_code": data.postal_code,
            ":country": profile.country, ":zone": profile.zone, ":currency": profile.currency.code(),
            ":locale": locale, ":profile": profile.key, ":week_start": profile.week_start, ":pix_key": data.pix_key,
        },
    )?;
    add_user(tx, admin.id, admin.name.trim(), Role::Owner, None)?;
    enrol(tx)?;
    Ok(Founded { clinic })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn data(tax_id: &str) -> ClinicData {
        ClinicData { name: " Clínica Alameda ".into(), tax_id: Some(tax_id.into()), ..ClinicData::default() }
    }

    #[test]
    fn a_cnpj_with_a_wrong_last_digit_is_refused_with_the_right_one() {
        assert_eq!(
            admit(data("16.727.230/0001-96"), "BR"),
            Err(FoundingRefusal::TaxIdInvalid { expected_digits: Some("97".into()) })
        );
        let admitted = admit(data("16.727.230/0001-97"), "BR").unwrap();
        assert_eq!((admitted.name.as_str(), admitted.tax_id.as_deref()), ("Clínica Alameda", Some("16727230000197")));
    }

    #[test]
    fn a_clinic_without_a_name_is_refused() {
        assert_eq!(admit(ClinicData::default(), "BR"), Err(FoundingRefusal::NameMissing));
    }
}
