//! Variables in a text: `{{patient.name}}`. Pure: a text and what is known give the filled text, or what is missing.

/// What a document can say by itself, wherever a template asks for it.
pub(super) const KNOWN: &[&str] = &[
    "patient.name",
    "patient.document",
    "patient.birth_date",
    "practitioner.name",
    "practitioner.council",
    "service.name",
    "clinic.name",
    "clinic.city",
    "date",
];

/// A stretch of a text: words, or a variable's key.
enum Stretch<'a> {
    Words(&'a str),
    Variable(&'a str),
}

/// Braces that are never closed are words.
fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((key, tail)) = after.split_once("}}") else { break };
        out.push(Stretch::Words(before));
        out.push(Stretch::Variable(key.trim()));
        rest = tail;
    }
    out.push(Stretch::Words(rest));
    out
}

/// The keys a text asks for, in its order.
pub(super) fn keys(text: &str) -> Vec<&str> {
    stretches(text)
        .into_iter()
        .filter_map(|stretch| match stretch {
            Stretch::Variable(key) => Some(key),
            Stretch::Words(_) => None,
        })
        .collect()
}

/// The text with its variables filled in once: what a value says is never read as a variable.
pub(super) fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    stretches(text)
        .into_iter()
        .map(|stretch| match stretch {
            Stretch::Words(words) => words.to_owned(),
            Stretch::Variable(key) => value(key),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variables_are_filled_and_the_rest_stays_as_it_is() {
        let filled = fill("Eu, **{{patient.name}}**, { {{ date }} } {{", str::to_uppercase);
        assert_eq!(filled, "Eu, **PATIENT.NAME**, { DATE } {{");
    }

    #[test]
    fn a_value_that_looks_like_a_variable_is_not_filled_again() {
        assert_eq!(fill("{{a}}", |_| "{{b}}".to_owned()), "{{b}}");
    }

    proptest! {
        #[test]
        fn a_text_filled_with_its_own_variables_is_the_text(text in "[a-z {}.*]{0,40}") {
            let same = fill(&text, |key| format!("{{{{{key}}}}}"));
            let spaceless = |text: &str| text.replace(' ', "");
            prop_assert_eq!(spaceless(&same), spaceless(&text));
        }
    }
}
