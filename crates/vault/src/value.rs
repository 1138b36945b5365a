//! One value sealed under a key: for what must lie in a database that is not a vault file.
//!
//! A sealed value is bound to its place. Whoever can write the database but does not have the key can neither read
//! it, nor change it, nor move it to another row, column or tenant without that being noticed.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, draw};

/// The first byte of every sealed value.
const FORMAT: u8 = 1;
/// XChaCha20's nonce: long enough to be drawn.
const NONCE: usize = 24;

/// Why a value was not sealed or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ValueError {
    /// The cipher takes less than 256 GiB.
    #[error("the value is too long to be sealed")]
    TooLong,
    /// Another key, another place, or changed bytes; nobody can tell which.
    #[error("the sealed value does not open")]
    DoesNotOpen,
}

/// A key that seals values, wraps other keys and finds what it sealed. Wiped when dropped, never printed.
///
/// `place` says where a value stands (tenant, table, column, row), a part each; the same parts must be given to open
/// it.
pub struct ValueKey {
    bytes: Zeroizing<[u8; 32]>,
    sealing: Zeroizing<[u8; 32]>,
    blinding: Zeroizing<[u8; 32]>,
}

impl ValueKey {
    /// A fresh key.
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        Self::from_bytes(draw(entropy))
    }

    /// The key with exactly these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let derived = |context| Zeroizing::new(blake3::derive_key(context, &bytes));
        let (sealing, blinding) = (derived("praxis value sealing v1"), derived("praxis value blinding v1"));
        Self { bytes: Zeroizing::new(bytes), sealing, blinding }
    }

    /// Seals a value for its place. 41 bytes longer than the value.
    pub fn seal(&self, place: &[&[u8]], plain: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, ValueError> {
        let nonce: [u8; NONCE] = draw(entropy);
        let bound = bound_to(place);
        let payload = Payload { msg: plain, aad: &bound };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| ValueError::TooLong)?;
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(FORMAT);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what was sealed with this key for this place.
    pub fn open(&self, place: &[&[u8]], sealed: &[u8]) -> Result<Vec<u8>, ValueError> {
        let body = sealed.strip_prefix(&[FORMAT]).ok_or(ValueError::DoesNotOpen)?;
        let (nonce, body) = body.split_first_chunk::<NONCE>().ok_or(ValueError::DoesNotOpen)?;
        let bound = bound_to(place);
        let payload = Payload { msg: body, aad: &bound };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| ValueError::DoesNotOpen)
    }

    /// Seals another key.
    pub fn wrap(&self, place: &[&[u8]], key: &Self, entropy: &mut dyn Entropy) -> Result<Vec<u8>, ValueError> {
        self.seal(place, &*key.bytes, entropy)
    }

    /// Opens a wrapped key.
    pub fn unwrap(&self, place: &[&[u8]], wrapped: &[u8]) -> Result<Self, ValueError> {
        let bytes = Zeroizing::new(self.open(place, wrapped)?);
        Ok(Self::from_bytes(bytes.as_slice().try_into().map_err(|_| ValueError::DoesNotOpen)?))
    }

    /// A keyed hash by which equal values are found without being readable. Without the key not even a guess can be
    /// tried.
    pub fn blind(&self, place: &[&[u8]], plain: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.blinding);
        hasher.update(&bound_to(place));
        hasher.update(plain);
        *hasher.finalize().as_bytes()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.sealing))
    }
}

impl fmt::Debug for ValueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueKey(hidden)")
    }
}

/// The place's parts, each behind its length, so that no two places share the bytes.
fn bound_to(place: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"praxis sealed value, format 1\0".to_vec();
    for part in place {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    fn dice() -> impl FnMut(&mut [u8]) {
        let mut next = 0_u8;
        move |bytes: &mut [u8]| {
            for byte in bytes {
                next = next.wrapping_mul(31).wrapping_add(17);
                *byte = next;
            }
        }
    }

    const PLACE: &[&[u8]] = &[b"clinic", b"record", b"sealed", b"1"];

    #[test]
    fn a_value_opens_with_its_key_at_its_place_and_nowhere_else() {
        let key = ValueKey::from_bytes([7; 32]);
        let mut dice = dice();
        for plain in [&b""[..], b"Maria da Silva", &[0; 10_000]] {
            let sealed = key.seal(PLACE, plain, &mut dice).unwrap();
            assert_eq!(sealed.len(), plain.len() + 41);
            assert_eq!(key.open(PLACE, &sealed).unwrap(), plain);

            assert_eq!(ValueKey::from_bytes([8; 32]).open(PLACE, &sealed), Err(ValueError::DoesNotOpen));
            let elsewhere: [&[&[u8]]; 4] = [
                &[b"other", b"record", b"sealed", b"1"],
                &[b"clinic", b"record", b"sealed", b"2"],
                &[b"clinic", b"record", b"sealed1"],
                &[b"clinicrecord", b"sealed", b"1"],
            ];
            for place in elsewhere {
                assert_eq!(key.open(place, &sealed), Err(ValueError::DoesNotOpen));
            }
        }
    }

    #[test]
    fn a_changed_or_shortened_value_does_not_open() {
        let key = ValueKey::from_bytes([7; 32]);
        let sealed = key.seal(PLACE, b"penicillin", &mut dice()).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(PLACE, &changed), Err(ValueError::DoesNotOpen), "byte {at}");
            assert_eq!(key.open(PLACE, &sealed[..at]), Err(ValueError::DoesNotOpen), "{at} bytes");
        }
    }

    #[test]
    fn equal_values_are_sealed_differently_and_found_by_their_blind_hash() {
        let (key, mut dice) = (ValueKey::from_bytes([7; 32]), dice());
        let twice = [(); 2].map(|()| key.seal(PLACE, b"12345678909", &mut dice).unwrap());
        assert_ne!(twice[0], twice[1]);
        assert_eq!(key.blind(PLACE, b"12345678909"), key.blind(PLACE, b"12345678909"));
        assert_ne!(key.blind(PLACE, b"12345678909"), key.blind(PLACE, b"12345678908"));
        assert_ne!(
            key.blind(PLACE, b"12345678909"),
            key.blind(&[b"other"], b"12345678909"),
            "each tenant's is its own"
        );
        assert_ne!(key.blind(PLACE, b"12345678909"), ValueKey::from_bytes([8; 32]).blind(PLACE, b"12345678909"));
    }

    #[test]
    fn a_wrapped_key_opens_what_it_sealed() {
        let (master, mut dice) = (ValueKey::from_bytes([1; 32]), dice());
        let key = ValueKey::generate(&mut dice);
        let sealed = key.seal(PLACE, b"note", &mut dice).unwrap();

        let wrapped = master.wrap(&[b"clinic"], &key, &mut dice).unwrap();

        assert_eq!(master.unwrap(&[b"clinic"], &wrapped).unwrap().open(PLACE, &sealed).unwrap(), b"note");
        assert!(master.unwrap(&[b"other"], &wrapped).is_err());
        assert_eq!(format!("{key:?}"), "ValueKey(hidden)");
    }
}
