//! What a request signs. TLS says that the line is private; this says which desk speaks, and that it speaks now.
//!
//! The desk signs with its device key a statement over method, path, body, the time and a nonce. The time is the
//! *server's*, as the desk learnt it from the last answer, so a desk whose clock is off is not shut out: a request
//! that is too old is answered with the server's time and is signed again.

use domain::id::{DeviceId, GenerationId, OrgId};
use uuid::Uuid;

/// Drawn for each request; the server remembers it for as long as the time would be accepted.
pub type Nonce = [u8; 16];

/// Who speaks, and when: sent beside the body, with the signature over [`statement`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactHeader {
    /// The organization.
    pub org: OrgId,
    /// The desk.
    pub device: DeviceId,
    /// The life of its folder.
    pub generation: GenerationId,
    /// The server's time as the desk knows it, milliseconds UTC.
    pub at_ms: i64,
    /// Never used twice.
    pub nonce: Nonce,
}

/// The HTTP header a [`SignedContact`] stands in.
pub const CONTACT_HEADER: &str = "praxis-contact";

/// A contact with the device's signature over the [`statement`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedContact {
    /// Who speaks, and when.
    pub contact: ContactHeader,
    /// The signature.
    pub signature: [u8; 64],
}

impl SignedContact {
    /// As it stands in the header: the ids, time, nonce and signature in hexadecimal.
    pub fn to_header(&self) -> String {
        let contact = &self.contact;
        let mut bytes = Vec::with_capacity(136);
        bytes.extend_from_slice(&contact.org.bytes());
        bytes.extend_from_slice(&contact.device.bytes());
        bytes.extend_from_slice(&contact.generation.bytes());
        bytes.extend_from_slice(&contact.at_ms.to_be_bytes());
        bytes.extend_from_slice(&contact.nonce);
        bytes.extend_from_slice(&self.signature);
        bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(u32::from(digit), 16))
            .collect()
    }

    /// Reads the header; `None` for anything but exactly one contact.
    pub fn from_header(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 272 {
            return None;
        }
        let bytes: Vec<u8> = digits
            .chunks_exact(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect::<Option<_>>()?;
        let uuid = |at: usize| Uuid::from_slice(bytes.get(at..at + 16)?).ok();
        Some(Self {
            contact: ContactHeader {
                org: uuid(0)?.into(),
                device: uuid(16)?.into(),
                generation: uuid(32)?.into(),
                at_ms: i64::from_be_bytes(bytes.get(48..56)?.try_into().ok()?),
                nonce: bytes.get(56..72)?.try_into().ok()?,
            },
            signature: bytes.get(72..136)?.try_into().ok()?,
        })
    }
}

/// The 32 bytes that the device signs. Every variable part is counted, so no two requests share a statement.
pub fn statement(method: &str, path: &str, contact: &ContactHeader, body: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("praxis request v1");
    for text in [method, path] {
        hasher.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&contact.org.bytes());
    hasher.update(&contact.device.bytes());
    hasher.update(&contact.generation.bytes());
    hasher.update(&contact.at_ms.to_be_bytes());
    hasher.update(&contact.nonce);
    hasher.update(blake3::hash(body).as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_survives_its_header() {
        let contact = ContactHeader {
            org: Uuid::from_u128(1).into(),
            device: Uuid::from_u128(2).into(),
            generation: Uuid::from_u128(3).into(),
            at_ms: -4,
            nonce: [5; 16],
        };
        let signed = SignedContact { contact, signature: [250; 64] };
        let header = signed.to_header();
        assert_eq!(SignedContact::from_header(&header), Some(signed));
        assert_eq!(SignedContact::from_header(&header[2..]), None);
        assert_eq!(SignedContact::from_header(&header.replace('a', "é")), None);
    }

    #[test]
    fn whatever_changes_changes_the_statement() {
        let contact = ContactHeader {
            org: Uuid::from_u128(1).into(),
            device: Uuid::from_u128(2).into(),
            generation: Uuid::from_u128(3).into(),
            at_ms: 4,
            nonce: [5; 16],
        };
        let one = statement("POST", "/v1/push", &contact, b"body");
        assert_eq!(one, statement("POST", "/v1/push", &contact, b"body"));
        let later = ContactHeader { at_ms: 5, ..contact.clone() };
        let again = ContactHeader { nonce: [6; 16], ..contact.clone() };
        let others = [
            statement("GET", "/v1/push", &contact, b"body"),
            statement("POST", "/v1/pull", &contact, b"body"),
            statement("POST/", "v1/push", &contact, b"body"),
            statement("POST", "/v1/push", &contact, b"bodY"),
            statement("POST", "/v1/push", &later, b"body"),
            statement("POST", "/v1/push", &again, b"body"),
        ];
        assert!(others.iter().all(|other| *other != one));
    }
}
