//! PIX BR Code: what the payer's bank reads from the QR code, and the same as text to copy.
//!
//! A static code by the Central Bank's EMV profile, made without any network. Nothing confirms it by itself: the
//! invoice stays "awaiting" until someone sees the money, or the statement brings the `txid`.

mod key;

use domain::money::{Currency, Money};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

pub use crate::draw::QrModules;
pub use key::PixKey;

/// Why no code can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PixRefusal {
    /// Not a CPF, CNPJ, Brazilian phone, e-mail or random key.
    #[error("not a PIX key")]
    Key,
    /// PIX moves reais only.
    #[error("PIX is paid in BRL")]
    NotBrl,
    /// Nothing to pay, or more than the field holds.
    #[error("the amount cannot be charged")]
    Amount,
    /// The payee's name or city has no letter that the format can carry.
    #[error("the payee's name or city is missing")]
    Payee,
    /// Not 1 to 25 letters and digits.
    #[error("not a transaction id")]
    TxId,
}

/// A charge to be paid by PIX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixCharge {
    /// The payee's key.
    pub key: PixKey,
    /// What is asked; without it the payer types the amount.
    pub amount: Option<Money>,
    /// The payee's name; transliterated and cut to 25.
    pub payee: String,
    /// The payee's city; transliterated and cut to 15.
    pub city: String,
    /// 1 to 25 ASCII letters and digits that come back on the statement, such as the invoice's number without dashes.
    pub txid: Option<String>,
    /// A word to the payer; transliterated and cut to what is left beside the key.
    pub note: Option<String>,
}

impl PixCharge {
    /// The payload: the text to copy, and what the QR code says.
    pub fn payload(&self) -> Result<String, PixRefusal> {
        let payee = cut(&ascii(&self.payee), 25);
        let city = cut(&ascii(&self.city), 15);
        if payee.is_empty() || city.is_empty() {
            return Err(PixRefusal::Payee);
        }
        let txid = self.txid.as_deref().unwrap_or("***");
        let plain = (1..=25).contains(&txid.len()) && txid.bytes().all(|b| b.is_ascii_alphanumeric());
        if !(plain || self.txid.is_none()) {
            return Err(PixRefusal::TxId);
        }
        let mut account = field("00", "br.gov.bcb.pix") + &field("01", self.key.as_str());
        let note = self.note.as_deref().map(ascii).unwrap_or_default();
        // Field 26 holds 99 characters, of which the note's own head takes four.
        let note = cut(&note, 95_usize.saturating_sub(account.len()));
        if !note.is_empty() {
            account += &field("02", &note);
        }

        let mut payload = field("00", "01") + &field("26", &account) + &field("52", "0000") + &field("53", "986");
        if let Some(amount) = self.amount {
            payload += &field("54", &charged(amount)?);
        }
        payload += &field("58", "BR");
        payload += &field("59", &payee);
        payload += &field("60", &city);
        payload += &field("62", &field("05", txid));
        payload += "6304";
        let check = crc16(payload.as_bytes());
        Ok(format!("{payload}{check:04X}"))
    }
}

/// A transaction id from a document's number: its letters and digits, at most 25. `None` where it has none.
pub fn txid(number: &str) -> Option<String> {
    let id: String = number.chars().filter(char::is_ascii_alphanumeric).take(25).collect();
    (!id.is_empty()).then_some(id)
}

/// Whether a payload's last four digits are the check over all that stands before them.
pub fn check_holds(payload: &str) -> bool {
    payload
        .len()
        .checked_sub(4)
        .and_then(|at| payload.split_at_checked(at))
        .is_some_and(|(body, check)| body.ends_with("6304") && format!("{:04X}", crc16(body.as_bytes())) == check)
}

fn charged(amount: Money) -> Result<String, PixRefusal> {
    if amount.currency() != Currency::Brl {
        return Err(PixRefusal::NotBrl);
    }
    let text = amount.amount().to_string();
    if amount.minor() <= 0 || text.len() > 13 { Err(PixRefusal::Amount) } else { Ok(text) }
}

fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

