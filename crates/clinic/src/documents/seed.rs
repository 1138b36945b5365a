//! The texts a new clinic begins with. They are published like any other, so the clinic can supersede them.

use domain::id::TemplateId;
use serde::Deserialize;
use store::Tx;

use super::{
    TemplateBody,
    add_template::{admit, publish},
};
use crate::Failure;

/// A text that comes with the program.
#[derive(Deserialize)]
struct Seed {
    key: String,
    title: String,
    locale: String,
    #[serde(flatten)]
    body: TemplateBody,
}

/// A text that was published at founding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeededTemplate {
    /// The file's name, by which profiles speak of it: `toxin`, `filler`, `biostimulator`, `peel`, `microneedling`,
    /// `laser`, `cleansing`, `image`, `general-pt`, `general-es`, `general-en`.
    pub key: String,
    /// Its revision.
    pub id: TemplateId,
}

/// Texts for every clinic, whatever it does, in the languages that papers speak.
const GENERAL: &[&str] = &[
    include_str!("templates/general-pt.json"),
    include_str!("templates/general-es.json"),
    include_str!("templates/general-en.json"),
];

/// Texts for a Brazilian aesthetic clinic. Their lawyer reads them before they are used.
const AESTHETIC_BR: &[&str] = &[
    include_str!("templates/toxin.json"),
    include_str!("templates/filler.json"),
    include_str!("templates/biostimulator.json"),
    include_str!("templates/peel.json"),
    include_str!("templates/microneedling.json"),
    include_str!("templates/laser.json"),
    include_str!("templates/cleansing.json"),
    include_str!("templates/image.json"),
];

/// Publishes the texts of a profile and says under which ids.
pub fn seed(tx: &Tx<'_>, profile: &str) -> Result<Vec<SeededTemplate>, Failure> {
    let special = if profile == "aesthetic-br" { AESTHETIC_BR } else { &[] };
    special
        .iter()
        .chain(GENERAL)
        .map(|file| {
            let seed: Seed = serde_json::from_str(file).map_err(|_| Failure::Damaged("a text of the program"))?;
            admit(&seed.title, &seed.locale, &seed.body).map_err(|_| Failure::Damaged("a text of the program"))?;
            let id = publish(tx, &seed.title, &seed.locale, 1, &seed.body, None)?;
            Ok(SeededTemplate { key: seed.key, id })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn all() -> Vec<Seed> {
        AESTHETIC_BR.iter().chain(GENERAL).map(|file| serde_json::from_str(file).unwrap()).collect()
    }

    #[test]
    fn every_text_can_be_published() {
        for seed in all() {
            assert_eq!(admit(&seed.title, &seed.locale, &seed.body), Ok(()), "{}", seed.key);
        }
    }

    #[test]
    fn every_text_says_that_consent_can_be_withdrawn_and_asks_nothing_beforehand() {
        for seed in all() {
            let text: String = seed.body.blocks.iter().map(super::super::Block::text).collect();
            let said = ["retirar", "withdraw"].iter().any(|word| text.contains(word));
            assert!(said, "{}: consent is withdrawable, and says so", seed.key);
            assert!(!seed.body.purposes.is_empty(), "{}: purposes are asked apart", seed.key);
            let image = |key: &str| key.starts_with("photo");
            let demanded = seed.body.purposes.iter().any(|purpose| image(&purpose.key) && purpose.required);
            assert!(!demanded, "{}: a treatment never depends on photographs", seed.key);
        }
    }
}
