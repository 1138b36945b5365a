//! Certificates: who vouches for a device's key.
//!
//! The organization's root key, held by its first desk until a server adopts the organization, certifies device
//! keys; on adoption it certifies the server's key, which certifies devices from then on. A seal carries the
//! certificate, so that another clinic's desk can check a paper without the network.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use thiserror::Error;
use uuid::Uuid;

use crate::{
    id::{DeviceId, GenerationId, OrgId},
    time::Timestamp,
};

/// What is certified: a device's key for one life of its folder, and the short prefix of its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The organization.
    pub org: OrgId,
    /// The device.
    pub device: DeviceId,
    /// The life of its folder.
    pub generation: GenerationId,
    /// 1 to 8 ASCII letters or digits: the prefix of the folder's document series and chart codes.
    pub prefix: String,
    /// The device's ed25519 key.
    pub key: [u8; 32],
    /// From when it holds.
    pub valid_from: Timestamp,
    /// The ed25519 key that signed: the organization's root key, or one that the root certified.
    pub issuer: [u8; 32],
    /// The issuer's signature over everything above.
    pub signature: [u8; 64],
}

/// Why a certificate is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadCertificate {
    /// The bytes are not a certificate.
    #[error("not a certificate")]
    Malformed,
    /// The signature does not match, or the issuer is not the expected one.
    #[error("not signed by the expected key")]
    Signature,
}

const VERSION: u8 = 1;
const CONTEXT: &[u8] = b"praxis certificate v1";

impl Certificate {
    /// Certifies a device's key.
    #[allow(clippy::too_many_arguments, reason = "each is a field of the signed statement")]
    pub fn issue(
        issuer: &SigningKey,
        org: OrgId,
        device: DeviceId,
        generation: GenerationId,
        prefix: &str,
        key: &VerifyingKey,
        valid_from: Timestamp,
    ) -> Self {
        let mut certificate = Self {
            org,
            device,
            generation,
            prefix: prefix.to_owned(),
            key: key.to_bytes(),
            valid_from,
            issuer: issuer.verifying_key().to_bytes(),
            signature: [0; 64],
        };
        certificate.signature = issuer.sign(&certificate.statement()).to_bytes();
        certificate
    }

    fn statement(&self) -> Vec<u8> {
        let mut out = CONTEXT.to_vec();
        out.extend_from_slice(&self.body());
        out
    }

    fn body(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend_from_slice(self.org.0.as_bytes());
        out.extend_from_slice(self.device.0.as_bytes());
        out.extend_from_slice(self.generation.0.as_bytes());
        out.push(u8::try_from(self.prefix.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(self.prefix.as_bytes());
        out.extend_from_slice(&self.key);
        out.extend_from_slice(&self.valid_from.millis().to_be_bytes());
        out.extend_from_slice(&self.issuer);
        out
    }

    /// The bytes: the statement's fields, then the signature.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.body();
        out.extend_from_slice(&self.signature);
        out
    }

    /// Reads the bytes; the signature is not checked here.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadCertificate> {
        let take = |at: usize, count: usize| bytes.get(at..at + count).ok_or(BadCertificate::Malformed);
        let uuid = |at: usize| take(at, 16).and_then(|b| Uuid::from_slice(b).map_err(|_| BadCertificate::Malformed));
        if bytes.first() != Some(&VERSION) {
            return Err(BadCertificate::Malformed);
        }
        let length = usize::from(*bytes.get(49).ok_or(BadCertificate::Malformed)?);
        let prefix = std::str::from_utf8(take(50, length)?).map_err(|_| BadCertificate::Malformed)?.to_owned();
        let at = 50 + length;
        if prefix.is_empty() || length > 8 || bytes.len() != at + 32 + 8 + 32 + 64 {
            return Err(BadCertificate::Malformed);
        }
        let array32 = |at: usize| take(at, 32)?.try_into().map_err(|_| BadCertificate::Malformed);
        Ok(Self {
            org: OrgId(uuid(1)?),
            device: DeviceId(uuid(17)?),
            generation: GenerationId(uuid(33)?),
            prefix,
            key: array32(at)?,
            valid_from: Timestamp::from_millis(i64::from_be_bytes(
                take(at + 32, 8)?.try_into().map_err(|_| BadCertificate::Malformed)?,
            )),
            issuer: array32(at + 40)?,
            signature: take(at + 72, 64)?.try_into().map_err(|_| BadCertificate::Malformed)?,
        })
    }

    /// Accepts the certificate when `expected` signed it.
    pub fn verify(&self, expected: &VerifyingKey) -> Result<(), BadCertificate> {
        if self.issuer != expected.to_bytes() {
            return Err(BadCertificate::Signature);
        }
        expected
            .verify_strict(&self.statement(), &Signature::from_bytes(&self.signature))
            .map_err(|_| BadCertificate::Signature)
    }

    /// The certified key.
    pub fn device_key(&self) -> Result<VerifyingKey, BadCertificate> {
        VerifyingKey::from_bytes(&self.key).map_err(|_| BadCertificate::Malformed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn certificate() -> (SigningKey, Certificate) {
        let root = SigningKey::from_bytes(&[1; 32]);
        let device = SigningKey::from_bytes(&[2; 32]);
        let id = Uuid::from_u128;
        let certificate = Certificate::issue(
            &root,
            OrgId(id(1)),
            DeviceId(id(2)),
            GenerationId(id(3)),
            "A",
            &device.verifying_key(),
            Timestamp::from_millis(1_795_000_000_000),
        );
        (root, certificate)
    }

    #[test]
    fn it_is_read_back_and_accepted_under_the_issuers_key_only() {
        let (root, certificate) = certificate();
        let read = Certificate::decode(&certificate.encode()).unwrap();
        assert_eq!(read, certificate);
        assert_eq!(read.verify(&root.verifying_key()), Ok(()));
        let other = SigningKey::from_bytes(&[3; 32]).verifying_key();
        assert_eq!(read.verify(&other), Err(BadCertificate::Signature));
    }

    #[test]
    fn a_flipped_bit_anywhere_is_noticed() {
        let (root, certificate) = certificate();
        let bytes = certificate.encode();
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            let accepted = Certificate::decode(&bad).is_ok_and(|read| read.verify(&root.verifying_key()).is_ok());
            assert!(!accepted, "byte {at}");
        }
    }

    #[test]
    fn the_bytes_are_the_golden_ones() {
        assert_eq!(
            hex::encode(blake3::hash(&certificate().1.encode()).as_bytes()),
            include_str!("certificate.golden.txt").trim()
        );
    }
}
