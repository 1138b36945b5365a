//! The line to one server.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::time::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use store::Identity;
use sync::protocol::{
    CONTACT_HEADER, ContactHeader, Health, Limits, RefusalReply, SignedContact, decode, encode, statement,
};
use thiserror::Error;

/// A desk that hears nothing for so long is offline.
const PATIENCE: Duration = Duration::from_secs(30);
const CONNECTING: Duration = Duration::from_secs(5);

/// Why a question had no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineError {
    /// No connection, or no answer in time.
    #[error("the server does not answer")]
    Offline,
    /// The server asks to come back.
    #[error("the server is busy")]
    Busy,
    /// The server refuses, with a stable code.
    #[error("the server refuses: {code}")]
    Refused {
        /// The code.
        code: String,
        /// Tries left, for a wrong one-use code.
        tries_left: Option<u8>,
    },
    /// What came is not an answer.
    #[error("the answer could not be understood")]
    Garbled,
    /// The address is not one.
    #[error("not an address")]
    Address,
}

/// Fills a buffer with randomness that nobody can foresee.
pub(super) type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The clock and the randomness of the machine.
#[derive(Clone)]
pub struct Around {
    /// The wall clock.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Randomness that nobody can foresee.
    pub random: Random,
}

/// A line to a server. Keeps the difference between the clocks, so that a desk whose clock is off is understood.
pub struct Line {
    http: reqwest::Client,
    server: String,
    ahead_ms: AtomicI64,
    around: Around,
}

impl Line {
    /// A line to `server`, such as `https://praxis.example:8787`. Nothing is sent yet.
    pub fn new(server: &str, around: Around) -> Result<Self, LineError> {
        let server = server.trim().trim_end_matches('/');
        let server = if server.contains("://") { server.to_owned() } else { format!("http://{server}") };
        reqwest::Url::parse(&server).map_err(|_| LineError::Address)?;
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECTING)
            .build()
            .map_err(|_| LineError::Address)?;
        Ok(Self { http, server, ahead_ms: AtomicI64::new(0), around })
    }

    /// The server's address.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The machine's clock.
    pub fn now(&self) -> Timestamp {
        (self.around.now)()
    }

    pub(super) fn dice(&self) -> u64 {
        let mut bytes = [0; 8];
        (self.around.random)(&mut bytes);
        u64::from_be_bytes(bytes)
    }

    /// Whether a server is there, and with which key.
    pub async fn health(&self) -> Result<Health, LineError> {
        let health: Health = self.send(self.http.get(format!("{}/health", self.server)), Limits::SMALL).await?;
        self.learn(health.now_ms);
        Ok(health)
    }

    /// Fresh randomness.
    pub(super) fn draw<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.around.random)(&mut bytes);
        bytes
    }

    /// An unsigned question.
    pub(super) async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        question: &Q,
    ) -> Result<A, LineError> {
        let body = encode(question).map_err(|_| LineError::Garbled)?;
        self.send(self.http.post(format!("{}{path}", self.server)).body(body), Limits::SMALL).await
    }

    /// A question signed by a desk. Signed again, once, when the server says that the time was off.
    pub(super) async fn say<Q: Serialize, A: DeserializeOwned>(
        &self,
        speaker: &Identity,
        path: &str,
        question: &Q,
        limits: Limits,
    ) -> Result<A, LineError> {
        let body = encode(question).map_err(|_| LineError::Garbled)?;
        match self.say_once(speaker, path, body.clone(), limits).await {
            Err(LineError::Refused { code, .. }) if code == "too_old" => {
                self.say_once(speaker, path, body, limits).await
            }
            answer => answer,
        }
    }

    async fn say_once<A: DeserializeOwned>(
        &self,
        speaker: &Identity,
        path: &str,
        body: Vec<u8>,
        limits: Limits,
    ) -> Result<A, LineError> {
        let contact = ContactHeader {
            org: speaker.org,
            device: speaker.device,
            generation: speaker.generation,
            at_ms: self.now().millis().saturating_add(self.ahead_ms.load(Ordering::Relaxed)),
            nonce: self.draw(),
        };
        let signature = speaker.sign(&statement("POST", path, &contact, &body));
        let header = SignedContact { contact, signature }.to_header();
        self.send(self.http.post(format!("{}{path}", self.server)).header(CONTACT_HEADER, header).body(body), limits)
            .await
    }

    fn learn(&self, server_ms: i64) {
        self.ahead_ms.store(server_ms.saturating_sub(self.now().millis()), Ordering::Relaxed);
    }

    async fn send<A: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
        limits: Limits,
    ) -> Result<A, LineError> {
        let mut response = request.send().await.map_err(|_| LineError::Offline)?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| LineError::Offline)? {
            if body.len() + chunk.len() > limits.packed {
                return Err(LineError::Garbled);
            }
            body.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return decode(&body, limits).map_err(|_| LineError::Garbled);
        }
        if matches!(status.as_u16(), 408 | 429 | 502..=504) {
            return Err(LineError::Busy);
        }
        let refusal: RefusalReply = decode(&body, Limits::SMALL).map_err(|_| LineError::Garbled)?;
        self.learn(refusal.now_ms);
        Err(LineError::Refused { code: refusal.code, tries_left: refusal.tries_left })
    }
}
