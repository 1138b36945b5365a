//! A document number with its kind, as the registration form takes it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Cnpj, Cns, Cpf, IdentityRefusal, Ruc, SpanishId, all_equal, compact, compact_digits};

/// Which document a number stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename_all = "snake_case")]
pub enum IdentifierType {
    /// Brazil, a person's tax number.
    Cpf,
    /// Brazil, the health card.
    Cns,
    /// Brazil, a company's tax number.
    Cnpj,
    /// Paraguay, a person's identity card.
    Ci,
    /// Paraguay, a taxpayer.
    Ruc,
    /// Spain, NIF or NIE (also the company's); another country's identity card where the country says so.
    Dni,
    /// United States, social security.
    Ssn,
    /// A passport of any country.
    Passport,
    /// An animal's transponder, ISO 11784.
    Microchip,
    /// A tag of the clinic's own with a QR code on it.
    QrTag,
    /// Anything else.
    Other,
}

impl IdentifierType {
    /// Every type, in a stable order.
    pub const ALL: [Self; 11] = [
        Self::Cpf,
        Self::Cns,
        Self::Cnpj,
        Self::Ci,
        Self::Ruc,
        Self::Dni,
        Self::Ssn,
        Self::Passport,
        Self::Microchip,
        Self::QrTag,
        Self::Other,
    ];

    /// The word on the wire and in SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cpf => "cpf",
            Self::Cns => "cns",
            Self::Cnpj => "cnpj",
            Self::Ci => "ci",
            Self::Ruc => "ruc",
            Self::Dni => "dni",
            Self::Ssn => "ssn",
            Self::Passport => "passport",
            Self::Microchip => "microchip",
            Self::QrTag => "qr_tag",
            Self::Other => "other",
        }
    }

    /// The country that issues it where there is only one.
    pub const fn home(self) -> Option<&'static str> {
        match self {
            Self::Cpf | Self::Cns | Self::Cnpj => Some("BR"),
            Self::Ci | Self::Ruc => Some("PY"),
            Self::Dni => Some("ES"),
            Self::Ssn => Some("US"),
            Self::Passport | Self::Microchip | Self::QrTag | Self::Other => None,
        }
    }
}

impl FromStr for IdentifierType {
    type Err = IdentityRefusal;

    fn from_str(word: &str) -> Result<Self, IdentityRefusal> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(IdentityRefusal::Alphabet)
    }
}

/// A checked document number: its kind, canonical value and issuing country.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier {
    kind: IdentifierType,
    value: String,
    country: Option<String>,
}

impl Identifier {
    /// Reads a number of the given kind. `country` is an ISO 3166 code of two letters; without one the kind's own
    /// country is meant. A `ci` or `dni` of another country is taken as text, since its rules are not known here.
    pub fn parse(kind: IdentifierType, text: &str, country: Option<&str>) -> Result<Self, IdentityRefusal> {
        let country = country.map(str::trim).filter(|c| !c.is_empty()).map(str::to_ascii_uppercase);
        if country.as_deref().is_some_and(|c| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
            return Err(IdentityRefusal::Alphabet);
        }
        let country = country.or_else(|| kind.home().map(str::to_owned));
        let at_home = country.as_deref() == kind.home();
        let value = match kind {
            IdentifierType::Cpf => Cpf::parse(text)?.into_string(),
            IdentifierType::Cns => Cns::parse(text)?.into_string(),
            IdentifierType::Cnpj => Cnpj::parse(text)?.into_string(),
            IdentifierType::Ruc => Ruc::parse(text)?.into_string(),
            IdentifierType::Ssn => social_security(text)?,
            IdentifierType::Microchip => microchip(text)?,
            IdentifierType::Ci if at_home => sized(compact_digits(text)?, 4, 8)?,
            IdentifierType::Dni if at_home => SpanishId::parse(text)?.into_string(),
            IdentifierType::Ci | IdentifierType::Dni | IdentifierType::Passport => foreign(text)?,
            IdentifierType::QrTag => sized(compact(text).ok_or(IdentityRefusal::Alphabet)?, 4, 64)?,
            IdentifierType::Other => sized(text.split_whitespace().collect::<Vec<_>>().join(" "), 1, 64)?,
        };
        Ok(Self { kind, value, country })
    }

    /// Which document it is.
    pub const fn kind(&self) -> IdentifierType {
        self.kind
    }

    /// The canonical text: what is stored, compared and searched.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// ISO 3166 code of the issuing country, where it is known.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// As people write it: `529.982.247-25`.
    pub fn formatted(&self) -> String {
        Self::format_stored(self.kind, &self.value)
    }

