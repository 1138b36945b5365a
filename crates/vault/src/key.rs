//! The data key: 32 random bytes from which everything secret in a folder is derived.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::entropy::{Entropy, draw};

/// The folder's one secret. Wiped from memory when dropped, never printed.
///
/// It is never used as a key itself: whoever needs one derives it under a name of its own, so that no two uses
/// can ever weaken each other.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// A fresh key.
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        Self(draw(entropy))
    }

    /// The key with exactly these bytes (from a backup's envelope, a test).
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A sub-key for one purpose. `context` is a constant of the program that names the purpose, for instance
    /// `"praxis head mac v1"`; it is never built from input (BLAKE3's rule for `derive_key`).
    pub fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, &self.0))
    }

    /// A second copy, for the connection factory that has to key each new connection.
    pub(crate) fn duplicate(&self) -> Self {
        Self(self.0)
    }

    /// The bytes themselves, for wrapping.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(hidden)")
    }
}

/// A secret of any length, as a keychain stores it. Wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the bytes over.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the keychain that has to store them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = DataKey::from_bytes([7; 32]);

        assert_ne!(*key.derive("praxis one"), *key.derive("praxis two"));
        assert_eq!(*key.derive("praxis one"), *DataKey::from_bytes([7; 32]).derive("praxis one"));
        assert_ne!(*key.derive("praxis one"), [7; 32], "a derived key never is the data key");
    }

    #[test]
    fn no_secret_is_printed() {
        assert_eq!(format!("{:?}", DataKey::from_bytes([0xAB; 32])), "DataKey(hidden)");
        assert_eq!(format!("{:?}", Secret::new(vec![0xAB; 4])), "Secret(hidden)");
    }
}
