//! A desk's line to a real server: signed requests over HTTP.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, Uuid},
    time::Timestamp,
};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Serialize, de::DeserializeOwned};
use sync::protocol::{
    AdoptReply, AdoptRequest, CONTACT_HEADER, ContactHeader, Health, Limits, PushReply, RefusalReply, SignedContact,
    decode, encode, statement,
};

use crate::desk::{Desk, ORG, OWNER, patient, user};

/// Who speaks: a desk's ids and key.
pub(crate) struct Voice {
    pub(crate) device: DeviceId,
    pub(crate) generation: GenerationId,
    pub(crate) key: SigningKey,
}

static NONCE: AtomicU64 = AtomicU64::new(1);

/// A contact's header, signed, for these bytes.
pub(crate) fn signed(voice: &Voice, method: &str, path: &str, body: &[u8], at_ms: i64) -> String {
    let nonce = u128::from(NONCE.fetch_add(1, Ordering::Relaxed)).to_be_bytes();
    let contact = ContactHeader { org: ORG, device: voice.device, generation: voice.generation, at_ms, nonce };
    let signature = voice.key.sign(&statement(method, path, &contact, body)).to_bytes();
    SignedContact { contact, signature }.to_header()
}

/// A line to a server.
pub(crate) struct Line {
    pub(crate) at: String,
    pub(crate) http: reqwest::Client,
}

impl Line {
    pub(crate) fn to(at: String) -> Self {
        Self { at, http: reqwest::Client::new() }
    }

    pub(crate) async fn health(&self) -> Health {
        let response = self.http.get(format!("{}/health", self.at)).send().await.unwrap();
        decode(&response.bytes().await.unwrap(), Limits::SMALL).unwrap()
    }

    pub(crate) async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        header: Option<String>,
        body: Vec<u8>,
    ) -> Result<A, (u16, RefusalReply)> {
        let mut request = self.http.post(format!("{}{path}", self.at)).body(body);
        if let Some(header) = header {
            request = request.header(CONTACT_HEADER, header);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body = response.bytes().await.unwrap();
        if status == 200 {
            Ok(decode(&body, Limits::BATCH).unwrap())
        } else {
            Err((status, decode(&body, Limits::SMALL).unwrap()))
        }
    }

    pub(crate) async fn say<A: DeserializeOwned>(
        &self,
        voice: &Voice,
        path: &str,
        question: &impl Serialize,
    ) -> Result<A, (u16, RefusalReply)> {
        let body = encode(question).unwrap();
        let now = self.health().await.now_ms;
        let header = signed(voice, "POST", path, &body, now);
        self.post(path, Some(header), body).await
    }

    /// Adopts desk one's organization and pushes its first entries.
    pub(crate) async fn adopted(&self) -> (Desk, Voice) {
        let root = SigningKey::from_bytes(&[77; 32]);
        let mut desk = Desk::new(1);
        let voice = Voice { device: desk.device, generation: desk.generation, key: SigningKey::from_bytes(&[1; 32]) };
        let reply: AdoptReply = self.say(&voice, "/v1/adopt", &self.adoption(&root, &voice).await).await.unwrap();
        assert_ne!(reply.epoch, Uuid::nil());
        desk.write(OWNER, 0, vec![user(OWNER, "owner")]);
        desk.write(OWNER, 0, vec![patient(1, "Ana")]);
        let pushed: PushReply = self.say(&voice, "/v1/push", &desk.request(1)).await.unwrap();
        assert_eq!((pushed.outcomes.len(), pushed.expected_seq), (2, 3));
        (desk, voice)
    }

    pub(crate) async fn adoption(&self, root: &SigningKey, voice: &Voice) -> AdoptRequest {
        let at = Timestamp::from_millis(1);
        let server = VerifyingKey::from_bytes(&self.health().await.server_key).unwrap();
        let nobody = (DeviceId(Uuid::nil()), GenerationId(Uuid::nil()));
        AdoptRequest {
            root_key: root.verifying_key().to_bytes(),
            certificate: Certificate::issue(
                root,
                ORG,
                voice.device,
                voice.generation,
                "A",
                &voice.key.verifying_key(),
                at,
            )
            .encode(),
            server_certificate: Certificate::issue(root, ORG, nobody.0, nobody.1, "S", &server, at).encode(),
        }
    }
}
