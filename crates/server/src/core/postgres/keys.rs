//! The organizations' keys and what is sealed with them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    canonical::Hash,
    id::{DeviceId, GenerationId, OrgId, RecordId},
};
use vault::{DataKey, ValueError, ValueKey};

use super::Trouble;

/// Fills with what nobody can foresee.
pub(super) type Random = fn(&mut [u8]);

/// The server's key and the organizations' keys that were unwrapped with it.
pub(super) struct Keys {
    server: DataKey,
    master: ValueKey,
    known: Mutex<HashMap<OrgId, Arc<ValueKey>>>,
    random: Random,
}

impl From<ValueError> for Trouble {
    fn from(error: ValueError) -> Self {
        match error {
            ValueError::TooLong => Self::Says("a value is too long to be sealed"),
            ValueError::DoesNotOpen => Self::Says("a sealed value does not open with this server's key"),
        }
    }
}

impl Keys {
    pub(super) fn new(server: DataKey, random: Random) -> Self {
        let master = ValueKey::from_bytes(*server.derive("praxis server organization keys v1"));
        Self { server, master, known: Mutex::default(), random }
    }

    pub(super) fn derive(&self, purpose: &'static str) -> [u8; 32] {
        *self.server.derive(purpose)
    }

    /// What tells this server's database from another's, and nothing about the key.
    pub(super) fn check(&self) -> [u8; 32] {
        self.derive("praxis server database check v1")
    }

    /// A key for a new organization, and how it is kept.
    pub(super) fn fresh(&self, org: OrgId) -> Result<(Sealer, Vec<u8>), Trouble> {
        let mut random = self.random;
        let key = ValueKey::generate(&mut random);
        let wrapped = self.master.wrap(&[org.0.as_bytes(), b"organization", b"org_key"], &key, &mut random)?;
        Ok((Sealer { org, key: Arc::new(key), random }, wrapped))
    }

    /// The organization's key, which stands wrapped in its head row.
    pub(super) fn of(&self, org: OrgId, wrapped: &[u8]) -> Result<Sealer, Trouble> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = if let Some(key) = known.get(&org) {
            Arc::clone(key)
        } else {
            let place: [&[u8]; 3] = [org.0.as_bytes(), b"organization", b"org_key"];
            let key = Arc::new(self.master.unwrap(&place, wrapped)?);
            known.insert(org, Arc::clone(&key));
            key
        };
        Ok(Sealer { org, key, random: self.random })
    }
}

/// Seals and opens one organization's values, each bound to its place.
#[derive(Clone)]
pub(super) struct Sealer {
    org: OrgId,
    key: Arc<ValueKey>,
    random: Random,
}

/// The name of a part among all parts of the organization.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartName {
    pub(super) device: DeviceId,
    pub(super) generation: GenerationId,
    pub(super) seq: u64,
    pub(super) ord: u32,
}

impl Sealer {
    pub(super) fn org(&self) -> OrgId {
        self.org
    }

    fn seal(&self, table: &str, column: &str, row: &[&[u8]], plain: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mut random = self.random;
        Ok(self.key.seal(&place(&self.org, table, column, row), plain, &mut random)?)
    }

    fn open(&self, table: &str, column: &str, row: &[&[u8]], sealed: &[u8]) -> Result<Vec<u8>, Trouble> {
        Ok(self.key.open(&place(&self.org, table, column, row), sealed)?)
    }

    /// A part's salt and body.
    pub(super) fn seal_part(&self, name: PartName, salt: &[u8; 16], body: &[u8]) -> Result<Vec<u8>, Trouble> {
        let (seq, ord) = (name.seq.to_be_bytes(), name.ord.to_be_bytes());
        let row: [&[u8]; 4] = [name.device.0.as_bytes(), name.generation.0.as_bytes(), &seq, &ord];
        self.seal("entry_part", "sealed", &row, &[&salt[..], body].concat())
    }

    /// A part's salt and body again.
    pub(super) fn open_part(&self, name: PartName, sealed: &[u8]) -> Result<([u8; 16], Vec<u8>), Trouble> {
        let (seq, ord) = (name.seq.to_be_bytes(), name.ord.to_be_bytes());
        let row: [&[u8]; 4] = [name.device.0.as_bytes(), name.generation.0.as_bytes(), &seq, &ord];
        let mut plain = self.open("entry_part", "sealed", &row, sealed)?;
        let body = plain.split_off(plain.len().min(16));
        let salt = plain.try_into().map_err(|_| Trouble::Says("a sealed part is too short"))?;
        Ok((salt, body))
    }

    /// A record's clocks and state.
    pub(super) fn seal_record(&self, key: (u16, RecordId), plain: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.seal("record", "sealed", &[&key.0.to_be_bytes(), key.1.0.as_bytes()], plain)
    }

    /// A record's clocks and state again.
    pub(super) fn open_record(&self, key: (u16, RecordId), sealed: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.open("record", "sealed", &[&key.0.to_be_bytes(), key.1.0.as_bytes()], sealed)
    }

    /// A record's digest, which would confirm a guess of its fields.
    pub(super) fn seal_digest(&self, key: (u16, RecordId), digest: &Hash) -> Result<Vec<u8>, Trouble> {
        self.seal("record", "digest", &[&key.0.to_be_bytes(), key.1.0.as_bytes()], digest)
    }

    /// A record's digest again.
    pub(super) fn open_digest(&self, key: (u16, RecordId), sealed: &[u8]) -> Result<Hash, Trouble> {
        let digest = self.open("record", "digest", &[&key.0.to_be_bytes(), key.1.0.as_bytes()], sealed)?;
        digest.try_into().map_err(|_| Trouble::Says("a sealed digest has another length"))
    }

    /// What checks the proof of a code.
    pub(super) fn seal_code(&self, name: &str, key: &Hash) -> Result<Vec<u8>, Trouble> {
        self.seal("invite", "code_key", &[name.as_bytes()], key)
    }

    /// What checks the proof of a code, again.
    pub(super) fn open_code(&self, name: &str, sealed: &[u8]) -> Result<Hash, Trouble> {
        let key = self.open("invite", "code_key", &[name.as_bytes()], sealed)?;
        key.try_into().map_err(|_| Trouble::Says("a sealed code has another length"))
    }

    /// By what an identifier is found.
    pub(super) fn blind(&self, identifier: &str) -> Vec<u8> {
        self.key.blind(&place(&self.org, "identifier", "blind", &[]), identifier.as_bytes()).to_vec()
    }
}

fn place<'a>(org: &'a OrgId, table: &'a str, column: &'a str, row: &[&'a [u8]]) -> Vec<&'a [u8]> {
    let mut place: Vec<&[u8]> = vec![org.0.as_bytes(), table.as_bytes(), column.as_bytes()];
    place.extend_from_slice(row);
    place
}
