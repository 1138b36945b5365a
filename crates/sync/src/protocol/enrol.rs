//! Adopting an organization and registering a desk.
//!
//! A desk joins with a one-use code that an authorised desk asked the server for: eight spoken words. Its first two
//! name the code in the open, the others never travel, nor does anything that they could be found from: desk and
//! server run a balanced key exchange over them (SPAKE2 on edwards25519, RFC 9382), with the desk's identity, its
//! public key and the server's in it. Whoever reads the line learns nothing to try codes against; whoever stands in
//! the middle has one guess a try, and the server counts five.

use domain::{
    canonical::Hash,
    id::{DeviceId, GenerationId, OrgId, UserId},
};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use spake2::{Ed25519Group, Identity, Password, Spake2};
use uuid::Uuid;

use super::bytes;

/// A one-use code: eight groups of twelve bits, each a spoken word. Two are its name, five its secret, and the last
/// checks the others, so that a slip costs no try.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct JoinCode([u16; 8]);

impl JoinCode {
    /// A code from random bytes, two to a group.
    pub fn draw(random: &[u8; 14]) -> Self {
        let mut groups = [0; 8];
        for (group, pair) in groups.iter_mut().zip(random.chunks_exact(2)) {
            *group = pair.iter().fold(0, |value, byte| value << 8 | u16::from(*byte)) % 4096;
        }
        Self(groups).checked()
    }

    /// A code as it was typed; `None` when its groups do not belong together.
    pub fn of_groups(groups: [u16; 8]) -> Option<Self> {
        let code = Self(groups);
        (code.checked() == code).then_some(code)
    }

    /// The groups, to be spoken.
    pub fn groups(&self) -> [u16; 8] {
        self.0
    }

    /// What the server finds the code by.
    pub fn name(&self) -> String {
        let [one, two, ..] = self.0;
        format!("{one:03x}{two:03x}")
    }

    /// What the key exchange stands on, and all that the server keeps of the secret.
    pub fn key(&self) -> Hash {
        let mut hasher = blake3::Hasher::new_derive_key("praxis one-use code v2");
        for group in self.0 {
            hasher.update(&group.to_be_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    fn checked(self) -> Self {
        let [a, b, c, d, e, f, g, _] = self.0;
        let others = [a, b, c, d, e, f, g];
        let mut hasher = blake3::Hasher::new_derive_key("praxis one-use code checksum v1");
        for group in others {
            hasher.update(&group.to_be_bytes());
        }
        let sum = hasher.finalize();
        let last = sum.as_bytes().iter().take(2).fold(0, |value, byte| value << 8 | u16::from(*byte)) % 4096;
        Self([a, b, c, d, e, f, g, last])
    }
}

impl std::fmt::Debug for JoinCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JoinCode(hidden)")
    }
}

/// One side of the key exchange under a code.
pub struct Exchange(Spake2<Ed25519Group>);

impl Exchange {
    /// The joining desk's side, with what it says to the server. `seed` is fresh randomness.
    pub fn of_desk(code: &Hash, desk: &Newcomer, server_key: &[u8; 32], seed: &[u8; 32]) -> (Self, Vec<u8>) {
        let (desk, server) = (Identity::new(&desk.bytes()), Identity::new(server_key));
        let (side, said) = Spake2::start_a_with_rng(&Password::new(code), &desk, &server, Seeded::new(seed));
        (Self(side), said)
    }

    /// The server's side, with what it says to the desk. The same seed gives the same side again.
    pub fn of_server(code: &Hash, desk: &Newcomer, server_key: &[u8; 32], seed: &[u8; 32]) -> (Self, Vec<u8>) {
        let (desk, server) = (Identity::new(&desk.bytes()), Identity::new(server_key));
        let (side, said) = Spake2::start_b_with_rng(&Password::new(code), &desk, &server, Seeded::new(seed));
        (Self(side), said)
    }

    /// The key that both sides have now if both knew the code; `None` when what the other said is no such message.
    pub fn finish(self, heard: &[u8]) -> Option<Hash> {
        let shared = self.0.finish(heard).ok()?;
        Some(blake3::derive_key("praxis joining v1", &shared))
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exchange(hidden)")
    }
}

/// A stream of bytes from a seed: the exchange wants a source of randomness, and we hand over randomness.
struct Seeded(blake3::OutputReader);

impl Seeded {
    fn new(seed: &[u8; 32]) -> Self {
        Self(blake3::Hasher::new_keyed(seed).finalize_xof())
    }
}

impl RngCore for Seeded {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for Seeded {}

/// The proof that someone holds the exchanged key: a MAC over `what` and the parts, each counted.
pub fn joining_proof(key: &Hash, what: &str, parts: &[&[u8]]) -> Hash {
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
    /// The code's groups, see [`JoinCode`].
    #[serde(rename = "1")]
    pub code: [u16; 8],
    /// Until when, milliseconds UTC by the server's clock.
    #[serde(rename = "2")]
    pub expires_ms: i64,
}

/// A folder that is about to be made: who joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The desk's own id.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The folder's generation.
    #[serde(rename = "2")]
    pub generation: GenerationId,
    /// The desk's public key.
    #[serde(rename = "3", with = "bytes::fixed")]
    pub key: [u8; 32],
}

impl Newcomer {
    fn bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let parts = self.device.bytes().into_iter().chain(self.generation.bytes()).chain(self.key);
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }
}