/// Letters without their marks, other signs left out: lengths count what the bank reads.
fn ascii(text: &str) -> String {
    let plain: String = text
        .nfd()
        .flat_map(|c| match c {
            'ı' => vec!['i'],
            'ø' | 'º' => vec!['o'],
            'Ø' => vec!['O'],
            'ß' => vec!['s', 's'],
            'æ' => vec!['a', 'e'],
            'Æ' => vec!['A', 'E'],
            'ª' => vec!['a'],
            '–' | '—' | '−' => vec!['-'],
            '\u{a0}' => vec![' '],
            c if c == ' ' || c.is_ascii_graphic() => vec![c],
            _ => vec![],
        })
        .collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect::<String>().trim_end().to_owned()
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, &byte| {
        (0..8).fold(
            crc ^ (u16::from(byte) << 8),
            |crc: u16, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn charge(key: &str) -> PixCharge {
        PixCharge {
            key: PixKey::parse(key).unwrap(),
            amount: None,
            payee: "Fulano de Tal".into(),
            city: "BRASILIA".into(),
            txid: None,
            note: None,
        }
    }

    /// Reads a payload back, one level deep.
    fn fields(payload: &str) -> Vec<(String, String)> {
        let (mut rest, mut told) = (payload, vec![]);
        while !rest.is_empty() {
            let length: usize = rest[2..4].parse().unwrap();
            told.push((rest[..2].to_owned(), rest[4..4 + length].to_owned()));
            rest = &rest[4 + length..];
        }
        told
    }

    #[test]
    fn the_central_banks_example_is_made_to_the_letter() {
        let payload = charge("123e4567-e12b-12d1-a456-426655440000").payload().unwrap();

        assert_eq!(
            payload,
            "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de \
             Tal6008BRASILIA62070503***63041D3D"
        );
        assert!(check_holds(&payload));
    }

    #[test]
    fn the_check_has_its_known_value_and_is_padded() {
        assert_eq!(crc16(b"123456789"), 0x29B1);
        let padded = (0..200)
            .map(|n| PixCharge { txid: Some(format!("A{n}")), ..charge("a@b.co") }.payload().unwrap())
            .find(|payload| payload[payload.len() - 4..].starts_with('0'))
            .unwrap();
        assert!(check_holds(&padded));
    }

    #[test]
    fn lengths_count_what_is_left_after_transliteration() {
        let charge = PixCharge {
            payee: "Clínica São João & Irmãos de Estética Avançada".into(),
            city: "São José dos Campos".into(),
            amount: Some(Money::from_minor(180_000, Currency::Brl)),
            txid: txid("A-000402"),
            note: Some("Sessão 4/6 — Bioestimulador de colágeno, terço inferior".into()),
            ..charge("123e4567-e12b-12d1-a456-426655440000")
        };

        let told = fields(&charge.payload().unwrap());

        let value = |id: &str| told.iter().find(|(i, _)| i == id).unwrap().1.clone();
        assert_eq!(value("59"), "Clinica Sao Joao & Irmaos");
        assert_eq!(value("60"), "Sao Jose dos Ca");
        assert_eq!(value("54"), "1800.00");
        assert_eq!(fields(&value("62")), [("05".to_owned(), "A000402".to_owned())]);
        let account = value("26");
        assert!(account.len() <= 99, "{account}");
        assert_eq!(fields(&account)[2].1.len(), 37, "with a random key 37 characters are left");
    }

    #[test]
    fn what_cannot_be_paid_is_refused() {
        let with = |amount| PixCharge { amount: Some(amount), ..charge("a@b.co") }.payload();

        assert_eq!(with(Money::from_minor(100, Currency::Pyg)), Err(PixRefusal::NotBrl));
        assert_eq!(with(Money::zero(Currency::Brl)), Err(PixRefusal::Amount));
        assert_eq!(with(Money::from_minor(-1, Currency::Brl)), Err(PixRefusal::Amount));
        assert!(with(Money::from_minor(999_999_999_999, Currency::Brl)).unwrap().contains("54139999999999.99"));
        assert_eq!(with(Money::from_minor(1_000_000_000_000, Currency::Brl)), Err(PixRefusal::Amount));
        assert_eq!(with(Money::from_minor(i64::MAX, Currency::Brl)), Err(PixRefusal::Amount));
        assert_eq!(PixCharge { city: "東京".into(), ..charge("a@b.co") }.payload(), Err(PixRefusal::Payee));
        for bad in ["", "a-1", "abcdefghijklmnopqrstuvwxyz", "***"] {
            let refused = PixCharge { txid: Some(bad.into()), ..charge("a@b.co") }.payload();
            assert_eq!(refused, Err(PixRefusal::TxId), "{bad}");
        }
    }

    #[test]
    fn a_changed_letter_breaks_the_check() {
        let payload = charge("a@b.co").payload().unwrap();

        assert!(!check_holds(&payload.replace("Fulano", "Fulana")));
        assert!(!check_holds("6304"));
        assert!(!check_holds(""));
    }

    proptest! {
        #[test]
        fn every_payload_reads_back_and_fits_a_code(payee in "\\PC{1,40}", city in "[A-Za-zÀ-ü ]{1,30}", minor in 1_i64..100_000_000, note in "\\PC{0,60}") {
            let charge = PixCharge { payee, city, amount: Some(Money::from_minor(minor, Currency::Brl)), note: Some(note), ..charge("+5511955550142") };
            if let Ok(payload) = charge.payload() {
                prop_assert!(payload.is_ascii() && check_holds(&payload));
                let told = fields(&payload);
                prop_assert_eq!(told.last().unwrap().0.as_str(), "63");
                prop_assert!(QrModules::new(&payload).is_ok());
            }
        }
    }
}
