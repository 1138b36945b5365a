//! What is asked about a person, and the rules that admit it. Pure: used by the form and by the import alike.

use chrono::Datelike as _;
use domain::{
    id::PatientId,
    identity::{Identifier, IdentifierType, Phone},
    time::CivilDate,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{amendment::tidy, text};

/// A document number as typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct IdentifierInput {
    /// Which document.
    #[serde(rename = "type")]
    pub kind: IdentifierType,
    /// The number, with or without punctuation.
    pub value: String,
    /// ISO 3166 country; the document's own where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub country: Option<String>,
}

/// Nobody who was born before this year lives.
const FIRST_BIRTH: i32 = 1880;

/// A person as typed at the desk. Only the given name is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct PersonInput {
    /// Given name.
    pub given: String,
    /// Family name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub family: Option<String>,
    /// The name the person goes by (in Brazil, *nome social*: Decreto 8.727/2016); shown first everywhere.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub preferred_name: Option<String>,
    /// Date of birth.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub birth_date: Option<CivilDate>,
    /// `male`, `female` or `unknown`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sex: Option<Sex>,
    /// As typed; a family may share one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub email: Option<String>,
    /// A document.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub identifier: Option<IdentifierInput>,
    /// Where they live.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub address: Option<String>,
    /// What the desk should know.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub notes: Option<String>,
}

/// Sex as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not known or not asked.
    #[default]
    Unknown,
}

impl Sex {
    /// The word in SQL and on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Unknown => "unknown",
        }
    }
}

/// A person whose data hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: Option<String>,
    /// The name they go by.
    pub preferred_name: Option<String>,
    /// Date of birth, not after today.
    pub birth_date: Option<CivilDate>,
    /// Sex.
    pub sex: Sex,
    /// E.164.
    pub phone: Option<Phone>,
    /// Lower case.
    pub email: Option<String>,
    /// A checked document.
    pub identifier: Option<Identifier>,
    /// Where they live.
    pub address: Option<String>,
    /// What the desk should know.
    pub notes: Option<String>,
}

/// Why a person is not taken as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PersonRefusal {
    /// No given name.
    NameMissing,
    /// Born after today.
    BornInFuture,
    /// Born so long ago that nobody lives: a slip in the year.
    BornTooLongAgo,
    /// A text has more characters than its field may hold.
    TextTooLong {
        /// The field.
        field: &'static str,
        /// The most it may hold.
        most: usize,
    },
    /// A text holds characters that cannot be shown.
    TextUnreadable {
        /// The field.
        field: &'static str,
    },
    /// Not a number of that document.
    IdentifierInvalid {
        /// The check digits that would fit, where that is what is wrong.
        expected: Option<String>,
    },
    /// Not a number that can be called.
    PhoneInvalid,
    /// Not an e-mail address.
    EmailInvalid,
    /// Someone on file bears this document: offer to open that chart.
    AlreadyRegistered {
        /// Who.
        patient_id: PatientId,
        /// Their name.
        name: String,
    },
    /// No such patient.
    NotFound,
}

/// Reads what was typed into canonical form, or says what is wrong with it.
pub fn admit(input: PersonInput, country: &str, today: CivilDate) -> Result<Admitted, PersonRefusal> {
    texts_fit(&input)?;
    let given = tidy(Some(input.given)).ok_or(PersonRefusal::NameMissing)?;
    if input.birth_date.is_some_and(|born| born.0.year() < FIRST_BIRTH) {
        return Err(PersonRefusal::BornTooLongAgo);
    }
    if input.birth_date.is_some_and(|born| born > today) {
        return Err(PersonRefusal::BornInFuture);
    }
    let phone = tidy(input.phone)
        .map(|typed| Phone::parse(&typed, country))
        .transpose()
        .map_err(|_| PersonRefusal::PhoneInvalid)?;
    let email = tidy(input.email).map(|typed| email(&typed).ok_or(PersonRefusal::EmailInvalid)).transpose()?;
    let identifier = input
        .identifier
        .filter(|typed| !typed.value.trim().is_empty())
        .map(|typed| Identifier::parse(typed.kind, &typed.value, typed.country.as_deref()))
        .transpose()
        .map_err(|refusal| PersonRefusal::IdentifierInvalid { expected: refusal.expected().map(str::to_owned) })?;
    Ok(Admitted {
        given,
        family: tidy(input.family),
        preferred_name: tidy(input.preferred_name),
        birth_date: input.birth_date,
        sex: input.sex.unwrap_or_default(),
        phone,
        email,
        identifier,
        address: tidy(input.address),
        notes: input.notes.map(|notes| notes.trim().to_owned()).filter(|notes| !notes.is_empty()),
    })
}

