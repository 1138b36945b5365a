//! Refusals of a whole request, and how both are answered.

use axum::http::StatusCode;
use domain::time::Timestamp;
use sync::protocol::{BadFrame, RefusalReply, encode};

use crate::{
    core::{BackendError, Refusal},
    wire::Answer,
};

const MEDIA_TYPE: &str = "application/vnd.praxis+msgpack+zstd";

/// Why a request is refused: a status for machines in between, a stable code for the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused {
    status: StatusCode,
    code: &'static str,
    tries_left: Option<u8>,
}

impl Refused {
    pub(super) const NO_ROUTE: Self = Self::new(StatusCode::NOT_FOUND, "no_route");
    pub(super) const UNSIGNED: Self = Self::new(StatusCode::UNAUTHORIZED, "unsigned");
    /// Signed with a time that is off; the answer says the right one.
    pub(super) const TOO_OLD: Self = Self::new(StatusCode::UNAUTHORIZED, "too_old");
    pub(super) const REPLAYED: Self = Self::new(StatusCode::UNAUTHORIZED, "replayed");
    pub(super) const UNKNOWN_DESK: Self = Self::new(StatusCode::FORBIDDEN, "unknown_desk");
    pub(super) const REVOKED: Self = Self::new(StatusCode::FORBIDDEN, "revoked");
    pub(super) const NOT_PERMITTED: Self = Self::new(StatusCode::FORBIDDEN, "not_permitted");
    /// No entry has told of that user yet, or they do not sign in any more.
    pub(super) const UNKNOWN_USER: Self = Self::new(StatusCode::FORBIDDEN, "unknown_user");
    pub(super) const ALREADY_ADOPTED: Self = Self::new(StatusCode::CONFLICT, "already_adopted");
    pub(super) const BAD_CERTIFICATE: Self = Self::new(StatusCode::FORBIDDEN, "bad_certificate");
    pub(super) const CODE_EXPIRED: Self = Self::new(StatusCode::FORBIDDEN, "code_expired");
    pub(super) const MALFORMED: Self = Self::new(StatusCode::BAD_REQUEST, "malformed");
    /// Something this server wrote cannot be read back.
    pub(super) const BROKEN: Self = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken");
    /// Come back in a moment.
    pub(super) const BUSY: Self = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy");

    const fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, tries_left: None }
    }

    pub(super) const fn wrong_code(tries_left: u8) -> Self {
        Self { status: StatusCode::FORBIDDEN, code: "code_wrong", tries_left: Some(tries_left) }
    }
}

impl From<BackendError> for Refused {
    fn from(error: BackendError) -> Self {
        tracing::error!(%error, "the data could not be read or written");
        Self::BUSY
    }
}

impl From<BadFrame> for Refused {
    fn from(_: BadFrame) -> Self {
        Self::MALFORMED
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownDesk => Self::UNKNOWN_DESK,
            Refusal::Revoked => Self::REVOKED,
            Refusal::Malformed => Self::MALFORMED,
            Refusal::Forged | Refusal::Fork => Self::new(StatusCode::CONFLICT, refusal.code()),
        }
    }
}

pub(super) fn done(body: Vec<u8>) -> Answer {
    Answer { status: StatusCode::OK, media_type: MEDIA_TYPE, body }
}

pub(super) fn refused(refused: Refused, now: Timestamp) -> Answer {
    let reply = RefusalReply { code: refused.code.to_owned(), now_ms: now.millis(), tries_left: refused.tries_left };
    Answer { status: refused.status, media_type: MEDIA_TYPE, body: encode(&reply).unwrap_or_default() }
}
