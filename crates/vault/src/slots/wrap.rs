//! One wrapped key: how a secret that a person or a keychain holds encrypts the data key.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::format::{Kind, Slot, Stretch};
use crate::entropy::{Entropy, draw};
use crate::error::SlotError;
use crate::key::DataKey;

/// How dear one guess is: argon2id's parameters, as an explicit argument so that only a test ever pays less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes (threads a cracker could use as well).
    pub lanes: u32,
}

impl KdfCost {
    /// 64 MiB, 3 passes, 1 lane: about a tenth of a second on a desk, and the least that OWASP ASVS 5.0 and RFC
    /// 9106's second recommendation ask of stored passwords.
    pub const STANDARD: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// Whether we are willing to compute it: a tampered slot file must not make the desk run out of memory.
    pub(super) fn is_sane(self) -> bool {
        (1..=4).contains(&self.lanes)
            && (1..=16).contains(&self.passes)
            && (8 * self.lanes..=1024 * 1024).contains(&self.memory_kib)
    }
}

/// What opens a slot.
pub(super) enum Opener<'a> {
    /// Something a person knows or has on paper; stretched by argon2id.
    Human(&'a [u8]),
    /// 32 random bytes; derived, since there is nothing to stretch.
    Machine(&'a [u8]),
}

/// Wraps `key` in a new slot of this kind.
pub(super) fn wrap(
    key: &DataKey,
    folder: Uuid,
    kind: Kind,
    opener: &Opener<'_>,
    cost: Option<KdfCost>,
    entropy: &mut dyn Entropy,
) -> Result<Slot, SlotError> {
    if cost.is_some_and(|cost| !cost.is_sane()) {
        return Err(SlotError::Cost);
    }
    let id = uuid::Builder::from_random_bytes(draw(entropy)).into_uuid();
    let stretch = cost.map(|cost| Stretch { cost, salt: draw::<16>(entropy).to_vec() });
    let nonce: [u8; 24] = draw(entropy);
    let wrapping = wrapping_key(opener, stretch.as_ref()).ok_or(SlotError::Cost)?;
    let bound = bound_to(folder, id, &kind);
    let wrapped = cipher(&wrapping)
        .encrypt(&XNonce::from(nonce), Payload { msg: key.expose(), aad: &bound })
        // The cipher only refuses messages of 256 GiB and more.
        .map_err(|_| SlotError::Cost)?;
    Ok(Slot { id, kind, stretch, nonce: nonce.to_vec(), wrapped })
}

/// The data key in `slot`, or `None` when the opener does not fit or the slot was tampered with.
pub(super) fn unwrap(slot: &Slot, folder: Uuid, opener: &Opener<'_>) -> Option<DataKey> {
    let nonce: [u8; 24] = slot.nonce.as_slice().try_into().ok()?;
    let wrapping = wrapping_key(opener, slot.stretch.as_ref())?;
    let bound = bound_to(folder, slot.id, &slot.kind);
    let payload = Payload { msg: &slot.wrapped, aad: &bound };
    let bytes = Zeroizing::new(cipher(&wrapping).decrypt(&XNonce::from(nonce), payload).ok()?);
    let mut key: [u8; 32] = bytes.as_slice().try_into().ok()?;
    let unwrapped = DataKey::from_bytes(key);
    key.zeroize();
    Some(unwrapped)
}

fn cipher(wrapping: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*wrapping))
}

fn wrapping_key(opener: &Opener<'_>, stretch: Option<&Stretch>) -> Option<Zeroizing<[u8; 32]>> {
    match (opener, stretch) {
        (Opener::Human(secret), Some(stretch)) => argon2id(secret, stretch),
        (Opener::Machine(secret), None) => {
            Some(Zeroizing::new(blake3::derive_key("praxis keychain slot wrapping key v1", secret)))
        }
        _ => None,
    }
}

fn argon2id(secret: &[u8], stretch: &Stretch) -> Option<Zeroizing<[u8; 32]>> {
    let KdfCost { memory_kib, passes, lanes } = stretch.cost;
    let params = Params::new(memory_kib, passes, lanes, Some(32)).ok()?;
    let mut memory = Zeroizing::new(vec![Block::default(); params.block_count()]);
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(secret, &stretch.salt, &mut *key, &mut **memory)
        .ok()?;
    Some(key)
}

/// What the wrapping is bound to: a slot copied from another folder, renamed, or turned into another kind or
/// another user's does not open. Every part has a fixed length, so no two slots can share the bytes.
fn bound_to(folder: Uuid, slot: Uuid, kind: &Kind) -> Vec<u8> {
    let (tag, user) = match kind {
        Kind::Password { user, .. } => (1, *user),
        Kind::Recovery => (2, Uuid::nil()),
        Kind::Keychain => (3, Uuid::nil()),
    };
    let mut bytes = b"praxis key slot, format 1\0".to_vec();
    bytes.extend_from_slice(folder.as_bytes());
    bytes.extend_from_slice(slot.as_bytes());
    bytes.push(tag);
    bytes.extend_from_slice(user.as_bytes());
    bytes
}
