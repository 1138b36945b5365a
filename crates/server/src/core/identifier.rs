//! What a person is found by: numbers of documents, telephones, addresses for mail.

use sync::merge::RecordState;

use domain::registry;

/// Kind and field of every identifier: `patient_identifier.value` and `contact_point.value`.
const IDENTIFIERS: [(u16, u16); 2] = [(51, 12), (52, 12)];

/// Every kind that holds identifiers.
pub(super) fn kinds() -> impl Iterator<Item = u16> {
    IDENTIFIERS.into_iter().map(|(kind, _)| kind)
}

/// The identifier that a record bears, made plain; `None` for other kinds, and when it is cleared or struck out.
pub(super) fn borne(record: &RecordState) -> Option<String> {
    let (_, field) = IDENTIFIERS.into_iter().find(|(kind, _)| *kind == record.kind)?;
    if record.value(registry::DELETED_AT.id).is_some() {
        return None;
    }
    record.value(field)?.as_text().map(plain).filter(|plain| !plain.is_empty())
}

/// Without punctuation and case: `123.456.789-09` and `12345678909` are one.
pub(super) fn plain(identifier: &str) -> String {
    identifier.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn identifiers_are_personal_values_of_the_registry() {
        for (kind, field) in IDENTIFIERS {
            let field = registry::kind(kind).unwrap().field(field).unwrap();
            assert!(field.personal && field.column == "value");
        }
    }

    #[test]
    fn punctuation_and_case_do_not_hide_anybody() {
        assert_eq!(plain("123.456.789-09"), plain("12345678909"));
        assert_eq!(plain("+55 (11) 98765-4321"), "5511987654321");
        assert_eq!(plain("Ana@Clinica.br"), plain("ana@clinica.br"));
    }
}
