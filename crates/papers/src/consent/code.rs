//! The code on the page: a document's id and a device's signature over what the document says.
//!
//! Its text is `PRAXIS1/` and the id in 32 hexadecimal digits, `/` and the signature in base 32 (RFC 4648, unpadded),
//! all in the alphabet that QR codes pack tightest. What is signed is `praxis paper v1`, the id and the content's hash.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use thiserror::Error;
use uuid::Uuid;

use super::ContentHash;

const PREFIX: &str = "PRAXIS1";
const CONTEXT: &[u8] = b"praxis paper v1";
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What the QR code on a paper carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperCode {
    /// The document's id.
    pub document: Uuid,
    /// ed25519, by the device that made the paper.
    pub signature: [u8; 64],
}

/// Why a scanned code is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeRefused {
    /// Not a code of a paper made here.
    #[error("not the code of a paper")]
    Malformed,
    /// The paper says something else than what was signed, or another device signed.
    #[error("the paper does not say what was signed")]
    Signature,
}

impl PaperCode {
    /// Signs a document's content.
    pub fn sign(document: Uuid, content: &ContentHash, key: &SigningKey) -> Self {
        Self { document, signature: key.sign(&message(document, content)).to_bytes() }
    }

    /// Checks the code against the content found on file.
    pub fn verify(&self, content: &ContentHash, key: &VerifyingKey) -> Result<(), CodeRefused> {
        key.verify_strict(&message(self.document, content), &Signature::from_bytes(&self.signature))
            .map_err(|_| CodeRefused::Signature)
    }

    /// The text in the QR code.
    pub fn text(&self) -> String {
        format!("{PREFIX}/{:X}/{}", self.document.simple(), base32(&self.signature))
    }

    /// Reads a scanned text.
    pub fn parse(text: &str) -> Result<Self, CodeRefused> {
        let mut parts = text.trim().split('/');
        let (Some(PREFIX), Some(id), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CodeRefused::Malformed);
        };
        let document = Uuid::try_parse(id).map_err(|_| CodeRefused::Malformed)?;
        let signature = unbase32(signature).and_then(|bytes| bytes.try_into().ok()).ok_or(CodeRefused::Malformed)?;
        Ok(Self { document, signature })
    }
}

fn message(document: Uuid, content: &ContentHash) -> Vec<u8> {
    [CONTEXT, document.as_bytes(), content].concat()
}

fn base32(bytes: &[u8]) -> String {
    let letter = |bits: usize| ALPHABET.get(bits & 31).map_or('A', |&b| char::from(b));
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let bits = chunk.iter().fold(0_u64, |bits, &b| (bits << 8) | u64::from(b)) << (8 * (5 - chunk.len()));
            let letters = (chunk.len() * 8).div_ceil(5);
            (0..letters).map(move |index| usize::try_from((bits >> (35 - 5 * index)) & 31).unwrap_or(0))
        })
        .map(letter)
        .collect()
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|&b| b == letter)?;
        bits = (bits << 5) | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    // Left-over bits must be zero, or two texts would stand for one signature.
    (bits & ((1 << count) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn base_32_agrees_with_the_standards_examples() {
        for (plain, coded) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(plain.as_bytes()), coded);
            assert_eq!(unbase32(coded).unwrap(), plain.as_bytes());
        }
        assert_eq!(unbase32("MZ"), None, "left-over bits");
        assert_eq!(unbase32("m"), None);
    }

    #[test]
    fn a_code_holds_for_its_content_and_its_device_only() {
        let key = SigningKey::from_bytes(&[3; 32]);
        let code = PaperCode::sign(Uuid::from_u128(5), &[1; 32], &key);

        let scanned = PaperCode::parse(&code.text()).unwrap();

        assert_eq!(scanned, code);
        assert_eq!(scanned.verify(&[1; 32], &key.verifying_key()), Ok(()));
        assert_eq!(scanned.verify(&[2; 32], &key.verifying_key()), Err(CodeRefused::Signature));
        let other = PaperCode { document: Uuid::from_u128(6), ..scanned };
        assert_eq!(other.verify(&[1; 32], &key.verifying_key()), Err(CodeRefused::Signature));
        let stranger = SigningKey::from_bytes(&[4; 32]).verifying_key();
        assert_eq!(scanned.verify(&[1; 32], &stranger), Err(CodeRefused::Signature));
    }

    proptest! {
        #[test]
        fn no_scanned_text_is_trusted_or_fatal(text in "(PRAXIS1/)?[0-9A-F]{0,33}/?[A-Z2-7]{0,110}") {
            if let Ok(code) = PaperCode::parse(&text) {
                prop_assert_eq!(PaperCode::parse(&code.text()), Ok(code));
            }
        }
    }
}
