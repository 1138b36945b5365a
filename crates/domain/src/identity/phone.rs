//! Phone numbers: kept as E.164, shown as the clinic's country writes them. A family may share one.

use thiserror::Error;

/// A phone number in E.164: `+5511955550142`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why what was typed is not a phone number that can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneRefusal {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A character no phone number has.
    #[error("unexpected character")]
    Alphabet,
    /// Not a number of that country: wrong length, area or first digit.
    #[error("not a number of that country")]
    Shape,
}

struct Plan {
    country: &'static str,
    calling: &'static str,
    /// The national number without trunk prefix, or nothing when it is not one.
    accept: fn(&str) -> Option<String>,
    /// National writing.
    national: fn(&str) -> String,
    /// Writing after the calling code.
    abroad: fn(&str) -> String,
}

const PLANS: [Plan; 4] = [
    Plan { country: "BR", calling: "55", accept: brazil, national: brazil_national, abroad: brazil_abroad },
    Plan { country: "PY", calling: "595", accept: paraguay, national: paraguay_national, abroad: paraguay_abroad },
    Plan { country: "ES", calling: "34", accept: spain, national: spain_written, abroad: spain_written },
    Plan { country: "US", calling: "1", accept: america, national: america_national, abroad: america_abroad },
];

impl Phone {
    /// Reads what was typed at a clinic in `country` (ISO 3166, two letters): a national number of that country,
    /// or any number with `+` or `00` before it.
    pub fn parse(text: &str, country: &str) -> Result<Self, PhoneRefusal> {
        let mut text = text.trim();
        if text.is_empty() {
            return Err(PhoneRefusal::Empty);
        }
        let plus = text.strip_prefix('+');
        text = plus.unwrap_or(text);
        let mut digits = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '\u{a0}' | '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2013}' => {}
                _ => return Err(PhoneRefusal::Alphabet),
            }
        }
        if plus.is_some() {
            return Self::international(&digits);
        }
        if let Some(digits) = digits.strip_prefix("00") {
            return Self::international(digits);
        }
        let home = PLANS.iter().find(|plan| plan.country == country).ok_or(PhoneRefusal::Shape)?;
        if let Some(national) = (home.accept)(&digits) {
            return Ok(Self(format!("+{}{national}", home.calling)));
        }
        // Spreadsheets and messengers drop the plus: 5511955550142.
        let without = digits.strip_prefix(home.calling).ok_or(PhoneRefusal::Shape)?;
        let national = (home.accept)(without).ok_or(PhoneRefusal::Shape)?;
        Ok(Self(format!("+{}{national}", home.calling)))
    }

    fn international(digits: &str) -> Result<Self, PhoneRefusal> {
        for plan in &PLANS {
            if let Some(rest) = digits.strip_prefix(plan.calling) {
                let national = (plan.accept)(rest).ok_or(PhoneRefusal::Shape)?;
                return Ok(Self(format!("+{}{national}", plan.calling)));
            }
        }
        if (8..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(PhoneRefusal::Shape)
        }
    }

    /// The E.164 text: what is stored, compared and searched.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a clinic in `country` writes it: its own numbers nationally, others with their calling code.
    pub fn formatted(&self, country: &str) -> String {
        let digits = self.0.trim_start_matches('+');
        for plan in &PLANS {
            if let Some(rest) = digits.strip_prefix(plan.calling) {
                return if plan.country == country {
                    (plan.national)(rest)
                } else {
                    format!("+{} {}", plan.calling, (plan.abroad)(rest))
                };
            }
        }
        self.0.clone()
    }

    /// Formats a value read back from the database; text that is not E.164 is shown as it is.
    pub fn format_stored(value: &str, country: &str) -> String {
        Self::parse(value, country).map_or_else(|_| value.to_owned(), |phone| phone.formatted(country))
    }
}

/// Area code without zeros, then a landline of 8 digits or a mobile of 9 that begins with 9. The ninth digit is
/// added to mobiles written down before 2016.
fn brazil(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix('0').unwrap_or(digits);
    let (area, local) = digits.split_at_checked(2)?;
    if area.contains('0') {
        return None;
    }
    match (local.len(), local.as_bytes().first()?) {
        (8, b'2'..=b'5') | (9, b'9') => Some(digits.to_owned()),
        (8, b'6'..=b'9') => Some(format!("{area}9{local}")),
        _ => None,
    }
}

fn brazil_parts(n: &str) -> (&str, &str, &str) {
    let (area, local) = n.split_at_checked(2).unwrap_or((n, ""));
    let (front, back) = local.split_at_checked(local.len().saturating_sub(4)).unwrap_or((local, ""));
    (area, front, back)
}

fn brazil_national(n: &str) -> String {
    let (area, front, back) = brazil_parts(n);
    format!("({area}) {front}-{back}")
}

