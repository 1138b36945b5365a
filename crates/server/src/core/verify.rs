//! What can be checked before the head row is taken: bytes and signatures.

use domain::{
    canonical::{Hash, Header, Part},
    clock::Hlc,
};
use ed25519_dalek::{Signature, VerifyingKey};
use sync::protocol::{PushRequest, WireEntry};
use thiserror::Error;

use super::{Device, ReceiptKey};

/// Why a whole push is refused. Nothing of it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// This server does not know the organization or the folder.
    #[error("unknown desk")]
    UnknownDesk,
    /// The desk was shut out.
    #[error("revoked")]
    Revoked,
    /// An entry is not signed by the desk, is of another one, or does not continue its chain.
    #[error("forged")]
    Forged,
    /// Another entry with the same number is already here: the folder was copied or restored.
    #[error("fork")]
    Fork,
    /// Not something this server serves.
    #[error("malformed")]
    Malformed,
}

impl Refusal {
    /// The stable code on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownDesk => "unknown_desk",
            Self::Revoked => "revoked",
            Self::Forged => "forged",
            Self::Fork => "fork",
            Self::Malformed => "malformed",
        }
    }
}

/// An entry whose signature holds.
#[derive(Debug, Clone)]
pub struct Verified {
    /// As it came.
    pub wire: WireEntry,
    /// Who, when, on top of what.
    pub header: Header,
    /// What it says; `None` when a part's bytes are not canonical.
    pub parts: Option<Vec<Part>>,
    /// The parts' hashes.
    pub hashes: Vec<Hash>,
    /// This server has accepted it before, and then it counted as of this time.
    pub before: Option<Hlc>,
}

/// Checks that every entry is the desk's, signed, and in order.
pub fn verify(device: &Device, request: &PushRequest, receipts: &ReceiptKey) -> Result<Vec<Verified>, Refusal> {
    if device.revoked {
        return Err(Refusal::Revoked);
    }
    if (request.device, request.generation) != (device.device, device.generation) {
        return Err(Refusal::Forged);
    }
    let key = VerifyingKey::from_bytes(&device.key).map_err(|_| Refusal::UnknownDesk)?;
    let mut verified: Vec<Verified> = Vec::with_capacity(request.entries.len());
    for wire in &request.entries {
        let header = Header::decode(&wire.header).map_err(|_| Refusal::Malformed)?;
        let own = header.org == device.org && header.device == device.device && header.generation == device.generation;
        let next = verified.last().is_none_or(|last| {
            let due = last.header.seq + 1;
            if request.again { header.seq >= due } else { header.seq == due }
        });
        if !own || !next || header.seq == 0 {
            return Err(Refusal::Forged);
        }
        key.verify_strict(&wire.chain, &Signature::from_bytes(&wire.signature)).map_err(|_| Refusal::Forged)?;
        let parts: Option<Vec<Part>> = wire.parts.iter().map(|part| Part::decode(&part.body).ok()).collect();
        let hashes = wire.parts.iter().map(|part| Part::hash(&part.salt, &part.body)).collect();
        let before = wire.receipt.and_then(|receipt| receipts.read(&header, &wire.chain, &receipt));
        verified.push(Verified { wire: wire.clone(), header, parts, hashes, before });
    }
    Ok(verified)
}
