//! Spain: NIF of persons, NIE of foreigners, company NIF (the former CIF).

use super::{IdentityRefusal, compact, ends_in, number, weighted};

number! {
    /// A Spanish tax identity of any of its three shapes.
    SpanishId
}

const PERSON_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
const COMPANY_LETTERS: &[u8; 10] = b"JABCDEFGHI";

impl SpanishId {
    /// Reads `54362315K`, `X2482300W` or `J99216582`, with or without decoration.
    pub fn parse(text: &str) -> Result<Self, IdentityRefusal> {
        let value = compact(text).ok_or(IdentityRefusal::Alphabet)?;
        if value.is_empty() {
            return Err(IdentityRefusal::Empty);
        }
        if value.len() != 9 {
            return Err(IdentityRefusal::Length);
        }
        let (head, middle) = (&value[..1], &value[1..8]);
        if !middle.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentityRefusal::Alphabet);
        }
        match head {
            "X" => ends_in(&value, &person_letter(&format!("0{middle}")))?,
            "Y" => ends_in(&value, &person_letter(&format!("1{middle}")))?,
            "Z" => ends_in(&value, &person_letter(&format!("2{middle}")))?,
            _ if head.as_bytes().iter().all(u8::is_ascii_digit) => ends_in(&value, &person_letter(&value[..8]))?,
            _ => company_control(head, middle, &value[8..])?,
        }
        Ok(Self(value))
    }

    /// Written together, as the tax office does.
    pub fn formatted(&self) -> String {
        self.0.clone()
    }
}

fn person_letter(digits: &str) -> String {
    let rest = digits.bytes().fold(0, |rest, b| (rest * 10 + usize::from(b - b'0')) % PERSON_LETTERS.len());
    PERSON_LETTERS.get(rest).map(|&letter| char::from(letter).to_string()).unwrap_or_default()
}

fn company_control(kind: &str, digits: &str, control: &str) -> Result<(), IdentityRefusal> {
    let even = weighted(digits, [0, 1].into_iter().cycle());
    let odd: u32 = digits.bytes().step_by(2).map(|b| u32::from(b - b'0') * 2).map(|d| d / 10 + d % 10).sum();
    let digit = (10 - (even + odd) % 10) % 10;
    let letter = COMPANY_LETTERS.get(digit as usize).map(|&l| char::from(l).to_string()).unwrap_or_default();
    let digit = digit.to_string();
    match kind {
        // Public bodies, foreign entities and congregations bear a letter; trading companies a digit; the rest either.
        "K" | "N" | "P" | "Q" | "R" | "S" | "W" => ends_in(control, &letter),
        "C" | "D" | "F" | "G" | "J" | "L" | "M" | "U" | "V" if control == letter => Ok(()),
        "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "J" | "L" | "M" | "U" | "V" => ends_in(control, &digit),
        _ => Err(IdentityRefusal::NeverIssued),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_three_shapes_are_read() {
        for good in ["54362315K", "X2482300W", "J99216582", "54.362.315-k"] {
            assert!(SpanishId::parse(good).is_ok(), "{good}");
        }
        assert_eq!(SpanishId::parse("54.362.315-k").unwrap().formatted(), "54362315K");
    }

    #[test]
    fn a_wrong_control_is_told_the_right_one() {
        for (wrong, expected) in [("54362315A", "K"), ("X2482300A", "W"), ("J99216583", "2"), ("A99216583", "2")] {
            assert_eq!(SpanishId::parse(wrong).unwrap_err().expected(), Some(expected), "{wrong}");
        }
        assert_eq!(SpanishId::parse("Q99216582").unwrap_err().expected(), Some("B"));
        assert_eq!(SpanishId::parse("I99216582"), Err(IdentityRefusal::NeverIssued));
        assert_eq!(SpanishId::parse("5436231"), Err(IdentityRefusal::Length));
    }
}
