//! Who this folder is.

use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId},
};
use ed25519_dalek::{Signature, Signer, SigningKey};
use vault::rusqlite::{Connection, OptionalExtension, named_params};

use crate::StoreError;

/// The folder's organization, device and key. The key signs entries and seals and never leaves the folder.
pub struct Identity {
    /// The organization.
    pub org: OrgId,
    /// This desk.
    pub device: DeviceId,
    /// This life of the folder.
    pub generation: GenerationId,
    /// The prefix of this folder's series and chart codes.
    pub prefix: String,
    /// Who vouches for the key.
    pub certificate: Certificate,
    key: SigningKey,
    root: Option<SigningKey>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({} of {})", self.device, self.org)
    }
}

impl Identity {
    /// Puts an identity together; `root` is held by the founding desk until a server adopts the organization.
    pub fn new(certificate: Certificate, key: SigningKey, root: Option<SigningKey>) -> Self {
        Self {
            org: certificate.org,
            device: certificate.device,
            generation: certificate.generation,
            prefix: certificate.prefix.clone(),
            certificate,
            key,
            root,
        }
    }

    /// Signs with the device's key.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// Whether a signature over a message is this device's.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verifying_key().verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }

    /// The device's key.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The organization's root key, on the desk that founded it.
    pub fn root(&self) -> Option<&SigningKey> {
        self.root.as_ref()
    }

    pub(crate) fn save(&self, db: &Connection) -> Result<(), StoreError> {
        db.execute(
            include_str!("sql/save_identity.sql"),
            named_params! {
                ":org": self.org.0, ":device": self.device.0, ":generation": self.generation.0,
                ":prefix": self.prefix, ":secret": self.key.to_bytes(), ":certificate": self.certificate.encode(),
                ":root_secret": self.root.as_ref().map(SigningKey::to_bytes),
            },
        )?;
        Ok(())
    }

    pub(crate) fn load(db: &Connection) -> Result<Self, StoreError> {
        let (secret, certificate, root): ([u8; 32], Vec<u8>, Option<[u8; 32]>) = db
            .query_row("select secret, certificate, root_secret from local_identity", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?
            .ok_or(StoreError::NotFounded)?;
        let certificate = Certificate::decode(&certificate).map_err(|_| StoreError::Journal)?;
        Ok(Self::new(certificate, SigningKey::from_bytes(&secret), root.map(|key| SigningKey::from_bytes(&key))))
    }
}