fn brazil_abroad(n: &str) -> String {
    let (area, front, back) = brazil_parts(n);
    format!("{area} {front}-{back}")
}

/// A mobile of 9 digits that begins with 9, or a landline of 7 to 9 that does not.
fn paraguay(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix('0').unwrap_or(digits);
    let good = match digits.as_bytes().first()? {
        b'9' => digits.len() == 9,
        b'2'..=b'8' => (7..=9).contains(&digits.len()),
        _ => false,
    };
    good.then(|| digits.to_owned())
}

fn paraguay_abroad(n: &str) -> String {
    let area = if n.starts_with('9') { 3 } else { 2 };
    let (area, local) = n.split_at_checked(area).unwrap_or((n, ""));
    let (front, back) = local.split_at_checked(3).unwrap_or((local, ""));
    format!("{area} {front} {back}")
}

fn paraguay_national(n: &str) -> String {
    format!("0{}", paraguay_abroad(n))
}

fn spain(digits: &str) -> Option<String> {
    (digits.len() == 9 && matches!(digits.as_bytes().first(), Some(b'6'..=b'9'))).then(|| digits.to_owned())
}

fn spain_written(n: &str) -> String {
    let part = |from: usize, to: usize| n.get(from..to).unwrap_or_default();
    format!("{} {} {} {}", part(0, 3), part(3, 5), part(5, 7), part(7, 9))
}

/// Area and exchange never begin with 0 or 1.
fn america(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    let starts = |at: usize| matches!(bytes.get(at), Some(b'2'..=b'9'));
    (digits.len() == 10 && starts(0) && starts(3)).then(|| digits.to_owned())
}

fn america_national(n: &str) -> String {
    let part = |from: usize, to: usize| n.get(from..to).unwrap_or_default();
    format!("({}) {}-{}", part(0, 3), part(3, 6), part(6, 10))
}

fn america_abroad(n: &str) -> String {
    let part = |from: usize, to: usize| n.get(from..to).unwrap_or_default();
    format!("{} {}-{}", part(0, 3), part(3, 6), part(6, 10))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_country_is_read_and_written_its_own_way() {
        for (country, typed, stored, shown) in [
            ("BR", "(11) 95555-0142", "+5511955550142", "(11) 95555-0142"),
            ("BR", "011 3555 0142", "+551135550142", "(11) 3555-0142"),
            ("BR", "5511955550142", "+5511955550142", "(11) 95555-0142"),
            ("BR", "+55 11 95555-0142", "+5511955550142", "(11) 95555-0142"),
            ("BR", "11 8555 0142", "+5511985550142", "(11) 98555-0142"),
            ("BR", "0034 612 34 56 78", "+34612345678", "+34 612 34 56 78"),
            ("PY", "0981 123 456", "+595981123456", "0981 123 456"),
            ("PY", "021 555 123", "+59521555123", "021 555 123"),
            ("PY", "+55 (11) 95555-0142", "+5511955550142", "+55 11 95555-0142"),
            ("ES", "612345678", "+34612345678", "612 34 56 78"),
            ("US", "(212) 555-0123", "+12125550123", "(212) 555-0123"),
            ("BR", "+1 212 555 0123", "+12125550123", "+1 212 555-0123"),
            ("BR", "+90 532 123 45 67", "+905321234567", "+905321234567"),
        ] {
            let phone = Phone::parse(typed, country).unwrap();
            assert_eq!((phone.as_str(), phone.formatted(country).as_str()), (stored, shown), "{typed}");
            assert_eq!(Phone::format_stored(stored, country), shown);
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for (country, typed) in [
            ("BR", "95555-0142"),
            ("BR", "(10) 95555-0142"),
            ("BR", "11 15555 0142"),
            ("BR", "+55 11 9555"),
            ("PY", "0981 12"),
            ("ES", "512345678"),
            ("US", "112 555 0123"),
            ("AQ", "12345678"),
            ("BR", "+0123456789"),
        ] {
            assert_eq!(Phone::parse(typed, country), Err(PhoneRefusal::Shape), "{typed}");
        }
        assert_eq!(Phone::parse("  ", "BR"), Err(PhoneRefusal::Empty));
        assert_eq!(Phone::parse("11 9555x5-0142", "BR"), Err(PhoneRefusal::Alphabet));
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back_as_itself(text in "[+0-9() -]{0,18}", which in 0_usize..4) {
            let country = PLANS[which].country;
            if let Ok(phone) = Phone::parse(&text, country) {
                prop_assert_eq!(Phone::parse(phone.as_str(), "BR").unwrap(), phone.clone());
                prop_assert_eq!(Phone::parse(&phone.formatted(country), country).unwrap(), phone);
            }
        }
    }
}
