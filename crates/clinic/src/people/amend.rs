//! Changing a patient's identification. The form sends the whole person; only what differs is journalled.

use domain::{id::PatientId, permission::Permission};
use serde::Deserialize;
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    PatientHeader, PersonInput, PersonRefusal, admit, header,
    register::{bearer, put_contact, put_identifier},
};
use crate::{Command, Outcome, Stop, Topic, Write, command::refuse, organization::here, text};

/// The person as they shall be.
#[derive(Debug, Deserialize, TS)]
pub struct Amend {
    /// Who.
    id: PatientId,
    #[serde(flatten)]
    person: PersonInput,
    /// Although someone else bears the same document.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    anyway: bool,
}

impl Command for Amend {
    const NAME: &'static str = "people.amend";
    const NEEDS: Permission = Permission::PeopleEdit;
    const TOPICS: &'static [Topic] = &[Topic::People];
    const LONG: &'static [(&'static str, usize)] = &[("notes", text::REMARKS)];
    type Output = PatientHeader;
    type Refusal = PersonRefusal;
}

impl Write for Amend {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let person = admit(self.person, &here.country, here.today).map_err(Stop::Refused)?;
        if !self.anyway
            && let Some((patient_id, name)) = bearer(tx, &person, Some(self.id))?
        {
            return refuse(PersonRefusal::AlreadyRegistered { patient_id, name });
        }
        let changed = tx.db().prepare_cached(include_str!("sql/update_patient.sql"))?.execute(named_params! {
            ":id": self.id.0, ":given": person.given, ":family": person.family,
            ":preferred_name": person.preferred_name, ":birth_date": person.birth_date.map(|date| date.to_string()),
            ":sex": person.sex.key(), ":address": person.address, ":notes": person.notes,
        })?;
        if changed == 0 {
            return refuse(PersonRefusal::NotFound);
        }
        if let Some(identifier) = &person.identifier {
            put_identifier(tx, &here, self.id, identifier)?;
        }
        put_contact(tx, &here, self.id, "phone", person.phone.as_ref().map(domain::identity::Phone::as_str))?;
        put_contact(tx, &here, self.id, "email", person.email.as_deref())?;
        match header(tx, &here, self.id)? {
            Some(header) => Ok(header),
            None => refuse(PersonRefusal::NotFound),
        }
    }
}
