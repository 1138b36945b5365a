//! Instants and civil dates are different types: a birthday has no zone, a visit always has one.
//!
//! An instant is UTC. A future appointment is a *wall-time promise*: wall time, zone and instant are kept
//! together. The zone data ship with the program.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use ts_rs::TS;

/// The zone data these rules were computed with, kept beside each wall-time promise.
pub const TZDATA: &str = chrono_tz::IANA_TZDB_VERSION;

/// An instant: milliseconds since 1970 UTC. Crosses as RFC 3339, stands in SQL as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, TS)]
#[ts(type = "string")]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970 UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970 UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by `minutes`, which may be negative.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }

    /// Whole minutes from `earlier` to here, rounded towards zero.
    pub const fn minutes_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0) / 60_000
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(|time| Self(time.timestamp_millis())).map_err(serde::de::Error::custom)
    }
}

macro_rules! as_text {
    ($name:ident, $inner:ty, $format:literal, $holds:expr) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0.format($format))
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadTime;
            fn from_str(text: &str) -> Result<Self, BadTime> {
                <$inner>::parse_from_str(text, $format).ok().filter($holds).map(Self).ok_or(BadTime)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The years that a clinic's dates lie in. Whatever lies outside is a slip of the finger, and sums of days and months
/// stay within the calendar.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;

/// The text is not a date or time of the expected form, or lies centuries away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a date or time of the expected form, between 1800 and 2199")]
pub struct BadTime;

/// A date of life: birth, due, issue. It has no zone. `2026-11-21` on the wire and in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct CivilDate(pub NaiveDate);
as_text!(CivilDate, NaiveDate, "%Y-%m-%d", |day| YEARS.contains(&day.year()));

impl CivilDate {
    /// The day `days` later, or earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0 + chrono::Duration::days(days))
    }

    /// Completed years from this date to `on`; `None` when `on` is earlier.
    pub fn age_on(self, on: Self) -> Option<u32> {
        on.0.years_since(self.0)
    }

    /// 0 = Sunday … 6 = Saturday.
    pub fn day_of_week(self) -> u8 {
        u8::try_from(self.0.weekday().num_days_from_sunday()).unwrap_or(0)
    }

    /// This day at a time of day.
    pub fn at(self, time: TimeOfDay) -> WallTime {
        WallTime(self.0.and_time(time.0))
    }
}

/// What the clock on the clinic's wall shows. `2026-11-21T10:30` on the wire and in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct WallTime(pub NaiveDateTime);
as_text!(WallTime, NaiveDateTime, "%Y-%m-%dT%H:%M", |wall| YEARS.contains(&wall.year()));

impl WallTime {
    /// The day on the calendar.
    pub fn date(self) -> CivilDate {
        CivilDate(self.0.date())
    }

    /// The time of day, cut to the minute.
    pub fn time_of_day(self) -> TimeOfDay {
        TimeOfDay(self.0.time().with_second(0).and_then(|t| t.with_nanosecond(0)).unwrap_or(self.0.time()))
    }
}

/// A time of day on the wall, to the minute: opening hours, the start of a shift. `08:00` on the wire and in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct TimeOfDay(pub NaiveTime);
as_text!(TimeOfDay, NaiveTime, "%H:%M", |_| true);

impl TimeOfDay {
    /// Minutes since midnight.
    pub fn minutes(self) -> i64 {
        i64::from(self.0.num_seconds_from_midnight() / 60)
    }

    /// From minutes since midnight; `None` past the end of the day.
    pub fn from_minutes(minutes: i64) -> Option<Self> {
        let seconds = u32::try_from(minutes.checked_mul(60)?).ok()?;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).map(Self)
    }
}

/// An IANA zone, such as `America/Sao_Paulo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

/// Why a wall time has no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this wall time does not exist on that day: the clocks were put forward")]
pub struct SkippedTime;

impl Zone {
    /// The zone without a place.
    pub const UTC: Self = Self(chrono_tz::UTC);

    /// The zone of that name, if the zone data know it.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant of a wall time. A time that occurs twice (clocks put back) is its first occurrence.
    pub fn instant(self, wall: WallTime) -> Result<Timestamp, SkippedTime> {
        self.0.from_local_datetime(&wall.0).earliest().map(|time| Timestamp(time.timestamp_millis())).ok_or(SkippedTime)
    }

    /// What the wall clock shows at an instant.
    pub fn wall(self, at: Timestamp) -> WallTime {
        WallTime(at.utc().with_timezone(&self.0).naive_local())
    }

    /// The calendar day at an instant.
    pub fn date(self, at: Timestamp) -> CivilDate {
        self.wall(at).date()
    }

    /// The instant at which a calendar day begins, also where the clocks skip midnight.
    pub fn start_of(self, day: CivilDate) -> Timestamp {
        (0..180).find_map(|minute| self.instant(day.at(TimeOfDay::from_minutes(minute)?)).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_skipped_time_is_refused_and_a_doubled_one_is_its_first_occurrence() {
        let madrid = Zone::named("Europe/Madrid").unwrap();
        assert_eq!(madrid.instant("2026-03-29T02:30".parse().unwrap()), Err(SkippedTime));
        let doubled = madrid.instant("2026-10-25T02:30".parse().unwrap()).unwrap();
        assert_eq!(doubled.to_string(), "2026-10-25T00:30:00.000Z");
    }

    #[test]
    fn days_in_madrid_have_23_and_25_hours_when_the_clocks_change() {
        let madrid = Zone::named("Europe/Madrid").unwrap();
        let hours = |day: &str| {
            let day: CivilDate = day.parse().unwrap();
            madrid.start_of(day.plus_days(1)).minutes_since(madrid.start_of(day)) / 60
        };
        assert_eq!((hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")), (23, 25, 24));
    }

    #[test]
    fn asuncion_stays_at_three_hours_behind_since_october_2024() {
        let asuncion = Zone::named("America/Asuncion").unwrap();
        for day in ["2024-12-01T12:00", "2026-07-01T12:00", "2027-01-15T12:00"] {
            let at = asuncion.instant(day.parse().unwrap()).unwrap();
            assert!(at.to_string().contains("T15:00"), "{day}");
        }
    }

    #[test]
    fn a_date_centuries_away_is_no_date() {
        for day in ["1800-01-01", "2199-12-31"] {
            assert!(day.parse::<CivilDate>().is_ok() && format!("{day}T23:59").parse::<WallTime>().is_ok(), "{day}");
        }
        for day in ["1799-12-31", "2200-01-01", "0026-11-21", "+262142-12-31", "-0001-01-01"] {
            assert!(day.parse::<CivilDate>().is_err() && format!("{day}T08:00").parse::<WallTime>().is_err(), "{day}");
        }
    }

    #[test]
    fn age_counts_completed_years() {
        let born: CivilDate = "1988-02-29".parse().unwrap();
        assert_eq!(born.age_on("2026-02-28".parse().unwrap()), Some(37));
        assert_eq!(born.age_on("2026-03-01".parse().unwrap()), Some(38));
        assert_eq!(born.age_on("1980-01-01".parse().unwrap()), None);
    }
}
