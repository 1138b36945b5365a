//! How an amendment names what it changes: an absent field stays as it is, a null one is cleared.

use serde::{Deserialize, Deserializer};

/// What an amendment says about a field that may be empty. Needs `#[serde(default)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Change<T> {
    /// It was not named.
    #[default]
    Leave,
    /// It was null.
    Clear,
    /// It was given.
    Set(T),
}

impl<T> Change<T> {
    /// What the field holds afterwards.
    pub(crate) fn over(self, known: Option<T>) -> Option<T> {
        match self {
            Self::Leave => known,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Clear, Self::Set))
    }
}

/// Trimmed, with single spaces; nothing instead of an empty text.
pub(crate) fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[derive(Deserialize)]
    struct Form {
        #[serde(default)]
        title: Change<String>,
    }

    #[test]
    fn absent_leaves_null_clears_and_a_text_replaces() {
        let read = |json: &str| serde_json::from_str::<Form>(json).unwrap().title;
        let known = || Some("Dr.".to_owned());
        assert_eq!(read("{}").over(known()), known());
        assert_eq!(read(r#"{"title":null}"#).over(known()), None);
        assert_eq!(read(r#"{"title":"Dra."}"#).over(known()).as_deref(), Some("Dra."));
    }

    #[test]
    fn a_text_of_spaces_is_no_text() {
        assert_eq!(tidy(Some("  ".into())), None);
        assert_eq!(tidy(Some(" Sala  1 ".into())).as_deref(), Some("Sala 1"));
    }
}
