//! `keyslots.json`, format 1, as it lies on disk.
//!
//! JSON because a rescuer with a text editor must be able to see what it is. A password slot's label (whom the
//! sign-in screen offers) is the only word of the clinic in it; the application may leave it empty.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wrap::KdfCost;

/// The newest format this program reads and the only one it writes.
pub(super) const FORMAT: u32 = 1;

/// Read before the rest, so that a newer format is named and not called damage.
#[derive(Deserialize)]
pub(super) struct FormatOnly {
    pub(super) format: u32,
}

#[derive(Serialize, Deserialize)]
pub(super) struct File {
    pub(super) format: u32,
    pub(super) folder: Uuid,
    #[serde(with = "bytes")]
    pub(super) check: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) revoked_at_ms: Option<i64>,
    pub(super) slots: Vec<Slot>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) id: Uuid,
    #[serde(flatten)]
    pub(super) kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stretch: Option<Stretch>,
    #[serde(with = "bytes")]
    pub(super) nonce: Vec<u8>,
    #[serde(with = "bytes")]
    pub(super) wrapped: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Kind {
    Password { user: Uuid, label: String },
    Recovery,
    Keychain,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stretch {
    #[serde(flatten)]
    pub(super) cost: KdfCost,
    #[serde(with = "bytes")]
    pub(super) salt: Vec<u8>,
}

mod bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD as BASE64;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64.decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
