//! Seals: a device's detached signature over the exact bytes of a paper.
//!
//! A seal says: *this device, certified by that organization, sealed these bytes as that document at that time.* It
//! lies beside the bytes and never inside them. Changing one byte, or passing one document's seal for another's,
//! breaks it. Whether the device was certified is judged from the certificate, which travels along unread.
//!
//! # On disk
//!
//! All integers big-endian; nothing may follow:
//!
//! | bytes | what |
//! |-|-|
//! | 6 | `PXSEAL` |
//! | 1 | format version, 1 |
//! | 16 | the document's id |
//! | 32 | SHA-256 of the sealed bytes |
//! | 8 | when, milliseconds since 1970 UTC, signed |
//! | 4 | length of the certificate |
//! | n | the device's certificate |
//! | 64 | ed25519 signature over everything above |

use domain::time::Timestamp;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

const MAGIC: &[u8; 6] = b"PXSEAL";
const VERSION: u8 = 1;

/// A detached seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The document that was sealed.
    pub document: Uuid,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// When, by the device's clock.
    pub signed_at: Timestamp,
    /// The device's certificate, as it was encoded.
    pub certificate: Vec<u8>,
    /// ed25519 over the seal's bytes before it.
    pub signature: [u8; 64],
}

/// Why a seal is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealBroken {
    /// Not a seal, or of a version that this application does not know.
    #[error("not a seal of a known version")]
    Malformed,
    /// The seal belongs to another document.
    #[error("the seal belongs to another document")]
    OtherDocument,
    /// The bytes are not those that were sealed.
    #[error("the bytes were changed after sealing")]
    BytesChanged,
    /// The signature is not that device's.
    #[error("not signed by the expected device")]
    Signature,
}

/// Seals bytes as a document.
pub fn seal(bytes: &[u8], document: Uuid, at: Timestamp, certificate: Vec<u8>, key: &SigningKey) -> Seal {
    let mut seal =
        Seal { document, sha256: Sha256::digest(bytes).into(), signed_at: at, certificate, signature: [0; 64] };
    seal.signature = key.sign(&seal.signed_bytes()).to_bytes();
    seal
}

impl Seal {
    /// Checks that `bytes` are the ones that were sealed as `document` by the holder of `key`.
    pub fn verify(&self, bytes: &[u8], document: Uuid, key: &VerifyingKey) -> Result<(), SealBroken> {
        key.verify_strict(&self.signed_bytes(), &Signature::from_bytes(&self.signature))
            .map_err(|_| SealBroken::Signature)?;
        if self.document != document {
            return Err(SealBroken::OtherDocument);
        }
        if self.sha256 != <[u8; 32]>::from(Sha256::digest(bytes)) {
            return Err(SealBroken::BytesChanged);
        }
        Ok(())
    }

    /// The seal as it lies on disk.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.signed_bytes();
        bytes.extend_from_slice(&self.signature);
        bytes
    }

    /// Reads a seal from disk.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealBroken> {
        let mut rest = bytes;
        if take(&mut rest, MAGIC.len())? != MAGIC || take(&mut rest, 1)? != [VERSION] {
            return Err(SealBroken::Malformed);
        }
        let document = Uuid::from_bytes(array(&mut rest)?);
        let sha256 = array(&mut rest)?;
        let signed_at = Timestamp::from_millis(i64::from_be_bytes(array(&mut rest)?));
        let length = u32::from_be_bytes(array(&mut rest)?);
        let certificate = take(&mut rest, usize::try_from(length).map_err(|_| SealBroken::Malformed)?)?.to_vec();
        let signature = array(&mut rest)?;
        if rest.is_empty() {
            Ok(Self { document, sha256, signed_at, certificate, signature })
        } else {
            Err(SealBroken::Malformed)
        }
    }

    /// Everything before the signature.
    fn signed_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(131 + self.certificate.len());
        bytes.extend_from_slice(MAGIC);
        bytes.push(VERSION);
        bytes.extend_from_slice(self.document.as_bytes());
        bytes.extend_from_slice(&self.sha256);
        bytes.extend_from_slice(&self.signed_at.millis().to_be_bytes());
        let length = u32::try_from(self.certificate.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.certificate);
        bytes
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], SealBroken> {
    let (head, tail) = rest.split_at_checked(count).ok_or(SealBroken::Malformed)?;
    *rest = tail;
    Ok(head)
}

fn array<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], SealBroken> {
    take(rest, N)?.try_into().map_err(|_| SealBroken::Malformed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    const DOCUMENT: Uuid = Uuid::from_u128(0x0192_f0c1_7a3e_7b4c_8d5e_6f70_8192_a3b4);

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn sealed(bytes: &[u8]) -> Seal {
        seal(bytes, DOCUMENT, Timestamp::from_millis(1_795_009_268_000), b"certificate".to_vec(), &key())
    }

    #[test]
    fn the_form_on_disk_is_the_golden_one() {
        let seal = sealed(b"%PDF-1.7 sealed");

        let golden = include_str!("golden.txt");
        let told: String = hex::encode(seal.to_bytes());
        assert_eq!(told, golden.trim(), "seals are on disk for twenty years: this form never changes");
        assert_eq!(Seal::from_bytes(&hex::decode(golden.trim()).unwrap()), Ok(seal));
    }

    #[test]
    fn a_seal_holds_for_its_bytes_its_document_and_its_device_only() {
        let bytes = b"%PDF-1.7 sealed".to_vec();
        let seal = sealed(&bytes);

        assert_eq!(seal.verify(&bytes, DOCUMENT, &key().verifying_key()), Ok(()));
        let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(seal.verify(&bytes, DOCUMENT, &stranger), Err(SealBroken::Signature));
        assert_eq!(seal.verify(&bytes, Uuid::nil(), &key().verifying_key()), Err(SealBroken::OtherDocument));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(
                seal.verify(&changed, DOCUMENT, &key().verifying_key()),
                Err(SealBroken::BytesChanged),
                "byte {at}"
            );
        }
    }

    #[test]
    fn every_bit_of_a_seal_is_covered() {
        let bytes = sealed(b"x").to_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let broken = Seal::from_bytes(&changed).and_then(|s| s.verify(b"x", DOCUMENT, &key().verifying_key()));
            assert!(broken.is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_seal_neither_too_short_nor_too_long_is_read() {
        let bytes = sealed(b"x").to_bytes();

        for length in 0..bytes.len() {
            assert_eq!(Seal::from_bytes(&bytes[..length]), Err(SealBroken::Malformed));
        }
        assert_eq!(Seal::from_bytes(&[&bytes[..], &[0]].concat()), Err(SealBroken::Malformed));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(bytes in prop::collection::vec(any::<u8>(), 0..64), at: i64, certificate in prop::collection::vec(any::<u8>(), 0..200)) {
            let seal = seal(&bytes, DOCUMENT, Timestamp::from_millis(at), certificate, &key());
            prop_assert_eq!(Seal::from_bytes(&seal.to_bytes()), Ok(seal));
        }
    }
}
