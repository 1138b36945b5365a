//! PIX keys, in the only forms the banks accept.

use domain::identity::{Cnpj, Cpf, Phone};
use uuid::Uuid;

use super::PixRefusal;

/// A PIX key in the form that stands in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixKey(String);

impl PixKey {
    /// Reads a key as people write it: CPF and CNPJ lose their decoration, phones become `+55…`, e-mail and random
    /// keys lower case. Eleven digits that are both a CPF and a phone are a CPF unless written as a phone.
    pub fn parse(text: &str) -> Result<Self, PixRefusal> {
        let text = text.trim();
        if text.contains('@') {
            return email(text);
        }
        if let Ok(random) = Uuid::try_parse(text) {
            return Ok(Self(random.hyphenated().to_string()));
        }
        let as_phone = || Phone::parse(text, "BR").ok().filter(|phone| phone.as_str().starts_with("+55"));
        if text.starts_with(['+', '(']) {
            return as_phone().map(|phone| Self(phone.as_str().to_owned())).ok_or(PixRefusal::Key);
        }
        if let Ok(cpf) = Cpf::parse(text) {
            return Ok(Self(cpf.into_string()));
        }
        if let Ok(cnpj) = Cnpj::parse(text) {
            return Ok(Self(cnpj.into_string()));
        }
        // Written as a CPF and not one: money never goes to the phone that has the same digits.
        if written_as_cpf(text) {
            return Err(PixRefusal::Key);
        }
        as_phone().map(|phone| Self(phone.as_str().to_owned())).ok_or(PixRefusal::Key)
    }

    /// The key as it stands in the code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `000.000.000-00`.
fn written_as_cpf(text: &str) -> bool {
    let sign = |at| match at {
        3 | 7 => Some(b'.'),
        11 => Some(b'-'),
        _ => None,
    };
    text.len() == 14 && text.bytes().enumerate().all(|(at, b)| sign(at).map_or(b.is_ascii_digit(), |sign| b == sign))
}

fn email(text: &str) -> Result<PixKey, PixRefusal> {
    let (name, host) = text.split_once('@').ok_or(PixRefusal::Key)?;
    let clean = text.len() <= 77 && text.bytes().all(|b| b.is_ascii_graphic());
    if clean && !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.') {
        Ok(PixKey(text.to_ascii_lowercase()))
    } else {
        Err(PixRefusal::Key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn each_kind_of_key_takes_its_one_form() {
        for (typed, stands) in [
            ("529.982.247-25", "52998224725"),
            ("16.727.230/0001-97", "16727230000197"),
            ("(11) 95555-0142", "+5511955550142"),
            ("+55 11 95555 0142", "+5511955550142"),
            ("11955550142", "+5511955550142"),
            ("Contato@Clinica.com.br", "contato@clinica.com.br"),
            ("123E4567-E12B-12D1-A456-426655440000", "123e4567-e12b-12d1-a456-426655440000"),
        ] {
            assert_eq!(PixKey::parse(typed).unwrap().as_str(), stands);
        }
    }

    #[test]
    fn what_no_bank_would_take_is_refused() {
        for typed in [
            "",
            "abc",
            "529.982.247-26 x",
            "529.982.247-24",
            "+34 612 34 56 78",
            "a@b",
            "a b@c.de",
            "@c.de",
            "a@@c.de",
            "çã@c.de",
        ] {
            assert_eq!(PixKey::parse(typed), Err(PixRefusal::Key), "{typed}");
        }
    }
}
