//! One row of the file as a person, with everything that is wrong with it.

use domain::{
    identity::{IdentifierType, Phone},
    time::CivilDate,
};

use super::{ImportField, dates, dates::Order, table::Row};
use crate::people::{Admitted, IdentifierInput, PersonInput, PersonRefusal, Sex, admit};

/// What the columns of this file mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) fields: Vec<Option<ImportField>>,
    pub(super) order: Order,
    /// In this file `m` is a woman: Spanish files say *hombre* and *mujer*.
    pub(super) spanish_sex: bool,
    pub(super) has_family: bool,
}

impl Columns {
    /// Reads the headings, and from the cells what only the whole column tells.
    pub(super) fn of(fields: Vec<Option<ImportField>>, rows: &[Row], country: &str) -> Self {
        let cells = |wanted: ImportField| {
            let fields = &fields;
            rows.iter().flat_map(move |row| {
                row.cells
                    .iter()
                    .zip(fields)
                    .filter(move |(_, field)| **field == Some(wanted))
                    .map(|(cell, _)| cell.as_str())
            })
        };
        let order = Order::of_column(cells(ImportField::BirthDate), country);
        let spanish_sex = cells(ImportField::Sex).any(|cell| super::fold(cell).starts_with('h'));
        let has_family = fields.contains(&Some(ImportField::Family));
        Self { fields, order, spanish_sex, has_family }
    }

    fn cells<'a>(&'a self, row: &'a Row, wanted: ImportField) -> impl Iterator<Item = &'a str> {
        let cells = row.cells.iter().zip(&self.fields);
        cells.filter(move |(cell, field)| **field == Some(wanted) && !cell.is_empty()).map(|(cell, _)| cell.as_str())
    }

    fn first(&self, row: &Row, wanted: ImportField) -> Option<String> {
        self.cells(row, wanted).next().map(str::to_owned)
    }
}

/// A row read: the name it bears, and the person or the reasons against them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) name: String,
    pub(super) person: Result<Box<Admitted>, Vec<String>>,
}