/// A new desk begins the key exchange under a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRequest {
    /// [`JoinCode::name`].
    #[serde(rename = "1")]
    pub name: String,
    /// Who joins.
    #[serde(rename = "2")]
    pub desk: Newcomer,
    /// What [`Exchange::of_desk`] says.
    #[serde(rename = "3", with = "bytes::plain")]
    pub said: Vec<u8>,
}

/// The server's half. It proves nothing and gives nothing away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeReply {
    /// What [`Exchange::of_server`] says.
    #[serde(rename = "1", with = "bytes::plain")]
    pub said: Vec<u8>,
}

/// A new desk redeems a code: the exchange once more, and the proof that it came to the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRequest {
    /// As it was asked in the exchange.
    #[serde(rename = "1")]
    pub exchange: ExchangeRequest,
    /// [`joining_proof`]`(key, "register", [what the desk said, what the server said])`.
    #[serde(rename = "2", with = "bytes::fixed")]
    pub proof: Hash,
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
    /// [`joining_proof`]`(key, "registered", [certificate, server certificate, root key])`: the server knew the code.
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
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    fn newcomer(n: u8) -> Newcomer {
        Newcomer {
            device: DeviceId(Uuid::from_u128(u128::from(n))),
            generation: GenerationId(Uuid::from_u128(9)),
            key: [n; 32],
        }
    }

    /// The key either side comes to.
    fn keys(desk: (&JoinCode, u8, [u8; 32]), server: (&JoinCode, u8, [u8; 32])) -> (Option<Hash>, Option<Hash>) {
        let (a, said_a) = Exchange::of_desk(&desk.0.key(), &newcomer(desk.1), &desk.2, &[1; 32]);
        let (b, said_b) = Exchange::of_server(&server.0.key(), &newcomer(server.1), &server.2, &[2; 32]);
        (a.finish(&said_b), b.finish(&said_a))
    }

    #[test]
    fn both_come_to_one_key_only_with_one_code_one_desk_and_one_server() {
        let (code, other) = (JoinCode::draw(&[7; 14]), JoinCode::draw(&[8; 14]));
        let (desk, server) = keys((&code, 1, [5; 32]), (&code, 1, [5; 32]));
        assert!(desk.is_some());
        assert_eq!(desk, server);

        for (desk, server) in [
            keys((&other, 1, [5; 32]), (&code, 1, [5; 32])),
            keys((&code, 2, [5; 32]), (&code, 1, [5; 32])),
            keys((&code, 1, [6; 32]), (&code, 1, [5; 32])),
        ] {
            assert_ne!(desk.unwrap(), server.unwrap());
        }
    }

    #[test]
    fn what_is_no_message_ends_the_exchange() {
        let code = JoinCode::draw(&[7; 14]).key();
        let (_, own) = Exchange::of_desk(&code, &newcomer(1), &[5; 32], &[1; 32]);
        for heard in [&[][..], &[0x42; 5], &[0x42; 34], &own] {
            let (side, _) = Exchange::of_desk(&code, &newcomer(1), &[5; 32], &[1; 32]);
            assert_eq!(side.finish(heard), None, "its own words back, or none at all");
        }
    }

    #[test]
    fn what_is_said_depends_on_the_seed_alone_and_never_shows_the_code() {
        let (code, other) = (JoinCode::draw(&[7; 14]).key(), JoinCode::draw(&[8; 14]).key());
        let said = |code, seed| Exchange::of_server(code, &newcomer(1), &[5; 32], &[seed; 32]).1;
        assert_eq!(said(&code, 1), said(&code, 1));
        assert_ne!(said(&code, 1), said(&code, 2));
        assert_ne!(said(&code, 1), said(&other, 1));
    }

    proptest! {
        #[test]
        fn a_code_survives_being_told_and_one_wrong_word_is_noticed(random: [u8; 14], place in 0_usize..8, other in 0_u16..4096) {
            let code = JoinCode::draw(&random);
            prop_assert_eq!(JoinCode::of_groups(code.groups()), Some(code));
            let mut groups = code.groups();
            let was = std::mem::replace(&mut groups[place], other);
            // One slip in 4,096 goes unnoticed and costs a try.
            if place == 7 && was != other {
                prop_assert_eq!(JoinCode::of_groups(groups), None);
            }
        }
    }

    #[test]
    fn nearly_every_slip_is_noticed() {
        let code = JoinCode::draw(b"fourteen bytes");
        let slips = (0..7).flat_map(|place| (0..4096).map(move |other| (place, other)));
        let unnoticed = slips.filter(|&(place, other)| {
            let mut groups = code.groups();
            let was = std::mem::replace(&mut groups[place], other);
            was != other && JoinCode::of_groups(groups).is_some()
        });
        assert!(unnoticed.count() <= 20, "7 in 28,665 are to be expected");
    }

    #[test]
    fn a_proof_depends_on_key_purpose_and_each_part() {
        let proof = joining_proof(&[1; 32], "register", &[b"one", b"two"]);
        for other in [
            joining_proof(&[2; 32], "register", &[b"one", b"two"]),
            joining_proof(&[1; 32], "registered", &[b"one", b"two"]),
            joining_proof(&[1; 32], "register", &[b"onet", b"wo"]),
        ] {
            assert_ne!(proof, other);
        }
    }
}
