//! The routes: adopt, invite, exchange, register, push, pull, digest, health.
//!
//! Bytes in, bytes out; what lies between the network and these is the wire's. Every route but `/health`,
//! `/v1/exchange` and `/v1/register` is signed by an enrolled desk's key.

mod contact;
mod enrol;
mod reply;

use axum::http::Method;
use domain::{
    canonical::Hash,
    certificate::Certificate,
    id::{OrgId, Uuid},
    time::Timestamp,
};
use ed25519_dalek::SigningKey;
use reply::Refused;
use sync::protocol::{
    CONTACT_HEADER, DigestReply, Health, Limits, PullRequest, PushRequest, SignedContact, VERSION, encode,
};

use self::contact::Contacts;
use crate::{
    core::{Device, ReceiptKey, Site, pull, push},
    wire,
};

/// What a server needs besides its data.
pub struct Surroundings {
    /// The wall clock.
    pub now: fn() -> Timestamp,
    /// Randomness that nobody can foresee.
    pub random: fn(&mut [u8]),
    /// How many organizations may make this server theirs.
    pub organizations: usize,
}

/// The server's work below its wire.
pub struct PraxisService<S: Site> {
    data: S,
    key: SigningKey,
    receipts: ReceiptKey,
    /// What the seeds of key exchanges follow from.
    joining: Hash,
    contacts: Contacts,
    around: Surroundings,
}

impl<S: Site> PraxisService<S> {
    /// A service on open data. Its signing key belongs to that.
    pub fn new(data: S, around: Surroundings) -> Self {
        let key = SigningKey::from_bytes(&data.derive("praxis server signing key v1"));
        let receipts = ReceiptKey(data.derive("praxis server receipts v1"));
        let joining = data.derive("praxis server joining v1");
        Self { data, key, receipts, joining, contacts: Contacts::default(), around }
    }

    fn now(&self) -> Timestamp {
        (self.around.now)()
    }

    fn draw<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.around.random)(&mut bytes);
        bytes
    }

    /// The server's certificate for an organization, as the root key issued it.
    fn server_certificate(&self, org: OrgId) -> Result<Certificate, Refused> {
        let organization = self.data.organization(org)?.ok_or(Refused::UNKNOWN_DESK)?;
        Certificate::decode(&organization.server_certificate).map_err(|_| Refused::BROKEN)
    }

    fn health(&self) -> Health {
        Health { version: VERSION, server_key: self.key.verifying_key().to_bytes(), now_ms: self.now().millis() }
    }

    /// The enrolled desk whose signature a request bears.
    fn speaker(&self, ask: &wire::Ask) -> Result<Device, Refused> {
        let signed = signed(ask)?;
        let contact = &signed.contact;
        let device = self.data.device(contact.org, contact.device, contact.generation)?.ok_or(Refused::UNKNOWN_DESK)?;
        if device.revoked {
            return Err(Refused::REVOKED);
        }
        self.heed(&signed, ask, &device.key)?;
        Ok(device)
    }

    /// The contact is signed by this key, now, and for the first time, whichever process of the server hears it.
    fn heed(&self, signed: &SignedContact, ask: &wire::Ask, key: &[u8; 32]) -> Result<(), Refused> {
        let contact = self.contacts.check(signed, ask.method.as_str(), &ask.path, &ask.body, key, self.now())?;
        if self.data.first_contact(&contact)? { Ok(()) } else { Err(Refused::REPLAYED) }
    }

    fn respond(&self, ask: &wire::Ask) -> Result<Vec<u8>, Refused> {
        match (ask.method.as_str(), ask.path.as_str()) {
            ("GET", "/health") => Ok(encode(&self.health())?),
            ("POST", "/v1/adopt") => self.adopt(ask),
            ("POST", "/v1/invite") => self.invite(ask),
            ("POST", "/v1/exchange") => self.exchange(ask),
            ("POST", "/v1/register") => self.register(ask),
            ("POST", "/v1/push") => {
                let device = self.speaker(ask)?;
                let request: PushRequest = sync::protocol::decode(&ask.body, Limits::BATCH)?;
                if (request.device, request.generation) != (device.device, device.generation) {
                    return Err(Refused::UNSIGNED);
                }
                Ok(encode(&push(&self.data, device.org, request, &self.receipts, self.now())??)?)
            }
            ("POST", "/v1/pull") => {
                let device = self.speaker(ask)?;
                let request: PullRequest = sync::protocol::decode(&ask.body, Limits::SMALL)?;
                Ok(encode(&pull(&self.data, &device, &request, self.now(), self.new_id())??)?)
            }
            ("GET", "/v1/digest") => {
                let device = self.speaker(ask)?;
                let (position, digest) = self.data.digest(device.org)?;
                Ok(encode(&DigestReply { position, digest: digest.to_string() })?)
            }
            _ => Err(Refused::NO_ROUTE),
        }
    }

    fn new_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.draw()).into_uuid()
    }
}

/// The signed contact in a request's headers.
fn signed(ask: &wire::Ask) -> Result<SignedContact, Refused> {
    ask.headers
        .get(CONTACT_HEADER)
        .and_then(|header| header.to_str().ok())
        .and_then(SignedContact::from_header)
        .ok_or(Refused::UNSIGNED)
}

impl<S: Site + Send + Sync + 'static> wire::Service for PraxisService<S> {
    fn longest_body(&self, method: &Method, path: &str) -> Option<usize> {
        match (method.as_str(), path) {
            ("GET", "/health" | "/v1/digest") => Some(0),
            ("POST", "/v1/push") => Some(Limits::BATCH.packed),
            ("POST", "/v1/pull" | "/v1/adopt" | "/v1/invite" | "/v1/exchange" | "/v1/register") => {
                Some(Limits::SMALL.packed)
            }
            _ => None,
        }
    }

    fn answer(&self, ask: wire::Ask) -> wire::Answer {
        match self.respond(&ask) {
            Ok(body) => reply::done(body),
            Err(refused) => reply::refused(refused, self.now()),
        }
    }
}
