//! Whether a paper is the one that was sealed.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::bytes::{Id, Malformed, Walk};
use crate::certificate::{Certificate, Trust, Untrusted};

/// What an accepted seal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The document.
    pub document: Id,
    /// When, in milliseconds since 1970 UTC, by the device's clock.
    pub at_ms: i64,
    /// Who sealed it.
    pub certificate: Certificate,
}

/// Why a paper is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnsealedReason {
    /// Not a seal of a known version.
    #[error("the seal is {0}")]
    NotASeal(Malformed),
    /// The certificate inside is not one.
    #[error("the seal's certificate is {0}")]
    NotACertificate(Malformed),
    /// Nobody we believe certified the device that sealed.
    #[error(transparent)]
    Device(#[from] Untrusted),
    /// The seal was changed, or made with another key than the certified one.
    #[error("the seal's signature is not the device's")]
    Signature,
    /// The seal claims a moment before the device was certified.
    #[error("sealed before the device was certified")]
    TooEarly,
    /// The paper's bytes are not the sealed ones.
    #[error("the paper was changed after it was sealed")]
    PaperChanged,
}

/// Checks `paper` against its detached `seal` under what `trust` believes. The device need not be known before:
/// its certificate travels in the seal.
pub fn check_seal(paper: &[u8], seal: &[u8], trust: &Trust) -> Result<Sealed, UnsealedReason> {
    let read = Parts::read(seal).map_err(UnsealedReason::NotASeal)?;
    let certificate = Certificate::read(read.certificate).map_err(UnsealedReason::NotACertificate)?;
    trust.judge(&certificate)?;
    VerifyingKey::from_bytes(&certificate.key)
        .and_then(|key| key.verify_strict(read.stated, &Signature::from_bytes(&read.signature)))
        .map_err(|_| UnsealedReason::Signature)?;
    if read.at_ms < certificate.valid_from_ms {
        return Err(UnsealedReason::TooEarly);
    }
    if Sha256::digest(paper).as_slice() != read.sha256 {
        return Err(UnsealedReason::PaperChanged);
    }
    Ok(Sealed { document: read.document, at_ms: read.at_ms, certificate })
}

struct Parts<'a> {
    document: Id,
    sha256: [u8; 32],
    at_ms: i64,
    certificate: &'a [u8],
    stated: &'a [u8],
    signature: [u8; 64],
}

impl<'a> Parts<'a> {
    fn read(seal: &'a [u8]) -> Result<Self, Malformed> {
        let mut walk = Walk::new(seal);
        walk.expect(b"PXSEAL\x01")?;
        let parts = Self {
            document: walk.id()?,
            sha256: walk.fixed()?,
            at_ms: walk.signed()?,
            certificate: walk.counted()?,
            stated: seal.get(..walk.here()).unwrap_or_default(),
            signature: walk.fixed()?,
        };
        walk.end()?;
        Ok(parts)
    }
}
