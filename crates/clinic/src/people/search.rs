//! Finding a patient by what one has: parts of a name in any order, the end of a phone number, a document.

use domain::{
    id::PatientId,
    identity::Phone,
    money::Money,
    permission::Permission,
    time::{CivilDate, Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};
use store::{
    View,
    rusqlite::{Result as SqlResult, Row, named_params},
};
use ts_rs::TS;

use super::header::{date, formatted, full_name};
use crate::{
    Command, Never, Outcome, Read, Topic,
    organization::{Here, here},
};

/// What was typed. Nothing typed gives those registered last.
#[derive(Debug, Deserialize, TS)]
pub struct Search {
    /// The text.
    text: String,
    /// How many at most; 20 where absent, never more than 200.
    #[serde(default)]
    #[ts(optional = nullable)]
    limit: Option<u32>,
}

/// Someone found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonHit {
    /// The patient.
    pub id: PatientId,
    /// Chart code.
    pub code: String,
    /// The name they go by.
    pub name: String,
    /// Date of birth.
    pub birth_date: Option<CivilDate>,
    /// Completed years.
    pub age: Option<u32>,
    /// Formatted.
    pub phone: Option<String>,
    /// Formatted.
    pub document: Option<String>,
    /// Substances.
    pub allergies: Vec<String>,
    /// The next appointment.
    pub next_visit: Option<WallTime>,
    /// The last day they were here.
    pub last_visit: Option<CivilDate>,
    /// What they owe.
    pub balance: Money,
}

impl Command for Search {
    const NAME: &'static str = "people.search";
    const NEEDS: Permission = Permission::PeopleView;
    const TOPICS: &'static [Topic] = &[Topic::People];
    type Output = Vec<PersonHit>;
    type Refusal = Never;
}

impl Read for Search {
    fn run(self, view: &View<'_>) -> Outcome<Self> {
        let here = here(view)?;
        let limit = self.limit.unwrap_or(20).min(200);
        let (sql, pattern) = match pattern(&self.text) {
            Some(pattern) => (concat!(include_str!("sql/search.sql"), include_str!("sql/hit.sql")), pattern),
            None if self.text.trim().is_empty() => {
                (concat!(include_str!("sql/latest.sql"), include_str!("sql/hit.sql")), String::new())
            }
            None => return Ok(Vec::new()),
        };
        let mut query = view.db().prepare_cached(sql)?;
        let hits = query
            .query_map(named_params! { ":pattern": pattern, ":now": view.at().millis(), ":limit": limit }, |row| {
                from_row(row, &here)
            })?;
        Ok(hits.collect::<SqlResult<_>>()?)
    }
}

fn from_row(row: &Row<'_>, here: &Here) -> SqlResult<PersonHit> {
    let given: String = row.get("given")?;
    let family: Option<String> = row.get("family")?;
    let preferred: Option<String> = row.get("preferred_name")?;
    let birth_date = date(row, "birth_date")?;
    let document: Option<(String, String)> = Option::zip(row.get("document_type")?, row.get("document_value")?);
    let phone: Option<String> = row.get("phone")?;
    let allergies: Option<String> = row.get("allergies")?;
    let next_visit: Option<String> = row.get("next_visit")?;
    let last_visit: Option<i64> = row.get("last_visit")?;
    Ok(PersonHit {
        id: PatientId(row.get("id")?),
        code: row.get("code")?,
        name: full_name(preferred.as_deref().unwrap_or(&given), family.as_deref()),
        birth_date,
        age: birth_date.and_then(|born| born.age_on(here.today)),
        phone: phone.map(|phone| Phone::format_stored(&phone, &here.country)),
        document: document.map(|(kind, value)| formatted(kind, value).formatted),
        allergies: allergies.map(|list| list.split('\u{1f}').map(str::to_owned).collect()).unwrap_or_default(),
        next_visit: next_visit.and_then(|wall| wall.parse().ok()),
        last_visit: last_visit.map(|at| here.zone.date(Timestamp::from_millis(at))),
        balance: Money::from_minor(row.get("balance_minor")?, here.currency),
    })
}

/// The words that join Brazilian and Spanish names and that people leave out.
const PARTICLES: &[&str] = &["da", "das", "de", "del", "do", "dos", "e", "la", "las", "los", "y"];

/// The full-text pattern of what was typed: each word a prefix, numbers among the numbers. `None` when nothing in
/// it can be searched for. Whatever is typed, it is quoted: FTS5's own syntax never gets through.
fn pattern(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let mut terms = Vec::new();
    let mut number = String::new();
    for (index, word) in words.iter().enumerate() {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if plain.is_empty() {
            continue;
        }
        if word.chars().any(|c| c.is_ascii_digit()) {
            // A number typed with spaces, such as 95555 0142, is one number.
            number.push_str(&plain);
        } else if index == last || !PARTICLES.contains(&plain.to_lowercase().as_str()) {
            // Split as the tokenizer does: D'Ávila is two words to it.
            terms.extend(
                word.split(|c: char| !c.is_alphanumeric())
                    .filter(|part| !part.is_empty())
                    .map(|part| format!("names : \"{part}\" *")),
            );
        }
    }
    if !number.is_empty() {
        terms.push(format!("numbers : \"{number}\" *"));
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_prefixes_in_any_order_and_particles_are_left_out() {
        assert_eq!(pattern("sil mar").as_deref(), Some("names : \"sil\" * AND names : \"mar\" *"));
        assert_eq!(pattern("maria da silva"), pattern("maria silva"));
    }

    #[test]
    fn numbers_are_sought_among_numbers_however_they_are_typed() {
        assert_eq!(pattern("529.982.247-25").as_deref(), Some("numbers : \"52998224725\" *"));
        assert_eq!(pattern("95555 0142").as_deref(), Some("numbers : \"955550142\" *"));
    }

    #[test]
    fn search_syntax_is_only_text() {
        assert_eq!(pattern("\" * ^ ( )"), None);
        assert_eq!(
            pattern("a\"b NEAR(x)").as_deref(),
            Some("names : \"a\" * AND names : \"b\" * AND names : \"NEAR\" * AND names : \"x\" *")
        );
    }
}
