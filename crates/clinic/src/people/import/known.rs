//! Who is already there: on file, or further up in the same file.

use std::collections::HashMap;

use domain::id::Uuid;
use store::{View, rusqlite};

use crate::people::Admitted;

/// What tells two people to be the same. A document alone is enough; a name needs a date of birth or a phone beside
/// it, or that neither line says anything else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Document(String, String),
    NameAndBirth(String, String),
    NameAndPhone(String, String),
    NameAlone(String),
}

/// A person as far as keys need to know them.
struct Traits {
    name: String,
    birth: Option<String>,
    phone: Option<String>,
    document: Option<(String, String)>,
}

impl Traits {
    fn of(person: &Admitted) -> Self {
        let family = person.family.as_deref().unwrap_or_default();
        Self {
            name: super::fold(&format!("{}{family}", person.given)),
            birth: person.birth_date.map(|date| date.to_string()),
            phone: person.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            document: person.identifier.as_ref().map(|id| (id.kind().as_str().to_owned(), id.value().to_owned())),
        }
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        keys.extend(self.document.clone().map(|(kind, value)| Key::Document(kind, value)));
        keys.extend(self.birth.clone().map(|birth| Key::NameAndBirth(self.name.clone(), birth)));
        keys.extend(self.phone.clone().map(|phone| Key::NameAndPhone(self.name.clone(), phone)));
        if keys.is_empty() {
            keys.push(Key::NameAlone(self.name.clone()));
        }
        keys
    }
}

/// People by what tells them; each with a mark of where they stand and the document they bear.
pub(super) struct Known<M> {
    by_key: HashMap<Key, (M, Option<(String, String)>)>,
}

impl<M: Copy> Known<M> {
    pub(super) fn none() -> Self {
        Self { by_key: HashMap::new() }
    }

    /// Whoever is the same person. Two different documents of one kind are two people, whatever else agrees: father
    /// and son share name and phone.
    pub(super) fn find(&self, person: &Admitted) -> Option<M> {
        let traits = Traits::of(person);
        traits.keys().iter().find_map(|key| {
            let (mark, document) = self.by_key.get(key)?;
            let differ = |(kind, value): &(String, String)| {
                traits.document.as_ref().is_some_and(|(own_kind, own)| own_kind == kind && own != value)
            };
            (!document.as_ref().is_some_and(differ)).then_some(*mark)
        })
    }

    pub(super) fn add(&mut self, person: &Admitted, mark: M) {
        self.insert(&Traits::of(person), mark);
    }

    fn insert(&mut self, traits: &Traits, mark: M) {
        for key in traits.keys() {
            self.by_key.entry(key).or_insert_with(|| (mark, traits.document.clone()));
        }
    }
}

/// Everyone on file.
pub(super) fn on_file(view: &View<'_>) -> rusqlite::Result<Known<Uuid>> {
    let mut known = Known::none();
    let mut query = view.db().prepare_cached(include_str!("../sql/import_on_file.sql"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let given: String = row.get("given")?;
        let family: Option<String> = row.get("family")?;
        let traits = Traits {
            name: super::fold(&format!("{given}{}", family.unwrap_or_default())),
            birth: row.get("birth_date")?,
            phone: row.get("phone")?,
            document: Option::zip(row.get("document_type")?, row.get("document_value")?),
        };
        known.insert(&traits, row.get("id")?);
    }
    Ok(known)
}
