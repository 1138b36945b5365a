//! What a request signs. TLS says that the line is private; this says which desk speaks, and that it speaks now.
//!
//! The desk signs with its device key a statement over method, path, body, the time and a nonce. The time is the
//! *server's*, as the desk learnt it from the last answer, so a desk whose clock is off is not shut out: a request
//! that is too old is answered with the server's time and is signed again.

use domain::id::{DeviceId, GenerationId, OrgId};
use serde::{Deserialize, Serialize};

/// Drawn for each request; the server remembers it for as long as the time would be accepted.
pub type Nonce = [u8; 16];

/// Who speaks, and when: sent beside the body, with the signature over [`statement`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactHeader {
    /// The organization.
    #[serde(rename = "1")]
    pub org: OrgId,
    /// The desk.
    #[serde(rename = "2")]
    pub device: DeviceId,
    /// The life of its folder.
    #[serde(rename = "3")]
    pub generation: GenerationId,
    /// The server's time as the desk knows it, milliseconds UTC.
    #[serde(rename = "4")]
    pub at_ms: i64,
    /// Never used twice.
    #[serde(rename = "5")]
    pub nonce: Nonce,
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
    use uuid::Uuid;

    use super::*;

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
