//! Clinic profiles: what a new clinic starts from (domain model §1.1). Everything can be changed afterwards.

use domain::money::Currency;

/// What a profile sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The key kept with the clinic.
    pub key: &'static str,
    /// ISO 3166 country.
    pub country: &'static str,
    /// ISO 4217 currency.
    pub currency: Currency,
    /// IANA zone.
    pub zone: &'static str,
    /// Language of papers where a patient has none.
    pub locale: &'static str,
    /// First day of the week, 0 = Sunday.
    pub week_start: u8,
}

/// Every profile.
pub const PROFILES: &[Profile] = &[
    Profile {
        key: "aesthetic-br",
        country: "BR",
        currency: Currency::Brl,
        zone: "America/Sao_Paulo",
        locale: "pt-BR",
        week_start: 1,
    },
    Profile {
        key: "veterinary-py",
        country: "PY",
        currency: Currency::Pyg,
        zone: "America/Asuncion",
        locale: "es",
        week_start: 1,
    },
    Profile {
        key: "hair-transplant",
        country: "TR",
        currency: Currency::Eur,
        zone: "Europe/Istanbul",
        locale: "en",
        week_start: 1,
    },
    Profile {
        key: "wellness-us",
        country: "US",
        currency: Currency::Usd,
        zone: "America/New_York",
        locale: "en",
        week_start: 0,
    },
    Profile {
        key: "appointments-es",
        country: "ES",
        currency: Currency::Eur,
        zone: "Europe/Madrid",
        locale: "es",
        week_start: 1,
    },
];

/// The profile of that key.
pub fn profile(key: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.key == key)
}
