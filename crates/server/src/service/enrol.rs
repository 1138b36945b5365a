//! Adopting an organization and registering desks.

use domain::{
    canonical,
    certificate::Certificate,
    clock::Hlc,
    permission::{Permission, Role},
};
use ed25519_dalek::VerifyingKey;
use sync::protocol::{
    AdoptReply, AdoptRequest, Exchange, ExchangeReply, ExchangeRequest, InviteReply, InviteRequest, JoinCode, Limits,
    RegisterReply, RegisterRequest, decode, encode, joining_proof,
};

use super::{PraxisService, reply::Refused, signed};
use crate::{
    core::{Device, Invite, Organization, Site},
    wire::Ask,
};

/// A code lives ten minutes.
const CODE_MS: i64 = 10 * 60_000;
/// And bears five tries.
const TRIES: u8 = 5;

impl<S: Site> PraxisService<S> {
    /// The founding desk hands its organization over. Asked again by the same organization, it answers the same.
    pub(super) fn adopt(&self, ask: &Ask) -> Result<Vec<u8>, Refused> {
        let request: AdoptRequest = decode(&ask.body, Limits::SMALL)?;
        let bad = |_| Refused::BAD_CERTIFICATE;
        let root = VerifyingKey::from_bytes(&request.root_key).map_err(|_| Refused::BAD_CERTIFICATE)?;
        let desk = Certificate::decode(&request.certificate).map_err(bad)?;
        desk.verify(&root).map_err(bad)?;
        let own = Certificate::decode(&request.server_certificate).map_err(bad)?;
        own.verify(&root).map_err(bad)?;
        if own.key != self.key.verifying_key().to_bytes() || own.org != desk.org {
            return Err(Refused::BAD_CERTIFICATE);
        }
        let signed = signed(ask)?;
        let contact = &signed.contact;
        if (contact.org, contact.device, contact.generation) != (desk.org, desk.device, desk.generation) {
            return Err(Refused::UNSIGNED);
        }
        // Only in this process: asked again it answers the same.
        self.contacts.check(&signed, ask.method.as_str(), &ask.path, &ask.body, &desk.key, self.now())?;
        // One clinic's machine serves one organization, a larger one as many as it was told.
        let known = self.data.organizations()?;
        if !known.contains(&desk.org) && known.len() >= self.around.organizations {
            return Err(Refused::ALREADY_ADOPTED);
        }
        let organization = Organization {
            org: desk.org,
            root_key: request.root_key,
            server_certificate: request.server_certificate,
            epoch: self.new_id(),
        };
        self.data.found(&organization)?;
        let known = self.data.organization(desk.org)?.ok_or(Refused::BROKEN)?;
        if known.root_key != request.root_key {
            return Err(Refused::ALREADY_ADOPTED);
        }
        self.data.enrol(&device_of(&desk))?;
        tracing::info!(organization = %desk.org, "adopted an organization");
        Ok(encode(&AdoptReply { epoch: known.epoch })?)
    }

    /// An authorised person at an enrolled desk asks for a one-use code.
    pub(super) fn invite(&self, ask: &Ask) -> Result<Vec<u8>, Refused> {
        let device = self.speaker(ask)?;
        let request: InviteRequest = decode(&ask.body, Limits::SMALL)?;
        let asking = self.data.member(device.org, request.actor)?.ok_or(Refused::NOT_PERMITTED)?;
        let role = Role::of_key(&asking.role).filter(|_| asking.active);
        if !role.is_some_and(|role| role.may(Permission::OrganizationDesks)) {
            return Err(Refused::NOT_PERMITTED);
        }
        // Their desk would open a folder in which they do not exist.
        if !self.data.member(device.org, request.user)?.is_some_and(|invited| invited.active) {
            return Err(Refused::UNKNOWN_USER);
        }
        let code = JoinCode::draw(&self.draw());
        let expires_ms = self.now().millis() + CODE_MS;
        self.data.invite(&Invite {
            org: device.org,
            name: code.name(),
            key: code.key(),
            user: request.user,
            expires_ms,
            tries_left: TRIES,
            used_by: None,
        })?;
        Ok(encode(&InviteReply { code: code.groups(), expires_ms })?)
    }

    /// A new desk begins the key exchange under a code. That alone costs no try: it shows nothing to either side.
    pub(super) fn exchange(&self, ask: &Ask) -> Result<Vec<u8>, Refused> {
        let request: ExchangeRequest = decode(&ask.body, Limits::SMALL)?;
        let (_, said) = self.side(&self.living(&request.name)?, &request);
        Ok(encode(&ExchangeReply { said })?)
    }

