//! What a document can say by itself: about the patient, who acts, what is done, and the clinic.

use domain::{
    id::{AppointmentId, EncounterId, PatientId, ServiceId},
    identity::{Identifier, IdentifierType, Phone},
    money::Locale,
    time::{CivilDate, Zone},
};
use store::{
    View,
    rusqlite::{self, OptionalExtension, Row, named_params},
};

use super::{Issuer, Subject};
use crate::{
    Failure,
    organization::{Clinic, Here, is_demo},
    people::{self, PatientHeader},
};

/// Everything a template's variables can draw on.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) issuer: Issuer,
    pub(super) city: Option<String>,
    pub(super) zone: String,
    pub(super) demo: bool,
    pub(super) patient: Subject,
    pub(super) practitioner: Option<(String, Option<String>)>,
    pub(super) service: Option<String>,
}

/// The visit a document is prepared for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Visit {
    pub(super) appointment: Option<AppointmentId>,
    pub(super) encounter: Option<EncounterId>,
    /// The service to speak of where the visit names none.
    pub(super) service: Option<ServiceId>,
}

/// What could not be found.
pub(super) enum Missing {
    Patient,
    Visit,
}

impl Facts {
    /// Gathers what is known. A visit that is not the patient's counts as not found.
    pub(super) fn gather(
        view: &View<'_>,
        here: &Here,
        patient: PatientId,
        visit: Visit,
        locale: Locale,
    ) -> Result<Result<Self, Missing>, Failure> {
        let Some(header) = people::header(view, here, patient)? else { return Ok(Err(Missing::Patient)) };
        let acts = acts(view, patient, visit).map_err(|error| Failure::Store(error.into()))?;
        let asked = visit.appointment.is_some() || visit.encounter.is_some();
        if asked && acts.is_none() {
            return Ok(Err(Missing::Visit));
        }
        let acts = acts.unwrap_or_default();
        let clinic = Clinic::load(view)?;
        let demo = is_demo(view).map_err(|error| Failure::Store(error.into()))?;
        Ok(Ok(Self {
            city: clinic.city.clone(),
            zone: clinic.zone.clone(),
            issuer: issuer(clinic),
            demo,
            patient: subject(header, locale),
            practitioner: acts.practitioner,
            service: acts.service,
        }))
    }

    /// What a variable says in that language on that day; `None` where nothing is known.
    pub(super) fn value(&self, key: &str, locale: Locale, today: CivilDate) -> Option<String> {
        match key {
            "patient.name" => Some(self.patient.name.clone()),
            "patient.document" => self.patient.document.clone(),
            "patient.birth_date" => self.patient.birth_date.map(|date| day(date, locale)),
            "practitioner.name" => self.practitioner.as_ref().map(|(name, _)| name.clone()),
            "practitioner.council" => self.practitioner.as_ref().and_then(|(_, council)| council.clone()),
            "service.name" => self.service.clone(),
            "clinic.name" => Some(self.issuer.name.clone()),
            "clinic.city" => self.city.clone(),
            "date" => Some(day(today, locale)),
            _ => None,
        }
    }
}

/// A date as the language writes it. The month is a word in English, where the order of numbers is ambiguous.
pub(super) fn day(date: CivilDate, locale: Locale) -> String {
    match locale {
        Locale::PtBr | Locale::Es | Locale::EsPy => date.0.format("%d/%m/%Y").to_string(),
        Locale::En => date.0.format("%-d %B %Y").to_string(),
    }
}

#[derive(Default)]
struct Acts {
    service: Option<String>,
    practitioner: Option<(String, Option<String>)>,
}

impl Acts {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let name: Option<String> = row.get("practitioner")?;
        let council: Option<String> = row.get("council")?;
        Ok(Self { service: row.get("service")?, practitioner: name.map(|name| (name, council)) })
    }
}

fn acts(view: &View<'_>, patient: PatientId, visit: Visit) -> rusqlite::Result<Option<Acts>> {
    let (sql, id) = match (visit.encounter, visit.appointment, visit.service) {
        (Some(encounter), ..) => (include_str!("sql/acts_of_encounter.sql"), encounter.0),
        (None, Some(appointment), _) => (include_str!("sql/acts_of_appointment.sql"), appointment.0),
        (None, None, Some(service)) => (include_str!("sql/acts_of_service.sql"), service.0),
        (None, None, None) => return Ok(None),
    };
    view.db()
        .prepare_cached(sql)?
        .query_row(named_params! { ":id": id, ":patient_id": patient.0 }, Acts::from_row)
        .optional()
}

fn issuer(clinic: Clinic) -> Issuer {
    let tax_id = clinic.tax_id.as_deref().map(|number| {
        let kind = match clinic.country.as_str() {
            "BR" => IdentifierType::Cnpj,
            "PY" => IdentifierType::Ruc,
            "ES" => IdentifierType::Dni,
            _ => IdentifierType::Other,
        };
        let word = match kind {
            IdentifierType::Cnpj => "CNPJ ",
            IdentifierType::Ruc => "RUC ",
            IdentifierType::Dni => "NIF ",
            _ => "",
        };
        format!("{word}{}", Identifier::format_stored(kind, number))
    });
    let place = [clinic.city, clinic.state].into_iter().flatten().collect::<Vec<_>>().join("/");
    let address = [clinic.address, Some(place).filter(|place| !place.is_empty())];
    let address = address.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Issuer {
        name: clinic.name,
        legal_name: clinic.legal_name,
        tax_id,
        address: Some(address).filter(|text| !text.is_empty()),
        phone: clinic.phone.as_deref().map(|phone| Phone::format_stored(phone, &clinic.country)),
        email: clinic.email,
    }
}

fn subject(header: PatientHeader, locale: Locale) -> Subject {
    let name =
        if header.legal_name == header.name { header.name } else { format!("{} ({})", header.name, header.legal_name) };
    let document = header.document.map(|document| {
        let word = match (document.kind.as_str(), locale) {
            ("passport", Locale::PtBr) => "Passaporte ".to_owned(),
            ("passport", Locale::Es | Locale::EsPy) => "Pasaporte ".to_owned(),
            ("passport", Locale::En) => "Passport ".to_owned(),
            ("cpf" | "ci" | "ruc" | "dni" | "cnpj" | "cns" | "ssn", _) => format!("{} ", document.kind.to_uppercase()),
            _ => String::new(),
        };
        format!("{word}{}", document.formatted)
    });
    Subject { id: header.id, name, document, birth_date: header.birth_date }
}

/// The zone and language that a content names, for the paper.
pub(super) fn setting(zone: &str, locale: &str, demo: bool) -> Option<papers::Setting> {
    Some(papers::Setting { locale: locale.parse().ok()?, zone: Zone::named(zone)?, demo })
}