/// A spreadsheet's cells come here without having been typed.
fn texts_fit(input: &PersonInput) -> Result<(), PersonRefusal> {
    let lines = [
        ("given", Some(&input.given)),
        ("family", input.family.as_ref()),
        ("preferred_name", input.preferred_name.as_ref()),
        ("phone", input.phone.as_ref()),
        ("email", input.email.as_ref()),
        ("identifier", input.identifier.as_ref().map(|identifier| &identifier.value)),
        ("address", input.address.as_ref()),
    ];
    let texts = lines.map(|(field, text)| (field, text, text::LINE));
    texts.into_iter().chain([("notes", input.notes.as_ref(), text::REMARKS)]).try_for_each(|(field, typed, most)| {
        text::fits(typed.map_or("", String::as_str), most).map_err(|unfit| match unfit {
            text::Unfit::TooLong(most) => PersonRefusal::TextTooLong { field, most },
            text::Unfit::Unreadable => PersonRefusal::TextUnreadable { field },
        })
    })
}

/// Enough of RFC 5321 to catch slips of the finger: one `@`, something before it, a dot after it. In lower case.
pub(crate) fn email(typed: &str) -> Option<String> {
    let (user, host) = typed.split_once('@')?;
    let sound = !user.is_empty()
        && !host.contains('@')
        && !typed.contains(char::is_whitespace)
        && host.split('.').count() >= 2
        && host.split('.').all(|label| !label.is_empty());
    sound.then(|| typed.to_lowercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn today() -> CivilDate {
        "2026-11-21".parse().unwrap()
    }

    fn typed(given: &str) -> PersonInput {
        PersonInput { given: given.into(), ..PersonInput::default() }
    }

    #[test]
    fn a_given_name_is_enough_and_spaces_are_tidied() {
        assert_eq!(admit(typed("  Maria   José "), "BR", today()).unwrap().given, "Maria José");
        assert_eq!(admit(typed("  "), "BR", today()), Err(PersonRefusal::NameMissing));
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let mut input = typed("Ana");
        input.birth_date = Some(today().plus_days(1));
        assert_eq!(admit(input.clone(), "BR", today()), Err(PersonRefusal::BornInFuture));
        input.birth_date = Some(today());
        assert!(admit(input, "BR", today()).is_ok());
    }

    #[test]
    fn a_wrong_cpf_is_refused_with_the_digits_that_fit() {
        let mut input = typed("Ana");
        input.identifier =
            Some(IdentifierInput { kind: IdentifierType::Cpf, value: "529.982.247-24".into(), country: None });
        assert_eq!(admit(input, "BR", today()), Err(PersonRefusal::IdentifierInvalid { expected: Some("25".into()) }));
    }

    #[test]
    fn an_address_without_a_host_is_no_email() {
        for (text, sound) in [("Ana@Exemplo.com.br", true), ("ana@exemplo", false), ("@x.y", false), ("a@b@c.d", false)]
        {
            let mut input = typed("Ana");
            input.email = Some(text.into());
            assert_eq!(admit(input, "BR", today()).is_ok(), sound, "{text}");
        }
    }
}
