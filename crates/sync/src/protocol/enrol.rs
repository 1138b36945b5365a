//! Adopting an organization and registering a desk.
//!
//! A desk joins with a one-use code that an authorised desk asked the server for. In this version the code itself
//! never travels: the joining desk proves that it knows the code by a MAC over its own public key and its code's
//! short name, and the answer carries a MAC under the same code over the certificate and the organization's root
//! key. Someone who reads the line could try codes against that MAC; the line is TLS or the loopback, the code has
//! 50 random bits and lives ten minutes. A balanced key exchange (SPAKE2) closes that gap later.

use domain::{
    canonical::Hash,
    id::{DeviceId, GenerationId, OrgId, UserId},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bytes;

/// What a code is good for: the key that is derived from it. Letters count as capitals and everything but letters
/// and digits is left out, so that a code may be typed as it was read aloud.
pub fn code_key(code: &str) -> Hash {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    blake3::derive_key("praxis one-use code v1", plain.as_bytes())
}

/// A code's public name: what stands before the first dash, by which the server finds it.
pub fn code_name(code: &str) -> String {
    code.trim().split('-').next().unwrap_or_default().to_ascii_uppercase()
}

/// The proof that someone knows a code: a MAC keyed by [`code_key`] over `what` and the parts, each counted.
pub fn code_proof(key: &Hash, what: &str, parts: &[&[u8]]) -> Hash {
    let mut hasher = blake3::Hasher::new_keyed(key);
    for part in std::iter::once(&what.as_bytes()).chain(parts) {
        hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// The founding desk hands its organization to a server. Signed like every request, by the founding desk, whose
/// certificate is the root key's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptRequest {
    /// The organization's root key: certifies the desk below, and from now on the server.
    #[serde(rename = "1", with = "bytes::fixed")]
    pub root_key: [u8; 32],
    /// The founding desk's certificate, signed by the root key.
    #[serde(rename = "2", with = "bytes::plain")]
    pub certificate: Vec<u8>,
    /// The server's own key, as `/health` named it, certified by the root key: the server may certify desks.
    #[serde(rename = "3", with = "bytes::plain")]
    pub server_certificate: Vec<u8>,
}

/// The organization is the server's now; the journal follows by ordinary pushes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptReply {
    /// The server's life.
    #[serde(rename = "1")]
    pub epoch: Uuid,
}

/// Anyone may ask whether a server is there and which key it signs with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// The protocol's version.
    #[serde(rename = "1")]
    pub version: u16,
    /// The server's public key.
    #[serde(rename = "2", with = "bytes::fixed")]
    pub server_key: [u8; 32],
    /// The server's clock, milliseconds UTC.
    #[serde(rename = "3")]
    pub now_ms: i64,
}

/// An authorised desk asks for a one-use code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRequest {
    /// Who asks; must hold `organization.desks`.
    #[serde(rename = "1")]
    pub actor: UserId,
    /// Who will sign in at the new desk first.
    #[serde(rename = "2")]
    pub user: UserId,
}

/// The code, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteReply {
    /// The code: its public name, a dash and the secret.
    #[serde(rename = "1")]
    pub code: String,
    /// Until when, milliseconds UTC by the server's clock.
    #[serde(rename = "2")]
    pub expires_ms: i64,
}

/// A new desk redeems a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRequest {
    /// The code's public name: what stands before the dash.
    #[serde(rename = "1")]
    pub name: String,
    /// [`code_proof`]`(key, "register", [device, generation, device key])`.
    #[serde(rename = "2", with = "bytes::fixed")]
    pub proof: Hash,
    /// The desk's own id.
    #[serde(rename = "3")]
    pub device: DeviceId,
    /// The folder's generation.
    #[serde(rename = "4")]
    pub generation: GenerationId,
    /// The desk's public key.
    #[serde(rename = "5", with = "bytes::fixed")]
    pub key: [u8; 32],
}

/// The desk belongs to the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterReply {
    /// The organization.
    #[serde(rename = "1")]
    pub org: OrgId,
    /// The user the code was made for.
    #[serde(rename = "2")]
    pub user: UserId,
    /// The desk's certificate, issued by the server's key.
    #[serde(rename = "3", with = "bytes::plain")]
    pub certificate: Vec<u8>,
    /// The server's certificate, issued by the root key.
    #[serde(rename = "4", with = "bytes::plain")]
    pub server_certificate: Vec<u8>,
    /// The organization's root key.
    #[serde(rename = "5", with = "bytes::fixed")]
    pub root_key: [u8; 32],
    /// The server's life.
    #[serde(rename = "6")]
    pub epoch: Uuid,
    /// [`code_proof`]`(key, "registered", [certificate, server certificate, root key])`: the server knew the code.
    #[serde(rename = "7", with = "bytes::fixed")]
    pub proof: Hash,
}

/// What the server holds, as one comparable line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestReply {
    /// The position it stands for.
    #[serde(rename = "1")]
    pub position: u64,
    /// `domain::canonical::Digest` over every record, printed.
    #[serde(rename = "2")]
    pub digest: String,
}

/// Why a request was refused, beside the status code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalReply {
    /// A stable code.
    #[serde(rename = "1")]
    pub code: String,
    /// The server's clock, milliseconds UTC: what `too_old` asks the desk to sign with.
    #[serde(rename = "2")]
    pub now_ms: i64,
    /// Tries left, for a wrong code.
    #[serde(rename = "3", default)]
    pub tries_left: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_depends_on_code_purpose_and_each_part() {
        let key = code_key("ABC123-DEFGH-JKMNP");
        let proof = code_proof(&key, "register", &[b"one", b"two"]);
        assert_eq!(proof, code_proof(&code_key(" abc123 defgh-jkmnp"), "register", &[b"one", b"two"]));
        for other in [
            code_proof(&code_key("ABC123-DEFGH-JKMNQ"), "register", &[b"one", b"two"]),
            code_proof(&key, "registered", &[b"one", b"two"]),
            code_proof(&key, "register", &[b"onet", b"wo"]),
        ] {
            assert_ne!(proof, other);
        }
    }
}
