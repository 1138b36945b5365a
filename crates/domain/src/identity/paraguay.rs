//! Paraguay: RUC of taxpayers. (The CI of persons has no check digit: it is the RUC's base.)

use super::{IdentityRefusal, compact_digits, ends_in, number, weighted};

number! {
    /// A taxpayer's number: a base of 5 to 8 digits (a person's CI, or 80000000 and up) and one check digit.
    Ruc
}

impl Ruc {
    /// Reads `80028061-0` or its bare digits, the last one being the check digit.
    pub fn parse(text: &str) -> Result<Self, IdentityRefusal> {
        let value = compact_digits(text)?;
        if !(6..=9).contains(&value.len()) {
            return Err(IdentityRefusal::Length);
        }
        let (base, _) = value.split_at(value.len() - 1);
        if base.starts_with('0') {
            return Err(IdentityRefusal::NeverIssued);
        }
        ends_in(&value, &Self::check_digit(base))?;
        Ok(Self(value))
    }

    /// The check digit of a base: weights 2, 3 … 11 and again from 2, from right to left.
    pub fn check_digit(base: &str) -> String {
        let from_right: String = base.chars().rev().collect();
        let rest = weighted(&from_right, (2..=11).cycle()) % 11;
        if rest > 1 { (11 - rest).to_string() } else { "0".to_owned() }
    }

    /// `80028061-0`.
    pub fn formatted(&self) -> String {
        let (base, check) = self.0.split_at(self.0.len() - 1);
        format!("{base}-{check}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn companies_and_persons_share_the_rule() {
        assert_eq!(Ruc::parse("80028061-0").unwrap().as_str(), "800280610");
        assert_eq!(Ruc::parse("800280610").unwrap().formatted(), "80028061-0");
        let person = format!("1234567-{}", Ruc::check_digit("1234567"));
        assert_eq!(Ruc::parse(&person).unwrap().formatted(), person);
    }

    #[test]
    fn a_wrong_digit_is_told_the_right_one() {
        assert_eq!(Ruc::parse("80028061-7").unwrap_err().expected(), Some("0"));
        assert_eq!(Ruc::parse("1234-5"), Err(IdentityRefusal::Length));
        assert_eq!(Ruc::parse("00012345-1"), Err(IdentityRefusal::NeverIssued));
        assert_eq!(Ruc::parse("8002806A-0"), Err(IdentityRefusal::Alphabet));
    }
}