/// Reads a row by the same rules as the registration form. All that is wrong is told, not only the first.
pub(super) fn read(row: &Row, columns: &Columns, country: &str, today: CivilDate) -> Read {
    let (given, family) = names(row, columns);
    let name = [Some(given.as_str()), family.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    // A name in the report that is longer is no name: enough of it to find the line again.
    let name: String = name.chars().take(80).collect();
    let mut reasons = Vec::new();
    if row.unclosed {
        return Read { name, person: Err(vec!["quote_unclosed".into()]) };
    }
    let birth = columns.first(row, ImportField::BirthDate).map(|cell| dates::read(&cell, columns.order));
    let birth_date = birth.unwrap_or(Ok(None)).unwrap_or_else(|_| {
        reasons.push("birth_date_invalid".to_owned());
        None
    });
    let address: Vec<_> = columns.cells(row, ImportField::Address).collect();
    let notes: Vec<_> = columns.cells(row, ImportField::Notes).collect();
    let input = PersonInput {
        given,
        family,
        preferred_name: columns.first(row, ImportField::PreferredName),
        birth_date,
        sex: columns.first(row, ImportField::Sex).and_then(|cell| sex(&cell, columns.spanish_sex)),
        phone: phone(columns.cells(row, ImportField::Phone), country),
        email: columns.first(row, ImportField::Email).and_then(|cell| email(&cell)),
        identifier: identifier(row, columns, country),
        address: (!address.is_empty()).then(|| address.join(", ")),
        notes: (!notes.is_empty()).then(|| notes.join("\n")),
    };
    match admitted(input, country, today, &mut reasons) {
        Some(person) if reasons.is_empty() => Read { name, person: Ok(Box::new(person)) },
        _ => Read { name, person: Err(reasons) },
    }
}

/// Asks the form's rules until nothing is left to refuse, collecting what they said.
fn admitted(mut input: PersonInput, country: &str, today: CivilDate, reasons: &mut Vec<String>) -> Option<Admitted> {
    loop {
        match admit(input.clone(), country, today) {
            Ok(person) => return Some(person),
            Err(PersonRefusal::NameMissing) => {
                reasons.push("name_missing".into());
                input.given = "?".into();
            }
            Err(PersonRefusal::BornInFuture) => {
                reasons.push("born_in_future".into());
                input.birth_date = None;
            }
            Err(PersonRefusal::BornTooLongAgo) => {
                reasons.push("birth_date_invalid".into());
                input.birth_date = None;
            }
            Err(PersonRefusal::TextTooLong { .. }) => {
                reasons.push("text_too_long".into());
                return None;
            }
            Err(PersonRefusal::TextUnreadable { .. }) => {
                reasons.push("text_unreadable".into());
                return None;
            }
            Err(PersonRefusal::IdentifierInvalid { expected }) => {
                // The digits that would fit stand behind a colon.
                let expected = expected.map(|digits| format!(":{digits}")).unwrap_or_default();
                reasons.push(format!("identifier_invalid{expected}"));
                input.identifier = None;
            }
            Err(PersonRefusal::PhoneInvalid) => {
                reasons.push("phone_invalid".into());
                input.phone = None;
            }
            Err(PersonRefusal::EmailInvalid) => {
                reasons.push("email_invalid".into());
                input.email = None;
            }
            Err(PersonRefusal::AlreadyRegistered { .. } | PersonRefusal::NotFound) => return None,
        }
    }
}

/// Given and family name. A whole name is divided at its first space: how many given names someone has, no file says.
fn names(row: &Row, columns: &Columns) -> (String, Option<String>) {
    let whole = columns.first(row, ImportField::Name);
    let family = columns.first(row, ImportField::Family);
    if let Some(given) = columns.first(row, ImportField::Given) {
        return (given, family);
    }
    let whole = whole.unwrap_or_default();
    if columns.has_family {
        return (whole, family);
    }
    match whole.split_once(char::is_whitespace) {
        Some((given, rest)) => (given.to_owned(), Some(rest.trim().to_owned())),
        None => (whole, None),
    }
}

fn sex(cell: &str, spanish: bool) -> Option<Sex> {
    match super::fold(cell).as_str() {
        "m" if spanish => Some(Sex::Female),
        "m" | "masc" | "masculino" | "male" | "man" | "homem" | "hombre" | "h" | "macho" | "varon" => Some(Sex::Male),
        "f" | "fem" | "feminino" | "femenino" | "female" | "woman" | "mulher" | "mujer" | "w" => Some(Sex::Female),
        _ => None,
    }
}

/// The first number of the cells that can be called; where none can, the first as it stands, to be refused.
fn phone<'a>(cells: impl Iterator<Item = &'a str>, country: &str) -> Option<String> {
    let mut first = None;
    for cell in cells.filter(|cell| cell.chars().any(|c| c.is_ascii_digit())) {
        let whole = std::iter::once(cell);
        let parts =
            cell.split(['/', ';', ',', '|']).flat_map(|part| part.split(" ou ")).flat_map(|part| part.split(" e "));
        for part in whole.chain(parts) {
            // "cel: (11) 95555-0142 (mãe)", and the ".0" of a number that a spreadsheet took for one.
            let bare: String =
                part.trim().trim_end_matches(".0").chars().filter(|c| !c.is_alphabetic() && *c != ':').collect();
            let bare = bare.replace("()", "");
            if Phone::parse(&bare, country).is_ok() {
                return Some(bare);
            }
        }
        first = first.or_else(|| Some(cell.to_owned()));
    }
    first
}

fn email(cell: &str) -> Option<String> {
    cell.split([';', ',']).map(str::trim).find(|part| !part.is_empty() && *part != "-").map(str::to_owned)
}