    /// A code that can still be redeemed.
    fn living(&self, name: &str) -> Result<Invite, Refused> {
        let invite = self.data.find_invite(name)?.ok_or(Refused::CODE_EXPIRED)?;
        let lives = invite.expires_ms >= self.now().millis() && invite.tries_left > 0;
        if lives { Ok(invite) } else { Err(Refused::CODE_EXPIRED) }
    }

    /// The server's side of an exchange. Its seed follows from what was asked, so that nothing is kept between the
    /// desk's two questions and any process of this server can answer either.
    fn side(&self, invite: &Invite, request: &ExchangeRequest) -> (Exchange, Vec<u8>) {
        let desk = &request.desk;
        let asked = [&invite.key[..], &desk.device.bytes(), &desk.generation.bytes(), &desk.key, &request.said];
        let seed = joining_proof(&self.joining, "seed", &asked);
        Exchange::of_server(&invite.key, desk, &self.key.verifying_key().to_bytes(), &seed)
    }

    /// A new desk redeems a code. Asked again by the same desk, because the answer was lost, it answers the same.
    pub(super) fn register(&self, ask: &Ask) -> Result<Vec<u8>, Refused> {
        let RegisterRequest { exchange, proof } = decode(&ask.body, Limits::SMALL)?;
        let invite = self.living(&exchange.name)?;
        let request = exchange.desk;
        let (side, said) = self.side(&invite, &exchange);
        let shared = side.finish(&exchange.said);
        let expected = shared.map(|key| joining_proof(&key, "register", &[&exchange.said, &said]));
        // blake3's hash compares in constant time; an array does not.
        let same = |expected| blake3::Hash::from_bytes(expected) == blake3::Hash::from_bytes(proof);
        let (Some(shared), true) = (shared, expected.is_some_and(same)) else {
            return Err(Refused::wrong_code(self.data.fail_invite(&invite)?));
        };
        if invite.used_by.is_some_and(|user| user != request.device) {
            return Err(Refused::CODE_EXPIRED);
        }
        let organization = self.data.organization(invite.org)?.ok_or(Refused::BROKEN)?;
        self.server_certificate(invite.org)?;
        let key = VerifyingKey::from_bytes(&request.key).map_err(|_| Refused::MALFORMED)?;
        let devices = self.data.devices(invite.org)?;
        let enrolled = devices.iter().find(|known| {
            (known.device, known.generation, known.key) == (request.device, request.generation, request.key)
        });
        let certificate = if let Some(known) = enrolled {
            known.certificate.clone()
        } else {
            let prefix = free_prefix(&devices);
            let (device, generation) = (request.device, request.generation);
            let issued = Certificate::issue(&self.key, invite.org, device, generation, &prefix, &key, self.now());
            self.data.redeem(&invite, &device_of(&issued))?;
            issued.encode()
        };
        let parts = [&certificate[..], &organization.server_certificate, &organization.root_key];
        let proof = joining_proof(&shared, "registered", &parts);
        tracing::info!(organization = %invite.org, device = %request.device, "registered a desk");
        Ok(encode(&RegisterReply {
            org: invite.org,
            user: invite.user,
            certificate,
            server_certificate: organization.server_certificate,
            root_key: organization.root_key,
            epoch: organization.epoch,
            proof,
        })?)
    }
}

fn device_of(certificate: &Certificate) -> Device {
    Device {
        org: certificate.org,
        device: certificate.device,
        generation: certificate.generation,
        key: certificate.key,
        certificate: certificate.encode(),
        prefix: certificate.prefix.clone(),
        revoked: false,
        last_seq: 0,
        last_chain: canonical::genesis(certificate.org, certificate.device, certificate.generation),
        last_eff: Hlc::default(),
    }
}

/// The first of A, B, … Z, AA, AB, … that no folder of the organization has.
fn free_prefix(devices: &[Device]) -> String {
    (0..u32::MAX).map(prefix).find(|prefix| devices.iter().all(|device| device.prefix != *prefix)).unwrap_or_default()
}

fn prefix(mut number: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(number % 26).unwrap_or(0)));
        if number < 26 {
            return letters.into_iter().collect();
        }
        number = number / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_count_like_the_columns_of_a_sheet() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(prefix), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
