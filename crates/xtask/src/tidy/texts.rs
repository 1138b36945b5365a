//! Every text exists in every language.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::tree::Tree;

const FOLDER: &str = "ui/messages/";
const LANGUAGES: [&str; 3] = ["pt-BR", "es", "en"];

/// Every key that one language of a place has and another lacks, or that is there and empty.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut places: BTreeMap<&str, BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
    let mut found = Vec::new();
    for (path, text) in tree.texts() {
        let Some((place, language)) = path
            .strip_prefix(FOLDER)
            .and_then(|rest| rest.strip_suffix(".json"))
            .and_then(|rest| rest.rsplit_once('/'))
        else {
            continue;
        };
        let Ok(Value::Object(texts)) = serde_json::from_str::<Value>(text) else {
            found.push(format!("{path}: not a JSON object"));
            continue;
        };
        for (key, _) in texts.iter().filter(|(_, value)| value.as_str().is_some_and(str::is_empty)) {
            found.push(format!("{path}: {key} is empty"));
        }
        let keys = texts.keys().filter(|key| !key.starts_with('$')).cloned().collect();
        places.entry(place).or_default().insert(language, keys);
    }
    for (place, languages) in &places {
        let all: BTreeSet<&String> = languages.values().flatten().collect();
        for language in LANGUAGES {
            let Some(keys) = languages.get(language) else {
                found.push(format!("{FOLDER}{place}/{language}.json: missing"));
                continue;
            };
            found.extend(
                all.iter()
                    .filter(|key| !keys.contains(key.as_str()))
                    .map(|key| format!("{FOLDER}{place}/{language}.json: {key} is missing")),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_missing_in_one_language_is_found() {
        let tree = Tree::planted(&[
            ("ui/messages/agenda/pt-BR.json", r#"{ "agenda_book": "Marcar", "agenda_move": "Mover" }"#),
            ("ui/messages/agenda/es.json", r#"{ "agenda_book": "Agendar", "agenda_move": "Mover" }"#),
            ("ui/messages/agenda/en.json", r#"{ "agenda_book": "Book" }"#),
        ]);

        assert_eq!(check(&tree), ["ui/messages/agenda/en.json: agenda_move is missing"]);
    }

    #[test]
    fn a_missing_language_and_an_empty_text_are_found() {
        let tree = Tree::planted(&[
            ("ui/messages/start/pt-BR.json", r#"{ "start_join": "" }"#),
            ("ui/messages/start/es.json", r#"{ "start_join": "Unirse" }"#),
        ]);

        let found = check(&tree);

        assert!(found.contains(&"ui/messages/start/pt-BR.json: start_join is empty".to_owned()), "{found:?}");
        assert!(found.contains(&"ui/messages/start/en.json: missing".to_owned()), "{found:?}");
    }
}
