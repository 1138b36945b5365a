//! What the papers say by themselves, in the patient's language, and how they write dates.
//!
//! The text of a consent form or of a service comes from the clinic; only the papers' own words are here. Each
//! language is one table of the same type: a word that is missing does not compile.

mod en;
mod es;
mod pt_br;

use chrono::{Datelike, Timelike};
use domain::money::Locale;
use domain::time::{CivilDate, Timestamp, Zone};

/// The papers' own words in one language.
pub(crate) struct Words {
    pub(crate) page: fn(usize, usize) -> String,
    pub(crate) version: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) demo: &'static str,
    pub(crate) draft_mark: &'static str,

    pub(crate) consent_draft: &'static str,
    pub(crate) purposes: &'static str,
    pub(crate) granted: &'static str,
    pub(crate) not_granted: &'static str,
    pub(crate) required: &'static str,
    pub(crate) patient: &'static str,
    pub(crate) guardian: &'static str,
    pub(crate) practitioner: &'static str,
    pub(crate) witness: &'static str,
    pub(crate) check_title: &'static str,
    pub(crate) check_text: &'static str,
    pub(crate) code: &'static str,

    pub(crate) invoice: &'static str,
    pub(crate) payer: &'static str,
    pub(crate) issued: &'static str,
    pub(crate) due: &'static str,
    pub(crate) service: &'static str,
    pub(crate) performer: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) discount: &'static str,
    pub(crate) total: &'static str,
    pub(crate) services: &'static str,
    pub(crate) discounts: &'static str,
    pub(crate) paid: &'static str,
    pub(crate) open: &'static str,
    pub(crate) settled: &'static str,
    pub(crate) instalments: &'static str,
    pub(crate) instalment: fn(u32, usize) -> String,
    pub(crate) payments: &'static str,
    pub(crate) pix_title: &'static str,
    pub(crate) pix_text: fn(&str, &str) -> String,
    pub(crate) pix_copy: &'static str,

    pub(crate) receipt: &'static str,
    pub(crate) received_from: &'static str,
    pub(crate) received_at: &'static str,
    pub(crate) method: &'static str,
    pub(crate) concerning: &'static str,
    pub(crate) received_by: &'static str,
    pub(crate) still_open: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) thanks: &'static str,

    pub(crate) cash: &'static str,
    pub(crate) pix: &'static str,
    pub(crate) debit_card: &'static str,
    pub(crate) credit_card: &'static str,
    pub(crate) bank_transfer: &'static str,

    /// From Sunday.
    weekdays: [&'static str; 7],
    /// From January.
    months: [&'static str; 12],
    date: fn(u32, u32, &'static str, i32) -> String,
}

/// The table of a language.
pub(crate) fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::PtBr => &pt_br::WORDS,
        Locale::Es | Locale::EsPy => &es::WORDS,
        Locale::En => &en::WORDS,
    }
}

impl Words {
    /// `18/11/2026`, in English `18 Nov 2026`, since 11/12 means two days there.
    pub(crate) fn date(&self, day: CivilDate) -> String {
        (self.date)(day.0.day(), day.0.month(), self.month(day), day.0.year())
    }

    /// `sex, 18 dez 2026`: a due date, which people look up in a calendar.
    pub(crate) fn long_date(&self, day: CivilDate) -> String {
        let weekday = self.weekdays.get(usize::from(day.day_of_week())).copied().unwrap_or_default();
        format!("{weekday}, {} {} {}", day.0.day(), self.month(day), day.0.year())
    }

    /// `18/11/2026 10:41`, on the clinic's clock.
    pub(crate) fn moment(&self, at: Timestamp, zone: Zone) -> String {
        let wall = zone.wall(at);
        format!("{} {:02}:{:02}", self.date(wall.date()), wall.0.hour(), wall.0.minute())
    }

    fn month(&self, day: CivilDate) -> &'static str {
        self.months.get(day.0.month0() as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn each_language_writes_dates_its_own_way() {
        let day: CivilDate = "2026-12-18".parse().unwrap();

        let told = [Locale::PtBr, Locale::EsPy, Locale::En].map(|l| (words(l).date(day), words(l).long_date(day)));

        let expected = [
            ("18/12/2026", "sex, 18 dez 2026"),
            ("18/12/2026", "vie, 18 dic 2026"),
            ("18 Dec 2026", "Fri, 18 Dec 2026"),
        ];
        assert_eq!(told, expected.map(|(short, long)| (short.to_owned(), long.to_owned())));
    }

    #[test]
    fn a_moment_is_told_by_the_clinics_clock() {
        let at: Timestamp = serde_json::from_str("\"2026-11-18T01:30:00Z\"").unwrap();
        let zone = Zone::named("America/Sao_Paulo").unwrap();

        assert_eq!(words(Locale::PtBr).moment(at, zone), "17/11/2026 22:30");
    }
}
