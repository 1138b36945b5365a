//! Whether a request is signed by whom it names, now, and for the first time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{id::DeviceId, time::Timestamp};
use ed25519_dalek::{Signature, VerifyingKey};
use sync::protocol::{ContactHeader, Nonce, SignedContact, statement};

use super::reply::Refused;
use crate::core::Contact;

/// How far a contact's time may be from the server's. A desk learns the server's time with every answer.
const WINDOW_MS: i64 = 120_000;

/// The nonces of the contacts that would still be accepted by their time.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    seen: Mutex<HashMap<(DeviceId, Nonce), i64>>,
}

impl Contacts {
    pub(super) fn check(
        &self,
        signed: &SignedContact,
        method: &str,
        path: &str,
        body: &[u8],
        key: &[u8; 32],
        now: Timestamp,
    ) -> Result<Contact, Refused> {
        let key = VerifyingKey::from_bytes(key).map_err(|_| Refused::UNSIGNED)?;
        let said = statement(method, path, &signed.contact, body);
        key.verify_strict(&said, &Signature::from_bytes(&signed.signature)).map_err(|_| Refused::UNSIGNED)?;
        // The signature is looked at first: only a true desk learns anything, and only its nonces take up room.
        let (at, now) = (signed.contact.at_ms, now.millis());
        if now.abs_diff(at) > WINDOW_MS.unsigned_abs() {
            return Err(Refused::TOO_OLD);
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, said_at| now.abs_diff(*said_at) <= WINDOW_MS.unsigned_abs());
        let ContactHeader { org, device, nonce, .. } = signed.contact;
        if seen.insert((device, nonce), at).is_some() {
            return Err(Refused::REPLAYED);
        }
        Ok(Contact { org, device, nonce, at_ms: at, forget_ms: now.saturating_sub(WINDOW_MS) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::id::Uuid;
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_262_400_000);

    fn signed(key: &SigningKey, at_ms: i64, nonce: u8, body: &[u8]) -> SignedContact {
        let contact = ContactHeader {
            org: Uuid::from_u128(1).into(),
            device: Uuid::from_u128(2).into(),
            generation: Uuid::from_u128(3).into(),
            at_ms,
            nonce: [nonce; 16],
        };
        let signature = key.sign(&statement("POST", "/v1/pull", &contact, body)).to_bytes();
        SignedContact { contact, signature }
    }

    #[test]
    fn a_contact_counts_once_for_its_body_by_its_key_and_in_time() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let public = key.verifying_key().to_bytes();
        let contacts = Contacts::default();
        let check = |contact: &SignedContact, body: &[u8], key: &[u8; 32]| {
            contacts.check(contact, "POST", "/v1/pull", body, key, NOW).map(|_| ())
        };
        let good = signed(&key, NOW.millis(), 1, b"body");
        assert_eq!(check(&good, b"other", &public), Err(Refused::UNSIGNED));
        let stranger = SigningKey::from_bytes(&[2; 32]).verifying_key().to_bytes();
        assert_eq!(check(&good, b"body", &stranger), Err(Refused::UNSIGNED));
        assert_eq!(check(&good, b"body", &public), Ok(()));
        assert_eq!(check(&good, b"body", &public), Err(Refused::REPLAYED));
        for off in [-WINDOW_MS - 1, WINDOW_MS + 1, i64::MIN / 2] {
            let late = signed(&key, NOW.millis().saturating_add(off), 2, b"body");
            assert_eq!(check(&late, b"body", &public), Err(Refused::TOO_OLD));
        }
        assert_eq!(check(&signed(&key, NOW.millis() - 1_000, 3, b"body"), b"body", &public), Ok(()));
    }
}
