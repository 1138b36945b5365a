//! Who vouches for a device's key.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, VerifyingKey};
use thiserror::Error;
use vault::rusqlite::{Connection, OptionalExtension};

use crate::bytes::{Id, Malformed, Walk};

/// A device's certificate, read but not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The organization.
    pub organization: Id,
    /// The device.
    pub device: Id,
    /// The life of its folder.
    pub generation: Id,
    /// The prefix of its document series.
    pub prefix: String,
    /// The device's ed25519 key.
    pub key: [u8; 32],
    /// From when it holds, in milliseconds since 1970 UTC.
    pub valid_from_ms: i64,
    /// The ed25519 key that signed.
    pub issuer: [u8; 32],
    /// Everything before the signature, as it was signed.
    stated: Vec<u8>,
    signature: [u8; 64],
}

impl Certificate {
    /// Reads format version 1.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut walk = Walk::new(bytes);
        walk.expect(&[1])?;
        let (organization, device, generation) = (walk.id()?, walk.id()?, walk.id()?);
        let here = walk.here();
        let length = walk.byte()?;
        let prefix = walk.bytes(usize::from(length))?;
        if !(1..=8).contains(&length) || !prefix.is_ascii() {
            return Err(Malformed(here));
        }
        let certificate = Self {
            organization,
            device,
            generation,
            prefix: String::from_utf8_lossy(prefix).into_owned(),
            key: walk.fixed()?,
            valid_from_ms: walk.signed()?,
            issuer: walk.fixed()?,
            stated: bytes.get(..walk.here()).unwrap_or_default().to_vec(),
            signature: walk.fixed()?,
        };
        walk.end()?;
        Ok(certificate)
    }

    /// Whether it names a server: no device.
    fn is_of_a_server(&self) -> bool {
        self.device == Id([0; 16])
    }

    /// Whether the issuer it names signed it.
    fn is_signed(&self) -> bool {
        let statement = [b"praxis certificate v1".as_slice(), &self.stated].concat();
        VerifyingKey::from_bytes(&self.issuer)
            .and_then(|issuer| issuer.verify_strict(&statement, &Signature::from_bytes(&self.signature)))
            .is_ok()
    }
}

/// Why a key is not believed to be a device's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Untrusted {
    /// No certificate names this device and generation.
    #[error("no certificate names the device")]
    Unknown,
    /// The certificate is not signed by the organization's root key or a server it certified.
    #[error("the certificate is not the organization's")]
    Issuer,
    /// The certificate belongs to another organization.
    #[error("the certificate belongs to another organization")]
    OtherOrganization,
}

/// Whom we believe: an organization's root key, the servers it certified, and the devices these vouch for.
#[derive(Debug, Clone)]
pub struct Trust {
    organization: Id,
    root: [u8; 32],
    issuers: Vec<[u8; 32]>,
    devices: BTreeMap<(Id, Id), [u8; 32]>,
}

impl Trust {
    /// Believes this root key of this organization, and so far no device.
    pub fn new(organization: Id, root: [u8; 32]) -> Self {
        Self { organization, root, issuers: vec![root], devices: BTreeMap::new() }
    }

    /// What a folder says of itself: the root key from its `organization` row, the certificate of the server it
    /// agrees with, its own, those in its `device` table that hold. A folder that was wholly rewritten says so consistently; compare
    /// [`Trust::root`] with what the organization printed at its founding, or with another desk's.
    pub fn of_folder(db: &Connection) -> vault::rusqlite::Result<Option<Self>> {
        let own = db
            .query_row(include_str!("sql/identity.sql"), [], |row| {
                Ok((Id(row.get("org")?), row.get("root_key")?, row.get::<_, Vec<u8>>("certificate")?))
            })
            .optional()?;
        let Some((organization, root, certificate)) = own else { return Ok(None) };
        let mut trust = Self::new(organization, root);
        let server: Option<Vec<u8>> =
            db.query_row(include_str!("sql/server.sql"), [], |row| row.get("certificate")).optional()?;
        if let Some(server) =
            server.and_then(|bytes| Certificate::read(&bytes).ok()).filter(Certificate::is_of_a_server)
        {
            // As below: one that does not hold is not believed.
            trust.believe_server(&server).ok();
        }
        let mut others = db.prepare(include_str!("sql/certificates.sql"))?;
        let others: Vec<Vec<u8>> = others.query_map([], |row| row.get("certificate"))?.collect::<Result<_, _>>()?;
        for bytes in [certificate].into_iter().chain(others) {
            if let Ok(certificate) = Certificate::read(&bytes) {
                // One that does not hold is not believed; an entry that needs it will be named.
                trust.believe(&certificate).ok();
            }
        }
        Ok(Some(trust))
    }

    /// The organization's root key.
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// Believes a server: its certificate must be the root key's. Call it only with a certificate that is known
    /// to be a server's, since a server may certify devices and a desk may not.
    pub fn believe_server(&mut self, certificate: &Certificate) -> Result<(), Untrusted> {
        if certificate.issuer != self.root {
            return Err(Untrusted::Issuer);
        }
        self.judge(certificate)?;
        self.issuers.push(certificate.key);
        Ok(())
    }

    /// Believes a device whose certificate is the root key's or a believed server's.
    pub fn believe(&mut self, certificate: &Certificate) -> Result<(), Untrusted> {
        self.judge(certificate)?;
        self.devices.insert((certificate.device, certificate.generation), certificate.key);
        Ok(())
    }

    /// Whether a certificate holds under what is believed.
    pub(crate) fn judge(&self, certificate: &Certificate) -> Result<(), Untrusted> {
        if certificate.organization != self.organization {
            return Err(Untrusted::OtherOrganization);
        }
        if self.issuers.contains(&certificate.issuer) && certificate.is_signed() {
            Ok(())
        } else {
            Err(Untrusted::Issuer)
        }
    }

    /// The organization.
    pub fn organization(&self) -> Id {
        self.organization
    }

    /// The key of a device in one life of its folder.
    pub(crate) fn key_of(&self, device: Id, generation: Id) -> Result<VerifyingKey, Untrusted> {
        let key = self.devices.get(&(device, generation)).ok_or(Untrusted::Unknown)?;
        VerifyingKey::from_bytes(key).map_err(|_| Untrusted::Issuer)
    }
}