    /// Formats a value read back from the database; text that does not parse (written by an older version, or
    /// imported) is shown as it is.
    pub fn format_stored(kind: IdentifierType, value: &str) -> String {
        let formatted = match kind {
            IdentifierType::Cpf => Cpf::parse(value).map(|n| n.formatted()),
            IdentifierType::Cns => Cns::parse(value).map(|n| n.formatted()),
            IdentifierType::Cnpj => Cnpj::parse(value).map(|n| n.formatted()),
            IdentifierType::Ruc => Ruc::parse(value).map(|n| n.formatted()),
            IdentifierType::Ci => compact_digits(value).map(|digits| thousands(&digits)),
            IdentifierType::Ssn => social_security(value).map(|v| format!("{}-{}-{}", &v[..3], &v[3..5], &v[5..])),
            IdentifierType::Dni
            | IdentifierType::Passport
            | IdentifierType::Microchip
            | IdentifierType::QrTag
            | IdentifierType::Other => return value.to_owned(),
        };
        formatted.unwrap_or_else(|_| value.to_owned())
    }
}

fn sized(value: String, least: usize, most: usize) -> Result<String, IdentityRefusal> {
    match value.chars().count() {
        0 => Err(IdentityRefusal::Empty),
        n if (least..=most).contains(&n) => Ok(value),
        _ => Err(IdentityRefusal::Length),
    }
}

/// A document of a country whose rules are not known here: letters and digits.
fn foreign(text: &str) -> Result<String, IdentityRefusal> {
    sized(compact(text).ok_or(IdentityRefusal::Alphabet)?, 4, 20)
}

fn social_security(text: &str) -> Result<String, IdentityRefusal> {
    let value = sized(compact_digits(text)?, 9, 9)?;
    let (area, group, serial) = (&value[..3], &value[3..5], &value[5..]);
    if area == "000" || area == "666" || area.starts_with('9') || group == "00" || serial == "0000" {
        return Err(IdentityRefusal::NeverIssued);
    }
    Ok(value)
}

fn microchip(text: &str) -> Result<String, IdentityRefusal> {
    let value = sized(compact_digits(text)?, 15, 15)?;
    if all_equal(&value) { Err(IdentityRefusal::NeverIssued) } else { Ok(value) }
}

fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(kind: IdentifierType, text: &str, country: Option<&str>) -> Result<(String, String), IdentityRefusal> {
        Identifier::parse(kind, text, country).map(|id| (id.value().to_owned(), id.formatted()))
    }

    #[test]
    fn each_kind_keeps_its_canonical_value_and_its_own_way_of_writing() {
        use IdentifierType::{Ci, Cnpj, Cpf, Dni, Microchip, Other, Passport, Ruc, Ssn};

        for (kind, text, value, shown) in [
            (Cpf, "529.982.247-25", "52998224725", "529.982.247-25"),
            (Cnpj, "12abc34501de35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
            (Ci, "4.567.890", "4567890", "4.567.890"),
            (Ruc, "80028061-0", "800280610", "80028061-0"),
            (Dni, "x-2482300-w", "X2482300W", "X2482300W"),
            (Ssn, "123 45 6789", "123456789", "123-45-6789"),
            (Passport, "fz 123456", "FZ123456", "FZ123456"),
            (Microchip, "981 000 012 345 678", "981000012345678", "981000012345678"),
            (Other, "  RG  12 ", "RG 12", "RG 12"),
        ] {
            assert_eq!(read(kind, text, None), Ok((value.to_owned(), shown.to_owned())));
        }
    }

    #[test]
    fn another_countrys_card_is_taken_as_text() {
        assert_eq!(Identifier::parse(IdentifierType::Dni, "12.345.678", Some("ar")).unwrap().country(), Some("AR"));
        assert!(read(IdentifierType::Dni, "12.345.678", None).is_err());
        assert_eq!(Identifier::parse(IdentifierType::Cpf, "52998224725", None).unwrap().country(), Some("BR"));
    }

    #[test]
    fn numbers_never_issued_are_refused() {
        for ssn in ["000-12-3456", "666-12-3456", "912-12-3456", "123-00-3456", "123-45-0000"] {
            assert_eq!(read(IdentifierType::Ssn, ssn, None), Err(IdentityRefusal::NeverIssued), "{ssn}");
        }
        assert_eq!(read(IdentifierType::Microchip, "000000000000000", None), Err(IdentityRefusal::NeverIssued));
        assert_eq!(read(IdentifierType::Passport, "AB/C1 é", None), Err(IdentityRefusal::Alphabet));
        assert_eq!(read(IdentifierType::Other, "  ", None), Err(IdentityRefusal::Empty));
    }

    #[test]
    fn words_read_back() {
        for kind in IdentifierType::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.as_str()));
        }
    }
}
