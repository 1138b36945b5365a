//! What a column means, by its heading: Portuguese, Spanish or English, however it is written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// The whole name; only the given one where there is a column for the family name.
    Name,
    /// Given name.
    Given,
    /// Family name.
    Family,
    /// The name the person goes by.
    PreferredName,
    /// Date of birth.
    BirthDate,
    /// Sex.
    Sex,
    /// Phone; the first one that can be called counts.
    Phone,
    /// E-mail.
    Email,
    /// A document of the clinic's country.
    Document,
    /// CPF.
    Cpf,
    /// CNPJ.
    Cnpj,
    /// Paraguayan identity card.
    Ci,
    /// RUC.
    Ruc,
    /// NIF or NIE.
    Dni,
    /// Passport.
    Passport,
    /// Address, in one column or several.
    Address,
    /// Notes.
    Notes,
}

use ImportField as F;

const HEADINGS: &[(ImportField, &[&str])] = &[
    (
        F::Name,
        &[
            "nome",
            "nomecompleto",
            "nomepaciente",
            "nomedopaciente",
            "nomecliente",
            "nomedocliente",
            "paciente",
            "cliente",
            "nombre",
            "nombrecompleto",
            "nombreyapellido",
            "nombreyapellidos",
            "nombrepaciente",
            "nombredelpaciente",
            "nombredelcliente",
            "name",
            "fullname",
            "patient",
            "patientname",
            "client",
            "clientname",
            "customer",
            "customername",
        ],
    ),
    (F::Given, &["primeironome", "prenome", "primernombre", "nombres", "firstname", "givenname", "forename"]),
    (F::Family, &["sobrenome", "ultimonome", "apellido", "apellidos", "lastname", "familyname", "surname"]),
    (
        F::PreferredName,
        &["nomesocial", "apelido", "nombresocial", "apodo", "preferredname", "socialname", "nickname", "knownas"],
    ),
    (
        F::BirthDate,
        &[
            "nascimento",
            "datanascimento",
            "datadenascimento",
            "datanasc",
            "dtnasc",
            "dtnascimento",
            "nasc",
            "aniversario",
            "nacimiento",
            "fechanacimiento",
            "fechadenacimiento",
            "fechanac",
            "fnacimiento",
            "birthdate",
            "birthday",
            "birth",
            "dateofbirth",
            "dob",
            "born",
        ],
    ),
    (F::Sex, &["sexo", "genero", "sex", "gender"]),
    (
        F::Phone,
        &[
            "telefone",
            "celular",
            "fone",
            "tel",
            "cel",
            "whatsapp",
            "whats",
            "zap",
            "contato",
            "telefoneprincipal",
            "telefonecelular",
            "telefonefixo",
            "telefoneresidencial",
            "telefono",
            "telefonomovil",
            "telefonocelular",
            "telefonofijo",
            "movil",
            "contacto",
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "cellphone",
            "cell",
            "telephone",
            "homephone",
        ],
    ),
    (F::Email, &["email", "mail", "correo", "correoelectronico", "emailaddress", "emailprincipal"]),
    (
        F::Document,
        &[
            "documento",
            "doc",
            "numerodocumento",
            "numerododocumento",
            "nrodocumento",
            "numerodedocumento",
            "documentodeidentidad",
            "document",
            "documentnumber",
            "idnumber",
            "nationalid",
            "taxid",
            "cpfcnpj",
        ],
    ),
    (F::Cpf, &["cpf", "cpfdopaciente", "cpfpaciente", "cpfcliente", "numerocpf"]),
    (F::Cnpj, &["cnpj"]),
    (F::Ci, &["ci", "cedula", "ceduladeidentidad", "nrocedula", "cin"]),
    (F::Ruc, &["ruc"]),
    (F::Dni, &["dni", "nif", "nie", "dninie", "nifnie", "dninif"]),
    (F::Passport, &["passaporte", "pasaporte", "passport", "passportnumber"]),
    (
        F::Address,
        &[
            "endereco",
            "enderecocompleto",
            "logradouro",
            "rua",
            "numero",
            "complemento",
            "bairro",
            "cidade",
            "municipio",
            "uf",
            "estado",
            "cep",
            "direccion",
            "domicilio",
            "calle",
            "barrio",
            "ciudad",
            "provincia",
            "departamento",
            "codigopostal",
            "address",
            "streetaddress",
            "street",
            "city",
            "state",
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
        ],
    ),
    (
        F::Notes,
        &[
            "observacoes",
            "observacao",
            "obs",
            "anotacoes",
            "notas",
            "observaciones",
            "observacion",
            "comentarios",
            "notes",
            "note",
            "comments",
            "remarks",
        ],
    ),
];

/// What a heading means; nothing when it is not known, and then its column is left alone.
pub(super) fn field(heading: &str) -> Option<ImportField> {
    let folded = super::fold(heading);
    // "Telefone 2", "Phone (home)": a number at the end or a word in brackets says nothing.
    let bare = super::fold(heading.split('(').next().unwrap_or_default());
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = |text: &str| HEADINGS.iter().find(|(_, words)| words.contains(&text)).map(|(field, _)| *field);
    known(&folded).or_else(|| known(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_three_languages_however_they_are_written() {
        for (heading, meaning) in [
            ("NOME", Some(F::Name)),
            ("Nome do Paciente", Some(F::Name)),
            ("Data de Nascimento", Some(F::BirthDate)),
            ("Dt. Nasc.", Some(F::BirthDate)),
            ("Fecha de nacimiento", Some(F::BirthDate)),
            ("date_of_birth", Some(F::BirthDate)),
            ("C.P.F.", Some(F::Cpf)),
            ("CPF/CNPJ", Some(F::Document)),
            ("E-mail", Some(F::Email)),
            ("Correo electrónico", Some(F::Email)),
            ("Telefone 2", Some(F::Phone)),
            ("Phone (home)", Some(F::Phone)),
            ("Endereço", Some(F::Address)),
            ("Observações", Some(F::Notes)),
            ("Nome social", Some(F::PreferredName)),
            ("Convênio", None),
            ("", None),
        ] {
            assert_eq!(field(heading), meaning, "{heading}");
        }
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut all: Vec<_> = HEADINGS.iter().flat_map(|(_, words)| words.iter()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|word| super::super::fold(word) == **word), "headings are listed folded");
    }
}
