//! Brazil: CPF of persons, CNPJ of companies, CNS of the health card.

use super::{IdentityRefusal, all_equal, compact, compact_digits, ends_in, number, weighted};

number! {
    /// A person's tax number: 9 digits and 2 check digits.
    Cpf
}

impl Cpf {
    /// Reads `529.982.247-25` or its bare digits.
    pub fn parse(text: &str) -> Result<Self, IdentityRefusal> {
        let value = compact_digits(text)?;
        if value.len() != 11 {
            return Err(IdentityRefusal::Length);
        }
        // Eleven equal digits pass the arithmetic; the revenue service never issued them.
        if all_equal(&value) {
            return Err(IdentityRefusal::NeverIssued);
        }
        ends_in(&value, &Self::check_digits(&value[..9]))?;
        Ok(Self(value))
    }

    /// The two check digits of a 9-digit root.
    pub fn check_digits(root: &str) -> String {
        let digit = |text: &str, from: u32| weighted(text, (2..=from).rev()) * 10 % 11 % 10;
        let first = digit(root, 10);
        format!("{first}{}", digit(&format!("{root}{first}"), 11))
    }

    /// `529.982.247-25`.
    pub fn formatted(&self) -> String {
        let v = &self.0;
        format!("{}.{}.{}-{}", &v[..3], &v[3..6], &v[6..9], &v[9..])
    }
}

number! {
    /// A company's tax number: 12 letters or digits (letters since July 2026, IN RFB 2.229/2024) and 2 check digits.
    Cnpj
}

impl Cnpj {
    /// Reads `16.727.230/0001-97`, `12.ABC.345/01DE-35` or either without decoration.
    pub fn parse(text: &str) -> Result<Self, IdentityRefusal> {
        let value = compact(text).ok_or(IdentityRefusal::Alphabet)?;
        if value.is_empty() {
            return Err(IdentityRefusal::Empty);
        }
        if value.len() != 14 {
            return Err(IdentityRefusal::Length);
        }
        if !value[12..].bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentityRefusal::Alphabet);
        }
        if all_equal(&value) {
            return Err(IdentityRefusal::NeverIssued);
        }
        ends_in(&value, &Self::check_digits(&value[..12]))?;
        Ok(Self(value))
    }

    /// The two check digits of a 12-character root.
    pub fn check_digits(root: &str) -> String {
        let digit = |text: &str| {
            let from_right: Vec<u32> = (2..=9).cycle().take(text.len()).collect();
            let rest = weighted(text, from_right.into_iter().rev()) % 11;
            if rest < 2 { 0 } else { 11 - rest }
        };
        let first = digit(root);
        format!("{first}{}", digit(&format!("{root}{first}")))
    }

    /// `16.727.230/0001-97`.
    pub fn formatted(&self) -> String {
        let v = &self.0;
        format!("{}.{}.{}/{}-{}", &v[..2], &v[2..5], &v[5..8], &v[8..12], &v[12..])
    }
}

number! {
    /// The health card's number: 15 digits whose sum weighted 15…1 is a multiple of 11. (The 16th printed digit
    /// counts the card's copies and is not part of it.)
    Cns
}

impl Cns {
    /// Reads 15 digits, grouped or not.
    pub fn parse(text: &str) -> Result<Self, IdentityRefusal> {
        let value = compact_digits(text)?;
        if value.len() != 15 {
            return Err(IdentityRefusal::Length);
        }
        match value.as_bytes().first() {
            Some(b'1' | b'2') => ends_in(&value, &Self::definitive_suffix(&value[..11]))?,
            Some(b'7'..=b'9') => match Self::provisional_digit(&value[..14]) {
                Some(expected) => ends_in(&value, &expected)?,
                None => return Err(IdentityRefusal::NeverIssued),
            },
            _ => return Err(IdentityRefusal::NeverIssued),
        }
        Ok(Self(value))
    }

    /// The last four digits of a number that begins with 1 or 2, from its first eleven: `000d`, or `001d` where
    /// the digit would be ten.
    fn definitive_suffix(root: &str) -> String {
        let sum = weighted(root, (5..=15).rev());
        match (11 - sum % 11) % 11 {
            10 => format!("001{}", (11 - (sum + 2) % 11) % 11),
            digit => format!("000{digit}"),
        }
    }

    /// The last digit of a number that begins with 7, 8 or 9; none where it would be ten.
    fn provisional_digit(root: &str) -> Option<String> {
        let digit = (11 - weighted(root, (2..=15).rev()) % 11) % 11;
        (digit < 10).then(|| digit.to_string())
    }