/// The first document of the row. Zeros that a spreadsheet took from the front of a CPF are put back.
fn identifier(row: &Row, columns: &Columns, country: &str) -> Option<IdentifierInput> {
    let home = match country {
        "BR" => IdentifierType::Cpf,
        "PY" => IdentifierType::Ci,
        "ES" => IdentifierType::Dni,
        _ => IdentifierType::Other,
    };
    [
        (ImportField::Cpf, IdentifierType::Cpf),
        (ImportField::Ci, IdentifierType::Ci),
        (ImportField::Dni, IdentifierType::Dni),
        (ImportField::Document, home),
        (ImportField::Ruc, IdentifierType::Ruc),
        (ImportField::Cnpj, IdentifierType::Cnpj),
        (ImportField::Passport, IdentifierType::Passport),
    ]
    .into_iter()
    .find_map(|(field, kind)| {
        let cell = columns.first(row, field)?;
        if cell.chars().all(|c| !c.is_alphanumeric() || c == '0') {
            return None;
        }
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        let kind = if kind == IdentifierType::Cpf && digits == 14 { IdentifierType::Cnpj } else { kind };
        let plain = cell.bytes().all(|b| b.is_ascii_digit());
        let value = if kind == IdentifierType::Cpf && plain && (8..11).contains(&digits) {
            format!("{cell:0>11}")
        } else {
            cell
        };
        Some(IdentifierInput { kind, value, country: None })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::{
        super::{headers, table},
        *,
    };

    fn reads(file: &str) -> Vec<Read> {
        let table = table::read(file.as_bytes()).unwrap();
        let fields = table.headers.iter().map(|heading| headers::field(heading)).collect();
        let columns = Columns::of(fields, &table.rows, "BR");
        let today = "2026-11-21".parse().unwrap();
        table.rows.iter().map(|row| read(row, &columns, "BR", today)).collect()
    }

    fn person(file: &str) -> Admitted {
        *reads(file)[0].person.clone().unwrap()
    }

    #[test]
    fn a_whole_name_is_divided_and_a_given_one_is_not() {
        let whole = person("Nome\nMariana da Silva Costa\n");
        assert_eq!((whole.given.as_str(), whole.family.as_deref()), ("Mariana", Some("da Silva Costa")));
        let parts = person("Nome,Sobrenome\nMaria José,da Silva\n");
        assert_eq!((parts.given.as_str(), parts.family.as_deref()), ("Maria José", Some("da Silva")));
        assert_eq!(person("First name,Last name\nAnn,Lee\n").family.as_deref(), Some("Lee"));
    }

    #[test]
    fn documents_lose_their_mask_and_get_their_zeros_back() {
        for cell in ["529.982.247-25", "52998224725", "529 982 247/25"] {
            assert_eq!(person(&format!("Nome;CPF\nAna;{cell}\n")).identifier.unwrap().value(), "52998224725");
        }
        let zeros = domain::identity::Cpf::check_digits("001234567");
        let short = format!("1234567{zeros}");
        assert_eq!(person(&format!("Nome;CPF\nAna;{short}\n")).identifier.unwrap().value(), format!("00{short}"));
        assert_eq!(person("Nome;CPF/CNPJ\nAna;16.727.230/0001-97\n").identifier.unwrap().value(), "16727230000197");
        assert_eq!(
            person("Nome;CPF;Passaporte\nAna;000.000.000-00;FZ 123456\n").identifier.unwrap().value(),
            "FZ123456"
        );
        assert_eq!(person("Nome;CPF\nAna;-\n").identifier, None);
    }

    #[test]
    fn phones_are_found_in_whatever_stands_in_the_cell() {
        for cell in [
            "(11) 95555-0142",
            "11955550142",
            "+55 11 95555-0142",
            "11955550142.0",
            "cel: (11) 95555-0142 (mãe)",
            "3555-01 / 11 95555 0142",
            "011 95555 0142",
        ] {
            let phone = person(&format!("Nome;Celular\nAna;{cell}\n")).phone.unwrap();
            assert_eq!(phone.as_str(), "+5511955550142", "{cell}");
        }
        let second = person("Nome;Telefone;Celular\nAna;;(11) 95555-0142\n");
        assert_eq!(second.phone.unwrap().as_str(), "+5511955550142");
    }

    #[test]
    fn m_is_a_man_except_where_the_file_says_hombre() {
        assert_eq!(person("Nome;Sexo\nAna;M\n").sex, Sex::Male);
        let spanish = reads("Nombre;Sexo\nAna;M\nJuan;H\n");
        let sexes: Vec<_> = spanish.iter().map(|read| read.person.as_ref().unwrap().sex).collect();
        assert_eq!(sexes, [Sex::Female, Sex::Male]);
    }

    #[test]
    fn address_columns_are_joined_and_the_first_email_counts() {
        let row = person("Nome;Rua;Número;Cidade;E-mail\nAna;Rua das Flores;12;Campinas;Ana@x.com; b@y.com\n");
        assert_eq!(row.address.as_deref(), Some("Rua das Flores, 12, Campinas"));
        assert_eq!(row.email.as_deref(), Some("ana@x.com"));
    }

    #[test]
    fn everything_wrong_with_a_line_is_told_at_once() {
        let file = "Nome;Nascimento;CPF;Telefone;E-mail\n;31/02/1988;529.982.247-24;123;ana\nBia;01/01/2030;;;\n";
        let read = reads(file);
        assert_eq!(
            read[0].person,
            Err(["birth_date_invalid", "name_missing", "phone_invalid", "email_invalid", "identifier_invalid:25"]
                .map(str::to_owned)
                .to_vec())
        );
        assert_eq!((read[1].name.as_str(), &read[1].person), ("Bia", &Err(vec!["born_in_future".to_owned()])));
    }
}
