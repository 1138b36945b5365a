//! Registering a patient: the desk's most frequent write, and the one where duplicates are born.

use domain::{
    id::{PatientId, Uuid},
    permission::Permission,
};
use serde::Deserialize;
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, named_params},
};
use ts_rs::TS;

use super::{Admitted, PatientHeader, PersonInput, PersonRefusal, admit, header};
use crate::{
    Command, Failure, Outcome, Stop, Topic, Write,
    command::refuse,
    organization::{Here, here},
    text,
};

/// What the desk typed.
#[derive(Debug, Deserialize, TS)]
pub struct Register {
    #[serde(flatten)]
    person: PersonInput,
    /// Register although someone on file bears the same document.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    anyway: bool,
}

impl Command for Register {
    const NAME: &'static str = "people.register";
    const NEEDS: Permission = Permission::PeopleEdit;
    const TOPICS: &'static [Topic] = &[Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("notes", text::REMARKS)];
    type Output = PatientHeader;
    type Refusal = PersonRefusal;
}

impl Write for Register {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let person = admit(self.person, &here.country, here.today).map_err(Stop::Refused)?;
        if !self.anyway
            && let Some((patient_id, name)) = bearer(tx, &person, None)?
        {
            return refuse(PersonRefusal::AlreadyRegistered { patient_id, name });
        }
        let id = insert_patient(tx, &here, &person)?;
        header(tx, &here, id)?.ok_or(Stop::Failed(Failure::Damaged("the patient just registered")))
    }
}

/// Who else bears the person's document. A warning, never a constraint: two desks without a network can register
/// the same CPF, and that must become a merge, not a failed sync.
pub(super) fn bearer(
    view: &View<'_>,
    person: &Admitted,
    except: Option<PatientId>,
) -> rusqlite::Result<Option<(PatientId, String)>> {
    let Some(identifier) = &person.identifier else { return Ok(None) };
    view.db()
        .prepare_cached(include_str!("sql/bearer.sql"))?
        .query_row(
            named_params! {
                ":type": identifier.kind().as_str(), ":value": identifier.value(),
                ":except": except.map_or(Uuid::nil(), |id| id.0),
            },
            |row| Ok((PatientId(row.get("id")?), row.get("name")?)),
        )
        .optional()
}

/// Writes a new patient with their document and contact points.
pub fn insert_patient(tx: &Tx<'_>, here: &Here, person: &Admitted) -> rusqlite::Result<PatientId> {
    insert_with_code(tx, here, person, last_code(tx, here)? + 1)
}

/// Writes a new patient under a number that is known to be free: many at once need not look for each.
///
/// The chart code, such as `A-0042`, is the desk's prefix and its own counter, so that two desks without a network
/// never give the same code.
pub(super) fn insert_with_code(
    tx: &Tx<'_>,
    here: &Here,
    person: &Admitted,
    number: i64,
) -> rusqlite::Result<PatientId> {
    let id = PatientId(tx.new_id());
    tx.db().prepare_cached(include_str!("sql/insert_patient.sql"))?.execute(named_params! {
        ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
        ":code": format!("{}-{number:04}", here.prefix), ":given": person.given, ":family": person.family,
        ":preferred_name": person.preferred_name, ":birth_date": person.birth_date.map(|date| date.to_string()),
        ":sex": person.sex.key(), ":address": person.address, ":notes": person.notes, ":locale": here.locale,
    })?;
    if let Some(identifier) = &person.identifier {
        put_identifier(tx, here, id, identifier)?;
    }
    put_contact(tx, here, id, "phone", person.phone.as_ref().map(domain::identity::Phone::as_str))?;
    put_contact(tx, here, id, "email", person.email.as_deref())?;
    Ok(id)
}

/// The number of the last chart code of this desk.
pub(super) fn last_code(view: &View<'_>, here: &Here) -> rusqlite::Result<i64> {
    view.db()
        .prepare_cached(include_str!("sql/last_code.sql"))?
        .query_row(named_params! { ":prefix": format!("{}-", here.prefix) }, |row| row.get(0))
}

pub(super) fn put_identifier(
    tx: &Tx<'_>,
    here: &Here,
    patient: PatientId,
    identifier: &domain::identity::Identifier,
) -> rusqlite::Result<()> {
    let known: Option<Uuid> = tx
        .db()
        .prepare_cached(include_str!("sql/identifier_of.sql"))?
        .query_row((patient.0, identifier.kind().as_str()), |row| row.get(0))
        .optional()?;
    tx.db().prepare_cached(include_str!("sql/put_identifier.sql"))?.execute(named_params! {
        ":id": known.unwrap_or_else(|| tx.new_id()), ":clinic_id": here.clinic.0, ":at": tx.at().millis(),
        ":by": tx.actor().0, ":patient_id": patient.0, ":type": identifier.kind().as_str(),
        ":value": identifier.value(), ":country": identifier.country().unwrap_or_default(),
    })?;
    Ok(())
}

/// Makes the first contact point of that system the given one; `None` strikes it out.
pub(super) fn put_contact(
    tx: &Tx<'_>,
    here: &Here,
    patient: PatientId,
    system: &str,
    value: Option<&str>,
) -> rusqlite::Result<()> {
    let known: Option<Uuid> = tx
        .db()
        .prepare_cached(include_str!("sql/contact_of.sql"))?
        .query_row((patient.0, system), |row| row.get(0))
        .optional()?;
    match (value, known) {
        (None, None) => {}
        (None, Some(id)) => {
            tx.db().execute("update contact_point set deleted_at = ?2 where id = ?1", (id, tx.at().millis()))?;
        }
        (Some(value), known) => {
            tx.db().prepare_cached(include_str!("sql/put_contact.sql"))?.execute(named_params! {
                ":id": known.unwrap_or_else(|| tx.new_id()), ":clinic_id": here.clinic.0, ":at": tx.at().millis(),
                ":by": tx.actor().0, ":patient_id": patient.0, ":system": system, ":value": value,
            })?;
        }
    }
    Ok(())
}
