//! The conversations a person starts: handing the organization to a server, inviting a desk, joining.

use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId, UserId, Uuid},
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use store::Store;
use sync::protocol::{
    AdoptReply, AdoptRequest, Exchange, ExchangeReply, ExchangeRequest, InviteReply, InviteRequest, JoinCode, Limits,
    Newcomer, RegisterReply, RegisterRequest, joining_proof,
};

use super::line::{Line, LineError};

/// What the server gave a desk that joined.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The organization.
    pub org: OrgId,
    /// The user the code was made for.
    pub user: UserId,
    /// The desk's certificate, by the server's key.
    pub certificate: Certificate,
    /// The server's certificate, by the root key.
    pub server_certificate: Certificate,
}

fn refused(code: &str) -> LineError {
    LineError::Refused { code: code.to_owned(), tries_left: None }
}

/// Hands the organization to the server: the root key, which only the founding desk holds, certifies the server's
/// key. The journal follows by ordinary pushes. Adopting again what is adopted already is harmless.
/// Answers the server's certificate, which the folder keeps.
pub async fn adopt(line: &Line, store: &Store) -> Result<Certificate, LineError> {
    let identity = store.identity();
    let root = identity.root().ok_or_else(|| refused("not_the_founding_desk"))?;
    let health = line.health().await?;
    let server_key = VerifyingKey::from_bytes(&health.server_key).map_err(|_| LineError::Garbled)?;
    let server = Certificate::issue(
        root,
        identity.org,
        DeviceId(Uuid::nil()),
        GenerationId(Uuid::nil()),
        "S",
        &server_key,
        line.now(),
    );
    let request = AdoptRequest {
        root_key: root.verifying_key().to_bytes(),
        certificate: identity.certificate.encode(),
        server_certificate: server.encode(),
    };
    let _adopted: AdoptReply = line.say(store.identity(), "/v1/adopt", &request, Limits::SMALL).await?;
    Ok(server)
}

/// Asks for a one-use code for a new desk, whose first user will be `user`. `actor` must hold
/// `organization.desks`, and the server must have heard of both.
pub async fn invite(line: &Line, store: &Store, actor: UserId, user: UserId) -> Result<InviteReply, LineError> {
    line.say(store.identity(), "/v1/invite", &InviteRequest { actor, user }, Limits::SMALL).await
}

/// Redeems a code for a folder that is about to be made. Checks that the server knew the code as well and that its
/// certificates hold.
pub async fn register(
    line: &Line,
    code: &JoinCode,
    device: DeviceId,
    generation: GenerationId,
    key: &SigningKey,
) -> Result<Registered, LineError> {
    let public = key.verifying_key().to_bytes();
    let desk = Newcomer { device, generation, key: public };
    let server_key = line.health().await?.server_key;
    let (side, said) = Exchange::of_desk(&code.key(), &desk, &server_key, &line.draw());
    let exchange = ExchangeRequest { name: code.name(), desk, said };
    let heard: ExchangeReply = line.ask("/v1/exchange", &exchange).await?;
    let shared = side.finish(&heard.said).ok_or(LineError::Garbled)?;
    let proof = joining_proof(&shared, "register", &[&exchange.said, &heard.said]);
    let reply: RegisterReply = line.ask("/v1/register", &RegisterRequest { exchange, proof }).await?;
    let parts = [&reply.certificate[..], &reply.server_certificate, &reply.root_key];
    if joining_proof(&shared, "registered", &parts) != reply.proof {
        return Err(refused("server_unproven"));
    }
    let bad = |_| refused("bad_certificate");
    let root = VerifyingKey::from_bytes(&reply.root_key).map_err(|_| refused("bad_certificate"))?;
    let server_certificate = Certificate::decode(&reply.server_certificate).map_err(bad)?;
    server_certificate.verify(&root).map_err(bad)?;
    let certificate = Certificate::decode(&reply.certificate).map_err(bad)?;
    certificate.verify(&server_certificate.device_key().map_err(bad)?).map_err(bad)?;
    let named = (certificate.org, certificate.device, certificate.generation, certificate.key);
    if named != (reply.org, device, generation, public) {
        return Err(refused("bad_certificate"));
    }
    Ok(Registered { org: reply.org, user: reply.user, certificate, server_certificate })
}