    /// `700 0000 0000 0005`, as on the card.
    pub fn formatted(&self) -> String {
        let v = &self.0;
        format!("{} {} {} {}", &v[..3], &v[3..7], &v[7..11], &v[11..])
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn expected<T: std::fmt::Debug>(result: Result<T, IdentityRefusal>) -> String {
        result.unwrap_err().expected().unwrap().to_owned()
    }

    #[test]
    fn cpf_reads_with_and_without_decoration() {
        assert_eq!(Cpf::parse("529.982.247-25").unwrap().as_str(), "52998224725");
        assert_eq!(Cpf::parse(" 39053344705 ").unwrap().formatted(), "390.533.447-05");
    }

    #[test]
    fn cpf_says_which_digits_would_fit() {
        assert_eq!(expected(Cpf::parse("529.982.247-52")), "25");
        assert_eq!(expected(Cpf::parse("39053344750")), "05");
    }

    #[test]
    fn equal_digits_pass_the_arithmetic_and_are_refused_all_the_same() {
        assert_eq!(Cpf::check_digits("111111111"), "11", "which is why the rule is needed");
        for digit in '0'..='9' {
            assert_eq!(Cpf::parse(&digit.to_string().repeat(11)), Err(IdentityRefusal::NeverIssued));
            assert_eq!(Cnpj::parse(&digit.to_string().repeat(14)), Err(IdentityRefusal::NeverIssued));
        }
    }

    #[test]
    fn what_cannot_be_a_cpf_is_named() {
        assert_eq!(Cpf::parse(""), Err(IdentityRefusal::Empty));
        assert_eq!(Cpf::parse("..-"), Err(IdentityRefusal::Empty));
        assert_eq!(Cpf::parse("5299822472"), Err(IdentityRefusal::Length));
        assert_eq!(Cpf::parse("5299822472X"), Err(IdentityRefusal::Alphabet));
        assert_eq!(Cpf::parse("529é98224725"), Err(IdentityRefusal::Alphabet));
    }

    #[test]
    fn cnpj_may_have_letters() {
        assert_eq!(Cnpj::parse("16.727.230/0001-97").unwrap().as_str(), "16727230000197");
        assert_eq!(Cnpj::parse("12.abc.345/01de-35").unwrap().formatted(), "12.ABC.345/01DE-35");
        assert_eq!(expected(Cnpj::parse("12.ABC.345/01DE-53")), "35");
        assert_eq!(expected(Cnpj::parse("12.345.678/0001-99")), "95");
        assert_eq!(Cnpj::parse("12ABC34501DE3A"), Err(IdentityRefusal::Alphabet));
    }

    #[test]
    fn cns_has_two_constructions() {
        assert_eq!(Cns::parse("123456789010000").unwrap().as_str(), "123456789010000");
        assert_eq!(Cns::parse("700 0000 0000 0005").unwrap().formatted(), "700 0000 0000 0005");
        assert_eq!(expected(Cns::parse("123456789010001")), "0000");
        assert_eq!(expected(Cns::parse("700000000000006")), "5");
        assert_eq!(Cns::parse("300000000000005"), Err(IdentityRefusal::NeverIssued));
    }

    proptest! {
        #[test]
        fn a_made_number_is_accepted_and_any_other_ending_is_told_the_right_one(root in "[0-9]{9}", other in 0_u32..100) {
            prop_assume!(!all_equal(&root));
            let good = Cpf::check_digits(&root);
            let full = format!("{root}{good}");
            prop_assert!(Cpf::parse(&full).is_ok());
            let other = format!("{other:02}");
            if other != good {
                prop_assert_eq!(expected(Cpf::parse(&format!("{root}{other}"))), good);
            }
        }

        #[test]
        fn every_definitive_health_card_sums_to_a_multiple_of_eleven(root in "[12][0-9]{10}") {
            let full = format!("{root}{}", Cns::definitive_suffix(&root));
            prop_assert_eq!(full.len(), 15);
            prop_assert_eq!(weighted(&full, (1..=15).rev()) % 11, 0);
            prop_assert!(Cns::parse(&full).is_ok());
        }

        #[test]
        fn a_company_number_with_letters_is_told_its_ending(root in "[0-9A-Z]{12}", other in 0_u32..100) {
            let good = Cnpj::check_digits(&root);
            let (full, other) = (format!("{root}{good}"), format!("{other:02}"));
            prop_assume!(!all_equal(&full));
            prop_assert!(Cnpj::parse(&full).is_ok());
            if other != good {
                prop_assert_eq!(expected(Cnpj::parse(&format!("{root}{other}"))), good);
            }
        }

        #[test]
        fn no_text_makes_a_parser_panic(text in ".{0,20}") {
            for refused in [Cpf::parse(&text).err(), Cnpj::parse(&text).err(), Cns::parse(&text).err()] {
                prop_assert!(refused.is_none_or(|r| !r.to_string().is_empty()));
            }
        }
    }
}
